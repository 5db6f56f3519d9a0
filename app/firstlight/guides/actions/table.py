# SPDX-License-Identifier: Apache-2.0
"""Verb -> how it runs, joined from the back-ends. The resume class is fixed there, by what the verb does; a guide cannot loosen it."""

from __future__ import annotations

from typing import Any

from firstlight.guides.actions import android, build, card, files, people, provider, router
from firstlight.guides.actions.verb import CheckVerb, Verb

DEEDS: dict[type[Any], Verb] = android.DEEDS | router.DEEDS | card.DEEDS | build.DEEDS | files.DEEDS | provider.DEEDS | people.DEEDS
CHECKS: dict[type[Any], CheckVerb] = (
    android.CHECKS | router.CHECKS | card.CHECKS | build.CHECKS | files.CHECKS | provider.CHECKS | people.CHECKS
)
