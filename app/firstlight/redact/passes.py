# SPDX-License-Identifier: Apache-2.0
"""Two passes over the texts of a report: the first numbers and learns, the second acts on each text with all that is known then.

What the first pass found waits in a file without a name for the second, so memory stays the same whatever was found.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from firstlight.base.work import Work
from firstlight.redact import containers
from firstlight.redact.engines import Engine
from firstlight.redact.names import Names
from firstlight.redact.scan import Finding, Scanner, pieces

_IN_MEMORY = 4 << 20
_COUNT_BYTES = 4
FIRST, SECOND = 3, 1
"""How much longer the first pass takes; for telling how far the work is."""


class Passes:
    """Reads texts twice. Call `first` for each, then `second` for each, in the same order."""

    def __init__(self, engine: Engine, names: Names, sources: Iterable[Path], work: Work) -> None:
        self._engine = engine
        self._names = names
        self._work = work
        self._total = sum(path.stat().st_size for path in sources) * (FIRST + SECOND)
        self._kept = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed by close()
        self._done = 0

    def close(self) -> None:
        """Forget what was found."""
        self._kept.close()

    def first(self, source: Path) -> None:
        """Find, number and learn. Raises RedactError, OSError, Cancelled."""
        containers.clean(source, None, self._learn, lambda size: self._told(size * FIRST))

    def rewind(self) -> None:
        """The first pass is over."""
        self._kept.seek(0)

    def second(self, source: Path, target: Path | None, act: containers.Clean) -> None:
        """Run `act` over each text of the file; it calls `found_in`."""
        containers.clean(source, target, act, lambda size: self._told(size * SECOND))

    def found_in(self, source: BinaryIO) -> Iterator[tuple[bytes, list[Finding]]]:
        """The pieces of one text with everything that is private in them."""
        for text in pieces(source):
            self._work.check()
            yield text, self._names.again(text, self._take())

    def skip(self, source: BinaryIO, _target: BinaryIO) -> None:
        """Pass over a text that is not looked at."""
        for _text in pieces(source):
            self._work.check()
            self._kept.seek(int.from_bytes(self._kept.read(_COUNT_BYTES), "little") * array("I").itemsize, 1)

    def _learn(self, source: BinaryIO, _target: BinaryIO) -> None:
        scanner = Scanner(self._engine)
        for text in pieces(source):
            self._work.check()
            found = scanner.found(text)
            self._names.learn(found, text)
            self._keep(found)

    def _keep(self, found: list[Finding]) -> None:
        flat = array("I", chain.from_iterable(found))
        self._kept.write(len(flat).to_bytes(_COUNT_BYTES, "little"))
        self._kept.write(flat.tobytes())

    def _take(self) -> list[Finding]:
        count = int.from_bytes(self._kept.read(_COUNT_BYTES), "little")
        flat = array("I")
        flat.frombytes(self._kept.read(count * flat.itemsize))
        numbers = iter(flat)
        return list(zip(numbers, numbers, numbers, numbers, strict=True))

    def _told(self, weight: int) -> None:
        self._done += weight
        self._work.say("redact", min(self._done, self._total), self._total)
