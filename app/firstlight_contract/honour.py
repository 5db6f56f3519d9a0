# SPDX-License-Identifier: Apache-2.0
"""Badges, and the events that they are granted for. Only what arrived and helped counts."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from firstlight_contract.endpoint import Endpoint
from firstlight_contract.wire import Count, Id, Line, Slug, When, Wire, Words


class ActivityKind(StrEnum):
    """What a tester did; the hub adds its own kinds (`report.sent`, `report.fixed`, …) by what it sees itself."""

    SIGNED_IN = "tester.joined"
    GUIDE_FINISHED = "guide.finished"
    BUILD_INSTALLED = "build.installed"
    RECOVERED = "device.recovered"
    REPORT_SENT = "report.sent"
    REPORT_CONFIRMED = "report.confirmed"
    REPORT_FIXED = "report.fixed"
    COMMENT_SENT = "comment.sent"
    VOTED = "vote.cast"
    EXPERIENCE_SENT = "experience.sent"


class ActivityPut(Wire):
    """One event under a UUID of the PC's; from the desktop only guide.finished, build.installed, device.recovered are taken."""

    programme: Slug
    kind: ActivityKind
    at: When
    facts: dict[str, str] = Field(default_factory=dict, max_length=20)
    """E.g. `guide`, `guide_kind`, `build`, `from_build`, `device`, `seconds`, `photos`."""


class ActivityView(Wire):
    """The event as the hub keeps it."""

    id: Id
    kind: ActivityKind
    at: When


class BadgeView(Wire):
    """A badge of the programme and how far this tester is; `goal` 1 and `progress` 0 for those that are granted by hand."""

    slug: Slug
    name: Words
    what_for: Words
    picture: Slug
    """File name below resources/images/badges without `.svg`."""
    progress: Count
    goal: Count
    earned_at: When | None = None
    order: Count = 0


class ActivityDay(Wire):
    """How many contributions a day had; `day` is ISO 8601 in the programme's time zone. The one source of heatmap and streak."""

    day: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    n: Count


class HonourView(Wire):
    """A tester's sums; `days` covers the last 53 weeks."""

    builds: Count
    reports: Count
    fixes: Count
    routers: Count
    guides: Count
    weeks_in_row: Count
    longest_row: Count
    rest_weeks_used: Count
    days: tuple[ActivityDay, ...]
    number: Count
    since: When
    display_name: Line


PUT_ACTIVITY = Endpoint("PUT", "/activity/{id}", ActivityView, ActivityPut)
