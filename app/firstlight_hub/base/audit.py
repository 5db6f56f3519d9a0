# SPDX-License-Identifier: Apache-2.0
"""Writes down what somebody of the staff did, in the transaction of the deed."""

from __future__ import annotations

from typing import Any

from firstlight_hub.base.models import Audit


def record(actor: Any, action: str, thing: str, *, before: dict[str, object] | None = None, after: dict[str, object] | None = None) -> None:
    """One line of the audit; `actor` is a user, or None for the hub itself."""
    who = str(actor.subject) if actor is not None else "hub"
    Audit.objects.create(actor=who, action=action, object=thing[:200], before=before or {}, after=after or {})
