# SPDX-License-Identifier: Apache-2.0
"""Block maps (.bmap, versions 1.x and 2.x with SHA-256): which blocks of an image matter, and the hash of each range.

A stranger's XML: entities, doctypes and size are refused before anything is built. What the map says is held against the *card* after
writing; the map itself is as trustworthy as where it came from. Format: the comments in files that `bmaptool create` writes.
"""

from __future__ import annotations

import bisect
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from firstlight.imaging.errors import MapWrong

_MAX_FILE = 16 << 20
_MAX_RANGES = 500_000
_RANGE = re.compile(r"\s*(\d{1,15})(?:-(\d{1,15}))?\s*")


@dataclass(frozen=True)
class Range:
    """Bytes [begin, end) that matter; `sha256` is "" when the map gives none."""

    begin: int
    end: int
    sha256: str


@dataclass(frozen=True)
class BlockMap:
    """A map, in bytes; ranges ascend and do not touch."""

    image_size: int
    ranges: tuple[Range, ...]

    @property
    def mapped(self) -> int:
        """Bytes that will be written."""
        return sum(r.end - r.begin for r in self.ranges)

    def within(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Mapped pieces of [begin, end)."""
        for r in self.ranges[bisect.bisect_right(self.ranges, begin, key=lambda x: x.end) :]:
            if r.begin >= end:
                return
            yield max(begin, r.begin), min(end, r.end)


def read(path: Path) -> BlockMap:
    """The map of a file; MapWrong."""
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_FILE + 1)
    except OSError as error:
        raise MapWrong(name=path.name, reason="unreadable", why=error.strerror or "") from error
    if len(text) > _MAX_FILE:
        raise MapWrong(name=path.name, reason="unreadable", why="too large")
    return parse(text, path.name)


def parse(text: bytes, name: str) -> BlockMap:
    """The map of a file's bytes; MapWrong with what is odd."""
    fields, rows, sums = _elements(text, name)

    def bad(why: str) -> MapWrong:
        return MapWrong(name=name, reason="unreadable", why=why)

    def number(key: str) -> int:
        value = fields.get(key, "").strip()
        if not value.isascii() or not value.isdecimal() or len(value) > 15:
            raise bad(f"no {key}")
        return int(value)

    if fields.get("version", "").split(".")[0] not in ("1", "2"):
        raise bad("an unknown version")
    size, block = number("ImageSize"), number("BlockSize")
    kind = fields.get("ChecksumType", "sha1" if sums["sha1"] else "sha256").strip().lower()
    if not 512 <= block <= 1 << 26 or size < 1:
        raise bad("odd sizes")
    if "BmapFileChecksum" in fields and kind == "sha256":
        _check_own_sum(text, fields["BmapFileChecksum"].strip(), bad)
    found: list[Range] = []
    for words, attributes in rows:
        match = _RANGE.fullmatch(words)
        if not match:
            raise bad("a range that is none")
        first, last = int(match[1]), int(match[2] or match[1])
        begin, end = first * block, min((last + 1) * block, size)
        if last < first or begin >= size or (last + 1) * block >= size + block or (found and begin < found[-1].end):
            raise bad("ranges out of order")
        sha256 = attributes.get("chksum", "") if kind == "sha256" else ""
        if sha256 and not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise bad("a hash that is none")
        found.append(Range(begin, end, sha256))
    return BlockMap(size, tuple(found))


def _elements(text: bytes, name: str) -> tuple[dict[str, str], list[tuple[str, dict[str, str]]], dict[str, bool]]:
    fields: dict[str, str] = {}
    rows: list[tuple[str, dict[str, str]]] = []
    sums = {"sha1": False}
    stack: list[tuple[str, dict[str, str], list[str]]] = []

    def refuse(*_: object) -> None:
        raise MapWrong(name=name, reason="unreadable", why="a document type")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(stack) > 3 or len(rows) > _MAX_RANGES:
            raise MapWrong(name=name, reason="unreadable", why="too much in it")
        if not stack:
            fields["version"] = attributes.get("version", "")
        sums["sha1"] |= "sha1" in attributes
        stack.append((tag, attributes, []))

    def words(data: str) -> None:
        if stack and sum(map(len, stack[-1][2])) < 4096:
            stack[-1][2].append(data)

    def end(_: str) -> None:
        tag, attributes, parts = stack.pop()
        if tag == "Range":
            rows.append(("".join(parts), attributes))
        elif len(stack) == 1:
            fields[tag] = "".join(parts)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.CharacterDataHandler = words
    parser.EndElementHandler = end
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise MapWrong(name=name, reason="unreadable", why=str(error)[:80]) from error
    return fields, rows, sums


def _check_own_sum(text: bytes, told: str, bad: object) -> None:
    """The map's own hash: of the file with that hash as zeros."""
    assert callable(bad)
    if len(told) != 64 or hashlib.sha256(text.replace(told.encode(), b"0" * 64, 1)).hexdigest() != told:
        raise bad("its own hash does not match")
