# SPDX-License-Identifier: Apache-2.0
"""The windows of an X11 desktop: where each stands and what it is called, by libxcb, which every X11 desktop with Qt has.

Read-only. xcb answers errors with nothing instead of ending the program, as Xlib does, when a window goes while it is asked.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from firstlight.devices.tool import clean

_MOST_WINDOWS = 500
_LONGEST_TITLE = 200
_VIEWABLE = 2
_ANY = 0


@dataclass(frozen=True)
class OpenWindow:
    """A window as it is seen: left, top, width and height in pixels of the whole desktop, its frame included."""

    id: int
    title: str
    x: int
    y: int
    w: int
    h: int


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Roots(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


def windows(display: str = "") -> tuple[OpenWindow, ...]:
    """Windows that are seen, the topmost first; () where there is no X11 or no window manager that lists them."""
    try:
        with _connected(display) as desktop:
            return tuple(desktop.windows())
    except OSError:
        return ()


@contextmanager
def _connected(display: str) -> Iterator[_Desktop]:
    name = ctypes.util.find_library("xcb") or "libxcb.so.1"
    xcb = ctypes.CDLL(name)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode() or None, None))
    try:
        if xcb.xcb_connection_has_error(connection):
            raise OSError("no X server")
        yield _Desktop(xcb, connection)
    finally:
        xcb.xcb_disconnect(connection)


class _Desktop:
    def __init__(self, xcb: Any, connection: ctypes.c_void_p) -> None:
        self._xcb = xcb
        self._connection = connection
        self._free = ctypes.CDLL(None).free
        self._free.argtypes = (ctypes.c_void_p,)
        xcb.xcb_get_setup.restype = ctypes.c_void_p
        xcb.xcb_setup_roots_iterator.restype = _Roots
        xcb.xcb_setup_roots_iterator.argtypes = (ctypes.c_void_p,)
        roots = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection))
        self._root = int(roots.data[0])
        self._atoms: dict[str, int] = {}

    def windows(self) -> Iterator[OpenWindow]:
        listed = self._numbers(self._root, "_NET_CLIENT_LIST_STACKING") or self._numbers(self._root, "_NET_CLIENT_LIST")
        for window in reversed(listed[-_MOST_WINDOWS:]):
            if self._is_seen(window) and (found := self._look(window)) is not None:
                yield found

    def _is_seen(self, window: int) -> bool:
        attributes = self._ask("xcb_get_window_attributes", 44, ctypes.c_uint32(window))
        if len(attributes) < 27 or attributes[26] != _VIEWABLE:
            return False
        if self._atom("_NET_WM_STATE_HIDDEN") in self._numbers(window, "_NET_WM_STATE"):
            return False
        return self._atom("_NET_WM_WINDOW_TYPE_DESKTOP") not in self._numbers(window, "_NET_WM_WINDOW_TYPE")

    def _look(self, window: int) -> OpenWindow | None:
        size = self._ask("xcb_get_geometry", 24, ctypes.c_uint32(window))
        root, zero = ctypes.c_uint32(self._root), ctypes.c_int16(0)
        place = self._ask("xcb_translate_coordinates", 16, ctypes.c_uint32(window), root, zero, zero)
        if not size or not place:
            return None
        width, height = struct.unpack_from("=HH", size, 16)
        x, y = struct.unpack_from("=hh", place, 12)
        left, right, top, bottom = (*self._numbers(window, "_NET_FRAME_EXTENTS"), 0, 0, 0, 0)[:4]
        # A window that draws its own frame counts its shadow as part of itself.
        in_left, in_right, in_top, in_bottom = (*self._numbers(window, "_GTK_FRAME_EXTENTS"), 0, 0, 0, 0)[:4]
        left, right, top, bottom = left - in_left, right - in_right, top - in_top, bottom - in_bottom
        if any(abs(v) > 500 for v in (left, right, top, bottom)):
            left = right = top = bottom = 0
        title = self._text(window, "_NET_WM_NAME") or self._text(window, "WM_NAME")
        return OpenWindow(window, title, x - left, y - top, width + left + right, height + top + bottom)

    def _text(self, window: int, name: str) -> str:
        return " ".join(clean(self._property(window, name).decode("utf-8", "replace")).split())[:_LONGEST_TITLE]

    def _numbers(self, window: int, name: str) -> list[int]:
        data = self._property(window, name)
        return list(struct.unpack(f"={len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _property(self, window: int, name: str) -> bytes:
        """At most 16 KiB of it."""
        asked = (ctypes.c_uint8(0), *map(ctypes.c_uint32, (window, self._atom(name), _ANY, 0, 4096)))
        return self._ask("xcb_get_property", 32, *asked, has_value=True)

    def _atom(self, name: str) -> int:
        if name not in self._atoms:
            text = name.encode()
            answer = self._ask("xcb_intern_atom", 12, ctypes.c_uint8(0), ctypes.c_uint16(len(text)), ctypes.c_char_p(text))
            self._atoms[name] = struct.unpack_from("=I", answer, 8)[0] if answer else 0
        return self._atoms[name]

    def _ask(self, request: str, size: int, *arguments: Any, has_value: bool = False) -> bytes:
        """The answer's first `size` bytes, or with `has_value` what follows them; b"" when the server refused."""
        ask, answer = getattr(self._xcb, request), getattr(self._xcb, f"{request}_reply")
        ask.restype = _Cookie
        answer.restype = ctypes.c_void_p
        answer.argtypes = (ctypes.c_void_p, _Cookie, ctypes.c_void_p)
        reply = answer(self._connection, ask(self._connection, *arguments), None)
        if not reply:
            return b""
        try:
            head = ctypes.string_at(reply, size)
            if not has_value:
                return head
            # Never more than the server said it sent: `length` counts words of four bytes after the head.
            length = min(head[1] // 8 * struct.unpack_from("=I", head, 16)[0], struct.unpack_from("=I", head, 4)[0] * 4)
            return ctypes.string_at(reply + size, length)
        finally:
            self._free(reply)
