# SPDX-License-Identifier: Apache-2.0
"""What guides ask of hands."""

from __future__ import annotations

from typing import Any

from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight_contract.verbs.people import HumanDo


def human(deed: HumanDo, bench: Bench) -> None:
    """Ask for hands."""
    bench.ask(dict(deed.what))


DEEDS: dict[type[Any], Verb] = {HumanDo: Verb(human, Again.SAFE)}
CHECKS: dict[type[Any], CheckVerb] = {}
