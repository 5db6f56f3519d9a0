# SPDX-License-Identifier: Apache-2.0
"""Write an image to a medium and read it back: the one function behind every card that Firstlight writes.

Order, and why: the first MiB is emptied, so that a torn write never looks bootable and nothing mounts it; everything else is written and
read back from the medium; then the first MiB is written and read back. A block map is held against the same bytes: what was sent has
the map's hashes, and what the medium says has the hash of what was sent.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from firstlight.base.work import Work
from firstlight.imaging.errors import ImageTooLarge, ImageUnreadable, MapWrong
from firstlight.imaging.medium import Medium
from firstlight.imaging.pace import Moved, Pace, Stage, Written
from firstlight.imaging.readback import check_runs
from firstlight.imaging.runs import FIRST, Image, look
from firstlight.imaging.stream import Sending

if TYPE_CHECKING:
    from firstlight.imaging.bmap import BlockMap

_SAMPLE = 12
"""Runs that are read once more at the end, of those that were read back while others were still being written."""


def nothing(_: Moved) -> None:
    """For callers that watch nothing."""


def write(
    image: Path,
    medium: Medium,
    work: Work,
    *,
    bmap: Path | None = None,
    sha256: str = "",
    on_progress: Callable[[Moved], None] = nothing,
    before_first_byte: Callable[[], None] = lambda: None,
) -> Written:
    """Write and read back. ImagingError, Cancelled (the card is then empty at its beginning, and does not start anything).

    `sha256`: what the unpacked image must have; it is compared before the first MiB makes the card bootable.
    `before_first_byte` may raise to refuse; nothing has been written then.
    """
    began = time.monotonic()
    seen = look(image, work)
    table = _read_map(bmap) if bmap else None
    _check_sizes(seen, table, medium)
    before_first_byte()
    if not medium.is_blank:
        medium.write(0, bytes(min(FIRST, medium.capacity)))
        medium.sync()
    sending = Sending(seen, medium, work, table, on_progress)
    size = sending.run()
    _check_source(image, sending, table, bmap, sha256, size)
    on_progress(Moved(Stage.SYNC, 0, 0))
    medium.finish(size)
    medium.sync()
    _read_back(sending, medium, work, on_progress)
    _put_first(sending, medium, size, on_progress)
    return Written(
        size=size,
        sent=sending.hashes.sent,
        sha256=sending.hashes.whole.hexdigest(),
        verified=medium.reads_medium,
        by_map=table is not None and all(r.sha256 for r in table.ranges),
        seconds=round(time.monotonic() - began, 2),
        limit=sending.pace.limit,
    )


def _read_map(bmap: Path) -> BlockMap:
    from firstlight.imaging import bmap as maps  # noqa: PLC0415  # heavy: an XML parser, which most images do without

    return maps.read(bmap)


def _check_sizes(seen: Image, table: BlockMap | None, medium: Medium) -> None:
    need = max(seen.size, table.image_size if table else 0)
    if need > medium.capacity:
        raise ImageTooLarge(name=seen.path.name, need=need, has=medium.capacity, reason="before")
    if table and seen.size and seen.size != table.image_size:
        raise MapWrong(name=seen.path.name, reason="other_image", size=seen.size, wanted=table.image_size)


def _check_source(image: Path, sending: Sending, table: BlockMap | None, bmap: Path | None, sha256: str, size: int) -> None:
    """Whether what was sent is what it should have been."""
    if sha256 and sending.hashes.whole.hexdigest() != sha256:
        raise ImageUnreadable(name=image.name, reason="other", expected=sha256, got=sending.hashes.whole.hexdigest())
    if table and bmap:
        if table.image_size != size:
            raise MapWrong(name=bmap.name, reason="other_image", size=size, wanted=table.image_size)
        wrong = sending.hashes.first_wrong_range()
        if wrong is not None:
            raise MapWrong(name=bmap.name, reason="range", at=wrong.begin)


def _read_back(sending: Sending, medium: Medium, work: Work, tell: Callable[[Moved], None]) -> None:
    """What was not read back alongside, then a sample of what was: a card that wraps round has lost the beginning to the end."""
    runs = [r for r in sending.hashes.runs if r.at >= FIRST]
    early, rest = runs[: sending.checked], runs[sending.checked :]
    chosen = set(random.SystemRandom().sample(range(len(early)), min(_SAMPLE, len(early))))
    chosen.update([i for i, r in enumerate(early) if r.digest][:2])
    again = [early[i] for i in sorted(chosen)]
    pace = Pace(Stage.VERIFY, sum(r.length for r in runs), tell)
    pace.at(sum(r.length for r in early))
    check_runs(medium, rest, work, pace)
    check_runs(medium, again, work, Pace(Stage.VERIFY, 0, nothing))
    pace.at(pace.total, is_last=True)


def _put_first(sending: Sending, medium: Medium, size: int, tell: Callable[[Moved], None]) -> None:
    """The first MiB: from here on nobody may stop us, it takes a moment. The last run is read again: it may have been overwritten."""
    total = sum(len(data) for _, data in sending.first)
    pace = Pace(Stage.FIRST, total, tell)
    pace.at(0, is_last=True)
    for at, data in sending.first:
        medium.write(at, data)
    medium.finish(size)
    medium.sync()
    last = [s for s in sending.hashes.runs if s.at >= FIRST][-1:]
    check_runs(medium, [s for s in sending.hashes.runs if s.at < FIRST] + last, Work(), Pace(Stage.FIRST, 0, nothing))
    pace.at(total, is_last=True)
