# SPDX-License-Identifier: Apache-2.0
"""From exec to the first mapped window: Firstlight, new and with a full store, beside a bare PySide6 window, on a private X server.

usage: python tests/bench/startup.py [--rounds 10] [--command firstlight] [--idle 20]
Prints medians and ratios (goal 1.5), by the clock and by processor time (the fairer one on a busy machine), memory (goal 150 MB at
rest) and what the processor does while nobody does anything (goal 0.0 %). Needs Xvfb. A round starts each program once, in turns, so
that the machine's moods meet all of them.
"""

from __future__ import annotations

import argparse
import contextlib
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
from dataclasses import dataclass
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
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
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


@dataclass(frozen=True)
class Start:
    """Seconds to the first window, processor seconds until then, resident MB once everything that loads afterwards is there."""

    took: float
    cpu: float
    rss: float


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far, by the kernel's ticks."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid: int) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def own_mb(pid: int) -> float:
    """Memory that is this process's alone; the rest of what is resident are pages of files, most of them libraries."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("Anonymous:"))


@dataclass(frozen=True)
class Rest:
    """A window that nobody touches: percent of a processor, resident MB, and MB of its own."""

    percent: float
    rss: float
    own: float


def idle(command: list[str], env: dict[str, str], seconds: float) -> Rest:
    """What the open window takes while nobody touches it, over `seconds`."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(8)  # what loads after the first paint, and the first question to the hub, are no idleness
        before = cpu_seconds(process.pid)
        time.sleep(seconds)
        percent = 100 * (cpu_seconds(process.pid) - before) / seconds
        return Rest(percent, resident_mb(process.pid), own_mb(process.pid))
    finally:
        process.kill()
        process.wait()


def once(screen: Screen, command: list[str], env: dict[str, str]) -> Start:
    """One start."""
    screen.settle()
    began = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        took = screen.wait_for_window(30) - began
        cpu = cpu_seconds(process.pid)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2)
        rss = resident_mb(process.pid)
    finally:
        process.kill()
        process.wait()
    return Start(took, cpu, rss)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--command", default=shutil.which("firstlight", path=str(Path(sys.executable).parent)) or "firstlight")
    parser.add_argument("--idle", type=float, default=20, metavar="SECONDS")
    args = parser.parse_args()
    screen = Screen()
    home = Path(tempfile.mkdtemp())
    hello = home / "hello.py"
    hello.write_text(HELLO)
    env = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "PYTHONDONTWRITEBYTECODE")} | {
        "DISPLAY": screen.name,
        "HOME": str(home),
    }
    programs = {
        "hello": ([sys.executable, str(hello)], env),
        "new": ([args.command], env | {"FIRSTLIGHT_HOME": str(home / "new")}),
        "full": ([args.command], env | {"FIRSTLIGHT_HOME": str(home / "full")}),
    }
    starts: dict[str, list[Start]] = {name: [] for name in programs}
    resting: dict[str, Rest] = {}
    try:
        fill = Path(__file__).with_name("full_profile.py")
        subprocess.run([sys.executable, str(fill)], env=programs["full"][1], check=True, stdout=subprocess.DEVNULL)
        for command, its_env in programs.values():
            once(screen, command, its_env)  # the first run of each fills the disk's cache
        for _ in range(args.rounds):
            for name, (command, its_env) in programs.items():
                starts[name].append(once(screen, command, its_env))
        if args.idle:
            resting = {name: idle(command, its_env, args.idle) for name, (command, its_env) in programs.items()}
    finally:
        screen.close()
        shutil.rmtree(home, ignore_errors=True)
    report(starts, resting)
    return 0


def report(starts: dict[str, list[Start]], resting: dict[str, Rest]) -> None:
    """Print what was measured: a table, then one line of JSON."""
    took = {name: statistics.median(s.took for s in of) for name, of in starts.items()}
    # Ticks are coarse: the mean of many tells more than their median.
    cpu = {name: statistics.mean(s.cpu for s in of) for name, of in starts.items()}
    print("            clock                     processor       memory")
    for name, of in starts.items():
        low, high = min(s.took for s in of) * 1000, max(s.took for s in of) * 1000
        ratios = took[name] / took["hello"], cpu[name] / cpu["hello"]
        rss = statistics.median(s.rss for s in of)
        clock = f"{took[name] * 1000:5.0f} ms x{ratios[0]:.2f} ({low:.0f}-{high:.0f})"
        print(f"{name:6} {clock:26} {cpu[name] * 1000:5.0f} ms x{ratios[1]:.2f}   {rss:.0f} MB")
    for name, rest in resting.items():
        print(f"idle {name}: {rest.percent:.2f} % of a processor, {rest.rss:.0f} MB, of which {rest.own:.0f} MB are its own and no file's")
    answer = {
        "ratio": {n: round(took[n] / took["hello"], 3) for n in ("new", "full")},
        "cpu_ratio": {n: round(cpu[n] / cpu["hello"], 3) for n in ("new", "full")},
        "idle": {n: {"percent": round(r.percent, 2), "mb": round(r.rss), "own_mb": round(r.own)} for n, r in resting.items()},
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    sys.exit(main())
