# SPDX-License-Identifier: Apache-2.0
"""Signed builds and guides: a TUF repository (https://theupdateframework.github.io/specification/latest/) that the hub serves.

root (2 of 3 keys, offline) -> targets (offline) -> one terminating delegation per product line, whose paths are `LINE/*`;
snapshot and timestamp share one online key that the hub keeps. Consistent snapshots: a target is fetched as `LINE/SHA256.NAME`.
What TUF does not know about a file (its build, its device, whether it may replace a newer one) is signed with it: `Facts`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from firstlight_contract.wire import Count, FileName, Line, Sha256, Size, Slug, Text, Version, When, Wire

METADATA_PATH = "/tuf/metadata/"
"""`GET`, public: `timestamp.json`, and every other role as `VERSION.ROLE.json`."""
TARGETS_PATH = "/tuf/targets/"
"""`GET`, with ranges: `LINE/SHA256.NAME`; for testers of the line's programme, or for everybody when the line is public."""
STAFF_PATH = "/staff/signing"
"""`GET`: State; `PUT`: Submission. `POST /staff/signing/online`: State with a fresh online key waiting to be named by a new root."""

DEMO_FIELD = "x-firstlight-demo"
"""Stands in the root of a demo, signed with it: this hub made all its keys itself and keeps them."""

LineName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
TargetPath = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}/[A-Za-z0-9][A-Za-z0-9._+-]{0,159}$", max_length=200)]
"""`LINE/NAME`: no `..` can stand in it, for a name starts with a letter or digit and holds no slash."""
TOP_ROLES = ("root", "targets", "snapshot", "timestamp")
MOST_METADATA = 600_000
"""Bytes of one submission of signed metadata."""
GUIDE_DOCUMENT = "guide.yaml"


class Kind(StrEnum):
    """What a signed file is."""

    IMAGE = "image"
    GUIDE = "guide"


class SignedFile(Wire):
    """A file that a guide shows, by content: signed with the guide."""

    name: FileName
    sha256: Sha256
    size: Size


class Facts(Wire):
    """The `custom` field of a target. `min_from` is the oldest build it may be written over; "" any.

    `downgrade_ok` says that it may be written over a newer build. A guide has `device` "" and lists the files that it shows.
    """

    kind: Kind = Kind.IMAGE
    version: Version
    device: str = Field(default="", max_length=64)
    partition: str = Field(default="", max_length=64)
    min_from: str = Field(default="", max_length=40)
    notes: Text = ""
    downgrade_ok: bool = False
    rollback_index: Count = 0
    files: tuple[SignedFile, ...] = Field(default=(), max_length=400)


class RoleState(Wire):
    """One role as the hub has it now; `keys` are the ids of the keys that may sign it, of which `threshold` are needed."""

    role: str
    version: Count
    expires: When
    keys: tuple[str, ...]
    threshold: Count


class LineState(Wire):
    """A product line; `programme` "" means that no programme owns it."""

    name: LineName
    programme: str = ""
    is_public: bool = False


class State(Wire):
    """What the hub holds. `online` is the public part of the key that signs snapshot and timestamp, in TUF's own form.

    `demo` says that this hub made all its keys itself.
    """

    roles: tuple[RoleState, ...]
    lines: tuple[LineState, ...]
    online_id: str = ""
    online: dict[str, object] = Field(default_factory=dict)
    online_ok: bool = True
    demo: bool = False


class BuildNote(Wire):
    """The build that signed files belong to, as testers shall read it: not signed, and shown only."""

    programme: Slug
    device: Slug
    version: Version
    from_version: str = Field(default="", max_length=40)
    week: str = Field(default="", max_length=10)
    guide: Slug = "weekly"
    minutes: Count = 9
    keeps_data: bool = True
    changes: tuple[Line, ...] = Field(default=(), max_length=200)
    is_draft: bool = False


class Submission(Wire):
    """Signed metadata by role (JSON text). It is admitted whole or not at all. `build` tells testers of it; `lines` owns new lines."""

    metadata: dict[str, str] = Field(min_length=1, max_length=40)
    build: BuildNote | None = None
    lines: tuple[LineState, ...] = Field(default=(), max_length=40)


_DIGITS = re.compile(r"(\d+)")


def order_of(version: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts versions as people read them: 26.9 before 26.47, 26.47-rc1 before 26.47, 26.47 before 26.47.1."""
    parts: list[tuple[int, int, str]] = []
    for piece in re.split(r"[.+_]", version):
        number, _, rest = piece.partition("-")
        parts.extend((1, int(p), "") if p.isdigit() else (0, 0, p) for p in _DIGITS.split(number) if p)
        if rest:
            # A pre-release comes before what it leads to.
            parts.append((-1, 0, ""))
            parts.extend((1, int(p), "") if p.isdigit() else (0, 0, p) for p in _DIGITS.split(rest) if p)
    return (*parts, (0, 0, ""))


def is_older(version: str, than: str) -> bool:
    """Whether a build comes before another; False when one of them is not known."""
    return bool(version) and bool(than) and version != than and order_of(version) < order_of(than)


def file_name(path: str, sha256: str) -> str:
    """How a target is asked for below `TARGETS_PATH`."""
    line, _, name = path.rpartition("/")
    return f"{line}/{sha256}.{name}"
