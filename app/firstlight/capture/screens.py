# SPDX-License-Identifier: Apache-2.0
"""The phone's screen by adb. Always exec-out: a shell would change line ends inside the picture."""

from __future__ import annotations

import subprocess
import tempfile
import time
from typing import IO

from firstlight.base.work import Work
from firstlight.capture.errors import NothingCaptured, TooLarge
from firstlight.devices.errors import DeviceNotFound, ToolMissing
from firstlight.devices.tool import Tool, clean

LIMIT_S = 30.0
LIMIT_BYTES = 128 << 20
_PNG = b"\x89PNG\r\n\x1a\n"
_NOBODY = ("no devices", "not found", "device offline", "unauthorized")


def phone_screen(adb: Tool, work: Work, *, serial: str = "") -> bytes:
    """The screen as PNG. Raises DeviceNotFound, ToolMissing, NothingCaptured, TooLarge, Cancelled."""
    chosen = ("-s", serial) if serial else ()
    data = output_of(adb, (*chosen, "exec-out", "screencap", "-p"), work, deadline_s=LIMIT_S, limit_bytes=LIMIT_BYTES)
    # On a foldable, screencap first says which display it took.
    at = data.find(_PNG, 0, 4096)
    if at < 0 or not data.rstrip(b"\r\n\0").endswith(b"IEND\xaeB`\x82"):
        raise NothingCaptured(why=clean(data[:200].decode("utf-8", "replace")).strip(), reason="empty")
    return data[at:]


def output_of(adb: Tool, arguments: tuple[str, ...], work: Work, *, deadline_s: float, limit_bytes: int) -> bytes:
    """What adb writes, byte for byte, to its end. Raises DeviceNotFound, ToolMissing, NothingCaptured, TooLarge, Cancelled."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen([str(adb.path), *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=said)
        except OSError as error:
            raise ToolMissing(tool="adb", path=str(adb.path), why=str(error)) from error
        try:
            _wait(process, out, work, time.monotonic() + deadline_s, limit_bytes)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        said.seek(0)
        words = clean(said.read(4096).decode("utf-8", "replace")).strip()
        if process.returncode != 0 and any(sign in words for sign in _NOBODY):
            raise DeviceNotFound(serial=words[-80:])
        if process.returncode != 0:
            raise NothingCaptured(why=words[-200:], reason="several" if "more than one" in words else "empty")
        out.seek(0)
        return out.read()


def _wait(process: subprocess.Popen[bytes], out: IO[bytes], work: Work, end: float, limit_bytes: int) -> None:
    while process.poll() is None:
        work.wait(0.03)
        size = out.seek(0, 2)
        work.say("capture", size)
        if size > limit_bytes:
            raise TooLarge(name="adb", limit_bytes=limit_bytes)
        if time.monotonic() > end:
            raise NothingCaptured(why="no answer", reason="timeout")
