# SPDX-License-Identifier: Apache-2.0
"""The tour plays guides: builds the router, flashes the practice phone, pulls its cable and recovers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from firstlight.guides.player import Player
from firstlight.guides.state import RunState, StepMark
from firstlight.guides.ui.assembly_player import AssemblyPlayer
from firstlight.guides.ui.danger_dialog import DangerDialog
from firstlight.guides.ui.failure_page import FailurePage
from firstlight.guides.ui.finish_page import FinishPage
from firstlight.guides.ui.flash_player import FlashPlayer
from firstlight.guides.ui.guides_page import GuidesPage
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_page import Stage, stage_of
from firstlight.shell import tour_material
from firstlight.shell.tour_guide import Guide, TourStopped
from firstlight.shell.tour_hands import click, page_of
from firstlight.shell.tour_people import TesterBrowser

BUILD, FLASH = "r1-build", "a1-weekly"
PULL_AT = 0.4
TOUR_CABLE = 5_000_000
"""Bytes a second: a tour has less time than a person who wants to see it."""


def run_of(guide: Guide, slug: str) -> RunState | None:
    runs = (*guide.desk.bench.unfinished(), *guide.desk.bench.finished())
    return next((s for s in runs if s.guide.id == slug), None)


def _open(guide: Guide, slug: str) -> str:
    """Open a guide from the library, as a click on its card does; the answer is the run."""
    desk = guide.desk
    begun = run_of(guide, slug)
    if begun is not None:
        desk.pages.open_run(begun.run_id)
        guide.says(f"{slug} goes on at step {desk.host.player(begun.run_id).state.current + 1}")
        return begun.run_id
    page = desk.window.visit("guides")
    assert isinstance(page, GuidesPage)
    guide.until(lambda: not desk.kit.jobs.is_busy("look"), "the library is read")
    entry = desk.bench.library.entry(desk.account_id, slug)
    if entry is None:
        raise TourStopped(step=slug, why="the library does not have it", out=str(guide.out))
    page.open(entry)
    guide.until(lambda: desk.window.current.startswith("run:"), "the player opens")
    return desk.window.current.partition(":")[2]


def build_router(guide: Guide, _browser: TesterBrowser) -> str:
    """The R1 from its kit: fourteen steps, two photos, a timer, one step undone and done again."""
    desk = guide.desk
    done = run_of(guide, BUILD)
    if done is not None and done.finished_at is not None:
        return f"finished before, {done.photos} photos"
    run_id = _open(guide, BUILD)
    player = desk.host.player(run_id)
    resumed = player.state.current
    while player.state.finished_at is None:
        page = page_of(guide, AssemblyPlayer, "the assembly player")
        state = player.state
        step = state.now
        if not step.photos and (state.current in (5, 13) or any(p.required for p in step.step.prove if p.kind == "photo")):
            desk.host.add_photo(run_id, step.step.id, tour_material.photo(guide.out, state.current))
            guide.until(partial(_has_photo, player, step.step.id), "the photo is kept")
        if state.current == 5:
            _fan_step(guide, page, run_id)
        _prove(guide, page, run_id)
        at = player.state.current
        if at == 13:
            guide.picture("04-player-last")
        guide.until(page.done_button.isEnabled, f"step {at + 1} can be ticked", 20)
        click(page.done_button)
        guide.until(partial(_has_moved, player, at), f"step {at + 1} is ticked")
    page_of(guide, FinishPage, "the end of the build")
    guide.picture("04-finish")
    state = player.state
    return f"{len(state.steps)} steps, {state.photos} photos, went on at step {resumed + 1}"


def _fan_step(guide: Guide, page: AssemblyPlayer, run_id: str) -> None:
    timer = guide.desk.host.player(run_id).state.now.timer
    if page.side.timer is not None and (timer is None or not timer.is_running):
        click(page.side.timer.button)
    guide.rest(300)
    guide.picture("04-player-assembly")


def _prove(guide: Guide, page: AssemblyPlayer, run_id: str) -> None:
    """Counts and texts that a step wants."""
    player = guide.desk.host.player(run_id)
    step = player.state.now
    for proof in step.step.prove:
        if proof.kind in ("count", "measure", "text") and not any(e.kind == proof.kind for e in step.evidence):
            player.add_proof(step.step.id, proof.kind, "4" if proof.kind != "text" else "R1E-004217")


def flash_phone(guide: Guide, _browser: TesterBrowser) -> str:
    """The practice phone, with the cable pulled in the middle, and back."""
    desk = guide.desk
    done = run_of(guide, FLASH)
    if done is not None and done.finished_at is not None:
        return "finished before"
    phone = desk.bench.rack.phone
    assert phone is not None, "the demo has a practice phone"
    phone.bytes_per_s = TOUR_CABLE
    run_id = _open(guide, FLASH)
    player = desk.host.player(run_id)
    was_pulled = player.state.failed_once
    answers = QTimer()
    answers.setInterval(50)
    answers.timeout.connect(lambda: _agree(phone.memory.serial[-4:]))
    answers.start()
    while player.state.finished_at is None:
        state = player.state
        if stage_of(state) is Stage.FAILURE:
            _recover(guide, run_id)
            continue
        page = page_of(guide, FlashPlayer, "the flash player")
        at = state.current
        if state.uncertain is not None and not desk.host.is_busy(run_id):
            desk.host.settle(run_id)
            guide.until(lambda: not desk.host.is_busy(run_id), "the phone was asked")
            continue
        guide.until(partial(_can_go_on, page, desk.host, run_id), f"step {at + 1} can go on", 30)
        if state.now.step.id == "flash":
            guide.picture("05-safety-checks")
        click(page.act_button)
        if state.now.step.id == "flash" and state.now.mark is not StepMark.DONE:
            was_pulled = _write(guide, run_id, pull=not was_pulled) or was_pulled
        guide.until(lambda: not desk.host.is_busy(run_id), f"step {at + 1} is done", 120)
        guide.until(
            partial(_has_end, player, desk.host, at),
            f"step {at + 1} has an end",
            30,
        )
        error = desk.host.error(run_id)
        if error is not None:
            raise TourStopped(step="flash", why=str(error), out=str(guide.out))
    answers.stop()
    page_of(guide, FinishPage, "the end of the flash")
    guide.picture("05-finish")
    state = player.state
    if not state.failed_once:
        raise TourStopped(step="flash", why="the cable was not pulled", out=str(guide.out))
    return f"{phone.memory.build} runs, {phone.image_bytes} bytes written, cable pulled once and recovered"


def _has_photo(player: Player, step_id: str) -> bool:
    return bool(player.state.step(step_id).photos)


def _has_moved(player: Player, at: int) -> bool:
    return player.state.current != at or player.state.finished_at is not None


def _can_go_on(page: FlashPlayer, host: RunHost, run_id: str) -> bool:
    return page.act_button.isEnabled() or host.is_busy(run_id)


def _has_end(player: Player, host: RunHost, at: int) -> bool:
    state = player.state
    is_over = state.failure is not None or state.finished_at is not None or host.error(state.run_id) is not None
    return is_over or state.current != at or state.steps[at].mark is StepMark.DONE


def _agree(word: str) -> None:
    """The tester reads the question, types the last four of the serial number, waits, and presses the button."""
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, DangerDialog):
        if dialog.field.text() != word:
            dialog.field.setFocus()
            QTest.keyClicks(dialog.field, word)
        elif dialog.act_button.isEnabled():
            click(dialog.act_button)


def _write(guide: Guide, run_id: str, *, pull: bool) -> bool:
    """Watch the write; pull the cable in the middle when that was not done yet."""
    desk = guide.desk
    phone = desk.bench.rack.phone
    assert phone is not None, "the demo has a practice phone"

    def part() -> float:
        parts = [p for p in desk.host.parts(run_id) if p.total]
        return sum(p.done for p in parts) / sum(p.total for p in parts) if parts else 0.0

    guide.until(lambda: part() > PULL_AT or not desk.host.is_busy(run_id), "the write goes on", 120)
    if desk.host.is_busy(run_id):
        guide.picture("05-player-flash")
    if pull and desk.host.is_busy(run_id):
        phone.pull_cable()
        return True
    return False


def _recover(guide: Guide, run_id: str) -> None:
    """The page after the failure: plug the cable in, write the part again."""
    desk = guide.desk
    phone = desk.bench.rack.phone
    assert phone is not None, "the demo has a practice phone"
    page = page_of(guide, FailurePage, "the page after the failure")
    guide.until(lambda: not desk.host.is_asking(run_id), "the phone was asked", 40)
    guide.picture("06-flash-failed")
    phone.plug_in()
    guide.until(lambda: page.way_buttons, "there is a way on")
    guide.rest(400)
    click(page.way_buttons[0])
    guide.until(lambda: desk.host.is_busy(run_id) or desk.host.player(run_id).state.failure is None, "the way on is taken", 30)
    guide.until(lambda: not desk.host.is_busy(run_id), "the part is written again", 120)


# -- the report --------------------------------------------------------------------------------------------------------
