# SPDX-License-Identifier: Apache-2.0
"""Guides with bytes turned, cut, doubled and grown, for as long as FIRSTLIGHT_FUZZ_S says (60 s): each is read or refused within bounds
of time and memory, and nothing else happens. Run with -s for the figures.
"""

from __future__ import annotations

import os
import random
import time
import tracemalloc

import pytest

from firstlight.base.paths import resources
from firstlight.guides.document import parse
from firstlight.guides.errors import GuideInvalid
from firstlight.guides.lint import lint

WORDS = (
    b"&a ",
    b"*a",
    b"!!python/object:os.system ",
    b"<<: ",
    b"- ",
    b"{",
    b"}",
    b"[",
    b"]",
    b": ",
    b"\n",
    b"\x1b[2J",
    b"\xff",
    b"~",
    b"../..",
    b"'",
    b'"',
    b"|",
    "\u202e".encode(),
    b"9" * 40,
    b"a" * 5000,
    b"{not: " * 40,
)


def spoilt(text: bytes, chance: random.Random) -> bytes:
    """One to six pieces of the guide replaced."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((0, 1, 3, 20, 400)))
        way = chance.randrange(4)
        piece = chance.choice(WORDS) if way == 0 else text[end : end + chance.randint(0, 300)] if way == 1 else b""
        if way == 2 and at < len(text):
            piece, end = bytes([text[at] ^ (1 << chance.randrange(8))]), at + 1
        text = text[:at] + piece * (chance.choice((1, 1, 1, 50)) if way == 3 or way == 0 else 1) + text[end:]
    return text


@pytest.mark.long
def test_spoilt_guides_are_read_or_refused_within_bounds() -> None:
    sound = [path.read_bytes() for path in sorted((resources() / "guides").glob("*/guide.yaml"))]
    chance = random.Random(20261122)
    end = time.monotonic() + float(os.environ.get("FIRSTLIGHT_FUZZ_S", "60"))
    read = refused = 0
    slowest = 0.0
    tracemalloc.start()
    while time.monotonic() < end:
        text = spoilt(chance.choice(sound), chance)
        began = time.process_time()
        try:
            lint(parse(text))
            read += 1
        except GuideInvalid as error:
            assert error.mistakes and all(m.line >= 0 and m.why and m.mend for m in error.mistakes)
            refused += 1
        slowest = max(slowest, time.process_time() - began)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{read} read, {refused} refused, slowest {slowest:.2f} s CPU, peak {peak >> 20} MiB")
    assert read and refused
    assert slowest < 10
    assert peak < 256 << 20
