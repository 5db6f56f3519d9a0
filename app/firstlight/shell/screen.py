# SPDX-License-Identifier: Apache-2.0
"""Whether Qt can open a window here, found out before Qt is asked: Qt aborts the whole process where it cannot."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

APT = (
    "sudo apt-get install -y --no-install-recommends libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 "
    "libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 "
    "libxcb-xinerama0 fonts-noto-cjk"
)
"""What a bare Debian or Ubuntu server lacks; the README names the same line."""
PACKAGE = "PySide6"
"""What `missing` names where Qt itself was not installed."""


class Screen(NamedTuple):
    """`platform` is what QT_QPA_PLATFORM should be ("" leaves Qt its choice); `missing` names a library that is not there."""

    has_screen: bool
    platform: str = ""
    missing: str = ""
    why: str = ""


def look(env: Mapping[str, str] | None = None) -> Screen:
    """What this session offers. Opens no window and starts no Qt."""
    env = os.environ if env is None else env
    missing = _missing_library()
    if missing:
        return Screen(False, missing=missing, why="library")
    asked = env.get("QT_QPA_PLATFORM", "")
    if asked:
        is_none = asked.startswith(("offscreen", "minimal"))
        return Screen(not is_none, asked, why=f"QT_QPA_PLATFORM is {asked}" if is_none else "")
    if sys.platform != "linux":
        return Screen(True)
    if env.get("WAYLAND_DISPLAY") and _socket(env).exists():
        return Screen(True)
    if not env.get("DISPLAY"):
        return Screen(False, "offscreen", why="no display")
    missing = _cannot_load(_plugin("libqxcb.so"))
    if missing:
        return Screen(False, missing=missing, why="library")
    if not _x_answers(env["DISPLAY"]):
        return Screen(False, "offscreen", why="the display does not answer")
    return Screen(True, "xcb")


def _socket(env: Mapping[str, str]) -> Path:
    return Path(env.get("XDG_RUNTIME_DIR", "/nonexistent")) / env["WAYLAND_DISPLAY"]


def _missing_library() -> str:
    """The library without which QtWidgets cannot even be imported, "" when all is there."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ModuleNotFoundError:
        return PACKAGE
    except ImportError as error:
        return str(error).split(":")[0]
    return ""


def _plugin(name: str) -> Path | None:
    spec = importlib.util.find_spec("PySide6")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "Qt" / "plugins" / "platforms" / name
        if path.exists():
            return path
    return None


def _cannot_load(plugin: Path | None) -> str:
    if plugin is None:
        return ""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return str(error).split(":")[0]
    return ""


def _x_answers(display: str) -> bool:
    """Ask the X server once through libxcb, which answers with an error where Qt would abort."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    try:
        return bool(connection) and not xcb.xcb_connection_has_error(connection)
    finally:
        if connection:
            xcb.xcb_disconnect(connection)
