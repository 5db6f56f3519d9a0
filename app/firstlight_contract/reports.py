# SPDX-License-Identifier: Apache-2.0
"""Reports, their attachments, the conversation about them, and what became of them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from firstlight_contract.endpoint import Endpoint
from firstlight_contract.wire import Count, FileName, Id, Line, Sha256, Size, Slug, Text, When, Wire

FILES_KEPT_DAYS = 180
"""So long after a report is done the hub keeps its files; then they go, and the words stay. The tester is told before sending."""


class Kind(StrEnum):
    """What a report is about."""

    BUG = "bug"
    IDEA = "idea"


class Often(StrEnum):
    """How often it happens."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    ONCE = "once"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How bad it is for the tester."""

    COSMETIC = "cosmetic"
    ANNOYING = "annoying"
    HARD = "hard"  # I can work around it with pain
    BLOCKS = "blocks"  # I cannot use it


class State(StrEnum):
    """What the team made of a report."""

    NEW = "new"
    SEEN = "seen"
    CONFIRMED = "confirmed"
    QUESTION = "question"  # the team asks the tester something
    DUPLICATE = "duplicate"
    PLANNED = "planned"
    FIXED = "fixed"
    CLOSED = "closed"


class Role(StrEnum):
    """What an attachment is; a capture's original never leaves the PC, so it has no role here."""

    PICTURE = "picture"
    PHOTO = "photo"
    LOG = "log"
    BUGREPORT = "bugreport"
    FILE = "file"


class AttachmentPut(Wire):
    """One attachment of what is sent; its bytes go by upload first."""

    sha256: Sha256
    name: FileName
    size: Size
    media: Line
    role: Role
    hidden: Count = 0
    """How many details were hidden before it left."""


class ReportPut(Wire):
    """A report under the name (UUID) that the PC gave it; the hub keeps the highest `rev`, starting from 1."""

    programme: Slug
    rev: int = Field(ge=1, le=1_000_000)
    kind: Kind = Kind.BUG
    title: Line
    text: Text = ""
    steps: Text = ""
    often: Often = Often.UNKNOWN
    severity: Severity = Severity.ANNOYING
    device: Id | None = None
    device_model: str = Field(default="", max_length=200)
    build: str = Field(default="", max_length=40)
    guide_step: str = Field(default="", max_length=200)
    captured_at: When
    environment: dict[str, str] = Field(default_factory=dict, max_length=40)
    attachments: tuple[AttachmentPut, ...] = Field(default=(), max_length=30)


class ReportView(Wire):
    """A report as the hub keeps it: what `PUT` answers and what the feed brings when it changed."""

    id: Id
    number: str
    rev: int
    programme: Slug
    title: Line
    state: State
    received_at: When
    changed_at: When
    device_model: str = ""
    build: str = ""
    planned_for: str = ""
    fixed_in: str = ""
    same_as: str = ""
    joined: Count = 0
    verdict: str = ""
    """The tester's own word after a fix: "fixed", "still", or nothing yet."""
    attachments: Count = 0


class SimilarView(Wire):
    """What everybody in a programme may know of a report that the team has seen: enough to find out that one's own is known."""

    number: str
    title: Line
    state: State
    kind: Kind = Kind.BUG
    device_model: str = ""
    build: str = ""
    fixed_in: str = ""
    joined: Count = 0


class CommentPut(Wire):
    """A word in a report's conversation, under a UUID of the PC's. `verdict` is the answer to 'does it work for you?'."""

    report: Id
    text: Text = ""
    verdict: str = Field(default="", pattern=r"^(|fixed|still)$")


class CommentView(Wire):
    """A word as the hub keeps it; `asks` marks a question that waits for the tester."""

    id: Id
    report: Id
    author: Line
    staff: bool
    asks: bool
    text: Text
    verdict: str = ""
    at: When


PUT_REPORT = Endpoint("PUT", "/reports/{id}", ReportView, ReportPut)
GET_REPORT = Endpoint("GET", "/reports/{id}", ReportView)
PUT_COMMENT = Endpoint("PUT", "/comments/{id}", CommentView, CommentPut)
