# SPDX-License-Identifier: Apache-2.0
"""Looking without writing: is an image file whole, does its map belong to it, and does a card hold it?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.imaging import bmap as maps
from firstlight.imaging.errors import ImageTooLarge, MapWrong
from firstlight.imaging.medium import Medium
from firstlight.imaging.pace import Moved, Pace, Stage
from firstlight.imaging.packed import unpacked
from firstlight.imaging.readback import Run, check_map, check_runs
from firstlight.imaging.runs import Image, look, mapped, plain_runs, sparse_runs
from firstlight.imaging.stream import Hashes, Tapped
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
    seen = look(image, work)
    table = maps.read(bmap) if bmap else None
    hashes = Hashes(table)
    hashes.start()
    try:
        size, compared = _pass(seen, table, hashes, work, tell, medium)
    finally:
        hashes.stop()
    if table and bmap:
        if table.image_size != size:
            raise MapWrong(name=bmap.name, reason="other_image", size=size, wanted=table.image_size)
        wrong = hashes.first_wrong_range()
        if wrong is not None:
            raise MapWrong(name=bmap.name, reason="range", at=wrong.begin)
    return Checked(seen.kind, size, hashes.whole.hexdigest(), table.mapped if table else 0, compared)


def _pass(
    seen: Image, table: maps.BlockMap | None, hashes: Hashes, work: Work, tell: Callable[[Moved], None], medium: Medium | None
) -> tuple[int, int]:
    """Once through the image; bytes of it, and bytes compared with the medium."""
    pace = Pace(Stage.VERIFY, table.mapped if table else seen.size, tell)
    limit = medium.capacity if medium else _MAX_UNKNOWN
    done, batch = 0, list[Run]()
    with unpacked(seen.path, seen.packing, work, limit + seen.path.stat().st_size if seen.is_sparse else limit) as raw:
        stream = Tapped(raw, hashes)
        runs = sparse_runs(stream, seen.path.name, limit) if seen.is_sparse else plain_runs(stream)
        for at, data in mapped(runs, table) if table else runs:
            hashes.add_run(at, data)
            done += len(data)
            if medium:
                batch.append(Run(at, len(data), hashlib.sha256(data).digest()))
                if len(batch) == _BATCH:
                    check_runs(medium, batch, work, Pace(Stage.VERIFY, 0, nothing))
                    batch = []
            pace.at(done)
        if medium and batch:
            check_runs(medium, batch, work, Pace(Stage.VERIFY, 0, nothing))
        pace.at(done, is_last=True)
        return (seen.size if seen.is_sparse else stream.total), (done if medium else 0)
