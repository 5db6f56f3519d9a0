# SPDX-License-Identifier: Apache-2.0
"""Our editor beside ksnip and flameshot on one screen: the same hands draw the same arrows and move the same two.

Each turn starts each program once: it takes the whole screen and shows its editor over all of it; 60 arrows are drawn; one of them, then
one over half the picture, is dragged step by step, and each step's processor time is read from /proc once the program rests; then it
saves a PNG.
flameshot's window belongs to no window manager and has no name: it is found by its process. Its processor time ends with the process.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.editor_hands import Hands, Watched

HERE = Path(__file__).resolve().parent
COLUMNS, ROWS = 10, 6
GOALS = {"arrow": 4.0, "arrow (half)": 8.0}
"""Of one step of ours, p95. The goals were set for a window; here the editor covers a screen as large as the picture."""


@dataclass(frozen=True)
class Peer:
    """How a program is used: the command that takes the screen into the editor, and its keys."""

    name: str
    command: list[str]
    before: tuple[tuple[str, ...], ...] = ()
    draw: tuple[str, ...] = ("a",)
    choose: tuple[str, ...] = ("s",)
    save: tuple[str, ...] = ("Control_L", "s")
    is_window: bool = True


PEERS = (
    Peer("firstlight", [sys.executable, str(HERE / "annotate.py"), "--take", "{out}"], choose=("v",)),
    Peer("ksnip", ["ksnip", "--fullscreen"]),
    # All of the screen is chosen by Ctrl+A; the tool's key once more lays the tool down, and marks can be moved; Enter saves to the path.
    Peer("flameshot", ["flameshot", "gui", "--path", "{out}"], (("Control_L", "a"),), choose=("a",), save=("Return",), is_window=False),
)


@dataclass
class Found:
    """What the turns of one program found, in milliseconds and megabytes."""

    starts: list[tuple[float, float]] = field(default_factory=list)
    moves: dict[str, list[float]] = field(default_factory=lambda: {"arrow": [], "arrow (half)": []})
    saves: list[float] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay below."""
    return sorted(times)[int(len(times) * 0.95)]


def bench_peers(env: dict[str, str], size: str, width: int, height: int, turns: int, moves: int) -> None:
    """One line for each program and what was measured."""
    found = {peer.name: Found() for peer in PEERS if shutil.which(peer.command[0])}
    for peer in PEERS:
        if peer.name not in found:
            print(f"peer  {size} {peer.name}: not installed")
    ground = subprocess.Popen([sys.executable, str(HERE / "annotate.py"), "--ground"], env=env, stdout=subprocess.PIPE, text=True)
    hands = Hands(env["DISPLAY"])
    try:
        ground.stdout.readline()
        for _ in range(turns):
            for peer in PEERS:
                if peer.name in found:
                    _turn(peer, found[peer.name], hands, env, width, height, moves)
    finally:
        hands.close()
        ground.terminate()
        ground.wait(10)
        ground.stdout.close()
    for name, one in found.items():
        _tell(size, name, one)


def _turn(peer: Peer, found: Found, hands: Hands, env: dict[str, str], width: int, height: int, moves: int) -> None:
    out = Path(env["HOME"]) / "saved.png"
    for old in Path(env["HOME"]).rglob("*.png"):
        old.unlink()
    hands.move(width / 2, height - 5)
    program = Watched([part.format(out=out) for part in peer.command], env)
    try:
        window = _editor_is_up(program, found, env)
        if not window:
            found.faults.append("its editor did not come up in 30 s")
            return
        if peer.is_window:
            subprocess.run(["xdotool", "windowsize", window, str(width), str(height), "windowmove", window, "0", "0"], env=env, check=True)
        program.settled(0.4)
        empty = program.resident_mb()
        hands.move(width * 0.5, height * 0.5)
        for keys in peer.before:
            hands.key(*keys)
            program.settled(0.2)
        small, large = _draw(peer, program, hands, width, height)
        for kind, place in (("arrow", small), ("arrow (half)", large)):
            times = _drag(program, hands, place, width, height, moves)
            if times is None:
                found.faults.append(f"the {kind} did not move")
            else:
                found.moves[kind] += times
        found.memory.append((empty, program.resident_mb()))
        _save(peer, program, found, hands, Path(env["HOME"]))
    finally:
        program.close()


