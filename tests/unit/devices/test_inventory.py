# SPDX-License-Identifier: Apache-2.0
"""Who is plugged in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from firstlight.base.work import Work
from firstlight.devices.device import Mode
from firstlight.devices.errors import DeviceNotFound, ToolMissing
from firstlight.devices.inventory import Inventory
from firstlight.devices.tool import Tool
from firstlight.practice.phone import PracticePhone

ADB = """#!{python}
import sys
a = sys.argv[1:]
says = {{
    "getprop ro.serialno": "ABC4F7C\\n",
    "getprop ro.product.device": "a1_eng\\n",
    "getprop ro.product.model": "A1\\n",
    "getprop ro.boot.slot_suffix": "_b\\n",
    "getprop ro.boot.flash.locked": "0\\n",
    "echo '[:]'": "[:]\\n",
    "getprop ro.boot.hardware.revision": "C\\n",
    "getprop ro.build.display.id": "26.46\\n",
    "getprop ro.boot.rollback_index": "0\\n",
    "dumpsys battery": "Current Battery Service state:\\n  level: 74\\n  scale: 100\\n",
}}
if a == ["devices", "-l"]:
    print("* daemon started successfully\\nList of devices attached\\nABC4F7C\\tdevice\\nXYZ1\\tunauthorized\\nOLD2\\toffline\\n")
elif a[2] == "shell":
    print("".join(says[part] for part in a[3].split("; ")), end="")
elif a[2] == "reboot":
    open({log!r}, "w").write(" ".join(a))
"""


@pytest.fixture
def adb(tmp_path: Path) -> Tool:
    path = tmp_path / "adb"
    path.write_text(ADB.format(python=sys.executable, log=str(tmp_path / "log")), "utf-8")
    path.chmod(0o755)
    return Tool(path)


def test_a_started_phone_is_read_by_adb(adb: Tool, tmp_path: Path) -> None:
    inventory = Inventory(adb=lambda: adb)
    started, waiting = inventory.devices(Work())
    assert (started.serial, started.mode, started.product, started.build, started.battery) == (
        "ABC4F7C",
        Mode.SYSTEM,
        "a1_eng",
        "26.46",
        74,
    )
    assert waiting.mode is Mode.UNAUTHORISED
    inventory.to_bootloader(started)
    assert (tmp_path / "log").read_text() == "-s ABC4F7C reboot bootloader"
    with pytest.raises(ToolMissing):
        inventory.open(started)


def test_practice_phones_are_found_by_serial_and_not_by_address(tmp_path: Path) -> None:
    with PracticePhone(tmp_path / "one", serial="PRACTICE-0001") as one, PracticePhone(tmp_path / "two", serial="PRACTICE-0002") as two:
        inventory = Inventory(network=lambda: (one.address, two.address, "tcp:127.0.0.1:1"))
        assert [d.serial for d in inventory.devices(Work())] == ["PRACTICE-0001", "PRACTICE-0002"]
        assert inventory.find("PRACTICE-0002", Work()).address == two.address
        two.stop()
        with pytest.raises(DeviceNotFound):
            inventory.find("PRACTICE-0002", Work())


def test_waiting_ends_when_the_time_is_over(tmp_path: Path) -> None:
    with PracticePhone(tmp_path / "one", serial="PRACTICE-0001") as one:
        inventory = Inventory(network=lambda: (one.address,))
        assert inventory.wait("PRACTICE-0001", Mode.BOOTLOADER, 0, Work()).is_practice
        with pytest.raises(DeviceNotFound):
            inventory.wait("PRACTICE-0001", Mode.SYSTEM, 0.5, Work())
