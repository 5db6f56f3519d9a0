# SPDX-License-Identifier: Apache-2.0
"""Each fault of a phone ends in its own kind of error, with a run that can be carried on; and a gate that refuses lets no byte out.

What came to the phone is the emulator's own record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest

from fakes.android_bench import BUILD, AndroidBench
from fakes.bench_with_phone import image
from firstlight.devices import adb_server, fastboot_program, fastboot_wire
from firstlight.guides.errors import GateClosed
from firstlight.guides.state import PartState, StepMark
from firstlight.practice.faults import Faults
from firstlight.practice.phone_update import make_package

FASTBOOT_GATES = [
    {"fastboot.device": {"product": "a1_eng", "board": ["C", "D"]}},
    {"fastboot.unlocked": {}},
    {"fastboot.battery": 40},
    {"fastboot.rollback": {"index": 1}},
]
FLASH = {"id": "write", "gate": FASTBOOT_GATES, "do": [{"fastboot.flash": [{"partition": p, "file": f"{p}.img"} for p in BUILD]}]}
SIDELOAD = {
    "id": "write",
    "gate": [{"adb.device": "a1_eng"}, {"adb.battery": 40}, {"adb.expect": {"name": "ro.boot.rollback_index", "one_of": [0, 1]}}],
    "do": [{"adb.sideload": "update.zip"}],
}
PUSH = {"id": "write", "gate": SIDELOAD["gate"], "do": [{"adb.push": {"files": ["update.zip"], "to": "/cache/recovery/"}}]}
BACK = {"id": "back", "do": [{"fastboot.reboot": "system"}, {"device.back": 2}]}
PACKAGE = make_package("a1_eng", {p: image(p, "26.47", 1) for p in BUILD})


def most_are_long(names: Iterable[Any], *everyday: Any) -> list[Any]:
    """A representative in the everyday suite, all of them in the long run."""
    return [pytest.param(n, marks=() if n in everyday else pytest.mark.long) for n in names]


FAULTS = {
    "cable out": (Faults(cable_out=62), "device.lost"),
    "locked": (Faults(locked=True), "guide.gate_closed"),
    "low battery": (Faults(low_battery=12), "guide.gate_closed"),
    "wrong product": (Faults(wrong_product=True), "guide.gate_closed"),
    "wrong board": (Faults(wrong_board=True), "guide.gate_closed"),
    "older than the counter": (Faults(newer_rollback=True), "guide.gate_closed"),
    "bad block": (Faults(bad_block=40), "device.damaged"),
}


@pytest.mark.parametrize("name", most_are_long(FAULTS, "cable out"))
def test_a_fault_of_a_flash_has_its_own_error_and_the_run_goes_on(bench: AndroidBench, name: str) -> None:
    faults, code = FAULTS[name]
    bench.phone.into_bootloader()
    player = bench.start([FLASH, BACK], bench.give_build())
    bench.phone.faults = faults
    assert bench.fails(player) == code
    if code == "guide.gate_closed":
        assert bench.phone.image_bytes == 0
    else:
        assert [p.state for p in player.state.parts].count(PartState.HALF) == 1
        assert player.ways_on()[0].id == "again"
    bench.phone.plug_in()
    bench.phone.faults = Faults()
    bench.play(bench.restart(player))
    assert bench.holds_build("a")
    assert bench.phone.memory.build == "26.47"


@pytest.mark.long
def test_a_phone_that_stalls_is_given_up_and_says_so(bench: AndroidBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastboot_program, "GIVE_UP_S", 1.0)
    monkeypatch.setattr(fastboot_wire, "GIVE_UP_S", 1.0)
    bench.phone.into_bootloader()
    player = bench.start([FLASH, BACK], bench.give_build())
    bench.phone.faults = Faults(stall=50)
    assert bench.fails(player) == "device.stalled"
    bench.phone.pull_cable()
    bench.phone.plug_in()
    bench.play(player)
    assert bench.holds_build("a")


@pytest.mark.long
@pytest.mark.parametrize(("faults", "reason"), [(Faults(reboot_loop=True), ""), (Faults(boot_fails=True), "fell_back")])
def test_a_phone_that_does_not_come_back_is_told_apart_from_one_that_fell_back(bench: AndroidBench, faults: Faults, reason: str) -> None:
    bench.phone.into_bootloader()
    player = bench.start([FLASH, BACK], bench.give_build())
    bench.phone.faults = faults
    assert bench.fails(player) == "device.not_back"
    failure = player.state.failure
    assert failure is not None
    assert failure.facts.get("reason", "") == reason
    bench.phone.faults = Faults()
    bench.phone.into_bootloader()
    bench.play(bench.restart(player))
    assert bench.holds_build("a")


SIDELOAD_FAULTS = {
    "cable out": (Faults(cable_out=30), "device.lost"),
    "bad block": (Faults(bad_block=90), "device.package_refused"),
    "full cache": (Faults(full_cache=True), "device.package_refused"),
    "wrong product": (Faults(wrong_product=True), "guide.gate_closed"),
    "low battery": (Faults(low_battery=12), "guide.gate_closed"),
    "older than the counter": (Faults(newer_rollback=True), "guide.gate_closed"),
    "not allowed": (Faults(unauthorised=True), "guide.gate_closed"),
}


@pytest.mark.parametrize("name", most_are_long(SIDELOAD_FAULTS, "low battery"))
def test_a_fault_of_a_sideload_has_its_own_error_and_the_phone_still_starts(one: AndroidBench, name: str) -> None:
    faults, code = SIDELOAD_FAULTS[name]
    player = one.start([SIDELOAD], {"update.zip": one.give("update.zip", PACKAGE)})
    one.phone.faults = faults
    if faults.unauthorised:
        one.phone.pull_cable()
        one.phone.plug_in()
    assert one.fails(player) == code
    if code == "guide.gate_closed":
        assert one.phone.image_bytes == 0
    assert one.phone.memory.slot == "a"
    one.phone.plug_in()
    one.phone.allow()
    one.phone.faults = Faults()
    one.phone._hold("system")
    one.play(one.restart(player))
    assert one.holds_build("b")


def test_a_full_cache_is_told_when_files_are_pushed(one: AndroidBench) -> None:
    player = one.start([PUSH], {"update.zip": one.give("update.zip", b"x" * 300_000)})
    one.phone.faults = Faults(full_cache=True)
    assert one.fails(player) == "device.no_room"
    one.phone.faults = Faults()
    one.play(player)
    assert (one.phone.files / "cache/recovery/update.zip").stat().st_size == 300_000


@pytest.mark.long
def test_a_recovery_that_stalls_is_given_up(one: AndroidBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adb_server, "_GIVE_UP_S", 1.0)
    player = one.start([SIDELOAD], {"update.zip": one.give("update.zip", PACKAGE)})
    one.phone.faults = Faults(stall=20)
    assert one.fails(player) == "device.stalled"
    one.phone.pull_cable()


CHANGES = {
    "wrong product": Faults(wrong_product=True),
    "wrong board": Faults(wrong_board=True),
    "locked": Faults(locked=True),
    "low battery": Faults(low_battery=12),
    "older than the counter": Faults(newer_rollback=True),
}


DEEDS = {
    "flash": {"fastboot.flash": [{"partition": "boot", "file": "boot.img"}]},
    "erase": {"fastboot.erase": "userdata"},
    "format": {"fastboot.format": "userdata"},
    "set_active": {"fastboot.set_active": "b"},
    "lock": {"fastboot.lock": "flashing"},
    "boot": {"fastboot.boot": "boot.img"},
}
EVERYDAY = [("flash", "wrong product"), ("erase", "wrong board"), ("set_active", "low battery"), ("lock", "older than the counter")]


@pytest.mark.parametrize("pair", most_are_long(product(DEEDS, CHANGES), *EVERYDAY), ids="-".join)
def test_a_fact_that_changes_between_the_gate_and_the_write_stops_every_verb(
    bench: AndroidBench, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault comes right behind the step's gate, before the action: what the action itself asks again must notice."""
    deed, change = pair
    bench.phone.into_bootloader()
    player = bench.start([{"id": "write", "gate": FASTBOOT_GATES, "do": [DEEDS[deed]]}], bench.give_build())
    after_the_gate(player, monkeypatch, lambda: setattr(bench.phone, "faults", CHANGES[change]))
    with pytest.raises(GateClosed):
        bench.play(player)
    assert nothing_came(bench)
    assert player.state.step("write").mark is not StepMark.DONE


