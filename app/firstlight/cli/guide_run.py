# SPDX-License-Identifier: Apache-2.0
"""Plays a guide in a terminal: says each step, does what the machine does, waits for hands; --json gives one object a line.

Everything that the window can do in a run can be said by options and a file of answers, so that a program can play a guide too.
"""

from __future__ import annotations

import argparse
import hashlib
import shlex
import sys
from pathlib import Path

from firstlight.base.errors import BadInput, FirstlightError
from firstlight.cli.core import Core
from firstlight.cli.guide_answers import Answers
from firstlight.cli.guide_bench import GuideBench
from firstlight.cli.guide_screen import Screen
from firstlight.devices.device import Kind
from firstlight.guides.document import read_bytes
from firstlight.guides.errors import ActionFailed, GateClosed, GuideUnknown, StepNotReady
from firstlight.guides.guards import shells
from firstlight.guides.player import Player
from firstlight.guides.state import THROUGH, ConsoleLine, PartMoved, Stalled, StepMark
from firstlight_contract.guide_options import is_same
from firstlight_contract.guide_steps import ProofKind, Step
from firstlight_contract.guides import Way

_KINDS = {Way.USB: Kind.PHONE, Way.NETWORK: Kind.ROUTER, Way.TFTP: Kind.RECOVERY, Way.CARD: Kind.CARD}


def play(args: argparse.Namespace, core: Core, bench: GuideBench, answers: Answers) -> int:
    """Play to the end; status 1 with a sentence when a step stops, to be carried on with --resume."""
    screen = Screen(core)
    player = _player(args, core, bench)
    screen.event("run", run=player.run_id, guide=player.state.guide.id, journal=str(player.journal_path))
    core.events.subscribe(ConsoleLine, screen.console)
    core.events.subscribe(PartMoved, screen.part)
    core.events.subscribe(Stalled, screen.silent)
    run = Play(player, core, screen, answers, yes=args.yes)
    try:
        run.prepare(args, bench)
        if args.undo:
            run.undo(args.undo)
        if args.again:
            screen.event("again", step=player.write_again())
        if args.back:
            player.go_back(core.work)
        run.steps()
    except GateClosed as error:
        screen.gates(error.gates)
        screen.event("refused", step=error.facts["step"], failed=error.facts["failed"])
        core.out.fault(error)
        core.out.hint(_carry_on(args))
        return 1
    except ActionFailed as error:
        screen.failed(player)
        core.out.fault(error.__cause__ if isinstance(error.__cause__, FirstlightError) else error)
        core.out.hint(_carry_on(args))
        return 1
    state = player.finish()
    screen.event("finished", run=state.run_id, guide=state.guide.id)
    core.out.line("Done.")
    return 0


def _carry_on(args: argparse.Namespace) -> str:
    """The command that goes on where this one stopped, with everything that it was told."""
    words = ["firstlight", "guide", "run", args.guide]
    for address in args.device:
        words += ["--device", str(address)]
    for option, value in (("--answers", args.answers), ("--files", args.files)):
        words += [option, str(value)] if value is not None else []
    words += ["--yes"] if args.yes else []
    return f"Carry on with: {shlex.join([*words, '--resume'])}"


def _player(args: argparse.Namespace, core: Core, bench: GuideBench) -> Player:
    path = Path(args.guide)
    folder = path.parent if path.name.endswith((".yaml", ".yml")) else None
    slug = args.guide
    if folder is not None and path.name != "guide.yaml":
        raise GuideUnknown(name=str(path), reason="file")
    if args.resume:
        wanted = bench.named(path) if folder is not None else slug
        found = next((s for s in bench.runs.unfinished(bench.account_id) if s.guide.id == wanted), None)
        if found is None:
            raise GuideUnknown(name=slug, reason="run")
        if folder is not None and not found.guides and hashlib.sha256(read_bytes(path)).hexdigest() != found.guide_hash:
            core.out.hint("The guide's file has changed since this run began. The run goes on with the guide as it was.")
        return bench.runs.resume(found.run_id)
    if folder is None:
        entry = bench.library.entry(bench.account_id, slug)
        if entry is None:
            raise GuideUnknown(name=slug)
        return bench.runs.start(entry.folder, account_id=bench.account_id, is_signed=entry.is_signed)
    return bench.runs.start(folder, account_id=bench.account_id)


