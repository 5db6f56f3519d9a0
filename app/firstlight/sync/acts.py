# SPDX-License-Identifier: Apache-2.0
"""Every kind of act that the hub can learn, as data: its endpoint in the contract, and whether a report has to go before it.

A kind stands here only when the hub serves its endpoint (tests/contract checks). A room adds an act with `Acts.put`: the name is
the tester's for ever, so a repeat is harmless, and putting the same name again replaces what has not left yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from firstlight.store.db import Database
from firstlight.sync.backoff import UNDO_MS
from firstlight.sync.entry import OpKind
from firstlight.sync.errors import Unreadable

if TYPE_CHECKING:
    from firstlight.sync.outbox import Outbox
    from firstlight_contract.endpoint import Endpoint
    from firstlight_contract.wire import Wire


@dataclass(frozen=True)
class Act:
    """One kind: `endpoint` is module and name within firstlight_contract, loaded when first sent."""

    kind: OpKind
    endpoint: str
    told_back: bool = False
    """Whether the hub's answer is the object that the inbox keeps under the same kind."""
    named: str = "id"
    """The answer's field that says the act's name: an answer about something else confirms nothing."""


TABLE: tuple[Act, ...] = (
    Act(OpKind.REPORT, "reports.PUT_REPORT", told_back=True),
    Act(OpKind.COMMENT, "reports.PUT_COMMENT", told_back=True),
    Act(OpKind.ACTIVITY, "honour.PUT_ACTIVITY"),
    Act(OpKind.DEVICE, "devices.PUT_DEVICE"),
    Act(OpKind.VOTE, "community.PUT_VOTE", told_back=True, named="proposal"),
    Act(OpKind.EXPERIENCE, "community.PUT_EXPERIENCE", told_back=True),
    Act(OpKind.RSVP, "community.PUT_RSVP", told_back=True, named="event"),
    Act(OpKind.ALBUM, "community.PUT_ALBUM", told_back=True),
    Act(OpKind.CLAIM, "community.PUT_CLAIM", told_back=True),
    Act(OpKind.STATISTICS, "community.PUT_STATISTICS"),
    Act(OpKind.PC, "bundles.PUT_PC"),
    Act(OpKind.BUNDLE, "bundles.PUT_BUNDLE"),
)
BY_KIND = {act.kind: act for act in TABLE}


def endpoint(kind: OpKind) -> Endpoint[Any]:
    """The endpoint of a kind that is no blob."""
    module, _, name = BY_KIND[kind].endpoint.partition(".")
    found: Endpoint[Any] = getattr(import_module(f"firstlight_contract.{module}"), name)
    return found


def form(kind: OpKind, subject: str, payload: str) -> Wire:
    """The request of an op; Unreadable when it does not fit the contract of this version."""
    from pydantic import ValidationError  # noqa: PLC0415  # heavy: not before the first paint

    request = endpoint(kind).request
    assert request is not None
    try:
        return request.model_validate_json(payload)
    except ValidationError as error:
        raise Unreadable(kind=kind, subject=subject) from error


class Acts:
    """The one door for rooms whose acts need nothing but a form: answers, four-grid, badge claims, statistics."""

    def __init__(self, db: Database, outbox: Outbox, changed: Callable[[int], None] | None = None) -> None:
        self._db = db
        self._outbox = outbox
        self._changed = changed or outbox.changed

    def offers(self, kind: str) -> bool:
        """Whether the hub takes this kind of act."""
        return kind in {str(act.kind) for act in TABLE}

    def put(
        self,
        account_id: int,
        kind: OpKind,
        subject: str,
        body: Wire,
        *,
        about: str = "",
        needs: Mapping[str, str] | None = None,
        undo_ms: int = UNDO_MS,
    ) -> None:
        """Keep the act and put it in the line; it may leave after `undo_ms`. `needs`: blobs (SHA-256 -> name) that go before it."""
        not_before = self._outbox.now_ms() + undo_ms if undo_ms else 0
        with self._db.write() as tx:
            self._outbox.add(tx, account_id, kind, subject, body.model_dump_json(), about=about, needs=needs, not_before_ms=not_before)
        self._changed(account_id)

    def take_back(self, account_id: int, kind: OpKind, subject: str) -> bool:
        """Undo `put` while it cannot have left; False when it may have."""
        with self._db.write() as tx:
            op = self._outbox.find(tx, account_id, kind, subject)
            if op is None or not op.can_take_back(self._outbox.now_ms()):
                return False
            self._outbox.remove(tx, op)
        self._changed(account_id)
        return True
