# SPDX-License-Identifier: Apache-2.0
"""Where a tester stands in a run, as the beginning of a report, and the files of the run that help the team. Nothing leaves by this."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from firstlight.guides.player import Player
from firstlight.guides.state import PartState, RunState
from firstlight_contract.wire import words_in

log = logging.getLogger(__name__)
MAX_LINES = 5000


@dataclass(frozen=True)
class Standing:
    """`step` is the one that failed, else the one that is shown; words in the tester's language."""

    step: str
    guide_title: str
    step_title: str
    device_model: str
    build: str


def standing(state: RunState, language: str) -> Standing:
    """The run as it is now."""
    step = state.failure.step_id if state.failure else state.now.step.id
    model = state.release.device_name if state.release is not None else state.device.model if state.device else ""
    return Standing(
        step=step,
        guide_title=words_in(state.guide.title, language),
        step_title=words_in(state.step(step).step.title, language),
        device_model=model,
        build=build_of(state),
    )


def tested(states: Iterable[RunState]) -> tuple[tuple[str, str], ...]:
    """Device and build ("" for what was put together by hand) that these runs were about, each device once, by the first run of it."""
    found: dict[str, str] = {}
    for state in states:
        told = standing(state, "en")
        model = told.device_model or ", ".join(slug.upper() for slug in state.guide.for_.device)
        if model:
            found.setdefault(model, told.build)
    return tuple(found.items())


def build_of(state: RunState) -> str:
    """The build on the device: the written one once all its parts are through, else what the device said at the start."""
    parts = [p for p in state.parts if p.state is not PartState.UNTOUCHED]
    if parts and state.to_write is not None and all(p.state is PartState.DONE for p in parts):
        return state.to_write.version
    return state.device.build if state.device else ""


def files_of(player: Player) -> tuple[tuple[Path, int], ...]:
    """The journal, and the console as plain text beside it, each with its number of lines. What cannot be read is left out."""
    found = [player.journal_path]
    lines = player.console(MAX_LINES)
    if lines:
        text = player.journal_path.with_name("console.log")
        try:
            text.write_text("".join(f"{line.at.isoformat(timespec='seconds')} {line.text}\n" for line in lines), "utf-8")
            found.append(text)
        except OSError as error:
            log.warning("the console of a run cannot be written out: %s", error)
    counted = []
    for path in found:
        try:
            with path.open("rb") as file:
                counted.append((path, sum(1 for _ in file)))
        except OSError as error:
            log.warning("%s cannot be read: %s", path.name, error)
    return tuple(counted)
