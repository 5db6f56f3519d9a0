# SPDX-License-Identifier: Apache-2.0
"""Redaction: MB per CPU second and memory of each engine, and recall, precision and decoys kept by kind, on logs of our own generator.

usage: python tests/bench/redact.py [--mb 200] [--dense-mb 20] [--lines 60000] [--rounds 1]
Each measurement runs in a process of its own. A plain loop of Python is timed in the same run, to compare machines and loads; of
several rounds the quickest counts. Goals come last; exit status 1 when one is missed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes import device_log, judge
from firstlight.redact import engines
from firstlight.redact.mask import redact
from firstlight.redact.patterns import VERSION

TUNED, HELD_OUT = (1, 2, 3), (301, 302, 303, 304, 305)
GOAL_RATE, GOAL_RSS_MB, GOAL_RECALL, GOAL_RECALL_OF_KIND = 25.0, 100.0, 0.995, 0.97
Goals = list[tuple[str, float, str, bool]]
"""What, measured, the goal, met."""


def main() -> int:
    """Print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mb", type=int, default=200, help="size of the ordinary log")
    parser.add_argument("--dense-mb", type=int, default=20, help="size of the log that is private in every line")
    parser.add_argument("--lines", type=int, default=60_000, help="lines of each log that is judged")
    parser.add_argument("--rounds", type=int, default=1, help="how often each speed is measured")
    parser.add_argument("--one", nargs=2, metavar=("FILE", "ENGINE"), help="measure one and print JSON")
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measured(Path(args.one[0]), args.one[1])))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        goals = speed(Path(folder), args.mb, args.dense_mb, args.rounds) + quality(Path(folder), args.lines)
    print("\n| goal | measured | |\n|---|---|---|")
    for what, value, goal, is_met in goals:
        print(f"| {what} {goal} | {value:.4g} | {'met' if is_met else 'MISSED'} |")
    return 0 if all(is_met for *_, is_met in goals) else 1


def measured(source: Path, engine: str) -> dict[str, Any]:
    """CPU seconds and the most memory of one run, in this process."""
    began = time.process_time()
    for _ in range(3):
        sum(i * i for i in range(1_000_000))
    loop_s = time.process_time() - began
    began, wall = time.process_time(), time.perf_counter()
    result = redact(source, source.with_suffix(f".{engine}"), engine=engine)
    return {
        "cpu_s": time.process_time() - began,
        "wall_s": time.perf_counter() - wall,
        "loop_s": loop_s,
        "rss_mb": most_memory_mb(),
        "found": result.found,
    }


def most_memory_mb() -> float:
    """The most that this process had in memory; 0 where the system does not tell. (ru_maxrss counts what forked it, too.)"""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def speed(folder: Path, mb: int, dense_mb: int, rounds: int) -> Goals:
    """Ordinary logs of several sizes, and one that is private in every line."""
    goals: Goals = []
    print(f"rules {VERSION}\n\n| log | engine | MB | found/kB | MB per CPU s | RSS MB | plain loop s |\n|---|---|---|---|---|---|---|")
    logs = (("ordinary", 10, 0.11, False), ("ordinary", mb, 0.11, False), ("dense", dense_mb, 1.0, True))
    for name, size_mb, share, dense in logs:
        source = write(folder / f"{name}-{size_mb}.log", size_mb << 20, share, dense=dense)
        size = source.stat().st_size
        outs: set[str] = set()
        for engine in engines.installed():
            told = min((_run(source, engine) for _ in range(rounds)), key=lambda one: one["cpu_s"])
            out = source.with_suffix(f".{engine}")
            with out.open("rb") as file:
                outs.add(hashlib.file_digest(file, "sha256").hexdigest())
            out.unlink()
            rate, density = size / 1e6 / told["cpu_s"], told["found"] / size * 1000
            print(
                f"| {name} | {engine} | {size / 1e6:.0f} | {density:.1f} | {rate:.1f} | {told['rss_mb']:.0f} | {told['loop_s']:.2f} |",
                flush=True,
            )
            goals.append(
                (f"{name}, {size / 1e6:.0f} MB, {engine}: RSS MB", told["rss_mb"], f"<= {GOAL_RSS_MB:g}", told["rss_mb"] <= GOAL_RSS_MB)
            )
            if engine == "hyperscan" and (name, size_mb) == ("ordinary", mb):
                goals.append((f"{name}, {size / 1e6:.0f} MB, {engine}: MB/s", rate, f">= {GOAL_RATE:g}", rate >= GOAL_RATE))
        assert len(outs) == 1, "engines differ"
        source.unlink()
    return goals


def _run(source: Path, engine: str) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", str(source), engine]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=3600).stdout)
    return told


def write(path: Path, size: int, share: float, *, dense: bool) -> Path:
    """A log of about `size` bytes."""
    maker = device_log.Maker(7, share=share, dense=dense)
    with path.open("wb") as out:
        while out.tell() < size:
            out.write(b"".join(line.text + b"\n" for line in maker.lines(5_000)))
    return path


def quality(folder: Path, lines: int) -> Goals:
    """By kind, for messages that the rules were tuned with and for those they were not."""
    verdicts = {name: judge.Verdict() for name in ("tuned", "held out")}
    for name, seeds in (("tuned", TUNED), ("held out", HELD_OUT)):
        for seed in seeds:
            data, truth = device_log.text_of(seed, lines, unseen=name == "held out")
            (folder / "in.log").write_bytes(data)
            redact(folder / "in.log", folder / "out.log", {"off_kinds": []}, findings=folder / "found.jsonl")
            one = judge.judge(truth, judge.read(folder / "found.jsonl"))
            verdicts[name].add(one)
            print(
                f"\n{name} seed {seed}: recall {one.recall():.4f}, precision {one.precision():.4f}, decoys kept {one.decoys_kept:.4f}",
                end="",
            )
    print("\n\n| kind | planted | recall, tuned | precision | planted | recall, held out | precision |\n|---|---|---|---|---|---|---|")
    tuned, held = verdicts["tuned"], verdicts["held out"]
    for kind in ("", *device_log.KINDS):
        numbers = [(v.planted[kind] if kind else v.planted.total(), v.recall(kind), v.precision(kind)) for v in (tuned, held)]
        print(f"| {kind or 'all'} | " + " | ".join(f"{n} | {r:.4f} | {p:.4f}" for n, r, p in numbers) + " |")
    worst = min(held.planted, key=held.recall)
    print(f"\ndecoys kept: tuned {tuned.decoys_kept:.5f} of {tuned.decoys}, held out {held.decoys_kept:.5f} of {held.decoys}")
    return [
        ("held out: recall", held.recall(), f">= {GOAL_RECALL:g}", held.recall() >= GOAL_RECALL),
        (
            f"held out: recall of {worst}, the least",
            held.recall(worst),
            f">= {GOAL_RECALL_OF_KIND:g}",
            held.recall(worst) >= GOAL_RECALL_OF_KIND,
        ),
        ("held out: decoys kept", held.decoys_kept, "= 1", held.decoys_kept == 1.0),
    ]


if __name__ == "__main__":
    sys.exit(main())
