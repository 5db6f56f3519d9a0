# SPDX-License-Identifier: Apache-2.0
"""Looking without writing: is an image file whole, does its map belong to it, and does a card hold it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.imaging import bmap as maps
from firstlight.imaging.errors import ImageTooLarge, MapWrong
from firstlight.imaging.hashes import Hashes
from firstlight.imaging.medium import Medium
from firstlight.imaging.pace import Moved, Pace, Stage
from firstlight.imaging.packed import unpacked
from firstlight.imaging.pieces import Pool
from firstlight.imaging.readback import check_map, check_runs
from firstlight.imaging.runs import Image, look, mapped, plain_parts, sparse_parts
from firstlight.imaging.write import nothing

_MAX_UNKNOWN = 2 << 40
"""Bytes that an image may have when nobody says how many: two of the largest cards there are."""
_BATCH = 16


@dataclass(frozen=True)
class Checked:
    """What was found. `size`: bytes on the card; `mapped`: of those, named by the map; `compared`: read from the card and equal."""

    kind: str
    size: int
    sha256: str
    mapped: int = 0
    compared: int = 0


def check_image(image: Path, work: Work, *, bmap: Path | None = None, on_progress: Callable[[Moved], None] = nothing) -> Checked:
    """Read an image file to its end. ImagingError: damaged, or the map is not its own."""
    return _read(image, work, bmap, on_progress, None)


def check_card(
    image: Path, medium: Medium, work: Work, *, bmap: Path | None = None, on_progress: Callable[[Moved], None] = nothing
) -> Checked:
    """Read an image and what stands on a card, and compare; NotVerified. With a map only what it names."""
    seen = look(image, work)
    if seen.size > medium.capacity:
        raise ImageTooLarge(name=image.name, need=seen.size, has=medium.capacity)
    return _read(image, work, bmap, on_progress, medium)


def check_card_by_map(bmap: Path, medium: Medium, work: Work, *, on_progress: Callable[[Moved], None] = nothing) -> Checked:
    """Hold a card against the hashes of a block map alone; NotVerified, MapWrong when the map has none."""
    table = maps.read(bmap)
    if not table.ranges or not all(r.sha256 for r in table.ranges):
        raise MapWrong(name=bmap.name, reason="unreadable", why="no SHA-256 in it")
    if table.image_size > medium.capacity:
        raise ImageTooLarge(name=bmap.name, need=table.image_size, has=medium.capacity)
    pace = Pace(Stage.VERIFY, table.mapped, on_progress)
    check_map(medium, table.ranges, work, pace)
    pace.at(table.mapped, is_last=True)
    return Checked("bmap", table.image_size, "", table.mapped, table.mapped)


def _read(image: Path, work: Work, bmap: Path | None, tell: Callable[[Moved], None], medium: Medium | None) -> Checked:
    table = maps.read(bmap) if bmap else None
    reading = _Reading(look(image, work), table, work, medium)
    size = reading.run(tell)
    hashes = reading.hashes
    if table and bmap:
        if table.image_size != size:
            raise MapWrong(name=bmap.name, reason="other_image", size=size, wanted=table.image_size)
        wrong = hashes.first_wrong_range()
        if wrong is not None:
            raise MapWrong(name=bmap.name, reason="range", at=wrong.begin)
    kind, sha256 = reading.seen.kind, hashes.whole.hexdigest()
    return Checked(kind, size, sha256, table.mapped if table else 0, hashes.sent if medium else 0)


class _Reading:
    """Once through an image, comparing batches of runs with a medium."""

    def __init__(self, seen: Image, table: maps.BlockMap | None, work: Work, medium: Medium | None) -> None:
        self.seen, self._table, self._work, self._medium = seen, table, work, medium
        self._pool = Pool(work.check)
        self.hashes = Hashes(table, lambda part, _: self._pool.give(part.piece) if part else None)
        self._compared = 0

    def run(self, tell: Callable[[Moved], None]) -> int:
        """Bytes of the image."""
        self.hashes.start()
        try:
            size = self._pass(Pace(Stage.VERIFY, self._table.mapped if self._table else self.seen.size, tell))
        finally:
            self.hashes.stop()
        self._compare(at_least=1)
        return size

    def _pass(self, pace: Pace) -> int:
        seen, total = self.seen, 0
        limit = self._medium.capacity if self._medium else _MAX_UNKNOWN
        with unpacked(seen.path, seen.packing, self._work, limit + seen.path.stat().st_size if seen.is_sparse else limit) as raw:
            parts = sparse_parts(raw, self._pool, seen.path.name, limit) if seen.is_sparse else plain_parts(raw, self._pool)
            for part in mapped(parts, self._table) if self._table else parts:
                total += len(part.data) if part.is_of_file else 0
                self.hashes.add(part)
                self._compare(at_least=_BATCH)
                pace.at(self.hashes.sent)
        pace.at(self.hashes.sent, is_last=True)
        return seen.size if seen.is_sparse else total

    def _compare(self, at_least: int) -> None:
        """What is hashed by now; several at a time, as a verdict needs to see more than one place."""
        ready = len(self.hashes.runs)
        if self._medium and ready >= self._compared + at_least:
            check_runs(self._medium, self.hashes.runs[self._compared : ready], self._work, Pace(Stage.VERIFY, 0, nothing))
            self._compared = ready
