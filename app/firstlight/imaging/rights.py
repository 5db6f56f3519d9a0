# SPDX-License-Identifier: Apache-2.0
"""Getting an open descriptor of a disk that this user may not open: the desktop asks for the password, one open() runs with more rights.

Linux, in this order: udisks2 (`OpenDevice` over the system's D-Bus, which asks by itself), then `pkexec` with `opener.py`. The window and
the writer themselves never become root. Untested on a real desktop with its password dialogs: the tests stand in for both programs.
macOS (`authopen`) and Windows (`runas`) are described in `writer.py` and not built.
"""

from __future__ import annotations

import array
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from firstlight.base.work import Work
from firstlight.imaging.errors import TargetBusy, TargetDenied, TargetRefused

Opener = Callable[[str, Work], int]
"""Path of a disk -> descriptor, open for reading and writing, for us alone; ImagingError."""
_PATIENCE_S = 180.0
"""How long somebody may look for the password."""


def open_disk(path: str, work: Work) -> int:
    """See Opener; TargetDenied when nobody may or somebody says no."""
    for way in (by_udisks, by_pkexec):
        work.check()
        fd = way(path)
        if fd is not None:
            return fd
    raise TargetDenied(path=path)


def by_udisks(path: str) -> int | None:
    """Ask udisks2 for a descriptor; None when it is not there or does not know the disk. TargetDenied, TargetBusy."""
    if not sys.platform.startswith("linux"):
        return None
    from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]  # noqa: PLC0415  # heavy: only where a disk needs it
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # noqa: PLC0415  # as above
    from jeepney.wrappers import DBusErrorResponse, unwrap_msg  # type: ignore[import-untyped]  # noqa: PLC0415  # as above

    name = path.removeprefix("/dev/")
    if not name.replace("_", "").isalnum():
        return None
    block = DBusAddress(f"/org/freedesktop/UDisks2/block_devices/{name}", "org.freedesktop.UDisks2", "org.freedesktop.UDisks2.Block")
    flags = {"flags": ("i", os.O_EXCL | getattr(os, "O_CLOEXEC", 0))}
    try:
        connection = open_dbus_connection("SYSTEM", enable_fds=True)
    except (OSError, KeyError, ValueError):
        return None
    try:
        with connection:
            answer = connection.send_and_get_reply(new_method_call(block, "OpenDevice", "sa{sv}", ("rw", flags)), timeout=_PATIENCE_S)
            (handle,) = unwrap_msg(answer)
            return int(handle.to_raw_fd())
    except DBusErrorResponse as error:
        if any(w in error.name for w in ("NotAuthorized", "Dismissed", "AccessDenied")):
            raise TargetDenied(path=path) from error
        if "DeviceBusy" in error.name:
            raise TargetBusy(path=path) from error
        return None
    except (OSError, TimeoutError):
        return None


def by_pkexec(path: str) -> int | None:
    """Let polkit run our opener, which sends the descriptor back over a socket; None when there is no pkexec."""
    pkexec = shutil.which("pkexec")
    if pkexec is None or getattr(sys, "frozen", False):
        return None  # a bundle has no Python that could run the opener; there udisks2 does it
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with ours, theirs:
        command = (pkexec, sys.executable, "-I", str(Path(__file__).resolve().with_name("opener.py")), path)
        with subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            theirs.close()
            ours.settimeout(_PATIENCE_S)
            fd = _take(ours)
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            if process.poll() is None:
                process.kill()
        if fd is not None:
            return fd
        if process.returncode == 3:
            raise TargetBusy(path=path)
        if process.returncode == 4:
            raise TargetRefused(path=path, reason="missing")
        raise TargetDenied(path=path)


def _take(ours: socket.socket) -> int | None:
    """The descriptor that comes as ancillary data; None when the other side hangs up instead."""
    fds = array.array("i")
    try:
        _, ancillary, _, _ = ours.recvmsg(1, socket.CMSG_SPACE(fds.itemsize))
    except OSError:
        return None
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            fds.frombytes(data[: len(data) - len(data) % fds.itemsize])
    return fds[0] if fds else None
