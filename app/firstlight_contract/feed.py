# SPDX-License-Identifier: Apache-2.0
"""The change feed: everything a desktop reads from the hub comes through one cursor.

An item carries the whole object, newest state; the same object may come again later. A desktop stores items and cursor in
one transaction. `cursor` is opaque; "" starts from nothing. 410 means too old: drop caches (never drafts), start from "".
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from firstlight_contract.endpoint import Endpoint
from firstlight_contract.wire import Count, Line, Sha256, Size, Slug, Version, When, Wire, Words


class FeedKind(StrEnum):
    """Kinds of objects, with the model of their body."""

    PROGRAMME = "programme"  # account.ProgrammeCard
    RELEASE = "release"  # firmware.Release
    GUIDE = "guide"  # GuideView
    REPORT = "report"  # reports.ReportView
    COMMENT = "comment"  # reports.CommentView
    BADGE = "badge"  # honour.BadgeView: definition and this tester's progress
    HONOUR = "honour"  # honour.HonourView
    SIMILAR = "similar"  # reports.SimilarView: what others reported, where the programme shares it
    PROPOSAL = "proposal"  # community.ProposalView, for everybody in the programme; so is the next
    EVENT = "event"  # community.EventView
    VOTE = "vote"  # community.VoteView: this tester's own; so are those that follow
    EXPERIENCE = "experience"  # community.ExperienceView
    RSVP = "rsvp"  # community.RsvpView
    ALBUM = "album"  # community.AlbumView
    CLAIM = "claim"  # community.ClaimView


class GuideFile(Wire):
    """A file of a guide, fetched by `GET /files/{sha256}`."""

    name: Line
    sha256: Sha256
    size: Size


class GuideView(Wire):
    """A published guide: `document` is the YAML text, `sha256` its hash, `target` its path among the signed files or ""."""

    slug: Slug
    programme: Slug
    version: Version
    title: Words
    sha256: Sha256
    document: str
    files: tuple[GuideFile, ...] = ()
    target: str = ""


class FeedItem(Wire):
    """One changed object; `seq` grows, `key` names the object within its kind."""

    seq: Count
    kind: FeedKind
    key: Line
    at: When
    deleted: bool = False
    body: dict[str, Any]


class FeedPage(Wire):
    """At most 200 items; `more` says that another page waits, `left` about how many items that is."""

    items: tuple[FeedItem, ...]
    cursor: str
    more: bool
    left: Count = 0


SYNC = Endpoint("GET", "/sync", FeedPage)
"""Query: `cursor`, `limit` (1…200). `ETag`/`If-None-Match`: 304 when nothing is new."""
