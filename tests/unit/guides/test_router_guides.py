# SPDX-License-Identifier: Apache-2.0
"""Guides that flash and rescue routers: right to the end, and nothing sent when a gate refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fakes.router_runs import RESCUE, RouterBench
from fakes.routers import KINDS, Stand, image_bytes, stand
from firstlight.devices.device import Kind
from firstlight.devices.errors import RouterStalled
from firstlight.guides.actions import router as verbs
from firstlight.guides.errors import ActionFailed, GateClosed
from firstlight.guides.player import Player
from firstlight.practice.faults import Faults
from firstlight.practice.recovery import PracticeRecovery
from firstlight_contract.verbs.router import SshSysupgrade

IMAGE = image_bytes()


MADE: list[RouterBench] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    while MADE:
        MADE.pop().close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "SETTLE_S", 1.0)
    monkeypatch.setattr("firstlight.devices.router_back.LOOK_EVERY_S", 0.05)


@pytest.fixture(params=KINDS)
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stand]:
    with stand(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Stand]:
    with stand("practice", tmp_path) as made:
        yield made


def bench(at: Stand, **more: object) -> RouterBench:
    MADE.append(RouterBench(at.folder / "pc", (at.device.address,), more.pop("image", IMAGE), **more))  # type: ignore[arg-type]
    return MADE[-1]


def fails(pc: RouterBench, player: Player) -> ActionFailed:
    with pytest.raises(ActionFailed) as caught:
        pc.play(player)
    return caught.value


def test_a_guide_flashes_a_router_to_its_end(at: Stand) -> None:
    pc = bench(at)
    player = pc.start()
    pc.play(player)
    assert at.build == "26.47"
    assert at.flashed == IMAGE
    assert player.state.parts[0].name == "firmware"
    assert player.state.parts[0].state == "done"
    assert all(g.ok for g in player.check_gates("flash", pc.work))


def test_without_settings_the_same_router_is_known_again(at: Stand) -> None:
    pc = bench(at)
    pc.play(pc.start(keep=False))
    assert at.build == "26.47"
    assert any("-n" in c for c in at.commands)


REFUSALS = {
    "look-alike": lambda at: at.set_look_alike(),
    "too little memory": lambda at: at.set_full(),
    "another layout": lambda at: at.set_compat("2.0"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_no_byte_is_sent_when_a_gate_refuses(at: Stand, name: str) -> None:
    pc = bench(at)
    player = pc.start()
    pc.play(player, until="flash")
    REFUSALS[name](at)
    with pytest.raises(GateClosed):
        pc.play(player)
    assert at.image_bytes == 0


def test_no_byte_is_sent_of_a_file_that_is_not_the_guides_or_for_another_board(practice: Stand) -> None:
    pc = bench(practice, image=image_bytes(build="26.47", board="aurora,r2"))
    player = pc.start()
    with pytest.raises(GateClosed):
        pc.play(player)
    (pc.root / "files/firmware.bin").write_bytes(IMAGE)
    with pytest.raises(GateClosed) as caught:
        pc.play(player)
    assert [g.id for g in caught.value.gates if not g.ok] == ["router.compat", "router.space"]
    assert practice.image_bytes == 0


def test_a_router_that_becomes_another_between_gate_and_first_byte_gets_none(practice: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    pc = bench(practice)
    player = pc.start()
    pc.play(player, until="flash")
    send = verbs._send

    def swap(*args: object) -> str:
        practice.set_look_alike()  # after all gates said yes
        return send(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(verbs, "_send", swap)
    with pytest.raises(GateClosed):
        pc.play(player)
    assert practice.image_bytes == 0


def test_another_router_at_the_same_address_is_refused(practice: Stand) -> None:
    pc = bench(practice)
    player = pc.start()
    pc.play(player, until="flash")
    practice.device.memory = replace(practice.device.memory, hostname="PRACTICE-R1-OTHER")
    with pytest.raises(GateClosed):
        pc.play(player)
    assert practice.image_bytes == 0


ENDS = {
    "cable-out": (Faults(cable_out=40), "device.router_lost"),
    "bad-block": (Faults(bad_block=40), "device.upload_damaged"),
    "boot-fails": (Faults(boot_fails=True), "device.router_not_back"),
    "never-back": (Faults(never_back=True), "device.router_not_back"),
    "reboot-loop": (Faults(reboot_loop=True), "device.router_not_back"),
}


@pytest.mark.parametrize("name", ENDS)
def test_each_fault_ends_in_its_error_and_another_run_ends_right(practice: Stand, name: str) -> None:
    faults, code = ENDS[name]
    practice.device.faults = faults
    pc = bench(practice, wait_s=2)
    player = pc.start()
    failed = fails(pc, player)
    assert failed.facts["cause"] == code
    assert player.state.failure is not None
    practice.device.faults = Faults()
    practice.device.plug_in()
    if code == "device.router_not_back":
        assert failed.facts["reason"] == {"boot-fails": "rolled_back"}.get(name, "brick")
    if name == "never-back":
        return  # only a rescue brings it back
    player = pc.resume()
    while practice.device.memory.state != "running":
        pc.work.wait(0.05)
    pc.play(player)
    assert practice.build == "26.47"


def test_a_flash_that_began_before_a_crash_is_never_begun_again(practice: Stand) -> None:
    pc = bench(practice)
    player = pc.start()
    pc.play(player)
    # As if the program had ended while the router was flashing: the end was never written down.
    path = player.journal_path
    lines = path.read_text().splitlines()
    pc.runs.close()
    last = next(i for i, line in enumerate(lines) if "ssh.sysupgrade" in line)
    path.write_text("\n".join(lines[: last + 1]) + "\n")
    player = pc.resume()
    player.settle(pc.work)
    pc.play(player)
    assert sum(c.startswith("sysupgrade /") for c in practice.commands) == 1
    assert practice.build == "26.47"


@pytest.fixture
def stranded(tmp_path: Path) -> Iterator[PracticeRecovery]:
    made = PracticeRecovery(tmp_path / "practice", boot_s=0.1, image_bytes=1 << 20)
    yield made
    made.stop()


def rescue(practice: PracticeRecovery, tmp_path: Path, **more: object) -> RouterBench:
    MADE.append(RouterBench(tmp_path / "pc", (practice.address, practice.ssh), IMAGE, RESCUE, **more))  # type: ignore[arg-type]
    return MADE[-1]


def test_a_guide_rescues_a_router_and_sees_it_run(stranded: PracticeRecovery, tmp_path: Path) -> None:
    stranded.start()
    pc = rescue(stranded, tmp_path)
    player = pc.start()
    pc.play(player)
    assert stranded.holds == IMAGE
    said = [line.text for line in player.console()]
    assert any("asks for rescue.bin" in line for line in said)


def test_a_guide_pushes_a_rescue(tmp_path: Path) -> None:
    with PracticeRecovery(tmp_path / "practice", boot_s=0.1, image_bytes=1 << 20, is_pushed=True) as pushed:
        pc = rescue(pushed, tmp_path, verb="tftp.push")
        pc.play(pc.start())
        assert pushed.holds == IMAGE


RESCUE_ENDS = {
    "cable-out": (Faults(cable_out=40), "recovery.stalled"),
    "stall": (Faults(stall=40), "recovery.stalled"),
    "wrong-mac": (Faults(wrong_mac=True), "recovery.nobody_asked"),
    "bad-block": (Faults(bad_block=50), "device.router_not_back"),
}


@pytest.mark.parametrize("name", RESCUE_ENDS)
def test_each_fault_of_a_rescue_ends_in_its_error(stranded: PracticeRecovery, tmp_path: Path, name: str) -> None:
    stranded.faults, code = RESCUE_ENDS[name]
    stranded.start()
    pc = rescue(stranded, tmp_path, wait_s=2)
    player = pc.start()
    assert fails(pc, player).facts["cause"] == code
    if name == "wrong-mac":
        assert stranded.image_bytes == 0
    stranded.faults = Faults()
    stranded.plug_in()
    player = pc.resume()
    pc.play(player)
    assert stranded.holds == IMAGE


def test_a_clock_that_was_set_back_since_a_flash_began_does_not_begin_it_again(practice: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    pc = bench(practice)
    player = pc.start()
    pc.play(player, until="flash")
    step = player.state.step("flash").step
    at_work = player._machine._bench(step, pc.work)
    with pc.routers.use(at_work.address(Kind.ROUTER)) as router:
        before = asdict(router.facts(pc.work))
    began = datetime.now(UTC) + timedelta(hours=1)
    verbs._write(at_work.kept / verbs.BEFORE, before | {"at": began.isoformat(), "keep": True})
    (sysupgrade,) = (deed for deed in step.do if isinstance(deed, SshSysupgrade))
    with pytest.raises(RouterStalled):
        verbs.is_flashed(sysupgrade, at_work)
    monkeypatch.setattr(verbs, "SETTLE_S", 0.0)
    assert not verbs.is_flashed(sysupgrade, at_work), "it counts from when that was seen"
