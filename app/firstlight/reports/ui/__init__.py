# SPDX-License-Identifier: Apache-2.0
"""Composer, list, detail."""
