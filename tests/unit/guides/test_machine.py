# SPDX-License-Identifier: Apache-2.0
"""What a machine step does when an action fails: rescue once, then the other way, then hands; gates hold for each try."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.bench_with_phone import Bench, make_bench
from firstlight.devices.device import Mode
from firstlight.guides.errors import ActionFailed, GateClosed, WhichDevice
from firstlight.guides.player import Player
from firstlight.guides.state import RunChanged, StepMark
from firstlight.practice.faults import Faults
from firstlight.practice.phone import PracticePhone
from firstlight.store import journal

HEAD = """guide: 1
id: try
version: "1"
title: T
summary: S
kind: flash
for: {device: [a1]}
minutes: 1
difficulty: easy
effect: keeps_data
way: usb
"""
CONNECT = """steps:
  - id: connect
    title: Connect
    do: [{device.find: {seconds: 1}}]
  - id: fetch
    title: Fetch
    do: [{build.fetch: {}}]
"""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = make_bench(tmp_path, with_program=False)
    yield made
    made.runs.close()
    made.phone.stop()


def start(bench: Bench, text: str) -> Player:
    folder = bench.root / "guide"
    folder.mkdir()
    (folder / "guide.yaml").write_text(HEAD + text, "utf-8")
    return bench.runs.start(folder, account_id=1)


def connect(bench: Bench, player: Player) -> None:
    player.run("connect", bench.work)
    player.run("fetch", bench.work)


def test_a_rescue_is_tried_once_and_then_the_action_again(bench: Bench) -> None:
    rescue = "rescue: {lost_device: [{device.find: {seconds: 1}}]}\n"
    player = start(bench, rescue + CONNECT + "  - id: write\n    title: Write\n    do: [{fastboot.flash: {parts: [vendor]}}]\n")
    connect(bench, player)
    bench.phone.faults = Faults(cable_out=8)
    plug_in_when_told(bench, "rescue")
    player.run("write", bench.work)
    assert bench.on_phone("vendor") == (bench.root / "hub" / bench.newest.files[1].sha256).read_bytes()
    verbs = [r["verb"] for r in journal.read(player.journal_path) if r["e"] == "begin" and r["step"] == "write"]
    assert verbs == ["fastboot.flash", "device.find", "fastboot.flash"]


def plug_in_when_told(bench: Bench, word: str) -> None:
    from firstlight.guides.state import ConsoleLine

    def plug(line: ConsoleLine) -> None:
        if word in line.text:
            bench.phone.plug_in()

    bench.events.subscribe(ConsoleLine, plug)


def test_a_rescue_that_does_not_help_ends_in_the_fault(bench: Bench) -> None:
    rescue = "rescue: {lost_device: [{device.find: {seconds: 1}}]}\n"
    player = start(bench, rescue + CONNECT + "  - id: write\n    title: Write\n    do: [{fastboot.flash: {parts: [vendor]}}]\n")
    connect(bench, player)
    bench.phone.faults = Faults(cable_out=8)
    with pytest.raises(ActionFailed) as error:
        player.run("write", bench.work)
    assert error.value.facts["cause"] == "device.lost"
    assert player.state.step("write").mark is StepMark.FAILED


def test_a_rescue_by_hand_asks_and_waits_for_the_next_try(bench: Bench) -> None:
    rescue = "rescue: {bootloader_locked: [{human.do: {what: {en: Unlock it., zh_CN: 请解锁。}}}]}\n"
    player = start(bench, rescue + CONNECT + "  - id: write\n    title: Write\n    do: [{fastboot.flash: {parts: [boot]}}]\n")
    connect(bench, player)
    bench.phone.faults = Faults(locked=True)
    with pytest.raises(ActionFailed) as error:
        player.run("write", bench.work)
    assert error.value.facts["cause"] == "device.locked"
    failure = bench.restart(player.run_id).state.failure
    assert failure is not None
    assert failure.ask == ({"en": "Unlock it.", "zh_CN": "请解锁。"},)
    bench.phone.faults = Faults()
    bench.runs.resume(player.run_id).run("write", bench.work)


def test_the_other_way_is_taken_and_the_gate_asked_again(bench: Bench) -> None:
    step = """  - id: write
    title: Write
    gate: [{fastboot.device: {product: [a1_eng]}}]
    do: [{fastboot.flash: {parts: [radio]}}]
    else: [{fastboot.flash: {parts: [boot]}}]
