# SPDX-License-Identifier: Apache-2.0
"""A step that the machine did is taken back in the window by what the guide names for that; a failing undo is tried again as one."""

from __future__ import annotations

import pytest

from firstlight.guides.state import StepMark
from firstlight.store import journal

GUIDE = """guide: 1
id: there-and-back
title: There and back
for: {device: [a1]}
steps:
  - {id: look, title: Look, do: [{device.find: 1}]}
  - {id: say, title: Say, do: [{note.say: done}], undo: [%s]}
  - {id: hands, title: By hand}
  - {id: end, title: End}
"""


@pytest.fixture
def begin(desk, qtbot):
    def made(undo: str):
        folder = desk.bench.root / "guide"
        folder.mkdir()
        (folder / "guide.yaml").write_text(GUIDE % undo, "utf-8")
        run_id = desk.host.start(folder, 1)
        for step in ("look", "say"):
            desk.host.run_step(run_id, step)
            qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=10_000)
        player = desk.host.player(run_id)
        player.done("hands")
        player.go_to(1)
        return run_id, player

    return made


def phases(player) -> list[str]:
    return [r["phase"] for r in journal.read(player.journal_path) if r["e"] == "begin" and "phase" in r]


def test_what_the_guide_names_undoes_a_step_and_what_stands_on_it(desk, qtbot, begin):
    run_id, player = begin("{note.say: taken back}")
    page = desk.page(run_id)
    assert page.undo_button.isVisible()
    page.undo_button.click()
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=10_000)
    assert (player.state.step("say").mark, phases(player)) == (StepMark.NOW, ["undo"])
    assert not page.undo_button.isVisible()
    assert page.act_button.isEnabled(), "it can be done anew"


def test_only_what_the_guide_can_undo_has_the_button_and_a_tick_always(desk, qtbot, begin):
    run_id, player = begin("{note.say: taken back}")
    page = desk.page(run_id)
    player.go_to(0)
    page.refresh()
    assert not page.undo_button.isVisible(), "nothing is named for it"
    player.go_to(2)
    page.refresh()
    page.undo_button.click()
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=10_000)
    assert player.state.step("hands").mark is StepMark.NOW


def test_an_undo_that_fails_is_tried_again_as_an_undo_or_done_by_hand(desk, qtbot, begin):
    run_id, player = begin("{adb.reboot: system}")
    page = desk.page(run_id)
    for tries in (1, 2):
        page.undo_button.click()
        qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)
        assert (player.state.failure.step_id, player.state.failure.phase) == ("say", "undo")
        assert phases(player) == ["undo"] * tries
        assert player.state.step("say").mark is StepMark.DONE, "it is as it was"
    by_hand, *more = page._choices(None)
    assert (by_hand.text(), more) == ("I did it by hand", [])
    by_hand.click()
    assert (player.state.failure, player.state.step("say").mark) == (None, StepMark.NOW)
    assert journal.read(player.journal_path)[-1]["e"] == "undo"


def test_an_undo_that_fails_on_a_page_of_its_own_is_tried_again_as_an_undo(desk, qtbot, begin):
    run_id, player = begin("{adb.reboot: system}")
    player._record.write("part", name="boot", state="done", done=10, total=10)
    desk.host.take_back(run_id, "say")
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)
    desk.host.take_way(run_id, "again")
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)
    assert phases(player) == ["undo", "undo"]
