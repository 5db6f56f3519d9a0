# SPDX-License-Identifier: Apache-2.0
"""Files of a UBports system: their groups and folders become names of a guide, and what is unpacked is picked by what is used later."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from firstlight.guides.exchange.assembly import is_link
from firstlight.guides.exchange.draft import Fate, clean, many

Lost = Callable[[str, str, str, Fate], None]
_UNNAMED = re.compile(r"[^A-Za-z0-9 ._+()@~,=-]+")
_ARCHIVE = re.compile(r"\.(tar|tar\.(gz|xz|bz2|zst)|tgz|zip|7z)$", re.IGNORECASE)
_INNER_TAR = re.compile(r"\.(gz|xz|bz2|zst)$", re.IGNORECASE)


def name_of(text: str) -> str:
    """A name under `files:` of a guide."""
    name = _UNNAMED.sub("_", clean(text)).lstrip(".+()@~,=- ").rstrip(". ,@(")[:120]
    return name or "file"


class Files:
    """Knows all references of a system, so that an archive is unpacked to what is needed of it."""

    def __init__(self, steps: Sequence[Mapping[str, Any]], lost: Callable[..., None]) -> None:
        self.named: dict[str, dict[str, Any]] = {}
        self._lost = lost
        self._places: dict[tuple[str, str], str] = {}
        self._used = {(g, f) for g, f in _references(steps)}
        self._moves = [
            (group, posixpath.normpath(str(m.get("src", ""))), posixpath.normpath(str(m.get("dst", ""))))
            for group, m in _of(steps, "core:unpack_move")
        ]

    def download(self, group: str, raw: Mapping[str, Any], *, by_hand: bool = False) -> str:
        """A file that comes from the web, or by hand; its name in the guide."""
        url = str(raw.get("url") or "")
        base = clean(raw.get("name")) or unquote(posixpath.basename(urlsplit(url).path)) or "file"
        entry: dict[str, Any] = {"url": url} if is_link(url) else {}
        if by_hand or not entry:
            entry["by_hand"] = True
        check = raw.get("checksum")
        if isinstance(check, Mapping):
            kind, value = str(check.get("algorithm", "")).lower(), str(check.get("sum", "")).lower()
            if (kind == "sha256" and re.fullmatch(r"[0-9a-f]{64}", value)) or (kind == "md5" and re.fullmatch(r"[0-9a-f]{32}", value)):
                entry[kind] = value
            else:
                self._lost("files", f"{base}: {kind}", "only SHA-256 and MD5 can be compared")
        name = name_of(base)
        if name in self.named and self.named[name] != entry:
            name = name_of(f"{group}-{base}")
        self.named[name] = entry
        self._places[(group, posixpath.normpath(base))] = name
        return name

    def named_as(self, group: str, path: str) -> str:
        """The guide's name of a file that an action uses."""
        key = (group, posixpath.normpath(path))
        if key not in self._places:
            self._places[key] = name_of(posixpath.basename(path))
        return self._places[key]

    def unpack(self, group: str, archive: str, folder: str) -> dict[str, Any] | None:
        """`files.unpack` for an archive; None when it is the tar inside of one that was unpacked whole already."""
        key = (group, posixpath.normpath(archive))
        name = self._places.get(key)
        if name is None:
            return None
        picks = {inner: self.named_as(group, used) for inner, used in self._inside(group, folder, posixpath.basename(archive))}
        for made in picks.values():
            self.named.setdefault(made, {})
        self._places[(group, _INNER_TAR.sub("", posixpath.join(posixpath.normpath(folder), posixpath.basename(archive))))] = ""
        return {"archive": name} | ({"pick": picks} if picks else {})

    def is_covered(self, group: str, archive: str) -> bool:
        """Whether this is the tar inside of an archive that is unpacked in one go here."""
        return self._places.get((group, posixpath.normpath(archive))) == ""

    def _inside(self, group: str, folder: str, archive: str) -> Iterator[tuple[str, str]]:
        """(path inside the archive, path that an action names) for all that is used below the folder."""
        base = posixpath.normpath(folder)
        for used_group, used in sorted(self._used):
            if used_group != group:
                continue
            path = posixpath.normpath(used)
            if (group, path) in self._downloaded():
                continue
            inner = posixpath.relpath(self._origin(group, path, archive), base)
            if not inner.startswith(".."):
                yield inner, used

    def _origin(self, group: str, path: str, archive: str) -> str:
        """Where a file lay before it was moved; with several moves to its place, the one that is named after the archive."""
        sources = [src for moved, src, dst in self._moves if moved == group and posixpath.dirname(path) == dst]
        named = [src for src in sources if posixpath.basename(src) in archive]
        return posixpath.join((named or sources)[0], posixpath.basename(path)) if sources else path

    def _downloaded(self) -> set[tuple[str, str]]:
        return {key for key, name in self._places.items() if name in self.named}


def _of(steps: Sequence[Mapping[str, Any]], verb: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for step in steps:
        for action in many(step.get("actions")):
            params = action.get(verb) if isinstance(action, Mapping) else None
            if isinstance(params, Mapping):
                for item in many(params.get("files")):
                    if isinstance(item, Mapping):
                        yield str(params.get("group", "")), item


def _references(steps: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Every (group, file) that an action uses, but those that bring files."""
    for step in steps:
        for action in [*many(step.get("actions")), *many(step.get("fallback"))]:
            for verb, params in action.items() if isinstance(action, Mapping) else ():
                if isinstance(params, Mapping) and not str(verb).startswith("core:"):
                    yield from _in(params)


def _in(params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    group = str(params.get("group", ""))
    if isinstance(params.get("file"), str):
        yield group, params["file"]
    for value in params.values():
        if isinstance(value, Mapping):
            yield from _in(value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, Mapping):
                    yield from _in(item)
                elif isinstance(item, str) and value is params.get("files"):
                    yield group, item