"""
    player = start(bench, CONNECT + step)
    connect(bench, player)
    player.run("write", bench.work)
    assert player.state.step("write").mark is StepMark.DONE
    gates = [r for r in journal.read(player.journal_path) if r["e"] == "gates"]
    assert len(gates) == 3, "before the first try, before another way that writes, and after it"


def test_a_gate_that_closes_before_the_second_try_ends_it(bench: Bench) -> None:
    rescue = "rescue: {lost_device: [{device.find: {seconds: 1}}]}\n"
    step = "  - id: write\n    title: Write\n    gate: [{fastboot.unlocked: {}}]\n    do: [{fastboot.flash: {parts: [vendor]}}]\n"
    player = start(bench, rescue + CONNECT + step)
    connect(bench, player)
    bench.phone.faults = Faults(cable_out=8)
    from firstlight.guides.state import ConsoleLine

    def plug_and_lock(line: ConsoleLine) -> None:
        if "rescue" in line.text:
            bench.phone.plug_in()
            bench.phone.faults = Faults(locked=True)

    bench.events.subscribe(ConsoleLine, plug_and_lock)
    with pytest.raises(GateClosed):
        player.run("write", bench.work)
    assert sum(r.command.startswith("download:") for r in bench.phone.record) <= 2


def test_a_reboot_that_has_happened_is_not_repeated(bench: Bench) -> None:
    player = start(bench, CONNECT + "  - id: up\n    title: Up\n    do: [{fastboot.reboot: {to: system}}, {device.back: {seconds: 1}}]\n")
    connect(bench, player)
    bench.phone._boot_s = 2.5
    with pytest.raises(ActionFailed):
        player.run("up", bench.work)
    bench.inventory.wait("PRACTICE-4F7C", Mode.SYSTEM, 20, bench.work)
    player.run("up", bench.work)
    assert [r.command for r in bench.phone.record].count("reboot") == 1


def test_two_phones_and_no_word_which_is_asked_and_not_guessed(bench: Bench) -> None:
    with PracticePhone(bench.root / "other", serial="PRACTICE-0002") as other:
        bench.inventory._network = lambda: (bench.phone.address, other.address)
        player = start(bench, CONNECT)
        with pytest.raises(ActionFailed) as error:
            player.run("connect", bench.work)
        assert isinstance(error.value.__cause__, WhichDevice)
        player.bind("PRACTICE-0002", bench.work)
        player.run("connect", bench.work)
        assert player.state.device is not None
        assert player.state.device.serial == "PRACTICE-0002"


def test_nobody_there_is_told_and_the_next_try_goes_on(bench: Bench) -> None:
    player = start(bench, CONNECT)
    bench.phone.pull_cable()
    with pytest.raises(ActionFailed) as error:
        player.run("connect", bench.work)
    assert error.value.facts["cause"] == "device.not_found"
    bench.phone.plug_in()
    player.run("connect", bench.work)
    assert player.state.now.step.id == "fetch"


def test_a_gate_whose_device_does_not_answer_is_not_known_and_not_passed(bench: Bench) -> None:
    player = start(
        bench,
        CONNECT + "  - id: check\n    title: Check\n    gate: [{fastboot.unlocked: {}}, {fastboot.expect: {name: mode, is: bootloader}}]\n",
    )
    connect(bench, player)
    bench.phone.pull_cable()
    gates = player.check_gates("check", bench.work)
    assert [(g.id, g.ok, g.is_passed) for g in gates] == [("unlocked", None, False), ("expect:mode", None, False)]
    bench.phone.plug_in()
    assert all(g.is_passed for g in player.check_gates("check", bench.work))


def test_the_step_at_work_shows_as_running_and_moves_its_bytes(bench: Bench) -> None:
    player = start(bench, CONNECT + "  - id: write\n    title: Write\n    do: [{fastboot.flash: {parts: [vendor]}}]\n")
    connect(bench, player)
    seen: set[StepMark] = set()
    bench.events.subscribe(RunChanged, lambda _: seen.add(player.state.step("write").mark))
    player.run("write", bench.work)
    assert {StepMark.RUNNING, StepMark.DONE} <= seen
    assert not player.is_running
    assert player.can_stop


def test_a_bootloader_that_tells_no_battery_can_be_overridden_by_the_serial(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    player = start(bench, CONNECT + "  - id: check\n    title: Check\n    gate: [{fastboot.battery: {min: 40}}]\n")
    connect(bench, player)
    told = bench.phone._bootloader.variables()
    del told["battery-soc"]
    monkeypatch.setattr(bench.phone._bootloader, "variables", lambda: told)
    with pytest.raises(GateClosed):
        player.run("check", bench.work)
    assert player.state.step("check").gates[0].ok is None
    player.override("check", "battery", "4F7C")
    player.run("check", bench.work)
    assert player.state.step("check").mark is StepMark.DONE


def test_a_full_disk_while_fetching_is_told_and_the_step_can_be_tried_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    player = start(bench, CONNECT)
    player.run("connect", bench.work)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bench.images, "_download", full)
    with pytest.raises(ActionFailed) as error:
        player.run("fetch", bench.work)
    assert error.value.facts["cause"] == "store.disk_full"
    monkeypatch.undo()
    player.run("fetch", bench.work)
    assert player.state.step("fetch").mark is StepMark.DONE
