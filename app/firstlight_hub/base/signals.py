# SPDX-License-Identifier: Apache-2.0
"""What happened, told to the apps above inside the transaction in which it happened: all of it is kept, or none."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.dispatch import Signal

from firstlight_contract.honour import ActivityKind

happened = Signal()
"""A tester did something, or something became of what they did: `user`, `programme`, `kind`, `at`, `object_id`, `facts`."""

ticked = Signal()
"""A minute has passed: `now`. Whoever has something to tidy or to renew does a bounded piece of it; a fault of one stops no other."""

published = Signal()
"""A build reached its testers: `release`, `actor` (a user or None)."""

admitted = Signal()
"""A signed file is in the repository: `target` (its row), `actor` (a user or None)."""


def tell(user: Any, programme: Any, kind: ActivityKind, *, at: datetime, object_id: uuid.UUID, facts: dict[str, str] | None = None) -> None:
    """Send `happened`. The same kind and object tell one event however often it is sent."""
    name = uuid.uuid5(object_id, kind.value)
    happened.send(sender=None, user=user, programme=programme, kind=kind, at=at, object_id=name, facts=facts or {})
