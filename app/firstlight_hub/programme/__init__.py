# SPDX-License-Identifier: Apache-2.0
"""Programmes, F-codes, and who takes part."""
