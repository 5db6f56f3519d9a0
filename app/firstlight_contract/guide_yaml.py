# SPDX-License-Identifier: Apache-2.0
"""Parser events of a guide's YAML -> plain data: one dialect for whoever signs a guide and whoever plays it.

Bounded before anything is built: nodes and depth; anchors, aliases, tags, merge keys and keys that stand twice do not exist in a guide,
so nothing can grow while it is read and nothing can be read in two ways. Only `true` and `false` are booleans, so that a word such as
`no` stays a word. The parser is the caller's; its events are known by the names of their classes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_MAX_NODES = 20_000
_MAX_DEPTH = 16
Lines = dict[tuple[str | int, ...], int]


class Bad(Exception):
    """A place where the text is no YAML of ours."""

    def __init__(self, line: int, why: str, mend: str, where: str = "") -> None:
        super().__init__(why)
        self.line, self.why, self.mend, self.where = line, why, mend, where


def _is(event: Any, kind: str) -> bool:
    return type(event).__name__ == f"{kind}Event"


class Builder:
    """Builds plain data from parser events, so that a hostile document is refused at the event that shows it."""

    def __init__(self, loader: Any, scalar: Callable[[Any], object] | None = None) -> None:
        self._loader = loader
        self._scalar = scalar or plain_scalar
        self._lines: Lines = {}
        self._nodes = 0

    def document(self) -> tuple[object, Lines]:
        """The one document of the stream."""
        self._loader.get_event()
        if _is(self._loader.get_event(), "StreamEnd"):
            raise Bad(1, "empty", "begin with `guide: 1`")
        data = self._node((), 0)
        self._loader.get_event()
        if not _is(self._loader.peek_event(), "StreamEnd"):
            raise Bad(self._loader.peek_event().start_mark.line + 1, "more than one document", "remove the line `---`")
        return data, self._lines

    def _node(self, at: tuple[str | int, ...], depth: int) -> object:
        event = self._loader.get_event()
        line = event.start_mark.line + 1
        self._lines[at] = line
        self._nodes += 1
        where = where_of(at)
        if self._nodes > _MAX_NODES:
            raise Bad(line, f"more than {_MAX_NODES} values", "split the guide", where)
        if depth > _MAX_DEPTH:
            raise Bad(line, f"nested deeper than {_MAX_DEPTH}", "no part of a guide is nested so deep", where)
        if _is(event, "Alias") or getattr(event, "anchor", None):
            raise Bad(line, "anchors and aliases (& and *) are not allowed", "write the words out; quote a text that begins so", where)
        if getattr(event, "tag", None):
            raise Bad(line, "tags (!) are not allowed", "quote a text that begins with !", where)
        if _is(event, "MappingStart"):
            return self._mapping(at, depth)
        if _is(event, "SequenceStart"):
            items: list[object] = []
            while not _is(self._loader.peek_event(), "SequenceEnd"):
                items.append(self._node((*at, len(items)), depth + 1))
            self._loader.get_event()
            return items
        return self._scalar(event)

    def _mapping(self, at: tuple[str | int, ...], depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while not _is(self._loader.peek_event(), "MappingEnd"):
            event = self._loader.get_event()
            line = event.start_mark.line + 1
            if not _is(event, "Scalar") or event.anchor or event.tag:
                raise Bad(line, "a key must be a plain word", "write `name: value`", where_of(at))
            key = event.value
            if key == "<<":
                raise Bad(line, "merge keys (<<) are not allowed", "write the keys out", where_of(at))
            if key in found:
                raise Bad(line, f"{key[:40]!r} stands twice", "remove one of them", where_of(at))
            self._lines[(*at, key)] = line
            found[key] = self._node((*at, key), depth + 1)
            self._lines[(*at, key)] = line
        self._loader.get_event()
        return found


def plain_scalar(event: Any) -> object:
    """A word, a number, true, false or nothing."""
    text: str = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    body = text.removeprefix("-")
    if body.isascii() and body.isdecimal() and len(body) < 16:
        return int(text)
    whole, dot, rest = body.partition(".")
    if dot and len(body) < 24 and (whole + rest).isascii() and (whole + rest).isdecimal():
        return float(text)
    return text


def where_of(at: tuple[str | int, ...]) -> str:
    """A place as authors read it: `steps[2].say[0].text`."""
    text = ""
    for item in at:
        text += f"[{item}]" if isinstance(item, int) else f".{shown_key(item)}" if text else shown_key(item)
    return text


def shown_key(text: str) -> str:
    """A key as it may be shown: it is a stranger's word."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text[:60])
