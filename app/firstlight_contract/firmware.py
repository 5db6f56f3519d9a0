# SPDX-License-Identifier: Apache-2.0
"""Builds with their change lists; they reach the desktop by the feed."""

from __future__ import annotations

from enum import StrEnum

from firstlight_contract.wire import Count, FileName, Id, Line, Sha256, Size, Slug, Version, When, Wire, Words


class ChangeKind(StrEnum):
    """What sort of change a line of the change list is."""

    NEW = "new"
    BETTER = "better"
    FIXED = "fixed"
    KNOWN = "known"


class Change(Wire):
    """One line of a change list. `fixes` are report numbers; `yours` only in the copy for a tester whose report it was."""

    id: Id
    kind: ChangeKind
    title: Words
    body: Words
    fixes: tuple[str, ...] = ()
    yours: bool = False
    comments: Count = 0


class ImageFile(Wire):
    """One file of a build, fetched by `GET /files/{sha256}`; `target` is its path among the signed files, "" when it is not signed."""

    name: FileName
    partition: str
    sha256: Sha256
    size: Size
    target: str = ""


class Release(Wire):
    """A weekly build: `week` is "2026-W47"; `minutes` the median time to flash it."""

    id: Id
    programme: Slug
    device: Slug
    device_name: Line
    version: Version
    from_version: str
    week: str
    published_at: When
    keeps_data: bool
    minutes: Count
    guide: Slug
    rollback_index: Count = 0
    files: tuple[ImageFile, ...]
    changes: tuple[Change, ...]
