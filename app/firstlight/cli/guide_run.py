# SPDX-License-Identifier: Apache-2.0
"""Plays a guide in a terminal: says each step, does what the machine does, waits for hands; --json gives one object a line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from firstlight.base.errors import FirstlightError
from firstlight.cli.core import Core
from firstlight.cli.guide_bench import GuideBench
from firstlight.guides.errors import ActionFailed, GateClosed, GuideUnknown, StepNotReady
from firstlight.guides.player import Player
from firstlight.guides.state import THROUGH, ConsoleLine, GateResult, StepState
from firstlight_contract.wire import Words, words_in


def play(args: argparse.Namespace, core: Core, bench: GuideBench) -> int:
    """Play to the end; status 1 with a sentence when a step stops, to be carried on with --resume."""
    screen = _Screen(core)
    player = _player(args, bench)
    if args.device and player.state.device is None:
        _bind(player, bench, args.device, core)
    core.events.subscribe(ConsoleLine, screen.console)
    try:
        if args.back:
            player.go_back(core.work)
        _steps(player, core, screen, yes=args.yes)
    except GateClosed as error:
        screen.gates(error.gates)
        raise
    except ActionFailed as error:
        for way in player.ways_on():
            screen.event("way", id=way.id, text=way.title)
        core.out.fault(error.__cause__ if isinstance(error.__cause__, FirstlightError) else error)
        core.out.hint(f"Carry on with: firstlight guide run {args.guide} --resume")
        return 1
    state = player.finish()
    screen.event("finished", run=state.run_id, guide=state.guide.id)
    core.out.line("Done.")
    return 0


def _player(args: argparse.Namespace, bench: GuideBench) -> Player:
    path = Path(args.guide)
    folder = path.parent if path.name.endswith((".yaml", ".yml")) else None
    slug = args.guide
    if folder is not None and path.name != "guide.yaml":
        raise GuideUnknown(name=str(path), reason="file")
    if args.resume:
        if folder is not None:
            slug = folder.name
        found = next((s for s in bench.runs.unfinished(bench.account_id) if s.guide.id == slug), None)
        if found is None:
            raise GuideUnknown(name=slug, reason="run")
        return bench.runs.resume(found.run_id)
    if folder is None:
        entry = bench.library.entry(bench.account_id, slug)
        if entry is None:
            raise GuideUnknown(name=slug)
        folder = entry.folder
    return bench.runs.start(folder, account_id=bench.account_id)


def _bind(player: Player, bench: GuideBench, wanted: str, core: Core) -> None:
    for device in bench.devices.devices(core.work):
        if wanted in (device.serial, device.address):
            player.bind(device.serial, core.work)
            return


def _steps(player: Player, core: Core, screen: _Screen, *, yes: bool) -> None:
    guide = player.state.guide
    player.settle(core.work)
    for index, step in enumerate(guide.steps):
        state = player.state.step(step.id)
        if state.mark in THROUGH:
            continue
        screen.step(index, len(guide.steps), state)
        if step.is_for_machine:
            player.run(step.id, core.work)
            screen.gates(player.state.step(step.id).gates)
        else:
            if not yes:
                core.out.hint("Press Enter when it is done.")
                if not sys.stdin.readline():
                    raise StepNotReady(step=step.id, reason="hands")
            player.done(step.id)
        screen.event("done", step=step.id)


class _Screen:
    """Words for people, one object a line for programs."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._language = core.settings.language or "en"

    def step(self, index: int, count: int, state: StepState) -> None:
        step = state.step
        self._core.out.line(f"\n{index + 1} of {count}: {self._in(step.title)}")
        for line in step.say:
            mark = f"{line.mark}: " if line.mark else ""
            strong = self._in(line.strong) + " " if line.strong else ""
            self._core.out.line(f"  {mark}{strong}{self._in(line.text)}")
        self.event("step", step=step.id, index=index)

    def gates(self, gates: tuple[GateResult, ...]) -> None:
        for gate in gates:
            sign = "ok" if gate.is_passed else "??" if gate.ok is None else "no"
            self._core.out.line(f"  [{sign}] {self._in(gate.title)}: {self._in(gate.measured)} {self._in(gate.mend)}".rstrip())
            self.event("gate", id=gate.id, ok=gate.ok, measured=gate.measured.get("en", ""))

    def console(self, line: ConsoleLine) -> None:
        self._core.out.line(f"  {line.at:%H:%M:%S} {line.text}")
        self.event("console", tone=line.tone, text=line.text)

    def event(self, kind: str, **values: object) -> None:
        if self._core.out.as_json:
            sys.stdout.write(json.dumps({"event": kind} | values, ensure_ascii=False, default=str) + "\n")
            sys.stdout.flush()

    def _in(self, words: Words) -> str:
        return words_in(words, self._language)
