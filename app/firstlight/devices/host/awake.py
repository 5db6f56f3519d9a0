# SPDX-License-Identifier: Apache-2.0
"""Hold sleep off while a device is written: a PC that falls asleep in the middle looks like a cable that was pulled.

    with awake("writing a card") as held:
        held.is_held, held.by, held.why

Linux: logind's `Inhibit` over the system's D-Bus, else the program `systemd-inhibit`; macOS: `caffeinate`; Windows:
SetThreadExecutionState. Never raises: where nothing can be held, `is_held` is False and says why, and whoever shows the page says so
too. macOS and Windows are untested on a real one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

_WHAT = "sleep:idle:handle-lid-switch"
_WHO = "Firstlight"
_ANSWER_S = 5.0
_LEAST_S = 0.3
"""A helper program that ends sooner than this has refused."""
_ES_CONTINUOUS, _ES_SYSTEM_REQUIRED = 0x80000000, 0x00000001


@dataclass(frozen=True)
class Held:
    """Whether sleep is held off; `by`: logind | systemd-inhibit | caffeinate | windows; `why` not, otherwise."""

    is_held: bool
    by: str = ""
    why: str = ""


Release = Callable[[], None]
Way = Callable[[str], tuple[Held, Release] | None]
"""Reason -> what is held and how to let go; None when this way does not exist here."""


@contextmanager
def awake(reason: str, ways: tuple[Way, ...] = ()) -> Iterator[Held]:
    """Hold sleep off until the block ends. The first way that works is taken; `ways` are those of this system unless given."""
    for way in ways or _ways():
        found = way(reason[:200])
        if found is None:
            continue
        held, release = found
        try:
            yield held
        finally:
            release()
        return
    yield Held(False, why="nothing on this PC lets a program hold sleep off")


def _ways() -> tuple[Way, ...]:
    if sys.platform == "darwin":
        return (_caffeinate,)
    if sys.platform == "win32":
        return (_windows,)
    return (by_logind, by_program)


def by_logind(reason: str) -> tuple[Held, Release] | None:
    """A descriptor from logind; closing it lets go, also when this program is killed."""
    from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]  # noqa: PLC0415  # heavy: only while something is written
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # noqa: PLC0415  # as above
    from jeepney.wrappers import DBusErrorResponse, unwrap_msg  # type: ignore[import-untyped]  # noqa: PLC0415  # as above

    logind = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")
    try:
        connection = open_dbus_connection("SYSTEM", enable_fds=True)
    except (OSError, KeyError, ValueError):
        return None
    try:
        with connection:
            call = new_method_call(logind, "Inhibit", "ssss", (_WHAT, _WHO, reason, "block"))
            (handle,) = unwrap_msg(connection.send_and_get_reply(call, timeout=_ANSWER_S))
            fd = int(handle.to_raw_fd())
    except (DBusErrorResponse, OSError, TimeoutError, AttributeError, ValueError):
        return None

    def release() -> None:
        with suppress(OSError):
            os.close(fd)

    return Held(True, "logind"), release


def by_program(reason: str) -> tuple[Held, Release] | None:
    """`systemd-inhibit`, which holds as long as the program that it runs: one that waits for the end of its input."""
    path = shutil.which("systemd-inhibit")
    if path is None:
        return None
    return _while_it_runs("systemd-inhibit", path, f"--what={_WHAT}", f"--who={_WHO}", f"--why={reason}", "--mode=block", "cat")


def _caffeinate(_: str) -> tuple[Held, Release] | None:
    path = shutil.which("caffeinate")
    return _while_it_runs("caffeinate", path, "-i", "-s", "-w", str(os.getpid())) if path else None


def _while_it_runs(name: str, *command: str) -> tuple[Held, Release] | None:
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return None

    def release() -> None:
        if process.stdin is not None:
            process.stdin.close()
        process.terminate()
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    try:
        process.wait(_LEAST_S)
    except subprocess.TimeoutExpired:
        return Held(True, name), release
    release()
    return None


def _windows(_: str) -> tuple[Held, Release] | None:
    import ctypes  # noqa: PLC0415  # Windows alone

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  there is no such name on other systems
    if not kernel.SetThreadExecutionState(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED):
        return None
    # The state belongs to this thread: the block begins and ends in one.
    return Held(True, "windows"), lambda: kernel.SetThreadExecutionState(_ES_CONTINUOUS)
