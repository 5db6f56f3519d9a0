# SPDX-License-Identifier: Apache-2.0
"""Annotations as data, with undo."""
