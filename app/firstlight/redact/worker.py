# SPDX-License-Identifier: Apache-2.0
"""A process of its own for each file: a hostile log cannot take the window's memory or time, and stopping it is a kill.

Spawned, not forked: the window has threads. A frozen program must call multiprocessing.freeze_support() first thing.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.work import Progress, Work
from firstlight.redact.errors import WorkerDied

_POLL_S = 0.05
_BEAT_S = 1.0


@dataclass(frozen=True)
class Limits:
    """What a process may take: memory (where the system can limit it), and how long it may be silent while it works."""

    memory_bytes: int = 1 << 30
    silence_s: float = 60.0


_TASKS = {"redact": ("firstlight.redact.mask", "redact_all"), "survey": ("firstlight.redact.survey", "survey")}


def run(task: str, args: tuple[Any, ...], work: Work, limits: Limits = Limits()) -> Any:
    """Run a task of this room in a new process and wait. Raises what it raised, WorkerDied when it ended without an answer or hung."""
    work.check()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_main, args=(theirs, task, args, limits.memory_bytes), daemon=True, name=f"firstlight-{task}")
    process.start()
    theirs.close()
    try:
        return _wait(ours, process, args, work, limits.silence_s)
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        process.close()
        ours.close()


def _wait(ours: Connection, process: Any, args: tuple[Any, ...], work: Work, silence_s: float) -> Any:
    name = args[0].name if isinstance(args[0], Path) else args[0][0].source.name
    heard = time.monotonic()
    while True:
        work.check()
        try:
            if not ours.poll(_POLL_S):
                if time.monotonic() - heard > silence_s:
                    raise WorkerDied(name=name, status=None)
                continue
            heard = time.monotonic()
            what, value = ours.recv()
        except (EOFError, OSError) as error:
            process.join()
            raise WorkerDied(name=name, status=process.exitcode) from error
        if what == "progress":
            work.say(*value)
        elif what == "beat":
            continue
        elif what == "done":
            return value
        else:
            kind, facts = value
            raise kind(**facts)


class _Telling(Work):
    """Progress goes through the pipe, at most every hundredth of the way, and each second a sign of life."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self._pipe = pipe
        self._told = 0
        self._beat = time.monotonic()

    def check(self) -> None:
        """Asked for each piece of a text."""
        super().check()
        if time.monotonic() - self._beat >= _BEAT_S:
            self._beat = time.monotonic()
            self._pipe.send(("beat", None))

    def _said(self, progress: Progress) -> None:
        if progress.done - self._told >= max(1, progress.total // 100):
            self._told = progress.done
            self._pipe.send(("progress", (progress.stage, progress.done, progress.total)))


def _main(pipe: Connection, task: str, args: tuple[Any, ...], memory_bytes: int) -> None:
    """In the new process."""
    _limit_memory(memory_bytes)
    module, name = _TASKS[task]
    try:
        answer = ("done", getattr(importlib.import_module(module), name)(*args, work=_Telling(pipe)))
    except Cancelled:
        return
    except FirstlightError as error:
        answer = ("failed", (type(error), error.facts))
    except MemoryError:
        # Said by silence, as a kill by the system is: the window hears WorkerDied.
        return
    # The window is gone: nobody is left to hear it.
    with contextlib.suppress(BrokenPipeError):
        pipe.send(answer)


def _limit_memory(memory_bytes: int) -> None:
    if sys.platform.startswith("linux"):
        import resource  # noqa: PLC0415  # only there on Unix

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard))
