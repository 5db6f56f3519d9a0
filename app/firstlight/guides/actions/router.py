# SPDX-License-Identifier: Apache-2.0
"""What guides ask and do with routers, one function per verb."""

from __future__ import annotations

from typing import Any

from firstlight.guides.actions.verb import CheckVerb, Verb

DEEDS: dict[type[Any], Verb] = {}
CHECKS: dict[type[Any], CheckVerb] = {}
