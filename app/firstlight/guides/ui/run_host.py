# SPDX-License-Identifier: Apache-2.0
"""Runs that outlive their pages: the shell owns one host; it holds the player and the job of each run. Constructor:

    RunHost(jobs: Jobs, events: Events, runs: Runs, *, now, practice=lambda serial: None, parent=None)

Ask `is_writing` before the window closes: while a device is written, closing is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Progress, Work
from firstlight.guides.player import Player
from firstlight.guides.runs import Runs
from firstlight.guides.state import ConsoleLine, Fact, Part, PartMoved, PartState, RunChanged, RunState, Stalled
from firstlight.guides.ui import deed_words, run_words
from firstlight.guides.ui.practice_panel import Practice
from firstlight.guides.ui.running import Running
from firstlight.guides.ui.write_pace import Pace
from firstlight.kit.bridge import Bridge
from firstlight.kit.jobs import Job, Jobs
from firstlight_contract.guides import Guide, Way

MAX_LINES = 5000


class RunHost(QObject):
    """Signals, all with the run's id: run_changed, busy_changed, progressed, part_moved, facts_changed, finished;
    stalled(id, seconds), console_said(ConsoleLine), step_failed(id), writing_changed(bool) over all runs."""

    run_changed = Signal(str)
    busy_changed = Signal(str)
    progressed = Signal(str)
    part_moved = Signal(str)
    facts_changed = Signal(str)
    finished = Signal(str)
    step_failed = Signal(str)
    stalled = Signal(str, int)
    console_said = Signal(object)
    writing_changed = Signal(bool)

    def __init__(
        self,
        jobs: Jobs,
        events: Events,
        runs: Runs,
        *,
        now: Callable[[], datetime],
        practice: Callable[[str], Practice | None] = lambda _serial: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._runs = runs
        self._now = now
        self._practice = practice
        self._running: dict[str, Running] = {}
        self._was_writing = False
        self._last_practice: Practice | None = None
        bridge = Bridge(events, self)
        bridge.on(RunChanged, self._on_run_changed)
        bridge.on(ConsoleLine, self._on_console)
        bridge.on(PartMoved, self._on_part_moved)
        bridge.on(Stalled, self._on_stalled)

    # Runs

    def adopt(self, player: Player) -> str:
        """Take over a run that was just started; returns its id."""
        self._running[player.state.run_id] = Running(player)
        return player.state.run_id

    def player(self, run_id: str) -> Player:
        """The run's player; a run of an earlier day is read from its journal."""
        if run_id not in self._running:
            self._running[run_id] = Running(self._runs.resume(run_id))
        return self._running[run_id].player

    def start(self, guide_folder: Path, account_id: int) -> str:
        """Begin a run of the guide in this folder; returns its id. GuideInvalid, StoreError."""
        return self.adopt(self._runs.start(guide_folder, account_id=account_id))

    def other_guide(self, slug: str) -> tuple[Guide, Path] | None:
        """Another guide and its folder; None when it is not on this PC."""
        return self._runs.guide_called(slug)

    def unfinished(self, account_id: int) -> tuple[RunState, ...]:
        """Runs to carry on, newest first; reads the disk."""
        return self._runs.unfinished(account_id)

    def give_up(self, run_id: str) -> None:
        """Close a run as it is; what was kept stays."""
        if not self.is_busy(run_id):
            self.player(run_id).give_up()

    def finish(self, run_id: str) -> None:
        """The last step is done: close the run."""
        try:
            self.player(run_id).finish()
        except FirstlightError as error:
            self.show_error(run_id, error)
            return
        self.finished.emit(run_id)

    # What pages ask

    def is_busy(self, run_id: str) -> bool:
        """Whether a step of it is at work."""
        running = self._running.get(run_id)
        return running is not None and running.job is not None

    def is_asking(self, run_id: str) -> bool:
        """Whether its device is being asked for checks or facts."""
        running = self._running.get(run_id)
        return running is not None and running.asking is not None

    def is_stopping(self, run_id: str) -> bool:
        """Whether the tester asked to stop and it did not yet."""
        return self.is_busy(run_id) and self._running[run_id].is_stopping

    def is_writing_run(self, run_id: str) -> bool:
        """Whether this run writes to its device now."""
        return self.is_busy(run_id) and self._running[run_id].is_writing

    @property
    def is_writing(self) -> bool:
        """Whether any run writes: the window must not close."""
        return any(self.is_writing_run(run_id) for run_id in self._running)

    @property
    def is_any_busy(self) -> bool:
        """Whether any run talks to its device."""
        return any(r.job is not None or r.asking is not None for r in tuple(self._running.values()))

    def error(self, run_id: str) -> FirstlightError | None:
        """What the last act of this run met, when the journal does not keep it as a failure."""
        running = self._running.get(run_id)
        return running.error if running else None

    def progress(self, run_id: str) -> Progress | None:
        """What the running step said last."""
        running = self._running.get(run_id)
        return running.progress if running else None

    def console(self, run_id: str) -> tuple[ConsoleLine, ...]:
        """Lines so far, oldest first."""
        return self.player(run_id).console(MAX_LINES)

    def has_console(self, run_id: str) -> bool:
        """Whether anything was said to a device."""
        return bool(self.player(run_id).console(1))

    def parts(self, run_id: str) -> tuple[Part, ...]:
        """The images, with the bytes that arrived since the last change of the run."""
        running = self._running.get(run_id)
        return running.parts_now() if running is not None else ()

    def pace(self, run_id: str) -> Pace:
        """How fast it goes."""
        running = self._running.get(run_id)
        return running.pace if running else Pace()

    def facts(self, run_id: str) -> tuple[Fact, ...]:
        """What the device said when it was asked last."""
        running = self._running.get(run_id)
        return running.facts if running else ()

    def practice_for(self, run_id: str) -> Practice | None:
        """The practice phone, when the run's device is one; before a device is known, for a guide of phones the one of the run before."""
        state = self.player(run_id).state
        if state.guide.way is not Way.USB:
            return None
        if state.device is not None:
            self._last_practice = self._practice(state.device.serial)
        return self._last_practice

    def journal(self, run_id: str) -> Path:
        """The run's journal file."""
        return self.player(run_id).journal_path

    # Acts

    def run_step(self, run_id: str, step_id: str) -> None:
        """Start the machine part of a step; nothing when one is at work."""
        running = self._of(run_id)
        if running.job is None:
            is_writing = deed_words.writes(running.player.state.step(step_id).step)
            self._start(run_id, running, running.player.run, step_id, is_writing=is_writing)

    def by_hand(self, run_id: str, step_id: str) -> None:
        """The tester did what a failed step does: its checks are asked, and it is done when they hold."""
        running = self._of(run_id)
        if running.job is None:
            self._start(run_id, running, running.player.by_hand, step_id)

    def take_back(self, run_id: str, step_id: str) -> None:
        """Undo a step that is done, with what the guide names for that; its tick falls, and those of the steps that stand on it."""
        running = self._of(run_id)
        if running.job is None:
            is_writing = any(deed.writes for deed in running.player.state.step(step_id).step.undo)
            self._start(run_id, running, running.player.take_back, step_id, is_writing=is_writing)

    def roll_back(self, run_id: str) -> str:
        """Begin a run that puts the build before that of a finished run on its device again; its id. NoBuild, StoreError."""
        return self.adopt(self._runs.roll_back(run_id))

    def choose_device(self, run_id: str, serial: str) -> None:
        """Several devices answered: this one is meant, by its serial number or its address; the shown step goes on with it."""
        running = self._of(run_id)
        if running.job is not None:
            return

        def bind_and_run(work: Work) -> None:
            address = run_words.as_address(serial)
            if address is None:
                running.player.bind(serial, work)
            else:
                running.player.pick(address, work)
            running.player.run(running.player.state.now.step.id, work)

        self._start(run_id, running, bind_and_run)

    def take_way(self, run_id: str, way_id: str) -> None:
        """Do what the tester chose after a failure."""
        running = self._of(run_id)
        if running.job is not None:
            return
        if way_id == "write":
            running.player.write_again()
            return
        failure = running.player.state.failure
        if way_id == "back":
            self._start(run_id, running, running.player.go_back, is_writing=True)
        elif failure is not None:
            again = running.player.take_back if failure.phase == "undo" else running.player.run
            self._start(run_id, running, again, failure.step_id, is_writing=True)

    def settle(self, run_id: str) -> None:
        """Ask the device what became of an action of which no end was written."""
        running = self._of(run_id)
        if running.job is None and running.player.state.uncertain is not None:
            self._start(run_id, running, running.player.settle)

    def check_gates(self, run_id: str) -> None:
        """Ask the checks of the shown step."""
        running = self._of(run_id)
        step_id = running.player.state.now.step.id
        self._ask(run_id, running, lambda work: running.player.check_gates(step_id, work), lambda _answer: None)

    def ask_facts(self, run_id: str) -> None:
        """Ask the device where it stands, for the page after a failure."""
        running = self._of(run_id)

        def keep(answer: tuple[Fact, ...]) -> None:
            running.facts = answer

        self._ask(run_id, running, lambda work: running.player.facts(work), keep)

    def override(self, run_id: str, gate_id: str, typed: str) -> None:
        """Let a check that may be overridden pass; `typed` are the last four of the serial number."""
        running = self._of(run_id)
        try:
            running.player.override(running.player.state.now.step.id, gate_id, typed)
        except FirstlightError as error:
            self.show_error(run_id, error)

    def add_photo(self, run_id: str, step_id: str, source: Path | bytes) -> Job:
        """Keep a photo as evidence, in the background."""
        running = self._of(run_id)
        return self._jobs.start(running.player.add_photo, step_id, source, lane="disk", owner=self)

    def stop(self, run_id: str) -> None:
        """Ask the running step to stop where it is safe."""
        running = self._running.get(run_id)
        if running is not None and running.job is not None:
            running.is_stopping = True
            running.job.cancel()
            self.busy_changed.emit(run_id)

    def show_error(self, run_id: str, error: FirstlightError) -> None:
        """Have the run's page show this."""
        self._of(run_id).error = error
        self.run_changed.emit(run_id)

    # Inside

    def _of(self, run_id: str) -> Running:
        self.player(run_id)
        return self._running[run_id]

    def _start(self, run_id: str, running: Running, call: Callable[..., object], *args: object, is_writing: bool = False) -> None:
        device = running.player.state.device
        running.is_writing = is_writing
        running.error, running.is_stopping, running.progress = None, False, None
        running.pace, running.parts = Pace(), {}
        job = self._jobs.start(call, *args, lane=f"device:{device.serial if device else run_id}", owner=self)
        running.job = job
        job.progressed.connect(lambda progress: self._on_progress(run_id, progress))
        job.failed.connect(lambda error: self._on_failed(run_id, error))
        job.ended.connect(lambda: self._on_ended(run_id))
        self.busy_changed.emit(run_id)
        self._tell_writing()

    def _ask(self, run_id: str, running: Running, call: Callable[..., object], keep: Callable[..., None]) -> None:
        if running.job is not None or running.asking is not None:
            return
        device = running.player.state.device
        job = self._jobs.start(lambda work: call(work), lane=f"device:{device.serial if device else run_id}", owner=self)
        running.asking = job
        running.error = None
        job.finished.connect(keep)
        job.failed.connect(lambda error: setattr(running, "error", error))

        def ended() -> None:
            running.asking = None
            self.facts_changed.emit(run_id)
            self.run_changed.emit(run_id)

        job.ended.connect(ended)
        self.busy_changed.emit(run_id)

    def _on_progress(self, run_id: str, progress: Progress) -> None:
        self._running[run_id].progress = progress
        self.progressed.emit(run_id)

    def _on_failed(self, run_id: str, error: FirstlightError) -> None:
        running = self._running[run_id]
        # What the journal keeps as a failure has a page of its own; anything else stands on the step's page.
        running.error = None if running.player.state.failure is not None else error

    def _on_ended(self, run_id: str) -> None:
        running = self._running[run_id]
        running.job, running.is_stopping, running.progress = None, False, None
        running.parts = {}
        self.busy_changed.emit(run_id)
        self.run_changed.emit(run_id)
        if running.player.state.failure is not None:
            self.step_failed.emit(run_id)
        self._tell_writing()

    def _tell_writing(self) -> None:
        if self.is_writing != self._was_writing:
            self._was_writing = self.is_writing
            self.writing_changed.emit(self._was_writing)

    @Slot(object)
    def _on_run_changed(self, event: RunChanged) -> None:
        if event.run_id in self._running:
            self.run_changed.emit(event.run_id)
            self._tell_writing()

    @Slot(object)
    def _on_console(self, line: ConsoleLine) -> None:
        if line.run_id in self._running:
            self.console_said.emit(line)

    @Slot(object)
    def _on_part_moved(self, event: PartMoved) -> None:
        running = self._running.get(event.run_id)
        if running is None:
            return
        running.parts[event.part.name] = event.part
        done = sum(p.total if p.state is PartState.DONE else p.done for p in self.parts(event.run_id) if p.state is not PartState.UNTOUCHED)
        running.pace.feed(self._now(), done)
        self.part_moved.emit(event.run_id)

    @Slot(object)
    def _on_stalled(self, event: Stalled) -> None:
        if event.run_id in self._running:
            self.stalled.emit(event.run_id, event.seconds)
