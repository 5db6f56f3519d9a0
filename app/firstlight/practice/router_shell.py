# SPDX-License-Identifier: Apache-2.0
"""The commands of a practice router, as OpenWrt's answer them: what they print and how they end.

It is no shell: a command line is split into words, and the first word picks a function. The one redirection is `cat > FILE`,
which the wire does itself because it takes bytes.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from firstlight.practice.router_memory import RouterMemory, read_metadata, settings_archive


class Inside(Protocol):
    """The router as its commands see it."""

    memory: RouterMemory

    @property
    def board(self) -> str: ...

    @property
    def tmp_free(self) -> int: ...

    def tmp_file(self, name: str) -> Path | None: ...

    def is_whole(self, path: Path) -> bool: ...


@dataclass(frozen=True)
class Said:
    """What a command answers. `flashes`: it goes down now and writes this image, with or without settings."""

    exit: int = 0
    out: bytes = b""
    err: bytes = b""
    flashes: Path | None = None
    keep: bool = True


def _no(text: str, exit_: int = 1) -> Said:
    return Said(exit_, err=text.encode() + b"\n")


def _yes(text: str) -> Said:
    return Said(out=text.encode() + b"\n")


class RouterShell:
    """Answers for one router; asks it for its memory at each command."""

    def __init__(self, router: Inside) -> None:
        self._router = router
        self._commands: dict[str, Callable[[list[str]], Said]] = {
            "ubus": self._ubus,
            "cat": self._cat,
            "uci": self._uci,
            "df": self._df,
            "sha256sum": self._sha256sum,
            "sysupgrade": self._sysupgrade,
            "rm": self._rm,
            "logread": self._logread,
            "dmesg": self._dmesg,
            "true": lambda _: Said(),
        }

    def answer(self, line: str) -> Said:
        """Run one command line."""
        try:
            words = shlex.split(line)
        except ValueError:
            return _no("ash: syntax error: unterminated quoted string", 2)
        command = self._commands.get(words[0]) if words else None
        return command(words[1:]) if command else _no(f"ash: {words[0][:80] if words else ''}: not found", 127)

    @property
    def _memory(self) -> RouterMemory:
        return self._router.memory

    def _ubus(self, words: list[str]) -> Said:
        if words != ["call", "system", "board"]:
            return _no("Command failed: Not found", 4)
        memory = self._memory
        release = {"distribution": "AuroraOS", "version": memory.build, "revision": f"r{memory.build}", "target": "practice/generic"}
        release["description"] = f"AuroraOS {memory.build}"
        board = {"kernel": "6.6.110", "hostname": memory.hostname, "system": "ARMv8", "model": "Aurora R1 (practice)"}
        return _yes(json.dumps(board | {"board_name": self._router.board, "rootfs_type": "squashfs", "release": release}, indent=1))

    def _cat(self, words: list[str]) -> Said:
        memory = self._memory
        files = {
            "/tmp/sysinfo/board_name": self._router.board + "\n",
            "/tmp/sysinfo/model": "Aurora R1 (practice)\n",
            "/sys/class/net/br-lan/address": memory.mac + "\n",
            "/proc/sys/kernel/random/boot_id": memory.boot_id + "\n",
            "/etc/openwrt_release": f"DISTRIB_ID='AuroraOS'\nDISTRIB_RELEASE='{memory.build}'\n",
            "/etc/config/system": f"config system\n\toption color '{memory.color}'\n",
        }
        for name in words:
            if name not in files:
                return _no(f"cat: can't open '{name[:80]}': No such file or directory")
        return Said(out="".join(files[name] for name in words).encode())

    def _uci(self, words: list[str]) -> Said:
        if words == ["-q", "get", "system.@system[0].compat_version"]:
            return _yes(self._memory.compat_version)
        return Said(1)

    def _df(self, words: list[str]) -> Said:
        free = self._router.tmp_free // 1024
        return _yes(
            "Filesystem           1024-blocks    Used Available Capacity Mounted on\n"
            f"tmpfs                    65536     {65536 - free}    {free}   1% /tmp\n"
            "/dev/ubi0_1              20480     1536    18944   8% /overlay"
        )

    def _sha256sum(self, words: list[str]) -> Said:
        path = self._router.tmp_file(words[0]) if len(words) == 1 else None
        if path is None or not path.is_file():
            return _no("sha256sum: can't open file: No such file or directory")
        with path.open("rb") as file:
            return _yes(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {words[0]}")

    def _rm(self, words: list[str]) -> Said:
        for word in words:
            path = self._router.tmp_file(word)
            if path is not None:
                path.unlink(missing_ok=True)
        return Said()

    def _logread(self, _: list[str]) -> Said:
        memory = self._memory
        lines = (
            "kern.notice kernel: [    0.000000] Linux version 6.6.110",
            f"user.notice system: AuroraOS {memory.build} on {self._router.board}",
            f"daemon.info dnsmasq-dhcp[1]: DHCPACK(br-lan) 192.168.1.174 {memory.mac} testers-phone",
            "authpriv.info dropbear[2044]: Child connection from 192.168.1.23:50716",
        )
        return _yes("\n".join(f"Fri Nov 20 18:00:0{n} 2026 {line}" for n, line in enumerate(lines)))

    def _dmesg(self, _: list[str]) -> Said:
        return _yes("[    0.000000] Linux version 6.6.110\n[    1.204817] practice flash: 8 MiB\n[    9.118043] br-lan: port 1(lan1) up")

    def _sysupgrade(self, words: list[str]) -> Said:
        options = [w for w in words if w.startswith("-") and w != "-"]
        rest = [w for w in words if w not in options]
        if options == ["-b"] and rest == ["-"]:
            return Said(out=settings_archive(self._memory))
        if set(options) - {"-T", "-n"} or len(rest) != 1:
            return _no("Usage: sysupgrade [<upgrade-option>...] <image file>")
        path = self._router.tmp_file(rest[0])
        if path is None or not path.is_file():
            return _no("Image file not found")
        keep = "-n" not in options
        refused = self._look_at(path, keep)
        if refused:
            return _no(refused + "\nImage check failed.")
        if "-T" in options:
            return Said()
        return Said(exit=0, err=b"Commencing upgrade. Closing all shell sessions.\n", flashes=path, keep=keep)

    def _look_at(self, path: Path, keep: bool) -> str:
        """What OpenWrt's own check says against an image; "" when it takes it."""
        told = read_metadata(path)
        if told is None:
            return "Image metadata not present"
        ours, theirs = self._memory.compat_version, str(told.get("compat_version", "1.0"))
        names = told.get("supported_devices" if theirs == "1.0" else "new_supported_devices")
        if not isinstance(names, list) or self._router.board not in names:
            return f"Device {self._router.board} not supported by this image"
        if ours.split(".")[0] != theirs.split(".")[0]:
            return "The device is supported, but this image is incompatible for sysupgrade based on the image version."
        if ours != theirs and keep:
            return "The device is supported, but the config is incompatible to the new image. Use sysupgrade -n."
        return "" if self._router.is_whole(path) else "Invalid image: checksum does not fit"
