# SPDX-License-Identifier: Apache-2.0
"""What `guide run` shows: words for people, one object a line for programs."""

from __future__ import annotations

import sys
from dataclasses import asdict

from firstlight.cli.core import Core
from firstlight.guides.player import Player
from firstlight.guides.state import ConsoleLine, GateResult, PartMoved, Stalled, StepState
from firstlight.guides.web_files import FromWeb
from firstlight_contract.actions import AnyDeed
from firstlight_contract.guide_options import Answer, Option, OptionType
from firstlight_contract.guides import Guide
from firstlight_contract.wire import Words, words_in

_PART_STEPS = 20
"""A part's progress is told so many times at most."""


class Screen:
    """Of one run."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._language = core.settings.language or "en"
        self._told: dict[str, int] = {}
        self._silent = 0

    def step(self, index: int, count: int, state: StepState, commands: tuple[AnyDeed, ...] = ()) -> None:
        """A step begins; `commands` are what may run on the device in it, shown word for word."""
        step = state.step
        self._core.out.line(f"\n{index + 1} of {count}: {self._in(step.title)}")
        for line in step.say:
            mark = f"{line.mark}: " if line.mark else ""
            strong = self._in(line.strong) + " " if line.strong else ""
            self._core.out.line(f"  {'  ' * line.level}{mark}{strong}{self._in(line.text)}")
        for deed in commands:
            self._core.out.line(f"  runs on the device, word for word: {deed.shown()}")
            self.event("device_shell", step=step.id, command=deed.shown())
        self.event("step", step=step.id, index=index, danger=step.danger.value)

    def gates(self, gates: tuple[GateResult, ...]) -> None:
        """What the checks said."""
        for gate in gates:
            sign = "--" if gate.is_hint else "ok" if gate.is_passed else "??" if gate.ok is None else "no"
            self._core.out.line(f"  [{sign}] {self._in(gate.title)}: {self._in(gate.measured)} {self._in(gate.mend)}".rstrip())
            told = {"measured": gate.measured.get("en", ""), "overridden": gate.is_overridden, "hint": gate.is_hint}
            self.event("gate", id=gate.id, ok=gate.ok, **told)

    def fetch(self, step_id: str, files: tuple[FromWeb, ...]) -> None:
        """What would come from the web, and from where; before anything is asked there."""
        for file in files:
            size = f"{file.size} bytes" if file.size else "of a size that the guide does not tell"
            self._core.out.line(f"  from the web: {file.name}, {size}, from {file.host}")
        self.event("fetch", step=step_id, files=[asdict(file) for file in files])

    def console(self, line: ConsoleLine) -> None:
        """A tool said something."""
        self._core.out.line(f"  {line.at:%H:%M:%S} {line.text}")
        self.event("console", tone=line.tone, text=line.text)

    def part(self, moved: PartMoved) -> None:
        """Bytes of a part, for programs."""
        part = moved.part
        twentieth = part.done * _PART_STEPS // part.total if part.total else 0
        if self._told.get(part.name) != twentieth:
            self._told[part.name] = twentieth
            self.event("part", name=part.name, state=part.state.value, done=part.done, total=part.total)

    def silent(self, stalled: Stalled) -> None:
        """The device says nothing, so that somebody can pull the cable; or it speaks again."""
        if stalled.seconds == self._silent:
            return
        self._silent = stalled.seconds
        if stalled.seconds:
            self._core.out.line(f"  nothing heard for {stalled.seconds} s; if it stays so, pull the cable: the run can be carried on")
        self.event("silent", seconds=stalled.seconds)

    def ask(self, sentence: Words) -> None:
        """Hands are asked for."""
        self._core.out.line(f"  {self._in(sentence)}")
        self.event("ask", text=sentence)

    def failed(self, player: Player) -> None:
        """Where it stopped, and what can be done."""
        failure = player.state.failure
        if failure is not None:
            where = {"step": failure.step_id, "part": failure.part, "done": failure.done, "total": failure.total}
            self.event("failed", code=failure.code, facts=failure.facts, ask=failure.ask, **where)
            for sentence in failure.ask:
                self._core.out.line(f"  {self._in(sentence)}")
        for way in player.ways_on():
            self.event("way", id=way.id, text=way.title)

    def alike(self, guide: Guide) -> bool | None:
        """Ask which of those that look alike this one is; None when nothing was said."""
        asked = guide.for_.tell_apart
        others = ", ".join(guide.for_.not_)
        self._core.out.hint(self._in(asked.question) if asked else f"This PC cannot tell the device from {others}. Which is it?")
        self._core.out.hint(f"right: {self._in(asked.right) if asked else ', '.join(guide.for_.device)}")
        self._core.out.hint(f"wrong: {self._in(asked.wrong) if asked else others}")
        self._core.out.hint("Type right or wrong, and Enter.")
        return {"right": True, "wrong": False}.get(sys.stdin.readline().strip().casefold())

    def option(self, option: Option) -> Answer:
        """Ask one question until it is answered."""
        out = self._core.out
        while True:
            values = ", ".join(str(choice.value) for choice in option.values)
            hint = "yes or no" if option.type is OptionType.YES_NO else values
            default = f" [{option.default}]" if option.default is not None else ""
            out.hint(f"{self._in(option.label)}{f' ({hint})' if hint else ''}{default}")
            line = sys.stdin.readline()
            text = line.strip()
            if not text and option.default is not None:
                return option.default
            value: Answer = text.lower() in ("y", "yes", "true") if option.type is OptionType.YES_NO and text else text
            if not line or option.takes(value):
                return value

    def event(self, kind: str, **values: object) -> None:
        """One object on one line, with --json."""
        self._core.out.result({"event": kind} | values)

    def _in(self, words: Words) -> str:
        return words_in(words, self._language)
