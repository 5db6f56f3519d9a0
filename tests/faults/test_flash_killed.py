# SPDX-License-Identifier: Apache-2.0
"""kill -9 at every point of the journal, and in the middle of parts: the next start ends with the right bytes, told once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.bench_with_phone import CLIENTS, Bench, image, make_bench
from firstlight.practice.memory import SIZES
from firstlight.practice.phone_line import Line
from firstlight.store import journal

CHILD = Path(__file__).resolve().parents[1] / "fakes" / "flash_child.py"
LIMIT_S = 120


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = make_bench(tmp_path)
    yield made
    made.runs.close()
    made.phone.stop()


def play(bench: Bench, client: str, crash_at: str = "") -> int:
    """Run the child to its end or its death; the answer is its exit status."""
    env = dict(os.environ) | ({"FIRSTLIGHT_CRASH_AT": crash_at} if crash_at else {})
    done = subprocess.run(
        [sys.executable, str(CHILD), str(bench.root), bench.phone.address, client],
        env=env,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode in (0, -9), done.stderr[-2000:]
    return done.returncode


def check_end(bench: Bench) -> None:
    assert bench.holds(bench.newest)
    assert bench.phone.memory.build == "26.47"
    (folder,) = (bench.root / "runs").iterdir()
    records = journal.read(folder / "journal.jsonl")
    assert any(r["e"] == "finish" for r in records)
    told = (bench.root / "told.txt").read_text().splitlines()
    kinds = {line.split(" ")[1] for line in set(told)}
    assert {"build.installed", "guide.finished"} <= kinds
    assert len({line.split(" ")[0] for line in told}) == len(kinds), "told again under the same name only"


def points(bench: Bench) -> int:
    """How many entries a whole run writes."""
    assert play(bench, "own") == 0
    (folder,) = (bench.root / "runs").iterdir()
    return len(journal.read(folder / "journal.jsonl"))


@pytest.mark.slow
@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.long)])
def test_killed_at_every_entry_of_the_journal_a_run_ends_right(tmp_path: Path, every: int) -> None:
    whole = make_bench(tmp_path / "whole")
    try:
        count = points(whole)
    finally:
        whole.runs.close()
        whole.phone.stop()
    assert count > 25
    for n in range(1, count, every):
        label = "journal.synced" if n % 2 else "journal.written"
        bench = make_bench(tmp_path / str(n))
        try:
            died = play(bench, "own", f"{label}:{n}")
            assert died == -9, f"{label}:{n} was never reached"
            assert play(bench, "own") == 0
            check_end(bench)
            assert_no_part_twice(bench)
        finally:
            bench.runs.close()
            bench.phone.stop()


def assert_no_part_twice(bench: Bench) -> None:
    """At most one part came twice: the one that was being written, or whose end was not written down yet."""
    flashed = Counter(r.command for r in bench.phone.record if r.command.startswith("flash:"))
    pieces = {name: flashed[f"flash:{name}_a"] for name in SIZES}
    room = (1 << 20) - 4 * 4096
    doubled = [n for n, times in pieces.items() if times > max(1, -(-SIZES[n] // room))]
    assert len(doubled) <= 1, pieces


@pytest.mark.slow
@pytest.mark.parametrize("client", ["program" if c else "own" for c in CLIENTS])
@pytest.mark.parametrize("at", [24_500_000, *(pytest.param(n, marks=pytest.mark.long) for n in (1_500_000, 5_000_000, 13_000_000))])
def test_killed_in_the_middle_of_a_part_a_run_ends_right(bench: Bench, client: str, at: int) -> None:
    bench.phone.bytes_per_s = 12_000_000
    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(bench.root), bench.phone.address, client], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    reached = threading.Event()
    act_up = bench.phone._act_up

    def watch(line: Line) -> None:
        if bench.phone._image_bytes >= at and not reached.is_set():
            reached.set()
            child.kill()
        act_up(line)

    bench.phone._act_up = watch  # type: ignore[method-assign]
    child.wait(LIMIT_S)
    assert reached.is_set()
    assert child.returncode == -9
    bench.phone.bytes_per_s = 0
    assert play(bench, client) == 0
    check_end(bench)


def test_the_image_of_the_bench_is_what_the_phone_calls_whole(bench: Bench) -> None:
    """The ground of the tests above: a phone starts only what is whole."""
    data = bytearray(image("system", "26.47", 1))
    data[-1] ^= 1
    bench.phone.storage.path("system", "a").write_bytes(data)
    assert bench.phone.storage.label("system", "a") is None
    assert bench.phone.storage.start(bench.phone.memory).boot_fault == "system"
