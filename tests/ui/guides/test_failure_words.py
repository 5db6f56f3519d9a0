# SPDX-License-Identifier: Apache-2.0
"""The page of a fault: whatever stopped the step, it says so in that fault's own words, and offers what the journal allows."""

from __future__ import annotations

from firstlight.base.errors import FirstlightError
from firstlight.base.settings import Settings
from firstlight.devices.errors import DeviceError
from firstlight.guides.ui.failure_words import ToldFailure
from firstlight.guides.ui.run_page import Stage
from firstlight.imaging.errors import ImagingError
from firstlight.kit.error_text import explain
from firstlight.recovery.errors import RecoveryError

FACTS = {"serial": "PRACTICE-4F7C", "tail": "4F7C", "seconds": "20", "part": "system", "name": "image.img", "path": "a card"}


def codes() -> list[str]:
    waiting: list[type[FirstlightError]] = [DeviceError, ImagingError, RecoveryError]
    found = []
    while waiting:
        kind = waiting.pop()
        found.append(kind.code)
        waiting.extend(kind.__subclasses__())
    return sorted(code for code in found if "." in code)


def stop_at(record, step_id: str, code: str, part: str = "") -> None:
    """As the machine writes it down."""
    record.write("begin", step=step_id, i=0, verb="fastboot.flash", serial="PRACTICE-4F7C")
    where = {"part": part, "part_done": 500} if part else {}
    record.write("end", step=step_id, ok=False, failure={"code": code, "facts": FACTS, **where})


def test_each_fault_has_a_page_that_says_what_it_is_and_offers_ways_on(desk, qtbot):
    run_id = desk.start("a1-weekly")
    for step_id in ("connect", "choose"):
        desk.host.run_step(run_id, step_id)
        qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)
    player = desk.host.player(run_id)
    player._record.write("part", name="system", state="writing", done=0, total=1000)
    stop_at(player._record, "flash", "device.lost", "system")
    told = {}
    for language in ("en", "zh_CN"):
        desk.kit = desk.dressed.look.apply(Settings(language=language))
        page = desk.page(run_id)
        assert page.stage is Stage.FAILURE
        for code in codes():
            stop_at(player._record, "flash", code, "system")
            page._headline.setText("")  # the page writes the words anew when the headline changes
            page.refresh()
            told[language, code] = page._told.text()
            assert told[language, code] == explain(ToldFailure(code, FACTS)).text
            assert [way.id for way in player.ways_on()] == ["again", "back", "later"], code
            assert len(page.way_buttons) == 3
    assert len(told) > 80
    assert len(set(told.values())) == len(told), "two faults look the same, or one is not translated"


def test_a_phone_that_did_not_take_the_build_is_written_again_from_the_page(desk):
    run_id = desk.start("a1-weekly")
    record = desk.host.player(run_id)._record
    for step_id in ("connect", "choose", "backup", "checks"):
        record.write("done", step=step_id)
    for part in ("boot", "vendor", "system", "product"):
        record.write("part", name=part, state="done", done=1000, total=1000)
    record.write("done", step="flash")
    stop_at(record, "first-start", "device.not_back")
    page = desk.page(run_id)
    assert page.stage is Stage.FAILURE
    ways = [way.id for way in desk.host.player(run_id).ways_on()]
    assert ways == ["again", "write", "later"]
    page.way_buttons[1].click()
    state = desk.host.player(run_id).state
    assert (state.now.step.id, state.failure) == ("flash", None)
    assert not state.now.is_agreed, "a dangerous step asks for its word once more"
    assert desk.page(run_id).stage is Stage.FLASH
