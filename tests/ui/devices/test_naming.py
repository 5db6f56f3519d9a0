# SPDX-License-Identifier: Apache-2.0
"""Routers that the tester names, over the window's own bench: practice routers that speak SSH on the loopback, and a rescue."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from fakes.window import Dressed, buttons_without_name, words_of
from firstlight.base.paths import find, resources
from firstlight.base.settings import Settings
from firstlight.base.work import Work
from firstlight.devices.address import parse
from firstlight.devices.device import Kind
from firstlight.devices.ui.devices_page import DevicesPage
from firstlight.devices.ui.router_dialog import BROKEN, Adapter, Naming
from firstlight.guides.state import StepMark
from firstlight.guides.ui import run_pages
from firstlight.guides.ui.card_grid import fits
from firstlight.guides.ui.run_host import RunHost
from firstlight.kit.buttons import Button
from firstlight.practice.faults import names_for
from firstlight.practice.router import PracticeRouter
from firstlight.profile import Profile
from firstlight.shell.bench import Bench

OFFERS = tuple((kind, names_for(kind.value)) for kind in Kind)
PASSWORD = "opensesame"
ADAPTERS = (Adapter("wlan0", "192.168.1.7", is_wireless=True), Adapter("eth7", ""), Adapter("127.0.0.77", "127.0.0.77"))


@pytest.fixture
def dressed(qapp):
    made = Dressed(qapp, lambda: datetime(2026, 11, 24, 10, 31, tzinfo=UTC).astimezone())
    yield made
    made.close()


@pytest.fixture
def profile(tmp_path):
    made = Profile(find({"FIRSTLIGHT_HOME": str(tmp_path / "home")}).make(), Settings(language="en"), flatten=lambda *_: b"")
    yield made
    made.close()


@pytest.fixture
def bench(profile):
    made = Bench(profile, is_demo=False)
    yield made
    made.close()


@pytest.fixture
def router(tmp_path):
    with PracticeRouter(tmp_path / "router", password=PASSWORD) as made:
        yield made


@pytest.fixture
def page(qtbot, dressed, bench):
    naming = Naming(bench.name, bench.forget, bench.forget_key, lambda: ADAPTERS, bench.named.ask_anew)
    made = DevicesPage(dressed.kit, look=bench.look, start=bench.practise, stop=bench.end_practice, offers=OFFERS, naming=naming)
    qtbot.addWidget(made)
    made.resize(964, 760)
    made.show()
    made.shown()
    qtbot.waitUntil(dressed.is_idle)
    return made


def where(router: PracticeRouter) -> str:
    """As a tester types it."""
    return router.address.removeprefix("ssh:root@")


def add(qtbot, dressed, page, address: str, password: str = "") -> None:
    """By the keyboard alone."""
    page.add_button.click()
    qtbot.waitUntil(page.dialog.isVisible)
    qtbot.keyClicks(page.dialog.address, address)
    qtbot.keyClicks(page.dialog.password, password)
    qtbot.keyClick(page.dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(dressed.is_idle, timeout=20_000)


def press(page, spoken: str) -> None:
    """The button that a screen reader calls so."""
    next(b for b in page.findChildren(Button) if b.accessibleName() == spoken and b.isVisibleTo(page)).click()


def test_a_router_is_added_found_by_guides_and_forgotten_and_its_password_is_in_no_file(qtbot, dressed, page, bench, router, profile):
    add(qtbot, dressed, page, where(router), PASSWORD)
    qtbot.waitUntil(lambda: "Forget" in words_of(page))
    assert page.dialog is None
    said = words_of(page)
    assert where(router) in said
    assert "build 26.46" in said.casefold()
    assert parse(router.address) in bench.given()
    assert bench.reach.address(Kind.ROUTER, None) == parse(router.address)  # what a guide of kind router asks
    assert [d.where for d in bench.answering(work=Work()) if d.kind is Kind.ROUTER] == [router.address]
    kept = [p for p in profile.paths.data.parent.rglob("*") if p.is_file()]
    assert any(p.name == "named-devices.json" for p in kept)
    assert not [p for p in kept if PASSWORD.encode() in p.read_bytes()]
    press(page, next(b.accessibleName() for b in page.findChildren(Button) if b.accessibleName().startswith("Forget ")))
    qtbot.waitUntil(lambda: dressed.is_idle() and where(router) not in words_of(page), timeout=10_000)
    assert bench.named.addresses() == ()


def test_a_wrong_password_nobody_there_and_no_address_are_told_and_nothing_is_kept(qtbot, dressed, page, bench, router):
    add(qtbot, dressed, page, where(router), "wrong")
    dialog = page.dialog
    assert "does not let root in" in words_of(dialog)
    assert "not the one of the Wi-Fi" in words_of(dialog)
    dialog.address.setText("127.0.0.1:1")
    dialog.add_button.click()
    qtbot.waitUntil(lambda: dressed.is_idle() and "No router answers at root@127.0.0.1:1" in words_of(dialog))
    dialog.address.setText("not an address")
    dialog.add_button.click()
    assert "This is no address" in words_of(dialog)
    assert bench.named.addresses() == ()
    assert buttons_without_name(dialog) == []
    dialog.address.setText(where(router))
    dialog.password.setText(PASSWORD)
    dialog.add_button.click()
    qtbot.waitUntil(lambda: dressed.is_idle() and bench.named.addresses() == (parse(router.address),), timeout=10_000)


def test_after_a_restart_the_router_is_known_and_its_password_is_asked_for(qtbot, dressed, page, bench, router):
    add(qtbot, dressed, page, where(router), PASSWORD)
    qtbot.waitUntil(lambda: "Forget" in words_of(page))
    bench.routers.close()
    bench.routers.remember(parse(router.address), "")  # as it is in a program that has just begun
    press(page, "Look again")
    qtbot.waitUntil(lambda: dressed.is_idle() and "does not let root in" in words_of(page), timeout=10_000)
    asked = len(router.record)
    page.look()
    qtbot.waitUntil(dressed.is_idle)
    assert len(router.record) == asked  # it is not knocked at again by itself
    press(page, f"Connect to {where(router)}")
    qtbot.waitUntil(page.dialog.isVisible)
    assert page.dialog.address.text() == where(router)
    page.dialog.password.setText(PASSWORD)
    page.dialog.add_button.click()
    qtbot.waitUntil(lambda: dressed.is_idle() and "build 26.46" in words_of(page).casefold(), timeout=10_000)


def test_another_key_is_told_with_what_to_do_and_a_reset_router_is_taken_in_again(qtbot, dressed, page, bench, router):
    address = parse(router.address)
    keys = bench.routers.keys
    add(qtbot, dressed, page, where(router), PASSWORD)
    file = next(p for p in keys._file.parent.iterdir() if p == keys._file)
    raw = json.loads(file.read_text())
    raw["keys"] = {name: [kind, "AAAAC3NzaC1lZDI1NTE5AAAAIA" + "A" * 42] for name, (kind, _) in raw["keys"].items()}
    file.write_text(json.dumps(raw))
    bench.forget(address, work=Work())
    add(qtbot, dressed, page, where(router), PASSWORD)
    dialog = page.dialog
    assert "another router answers than before" in words_of(dialog)
    assert "do not go on" in words_of(dialog)
    assert bench.named.addresses() == ()
    press(dialog, "It was reset or replaced")
    qtbot.waitUntil(lambda: dressed.is_idle() and bench.named.addresses() == (address,), timeout=10_000)


def test_a_router_that_no_longer_starts_is_named_by_adapter_and_mac(qtbot, dressed, page, bench):
    page.add_button.click()
    dialog = page.dialog
    next(b for b in dialog.which.children() if getattr(b, "text", str)() == "It no longer starts").click()
    assert dialog.adapter.currentData() == "127.0.0.77"  # neither the Wi-Fi nor the one without an address
    qtbot.keyClicks(dialog.mac, "02:0f:1a:00:9a")
    dialog.add_button.click()
    assert "A MAC has twelve digits" in words_of(dialog)
    dialog.mac.setText("02-0F-1A-00-9A-2E")
    dialog.mode.setCurrentIndex(1)
    dialog.add_button.click()
    assert "This is no address. One looks like 192.168.1.1." in words_of(dialog)
    dialog.ip.setText("127.0.0.88")
    dialog.add_button.click()
    wanted = parse("recovery:127.0.0.77,mac=02:0f:1a:00:9a:2e,router=127.0.0.88")
    qtbot.waitUntil(lambda: dressed.is_idle() and bench.named.addresses() == (wanted,))
    assert bench.reach.address(Kind.RECOVERY, None) == wanted
    qtbot.waitUntil(lambda: "02:0f:1a:00:9a:2e at 127.0.0.77" in words_of(page))


def test_a_practice_rescue_named_by_hand_is_found_as_the_window_finds_it(bench):
    bench.rack.start(Kind.RECOVERY)
    given = next(a for a in bench.rack.addresses() if a.kind is Kind.RECOVERY)
    device = bench.name(given, "", work=Work())
    assert device.kind is Kind.RECOVERY
    assert bench.named.addresses() == (given,)
    bench.forget(given, work=Work())
    assert bench.named.addresses() == ()


def test_a_damaged_list_names_nobody_and_the_next_one_replaces_it(bench, router, profile):
    file = profile.paths.data / "named-devices.json"
    file.write_text('{"addresses": ["ssh:ok:22", "nonsense"')
    assert bench.named.addresses() == ()
    bench.name(parse(router.address), PASSWORD, work=Work())
    assert json.loads(file.read_text()) == {"addresses": [router.address]}


def test_the_dialog_opens_on_what_may_be_chosen(qtbot, dressed, page):
    page.add_button.click()
    dialog = page.dialog
    assert dialog.which._ids[BROKEN].text() == "It no longer starts"
    model = dialog.adapter.model()
    assert [model.item(at).isEnabled() for at in range(model.rowCount())] == [False, False, True]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.dialog is None)


@pytest.fixture
def host(dressed, bench, profile):
    made = RunHost(dressed.kit.jobs, profile.events, bench.runs, now=dressed.kit.now)
    made.setParent(dressed.look.jobs)
    return made


def player_of(qtbot, dressed, host, bench, run_id: str):
    made = run_pages.build(dressed.kit, host=host, run_id=run_id, photo_path=bench.photo_path)
    qtbot.addWidget(made)
    made.resize(1124, 760)
    made.show()
    return made


def test_a_guide_asks_which_of_two_routers_and_goes_on_with_the_chosen_one(qtbot, dressed, bench, host, router, tmp_path):
    with PracticeRouter(tmp_path / "other") as other:
        bench.name(parse(router.address), PASSWORD, work=Work())
        bench.name(parse(other.address), "", work=Work())
        run_id = host.start(resources() / "guides" / "r1-update", 0)
        host.player(run_id).answer({"keep": True})
        asked = len(other.record)
        host.run_step(run_id, "connect")
        qtbot.waitUntil(dressed.is_idle, timeout=10_000)
        assert len(other.record) == asked  # nothing was sent to any of them
        player = player_of(qtbot, dressed, host, bench, run_id)
        said = words_of(player)
        assert "More than one device is there" in said
        assert f"Use {where(router)}" in said
        press(player, f"Use {where(other)}")
        qtbot.waitUntil(lambda: dressed.is_idle() and host.player(run_id).state.device is not None, timeout=10_000)
        state = host.player(run_id).state
        assert state.device.address == other.address
        assert state.failure is None
        assert state.step("connect").mark is StepMark.DONE


def test_a_guide_started_in_the_window_finds_the_one_router_that_was_named(qtbot, dressed, bench, host, router):
    bench.name(parse(router.address), PASSWORD, work=Work())
    run_id = host.start(resources() / "guides" / "r1-update", 0)
    host.player(run_id).answer({"keep": True})
    host.run_step(run_id, "connect")
    qtbot.waitUntil(lambda: dressed.is_idle() and host.player(run_id).state.step("connect").mark is StepMark.DONE, timeout=10_000)
    assert host.player(run_id).state.device.address == router.address
    entry = bench.library.entry(0, "r1-update")
    device = next(d for d in bench.answering(work=Work()) if d.kind is Kind.ROUTER)
    assert fits(entry.guide, device)
    assert not fits(bench.library.entry(0, "a1-weekly").guide, device)
