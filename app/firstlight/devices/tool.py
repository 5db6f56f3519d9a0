# SPDX-License-Identifier: Apache-2.0
"""Run a program of the tester's PC with a deadline, an honest cancel, and notice when it says nothing.

Who times out: this module alone. A caller gives `deadline_s` for the whole run and gets Outcome or an exception; programs such as
fastboot wait for ever by themselves. One thread reads the program's output and ends with it, as pipes cannot be polled on Windows.
"""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import IO

from firstlight.base.work import Work
from firstlight.devices.errors import ToolMissing

_MAX_OUTPUT = 1 << 20
_POLL_S = 0.1
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ALIVE_S = 1.5
STALL_S = 20.0
"""Silence after which the tester is told: "no answer for 20 s, still waiting"."""


def clean(text: str) -> str:
    """`text` of a device without terminal codes and control characters; line ends and tabs stay."""
    return _CONTROL.sub("", text)


@dataclass(frozen=True)
class Outcome:
    """How a run ended; `exit` is negative for a signal, None when we ended it: its deadline passed, or `is_lost`."""

    exit: int | None
    output: str
    seconds: float
    is_lost: bool = False

    @property
    def is_ok(self) -> bool:
        """It ended with 0."""
        return self.exit == 0


class _End(StrEnum):
    ITSELF = "itself"
    DEADLINE = "deadline"
    LOST = "lost"


def _nothing(_: object) -> None:
    """For callers that need no news."""


def _is_alive() -> bool:
    return True


@dataclass(frozen=True)
class Tool:
    """A program that was found, by absolute path."""

    path: Path

    def run(
        self,
        *arguments: str,
        deadline_s: float,
        work: Work | None = None,
        on_text: Callable[[str], None] = _nothing,
        on_silence: Callable[[int], None] = _nothing,
        is_alive: Callable[[], bool] = _is_alive,
        silence_s: float = float("inf"),
        ends_with_us: bool = False,
    ) -> Outcome:
        """Run to the end. With `work`, a cancel ends the program (give it only where stopping is safe) and raises Cancelled.

        `on_text` gets pieces of output as they come; `on_silence(seconds)` after each 20 s of silence, and 0 when it speaks again.
        `is_alive` is asked while the program is silent; once it says no, the program is ended. So it is after `silence_s` of silence.
        `ends_with_us`: when this program is killed, that one is ended too (Linux). For one that would end at its next word anyhow, as
        nobody reads it any more, but says none while it waits for a device. Not for adb: it goes on alone, and a package is taken whole.
        """
        started = time.monotonic()
        bound = _ending_with_us() if ends_with_us and self.path.is_file() else ()
        try:
            process = subprocess.Popen(
                [*bound, str(self.path), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
        except OSError as error:
            raise ToolMissing(tool=self.path.name, path=str(self.path), why=str(error)) from error
        assert process.stdout is not None
        pieces: queue.Queue[bytes] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process.stdout, pieces), name=f"output of {self.path.name}", daemon=True)
        reader.start()
        try:
            silence = _Silence(on_silence, is_alive, silence_s)
            output, end = _follow(pieces, started + deadline_s, work, on_text, silence)
        finally:
            if process.poll() is None and not _ends(process):
                process.kill()
                process.wait()
            reader.join(1)
            process.stdout.close()
        code = process.returncode if end is _End.ITSELF else None
        return Outcome(code, output, time.monotonic() - started, end is _End.LOST)


@cache
def _ending_with_us() -> tuple[str, ...]:
    """What starts a program so that the system ends it with the thread that waits for it; () where there is no such thing (busybox)."""
    found = shutil.which("setpriv") if sys.platform == "linux" else None
    start = (found, "--pdeathsig", "TERM", "--") if found else ()
    is_there = bool(start) and subprocess.run([*start, "true"], capture_output=True, check=False).returncode == 0
    return start if is_there else ()


def _ends(process: subprocess.Popen[bytes]) -> bool:
    """Whether it ends by itself in a moment: its output is closed before its exit can be read."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(0.2)
        return True
    return False


def _read(stream: IO[bytes], pieces: queue.Queue[bytes]) -> None:
    with suppress(OSError, ValueError):
        while piece := os.read(stream.fileno(), 65536):
            pieces.put(piece)
    pieces.put(b"")


def _follow(
    pieces: queue.Queue[bytes],
    end: float,
    work: Work | None,
    on_text: Callable[[str], None],
    silence: _Silence,
) -> tuple[str, _End]:
    """Collect output until it ends, the deadline comes, or whom the program talks to is gone."""
    text = ""
    while True:
        if work is not None:
            work.check()
        left = end - time.monotonic()
        if left <= 0 or silence.is_too_long:
            return text, _End.DEADLINE
        try:
            piece = pieces.get(timeout=min(_POLL_S, left))
        except queue.Empty:
            if not silence.goes_on():
                return text, _End.LOST
            continue
        if not piece:
            return text, _End.ITSELF
        silence.ends()
        new = clean(piece.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"))
        text = (text + new)[-_MAX_OUTPUT:]
        on_text(new)


class _Silence:
    """Measures how long nothing was said: tells every 20 s, asks every 1.5 s whether there is still anybody."""

    def __init__(self, on_silence: Callable[[int], None], is_alive: Callable[[], bool], most_s: float) -> None:
        self._on_silence = on_silence
        self._is_alive = is_alive
        self._most_s = most_s
        self._since = time.monotonic()
        self._told = 0
        self._asked = 0

    @property
    def is_too_long(self) -> bool:
        """Longer than anybody waits."""
        return time.monotonic() - self._since >= self._most_s

    def goes_on(self) -> bool:
        """Still nothing; False when nobody is there any more."""
        silent = time.monotonic() - self._since
        if silent >= STALL_S * (self._told + 1):
            self._told += 1
            self._on_silence(int(silent))
        if silent < _ALIVE_S * (self._asked + 1):
            return True
        self._asked += 1
        return self._is_alive()

    def ends(self) -> None:
        """Something was said."""
        if self._told:
            self._on_silence(0)
        self._since, self._told, self._asked = time.monotonic(), 0, 0


_PLACES = {
    "linux": ("~/Android/Sdk/platform-tools", "/usr/lib/android-sdk/platform-tools"),
    "darwin": ("~/Library/Android/sdk/platform-tools", "/opt/homebrew/bin", "/usr/local/bin"),
    "win32": ("~/AppData/Local/Android/Sdk/platform-tools",),
}


def find(name: str, chosen: str = "", env: Mapping[str, str] | None = None) -> Tool | None:
    """The program `name`: the path that the tester chose, else on PATH, in ANDROID_HOME, in Android Studio's folder; else None."""
    env = os.environ if env is None else env
    if chosen:
        path = Path(chosen).expanduser()
        return Tool(path) if path.is_file() and os.access(path, os.X_OK) else None
    folders = [Path(env[v]) / "platform-tools" for v in ("ANDROID_HOME", "ANDROID_SDK_ROOT") if env.get(v)]
    folders += [Path(p).expanduser() for p in _PLACES.get(sys.platform, ())]
    search = os.pathsep.join([env.get("PATH", os.defpath), *map(str, folders)])
    found = shutil.which(name, path=search)
    return Tool(Path(found).absolute()) if found else None
