# SPDX-License-Identifier: Apache-2.0
"""The rescue on a real cable: ports 67 to 69, broadcasts and ARP between two network namespaces, with busybox at the other end."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fakes.routers import image_bytes

PROGRAM = Path(__file__).resolve().parents[2] / "fakes" / "real_cable.py"


def why_not() -> str:
    if any(shutil.which(name) is None for name in ("unshare", "nsenter", "ip", "busybox")):
        return "util-linux, iproute2 or busybox is not installed"
    probe = subprocess.run(["unshare", "-rn", "ip", "link", "add", "x0", "type", "veth"], capture_output=True, check=False)
    return "" if probe.returncode == 0 else "this system lets nobody make a network namespace"


pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can run")


def play(folder: Path, scenario: str) -> dict[str, Any]:
    (folder / "rescue.bin").write_bytes(image_bytes(size=1 << 20))
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, str(PROGRAM), str(folder), scenario], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_busybox_gets_its_address_by_broadcast_and_the_file_byte_for_byte(tmp_path: Path) -> None:
    told = play(tmp_path, "rescued")
    assert told["lease"] == "192.168.1.2 rescue.bin"
    assert (tmp_path / "fetched").read_bytes() == (tmp_path / "rescue.bin").read_bytes()
    assert told["size"] == (tmp_path / "rescue.bin").stat().st_size


def test_a_real_dhcp_server_on_the_cable_stops_us(tmp_path: Path) -> None:
    told = play(tmp_path, "foreign")
    assert told["code"] == "recovery.other_dhcp_server"
    assert told["facts"]["server"] == "192.168.1.9"
    assert told["events"] == []


def test_another_number_behind_the_right_address_gets_no_byte(tmp_path: Path) -> None:
    told = play(tmp_path, "stranger")
    assert told["refused"] == "stranger"
    assert told["code"] == "recovery.nobody_asked"
    assert told["client"] != 0
    fetched = tmp_path / "fetched"
    assert not fetched.exists() or fetched.stat().st_size == 0
