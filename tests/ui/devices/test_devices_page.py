# SPDX-License-Identifier: Apache-2.0
"""The page of devices over a real inventory, with real practice devices switched on and off from it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fakes.window import Dressed, buttons_without_name, words_of
from firstlight.devices.device import Device, Kind, Mode
from firstlight.devices.host.preflight import HostRow
from firstlight.devices.inventory import Inventory
from firstlight.devices.ui.device_words import DeviceWords
from firstlight.devices.ui.devices_page import DevicesPage, Seen
from firstlight.imaging.disk import Why
from firstlight.practice.faults import NAMES, names_for
from firstlight.shell.practice_rack import PracticeRack

OFFERS = tuple((kind, names_for(kind.value)) for kind in Kind)


@pytest.fixture
def dressed(qapp):
    made = Dressed(qapp, lambda: datetime(2026, 11, 24, 10, 31, tzinfo=UTC).astimezone())
    yield made
    made.close()


@pytest.fixture
def rack(tmp_path):
    made = PracticeRack(tmp_path / "practice", lambda: "26.46")
    yield made
    made.close()


@pytest.fixture
def page(qtbot, dressed, rack):
    inventory = Inventory(network=lambda: (rack.phone.address,) if rack.phone and rack.phone.is_plugged else ())

    def look(*, work):
        return Seen(inventory.devices(work), (HostRow("adb", False, "missing"),), rack.running())

    def start(kind, faults, *, work):
        rack.start(kind, faults)

    def stop(kind, *, work):
        rack.stop(kind)

    made = DevicesPage(dressed.kit, look=look, start=start, stop=stop, offers=OFFERS)
    qtbot.addWidget(made)
    made.resize(964, 760)
    made.show()
    made.shown()
    qtbot.waitUntil(dressed.is_idle)
    return made


def test_nothing_plugged_in_says_how_a_phone_gets_here_and_what_this_pc_lacks(page):
    said = words_of(page)
    assert "Nothing is plugged in" in said
    assert "adb is missing or too old" in said
    assert "sudo apt install adb" in said
    assert buttons_without_name(page) == []


def test_a_practice_phone_is_switched_on_found_asked_and_switched_off(qtbot, dressed, page, rack):
    row = page.practice.row(Kind.PHONE)
    row.switch.click()
    qtbot.waitUntil(lambda: dressed.is_idle() and page.seen is not None and bool(page.seen.devices))
    said = words_of(page)
    assert "In its bootloader, build 26.46" in said
    assert f"fastboot:{rack.phone.address}" in page.practice.row(Kind.PHONE)._address.toolTip() + said
    with qtbot.waitSignal(page.guides_asked) as asked:
        next(b for b in page.findChildren(type(row.fault_button)) if b.accessibleName().startswith("Guides for")).click()
    assert asked.args[0].is_practice
    row.switch.click()
    qtbot.waitUntil(lambda: dressed.is_idle() and page.seen is not None and not page.seen.devices)
    assert rack.phone is None


def test_a_fault_that_is_chosen_while_it_is_on_begins_at_once(qtbot, dressed, page, rack):
    row = page.practice.row(Kind.PHONE)
    row.switch.click()
    qtbot.waitUntil(lambda: rack.phone is not None and dressed.is_idle())
    row._actions["locked"].trigger()
    qtbot.waitUntil(
        lambda: dressed.is_idle() and page.seen is not None and page.seen.running[:1] != () and bool(page.seen.running[0].faults)
    )
    assert rack.phone.faults.locked
    assert row.fault_button.text().startswith("Its bootloader is locked")


def test_nobody_is_asked_while_the_page_is_not_in_view(page):
    assert page._timer.isActive()
    page.hide()
    assert not page._timer.isActive()


def test_a_disk_that_is_never_written_says_why(qtbot, dressed):
    system = Device("S", "/dev/sda", Mode.SYSTEM, kind=Kind.CARD, way="card", size=512_000_000_000, model="SSD", why_hidden="system")
    page = DevicesPage(
        dressed.kit,
        look=lambda *, work: Seen((system,), (), ()),
        start=lambda *a, work: None,
        stop=lambda *a, work: None,
        offers=OFFERS,
    )
    qtbot.addWidget(page)
    page.show()
    page.shown()
    qtbot.waitUntil(dressed.is_idle)
    assert "SSD" not in words_of(page)
    next(b for b in page.findChildren(type(page.practice.row(Kind.PHONE).fault_button)) if b.text() == "My card is not listed").click()
    qtbot.waitUntil(lambda: "SSD, 512 GB: your system or your files live on it" in words_of(page))


@pytest.mark.parametrize("kind", [Kind.ROUTER, Kind.RECOVERY, Kind.CARD])
def test_every_kind_can_be_switched_on(rack, kind):
    rack.start(kind)
    assert rack.addresses()[0].kind is kind
    rack.stop(kind)
    assert rack.running() == ()


def test_every_fault_and_every_reason_has_words_of_its_own(qapp):
    words = DeviceWords()
    assert all(words.fault(name) != name for name in NAMES)
    assert all(f"({why})" not in words.hidden(why) for why in Why if why)
