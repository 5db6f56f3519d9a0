# SPDX-License-Identifier: Apache-2.0
"""The guides of this PC: those that came with the program, those that the hub published, each in a folder of its own.

A published guide is checked like any stranger's before it is shown; its pictures are fetched by hash. The newest version of a slug
wins; the hub's wins over the built-in one of the same version.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from firstlight.base.work import Work
from firstlight.guides.document import parse, picture, read
from firstlight.guides.errors import GuideInvalid
from firstlight_contract.feed import GuideFile, GuideView
from firstlight_contract.guides import MAX_PICTURE, Guide

log = logging.getLogger(__name__)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,80}\.(svg|png|jpg|jpeg|webp)")


class Origin(StrEnum):
    """Where a guide came from."""

    BUILT_IN = "built_in"
    HUB = "hub"


@dataclass(frozen=True)
class Entry:
    """A guide that can be started. `missing_bytes` 0: it works without network; of images of a build the entry knows nothing."""

    slug: str
    guide: Guide
    folder: Path
    origin: Origin
    missing: tuple[GuideFile, ...] = ()
    is_signed: bool = False
    """It came with the program, or the maker's signature was checked: it may run commands on the device."""

    @property
    def missing_bytes(self) -> int:
        """What has to be fetched before it is whole."""
        return sum(f.size for f in self.missing)

    @property
    def is_offline(self) -> bool:
        """Whether everything is here."""
        return not self.missing

    @property
    def cover(self) -> Path | None:
        """The cover's file; None when there is none."""
        return picture(self.folder, self.guide.cover) if self.guide.cover else None


class Library:
    """`built_in` is resources/guides, `fetched` the profile's folder; `published` tells what the hub lists for an account, and
    `is_signed` whether the maker's key stands for one of those.
    """

    def __init__(
        self,
        *,
        built_in: Path,
        fetched: Path,
        published: Callable[[int], tuple[GuideView, ...]] = lambda _: (),
        download: Callable[[int, GuideFile, Path, Work], None] | None = None,
        is_signed: Callable[[int, GuideView], bool] = lambda _account, _view: False,
    ) -> None:
        self._built_in = built_in
        self._fetched = fetched
        self._published = published
        self._download = download
        self._is_signed = is_signed

    def entries(self, account_id: int) -> tuple[Entry, ...]:
        """All guides, by slug. One that cannot be read is left out and logged."""
        found: dict[str, Entry] = {}
        for path in sorted(self._built_in.glob("*/guide.yaml")):
            try:
                guide = read(path)
            except GuideInvalid as error:
                log.error("built-in guide: %s", error)
                continue
            found[guide.id] = Entry(guide.id, guide, path.parent, Origin.BUILT_IN, is_signed=True)
        for view in self._published(account_id):
            entry = self._published_entry(view, is_signed=self._is_signed(account_id, view))
            known = found.get(view.slug)
            if entry and (known is None or _order(entry.guide.version) >= _order(known.guide.version)):
                found[view.slug] = entry
        return tuple(found[slug] for slug in sorted(found))

    def entry(self, account_id: int, slug: str) -> Entry | None:
        """One guide; None when there is none of that name."""
        return next((e for e in self.entries(account_id) if e.slug == slug), None)

    def fetch(self, account_id: int, entry: Entry, work: Work) -> Entry:
        """Bring what is missing; the answer is the entry as it is then."""
        done = 0
        for file in entry.missing:
            work.check()
            work.say("fetch", done, entry.missing_bytes, file.name)
            if self._download is not None:
                self._download(account_id, file, entry.folder / file.name, work)
            done += file.size
        return self.entry(account_id, entry.slug) or entry

    def _published_entry(self, view: GuideView, *, is_signed: bool) -> Entry | None:
        text = view.document.encode()
        digest = hashlib.sha256(text).hexdigest()
        if digest != view.sha256:
            log.warning("guide %s is not what the hub listed", view.slug)
            return None
        try:
            guide = parse(text, view.slug)
        except GuideInvalid as error:
            log.warning("guide %s: %s", view.slug, error)
            return None
        folder = self._fetched / view.slug / digest[:16]
        target = folder / "guide.yaml"
        if not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            # A name of its own: the page's job and the window's thread may both be the first to look.
            new = folder / f"guide-{os.getpid()}-{threading.get_ident()}.new"
            new.write_bytes(text)
            new.replace(target)
        wanted = set(guide.pictures())
        missing = tuple(f for f in view.files if f.name in wanted and not self._has(folder, f))
        return Entry(view.slug, guide, folder, Origin.HUB, missing, is_signed)

    def _has(self, folder: Path, file: GuideFile) -> bool:
        """Whether a picture is here; one that the built-in guide has with the same content is taken from there."""
        if not _NAME.fullmatch(file.name) or file.size > MAX_PICTURE:
            return True  # never fetched: the player shows the step without it
        target = folder / file.name
        if target.exists() and target.stat().st_size == file.size:
            return True
        for source in self._built_in.glob(f"*/{file.name}"):
            data = source.read_bytes()
            if hashlib.sha256(data).hexdigest() == file.sha256:
                target.write_bytes(data)
                return True
        return False


def _order(version: str) -> tuple[tuple[int, str], ...]:
    """Versions in their order: numbers as numbers."""
    return tuple((int(p), "") if p.isdecimal() else (-1, p) for p in re.split(r"[.+_-]", version))
