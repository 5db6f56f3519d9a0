# SPDX-License-Identifier: Apache-2.0
"""Asks the checks of a step: slow ones first, then the device once for all others. None ever writes to a device."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from firstlight.devices.errors import DeviceError
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.table import CHECKS
from firstlight.guides.state import GateResult
from firstlight.guides.words import words
from firstlight_contract.actions import AnyCheck


def _ask(check: AnyCheck, bench: Bench) -> GateResult:
    """Ask one check. A device that does not answer makes a row that says so, and is not known to be right."""
    verb = CHECKS[type(check)]
    try:
        return verb.ask(check, bench)
    except DeviceError:
        of_what = str(getattr(check, "name", ""))
        title = words(verb.name, name=of_what)
        name = f"{verb.name}:{of_what}" if of_what else verb.name
        return GateResult(id=name, title=title, ok=None, measured=words("no_answer"), mend=words("no_answer.mend"), at=bench.now())


def ask_all(checks: tuple[AnyCheck, ...], bench: Bench, *, quick_only: bool = False) -> tuple[GateResult, ...]:
    """All checks in the guide's order; the slow ones are asked first, then the device once, so that its facts are fresh."""
    results: dict[int, GateResult] = {}
    slow = {i: CHECKS[type(c)].is_slow for i, c in enumerate(checks)}
    if not quick_only:
        results = {i: _ask(check, bench) for i, check in enumerate(checks) if slow[i]}
    at_once = replace(bench, target=cache(bench.target))
    results |= {i: _ask(check, at_once) for i, check in enumerate(checks) if not slow[i]}
    return tuple(results[i] for i in sorted(results))
