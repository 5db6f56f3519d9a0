# SPDX-License-Identifier: Apache-2.0
"""Puts what a run achieved into the outbox, once: the name of the event makes a repeat harmless."""

from __future__ import annotations

from firstlight.account.session import Sessions
from firstlight.guides.news import News
from firstlight.store.db import Database
from firstlight.sync.entry import OpKind
from firstlight.sync.outbox import Outbox
from firstlight_contract.honour import ActivityPut


def tell(news: News, *, sessions: Sessions, db: Database, outbox: Outbox) -> None:
    """Without a programme there is nobody to tell: it was done all the same."""
    account = next((a for a in sessions.accounts() if a.id == news.account_id), None)
    enrolments = account.me.enrolments if account and account.me else ()
    programme = news.programme or (enrolments[0].programme.slug if enrolments else "")
    if not programme:
        return
    body = ActivityPut(programme=programme, kind=news.kind, at=news.at, facts=news.facts)
    with db.write() as tx:
        if outbox.find(tx, news.account_id, OpKind.ACTIVITY, str(news.id)) is None:
            outbox.add(tx, news.account_id, OpKind.ACTIVITY, str(news.id), body.model_dump_json())
    outbox.changed(news.account_id)
