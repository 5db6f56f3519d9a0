# SPDX-License-Identifier: Apache-2.0
"""What pages say and offer once something was written, refused, overridden or could not be fetched: nothing beyond what is known."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from PySide6.QtCore import Qt

from fakes.bench_with_phone import GUIDES
from fakes.window import words_of
from firstlight.guides.aftermath import ways_on
from firstlight.guides.backends import BackEnds
from firstlight.guides.document import read
from firstlight.guides.library import Library
from firstlight.guides.state import GateResult
from firstlight.guides.ui.flash_middle import FlashMiddle
from firstlight.guides.ui.gate_list import GateList
from firstlight.hublink.errors import Unreachable
from firstlight_contract.feed import GuideFile, GuideView

NODE = b"guide: 1\nid: node\nversion: '2.0'\ntitle: {en: A card for the node}\ncover: cover.svg\nsteps: [{id: look, title: Look}]\n"


def stopped_behind_the_flash(desk, reason: str) -> str:
    """A router's run whose flash went out, and that did not come back as it should."""
    run_id = desk.start("r1-update")
    player = desk.host.player(run_id)
    player.answer({"keep": True})
    record = player._record
    for step_id in ("connect", "choose", "backup", "send"):
        record.write("done", step=step_id)
    record.write("part", name="firmware", state="done", done=1000, total=1000)
    record.write("done", step="flash")
    record.write("begin", step="back", i=0, verb="ssh.wait", serial="R1E-9A2E")
    facts = {"reason": reason, "build": "26.46", "wanted": "26.47", "seconds": "12", "starts": "1"}
    record.write("end", step="back", ok=False, failure={"code": "device.router_not_back", "facts": facts})
    return run_id


def test_a_router_that_went_back_by_itself_is_not_asked_to_try_the_same_again(desk):
    run_id = stopped_behind_the_flash(desk, "rolled_back")
    assert [way.id for way in ways_on(desk.host.player(run_id).state)] == ["later", "write"]
    assert [b.text() for b in desk.page(run_id).way_buttons] == ["Leave it", "Write again"]
    other = stopped_behind_the_flash(desk, "unchanged")
    assert [way.id for way in ways_on(desk.host.player(other).state)] == ["write", "later"]


def test_a_router_that_does_not_come_back_leads_to_the_guide_that_brings_it_back(desk):
    def beside(slug: str):
        path = GUIDES / slug / "guide.yaml"
        return (read(path), path.parent) if path.is_file() else None

    desk.bench.runs._backends = BackEnds(desk.bench.inventory, find_guide=beside)
    page = desk.page(stopped_behind_the_flash(desk, "brick"))
    opened = []
    page.run_opened.connect(opened.append)
    button = next(b for b in page.way_buttons if b.text() == "Open the guide")
    assert all(said in words_of(page) for said in ("Open “Bring an R1 back that does not start”", "Erases settings"))
    button.click()
    button.click()
    assert desk.host.player(opened[0]).state.guide.id == "r1-recovery"
    assert opened[0] == opened[1], "a rescue that was begun is carried on"


def test_the_build_before_goes_back_in_a_run_that_is_shown(desk, qtbot):
    run_id = desk.start("a1-weekly")
    for step_id in ("connect", "choose"):
        desk.host.run_step(run_id, step_id)
        qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)
    record = desk.host.player(run_id)._record
    for step_id in ("backup", "checks", "flash", "first-start", "tell"):
        record.write("done", step=step_id)
    desk.host.finish(run_id)
    page = desk.page(run_id)
    with qtbot.waitSignal(page.run_opened) as opened:
        page.back_button.click()
    assert desk.host.player(opened.args[0]).state.rolls_back == run_id


def test_what_was_overridden_or_only_told_is_not_counted_as_passed(desk):
    title = {"en": "A check"}
    good = GateResult("a", title, True)
    overridden = GateResult("b", title, False, overridable=True, is_overridden=True)
    hint = GateResult("c", title, False, is_hint=True)
    gates = GateList(desk.kit)
    gates.show_gates((good, overridden, hint), is_asking=False)
    assert (gates._tag.accessibleName(), gates._tag.property("tag")) == ("1 of 3 passed", "warn")
    gates.show_gates((good,), is_asking=False)
    assert (gates._tag.accessibleName(), gates._tag.property("tag")) == ("1 of 1 passed", "ok")
    gates.deleteLater()


def test_a_guide_that_cannot_be_fetched_says_why_until_the_next_try(desk, qtbot):
    view = GuideView(
        slug="node",
        programme="aurora",
        version="2.0",
        title={"en": "A card for the node"},
        sha256=hashlib.sha256(NODE).hexdigest(),
        document=NODE.decode(),
        files=(GuideFile(name="cover.svg", sha256="c" * 64, size=412_000),),
    )

    def fail(*_):
        raise Unreachable(hub="https://hub.example.org", reason="refused")

    page = desk.guides_page()
    page._library = Library(built_in=GUIDES, fetched=desk.bench.root / "fetched", published=lambda _: (view,), download=fail)
    page.shown()
    qtbot.waitUntil(lambda: any(c.facts.to_fetch for c in page.cards), timeout=10_000)
    next(c for c in page.cards if c.facts.to_fetch).click()
    qtbot.waitUntil(lambda: not page._fetching and desk.dressed.is_idle(), timeout=10_000)
    assert page._notes.count() == 1
    page.shown()
    qtbot.waitUntil(desk.dressed.is_idle, timeout=10_000)
    assert page._notes.count() == 0


def test_a_rescue_that_nobody_has_asked_for_yet_shows_what_hands_do(desk):
    state = desk.host.player(desk.start("r1-recovery")).state
    middle = FlashMiddle(desk.kit)
    middle.show_step(replace(state, current=state.guide.index("rescue")), (), is_writing=True, has_console=False)
    assert middle.machine.isVisibleTo(middle), "the step says which button to hold"
    assert not middle.banner.isVisibleTo(middle), "nothing is being written that could be disturbed"
    assert not middle.banner.layout().expandingDirections() & Qt.Orientation.Vertical, "it takes the height of its words alone"
    middle.deleteLater()


def test_a_rescue_from_the_library_looks_for_the_router_before_it_asks_for_its_word(desk, qtbot):
    run_id = desk.start("r1-recovery")
    guide = desk.host.player(run_id).state.guide
    before = guide.steps[: guide.index("rescue")]
    assert any(deed.verb == "tftp.find" for step in before for deed in step.do), "else nobody could type whose word it is"


def test_the_click_that_writes_is_answered_also_where_no_device_is_known(desk, qtbot):
    run_id = desk.start("r1-recovery")
    page = desk.page(run_id)
    assert not page._is_agreed(page.state.step("rescue"))
    assert desk.host.error(run_id).code == "device.not_found"
    assert not desk.host.is_busy(run_id)


def test_a_guide_of_routers_shows_no_practice_phone_of_the_run_before(desk, qtbot):
    of_a_phone = desk.start("a1-weekly")
    desk.host.run_step(of_a_phone, "connect")
    qtbot.waitUntil(lambda: not desk.host.is_busy(of_a_phone), timeout=20_000)
    assert desk.host.practice_for(of_a_phone) is desk.bench.phone
    assert desk.host.practice_for(desk.start("r1-recovery")) is None
    assert desk.host.practice_for(desk.start("a1-weekly")) is desk.bench.phone
