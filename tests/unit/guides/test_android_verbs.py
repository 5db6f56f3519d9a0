# SPDX-License-Identifier: Apache-2.0
"""Verbs for phones as guides write them: both spellings, what is refused, and what is taken from a phone's own words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from firstlight.guides.actions.android import CHECKS as ASKED
from firstlight.guides.actions.android import DEEDS as DONE
from firstlight.guides.actions.android_adb import block_device
from firstlight.guides.actions.verb import Again
from firstlight_contract.actions import Check, Deed
from firstlight_contract.verbs import android

DEED: TypeAdapter[Any] = TypeAdapter(Deed)
CHECK: TypeAdapter[Any] = TypeAdapter(Check)


def test_a_flash_is_written_in_three_ways() -> None:
    build = DEED.validate_python({"fastboot.flash": {"parts": ["boot", "system"]}})
    assert build.part_names() == ("boot", "system")
    assert build.file_names() == ()
    listed = DEED.validate_python({"fastboot.flash": [{"partition": "boot", "file": "b.img"}, {"partition": "boot", "file": "c.img"}]})
    assert listed.part_names() == ("boot", "boot#2")
    assert listed.file_names() == ("b.img", "c.img")
    mixed = DEED.validate_python({"fastboot.flash": ["boot", {"partition": "vbmeta", "file": "v.img", "disable_verity": True}]})
    assert mixed.file_names() == ("v.img",)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"adb.reboot": "bootloader"}, {"to": "bootloader"}),
        ("adb.reboot", {"to": "system"}),
        ({"adb.sideload": "update.zip"}, {"file": "update.zip"}),
        ({"adb.push": {"file": "a.zip", "to": "/cache/recovery/"}}, {"files": ("a.zip",)}),
        ({"adb.format": "cache"}, {"partition": "cache"}),
        ({"adb.shell": "twrp wipe cache"}, {"run": ("twrp", "wipe", "cache")}),
        ({"adb.wait": {"mode": "recovery", "seconds": 600}}, {"mode": "recovery", "seconds": 600}),
        ({"fastboot.erase": {"partition": "userdata"}}, {"partition": "userdata"}),
        ({"fastboot.format": {"partition": "userdata", "type": "f2fs", "size": 4096}}, {"type": "f2fs"}),
        ({"fastboot.boot": "recovery.img"}, {"file": "recovery.img"}),
        ({"fastboot.set_active": "a"}, {"slot": "a"}),
        ({"fastboot.reboot": "recovery"}, {"to": "recovery"}),
        ("fastboot.continue", {}),
        ({"fastboot.create_logical_partition": {"partition": "system_a", "size": 5}}, {"size": 5}),
        ({"fastboot.resize_logical_partition": {"partition": "system_a", "size": 5}}, {"size": 5}),
        ({"fastboot.delete_logical_partition": "system_a"}, {"partition": "system_a"}),
        ({"fastboot.wipe_super": "super_empty.img"}, {"file": "super_empty.img"}),
        ({"fastboot.unlock": {"how": "oem", "code": "code"}}, {"how": "oem", "code": "code"}),
        ({"fastboot.update": {"file": "u.zip", "wipe": True}}, {"wipe": True}),
        ({"heimdall.flash": [{"partition": "RECOVERY", "file": "r.img"}]}, {}),
    ],
    ids=lambda v: str(v)[:40],
)
def test_what_recorded_guides_do_can_be_written(written: object, meant: dict[str, object]) -> None:
    deed = DEED.validate_python(written)
    assert {name: getattr(deed, name) for name in meant} == meant
    assert DEED.validate_python(deed.model_dump(mode="json", by_alias=True, exclude_unset=True)) == deed


@pytest.mark.parametrize(
    "written",
    [
        {"fastboot.erase": "-w"},
        {"fastboot.erase": "user data"},
        {"fastboot.flash": [{"partition": "boot", "file": "../../etc/passwd"}]},
        {"fastboot.flash": [{"partition": "boot", "file": "-x"}]},
        {"fastboot.flash": []},
        {"fastboot.flash": ["p"] * 97},
        {"fastboot.set_active": "c"},
        {"fastboot.create_logical_partition": {"partition": "x", "size": -1}},
        {"fastboot.format": {"partition": "userdata", "type": "ntfs"}},
        {"adb.push": {"file": "a", "to": "/sdcard/../../x"}},
        {"adb.push": {"file": "a", "to": "relative"}},
        {"adb.push": {"files": ["a", "b"], "to": "/one/place"}},
        {"adb.reboot": "../x"},
        {"adb.shell": []},
        {"adb.shell": ["a\x1b[2J"]},
        {"adb.shell": "x" * 5000},
        {"fastboot.unlock": {"how": "magic"}},
        {"heimdall.flash": [{"partition": "--help", "file": "r.img"}]},
    ],
    ids=lambda v: str(v)[:40],
)
def test_what_could_do_harm_cannot_be_written(written: object) -> None:
    with pytest.raises(ValidationError):
        DEED.validate_python(written)


def test_an_expectation_names_what_is_right_once() -> None:
    assert CHECK.validate_python({"adb.expect": {"name": "ro.product.device", "is": "a1"}}).wanted == ("a1",)
    assert CHECK.validate_python({"fastboot.expect": {"name": "product", "one_of": ["a1", 7]}}).wanted == ("a1", "7")
    for wrong in ({"name": "x"}, {"name": "x", "is": "a", "one_of": ["b"]}, {"name": "X Y", "is": "a"}):
        with pytest.raises(ValidationError):
            CHECK.validate_python({"adb.expect": wrong})


def test_every_verb_has_a_function_and_what_cannot_be_taken_back_is_never_repeated_by_itself() -> None:
    assert set(DONE) == set(android.DEEDS)
    assert set(ASKED) == set(android.CHECKS)
    for model, verb in DONE.items():
        assert verb.again is not Again.PROBE or verb.has_happened, f"{model.__name__} is probed and nothing asks"
        if verb.again is Again.SAFE:
            assert not model.writes
    assert {m for m, v in DONE.items() if v.again is Again.NEVER} == {android.FastbootWipeSuper, android.FastbootLock, android.AdbShell}
    assert android.AdbShell.device_shell


FSTAB = """# comment
/dev/block/by-name/cache  /cache  ext4  rw  wait
/cache2   ext4   /dev/block/mmcblk0p7
/dev/block/bootdevice/by-name/userdata /data f2fs rw wait
/dev/block/../../etc /evil ext4
/dev/block/x;reboot /evil2 ext4
"""


@pytest.mark.parametrize(
    ("partition", "device"),
    [
        ("cache", "/dev/block/by-name/cache"),
        ("cache2", "/dev/block/mmcblk0p7"),
        ("userdata", "/dev/block/bootdevice/by-name/userdata"),
        ("data", "/dev/block/bootdevice/by-name/userdata"),
        ("evil", ""),
        ("evil2", ""),
        ("nothing", ""),
    ],
)
def test_a_recovery_names_its_block_devices_and_nothing_else_is_taken(partition: str, device: str) -> None:
    assert block_device(FSTAB, partition) == device


_FIELDS = st.one_of(
    st.sampled_from(["/cache", "/data", "/dev/block/by-name/cache", "/dev/block/../../etc/cache", "ext4", "#", ";reboot"]),
    st.builds("/dev/block/{}".format, st.text(max_size=12)),
    st.text(max_size=12),
)
_FSTABS = st.lists(st.lists(_FIELDS, min_size=2, max_size=5).map(" ".join), max_size=6).map("\n".join)


@given(_FSTABS, st.sampled_from(["cache", "userdata"]))
@example("/dev/block/x`id` /cache ext4\n/dev/block/a/../b /cache", "cache")
def test_any_fstab_gives_a_plain_path_or_none(text: str, partition: str) -> None:
    found = block_device(text, partition)
    if found:
        assert found in text.split()
        assert found.startswith("/dev/block/")
        assert ".." not in found.split("/")
        assert not set(found) & set(" ;|&$`\n")
