# SPDX-License-Identifier: Apache-2.0
"""News of devices that come and go, without asking again and again: the kernel tells of USB and disks, the adb server of phones.

`follow` blocks until its work is cancelled; a page runs it in a lane of its own and stops it when it is hidden. Where neither the
kernel nor a server can be listened to, it looks every few seconds, which costs only while somebody looks at the page.
"""

from __future__ import annotations

import re
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.devices import adb_server
from firstlight.devices.errors import DeviceError

LOOK_EVERY_S = 4.0
"""Where nobody tells."""
_CALM_S = 0.4
"""A phone that comes makes a dozen events: they are one piece of news."""
_POLL_S = 0.5
_UEVENT = 15
"""NETLINK_KOBJECT_UEVENT."""
_KERNEL = 1
_NEWS = re.compile(rb"(?:^|\0)ACTION=(?:add|remove|change|bind|unbind)(?:\0|$)")
_OF_US = re.compile(rb"(?:^|\0)SUBSYSTEM=(?:usb|block|net|tty)(?:\0|$)")


def follow(work: Work, changed: Callable[[], None], *, adb_port: int = 0, is_adb_running: bool = False) -> None:
    """Call `changed` from this thread at every piece of news, until `work` is cancelled (Cancelled).

    `is_adb_running`: the adb server is up, so that started phones are told of; nothing here starts it.
    """
    news = threading.Event()
    inner = Work()
    teller: threading.Thread | None = None
    if is_adb_running:
        port = adb_port or adb_server.server_port()
        teller = threading.Thread(target=_tell_of_phones, args=(port, inner, news), name="news of phones", daemon=True)
        teller.start()
    line = _kernel_line()
    try:
        _pass_on(work, changed, news, line)
    finally:
        inner.cancel()
        if line is not None:
            line.close()
        if teller is not None:
            teller.join(2)


def _pass_on(work: Work, changed: Callable[[], None], news: threading.Event, line: socket.socket | None) -> None:
    looked = time.monotonic()
    while True:
        work.check()
        if line is not None:
            is_news = _hears(line)
        else:
            work.wait(_POLL_S)
            is_news = time.monotonic() - looked >= LOOK_EVERY_S
        if is_news or news.is_set():
            work.wait(_CALM_S)
            news.clear()
            if line is not None:
                _drain(line)
            looked = time.monotonic()
            changed()


def _kernel_line() -> socket.socket | None:
    """The kernel's own announcements; None where there are none, or where this program may not hear them."""
    family = getattr(socket, "AF_NETLINK", None)
    if family is None or not sys.platform.startswith("linux"):
        return None
    line: socket.socket | None = None
    try:
        line = socket.socket(family, socket.SOCK_DGRAM, _UEVENT)
        line.bind((0, _KERNEL))
    except OSError:
        if line is not None:
            line.close()
        return None
    line.settimeout(_POLL_S)
    return line


def _hears(line: socket.socket) -> bool:
    try:
        return is_news(line.recv(64 * 1024))
    except TimeoutError:
        return False
    except OSError:
        return True  # more was told than the line holds: something did happen


def is_news(message: bytes) -> bool:
    """Whether an announcement is of a thing that may be a device of ours."""
    return bool(_NEWS.search(message) and _OF_US.search(message))


def _drain(line: socket.socket) -> None:
    """What came in the moment of calm belongs to the same news."""
    line.setblocking(False)
    with suppress(OSError):
        while line.recv(64 * 1024):
            pass
    line.settimeout(_POLL_S)


def _tell_of_phones(port: int, work: Work, news: threading.Event) -> None:
    with suppress(Cancelled, DeviceError):  # without a server the kernel's news stay
        adb_server.track(port, work, news.set)
