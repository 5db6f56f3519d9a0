# SPDX-License-Identifier: Apache-2.0
"""What a run tells the hub, each exactly once: guide finished, build installed, device recovered. Pure facts, no device serial.

The name of each is made from the run's, so that telling it twice is telling it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from firstlight.guides.state import THROUGH, RunState
from firstlight_contract.honour import ActivityKind
from firstlight_contract.verbs.build import BuildBooted


@dataclass(frozen=True)
class News:
    """One event for the outbox. `programme` "" when the run knows none: the account's own is meant."""

    id: UUID
    account_id: int
    programme: str
    kind: ActivityKind
    at: datetime
    facts: dict[str, str]


def news_of(state: RunState) -> tuple[News, ...]:
    """Everything that is to be told of the run as it stands."""
    found = []
    confirmed = [s for s in state.steps if s.mark in THROUGH and any(isinstance(c, BuildBooted) for c in s.step.after)]
    build = state.to_write
    if confirmed and build is not None and state.device is not None and confirmed[-1].done_at is not None:
        at = confirmed[-1].done_at
        facts = {
            "build": build.version,
            "from_build": state.device.build,
            "device": build.device,
            "seconds": str(int((at - state.started_at).total_seconds())),
        }
        found.append(_news(state, ActivityKind.BUILD_INSTALLED, at, facts, f"installed/{build.version}"))
        if state.failed_once:
            found.append(_news(state, ActivityKind.RECOVERED, at, facts, "recovered"))
    if state.finished_at is not None and not state.is_given_up:
        facts = {
            "guide": state.guide.id,
            "guide_kind": state.guide.kind.value,
            "seconds": str(int((state.finished_at - state.started_at).total_seconds())),
            "photos": str(state.photos),
            "device": state.guide.device,
        }
        found.append(_news(state, ActivityKind.GUIDE_FINISHED, state.finished_at, facts, "finished"))
    return tuple(found)


def _news(state: RunState, kind: ActivityKind, at: datetime, facts: dict[str, str], name: str) -> News:
    programme = state.release.programme if state.release else ""
    return News(uuid5(UUID(state.run_id), name), state.account_id, programme, kind, at, facts)
