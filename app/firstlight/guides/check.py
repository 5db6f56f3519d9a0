# SPDX-License-Identifier: Apache-2.0
"""Everything that can be said of a guide file before it is played: mistakes of the format, missing files, remarks of the linter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from firstlight.guides.document import load, parse, picture, read, read_bytes
from firstlight.guides.errors import GuideInvalid, Mistake
from firstlight.guides.lint import lint
from firstlight.guides.uses import expand
from firstlight_contract.guide_yaml import Lines, where_of
from firstlight_contract.guides import Guide


def check(path: Path) -> tuple[Mistake, ...]:
    """All mistakes and warnings of a guide file and of the files that it names; empty when it is sound."""
    try:
        text = read_bytes(path)
        guide = parse(text, str(path))
        lines = load(text)[1]
        expand(guide, path.parent, lambda slug: _beside(path, slug))
    except GuideInvalid as error:
        return tuple(Mistake(str(path), m.line, m.where, m.why, m.mend) for m in error.mistakes)
    found = [*_files(guide, path, lines), *_remarks(guide, path, lines)]
    return tuple(sorted(found, key=lambda m: (m.is_warning, m.line)))


def _beside(path: Path, slug: str) -> tuple[Guide, Path] | None:
    """A guide in a folder next to this one's."""
    other = path.absolute().parent.parent / slug / "guide.yaml"
    return (read(other), other.parent) if other.is_file() else None


def _line(lines: Lines, at: tuple[str | int, ...]) -> int:
    """Of the nearest thing that stands in the file."""
    while at and at not in lines:
        at = at[:-1]
    return lines.get(at, 1)


def _files(guide: Guide, path: Path, lines: Lines) -> Iterator[Mistake]:
    mend = "put it beside the guide, 8 MiB at most"
    named: list[tuple[tuple[str | int, ...], str]] = [(("cover",), guide.cover)] if guide.cover else []
    named += [(("steps", i, "show", j, "img"), p.img) for i, s in enumerate(guide.steps) for j, p in enumerate(s.show)]
    seen = {name for _, name in named}
    named += [((), name) for name in guide.pictures() if name not in seen]
    for at, name in named:
        if picture(path.parent, name) is None:
            yield Mistake(str(path), _line(lines, at), where_of(at), f"there is no picture {name}", mend)
    for i, step in enumerate(guide.steps):
        if "en" not in step.title:
            at = ("steps", i, "title")
            yield Mistake(str(path), _line(lines, at), where_of(at), "no en words", "add `en: …`")


def _remarks(guide: Guide, path: Path, lines: Lines) -> Iterator[Mistake]:
    for remark in lint(guide):
        yield Mistake(str(path), _line(lines, remark.at), where_of(remark.at), remark.why, remark.mend, remark.is_warning)
