# SPDX-License-Identifier: Apache-2.0
"""The cable goes, the phone stalls, the build does not start: what is told, and that the right bytes are there in the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.bench_with_phone import CLIENTS, WHOLE, Bench, make_bench
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.guides.errors import ActionFailed
from firstlight.guides.state import PartMoved, PartState, StepMark
from firstlight.practice.faults import Faults
from firstlight_contract.honour import ActivityKind


@pytest.fixture(params=CLIENTS, ids=lambda p: "fastboot" if p else "own client")
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    made = make_bench(tmp_path, with_program=request.param)
    yield made
    made.runs.close()
    made.phone.stop()


def states(player: object) -> dict[str, PartState]:
    return {p.name: p.state for p in player.state.parts}  # type: ignore[attr-defined]


@pytest.mark.parametrize("percent", [4, 30, 62, 97])
def test_a_pulled_cable_is_told_and_the_same_run_ends_with_the_right_bytes(bench: Bench, percent: int) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    bench.phone.faults = Faults(cable_out=percent)
    with pytest.raises(ActionFailed) as failed:
        player.run("flash", bench.work)
    assert failed.value.facts["cause"] == "device.lost"
    failure = player.state.failure
    assert failure is not None
    assert failure.total == WHOLE
    assert abs(failure.percent - percent) <= 8
    assert player.state.now.mark is StepMark.FAILED
    half = [name for name, state in states(player).items() if state is PartState.HALF]
    assert half == [failure.part]
    assert [w.id for w in player.ways_on()] == ["again", "back", "later"]
    facts = {f.id: f.ok for f in player.facts(bench.work)}
    assert facts["answers"] is False
    assert facts["battery"] is None
    bench.phone.plug_in()
    facts = {f.id: f.ok for f in player.facts(bench.work)}
    assert facts["answers"] is True
    assert facts[f"part:{failure.part}"] is False
    before = len(bench.phone.record)
    bench.play(player)
    assert bench.holds(bench.newest)
    assert bench.phone.memory.build == "26.47"
    again = [r.command for r in bench.phone.record[before:] if r.command.startswith("flash:")]
    done = [p for p in ("boot", "vendor", "system", "product") if p != failure.part][
        : ("boot", "vendor", "system", "product").index(failure.part)
    ]
    assert not {f"flash:{p}_a" for p in done} & set(again), "a part that was done is not written again"


def test_a_recovered_flash_is_told_as_installed_and_as_recovered(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    bench.phone.faults = Faults(cable_out=62)
    with pytest.raises(ActionFailed):
        player.run("flash", bench.work)
    bench.phone.plug_in()
    bench.play(player)
    player.done("tell")
    player.finish()
    player.finish()
    assert [n.kind for n in bench.told] == [ActivityKind.BUILD_INSTALLED, ActivityKind.RECOVERED, ActivityKind.GUIDE_FINISHED]
    installed = bench.told[0].facts
    assert (installed["build"], installed["from_build"], installed["device"]) == ("26.47", "26.46", "a1")
    assert "4F7C" not in str(bench.told), "a serial number never leaves the PC"


def test_the_build_before_can_be_put_back_after_a_failed_flash(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    bench.phone.faults = Faults(cable_out=62)
    with pytest.raises(ActionFailed):
        player.run("flash", bench.work)
    bench.phone.plug_in()
    player.go_back(bench.work)
    player.run("first-start", bench.work)
    assert bench.holds(bench.before)
    assert bench.phone.memory.build == "26.46"
    assert player.state.is_going_back
    installed = [n for n in bench.told if n.kind is ActivityKind.BUILD_INSTALLED]
    assert [n.facts["build"] for n in installed] == ["26.46"]


def test_the_way_back_lies_on_this_pc_before_the_first_byte_is_written(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="backup")
    assert not bench.images.missing(bench.before)
    assert bench.fetched[: len(bench.before.files)] == [f.sha256 for f in bench.before.files]
    assert bench.phone.image_bytes == 0


def test_a_cable_pulled_by_hand_in_the_middle_of_a_part_is_the_same(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    pulled = threading.Event()

    def pull(moved: PartMoved) -> None:
        if moved.part.name == "system" and moved.part.done > 4_000_000 and not pulled.is_set():
            pulled.set()
            bench.phone.pull_cable()

    bench.events.subscribe(PartMoved, pull)
    with pytest.raises(ActionFailed):
        player.run("flash", bench.work)
    assert states(player)["system"] is PartState.HALF
    bench.phone.plug_in()
    bench.play(player)
    assert bench.holds(bench.newest)


def test_a_half_written_phone_does_not_start_and_says_so(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    bench.phone.faults = Faults(cable_out=62)
    with pytest.raises(ActionFailed):
        player.run("flash", bench.work)
    bench.phone.plug_in()
    phone = bench.inventory.open(bench.inventory.find("PRACTICE-4F7C", bench.work))
    phone.reboot("system")
    from firstlight.devices.device import Mode

    device = bench.inventory.wait("PRACTICE-4F7C", Mode.BOOTLOADER, 10, bench.work)
    assert device.boot_fault == "system"
    assert device.build == "26.46"


def test_a_build_that_does_not_start_is_not_called_done(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="first-start")
    bench.phone.faults = Faults(boot_fails=True)
    with pytest.raises(ActionFailed) as failed:
        player.run("first-start", bench.work)
    assert (failed.value.facts["cause"], failed.value.facts["reason"]) == ("device.not_back", "fell_back")
    assert player.state.step("first-start").mark is StepMark.FAILED
    assert not bench.told
    bench.phone.faults = Faults()
    player.run("first-start", bench.work)
    assert [n.kind for n in bench.told] == [ActivityKind.BUILD_INSTALLED]


def test_a_stop_falls_between_two_parts_and_never_inside_one(bench: Bench) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    work = Work()
    could_stop: list[bool] = []

    def stop(moved: PartMoved) -> None:
        if moved.part.name == "vendor" and moved.part.done > 1_000_000:
            could_stop.append(player.can_stop)
            work.cancel()

    bench.events.subscribe(PartMoved, stop)
    with pytest.raises(Cancelled):
        player.run("flash", work)
    assert False in could_stop
    assert states(player)["vendor"] is PartState.DONE
    assert states(player)["system"] is PartState.WAITING
    assert player.state.failure is None, "a stop is no fault"
    bench.play(player)
    assert bench.holds(bench.newest)


def test_undoing_the_flash_writes_all_of_it_again(bench: Bench) -> None:
    player = bench.start()
    bench.play(player)
    fallen = player.undo("flash")
    assert fallen == ("first-start",)
    before = len(bench.phone.record)
    player.undo("connect")
    bench.play(player)
    again = {r.command for r in bench.phone.record[before:] if r.command.startswith("flash:")}
    assert again == {"flash:boot_a", "flash:vendor_a", "flash:system_a", "flash:product_a"}


def test_a_phone_that_stalls_with_the_cable_in_is_given_up_at_the_deadline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from firstlight.devices import fastboot_tcp

    monkeypatch.setattr(fastboot_tcp, "flash_deadline_s", lambda size: 1.0)
    bench = make_bench(tmp_path, with_program=False)
    try:
        player = bench.start()
        bench.play(player, until="flash")
        bench.phone.faults = Faults(stall=50)
        with pytest.raises(ActionFailed) as failed:
            player.run("flash", bench.work)
        assert failed.value.facts["cause"] in ("device.stalled", "device.lost")
        bench.phone.pull_cable()
        bench.phone.plug_in()
        bench.play(player)
        assert bench.holds(bench.newest)
    finally:
        bench.runs.close()
        bench.phone.stop()
