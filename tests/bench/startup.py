# SPDX-License-Identifier: Apache-2.0
"""From exec to the first mapped window: Firstlight beside a bare PySide6 window, interleaved, on a private X server.

usage: python tests/bench/startup.py [--rounds 10] [--command firstlight]
Prints medians and the ratio (goal 1.5). Needs Xvfb. A round starts each program once, in turns, so that the machine's moods
meet both.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HELLO = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv)
label = QLabel("hello")
label.resize(1180, 760)
label.show()
sys.exit(app.exec())
"""
MAP_NOTIFY = 19
SUBSTRUCTURE_NOTIFY = 1 << 19


class Screen:
    """A private Xvfb whose root window tells us when a window of some size is mapped."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"], pass_fds=(write,), stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            self.name = f":{pipe.readline().strip()}"
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XSelectInput.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long]
        self._x.XPending.argtypes = [ctypes.c_void_p]
        self._x.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self._x.XConnectionNumber.argtypes = [ctypes.c_void_p]
        self._display = self._x.XOpenDisplay(self.name.encode())
        self._x.XSelectInput(self._display, self._x.XDefaultRootWindow(self._display), SUBSTRUCTURE_NOTIFY)
        self._x.XPending(self._display)

    def settle(self) -> None:
        """Forget what the window before left: half a second without any event."""
        event = (ctypes.c_char * 256)()
        number = self._x.XConnectionNumber(self._display)
        while self._x.XPending(self._display) or select.select([number], [], [], 0.5)[0]:
            self._x.XNextEvent(self._display, event)

    def wait_for_window(self, limit_s: float) -> float:
        """The moment (perf_counter) at which the next window was mapped."""
        event = (ctypes.c_char * 256)()
        until = time.perf_counter() + limit_s
        while time.perf_counter() < until:
            if self._x.XPending(self._display):
                self._x.XNextEvent(self._display, event)
                if int.from_bytes(event[0:4], sys.byteorder) == MAP_NOTIFY:
                    return time.perf_counter()
                continue
            select.select([self._x.XConnectionNumber(self._display)], [], [], 0.2)
        raise TimeoutError("no window came")

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(5)


def once(screen: Screen, command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first window, and resident MB two seconds later (when everything that loads afterwards is there)."""
    screen.settle()
    began = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        took = screen.wait_for_window(30) - began
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            pass
        status = Path(f"/proc/{process.pid}/status").read_text()
        rss = next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
    finally:
        process.kill()
        process.wait()
    return took, rss


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--command", default=shutil.which("firstlight", path=str(Path(sys.executable).parent)) or "firstlight")
    args = parser.parse_args()
    screen = Screen()
    home = Path(tempfile.mkdtemp())
    hello = home / "hello.py"
    hello.write_text(HELLO)
    env = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "PYTHONDONTWRITEBYTECODE")} | {
        "DISPLAY": screen.name,
        "FIRSTLIGHT_HOME": str(home / "profile"),
        "HOME": str(home),
    }
    programs = {"hello": [sys.executable, str(hello)], "firstlight": [args.command]}
    times: dict[str, list[float]] = {name: [] for name in programs}
    memory: dict[str, list[float]] = {name: [] for name in programs}
    try:
        for name, command in programs.items():
            once(screen, command, env)  # the first run of each fills the disk's cache
        for _ in range(args.rounds):
            for name, command in programs.items():
                took, rss = once(screen, command, env)
                times[name].append(took)
                memory[name].append(rss)
    finally:
        screen.close()
        shutil.rmtree(home, ignore_errors=True)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, values in times.items():
        print(f"{name:12} {medians[name] * 1000:5.0f} ms  ({min(values) * 1000:.0f}-{max(values) * 1000:.0f})  {statistics.median(memory[name]):.0f} MB")
    ratio = medians["firstlight"] / medians["hello"]
    print(f"ratio {ratio:.2f} (goal 1.5)")
    print(json.dumps({"ratio": round(ratio, 3), "ms": {n: round(v * 1000) for n, v in medians.items()}}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
