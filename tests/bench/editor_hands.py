# SPDX-License-Identifier: Apache-2.0
"""A screen of its own for a bench, a mouse and a keyboard on it, and what a program costs while they are used.

The mouse is XTEST's, spoken to directly: xdotool starts a process for each step, and its own time would stand between two steps.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

QUIET_S = 0.012
"""A program that has not run for so long has done what the step asked of it."""


@contextlib.contextmanager
def private_screen(width: int, height: int) -> Iterator[dict[str, str]]:
    """An X server of that size with a window manager and a home of its own; the environment that leads to it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe, tempfile.TemporaryDirectory() as home:
        # Whoever starts the bench has settings of his own in his home, and a scale for his screen: neither counts here.
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("QT_", "WAYLAND_", "XDG_"))}
        runtime = Path(home) / "run"
        runtime.mkdir(mode=0o700)
        homes = {"HOME": home, "XDG_CONFIG_HOME": f"{home}/.config", "XDG_RUNTIME_DIR": str(runtime), "XDG_CURRENT_DESKTOP": "X-Generic"}
        env = {**kept, **homes, "DISPLAY": f":{pipe.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        manager = subprocess.Popen(["openbox"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield env
        finally:
            for process in (manager, server):
                process.terminate()
                process.wait(10)


class _Image(ctypes.Structure):
    """The head of Xlib's XImage, as far as it is read."""

    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("byte_order", ctypes.c_int),
        ("bitmap_unit", ctypes.c_int),
        ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("bytes_per_line", ctypes.c_int),
    )


class Hands:
    """A mouse and a keyboard on the display of an environment; and eyes, to see that something happened."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst") or "libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        if not self._display:
            raise OSError(f"no X server at {display}")
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def move(self, x: float, y: float) -> None:
        """The pointer there."""
        self._test.XTestFakeMotionEvent(self._display, -1, round(x), round(y), ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def button(self, is_down: bool) -> None:
        """The left button."""
        self._test.XTestFakeButtonEvent(self._display, 1, int(is_down), ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def key(self, *names: str) -> None:
        """Pressed together, let go together."""
        codes = [self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(self._x.XStringToKeysym(n.encode()))) for n in names]
        for is_down, those in ((1, codes), (0, codes[::-1])):
            for code in those:
                self._test.XTestFakeKeyEvent(self._display, code, is_down, ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def seen(self, x: int, y: int, w: int, h: int) -> bytes:
        """The pixels that the screen shows there."""
        found = self._x.XGetImage(self._display, self._root, x, y, w, h, ctypes.c_ulong(0xFFFFFFFF), 2)
        return ctypes.string_at(found.contents.data, found.contents.bytes_per_line * h)

    def close(self) -> None:
        """Leave the display."""
        self._x.XCloseDisplay(self._display)


class Watched:
    """A program that was started on the screen, with all its children: what they cost."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.began = time.perf_counter()
        self._process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self._last: dict[int, float] = {}

    @property
    def has_ended(self) -> bool:
        """Whether it is gone."""
        return self._process.poll() is not None

    def pids(self) -> set[int]:
        """The process and all below it."""
        found, queue = set(), [self._process.pid]
        while queue:
            one = queue.pop()
            found.add(one)
            with contextlib.suppress(OSError):
                for task in Path(f"/proc/{one}/task").iterdir():
                    queue += [int(p) for p in (task / "children").read_text().split()]
        return found

    def cpu_ms(self) -> float:
        """Processor time from the start, by the kernel's ticks of 10 ms; of who has ended, what was last seen."""
        for pid in self.pids():
            with contextlib.suppress(OSError, ValueError):
                user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
                self._last[pid] = (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")
        return sum(self._last.values())

    def exact_ms(self) -> float:
        """Processor time of all threads that live, by the scheduler's nanoseconds: for what takes less than a tick."""
        total = 0
        for pid in self.pids():
            with contextlib.suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    total += int((task / "schedstat").read_text().split()[0])
        return total / 1e6

    def settled(self, quiet_s: float = QUIET_S, most_s: float = 3.0) -> float:
        """Wait until it has rested for a while; its exact time then."""
        last, since = self.exact_ms(), time.perf_counter()
        end = since + most_s
        while time.perf_counter() < end:
            time.sleep(0.002)
            now = self.exact_ms()
            if now != last:
                last, since = now, time.perf_counter()
            elif time.perf_counter() - since >= quiet_s:
                break
        return last

    def resident_mb(self) -> float:
        """Resident memory of the largest of its processes."""
        sizes = [0.0]
        for pid in self.pids():
            with contextlib.suppress(OSError):
                sizes.append(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20))
        return max(sizes)

    def window(self, env: dict[str, str]) -> str:
        """Its window that is no icon, "" as long as there is none."""
        for pid in self.pids():
            done = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(pid)], env=env, capture_output=True, text=True)
            for window in done.stdout.split():
                size = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], env=env, capture_output=True, text=True).stdout
                if next((int(line.split("=")[1]) for line in size.splitlines() if line.startswith("WIDTH")), 0) > 300:
                    return window
        return ""

    def close(self) -> None:
        """End it and what it started."""
        for pid in sorted(self.pids(), reverse=True):
            with contextlib.suppress(OSError):
                os.kill(pid, 9)
        self._process.wait()
