# SPDX-License-Identifier: Apache-2.0
"""Where logs come from while the tester is testing: a phone that goes on talking, a serial line, a router, a phone's bug report.

Functions block until they are cancelled or done; `follow_*` fill a LogBuffer and come back by themselves when the device went away
and returned. What devices say is stored as it came; only the serial line is given a time and freed of terminal codes.
"""

from __future__ import annotations

import codecs
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from firstlight.base.work import Work
from firstlight.capture.errors import LogNotRead
from firstlight.capture.log_buffer import LogBuffer
from firstlight.devices.errors import ToolMissing
from firstlight.devices.ssh import Router
from firstlight.devices.tool import Tool, clean

LOOK_S = 0.1
AGAIN_S = 1.0
BUGREPORT_S = 1800.0
ROUTER_S = 60.0
ROUTER_BYTES = 8 << 20
_ROTATE_BYTES = 64 << 20
_PERCENT = re.compile(r"(\d{1,3})%")
_STAMP = re.compile(rb"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\d* ([+-]\d{4}) ")
_UNFINISHED = re.compile(r"(?:\r|\x1b(?:\[[0-?]{0,32}[ -/]{0,4}|\][^\x07\x1b\n]{0,512})?)\Z")
"""A line's end or a terminal code of which the second half comes with the next piece."""
SPEEDS = (115200, 9600, 38400, 57600, 230400, 460800, 921600, 1500000)


def follow_logcat(adb: Tool, buffer: LogBuffer, work: Work, *, serial: str = "") -> None:
    """Until it is cancelled. Raises ToolMissing, Cancelled."""
    since = "1"
    while True:
        known = set(buffer.tail(200))
        _run_logcat(adb, buffer, work, serial=serial, since=since, known=known)
        # The phone went away, or the file of its words grew large: go on from the last line that was heard.
        since = _last_stamp(buffer) or "1"
        work.wait(AGAIN_S)


def _run_logcat(adb: Tool, buffer: LogBuffer, work: Work, *, serial: str, since: str, known: set[bytes]) -> None:
    chosen = ("-s", serial) if serial else ()
    argv = [str(adb.path), *chosen, "exec-out", "logcat", "-v", "threadtime,year,zone", "-b", "all", "-T", since]
    with tempfile.TemporaryFile() as out:
        try:
            process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
        except OSError as error:
            raise ToolMissing(tool="adb", path=str(adb.path), why=str(error)) from error
        try:
            at = 0
            while at < _ROTATE_BYTES:
                has_ended = process.poll() is not None
                at = _take(out, at, buffer, known)
                work.say("log", buffer.heard.size)
                if has_ended:
                    return
                work.wait(LOOK_S)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def _take(out: IO[bytes], at: int, buffer: LogBuffer, known: set[bytes]) -> int:
    """What was written since; lines that were heard before the line broke are passed over."""
    out.seek(at)
    data = out.read(1 << 20)
    if known and data:
        whole = data[: data.rfind(b"\n") + 1]
        fresh = b"".join(line for line in whole.splitlines(keepends=True) if line not in known)
        if fresh:
            known.clear()
        buffer.add(fresh)
        return at + len(whole)
    buffer.add(data)
    return at + len(data)


def _last_stamp(buffer: LogBuffer) -> str:
    """The phone's time of the last line, in seconds, as logcat takes it."""
    for line in reversed(buffer.tail(50)):
        if match := _STAMP.match(line):
            text = f"{match[1].decode()} {match[2].decode()}"
            return f"{datetime.strptime(text, '%Y-%m-%d %H:%M:%S.%f %z').timestamp():.3f}"
    return ""


class Stamped:
    """Gives each line of a serial line this PC's time; takes terminal codes out."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._is_at_start = True
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def __call__(self, data: bytes) -> bytes:
        """What came, in any pieces."""
        whole = self._held + self._decoder.decode(data)
        unfinished = _UNFINISHED.search(whole)
        whole, self._held = (whole[: unfinished.start()], unfinished[0]) if unfinished else (whole, "")
        text = clean(whole.replace("\r\n", "\n").replace("\r", "\n"))
        stamp = datetime.fromtimestamp(self._now()).astimezone().isoformat(" ", "milliseconds") + " "
        out = []
        for line in text.splitlines(keepends=True):
            out.append(stamp + line if self._is_at_start else line)
            self._is_at_start = line.endswith("\n")
        return "".join(out).encode()


def serial_ports() -> tuple[tuple[str, str], ...]:
    """(port, what it says of itself) of this PC."""
    from serial.tools import list_ports  # noqa: PLC0415  # heavy: only where a tester asks for a serial line

    return tuple((port.device, port.description or "") for port in sorted(list_ports.comports(), key=lambda p: str(p.device)))


def follow_serial(port: str, speed: int, buffer: LogBuffer, work: Work, *, now: Callable[[], float]) -> None:
    """Until it is cancelled, or the port is gone. Raises LogNotRead, Cancelled. Nothing is ever written to the port."""
    import serial  # noqa: PLC0415  # heavy: as above

    stamped = Stamped(now)
    try:
        with serial.Serial(port, speed, timeout=LOOK_S, exclusive=True) as line:
            work.say("log", buffer.heard.size)
            while True:
                work.check()
                if data := line.read(max(1, min(line.in_waiting, 64 << 10))):
                    buffer.add(stamped(data))
                    work.say("log", buffer.heard.size)
    except (serial.SerialException, OSError, ValueError) as error:
        raise LogNotRead(source=port, why=str(error), reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    words = str(error).lower()
    if "permission" in words or "denied" in words:
        return "port_denied"
    if "busy" in words or "lock" in words:
        return "port_busy"
    return "port_gone"


def router_log(router: Router, what: str, work: Work) -> bytes:
    """`logread` or `dmesg` of a router whose key was seen before. Raises DeviceError, LogNotRead, Cancelled."""
    answer = router.run((what,), work, deadline_s=ROUTER_S, limit=ROUTER_BYTES, words_of_error=False)
    if not answer.text.strip():
        raise LogNotRead(source=what, why=f"exit {answer.exit}", reason="empty")
    return answer.text.encode()


def bugreport(adb: Tool, folder: Path, work: Work, *, serial: str = "") -> Path:
    """The phone's own report about itself, a zip in `folder`; minutes. Raises ToolMissing, LogNotRead, Cancelled."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "bugreport.zip"
    path.unlink(missing_ok=True)
    said: dict[str, Any] = {"percent": 0}

    def heard(text: str) -> None:
        for match in _PERCENT.finditer(text):
            said["percent"] = max(said["percent"], min(100, int(match[1])))
        work.say("bugreport", said["percent"], 100)

    chosen = ("-s", serial) if serial else ()
    outcome = adb.run(*chosen, "bugreport", str(path), deadline_s=BUGREPORT_S, work=work, on_text=heard)
    if outcome.exit is None:
        raise LogNotRead(source="bugreport", why=outcome.output[-200:], reason="timeout")
    if not path.is_file() or not zipfile.is_zipfile(path):
        raise LogNotRead(source="bugreport", why=outcome.output[-200:], reason="empty")
    return path
