# SPDX-License-Identifier: Apache-2.0
"""The process that writes. One JSON object a line: the job comes in on standard input, news go out on standard output.

    in    {"image": PATH, "target": TARGET, "bmap": PATH|"", "sha256": HEX|"",
           "expect": {"serial", "size", "seq"}, "allow": [REASON…], "fd": N|null}
          {"stop": true}                      stop at the next safe place; the end of standard input means the same
    out   {"event": "begin", "serial", "size", "capacity"}        everything was checked; the next byte is written
          {"event": "moved", "stage", "done", "total", "per_s", "left_s", "limit"}
          {"event": "done", "size", "sent", "sha256", "verified", "by_map", "seconds", "limit"}
          {"event": "fault", "code", "facts"}     code "cancelled" for a stop

Rights: this process never asks for any. On Linux whoever started it hands over an open descriptor (`fd`) that came from udisks2 or from
`pkexec` (`rights.py`), so nothing of ours but one open() ever runs as root. Written down, not tested on a real system: macOS hands over a
descriptor the same way (`authopen -stdoutpipe -o 2 /dev/rdiskN` after `diskutil unmountDisk`); Windows has no descriptors to hand over, so
there this module itself is started by ShellExecute "runas", with two named pipes for its lines, locks and dismounts each volume
(FSCTL_LOCK_VOLUME, FSCTL_DISMOUNT_VOLUME), and opens \\\\.\\PhysicalDriveN unbuffered.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn, TextIO

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.imaging.disk import Identity, Why
from firstlight.imaging.errors import WriterFailed
from firstlight.imaging.pace import Moved
from firstlight.imaging.runs import look
from firstlight.imaging.target import Rules, open_target
from firstlight.imaging.write import write

_MAX_JOB = 64 * 1024


def main(source: TextIO, sink: TextIO) -> int:
    """Read one job, do it, tell about it; 0 when it was done."""
    out = _Out(sink)
    try:
        job = read_job(source.readline(_MAX_JOB))
        work = Work()
        threading.Thread(target=_listen, args=(source, work), name="stop", daemon=True).start()
        _do(job, work, out)
    except FirstlightError as error:
        out.say(event="fault", code=error.code, facts={k: v if isinstance(v, int) else str(v) for k, v in error.facts.items()})
        return 1
    return 0


def read_job(line: str) -> dict[str, Any]:
    """A job of one line; WriterFailed `words` when it is none."""
    try:
        job = json.loads(line)
        known = {
            "image": str(job["image"]),
            "target": str(job["target"]),
            "bmap": str(job.get("bmap") or ""),
            "sha256": str(job.get("sha256") or ""),
            "expect": Identity(**{k: v for k, v in (job.get("expect") or {}).items() if k in ("serial", "size", "seq")}),
            "allow": frozenset(Why(w) for w in job.get("allow") or ()),
            "fd": job.get("fd"),
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WriterFailed(reason="words") from error
    if known["fd"] is not None and (not isinstance(known["fd"], int) or known["fd"] < 3):
        raise WriterFailed(reason="words")
    return known


def _do(job: dict[str, Any], work: Work, out: _Out) -> None:
    image = Path(job["image"])
    seen = look(image, work)
    medium = open_target(job["target"], work, Rules(job["expect"], job["allow"]), image=image, need=seen.size, fd=job["fd"])
    try:
        written = write(
            image,
            medium,
            work,
            bmap=Path(job["bmap"]) if job["bmap"] else None,
            sha256=job["sha256"],
            on_progress=out.moved,
            before_first_byte=lambda: out.say(event="begin", serial=medium.serial, size=seen.size, capacity=medium.capacity),
        )
    finally:
        medium.close()
    out.say(event="done", **asdict(written))


def _listen(source: TextIO, work: Work) -> None:
    """A stop, or the end of whoever started us."""
    for line in source:
        if '"stop"' in line:
            break
    work.cancel()


class _Out:
    def __init__(self, sink: TextIO) -> None:
        self._sink = sink
        self._lock = threading.Lock()

    def say(self, **news: object) -> None:
        """One line."""
        with self._lock:
            self._sink.write(json.dumps(news) + "\n")
            self._sink.flush()

    def moved(self, moved: Moved) -> None:
        """Progress."""
        self.say(event="moved", **asdict(moved))


def run() -> NoReturn:
    """As a process of its own."""
    status = main(sys.stdin, sys.stdout)
    # A thread may hang in a call of a dead reader, which no Python can end: leave without waiting for it.
    sys.stdout.flush()
    os._exit(status)