class Play:
    """One run from where it stands to its end, with the tester's answers."""

    def __init__(self, player: Player, core: Core, screen: Screen, answers: Answers, *, yes: bool) -> None:
        self._player = player
        self._core = core
        self._screen = screen
        self._answers = answers
        self._yes = yes

    def prepare(self, args: argparse.Namespace, bench: GuideBench) -> None:
        """Answers, prerequisites and the device, as far as the run does not know them."""
        player, state = self._player, self._player.state
        for step_id in sorted(self._answers.steps() - {step.id for step in state.guide.steps}):
            raise BadInput(path=str(args.answers), line=0, why=f"the guide has no step {step_id}")
        told = state.answers
        if not state.is_answered or any(not is_same(told.get(name), value) for name, value in self._answers.answers.items()):
            self._ask_options()
        for slug in player.state.unmet:
            if self._yes or slug in self._answers.done:
                player.meet(slug)
        if state.device is None:
            fitting = [a for a in args.device if a.kind is _KINDS.get(state.guide.way, Kind.PHONE)]
            if len(fitting) == 1:
                player.bind_at(fitting[0], self._core.work)
        elif args.resume and state.device.address not in map(str, args.device):
            for address in args.device:
                player.meet_again(address, self._core.work)

    def undo(self, step_id: str) -> None:
        """Take a step back, with what the guide names for that; StepNotReady when there is no such step behind us."""
        known = next((s for s in self._player.state.steps if s.step.id == step_id and s.mark in THROUGH), None)
        if known is None:
            raise StepNotReady(step=step_id, reason="undone")
        self._player.settle(self._core.work)
        if any(deed.writes or deed.sends for deed in known.step.undo):
            self._agree(known.step)
        for deed in known.step.undo:
            if deed.device_shell:
                self._core.out.line(f"  runs on the device, word for word: {deed.shown()}")
        also = self._player.take_back(step_id, self._core.work)
        self._screen.event("undone", step=step_id, also=also)

    def steps(self) -> None:
        """All steps that are not through and apply."""
        player, guide = self._player, self._player.state.guide
        player.settle(self._core.work)
        for index, step in enumerate(guide.steps):
            state = player.state.step(step.id)
            if state.mark in THROUGH:
                continue
            self._screen.step(index, len(guide.steps), state, shells(guide, step, with_undo=False))
            if step.optional and step.id in self._answers.skip:
                player.skip(step.id)
                self._screen.event("skipped", step=step.id)
                continue
            self._keep(step)
            if step.is_for_machine:
                self._by_machine(step)
            else:
                self._by_hands(step)
            if player.state.step(step.id).mark is StepMark.DONE:
                self._screen.event("done", step=step.id)

    def _by_machine(self, step: Step) -> None:
        player, work = self._player, self._core.work
        if step.sends:
            self._look_alike()
        self._agree(step)
        self._allow_fetch(step)
        for gate, typed in self._answers.override.get(step.id, {}).items():
            player.check_gates(step.id, work)
            player.override(step.id, gate, typed)
        if step.id in self._answers.allow:
            player.allow(step.id, self._answers.allow[step.id])
        try:
            player.run(step.id, work)
        except (ActionFailed, GateClosed) as error:
            failed = self._instead(step, error)
            if failed is not None:
                raise failed from error.__cause__
        self._screen.gates(player.state.step(step.id).gates)

    def _instead(self, step: Step, error: ActionFailed | GateClosed) -> ActionFailed | GateClosed | None:
        """What the answers say for a step that the machine could not do; the fault when they say nothing."""
        player = self._player
        if step.id in self._answers.by_hand:
            self._screen.event("by_hand", step=step.id)
            player.by_hand(step.id, self._core.work)
            return None
        if isinstance(error, ActionFailed) and player.state.failure and player.state.failure.ask and (self._yes or self._has_hands()):
            for sentence in player.state.failure.ask:
                self._screen.ask(sentence)
            if not self._yes:
                self._wait_for_hands(step)
            return self._once_more(step)
        if step.optional:
            player.skip(step.id)
            self._screen.event("skipped", step=step.id, why=str(error.facts.get("cause", error.code)))
            return None
        return error

    def _once_more(self, step: Step) -> ActionFailed | GateClosed | None:
        try:
            self._player.run(step.id, self._core.work)
        except (ActionFailed, GateClosed) as error:
            return error
        return None

    def _agree(self, step: Step) -> None:
        """Type the word of a dangerous step: from the answers, for practice devices with --yes, else by the tester."""
        player = self._player
        word = player.word_for(step.id)
        if not word or player.state.step(step.id).is_agreed:
            return
        device = player.state.device
        typed = self._answers.confirm.get(step.id, "")
        if not typed and self._yes and device is not None and device.is_practice:
            typed = device.tail
        if not typed and self._has_hands() and device is not None:
            self._core.out.hint(f"Danger: {step.danger.value}. Type {word} and Enter to go on with {device.model} {device.serial}.")
            typed = sys.stdin.readline().strip()
        player.agree(step.id, typed)

    def _look_alike(self) -> None:
        """Which of those that look alike: said by whoever sits here, before anything is sent. The answers say it in `_keep`."""
        state = self._player.state
        if state.guide.for_.not_ and state.device is not None and state.told_apart is None and self._has_hands():
            is_right = self._screen.alike(state.guide)
            if is_right is not None:
                self._player.tell_apart(is_right=is_right)

    def _allow_fetch(self, step: Step) -> None:
        """Say what comes from the web, and let it: by --yes, by the file of answers, or by whoever sits here."""
        files = self._player.to_fetch(step.id)
        if not files:
            return
        self._screen.fetch(step.id, files)
        is_wanted = self._yes or step.id in self._answers.fetch
        if not is_wanted and self._has_hands():
            self._core.out.hint("Fetch it? Type yes and Enter.")
            is_wanted = sys.stdin.readline().strip().casefold() in ("y", "yes")
        if is_wanted:
            self._player.allow_fetch(step.id)

    def _by_hands(self, step: Step) -> None:
        if not self._yes:
            self._core.out.hint("Press Enter when it is done.")
            self._wait_for_hands(step)
        timer = self._player.state.step(step.id).timer
        if step.timer is not None and step.timer.hold and timer is None:
            self._player.start_timer(step.id)
        self._wait_for_timer(step)
        self._player.done(step.id)

    def _wait_for_timer(self, step: Step) -> None:
        timer = self._player.state.step(step.id).timer
        if timer is None or step.timer is None or not step.timer.hold:
            return
        while (left := timer.left_s(self._player.now())) > 0:
            self._core.work.say("pause", int(timer.total_s - left), int(timer.total_s))
            self._core.work.wait(min(left, 1.0))

    def _wait_for_hands(self, step: Step) -> None:
        if not sys.stdin.readline():
            raise StepNotReady(step=step.id, reason="hands")

    def _has_hands(self) -> bool:
        return not self._yes and sys.stdin.isatty()

    def _keep(self, step: Step) -> None:
        """Evidence and notes of the answers."""
        for kind, value in self._answers.proof.get(step.id, {}).items():
            if kind is ProofKind.PHOTO:
                self._player.add_photo(step.id, Path(value), self._core.work)
            else:
                self._player.add_proof(step.id, kind, value)
        if step.id in self._answers.note:
            self._player.set_note(step.id, self._answers.note[step.id])
        if self._answers.tell_apart and self._player.state.device is not None and self._player.state.told_apart is None:
            self._player.tell_apart(is_right=self._answers.tell_apart == "right")

    def _ask_options(self) -> None:
        values = dict(self._answers.answers)
        for option in self._player.state.guide.ask:
            if option.id in values or (option.default is not None and (self._yes or not self._has_hands())):
                continue
            if self._has_hands():
                values[option.id] = self._screen.option(option)
        self._player.answer(values)
