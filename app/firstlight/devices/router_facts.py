# SPDX-License-Identifier: Apache-2.0
"""What an OpenWrt-like router tells of itself: board, build, room. Its answers are a stranger's: bounded and cleaned."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from firstlight.devices.device import PRACTICE_PREFIX, Device, Kind, Mode
from firstlight.devices.errors import NotARouter
from firstlight.devices.tool import clean

_BOARD = re.compile(r"[A-Za-z0-9][A-Za-z0-9,._-]{0,79}")
_MAC = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}")
_COMPAT = re.compile(r"\d{1,4}\.\d{1,4}")
_BOOT = re.compile(r"[0-9a-fA-F-]{8,64}")

Ask = Callable[[tuple[str, ...]], str]
"""Runs a reading command on the router; "" when it failed."""


@dataclass(frozen=True)
class RouterFacts:
    """One moment's answer. Sizes in bytes, None when it did not tell; `boot_id` changes with every start."""

    board: str
    model: str = ""
    hostname: str = ""
    build: str = ""
    revision: str = ""
    compat_version: str = "1.0"
    tmp_free: int | None = None
    overlay_free: int | None = None
    mac: str = ""
    boot_id: str = ""

    @property
    def serial(self) -> str:
        """What a run is bound to: the MAC as labels print it, or the name of a practice router."""
        return self.hostname if self.hostname.startswith(PRACTICE_PREFIX) else self.mac.replace(":", "").upper() or self.board

    def runs(self, wanted: str) -> bool:
        """Whether it runs this build: by version, by revision, or by both with a blank between."""
        return bool(wanted) and wanted in (self.build, self.revision, f"{self.build} {self.revision}")

    def device(self, address: str) -> Device:
        """As the list of devices shows it."""
        return Device(
            serial=self.serial,
            address=address,
            mode=Mode.SYSTEM,
            product=self.board,
            board=self.compat_version,
            build=self.build,
            kind=Kind.ROUTER,
            way="ssh",
            model=self.model,
        )


def read(ask: Ask, address: str) -> RouterFacts:
    """Ask it all; NotARouter when it names no board."""
    told = _board_of_ubus(ask(("ubus", "call", "system", "board")))
    release = told.get("release")
    release = release if isinstance(release, dict) else {}
    board = _word(told.get("board_name")) or ask(("cat", "/tmp/sysinfo/board_name")).strip()[:80]
    if not _BOARD.fullmatch(board):
        raise NotARouter(address=address, why="it does not name its board" if not board else "the name of its board is none")
    free = _free(ask(("df", "-kP", "/tmp", "/overlay")))
    mac = _first(_MAC, ask(("cat", "/sys/class/net/br-lan/address")).lower()) or _first(
        _MAC, ask(("cat", "/sys/class/net/eth0/address")).lower()
    )
    return RouterFacts(
        board=board,
        model=_word(told.get("model")),
        hostname=_word(told.get("hostname")),
        build=_word(release.get("version")) or _openwrt_release(ask(("cat", "/etc/openwrt_release"))),
        revision=_word(release.get("revision")),
        compat_version=_first(_COMPAT, ask(("uci", "-q", "get", "system.@system[0].compat_version"))) or "1.0",
        tmp_free=free[0],
        overlay_free=free[1],
        mac=mac,
        boot_id=_first(_BOOT, ask(("cat", "/proc/sys/kernel/random/boot_id"))),
    )


def _board_of_ubus(text: str) -> dict[str, object]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _word(value: object) -> str:
    return " ".join(clean(value).split())[:120] if isinstance(value, str) else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    word = text.strip()
    return word if pattern.fullmatch(word) else ""


def _openwrt_release(text: str) -> str:
    match = re.search(r"^DISTRIB_RELEASE=['\"]?([A-Za-z0-9._-]{1,60})['\"]?\s*$", text, re.MULTILINE)
    return match[1] if match else ""


def _free(text: str) -> tuple[int | None, int | None]:
    """Free bytes of /tmp and /overlay; `df -P` writes one line for each, in the order asked."""
    rows = [re.fullmatch(r"\S+\s+\d+\s+\d+\s+(\d{1,12})\s+\S+\s+\S.*", line) for line in text.splitlines()[1:3]]
    values: list[int | None] = [int(row[1]) * 1024 if row else None for row in rows]
    values += [None, None]
    return values[0], values[1]
