# SPDX-License-Identifier: Apache-2.0
"""Reads the change feed: what is new for a person since a cursor. Writes nothing, except that the hub was put back to an earlier day.

A cursor names, for each feed of the person, the last id that they have. It is opaque to the desktop; a feed that it does not
name (a programme joined since) is read from its beginning, one that the person may no longer read is left out.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from firstlight_contract.feed import FeedItem as ItemView
from firstlight_contract.feed import FeedKind, FeedPage
from firstlight_contract.problem import Code
from firstlight_contract.wire import MAX_INT
from firstlight_hub.base.feed import EPOCH, begin_epoch
from firstlight_hub.base.models import FeedHead, FeedItem
from firstlight_hub.base.problem import ProblemError

PAGE = 200
PAGE_BYTES = 2 * 1024 * 1024
"""A page of guides would be megabytes: it ends early, and `more` says so."""

_SIGNED = 12
"""Bytes of a cursor's signature: enough that nobody makes one that sends everybody back to the beginning."""
Cursor = dict[str, int]


class Answer(NamedTuple):
    """A page, or nothing when the asker has it all; `cursor` is where they stand afterwards."""

    page: FeedPage | None
    cursor: str


def read(audiences: tuple[str, ...], cursor: str, limit: int, *, has: str | None = None) -> Answer:
    """At most `limit` items after `cursor`; no page when it would be empty and `has` is the cursor that they stand at."""
    heads = {head.audience: head for head in FeedHead.objects.filter(audience__in=(*audiences, EPOCH))}
    epoch = heads.pop(EPOCH, FeedHead(head=0)).head
    stand = _stand(cursor, heads, epoch)
    behind = {name: stand.get(name, 0) for name in heads if stand.get(name, 0) < heads[name].head}
    if not behind:
        same = encode(stand, epoch)
        return Answer(None if has == same else FeedPage(items=(), cursor=same, more=False), same)
    items, more, left = _items(behind, limit)
    after = dict(stand)
    for item in items:
        after[item.audience] = item.pk
    if not more:
        # What was replaced or cleared leaves ids that no item has any more: whoever read to the end stands at the head.
        after |= {name: max(after.get(name, 0), heads[name].head) for name in behind}
    new = encode(after, epoch)
    return Answer(FeedPage(items=tuple(map(_view, items)), cursor=new, more=more, left=left), new)


def encode(stand: Cursor, epoch: int) -> str:
    """The cursor as the desktop keeps it, signed by us; "" for nowhere."""
    if not stand:
        return ""
    text = json.dumps({EPOCH: epoch} | stand, sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(_signature(text) + text.encode()).decode().rstrip("=")


def _signature(text: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"cursor {text}".encode(), "sha256")[:_SIGNED]


def _stand(cursor: str, heads: dict[str, FeedHead], epoch: int) -> Cursor:
    """Where the asker stands in each feed; ProblemError 410 when what was cleared since is unknown to them, or when they are of
    another life of the hub, or know more than we do: then the hub was put back to an earlier day, which all must be told."""
    said = _decode(cursor)
    if said and said.get(EPOCH, 0) != epoch:
        raise ProblemError(Code.GONE, 410, title="the hub was put back to an earlier day")
    stand = {name: said[name] for name in heads if name in said}
    for name, at in stand.items():
        if at > heads[name].head:
            begin_epoch(timezone.now())
            raise ProblemError(Code.GONE, 410, title="the hub was put back to an earlier day")
        if at and at < heads[name].floor:
            raise ProblemError(Code.GONE, 410, title="start from nothing")
    return stand


def _decode(cursor: str) -> Cursor:
    if not cursor:
        return {}
    try:
        data = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        text = data[_SIGNED:].decode()
        if not hmac.compare_digest(_signature(text), data[:_SIGNED]):
            raise ProblemError(Code.GONE, 410, title="no cursor of ours")
        said = json.loads(text)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise ProblemError(Code.GONE, 410, title="no cursor of ours") from error
    if not isinstance(said, dict) or not all(type(at) is int and 0 <= at <= MAX_INT for at in said.values()):
        raise ProblemError(Code.GONE, 410, title="no cursor of ours")
    return said


def _items(behind: Cursor, limit: int) -> tuple[list[FeedItem], bool, int]:
    """A page, whether there is more, and how much."""
    wanted = Q()
    for name, at in behind.items():
        wanted |= Q(audience=name, id__gt=at)
    found = list(FeedItem.objects.filter(wanted).order_by("id")[: limit + 1])
    page, size = found[:limit], 0
    for place, item in enumerate(page):
        size += len(json.dumps(item.body))
        if size > PAGE_BYTES and place:
            page = page[:place]
            break
    more = len(found) > len(page)
    return page, more, FeedItem.objects.filter(wanted).count() - len(page) if more else 0


def _view(item: FeedItem) -> ItemView:
    return ItemView(seq=item.pk, kind=FeedKind(item.kind), key=item.key, at=item.at, deleted=item.deleted, body=item.body)
