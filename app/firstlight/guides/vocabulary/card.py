# SPDX-License-Identifier: Apache-2.0
"""Sentences about cards and USB sticks: key -> English, Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {}