def _editor_is_up(program: Watched, found: Found, env: dict[str, str]) -> str:
    """Its window, once it rests."""
    window = ""
    while not window and time.perf_counter() - program.began < 30 and not program.has_ended:
        time.sleep(0.02)
        window = program.window(env)
    if window:
        program.settled(0.4, most_s=10)
        found.starts.append((program.cpu_ms(), (time.perf_counter() - program.began - 0.4) * 1000))
    return window


def _draw(peer: Peer, program: Watched, hands: Hands, width: int, height: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """The arrows; where the last small one and the large one can be taken hold of."""
    hands.key(*peer.draw)
    program.settled(0.1)
    lines = []
    for at in range(COLUMNS * ROWS):
        x, y = width * (0.3 + 0.04 * (at % COLUMNS)), height * (0.3 + 0.07 * (at // COLUMNS))
        lines.append((x, y, x + width * 0.03, y + height * 0.03))
    lines.append((width * 0.25, height * 0.25, width * 0.75, height * 0.8))
    for x1, y1, x2, y2 in lines:
        hands.move(x1, y1)
        hands.button(True)
        for part in (0.3, 0.7, 1.0):
            hands.move(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part)
            program.settled()
        hands.button(False)
        program.settled()
    hands.key(*peer.choose)
    program.settled(0.1)
    (x1, y1, x2, y2), (lx1, ly1, lx2, ly2) = lines[COLUMNS - 1], lines[-1]
    return ((x1 + x2) / 2, (y1 + y2) / 2), (lx1 + (lx2 - lx1) * 0.94, ly1 + (ly2 - ly1) * 0.94)


def _drag(program: Watched, hands: Hands, place: tuple[float, float], width: int, height: int, moves: int) -> list[float] | None:
    """Processor milliseconds of each step; None when nothing moved."""
    x, y = place
    area = (round(width * 0.2), round(height * 0.2), round(width * 0.6), round(height * 0.65))
    before = hands.seen(*area)
    hands.move(x, y)
    program.settled(0.05)
    hands.button(True)
    hands.move(x + 3, y + 3)
    last = program.settled(0.1)
    times = []
    for step in range(1, moves + 1):
        hands.move(x + step % 40 * 7 * width / 3840, y + step % 30 * 5 * height / 2160)
        now = program.settled()
        times.append(now - last)
        last = now
    held = hands.seen(*area)
    hands.button(False)
    program.settled(0.1)
    return None if held == before else times


def _save(peer: Peer, program: Watched, found: Found, hands: Hands, home: Path) -> None:
    """From the key until a whole PNG lies somewhere in the home, and the program rests or has gone."""
    began = program.cpu_ms()
    hands.key(*peer.save)
    end = time.perf_counter() + 20
    while time.perf_counter() < end:
        time.sleep(0.005)
        program.cpu_ms()
        if any(is_whole_png(path) for path in home.rglob("*.png")):
            break
    else:
        found.faults.append(f"{'+'.join(peer.save)} saved nothing in 20 s")
        return
    if not program.has_ended:
        program.settled(0.3)
    found.saves.append(program.cpu_ms() - began)


def is_whole_png(path: Path) -> bool:
    """Whether its last bytes are there."""
    return path.stat().st_size > 12 and path.read_bytes()[-8:-4] == b"IEND"


def _tell(size: str, name: str, found: Found) -> None:
    for fault in dict.fromkeys(found.faults):
        print(f"peer  {size} {name:10}: {fault}")
    if found.starts:
        cpu, wall = (statistics.median(s[i] for s in found.starts) for i in (0, 1))
        print(f"peer  {size} {name:10}: program and screen to an editor that rests {cpu:5.0f} ms CPU, {wall:5.0f} ms wall")
    for kind, times in found.moves.items():
        if times:
            goal = f", goal {GOALS[kind]:g}: {'met' if p95(times) <= GOALS[kind] else 'OVER'}" if name == PEERS[0].name else ""
            print(f"peer  {size} {name:10}: move {kind:12} p50 {statistics.median(times):6.2f}  p95 {p95(times):6.2f} ms CPU{goal}")
    if found.saves:
        print(f"peer  {size} {name:10}: flatten + PNG {statistics.median(found.saves):5.0f} ms CPU")
    if found.memory:
        empty, full = (statistics.median(m[i] for m in found.memory) for i in (0, 1))
        print(f"peer  {size} {name:10}: memory {empty:4.0f} MB with the picture, {full:4.0f} MB after drawing and moving")
