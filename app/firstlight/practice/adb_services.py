# SPDX-License-Identifier: Apache-2.0
"""What the streams of a practice phone's adb do: shell, exec, reboot, file transfer, sideload.

Sideload reads the package as a recovery does, block by block and twice: once to check it, once to install it.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firstlight.practice.adb_shell import Shell, place
from firstlight.practice.adbd import Stream
from firstlight.practice.phone_line import Gone
from firstlight.practice.phone_record import Record

_SHELL_OUT, _SHELL_ERROR, _SHELL_EXIT = 1, 2, 3
_MAX_FILE = 64 << 20
_MAX_PACKAGE = 64 << 20
_MAX_PATH = 1024
_REBOOTS = {
    "": "system",
    "system": "system",
    "bootloader": "bootloader",
    "fastboot": "fastbootd",
    "recovery": "recovery",
    "sideload": "sideload",
    "sideload-auto-reboot": "sideload",
    "download": "bootloader",
}


@dataclass(frozen=True)
class Services:
    """One phone's services. `takes` is called for each piece of data that came and may raise Gone."""

    shell: Shell
    record: Record
    root: Path
    mode: Callable[[], str]
    takes: Callable[[int], None]
    leaves: Callable[[str], None]
    install: Callable[[Path], str]
    """Install a package from its file; "" or why it was not."""
    room: Callable[[str], int]
    """Bytes that a path of the phone still takes."""

    def serve(self, name: str, stream: Stream) -> None:
        """Play one service to its end."""
        kind, _, rest = name.partition(":")
        if kind == "sideload-host":
            self._sideload(rest, stream)
        elif self.mode() == "sideload" and kind != "reboot":
            self.record.write_down(f"adb {kind}")  # a recovery that waits for a package does nothing else
        elif kind.startswith("shell"):
            self._shell(kind, rest, stream)
        elif kind == "exec":
            self.record.write_down(f"adb exec {rest}")
            stream.write(self.shell.run(rest).out)
        elif kind == "reboot":
            self._reboot(rest, stream)
        elif kind == "sync":
            self._sync(stream)
        elif kind in ("root", "unroot", "remount"):
            self.record.write_down(f"adb {kind}")
            stream.write(b"adbd cannot run as root in production builds\n")
        else:
            self.record.write_down(f"adb {kind}")

    def _shell(self, kind: str, line: str, stream: Stream) -> None:
        self.record.write_down(f"adb shell {line}")
        result = self.shell.run(line)
        if ",v2" not in kind:
            stream.write(result.out + result.error)
            return
        for which, data in ((_SHELL_OUT, result.out), (_SHELL_ERROR, result.error)):
            if data:
                stream.write(struct.pack("<BI", which, len(data)) + data)
        stream.write(struct.pack("<BIB", _SHELL_EXIT, 1, result.status & 0xFF))

    def _reboot(self, to: str, stream: Stream) -> None:
        self.record.write_down(f"adb reboot {to}".rstrip())
        if to in _REBOOTS:
            self.leaves(_REBOOTS[to])
        else:
            stream.write(f"reboot: unknown target {to}\nfailed".encode())

    # -- files -----------------------------------------------------------------------------------------------------------

    def _sync(self, stream: Stream) -> None:
        while True:
            word, size = struct.unpack("<4sI", stream.read(8))
            if word == b"QUIT":
                return
            if size > _MAX_PATH:
                raise Gone
            path = stream.read(size).decode("utf-8", "replace")
            if word == b"STAT":
                self._stat(path, stream)
            elif word == b"SEND":
                self._receive(path.rpartition(",")[0], stream)
            elif word == b"RECV":
                self._give(path, stream)
            elif word == b"LIST":
                stream.write(struct.pack("<4sIIII", b"DONE", 0, 0, 0, 0))
            else:
                raise Gone

    def _stat(self, path: str, stream: Stream) -> None:
        target = place(self.root, path)
        mode = size = 0
        if target.is_dir() or path.rstrip("/") in ("/cache", "/data", "/sdcard", "/data/local/tmp", "/cache/recovery"):
            mode = 0o040755
        elif target.is_file():
            mode, size = 0o100644, target.stat().st_size
        stream.write(struct.pack("<4sIII", b"STAT", mode, size, 0))

    def _receive(self, path: str, stream: Stream) -> None:
        target = place(self.root, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        came, room = 0, min(self.room(path), _MAX_FILE)
        new = target.with_name(target.name + ".part")
        try:
            with new.open("wb") as file:
                while True:
                    word, size = struct.unpack("<4sI", stream.read(8))
                    if word == b"DONE":
                        break
                    if word != b"DATA" or size > 1 << 20:
                        raise Gone
                    data = stream.read(size)
                    came += size
                    self.takes(size)
                    if came <= room:
                        file.write(data)
        finally:
            self.record.write_down(f"adb push {path}", came)
        if came > room:
            new.unlink()
            self._fail(f"couldn't write: {errno.errorcode[errno.ENOSPC]} No space left on device", stream)
            return
        new.replace(target)
        stream.write(struct.pack("<4sI", b"OKAY", 0))

    def _give(self, path: str, stream: Stream) -> None:
        self.record.write_down(f"adb pull {path}")
        try:
            data = place(self.root, path).read_bytes()
        except OSError:
            self._fail("No such file or directory", stream)
            return
        for start in range(0, len(data), 65536):
            piece = data[start : start + 65536]
            stream.write(struct.pack("<4sI", b"DATA", len(piece)) + piece)
        stream.write(struct.pack("<4sI", b"DONE", 0))

    def _fail(self, why: str, stream: Stream) -> None:
        stream.write(struct.pack("<4sI", b"FAIL", len(why)) + why.encode())

    # -- sideload --------------------------------------------------------------------------------------------------------

    def _sideload(self, rest: str, stream: Stream) -> None:
        size_text, _, block_text = rest.partition(":")
        is_size = size_text.isdecimal() and block_text.isdecimal()
        size, block = (int(size_text[:12]), int(block_text[:9])) if is_size else (0, 0)
        if self.mode() != "sideload" or not 0 < size <= _MAX_PACKAGE or not 512 <= block <= 1 << 20:
            self.record.write_down("adb sideload refused")
            return
        package = self.root / "sideload.zip"
        package.parent.mkdir(parents=True, exist_ok=True)
        self._read_package(package, size, block, stream, is_first=True)
        why = "" if self.room("/cache/sideload") >= size else "not enough space in /cache"
        if not why:
            self._read_package(package, size, block, stream, is_first=False)
            why = self.install(package)
        package.unlink(missing_ok=True)
        log = place(self.root, "/tmp/recovery.log")
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(f"E: {why}\n" if why else "I: Install completed with status 0\n", "utf-8")
        stream.write(b"FAILFAIL" if why else b"DONEDONE")

    def _read_package(self, package: Path, size: int, block: int, stream: Stream, *, is_first: bool) -> None:
        came = 0
        try:
            with package.open("wb") as file:
                for number in range(-(-size // block)):
                    stream.write(b"%08d" % number)
                    piece = stream.read(min(block, size - number * block))
                    file.write(piece)
                    came += len(piece)
                    self.takes(len(piece))
        finally:
            self.record.write_down("adb sideload " + ("check" if is_first else "install"), came)
