# SPDX-License-Identifier: Apache-2.0
"""Sentences about routers: key -> English, Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {}
