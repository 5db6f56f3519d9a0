# SPDX-License-Identifier: Apache-2.0
"""One op: something the hub must learn, under the name that makes a repeat harmless."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from firstlight.base.errors import FirstlightError


class OpKind(StrEnum):
    """What is sent. `subject` is its name: a SHA-256 for a blob, a UUID for the rest."""

    BLOB = "blob"
    REPORT = "report"
    COMMENT = "comment"
    ACTIVITY = "activity"
    DEVICE = "device"
    VOTE = "vote"  # under the proposal's name
    EXPERIENCE = "experience"  # the four-grid of a build
    RSVP = "rsvp"  # under the event's name
    ALBUM = "album"
    CLAIM = "claim"  # of a badge
    STATISTICS = "statistics"  # of a run's steps, when the tester chose so
    PC = "pc"  # the key that signs bundles
    BUNDLE = "bundle"  # somebody's acts that came by stick


class OpState(StrEnum):
    """Nothing is ever stored as 'in progress': a crash leaves an op ready."""

    READY = "ready"
    HELD = "held"  # the tester has it open
    PARKED = "parked"  # the hub refused it: needs the tester
    DONE = "done"


@dataclass(frozen=True)
class Why:
    """The last error of an op, as it was raised."""

    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, error: FirstlightError) -> Why:
        """What to keep of `error`."""
        return cls(error.code, error.facts)

    @classmethod
    def read(cls, text: str) -> Why:
        """The reverse of `text`."""
        return cls(**json.loads(text)) if text else cls()

    def text(self) -> str:
        """JSON for the row; "" when there is no error."""
        return json.dumps({"code": self.code, "facts": self.facts}, default=str, ensure_ascii=False) if self.code else ""


@dataclass(frozen=True)
class Op:
    """A row of the line."""

    seq: int
    account_id: int
    kind: OpKind
    subject: str
    about: str
    payload: str
    gen: int
    state: OpState
    attempts: int
    not_before_ms: int
    why: Why
    moved: int
    travel: str

    def can_take_back(self, now_ms: int) -> bool:
        """Whether the seconds in which it can be undone still run: then it cannot have left."""
        return self.state == OpState.READY and self.attempts == 0 and self.not_before_ms > now_ms

    @classmethod
    def of(cls, row: sqlite3.Row) -> Op:
        """The op of a row with all columns of `op`."""
        return cls(
            seq=row["seq"],
            account_id=row["account_id"],
            kind=OpKind(row["kind"]),
            subject=row["subject"],
            about=row["about"],
            payload=row["payload"],
            gen=row["gen"],
            state=OpState(row["state"]),
            attempts=row["attempts"],
            not_before_ms=row["not_before_ms"],
            why=Why.read(row["last_error"]),
            moved=row["moved"],
            travel=row["travel"],
        )
