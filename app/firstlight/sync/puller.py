# SPDX-License-Identifier: Apache-2.0
"""Reads the hub's feed from where it stopped. A page and the cursor behind it are one transaction: nothing is skipped or doubled."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.hublink.errors import ContractMismatch, Refused
from firstlight.store.db import Database, Tx
from firstlight.store.errors import StoreError
from firstlight.store.points import reached
from firstlight.store.sweep import KEEP_DELIVERED_MS
from firstlight.sync.inbox import STALE, forget, is_behind, learn
from firstlight.sync.news import InboxChanged
from firstlight.sync.outbox import Outbox
from firstlight.sync.sender import Client

log = logging.getLogger(__name__)

PAGE = 200


@dataclass(frozen=True)
class Pulled:
    """What one pull brought; `stopped` says for each account that could not be asked, why."""

    new_items: int = 0
    stopped: dict[int, FirstlightError] = field(default_factory=dict)


class Puller:
    """Pulls for every account that may ask now; memory is bounded by a page, however long the PC was away."""

    def __init__(self, db: Database, outbox: Outbox, client_for: Callable[[int], Client | None], events: Events) -> None:
        self._db = db
        self._outbox = outbox
        self._client_for = client_for
        self._events = events

    def pull(self, work: Work) -> Pulled:
        """Catch up. Raises Cancelled and StoreError; what the network does is in the answer."""
        with self._db.read() as tx:
            accounts = [row["id"] for row in tx.execute("SELECT id FROM account ORDER BY id")]
        new_items = 0
        stopped: dict[int, FirstlightError] = {}
        for account_id in accounts:
            try:
                client = self._client_for(account_id)
                if client is not None:
                    new_items += self._pull_account(client, account_id, work)
            except FirstlightError as error:
                if isinstance(error, (Cancelled, StoreError)):
                    raise
                log.info("account %s cannot catch up: %s", account_id, error)
                stopped[account_id] = error
        return Pulled(new_items, stopped)

    def _pull_account(self, client: Client, account_id: int, work: Work) -> int:
        new_items, began_anew, doubting = 0, False, False
        while True:
            work.check()
            cursor = self._cursor(account_id)
            if not cursor and not began_anew:
                self._doubt(account_id)
                doubting = True
            try:
                page = client.call(_endpoint(), query={"cursor": cursor, "limit": PAGE})
            except Refused as refusal:
                if refusal.status != 410 or began_anew:
                    raise
                began_anew = True
                self._begin_anew(account_id)
                continue
            reached("pull.answered")
            if page.more and (not page.items or page.cursor == cursor):
                raise ContractMismatch(where="feed")  # it would be asked for ever
            kinds, news = self._store(account_id, page, doubting=doubting)
            reached("pull.confirmed")
            new_items += news
            work.say("pull", new_items, new_items + page.left if page.more else new_items)
            if kinds:
                self._events.publish(InboxChanged(account_id, kinds))
            if not page.more:
                return new_items

    def has_asked(self, account_id: int) -> bool:
        """Whether this account has ever been told news by its hub."""
        return bool(self._cursor(account_id))

    def _cursor(self, account_id: int) -> str:
        with self._db.read() as tx:
            row = tx.execute("SELECT cursor FROM account WHERE id = ?", (account_id,)).fetchone()
        return str(row["cursor"]) if row else ""

    def _store(self, account_id: int, page: Any, *, doubting: bool) -> tuple[frozenset[str], int]:
        """Everything the page says, and where it ends. What the first catching up brings is old news: nothing of it is marked as new."""
        again = 0
        with self._db.write() as tx:
            is_first = not tx.execute("SELECT pulled_ms FROM account WHERE id = ?", (account_id,)).fetchone()["pulled_ms"]
            for item in page.items if is_first or doubting else ():
                if is_behind(tx, account_id, item.kind, item.key, item.body):
                    again += self._outbox.repeat_delivered(tx, account_id, self._since_ms(), only=(item.kind, item.key))
            changed = [item for item in page.items if _take(tx, account_id, item, seen=is_first)]
            kinds = {item.kind for item in changed}
            if not page.more:
                if is_first or doubting:
                    again += self._outbox.repeat_delivered(tx, account_id, self._since_ms(), unless_told=True)
                kinds |= _drop_stale(tx, account_id)
                tx.execute("UPDATE account SET pulled_ms = ? WHERE id = ?", (self._outbox.now_ms(), account_id))
            tx.execute("UPDATE account SET cursor = ? WHERE id = ?", (page.cursor, account_id))
            reached("pull.before_commit")
        if again:
            log.info("the hub of account %s does not tell of all that it confirmed; %s acts are said again", account_id, again)
            self._outbox.changed(account_id)
        return frozenset(kinds), len(changed)

    def _begin_anew(self, account_id: int) -> None:
        """410: the cursor is of no use any more. What is known stays readable until it is told again; drafts are not touched.

        The hub may have been restored from a backup, so what it confirmed lately is said again: names make that harmless.
        """
        with self._db.write() as tx:
            tx.execute("UPDATE inbox SET seq = ? WHERE account_id = ?", (STALE, account_id))
            tx.execute("UPDATE account SET cursor = '' WHERE id = ?", (account_id,))
            again = self._outbox.repeat_delivered(tx, account_id, self._since_ms())
        log.info("the feed of account %s begins anew; %s acts are said again", account_id, again)
        self._outbox.changed(account_id)

    def _doubt(self, account_id: int) -> None:
        """Who never asked is not told that the hub was put back: what its answers said counts once its news say it too."""
        with self._db.read() as tx:
            known = tx.execute("SELECT 1 FROM inbox WHERE account_id = ? AND seq <> ? LIMIT 1", (account_id, STALE)).fetchone()
        if known is not None:
            with self._db.write() as tx:
                tx.execute("UPDATE inbox SET seq = ? WHERE account_id = ?", (STALE, account_id))

    def _since_ms(self) -> int:
        return self._outbox.now_ms() - KEEP_DELIVERED_MS


def _take(tx: Tx, account_id: int, item: Any, *, seen: bool) -> bool:
    if item.deleted:
        forget(tx, account_id, item.kind, item.key)
        return True
    return learn(tx, account_id, item.kind, item.key, item.body, seq=item.seq, seen=seen)


def _has_stale(tx: Tx, account_id: int) -> bool:
    return tx.execute("SELECT 1 FROM inbox WHERE account_id = ? AND seq = ? LIMIT 1", (account_id, STALE)).fetchone() is not None


def _drop_stale(tx: Tx, account_id: int) -> set[str]:
    """After a new beginning: what was not told again is no more."""
    if not _has_stale(tx, account_id):
        return set()
    gone = tx.execute("DELETE FROM inbox WHERE account_id = ? AND seq = ? RETURNING kind", (account_id, STALE)).fetchall()
    return {row["kind"] for row in gone}


def _endpoint() -> Any:
    """The feed's endpoint with a reply that takes kinds which this version does not know: the next one will."""
    # heavy: not before the first paint
    from firstlight.sync.page import ANY_KIND  # noqa: PLC0415

    return ANY_KIND
