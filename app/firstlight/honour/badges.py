# SPDX-License-Identifier: Apache-2.0
"""What a tester has earned and how far they are, as the hub last told; readable offline. The hub decides, this only reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from firstlight.store.db import Database
from firstlight.sync.inbox import Inbox

if TYPE_CHECKING:
    from firstlight_contract.honour import BadgeView, HonourView

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Standing:
    """A tester's place in the programme: `number` counts joiners from 1, 0 when it is not known yet."""

    name: str
    programme: str
    ring: str
    number: int
    joined_at: datetime | None


class Honour:
    """Reads the inbox and the account row."""

    def __init__(self, db: Database, inbox: Inbox) -> None:
        self._db = db
        self._inbox = inbox

    def badges(self, account_id: int) -> tuple[BadgeView, ...]:
        """All badges: earned ones first, by when, then the others in the programme's order."""
        from firstlight_contract.honour import BadgeView  # noqa: PLC0415  # heavy: pydantic, not before the first paint

        found = self._inbox.of(account_id, "badge", BadgeView)
        return tuple(sorted(found, key=lambda b: (b.earned_at is None, b.earned_at or _LAST, b.order, b.slug)))

    def newly_earned(self, account_id: int) -> tuple[BadgeView, ...]:
        """Badges earned since the tester last looked at them."""
        unseen = set(self._inbox.unseen_keys(account_id, "badge"))
        return tuple(b for b in self.badges(account_id) if b.earned_at is not None and b.slug in unseen)

    def looked_at(self, account_id: int) -> None:
        """The tester has seen the badges."""
        self._inbox.mark_seen(account_id, "badge")

    def sums(self, account_id: int) -> HonourView | None:
        """Sums and days; None until the hub has told them."""
        from firstlight_contract.honour import HonourView  # noqa: PLC0415  # heavy: pydantic, not before the first paint

        found = self._inbox.of(account_id, "honour", HonourView)
        return found[-1] if found else None

    def standing(self, account_id: int) -> Standing | None:
        """Name, number and programme, from the account; None when it is in no programme."""
        with self._db.read() as tx:
            row = tx.execute("SELECT name, me_json FROM account WHERE id = ?", (account_id,)).fetchone()
        me = json.loads(row["me_json"]) if row and row["me_json"] else {}
        for enrolment in me.get("enrolments", []):
            programme = enrolment.get("programme", {})
            joined = enrolment.get("joined_at", "")
            return Standing(
                name=enrolment.get("display_name") or row["name"],
                programme=programme.get("name", ""),
                ring=programme.get("ring", ""),
                number=enrolment.get("number", 0),
                joined_at=datetime.fromisoformat(joined) if joined else None,
            )
        return None
