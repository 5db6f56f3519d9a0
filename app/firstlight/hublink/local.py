# SPDX-License-Identifier: Apache-2.0
"""The hub on this PC as a child process: started, watched while it starts, and stopped by closing its standard input.

The hub keeps its port beside its data, so that its address, which accounts are bound to, stays the same from start to start.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from firstlight.base.work import Work
from firstlight.hublink.errors import LocalHubFailed

START_LIMIT_S = 120.0
STOP_LIMIT_S = 10.0
_LAST_LINES = 12


@dataclass(frozen=True)
class DemoAccount:
    """Who can sign in to the hub on this PC. Made up, but a password all the same: not shown in logs."""

    name: str
    email: str
    password: str
    staff: bool

    def __repr__(self) -> str:
        return f"DemoAccount({self.name!r})"


@dataclass(frozen=True)
class LocalHubInfo:
    """A running hub. `moved_from` is its earlier address when its port was taken by another program, else ""."""

    url: str
    accounts: tuple[DemoAccount, ...]
    code: str
    moved_from: str = ""


class LocalHub:
    """The embedded hub with the demo programme. `start` and `stop` block; call them away from the window's thread."""

    def __init__(
        self, *, data: Path, resources: Path, command: tuple[str, ...] | None = None, start_limit_s: float = START_LIMIT_S
    ) -> None:
        self._data = data
        self._resources = resources
        self._command = command or _own_command()
        self._start_limit_s = start_limit_s
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the child is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self, work: Work) -> LocalHubInfo:
        """Start the hub and wait until it serves; LocalHubFailed with its last words when it does not.

        A hub that this object runs already is stopped first.
        """
        self.stop()
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = self._kept_port()
        said, log = self._data / "hub.said", self._data / "hub.log"
        arguments = ("demo", "--data", str(self._data), "--embedded")
        with _private(said) as out, _private(log) as err:
            self._process = subprocess.Popen(
                (*self._command, *arguments),
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=err,
                env=os.environ | {"FIRSTLIGHT_RESOURCES": str(self._resources), "PYTHONUNBUFFERED": "1"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        try:
            info = self._first_words(said, log, work)
        except BaseException:
            self.stop()
            raise
        finally:
            with contextlib.suppress(OSError):  # Windows keeps it while the child has it open
                said.unlink()
        port = urlsplit(info.url).port
        moved_from = info.url.replace(f":{port}", f":{before}") if before and before != port else ""
        return dataclasses.replace(info, moved_from=moved_from)

    def stop(self) -> None:
        """End the child: politely by closing its input, then firmly. Safe to call twice."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            with contextlib.suppress(OSError):
                process.stdin.close()
        for end in (process.terminate, process.kill, None):
            try:
                process.wait(STOP_LIMIT_S)
                return
            except subprocess.TimeoutExpired:
                if end:
                    end()

    def _first_words(self, said: Path, log: Path, work: Work) -> LocalHubInfo:
        """Wait for the one line that the hub says once it serves."""
        deadline = time.monotonic() + self._start_limit_s
        work.say("hub.start")
        process = self._process
        while process is not None:
            # First whether it lives, then what it said: the other way round, last words would be missed.
            status = process.poll()
            line, newline, _ = said.read_bytes().partition(b"\n")
            if newline:
                return _read_info(line, _last_lines(log))
            if status is not None:
                raise LocalHubFailed(reason="exited", lines=_last_lines(log), status=status)
            if time.monotonic() > deadline:
                raise LocalHubFailed(reason="timeout", lines=_last_lines(log))
            work.wait(0.05)
        raise LocalHubFailed(reason="exited")

    def _kept_port(self) -> int:
        try:
            return int((self._data / "port").read_text("ascii"))
        except (OSError, ValueError):
            return 0


def _own_command() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        return (sys.executable, "--hub")
    return (sys.executable, "-P", "-m", "firstlight_hub")  # -P: what lies in the folder that somebody works in is no part of it


def _read_info(line: bytes, lines: str) -> LocalHubInfo:
    try:
        raw = json.loads(line)
        accounts = tuple(DemoAccount(str(a["name"]), str(a["email"]), str(a["password"]), bool(a["staff"])) for a in raw["accounts"])
        return LocalHubInfo(str(raw["url"]).rstrip("/"), accounts, str(raw["code"]))
    except (ValueError, KeyError, TypeError) as error:
        raise LocalHubFailed(reason="exited", lines=lines) from error


def _last_lines(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-_LAST_LINES:])


def _private(path: Path) -> IO[bytes]:
    """A new, empty file that only this user reads: the first words hold the demo's passwords."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
