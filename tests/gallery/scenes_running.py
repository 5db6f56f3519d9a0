# SPDX-License-Identifier: Apache-2.0
"""What a tester sees while something is under way, and what is asked before: checks in the air, downloads, uploads, writes, questions."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from firstlight.guides.ui import deed_words, kind_words
from firstlight.guides.ui.danger_dialog import DangerDialog
from firstlight.guides.ui.fetch_dialog import FetchDialog
from firstlight.guides.ui.flash_player import FlashPlayer
from firstlight.guides.web_files import FromWeb
from gallery.practising import Practising
from gallery.stage import Stage


def at_work(stage: Stage, slug: str, step: str, *, at: float, slow: int) -> QWidget:
    """A step of the machine in its middle, slowly enough to be seen."""
    made = Practising(stage, slug)
    made.play(until=step)
    made.show()
    made.begin(step, at=at, slow=slow)
    if not at:  # one piece is all that this image has: nothing is heard before its end
        stage.until(lambda: made.desk.host.is_writing_run(made.run_id) and made.desk.host.parts(made.run_id), "it is being written", 60)
        stage.rest(4000)
    stage.rest(1200)  # the page looks once a second
    return stage.window


def stopped_card(stage: Stage) -> QWidget:
    """Stop was pressed while a card was being written."""
    at_work(stage, "r1-card", "write", at=0, slow=400_000)
    page = stage.window.page(stage.window.current)
    assert isinstance(page, FlashPlayer)
    page.stop_button.click()
    stage.until(lambda: not page.host.is_busy(page.run_id), "it has stopped", 60)
    stage.settle()
    return stage.window


def serving(stage: Stage) -> QWidget:
    """The rescue waits for the router, and nobody has asked yet."""
    made = Practising(stage, "r1-recovery", ("wrong-mac",))
    made.play(until="rescue")
    made.show()
    made.agree("rescue")
    made.desk.host.run_step(made.run_id, "rescue")
    stage.until(lambda: len(made.desk.host.console(made.run_id)) > 2, "somebody has asked", 60)
    stage.at_end(lambda: stage.until(lambda: not made.desk.host.is_busy(made.run_id), "the rescue has an end", 60))
    stage.at_end(lambda: made.desk.host.stop(made.run_id))
    stage.rest(100)
    return stage.window


def asking(stage: Stage) -> QWidget:
    """The phone is being asked for its checks, a second time."""
    made = Practising(stage, "a1-weekly", ("low-battery:31",))
    made.play(until="checks")
    made.desk.host.check_gates(made.run_id)
    stage.until(lambda: not made.desk.host.is_asking(made.run_id), "the phone was asked")
    made.hold(made.player, "check_gates")
    made.desk.host.check_gates(made.run_id)
    made.desk.pages.open_run(made.run_id)
    stage.rest(200)
    return stage.window


def unknown(stage: Stage) -> QWidget:
    """The cable went before the checks: what could not be asked is not known."""
    made = Practising(stage, "a1-weekly")
    made.play(until="checks")
    made.stand.pull()
    made.show()
    made.desk.host.run_step(made.run_id, "checks")
    stage.until(lambda: not made.desk.host.is_busy(made.run_id), "the checks were asked", 120)
    made.show()
    return stage.window


def fetching(stage: Stage) -> QWidget:
    """A build is on its way to this PC."""
    made = Practising(stage, "a1-weekly")
    made.play(until="choose")
    made.show()
    made.hold(made.runs._images, "_download")
    made.desk.host.run_step(made.run_id, "choose")
    stage.rest(300)
    return stage.window


def apart(stage: Stage, *, is_right: bool | None = None) -> QWidget:
    """Models that look alike: nothing goes out before the tester has looked."""
    made = Practising(stage, "r1-update")
    made.play(until="connect")
    made.desk.host.run_step(made.run_id, "connect")
    stage.until(lambda: not made.desk.host.is_busy(made.run_id), "the router is found", 60)
    if is_right is not None:
        made.player.tell_apart(is_right=is_right)
    made.show()
    return stage.window


def question(stage: Stage, slug: str, step: str, *, erases: bool) -> QWidget:
    """The typed question before a write, before anything was typed."""
    made = Practising(stage, slug)
    made.play(until=step)
    page = made.show()
    assert isinstance(page, FlashPlayer)
    device = page.state.device
    assert device is not None
    ask, act = (
        (page.tr("Erase {device}?"), page.tr("Erase {device}")) if erases else (page.tr("Write to {device}?"), page.tr("Write to {device}"))
    )
    dialog = DangerDialog(
        stage.kit,
        title=deed_words.with_device(ask, page.state),
        text=kind_words.danger(page.state, erases=erases),
        word=device.tail,
        action=deed_words.with_device(act, page.state),
        parent=page,
    )
    stage.own(dialog)
    dialog.show()
    stage.rest(200)
    return dialog


def override(stage: Stage) -> QWidget:
    """A check is to be overridden: the same question."""
    made = Practising(stage, "a1-weekly", ("low-battery:31",))
    made.play(until="flash")
    page = made.show()
    assert isinstance(page, FlashPlayer) and page.state.device is not None
    dialog = DangerDialog(
        stage.kit,
        title=page.tr("Go on although a check did not pass?"),
        text=page.tr("The check stays in the journal as not passed, with your choice beside it."),
        word=page.state.device.tail,
        action=page.tr("Go on all the same"),
        parent=page,
    )
    stage.own(dialog)
    dialog.show()
    stage.rest(200)
    return dialog


def from_web(stage: Stage) -> QWidget:
    """Files that a guide has from the open web."""
    stage.desk()
    files = (
        FromWeb("twrp-3.7.1-a1.img", "dl.example.org", 41_943_040, is_known=True),
        FromWeb("lineage-22.2-a1.zip", "mirror.example.net", 1_240_000_000, is_known=True),
        FromWeb("vbmeta.img", "files.example.com"),
    )
    dialog = FetchDialog(stage.kit, files, stage.window)
    stage.own(dialog)
    dialog.show()
    stage.rest(100)
    return dialog


def stopped_by_hand(stage: Stage) -> QWidget:
    """Stop was pressed, and the part is through."""
    made = Practising(stage, "a1-weekly")
    made.play(until="flash")
    made.show()
    made.begin("flash", at=0.2, slow=12_000_000)
    made.desk.host.stop(made.run_id)
    stage.until(lambda: not made.desk.host.is_busy(made.run_id), "it has stopped", 120)
    made.show()
    return stage.window


SCENES = {
    "checks-asking": asking,
    "checks-unknown": unknown,
    "fetching": fetching,
    "apart": apart,
    "apart-wrong": partial(apart, is_right=False),
    "question-write": partial(question, slug="a1-weekly", step="flash", erases=False),
    "question-erase": partial(question, slug="r1-card", step="write", erases=True),
    "question-override": override,
    "question-web": from_web,
    "sideload": partial(at_work, slug="a1-sideload", step="install", at=0.4, slow=3_000_000),
    "router-sending": partial(at_work, slug="r1-update", step="send", at=0.5, slow=250_000),
    "rescue-waiting": serving,
    "card-writing": partial(at_work, slug="r1-card", step="write", at=0, slow=400_000),
    "card-stopped": stopped_card,
    "stopped": stopped_by_hand,
}
