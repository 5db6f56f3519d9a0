# SPDX-License-Identifier: Apache-2.0
"""kill -9 at every labelled point, and a power cut at every one: nothing promised is lost, nothing arrives twice, no byte is wrong."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from faults.life import Life, end_at
from firstlight.store.disk import Disk

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")


@pytest.fixture
def place() -> Iterator[Path]:
    """In memory where there is such a place: a killed process needs no real disk, and syncing hundreds of times is slow."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


_EXPECTED = {
    "blob.row_dropped",
    "blob.tmp_made",
    "blob.written",
    "blob.synced",
    "blob.renamed",
    "blob.folders_synced",
    "blob.row",
    "blob.dropped",
    "tx.before_commit",
    "tx.committed",
    "report.queued",
    "send.before",
    "send.answered",
    "send.moved",
    "send.before_commit",
    "send.confirmed",
    "send.delayed",
    "pull.answered",
    "pull.before_commit",
    "pull.confirmed",
    "journal.written",
    "journal.synced",
    "sweep.forgot",
    "sweep.backed_up",
}


def every_point(folder: Path) -> list[str]:
    """`label:count` of a whole life."""
    trace = folder / "trace"
    folder.mkdir()
    assert not end_at(Life(folder), "", str(trace))
    labels = trace.read_text().split()
    assert set(labels) >= _EXPECTED, _EXPECTED - set(labels)
    seen: Counter[str] = Counter()
    found = []
    for label in labels:
        seen[label] += 1
        found.append(f"{label}:{seen[label]}")
    return found


def once_each(points: list[str]) -> list[str]:
    """Of each label one point, now an early, now a late one."""
    by_label: dict[str, list[str]] = {}
    for point in points:
        by_label.setdefault(point.partition(":")[0], []).append(point)
    return [found[number % len(found)] for number, found in enumerate(by_label.values())]


@pytest.mark.parametrize("choose", [once_each, pytest.param(list, id="all", marks=pytest.mark.long)])
def test_killed_at_every_point_nothing_is_lost_doubled_or_wrong(place: Path, choose: Callable[[list[str]], list[str]]) -> None:
    for number, point in enumerate(choose(every_point(place / "whole"))):
        folder = place / f"life-{number}"
        folder.mkdir()
        assert end_at(Life(folder), point), f"{point} was not reached"
        try:
            Life(folder).recover()
        except AssertionError as error:
            error.add_note(f"killed at {point}")
            raise
        shutil.rmtree(folder)


_AGAIN = {
    "blob.renamed:3": ("tx.before_commit:2", "pull.before_commit:1"),
    "tx.before_commit:20": ("tx.before_commit:2", "pull.before_commit:1"),
    "send.answered:2": ("tx.before_commit:2", "send.answered:1", "pull.before_commit:1"),
    "send.moved:3": ("tx.before_commit:2", "send.answered:1", "pull.before_commit:1"),
}
"""Where a life ends, and where each of the starts behind it does; before anything waits a recovery sends nothing."""


def test_killed_again_during_each_recovery_nothing_is_lost(place: Path) -> None:
    for number, (point, recoveries) in enumerate(_AGAIN.items()):
        folder = place / f"life-{number}"
        folder.mkdir()
        assert end_at(Life(folder), point), f"{point} was not reached"
        for again in recoveries:
            assert end_recovery(folder, again), f"{again} was not reached after {point}"
        Life(folder, hours=2).recover()


def end_recovery(folder: Path, point: str) -> bool:
    """Start again and be killed while everything goes out; True when it was."""

    class Recovery(Life):
        def live(self) -> None:
            self.recover()

    return end_at(Recovery(folder), point)


class ForgetfulDisk(Disk):
    """Writes down what was made sure of; `cut` then forgets everything else, as a power cut may."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def _note(self, *what: object) -> None:
        with self.log.open("a", encoding="utf-8") as file:
            file.write("\t".join(map(str, what)) + "\n")

    def open_new(self, path: Path) -> BinaryIO:
        self._note("open", path)
        return super().open_new(path)

    def sync(self, file: BinaryIO) -> None:
        super().sync(file)
        self._note("sync", file.name if isinstance(file.name, str) else Path(f"/proc/self/fd/{file.fileno()}").readlink())

    def replace(self, source: Path, target: Path, wait: object) -> None:
        self._note("replace", source, target)
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        self._note("folder", folder)

    def cut(self, *, keeps_names: bool) -> None:
        """Forget: unsynced files hold rubbish; unsynced renames did not happen, or did although nobody made sure."""
        unsynced: set[str] = set()
        renamed: set[str] = set()
        for kind, *what in self._lines():
            if kind == "open":
                unsynced.add(what[0])
            elif kind == "sync":
                unsynced.discard(what[0])
            elif kind == "replace":
                renamed.add(what[1])
                if what[0] in unsynced:
                    unsynced.add(what[1])
            elif kind == "folder":
                renamed = {target for target in renamed if str(Path(target).parent) != what[0]}
        for name in () if keeps_names else renamed:
            Path(name).unlink(missing_ok=True)
        for name in unsynced:
            if Path(name).exists():
                Path(name).write_bytes(b"\0" * Path(name).stat().st_size)

    def _lines(self) -> Iterator[list[str]]:
        for line in self.log.read_text("utf-8").splitlines() if self.log.exists() else ():
            yield line.split("\t")


@pytest.mark.parametrize("choose", [once_each, pytest.param(list, id="all", marks=pytest.mark.long)])
@pytest.mark.parametrize("keeps_names", [True, False])
def test_after_a_power_cut_at_every_point_of_files_nothing_promised_is_lost(
    place: Path, keeps_names: bool, choose: Callable[[list[str]], list[str]]
) -> None:
    files = [p for p in every_point(place / "whole") if p.startswith(("blob.", "journal.", "report.", "sweep."))]
    for number, point in enumerate(choose(files)):
        folder = place / f"life-{number}"
        folder.mkdir()
        disk = ForgetfulDisk(folder / "disk.log")
        assert end_at(Life(folder, disk), point)
        disk.cut(keeps_names=keeps_names)
        try:
            Life(folder).recover()
        except AssertionError as error:
            error.add_note(f"cut at {point}")
            raise
        shutil.rmtree(folder)
