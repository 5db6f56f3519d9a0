# SPDX-License-Identifier: Apache-2.0
"""A real X11 desktop for tests: Xvfb with a window manager and two monitors, a mouse and a keyboard, and programs of ours on it."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PROGRAMS = ("Xvfb", "openbox", "xdotool", "xrandr")
WIDTH, HEIGHT = 3600, 1300
MONITORS = {"LEFT": (0, 0, 2000, 1300), "RIGHT": (2000, 0, 1600, 1080)}
"""Left, top, width, height in pixels."""
SCALES = {
    "100": {},
    "150": {"QT_SCALE_FACTOR": "1.5"},
    "200": {"QT_SCALE_FACTOR": "2"},
    "mixed": {"QT_SCREEN_SCALE_FACTORS": "LEFT=1;RIGHT=1.5"},
}


def is_installed() -> bool:
    """Whether the system has what this needs (Debian: xvfb openbox xdotool x11-xserver-utils)."""
    return all(shutil.which(program) for program in PROGRAMS)


class Desktop:
    """A running desktop; `env` leads programs to it."""

    def __init__(self, display: str, env: dict[str, str]) -> None:
        self.display = display
        self.env = env

    def do(self, *arguments: str | int) -> str:
        """Mouse and keyboard, in pixels of the desktop: what xdotool takes."""
        done = subprocess.run(["xdotool", *map(str, arguments)], env=self.env, capture_output=True, text=True, timeout=30, check=True)
        return done.stdout

    def drag(self, *places: tuple[float, float], let_go: bool = True) -> None:
        """Press at the first place, go over the others, let go at the last."""
        (x, y), *rest = [(round(a), round(b)) for a, b in places]
        self.do("mousemove", "--sync", x, y, "mousedown", 1)
        for a, b in rest:
            self.do("mousemove", "--sync", a, b)
        if let_go:
            self.do("mouseup", 1)


class Program:
    """One of ours on the desktop: lines come from it, lines go to it."""

    def __init__(
        self, desktop: Desktop, script: str, *arguments: str | Path, scale: str = "100", env: dict[str, str] | None = None
    ) -> None:
        self.errors: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, str(TESTS / "fakes" / script), *map(str, arguments)],
            env={**desktop.env, **SCALES[scale], **(env or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._threads = [threading.Thread(target=self._read), threading.Thread(target=self._read_errors)]
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put("")

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors.extend(self.process.stderr)

    def heard(self, beginning: str, limit_s: float = 30) -> str:
        """The rest of the next line that begins so; others before it are dropped."""
        while True:
            try:
                line = self._lines.get(timeout=limit_s)
            except queue.Empty:
                raise AssertionError(f"never said {beginning!r}\n{''.join(self.errors)}") from None
            if line.startswith(beginning):
                return line[len(beginning) :].strip()
            assert line or self.process.poll() is None, f"ended before it said {beginning!r}\n{''.join(self.errors)}"

    def tell(self, line: str) -> None:
        """A line to it."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """As the power would."""
        self.process.kill()
        self.close()

    def close(self) -> None:
        """End it, however it is."""
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join(10)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                stream.close()  # type: ignore[union-attr]


@contextlib.contextmanager
def desktop(*, monitors: bool = True) -> Iterator[Desktop]:
    """A new one, on a display of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = f":{pipe.readline().strip()}"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QT_", "WAYLAND_", "XDG_SESSION"))}
    path = os.pathsep.join([str(TESTS.parent / "app"), str(TESTS)])
    env = {**kept, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": path}
    manager = subprocess.Popen(["openbox"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for at, (name, (x, y, w, h)) in enumerate(MONITORS.items() if monitors else ()):
            place = f"{w}/{w // 4}x{h}/{h // 4}+{x}+{y}"
            subprocess.run(["xrandr", "--setmonitor", name, place, "none" if at else "screen"], env=env, check=True, capture_output=True)
        made = Desktop(display, env)
        made.do("mousemove", "--sync", 5, HEIGHT - 5)
        yield made
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)
