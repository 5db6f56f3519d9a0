# SPDX-License-Identifier: Apache-2.0
"""Writing by a process of its own: started with no rights but ours, given an open disk when that needs more, followed to its end.

Who times out: here alone. A card that says nothing is told of every 20 s, and after three minutes the process is left to itself and ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.imaging import rights
from firstlight.imaging.disk import Identity, Why
from firstlight.imaging.errors import BY_CODE, WriterFailed
from firstlight.imaging.pace import Limit, Moved, Stage, Written
from firstlight.imaging.target import is_disk, may_open

_SILENT_S = 20.0
_DEAD_S = 180.0
_STOP_S = 30.0
_MAX_LINE = 64 * 1024


@dataclass(frozen=True)
class Job:
    """One image for one target. `expect` is the card that a gate has seen; `allow` are reasons that the tester has overridden."""

    image: Path
    target: str
    bmap: Path | None = None
    sha256: str = ""
    expect: Identity = field(default_factory=Identity)
    allow: frozenset[Why] = frozenset()

    def line(self, fd: int | None) -> str:
        """As the writer reads it."""
        return json.dumps(
            {
                "image": str(self.image.absolute()),
                "target": self.target,
                "bmap": str(self.bmap.absolute()) if self.bmap else "",
                "sha256": self.sha256,
                "expect": vars(self.expect),
                "allow": sorted(self.allow),
                "fd": fd,
            }
        )


@dataclass(frozen=True)
class Watch:
    """Whom to tell.

    `begin` when the first byte is about to go, `moved` several times a second, `silent` after seconds without a word (0: it speaks again).
    """

    begin: Callable[[dict[str, Any]], None] = field(default=lambda _: None)
    moved: Callable[[Moved], None] = field(default=lambda _: None)
    silent: Callable[[int], None] = field(default=lambda _: None)


def writer_command() -> tuple[str, ...]:
    """How to start the writer: this very program.

    It gets our own search path and looks nowhere else (-P, -S): what lies in the folder that somebody works in is no part of it.
    """
    if getattr(sys, "frozen", False):
        return (sys.executable, "image", "writer")
    return (sys.executable, "-P", "-S", "-c", "from firstlight.imaging.writer import run; run()")


def write_apart(job: Job, work: Work, watch: Watch, *, command: Sequence[str] = (), opener: rights.Opener = rights.open_disk) -> Written:
    """Write by a process; ImagingError, Cancelled. The process ends with this call."""
    with _disk(job, work, opener) as fd:
        return _Run(job, work, watch, tuple(command) or writer_command(), fd).follow()


@contextlib.contextmanager
def _disk(job: Job, work: Work, opener: rights.Opener) -> Iterator[int | None]:
    """A descriptor of the disk when our own rights do not do; closed again here, the writer has its copy."""
    if not is_disk(job.target) or may_open(job.target):
        yield None
        return
    fd = opener(job.target, work)
    try:
        yield fd
    finally:
        os.close(fd)


class _Run:
    def __init__(self, job: Job, work: Work, watch: Watch, command: tuple[str, ...], fd: int | None) -> None:
        self._work, self._watch = work, watch
        self._stopping_at = 0.0
        env = dict(os.environ)
        env["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=env,
                pass_fds=(fd,) if fd is not None else (),
                # Ctrl+C is for us; we tell it.
                start_new_session=True,
            )
        except OSError as error:
            raise WriterFailed(reason="start", why=error.strerror or "") from error
        assert self._process.stdin is not None and self._process.stdout is not None
        self._lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=_read, args=(self._process.stdout, self._lines), name="card writer's words", daemon=True).start()
        self._tell(job.line(fd))

    def follow(self) -> Written:
        """Follow to the end."""
        heard, told = time.monotonic(), 0
        try:
            while True:
                if self._work.is_cancelled and not self._stopping_at:
                    self._stopping_at = time.monotonic()
                    self._tell('{"stop": true}')
                try:
                    line = self._lines.get(timeout=0.1)
                except queue.Empty:
                    silent = time.monotonic() - heard
                    if silent > _DEAD_S or (self._stopping_at and time.monotonic() - self._stopping_at > _STOP_S):
                        raise WriterFailed(reason="silent", seconds=int(silent)) from None
                    if silent > _SILENT_S * (told + 1):
                        told += 1
                        self._watch.silent(int(silent))
                    continue
                heard = time.monotonic()
                if told:
                    told = 0
                    self._watch.silent(0)
                written = self._hear(line)
                if written is not None:
                    return written
        finally:
            self._end()

    def _hear(self, line: bytes) -> Written | None:
        if not line:
            raise WriterFailed(reason="died", exit=self._process.wait())
        try:
            news = json.loads(line)
            event = news.pop("event")
            if event == "moved":
                self._watch.moved(Moved(**news | {"stage": Stage(news["stage"]), "limit": Limit(news["limit"])}))
                return None
            if event == "done":
                return Written(**news | {"limit": Limit(news["limit"])})
            if event == "begin":
                self._watch.begin(news)
                return None
            code, facts = news["code"], dict(news["facts"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WriterFailed(reason="words") from error
        if code == Cancelled.code:
            raise Cancelled
        raise BY_CODE.get(code, WriterFailed)(**facts)

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()

    def _end(self) -> None:
        """Close its input, which stops it; end it when it does not."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
            return
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            # A process that hangs in a dead reader cannot be waited for; the system takes it when the reader is pulled.
            self._process.wait(1)


def _read(stream: IO[bytes], lines: queue.Queue[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        while line := stream.readline(_MAX_LINE):
            lines.put(line)
    lines.put(b"")
    with contextlib.suppress(OSError):
        stream.close()
