# SPDX-License-Identifier: Apache-2.0
"""Is this PC fit to flash? One row a question, facts only; who shows them has the words. Nothing here asks a device, and nothing raises.

A row with `ok` False should be mended first; None could not be known or is a hint. Which rows matter depends on the way: a card needs no
adb, a recovery by network minds the firewall.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices.address import Way
from firstlight.devices.tool import Tool

_VERSION = re.compile(r"\bversion (\d{1,4})\.(\d{1,4})", re.IGNORECASE)
_BUILD = re.compile(r"^Version (\d{1,4})\.\d", re.MULTILINE)
_LEAST = 28
"""Platform-tools before this know no fastbootd."""
_ASK_S = 10.0
_TUNNELS = re.compile(r"^(tun|tap|wg|ppp|utun|ipsec|nordlynx|proton)\w*$", re.IGNORECASE)


@dataclass(frozen=True)
class HostRow:
    """One answer. `id`: space | power | adb | fastboot | udev | fwupd | vpn | firewall; `reason` says more where `ok` is not True."""

    id: str
    ok: bool | None
    reason: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Places:
    """Where the system keeps what is asked; tests bring their own."""

    sys: Path = Path("/sys")
    proc: Path = Path("/proc")
    etc: Path = Path("/etc")
    rules: tuple[Path, ...] = (Path("/etc/udev/rules.d"), Path("/lib/udev/rules.d"), Path("/usr/lib/udev/rules.d"))


@dataclass(frozen=True)
class Pc:
    """This PC. `adb` and `fastboot` find the programs."""

    adb: Callable[[], Tool | None]
    fastboot: Callable[[], Tool | None]
    places: Places = field(default_factory=Places)

    def rows(self, ways: frozenset[Way], folder: Path, need: int, work: Work) -> tuple[HostRow, ...]:
        """All rows that matter for these ways. `need`: bytes that will be fetched into `folder`."""
        found = [space(folder, need), power(self.places)]
        if Way.ADB in ways or Way.FASTBOOT in ways:
            found += [program("adb", self.adb(), ("version",), work), program("fastboot", self.fastboot(), ("--version",), work)]
            found += [udev(self.places), fwupd(self.places)]
        if ways & {Way.SSH, Way.RECOVERY}:
            found.append(vpn(self.places))
        if Way.RECOVERY in ways:
            found.append(firewall(self.places))
        return tuple(found)


def space(folder: Path, need: int) -> HostRow:
    """Room for what is to be fetched, with a tenth to spare."""
    try:
        free = shutil.disk_usage(next(p for p in (folder, *folder.absolute().parents) if p.exists())).free
    except OSError:
        return HostRow("space", None, "unknown")
    wanted = need + need // 10
    return HostRow("space", free >= wanted, "" if free >= wanted else "short", {"free": free, "need": wanted})


def power(places: Places) -> HostRow:
    """On mains, or a PC without a battery."""
    if not sys.platform.startswith("linux") and places == Places():
        return _power_by_psutil()
    mains: list[bool] = []
    charge: int | None = None
    for supply in sorted((places.sys / "class/power_supply").glob("*")):
        kind = _word(supply / "type")
        if kind in ("Mains", "USB", "Wireless"):
            mains.append(_word(supply / "online") == "1")
        elif kind == "Battery" and _word(supply / "scope") != "Device":  # a mouse has a battery too
            level = _word(supply / "capacity")
            charge = min(charge if charge is not None else 100, int(level)) if level.isdecimal() else charge if charge is not None else 0
    if charge is None:
        return HostRow("power", True, facts={"battery": -1})
    return HostRow("power", any(mains), "" if any(mains) else "battery", {"battery": charge})


def _power_by_psutil() -> HostRow:
    import psutil  # noqa: PLC0415  # heavy: systems other than Linux alone

    battery = psutil.sensors_battery()
    if battery is None:
        return HostRow("power", True, facts={"battery": -1})
    on_mains = battery.power_plugged is True
    return HostRow("power", on_mains, "" if on_mains else "battery", {"battery": int(battery.percent)})


def program(name: str, tool: Tool | None, arguments: tuple[str, ...], work: Work) -> HostRow:
    """The tester's adb or fastboot: there, runs, and new enough."""
    if tool is None:
        return HostRow(name, False, "missing")
    outcome = tool.run(*arguments, deadline_s=_ASK_S, work=work)
    if not outcome.is_ok:
        return HostRow(name, False, "broken", {"path": str(tool.path)})
    match = _BUILD.search(outcome.output) or _VERSION.search(outcome.output)
    major = int(match[1]) if match else 0
    facts: dict[str, str | int] = {"path": str(tool.path), "version": major}
    if not major:
        return HostRow(name, None, "unknown", facts)
    return HostRow(name, major >= _LEAST, "" if major >= _LEAST else "old", facts)


def udev(places: Places) -> HostRow:
    """Rules that let this user open phones on USB; Linux alone."""
    if not sys.platform.startswith("linux"):
        return HostRow("udev", True)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return HostRow("udev", True, facts={"rules": "root"})
    rules = next((str(r) for folder in places.rules for r in sorted(folder.glob("*android*.rules"))), "")
    return HostRow("udev", bool(rules) or None, "" if rules else "missing", {"rules": rules})


def fwupd(places: Places) -> HostRow:
    """fwupd opens every fastboot device to look for updates and holds it: "unable to claim interface"."""
    running = _runs(places, "fwupd")
    return HostRow("fwupd", not running, "running" if running else "")


def vpn(places: Places) -> HostRow:
    """A tunnel takes traffic that was meant for the router."""
    found = [p.name for p in sorted((places.sys / "class/net").glob("*")) if _TUNNELS.match(p.name)]
    return HostRow("vpn", None if found else True, "up" if found else "", {"names": ", ".join(found)[:120]})


def firewall(places: Places) -> HostRow:
    """What would keep a router from asking us. A hint: its rules cannot be read without being root."""
    if sys.platform in ("win32", "darwin"):
        return HostRow("firewall", None, "system")
    try:
        text = (places.etc / "ufw/ufw.conf").read_text("utf-8", "replace")[:65536]
    except OSError:
        text = ""
    if re.search(r"^\s*ENABLED\s*=\s*yes", text, re.MULTILINE | re.IGNORECASE):
        return HostRow("firewall", None, "ufw")
    if _runs(places, "firewalld"):
        return HostRow("firewall", None, "firewalld")
    return HostRow("firewall", True)


def _runs(places: Places, name: str) -> bool:
    return any(_word(comm) == name for comm in places.proc.glob("[0-9]*/comm"))


def _word(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(256).decode("utf-8", "replace").strip()
    except OSError:
        return ""
