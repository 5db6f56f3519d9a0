# SPDX-License-Identifier: Apache-2.0
"""No byte of an image is sent when a gate refuses: told by the phone's own record, with the real fastboot and with our client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.bench_with_phone import CLIENTS, Bench, make_bench
from firstlight.devices.fastboot import Watch
from firstlight.guides.errors import ActionFailed, GateClosed, StepNotReady
from firstlight.guides.state import PartState, StepMark
from firstlight.practice.faults import Faults

REFUSALS = {
    "wrong product": (Faults(wrong_product=True), "device"),
    "wrong board": (Faults(wrong_board=True), "device"),
    "locked": (Faults(locked=True), "unlocked"),
    "low battery": (Faults(low_battery=12), "battery"),
    "older than the counter": (Faults(newer_rollback=True), "rollback"),
}


@pytest.fixture(params=CLIENTS, ids=lambda p: "fastboot" if p else "own client")
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    made = make_bench(tmp_path, with_program=request.param)
    yield made
    made.runs.close()
    made.phone.stop()


@pytest.mark.parametrize("name", REFUSALS)
def test_a_phone_that_a_gate_refuses_gets_no_byte(bench: Bench, name: str) -> None:
    faults, gate = REFUSALS[name]
    player = bench.start()
    bench.play(player, until="checks")
    bench.phone.faults = faults
    with pytest.raises(GateClosed) as closed:
        player.run("checks", bench.work)
    assert [g.id for g in closed.value.gates if not g.is_passed] == [gate]
    assert bench.phone.image_bytes == 0
    refused = next(g for g in player.state.step("checks").gates if g.id == gate)
    assert refused.mend["en"]
    assert refused.mend["zh_CN"]


@pytest.mark.parametrize("name", REFUSALS)
def test_a_fact_that_changes_between_the_checks_and_the_write_stops_it_before_the_first_byte(bench: Bench, name: str) -> None:
    faults, gate = REFUSALS[name]
    player = bench.start()
    bench.play(player, until="flash")
    bench.phone.faults = faults
    with pytest.raises(GateClosed) as closed:
        player.run("flash", bench.work)
    assert gate in closed.value.facts["failed"]
    assert bench.phone.image_bytes == 0
    assert player.state.step("flash").mark is StepMark.NOW


def test_a_fact_that_changes_between_two_parts_stops_before_the_next(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="flash")

    def lock_after_boot(moved: object) -> None:
        if any(p.name == "boot" and p.state is PartState.DONE for p in player.state.parts):
            bench.phone.faults = Faults(locked=True)

    from firstlight.guides.state import RunChanged

    bench.events.subscribe(RunChanged, lock_after_boot)
    with pytest.raises(GateClosed) as closed:
        player.run("flash", bench.work)
    assert closed.value.facts["reason"] == "midway", "nobody is told that nothing was written"
    assert player.state.failure is not None
    assert player.state.failure.facts["reason"] == "midway"
    assert {p.name: p.state for p in player.state.parts}["vendor"] is PartState.WAITING
    assert bench.on_phone("vendor")[:6] == b"FLIMG1"
    sent = [r.command for r in bench.phone.record if r.command.startswith("flash:")]
    assert set(sent) == {"flash:boot_a"}


def test_an_image_that_is_not_what_the_hub_listed_is_never_sent(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    path = bench.images.path(bench.newest.files[2])
    data = bytearray(path.read_bytes())
    data[5_000_000] ^= 1
    path.write_bytes(data)
    with pytest.raises(GateClosed) as closed:
        player.run("flash", bench.work)
    assert closed.value.facts["failed"] == "genuine"
    assert bench.phone.image_bytes == 0
    player.undo("choose")
    bench.play(player)
    assert bench.holds(bench.newest)


def test_without_a_backup_the_gate_is_shut_until_the_tester_types_the_serial(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="checks")
    (player.state.folder.parent / "kept" / "settings.img").write_bytes(b"spoiled")
    with pytest.raises(GateClosed):
        player.run("checks", bench.work)
    with pytest.raises(GateClosed):
        player.override("checks", "backup", "0000")
    player.override("checks", "backup", "4f7c")
    player.run("checks", bench.work)
    assert player.state.step("checks").mark is StepMark.DONE
    assert bench.phone.image_bytes == 0


@pytest.mark.parametrize("gate", ["device", "unlocked", "rollback"])
def test_there_is_no_do_it_anyway_for_device_lock_and_rollback(bench: Bench, gate: str) -> None:
    player = bench.start()
    bench.play(player, until="checks")
    bench.phone.faults = Faults(wrong_product=True, locked=True, newer_rollback=True)
    with pytest.raises(GateClosed):
        player.run("checks", bench.work)
    with pytest.raises(GateClosed):
        player.override("checks", gate, "4F7C")
    assert not next(g for g in player.state.step("checks").gates if g.id == gate).is_passed


def test_an_overridden_battery_that_falls_further_is_asked_for_again(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="checks")
    bench.phone.faults = Faults(low_battery=39)
    with pytest.raises(GateClosed):
        player.run("checks", bench.work)
    player.override("checks", "battery", "4F7C")
    player.run("checks", bench.work)
    bench.phone.faults = Faults(low_battery=30)
    player.agree("flash", "4f7c")
    with pytest.raises(GateClosed) as closed:
        player.run("flash", bench.work)
    assert closed.value.facts["failed"] == "battery"
    assert bench.phone.image_bytes == 0


def test_another_phone_with_the_same_looks_is_not_this_runs_phone(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    memory = bench.phone.memory
    bench.phone._keep(replace(memory, serial="PRACTICE-0000"))
    with pytest.raises((GateClosed, ActionFailed)):
        player.run("flash", bench.work)
    assert bench.phone.image_bytes == 0


def test_a_dangerous_step_runs_only_for_the_device_whose_name_was_typed(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="backup")
    assert player.word_for("flash") == "4F7C"
    with pytest.raises(StepNotReady):
        player.agree("flash", "0000")
    bench.play(player, until="flash")
    player.undo("flash")
    with pytest.raises(StepNotReady) as refusal:
        player.run("flash", bench.work)
    assert refusal.value.facts["reason"] == "word"
    assert bench.phone.image_bytes == 0


def test_without_the_way_back_on_this_pc_nothing_is_written(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    bench.images.path(bench.before.files[1]).unlink()
    with pytest.raises(GateClosed) as closed:
        player.run("flash", bench.work)
    assert closed.value.facts["failed"] == "way_back"
    assert bench.phone.image_bytes == 0


def test_steps_cannot_be_jumped_over(bench: Bench) -> None:
    player = bench.start()
    for act in (lambda: player.run("flash", bench.work), lambda: player.go_to(4), lambda: player.done("connect")):
        refused(act)
    assert bench.phone.image_bytes == 0


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(StepNotReady):
        act()


def test_real_bootloaders_take_the_image_before_they_refuse_and_so_the_gate_must_be_ours(bench: Bench) -> None:
    """Why the gates exist: without them the whole image goes out before a locked phone says no."""
    from firstlight.devices.errors import DeviceLocked

    bench.phone.faults = Faults(locked=True)
    image = bench.root / "hub" / bench.newest.files[0].sha256
    device = bench.inventory.find("PRACTICE-4F7C", bench.work)
    with pytest.raises(DeviceLocked):
        bench.inventory.open(device).flash("boot", image, Watch())
    assert bench.phone.image_bytes > 0
