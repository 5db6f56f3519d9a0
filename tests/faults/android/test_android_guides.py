# SPDX-License-Identifier: Apache-2.0
"""Guides flash phones in every way there is, by the real adb and fastboot and by our own client: the right bytes end on the phone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fakes.android_bench import BUILD, AndroidBench
from fakes.bench_with_phone import image
from firstlight.devices.device import Mode
from firstlight.guides.errors import ActionFailed, GateClosed, StepNotReady
from firstlight.guides.state import StepMark
from firstlight.practice.faults import Faults
from firstlight.practice.phone_update import make_package
from firstlight_contract.practice import make_image

RIGHT_PHONE = {"id": "right-phone", "gate": [{"adb.expect": {"name": "ro.product.device", "is": "a1_eng"}}, {"adb.battery": {"min": 40}}]}
TO_BOOTLOADER = {"id": "to-bootloader", "do": [{"adb.reboot": "bootloader"}], "again": "probe"}
REALLY_NEW = {"id": "really-new", "gate": [{"adb.expect": {"name": "ro.build.display.id", "is": "26.47"}}], "timeout": "20s"}
GATES = [
    {"fastboot.device": {"product": ["a1_eng"]}},
    {"fastboot.unlocked": {}},
    {"fastboot.battery": 40},
    {"fastboot.rollback": {"index": 1}},
]


def test_the_weekly_build_in_the_spelling_of_the_draft(one: AndroidBench) -> None:
    """gate, reboot, flash by files, reboot, wait for the new build: as the example of the format has it."""
    bench = one
    flash = {
        "id": "flash",
        "gate": [{"fastboot.expect": {"name": "product", "is": "a1_eng"}}, *GATES[1:]],
        "do": [{"fastboot.flash": [{"partition": p, "file": f"{p}.img"} for p in BUILD]}],
        "danger": "brick",
    }
    boot = {"id": "first-boot", "do": [{"fastboot.reboot": "system"}, {"device.back": 20}]}
    player = bench.start([RIGHT_PHONE, TO_BOOTLOADER, flash, boot, REALLY_NEW], bench.give_build())
    bench.play(player)
    assert all(s.mark is StepMark.DONE for s in player.state.steps)
    assert bench.holds_build("a")
    assert bench.phone.memory.build == "26.47"
    assert [p.name for p in player.state.parts if p.total] == list(BUILD)


@pytest.mark.long
def test_the_other_slot_is_written_and_made_active(bench: AndroidBench) -> None:
    parts = [{"partition": p, "file": f"{p}.img", "slot": "other"} for p in BUILD]
    flash = {
        "id": "flash",
        "gate": GATES,
        "do": [{"fastboot.flash": parts}, {"fastboot.set_active": "b"}],
        "after": [{"fastboot.slot": "b"}],
    }
    boot = {"id": "first-boot", "do": [{"fastboot.reboot": "system"}, {"adb.wait": "system"}]}
    player = bench.start([TO_BOOTLOADER, flash, boot, REALLY_NEW], bench.give_build())
    bench.play(player)
    assert bench.holds_build("b")
    assert bench.on_phone("boot", "a") == image("boot", "26.46", 0), "the slot that ran is as it was"
    assert bench.phone.memory.slot == "b"


def test_logical_partitions_by_fastbootd(bench: AndroidBench) -> None:
    steps = [
        TO_BOOTLOADER,
        {"id": "into-fastbootd", "do": [{"fastboot.reboot": "fastboot"}, {"fastboot.wait": 20}]},
        {
            "id": "super",
            "gate": GATES,
            "do": [
                {"fastboot.delete_logical_partition": "product_a"},
                {"fastboot.delete_logical_partition": "no_such_thing"},
                {"fastboot.create_logical_partition": {"partition": "product_a", "size": 1048576}},
                {"fastboot.resize_logical_partition": {"partition": "product_a", "size": 2097152}},
                {"fastboot.create_logical_partition": {"partition": "mine", "size": 65536}},
                {"fastboot.flash": [{"partition": "product_a", "file": "product.img"}, {"partition": "mine", "file": "mine.img"}]},
            ],
            "after": [{"fastboot.expect": {"name": "is-logical:mine", "is": "yes"}}],
        },
    ]
    files = {"product.img": bench.give("product.img", image("product", "26.47", 1)), "mine.img": bench.give("mine.img", b"\x07" * 65536)}
    bench.play(bench.start(steps, files))
    assert bench.phone.memory.mode == "fastbootd"
    assert bench.phone.memory.logical["product_a"] == 2097152
    assert bench.on_phone("product", "a") == image("product", "26.47", 1)
    assert bench.on_phone("mine", "") == b"\x07" * 65536


def test_erase_and_format(bench: AndroidBench, tmp_path: Path) -> None:
    """A file system is made on this PC where the program has no mke2fs; it is a sound one."""
    steps = [
        TO_BOOTLOADER,
        {
            "id": "wipe",
            "gate": GATES,
            "do": [{"fastboot.erase": "metadata"}, {"fastboot.format": {"partition": "userdata"}}],
            "danger": "data_loss",
        },
    ]
    bench.phone.storage.path("metadata", "").write_bytes(b"x" * 65536)
    bench.play(bench.start(steps))
    assert not any(bench.on_phone("metadata", ""))
    made = tmp_path / "userdata"
    made.write_bytes(bench.on_phone("userdata", ""))
    checked = subprocess.run(["/sbin/e2fsck", "-f", "-n", str(made)], capture_output=True, timeout=30, check=False)
    assert checked.returncode == 0, checked.stdout


def test_unlock_asks_for_the_code_and_lock_is_never_repeated(bench: AndroidBench) -> None:
    bench.phone._keep(bench.phone.memory.__class__(**(vars(bench.phone.memory) | {"is_unlocked": False})))
    ask = [{"id": "code", "type": "text", "label": "The code of the maker"}]
    steps = [
        TO_BOOTLOADER,
        {
            "id": "unlock",
            "do": [{"fastboot.unlock": {"how": "oem", "code": "code"}}],
            "after": [{"fastboot.unlocked": {}}],
            "danger": "data_loss",
        },
        {
            "id": "lock",
            "do": [{"fastboot.lock": "flashing"}],
            "after": [{"fastboot.expect": {"name": "unlocked", "is": "no"}}],
            "danger": "brick",
        },
    ]
    player = bench.start(steps, ask=ask)
    player.answer({"code": "A1B2"})
    bench.play(player)
    assert bench.sent("oem unlock") == ["oem unlock A1B2"]
    assert bench.phone.memory.wipes == 2
    assert not bench.phone.memory.is_unlocked


@pytest.mark.long
def test_a_phone_that_forbids_unlocking_says_where_to_allow_it(bench: AndroidBench) -> None:
    changed = vars(bench.phone.memory) | {"is_unlocked": False, "can_unlock": False}
    bench.phone._keep(bench.phone.memory.__class__(**changed))
    player = bench.start([TO_BOOTLOADER, {"id": "unlock", "do": [{"fastboot.unlock": "flashing"}], "danger": "data_loss"}])
    assert bench.fails(player) == "device.unlock_forbidden"
    assert bench.phone.memory.wipes == 0


def test_a_recovery_is_started_without_being_written_and_formats_the_cache(bench: AndroidBench) -> None:
    recovery = b"".join(make_image(device="a1", partition="recovery", build="26.47", rollback_index=0, size=65536))
    steps = [
        TO_BOOTLOADER,
        {"id": "boot", "do": [{"fastboot.boot": "recovery.img"}, {"adb.wait": "recovery"}]},
        {"id": "push", "do": [{"adb.push": {"file": "recovery.img", "to": "/cache/recovery/"}}]},
        {"id": "format", "do": [{"adb.format": "cache"}], "danger": "data_loss"},
        {"id": "back", "do": [{"adb.reboot": "system"}, {"device.back": 20}]},
    ]
    bench.phone.storage.path("cache", "").write_bytes(b"x" * (1 << 20))
    bench.play(bench.start(steps, {"recovery.img": bench.give("recovery.img", recovery)}))
    assert not bench.phone.storage.path("recovery", "a").exists()
    assert (bench.phone.files / "cache/recovery/recovery.img").read_bytes() == recovery
    assert not any(bench.on_phone("cache", ""))


def package(device: str = "a1_eng", index: int = 1) -> bytes:
    return make_package(device, {p: image(p, "26.47", index) for p in BUILD})


SIDELOAD = {"id": "sideload", "gate": [{"adb.device": "a1_eng"}, {"adb.battery": 40}], "do": [{"adb.sideload": "update.zip"}]}
RESTART = {
    "id": "restart",
    "do": [{"adb.reboot": "system"}, {"adb.wait": "system"}],
    "after": [{"adb.expect": {"name": "ro.build.display.id", "is": "26.47"}}],
}


@pytest.mark.long
def test_an_update_by_sideload(one: AndroidBench) -> None:
    player = one.start(
        [SIDELOAD, RESTART], {"update.zip": one.give("update.zip", package())}, **{"for": {"device": ["a1"], "to_build": "26.47"}}
    )
    one.play(player)
    assert one.holds_build("b")
    assert one.phone.memory.build == "26.47"
    part = next(p for p in player.state.parts if p.name == "update.zip")
    assert (part.done, part.total) == (len(package()), len(package()))


def test_a_sideload_that_the_phone_finished_while_we_were_gone_is_not_sent_again(one: AndroidBench) -> None:
    player = one.start(
        [SIDELOAD, RESTART], {"update.zip": one.give("update.zip", package())}, **{"for": {"device": ["a1"], "to_build": "26.47"}}
    )
    one.play(player, "sideload")
    lose_the_end(player.journal_path)
    one.phone._hold("system")
    one.phone._leave_for("system")
    one.inventory.wait(one.phone.memory.serial, Mode.SYSTEM, 10, one.work)
    player = one.restart(player)
    before = one.phone.image_bytes
    player.settle(one.work)
    one.play(player)
    assert one.phone.image_bytes == before
    assert one.phone.memory.build == "26.47"


def lose_the_end(journal: Path) -> None:
    """As a kill in the middle of the last action leaves it: begun, not ended."""
    lines = journal.read_bytes().splitlines(keepends=True)
    last = max(i for i, line in enumerate(lines) if b'"begin"' in line)
    journal.write_bytes(b"".join(lines[: last + 1]))


def test_a_shell_command_runs_in_signed_guides_alone_and_word_for_word(one: AndroidBench) -> None:
    one.phone.__dict__["_memory"] = one.phone.memory.__class__(**(vars(one.phone.memory) | {"serial": "REAL-4F7C"}))
    step = {"id": "shell", "do": [{"adb.shell": {"run": ["echo", "$HOME; rm -rf /"]}}]}
    player = one.start([step])
    with pytest.raises(StepNotReady):
        player.run("shell", one.work)
    assert not one.sent("adb shell echo '$HOME")
    player = one.start([step], is_signed=True)
    one.play(player)
    assert one.sent("adb shell echo '$HOME; rm -rf /'")
    assert any("$HOME; rm -rf /" in line.text for line in player.console())


def test_a_command_that_fails_is_told_with_the_words_of_the_phone(one: AndroidBench) -> None:
    player = one.start([{"id": "shell", "do": [{"adb.shell": "no-such-program --now"}]}], is_signed=True)
    with pytest.raises(ActionFailed) as failed:
        one.play(player)
    assert "not found" in str(failed.value.facts["said"])


@pytest.mark.long
def test_vbmeta_goes_with_its_flags_changed(bench: AndroidBench) -> None:
    head = bytearray(b"AVB0".ljust(4096, b"\0"))
    head[112:120] = (3).to_bytes(8, "big")
    part = {"partition": "vbmeta", "file": "vbmeta.img", "disable_verity": True, "disable_verification": True}
    step = {"id": "flash", "gate": [{"fastboot.rollback": {"file": "vbmeta.img"}}], "do": [{"fastboot.flash": [part]}]}
    bench.play(bench.start([TO_BOOTLOADER, step], {"vbmeta.img": bench.give("vbmeta.img", bytes(head))}))
    written = bench.on_phone("vbmeta", "a")
    assert written[120:124] == b"\0\0\0\x03"
    assert written[:120] == head[:120]


@pytest.mark.long
def test_super_is_made_afresh_once_and_never_again_by_itself(one: AndroidBench) -> None:
    one.with_program = False
    one.inventory._fastboot = lambda: None
    into = {"id": "into-fastbootd", "do": [{"fastboot.reboot": "fastboot"}, {"fastboot.wait": 20}]}
    step = {"id": "wipe", "gate": GATES, "do": [{"fastboot.wipe_super": "super_empty.img"}], "danger": "brick"}
    player = one.start([TO_BOOTLOADER, into, step], {"super_empty.img": one.give("super_empty.img", b"\x67\x44\x6c\x61" + bytes(4092))})
    one.play(player)
    assert set(one.phone.memory.logical.values()) == {0}
    lose_the_end(player.journal_path)
    player = one.restart(player)
    player.settle(one.work)
    assert one.fails(player) == "guide.unsettled"
    assert len(one.sent("update-super")) == 1


def test_heimdall_is_explained_when_it_is_not_here(one: AndroidBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(one.root))
    step = {"id": "flash", "do": [{"heimdall.flash": [{"partition": "RECOVERY", "file": "r.img"}]}]}
    one.inventory._fastboot = lambda: None
    player = one.start([step], {"r.img": one.give("r.img", b"r")})
    assert one.fails(player) == "device.tool_missing"


def test_a_locked_phone_stops_at_the_gate_of_a_file_guide(one: AndroidBench) -> None:
    player = one.start(
        [TO_BOOTLOADER, {"id": "flash", "gate": GATES, "do": [{"fastboot.flash": [{"partition": "boot", "file": "boot.img"}]}]}],
        one.give_build(),
    )
    one.play(player, "to-bootloader")
    one.phone.faults = Faults(locked=True)
    with pytest.raises(GateClosed):
        one.play(player)
    assert one.phone.image_bytes == 0


def test_what_was_written_behind_an_erase_is_not_erased_again_when_the_run_goes_on(bench: AndroidBench) -> None:
    """erase boot, write boot and vendor: the cable goes in vendor. Carried on, boot must still be there."""
    bench.phone.into_bootloader()
    flash = {"fastboot.flash": [{"partition": p, "file": f"{p}.img"} for p in BUILD]}
    player = bench.start([{"id": "flash", "gate": GATES, "do": [{"fastboot.erase": "boot"}, flash]}], bench.give_build())
    bench.phone.faults = Faults(cable_out=20)
    assert bench.fails(player) == "device.lost"
    bench.phone.plug_in()
    bench.play(bench.restart(player))
    assert bench.holds_build("a")
    assert len(bench.sent("erase:boot")) == 1


def test_a_step_whose_checks_say_that_it_did_not_work_is_done_anew(bench: AndroidBench) -> None:
    bench.phone.into_bootloader()
    step = {"id": "slot", "gate": GATES, "do": [{"fastboot.set_active": "b"}], "after": [{"fastboot.slot": "b"}]}
    player = bench.start([step])
    keep = bench.phone._bootloader._keep
    bench.phone._bootloader._keep = lambda memory: None  # it says OKAY and forgets it
    assert bench.fails(player) == "guide.not_confirmed"
    bench.phone._bootloader._keep = keep
    bench.play(player)
    assert bench.phone.memory.slot == "b"
    assert len(bench.sent("set_active")) == 2
