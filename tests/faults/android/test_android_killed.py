# SPDX-License-Identifier: Apache-2.0
"""kill -9 at every entry of the journal of every way to flash a phone: played on, the run ends with the right bytes on the phone,
and nothing that is not safe to repeat came twice. What came is the emulator's own record.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from fakes.android_bench import BUILD, AndroidBench, make_bench
from fakes.bench_with_phone import CLIENTS, image
from firstlight.devices.adb import Adb
from firstlight.practice.phone_line import Line
from firstlight.practice.phone_update import make_package
from firstlight.store import journal

CHILD = Path(__file__).resolve().parents[2] / "fakes" / "android_child.py"
LIMIT_S = 120
CLIENT = "program" if CLIENTS[0] else "own"
GATES = [{"fastboot.device": "a1_eng"}, {"fastboot.unlocked": {}}, {"fastboot.battery": 40}]
TO_BOOTLOADER = {"id": "to-bootloader", "do": [{"adb.reboot": "bootloader"}, {"fastboot.wait": 20}]}


@dataclass(frozen=True)
class Case:
    """A guide and what must be true at its end. `once`: what may come to the phone once at most, however often we were killed."""

    steps: tuple[dict[str, Any], ...]
    files: Callable[[], dict[str, bytes]]
    is_right: Callable[[AndroidBench], bool]
    once: tuple[str, ...]


def _build() -> dict[str, bytes]:
    return {f"{p}.img": image(p, "26.47", 1) for p in BUILD}


CASES = {
    "flash": Case(
        (
            TO_BOOTLOADER,
            {
                "id": "flash",
                "gate": GATES,
                "do": [
                    {"fastboot.flash": [{"partition": p, "file": f"{p}.img", "slot": "b"} for p in BUILD]},
                    {"fastboot.erase": "metadata"},
                    {"fastboot.set_active": "b"},
                    {"fastboot.reboot": "system"},
                    {"device.back": 20},
                ],
                "after": [{"adb.expect": {"name": "ro.build.display.id", "is": "26.47"}}],
            },
        ),
        _build,
        lambda bench: bench.holds_build("b") and bench.phone.memory.build == "26.47",
        ("reboot",),
    ),
    "fastbootd": Case(
        (
            TO_BOOTLOADER,
            {"id": "into-fastbootd", "do": [{"fastboot.reboot": "fastboot"}, {"fastboot.wait": 20}]},
            {
                "id": "super",
                "do": [
                    {"fastboot.delete_logical_partition": "product_a"},
                    {"fastboot.create_logical_partition": {"partition": "product_a", "size": 1048576}},
                    {"fastboot.resize_logical_partition": {"partition": "product_a", "size": 2097152}},
                    {"fastboot.flash": [{"partition": "product_a", "file": "product.img"}]},
                ],
            },
        ),
        lambda: {"product.img": image("product", "26.47", 1)},
        lambda bench: bench.on_phone("product", "a") == image("product", "26.47", 1),
        ("create-logical-partition", "reboot-fastboot"),  # the program itself resizes what it flashes
    ),
    "sideload": Case(
        (
            {"id": "sideload", "gate": [{"adb.device": "a1_eng"}], "do": [{"adb.sideload": "update.zip"}, {"adb.reboot": "system"}]},
            {"id": "new", "do": [{"adb.wait": "system"}], "after": [{"adb.expect": {"name": "ro.build.display.id", "is": "26.47"}}]},
        ),
        lambda: {"update.zip": make_package("a1_eng", _build_parts())},
        lambda bench: bench.phone.memory.build == "26.47" and bench.phone.memory.slot in ("a", "b"),
        (),
    ),
    "unlock": Case(
        (
            TO_BOOTLOADER,
            {"id": "unlock", "do": [{"fastboot.unlock": "flashing"}], "after": [{"fastboot.unlocked": {}}], "danger": "data_loss"},
        ),
        dict,
        lambda bench: bench.phone.memory.is_unlocked and bench.phone.memory.wipes == 1,
        ("flashing unlock",),
    ),
}


def _build_parts() -> dict[str, bytes]:
    return {p: image(p, "26.47", 1) for p in BUILD}


def make(root: Path, adb: Adb, case: Case) -> AndroidBench:
    """A phone, the guide in its folder and the files beside it."""
    bench = make_bench(root, adb, with_program=CLIENT == "program")
    files = {name: bench.give(name, data) for name, data in case.files().items()}
    if case is CASES["unlock"]:
        bench.phone._keep(replace(bench.phone.memory, is_unlocked=False))
    bench.write_guide(case.steps, files, **{"for": {"device": ["a1"], "to_build": "26.47"}})
    return bench


def play(bench: AndroidBench, crash_at: str = "") -> int:
    """Run the child to its end or its death."""
    env = dict(os.environ) | ({"FIRSTLIGHT_CRASH_AT": crash_at} if crash_at else {})
    done = subprocess.run(command(bench), env=env, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert done.returncode in (0, -9), done.stderr[-2000:]
    return done.returncode


def command(bench: AndroidBench) -> list[str]:
    assert bench.adb is not None
    phone = bench.phone
    return [sys.executable, str(CHILD), str(bench.root), phone.address, phone.adb_address, str(bench.adb.port), CLIENT]


def check(bench: AndroidBench, case: Case) -> None:
    """The right bytes, a finished run, and nothing unsafe twice."""
    assert case.is_right(bench)
    (folder,) = (bench.root / "runs").iterdir()
    assert any(r["e"] == "finish" for r in journal.read(folder / "journal.jsonl"))
    came = Counter(r.command for r in bench.phone.record)
    twice = {c: n for c, n in came.items() if n > 1 and any(c == once or c.startswith(f"{once}:") for once in case.once)}
    assert not twice, twice


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "every"),
    [("unlock", 14), *(pytest.param(name, 1, marks=pytest.mark.long) for name in CASES)],
    ids=lambda v: str(v),
)
def test_killed_at_every_entry_a_run_ends_right_and_repeats_nothing_unsafe(
    tmp_path: Path, adb_of_tests: Adb, name: str, every: int
) -> None:
    case = CASES[name]
    whole = make(tmp_path / "whole", adb_of_tests, case)
    try:
        assert play(whole) == 0
        check(whole, case)
        (folder,) = (whole.root / "runs").iterdir()
        count = len(journal.read(folder / "journal.jsonl"))
    finally:
        whole.close()
    for n in range(2, count, every):
        label = "journal.synced" if n % 2 else "journal.written"
        bench = make(tmp_path / str(n), adb_of_tests, case)
        try:
            assert play(bench, f"{label}:{n}") == -9, f"{label}:{n} was never reached"
            assert play(bench) == 0
            check(bench, case)
        except AssertionError as error:
            raise AssertionError(f"{name}, {label}:{n}: {error}") from error
        finally:
            bench.close()


@pytest.mark.long
@pytest.mark.parametrize("at", [2_000_000, 14_000_000, 26_000_000, 40_000_000])
@pytest.mark.parametrize("name", ["flash", "sideload"])
def test_killed_in_the_middle_of_bytes_a_run_ends_right(tmp_path: Path, adb_of_tests: Adb, name: str, at: int) -> None:
    case = CASES[name]
    if name == "flash" and at > sum(len(d) for d in case.files().values()):
        at //= 3
    bench = make(tmp_path, adb_of_tests, case)
    try:
        bench.phone.bytes_per_s = 12_000_000
        child = subprocess.Popen(command(bench), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
        if name == "sideload":
            bench.phone.pull_cable()  # a recovery that lost its PC asks for its keys
            bench.phone.plug_in()
            bench.phone._hold("sideload")
        assert play(bench) == 0
        check(bench, case)
    finally:
        bench.close()
