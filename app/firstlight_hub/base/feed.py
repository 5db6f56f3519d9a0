# SPDX-License-Identifier: Apache-2.0
"""The writing end of the change feed: every app announces here what a tester's desktop should know.

A reader asks for everything above an id. That is only right when ids of one audience become visible in their order, which
PostgreSQL does not promise: a transaction that took its id first may commit last (a plain id cursor lost 412 of 900 rows).
So an id is taken under a lock of its audience that is held until the commit, and it is taken last, so that it is held shortly.
On SQLite there is one writer at a time (transactions are IMMEDIATE), which does the same job.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from firstlight_contract import community
from firstlight_contract.account import ProgrammeCard
from firstlight_contract.feed import FeedKind, GuideView
from firstlight_contract.firmware import Release
from firstlight_contract.honour import BadgeView, HonourView
from firstlight_contract.reports import CommentView, ReportView, SimilarView
from firstlight_contract.wire import Wire
from firstlight_hub.base.models import FeedHead, FeedItem
from firstlight_hub.base.points import reached

log = logging.getLogger(__name__)

EPOCH = ""
"""The audience of nobody, whose head is the hub's epoch: it is read with the others and costs no question more."""
MARK = "feed-mark"
TOMBSTONES_KEPT = timedelta(days=90)
"""How long a desktop may stay away and still learn what was deleted; after that its cursor is too old (410)."""


BODIES: dict[FeedKind, type[Wire]] = {
    FeedKind.PROGRAMME: ProgrammeCard,
    FeedKind.RELEASE: Release,
    FeedKind.GUIDE: GuideView,
    FeedKind.REPORT: ReportView,
    FeedKind.COMMENT: CommentView,
    FeedKind.BADGE: BadgeView,
    FeedKind.HONOUR: HonourView,
    FeedKind.SIMILAR: SimilarView,
    FeedKind.PROPOSAL: community.ProposalView,
    FeedKind.EVENT: community.EventView,
    FeedKind.VOTE: community.VoteView,
    FeedKind.EXPERIENCE: community.ExperienceView,
    FeedKind.RSVP: community.RsvpView,
    FeedKind.ALBUM: community.AlbumView,
    FeedKind.CLAIM: community.ClaimView,
}
"""What the body of each kind is."""


class _News(NamedTuple):
    audience: str
    kind: str
    key: str
    body: dict[str, object]
    deleted: bool


_pending: ContextVar[dict[tuple[str, str, str], _News] | None] = ContextVar("pending", default=None)


def programme_audience(slug: str) -> str:
    """Everybody in the programme."""
    return f"p:{slug}"


def user_audience(pk: int) -> str:
    """One person."""
    return f"u:{pk}"


@contextmanager
def writing() -> Iterator[None]:
    """One transaction; what is announced in it is written at its end, audience by audience in one order.

    The one order is what keeps two transactions that announce to several audiences from waiting for each other. Nested uses join.
    """
    if _pending.get() is not None:
        yield
        return
    with transaction.atomic():
        news: dict[tuple[str, str, str], _News] = {}
        token = _pending.set(news)
        try:
            yield
        finally:
            _pending.reset(token)
        for item in sorted(news.values(), key=lambda item: item.audience):
            _write(item)
        reached("feed.before_commit")
    reached("feed.committed")


def announce(audience: str, kind: FeedKind, key: str, body: Wire, *, deleted: bool = False) -> None:
    """Tell `audience` the newest state of an object; TypeError when `body` is not what the contract promises for `kind`.

    Call it inside a transaction, as its last step, or anywhere inside `writing()`.
    """
    if not isinstance(body, BODIES[kind]):
        raise TypeError(f"{kind.value} is told as {BODIES[kind].__name__}, not as {type(body).__name__}")
    news = _News(audience, kind.value, key, body.model_dump(mode="json"), deleted)
    pending = _pending.get()
    if pending is not None:
        # Taken out first, so that the order within an audience is that of the last announcement.
        pending.pop((audience, kind.value, key), None)
        pending[audience, kind.value, key] = news
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("announce() needs a transaction: what it tells must stand or fall with what was done")
    _write(news)


def take_back(kind: FeedKind, key: str, body: Wire) -> None:
    """Announce that an object is gone, to every audience that was told of it: also a tester's own copy goes."""
    told = FeedItem.objects.filter(kind=kind.value, key=key, deleted=False).values_list("audience", flat=True)
    for audience in sorted(told):
        announce(audience, kind, key, body, deleted=True)


def lock(name: str) -> None:
    """Hold `name` until the end of the transaction; on SQLite the transaction holds everything already."""
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _write(news: _News) -> None:
    lock(f"feed {news.audience}")
    same = FeedItem.objects.filter(audience=news.audience, kind=news.kind, key=news.key)
    same.delete()
    item = FeedItem.objects.create(
        audience=news.audience, kind=news.kind, key=news.key, deleted=news.deleted, body=news.body, at=timezone.now()
    )
    head = FeedHead(audience=news.audience, head=item.pk)
    FeedHead.objects.bulk_create([head], update_conflicts=True, unique_fields=["audience"], update_fields=["head"])


def epoch() -> int:
    """Which life of the hub this is: it changes when the hub was put back to an earlier day."""
    return FeedHead.objects.filter(audience=EPOCH).values_list("head", flat=True).first() or 0


def begin_epoch(now: datetime) -> int:
    """The hub was put back to an earlier day: cursors are void, so every desktop starts anew and says again what it may lack."""
    with transaction.atomic():
        lock("feed epoch")
        new = max(epoch() + 1, int(now.timestamp()))
        head = FeedHead(audience=EPOCH, head=new)
        FeedHead.objects.bulk_create([head], update_conflicts=True, unique_fields=["audience"], update_fields=["head"])
    log.warning("this hub was put back to an earlier day: desktops are asked to say again what they delivered in the last 30 days")
    return new


def watch(mark: Path, now: datetime) -> bool:
    """Compare how far the feed goes with what `mark` remembers; True when it went back, and a new life has begun.

    The mark lies beside the database, not in it, so that putting the database back does not put the mark back.
    """
    top = FeedHead.objects.exclude(audience=EPOCH).aggregate(top=Max("head"))["top"] or 0
    before = _marked(mark)
    went_back = before is not None and top < before
    if went_back:
        begin_epoch(now)
    if before != top:
        new = mark.with_suffix(f".{os.getpid()}.new")
        new.write_text(str(top), "ascii")
        new.replace(mark)
    return went_back


def on_ticked(sender: Any, now: datetime, **_facts: Any) -> None:
    """Receives base.signals.ticked."""
    watch(settings.HUB_DATA / MARK, now)
    clear_tombstones(now)


def _marked(mark: Path) -> int | None:
    try:
        return int(mark.read_text("ascii"))
    except (OSError, ValueError):
        return None


def clear_tombstones(now: datetime) -> int:
    """Forget what was deleted long ago, and remember how far: older cursors are told to start from nothing."""
    cleared = 0
    old = FeedItem.objects.filter(deleted=True, at__lt=now - TOMBSTONES_KEPT)
    for audience in sorted(set(old.values_list("audience", flat=True))):
        with transaction.atomic():
            lock(f"feed {audience}")
            mine = old.filter(audience=audience)
            floor = mine.aggregate(top=Max("id"))["top"]
            if floor is None:
                continue
            cleared += mine.delete()[0]
            FeedHead.objects.filter(audience=audience).update(floor=floor)
    return cleared
