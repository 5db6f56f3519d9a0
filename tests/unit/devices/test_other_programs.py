# SPDX-License-Identifier: Apache-2.0
"""Heimdall, and file systems made on this PC: what is said when the program is not here, fails, or the phone's words make no sense."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from firstlight.base.work import Work
from firstlight.devices import fastboot_format, fastboot_sparse, heimdall
from firstlight.devices.errors import DeviceLost, DeviceNotFound, DeviceRefused, ToolFailed, ToolMissing
from firstlight.devices.fastboot import Watch
from firstlight.devices.heimdall import Heimdall
from firstlight.devices.tool import Tool

PROGRAM = """#!/bin/sh
case "$1" in
  detect) exit {detect};;
  flash) shift; echo "Uploading RECOVERY"; echo "$@" > {log}; echo "{says}"; exit {flash};;
esac
"""


def program(folder: Path, *, detect: int = 0, flash: int = 0, says: str = "RECOVERY upload successful") -> Heimdall:
    path = folder / "heimdall"
    path.write_text(PROGRAM.format(detect=detect, flash=flash, says=says, log=folder / "log"), "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Heimdall(Tool(path))


def test_heimdall_gets_all_parts_in_one_call(tmp_path: Path) -> None:
    said: list[str] = []
    image = tmp_path / "r.img"
    image.write_bytes(b"r")
    program(tmp_path).flash({"RECOVERY": image}, Watch(said=lambda text, tone: said.append(text)))
    assert (tmp_path / "log").read_text() == f"--RECOVERY {image}\n"
    assert said == ["Uploading RECOVERY"]


@pytest.mark.parametrize(
    ("detect", "flash", "says", "error"),
    [
        (1, 0, "", DeviceNotFound),
        (0, 1, "ERROR: Failed to access device. libusb error", DeviceLost),
        (0, 1, "ERROR: RECOVERY upload failed!", ToolFailed),
    ],
)
def test_each_end_of_heimdall_has_its_error(tmp_path: Path, detect: int, flash: int, says: str, error: type[Exception]) -> None:
    image = tmp_path / "r.img"
    image.write_bytes(b"r")
    with pytest.raises(error):
        program(tmp_path, detect=detect, flash=flash, says=says).flash({"RECOVERY": image}, Watch())


def test_waiting_for_a_download_mode_ends(tmp_path: Path) -> None:
    program(tmp_path).wait(5, Work())
    with pytest.raises(DeviceNotFound):
        program(tmp_path, detect=1).wait(0, Work())


def test_without_heimdall_the_tester_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing) as missing:
        heimdall.find()
    assert missing.value.facts["tool"] == "heimdall"


class Says:
    """A bootloader with these variables."""

    def __init__(self, **values: str) -> None:
        self._values = values

    def getvar(self, name: str) -> str:
        return self._values.get(name.partition(":")[0].replace("-", "_"), "")


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"partition_type": "raw", "partition_size": "0x100000"},
        {"partition_type": "ext4"},
        {"partition_type": "ext4", "partition_size": "0xffffffffffffffff"},
        {"partition_type": "ext4", "partition_size": "-5"},
        {"partition_type": "ext4\x1b; rm", "partition_size": "0x100000"},
    ],
)
def test_a_partition_that_takes_no_file_system_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(DeviceRefused):
        fastboot_format.ask(Says(**values), "userdata", None, None)  # type: ignore[arg-type]


def test_a_file_system_of_a_large_partition_is_small_to_send(tmp_path: Path) -> None:
    kind, size = fastboot_format.ask(Says(partition_type="ext4", partition_size="0x400000000"), "userdata", None, None)  # type: ignore[arg-type]
    assert size == 16 << 30
    image = fastboot_format.make(kind, size, tmp_path)
    assert image.stat().st_size < 64 << 20
    assert fastboot_sparse.layout(image).image_size == size
    checked = subprocess.run(["/sbin/e2fsck", "-f", "-n", str(tmp_path / "plain.img")], capture_output=True, timeout=60, check=False)
    assert checked.returncode == 0
