# SPDX-License-Identifier: Apache-2.0
"""The records of this room: a draft with its attachments, what leaves of it, and a row of the list.

Values of `kind`, `often`, `severity` and `role` are those of `firstlight_contract.reports`, as plain strings: lists must show
before pydantic is loaded.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypedDict

from firstlight.sync.entry import Why

MOST_ATTACHMENTS = 30
PICTURES = ("picture", "photo")


class Local(StrEnum):
    """What this PC knows of a report; what the team made of it is `ReportRow.state`."""

    DRAFT = "draft"
    QUEUED = "queued"
    DELIVERED = "delivered"
    NEEDS_YOU = "needs_you"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Attachment:
    """A file of a report: `sha256` is the original, which stays on this PC; `pos` names it within the report and is never used again.

    `annotations` is annotate's document, `redaction` the tester's choices in redact's form. `reviewed`: the tester has
    looked at the text as it will leave (pictures need none); each change of `redaction` asks for it again.
    """

    pos: int
    name: str
    role: str
    media: str
    size: int
    sha256: str
    annotations: dict[str, Any] | None = None
    redaction: dict[str, Any] | None = None
    reviewed: bool = False
    include: bool = True
    travel: str = ""
    """A sync.rules.Travel: what the tester said about this file and metered networks."""

    @property
    def is_picture(self) -> bool:
        """Flattened and encoded anew before it leaves, instead of redacted."""
        return self.role in PICTURES

    @property
    def needs_review(self) -> bool:
        """Whether it keeps the report from being queued."""
        return self.include and not self.reviewed and not self.is_picture


@dataclass(frozen=True)
class Draft:
    """A report as the tester writes it. Change it with `dataclasses.replace` and `Reports.save`."""

    id: str
    account_id: int | None
    kind: str = "bug"
    title: str = ""
    text: str = ""
    steps: str = ""
    often: str = "unknown"
    severity: str = "annoying"
    programme: str = ""
    device: str = ""
    device_model: str = ""
    build: str = ""
    guide_step: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    rev: int = 0
    sent_rev: int = 0
    state: Local = Local.DRAFT
    captured_at: float = 0.0
    changed_at: float = 0.0
    why: Why = field(default_factory=Why)
    """Why the hub set it aside, while `state` is needs_you."""
    attachments: tuple[Attachment, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was written or attached: not worth keeping."""
        return not (self.title.strip() or self.text.strip() or self.steps.strip() or self.attachments)


class Words(TypedDict, total=False):
    """What a new draft may start with."""

    kind: str
    title: str
    text: str
    steps: str
    often: str
    severity: str
    programme: str
    device: str
    device_model: str
    build: str
    guide_step: str
    environment: dict[str, str]


BODY = (
    "kind",
    "text",
    "steps",
    "often",
    "severity",
    "programme",
    "device",
    "device_model",
    "build",
    "guide_step",
    "environment",
)


def body_of(draft: Draft) -> str:
    """The JSON of the row's `body`."""
    values = asdict(draft)
    return json.dumps({name: values[name] for name in BODY}, ensure_ascii=False)


@dataclass(frozen=True)
class Outgoing:
    """One thing that leaves: the words (`purpose` "words", `body` what the hub gets) or a file made from attachment `pos`.

    `hidden` counts the details that were hidden in it; `original` is the size of what it was made from.
    """

    pos: int
    name: str
    size: int
    media: str
    purpose: str
    sha256: str = ""
    hidden: int = 0
    original: int = 0
    path: Path | None = None
    body: str = ""
    seen: int = 0
    """Of the words: how many details in them look private. Nothing is hidden there, they leave as the tester wrote them."""


class Section(StrEnum):
    """Where a row stands in the list, in this order."""

    DRAFT = "draft"
    OUTBOX = "outbox"
    NEEDS_YOU = "needs_you"
    TEAM = "team"
    FIXED = "fixed"


@dataclass(frozen=True)
class Step:
    """How far a row of the outbox is. `place` counts from 1 in line; `not_before` 0 means as soon as its turn comes."""

    place: int = 0
    done: int = 0
    total: int = 0
    attempts: int = 0
    not_before: float = 0.0
    can_take_back: bool = False


@dataclass(frozen=True)
class ReportRow:
    """A row of the list: local things and what the hub told, merged.

    `state` is the team's (contract State), "" while the hub has told nothing. `elsewhere`: written on another device.
    `why` explains a row that needs the tester or waits after a failure; `question` is the team's open question.
    """

    id: str
    section: Section
    title: str
    kind: str = "bug"
    local: Local | None = None
    elsewhere: bool = False
    device_model: str = ""
    build: str = ""
    attachments: int = 0
    size: int = 0
    changed_at: float = 0.0
    number: str = ""
    state: str = ""
    planned_for: str = ""
    fixed_in: str = ""
    same_as: str = ""
    joined: int = 0
    verdict: str = ""
    question: str = ""
    asked_by: str = ""
    answer_waits: bool = False
    is_unseen: bool = False
    step: Step = field(default_factory=Step)
    why: Why = field(default_factory=Why)


@dataclass(frozen=True)
class Counts:
    """How many rows each section has."""

    drafts: int
    outbox: int
    needs_you: int
    team: int
    fixed: int
    refused: int = 0
    """Of those that need the tester: what the hub did not take."""

    @property
    def arrived(self) -> int:
        """What the hub has."""
        return self.needs_you - self.refused + self.team + self.fixed

    @property
    def all(self) -> int:
        """Every row."""
        return self.drafts + self.outbox + self.needs_you + self.team + self.fixed


class Moment(StrEnum):
    """What happened to a report at one point of its time line."""

    WRITTEN = "written"
    QUEUED = "queued"
    ARRIVED = "arrived"
    REFUSED = "refused"
    STATE = "state"  # what = the team's state, detail = the build it is planned for or fixed in, or the report it equals
    JOINED = "joined"
    SAID = "said"  # a comment
    WAITING = "waiting"  # an answer of the tester's that has not left yet


@dataclass(frozen=True)
class Event:
    """A line of a report's time line. `at` 0 when nobody told when."""

    moment: Moment
    at: float
    what: str = ""
    author: str = ""
    is_staff: bool = False
    asks: bool = False
    verdict: str = ""
    number: int = 0
    detail: str = ""
    why: Why = field(default_factory=Why)
