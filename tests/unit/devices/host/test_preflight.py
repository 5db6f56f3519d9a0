# SPDX-License-Identifier: Apache-2.0
"""The PC's rows, on folders that stand for /sys, /proc and /etc."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstlight.base.work import Work
from firstlight.devices.address import Way
from firstlight.devices.host.preflight import Pc, Places, firewall, fwupd, power, program, space, vpn
from firstlight.devices.tool import Tool


@pytest.fixture
def places(tmp_path: Path) -> Places:
    for folder in ("sys/class/power_supply", "sys/class/net/eth0", "proc/1", "etc/ufw", "rules"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "proc/1/comm").write_text("init\n")
    return Places(tmp_path / "sys", tmp_path / "proc", tmp_path / "etc", (tmp_path / "rules",))


def supply(places: Places, name: str, **facts: str) -> None:
    folder = places.sys / "class/power_supply" / name
    folder.mkdir()
    for key, value in facts.items():
        (folder / key).write_text(value + "\n")


def test_a_pc_without_a_battery_is_always_on_mains(places: Places) -> None:
    supply(places, "mouse", type="Battery", scope="Device", capacity="5")
    assert power(places).ok is True


def test_on_battery_its_level_is_told(places: Places) -> None:
    supply(places, "AC", type="Mains", online="0")
    supply(places, "BAT0", type="Battery", capacity="41", scope="System")
    row = power(places)
    assert (row.ok, row.reason, row.facts["battery"]) == (False, "battery", 41)


def test_on_mains_a_battery_does_not_matter(places: Places) -> None:
    supply(places, "AC", type="USB", online="1")
    supply(places, "BAT0", type="Battery", capacity="3")
    assert power(places).ok is True


def test_fwupd_vpn_and_firewalls_are_seen(places: Places) -> None:
    assert fwupd(places).ok and vpn(places).ok and firewall(places).ok
    (places.proc / "22").mkdir()
    (places.proc / "22/comm").write_text("fwupd\n")
    (places.sys / "class/net/wg0").mkdir()
    (places.etc / "ufw/ufw.conf").write_text("# x\nENABLED=yes\n")
    assert (fwupd(places).ok, vpn(places).facts["names"], firewall(places).reason) == (False, "wg0", "ufw")


def test_space_needs_a_tenth_more_than_the_files(tmp_path: Path) -> None:
    assert space(tmp_path / "not" / "yet", 1000).ok is True
    assert space(tmp_path, 1 << 60).reason == "short"


@pytest.mark.parametrize(
    ("said", "ok"), [("Android Debug Bridge version 1.0.41\nVersion 29.0.6-debian", True), ("fastboot version 20.0", False), ("?", None)]
)
def test_a_program_is_asked_for_its_version(tmp_path: Path, said: str, ok: bool | None) -> None:
    path = tmp_path / "adb"
    path.write_text(f"#!/bin/sh\necho '{said}'\n")
    path.chmod(0o755)
    assert program("adb", Tool(path), ("version",), Work()).ok is ok
    assert program("adb", None, ("version",), Work()).reason == "missing"


def test_each_way_asks_for_what_it_needs(places: Places, tmp_path: Path) -> None:
    pc = Pc(lambda: None, lambda: None, places)
    assert [r.id for r in pc.rows(frozenset({Way.CARD}), tmp_path, 0, Work())] == ["space", "power"]
    assert [r.id for r in pc.rows(frozenset({Way.RECOVERY}), tmp_path, 0, Work())] == ["space", "power", "vpn", "firewall"]
    assert "fwupd" in [r.id for r in pc.rows(frozenset({Way.FASTBOOT}), tmp_path, 0, Work())]
