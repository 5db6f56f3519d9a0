# SPDX-License-Identifier: Apache-2.0
"""The shell of a practice phone: the dozen commands that testing needs, over a folder that plays its file system.

Nothing of it runs on this PC: words are looked up in a table, and paths stay inside the phone's folder.
"""

from __future__ import annotations

import shlex
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_BUGREPORT = "/data/user_de/0/com.android.shell/files/bugreports/bugreport-a1.zip"
_FSTAB = """/dev/block/by-name/system /system ext4 ro wait
/dev/block/by-name/userdata /data ext4 rw wait
/dev/block/by-name/cache /cache ext4 rw wait
"""
_LOG = """--------- beginning of main
11-22 10:00:00.001  1000  1234  1234 I ActivityManager: Start proc 2222:org.example.camera/u0a12
11-22 10:00:01.250  1000  1234  1301 W BatteryService: level {battery}
11-22 10:00:02.500 10012  2222  2222 E Camera: preview stopped: buffer queue abandoned
"""


@dataclass(frozen=True)
class Result:
    """What a command wrote, and its exit status."""

    out: bytes = b""
    error: bytes = b""
    status: int = 0


@dataclass(frozen=True)
class PhoneSide:
    """What the shell sees of its phone."""

    root: Path
    """Folder that plays "/"."""
    properties: Callable[[], dict[str, str]]
    battery: Callable[[], int]
    is_recovery: Callable[[], bool]
    format_data: Callable[[str], None]
    """A block device was formatted, by the last part of its name."""


def place(root: Path, path: str) -> Path:
    """Where a path of the phone lies on this PC; `..` never leads out."""
    return root.joinpath(*(p for p in path.replace("\0", "").split("/") if p not in ("", ".", "..")))


class Shell:
    """Runs command lines: words, `;` and `&&`. Pipes and the rest are not known here."""

    def __init__(self, phone: PhoneSide) -> None:
        self._phone = phone
        self._commands: dict[str, Callable[[list[str]], Result]] = {
            "getprop": self._getprop,
            "dumpsys": self._dumpsys,
            "echo": lambda words: Result(" ".join(words).encode() + b"\n"),
            "cat": self._cat,
            "ls": self._ls,
            "mkdir": self._mkdir,
            "rm": self._rm,
            "exit": lambda words: Result(status=int(words[0]) if words and words[0].isdecimal() else 0),
            "id": lambda _: Result(b"uid=0(root) gid=0(root)\n" if self._phone.is_recovery() else b"uid=2000(shell) gid=2000(shell)\n"),
            "screencap": lambda _: Result(_picture(self._phone.battery())),
            "logcat": lambda _: Result(_LOG.format(battery=self._phone.battery()).encode()),
            "bugreportz": self._bugreportz,
            "make_ext4fs": self._format,
            "mke2fs": self._format,
        }
        for quiet in ("true", "sync", "mount", "umount", "export", "settings", "svc", "input", "wipe", "twrp"):
            self._commands[quiet] = lambda _: Result()
        self._commands["false"] = lambda _: Result(status=1)

    def run(self, line: str) -> Result:
        """A whole line."""
        words = shlex.shlex(line, posix=True, punctuation_chars=";&")
        words.whitespace_split = True
        out, error, status = b"", b"", 0
        try:
            parts = _parts(list(words))
        except ValueError:
            return Result(error=b"sh: syntax error\n", status=2)
        for is_and, part in parts:
            if not (is_and and status):
                result = self._one(part)
                out, error, status = out + result.out, error + result.error, result.status
        return Result(out, error, status)

    def _one(self, words: list[str]) -> Result:
        while words and words[0] == "exec":
            words = words[1:]
        if not words:
            return Result()
        command = self._commands.get(PurePosixPath(words[0]).name)
        if command is None:
            return Result(error=f"/system/bin/sh: {words[0]}: not found\n".encode(), status=127)
        return command(words[1:])

    def _getprop(self, words: list[str]) -> Result:
        properties = self._phone.properties()
        if words:
            return Result(properties.get(words[0], "").encode() + b"\n")
        return Result("".join(f"[{k}]: [{v}]\n" for k, v in sorted(properties.items())).encode())

    def _dumpsys(self, words: list[str]) -> Result:
        if words[:1] != ["battery"]:
            return Result(error=b"Can't find service\n")
        return Result(f"Current Battery Service state:\n  USB powered: true\n  level: {self._phone.battery()}\n  scale: 100\n".encode())

    def _cat(self, words: list[str]) -> Result:
        if words and words[0] in ("/etc/recovery.fstab", "/system/etc/recovery.fstab"):
            return Result(_FSTAB.encode()) if self._phone.is_recovery() else _missing("cat", words[0])
        try:
            return Result(place(self._phone.root, words[0]).read_bytes())
        except (OSError, IndexError):
            return _missing("cat", words[0] if words else "")

    def _ls(self, words: list[str]) -> Result:
        target = place(self._phone.root, next((w for w in words if not w.startswith("-")), "/"))
        if target.is_dir():
            return Result("".join(f"{p.name}\n" for p in sorted(target.iterdir())).encode())
        return Result(target.name.encode() + b"\n") if target.exists() else _missing("ls", target.name)

    def _mkdir(self, words: list[str]) -> Result:
        for word in words:
            if not word.startswith("-"):
                place(self._phone.root, word).mkdir(parents=True, exist_ok=True)
        return Result()

    def _rm(self, words: list[str]) -> Result:
        for word in words:
            path = place(self._phone.root, word)
            if not word.startswith("-") and path.is_file():
                path.unlink()
        return Result()

    def _format(self, words: list[str]) -> Result:
        device = next((w for w in words if w.startswith("/dev/block/")), "")
        if not device or not self._phone.is_recovery():
            return Result(error=b"permission denied\n", status=1)
        self._phone.format_data(PurePosixPath(device).name)
        return Result(b"Created filesystem\n")

    def _bugreportz(self, words: list[str]) -> Result:
        if words[:1] == ["-v"]:
            return Result(error=b"1.1\n")
        path = place(self._phone.root, _BUGREPORT)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty_zip())
        return Result(f"BEGIN:{_BUGREPORT}\nPROGRESS:50/100\nOK:{_BUGREPORT}\n".encode())


def _parts(words: list[str]) -> list[tuple[bool, list[str]]]:
    """The commands of a line, and whether each runs only when the one before was right."""
    parts: list[tuple[bool, list[str]]] = [(False, [])]
    for word in words:
        if word in (";", "&&"):
            parts.append((word == "&&", []))
        else:
            parts[-1][1].append(word)
    return parts


def _missing(command: str, path: str) -> Result:
    return Result(error=f"{command}: {path}: No such file or directory\n".encode(), status=1)


def _empty_zip() -> bytes:
    return b"PK\x05\x06" + bytes(18)


def _picture(seed: int) -> bytes:
    """A small screen as PNG: bands of one colour that follow from the battery, so that two pictures differ."""
    width, height = 36, 64
    row = b"\0" + bytes((x * 7 + seed) & 0xFF for x in range(width * 3))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