@pytest.mark.parametrize("name", most_are_long(["wrong product", "low battery"], "low battery"))
@pytest.mark.parametrize("step", [SIDELOAD, PUSH], ids=["sideload", "push"])
def test_a_fact_that_changes_before_adb_sends_anything_stops_it_too(
    one: AndroidBench, name: str, step: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    player = one.start([step], {"update.zip": one.give("update.zip", PACKAGE)})
    after_the_gate(player, monkeypatch, lambda: setattr(one.phone, "faults", CHANGES[name]))
    with pytest.raises(GateClosed):
        one.play(player)
    assert nothing_came(one)


def test_another_phone_in_the_place_of_the_one_that_waits_for_the_package_is_noticed(
    one: AndroidBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the reboot into sideload and the first block: all that such a phone still tells is its model."""
    player = one.start([SIDELOAD], {"update.zip": one.give("update.zip", PACKAGE)})
    leave = one.phone._adb_side.services.leaves

    def leave_changed(mode: str) -> None:
        one.phone.faults = Faults(wrong_product=True)
        leave(mode)

    object.__setattr__(one.phone._adb_side.services, "leaves", leave_changed)
    with pytest.raises(GateClosed):
        one.play(player)
    assert one.phone.memory.mode == "sideload"
    assert nothing_came(one)


def after_the_gate(player: object, monkeypatch: pytest.MonkeyPatch, change: Callable[[], None]) -> None:
    """Let something happen in the moment between the gate and the action."""
    machine = player._machine  # type: ignore[attr-defined]
    passed = machine._pass_gates

    def pass_and_change(step: object, bench: object) -> None:
        passed(step, bench)
        change()

    monkeypatch.setattr(machine, "_pass_gates", pass_and_change)


def nothing_came(bench: AndroidBench) -> bool:
    """No byte of an image and no command that changes anything, by the phone's own record."""
    harmless = ("getvar", "adb shell getprop", "adb reboot sideload")
    changing = [r.command for r in bench.phone.record if not r.command.startswith(harmless)]
    return bench.phone.image_bytes == 0 and not changing
