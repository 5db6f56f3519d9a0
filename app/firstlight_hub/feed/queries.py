# SPDX-License-Identifier: Apache-2.0
"""Reads the change feed: what is new for a person since a cursor. Never writes.

A cursor names, for each feed of the person, the last id that they have. It is opaque to the desktop; a feed that it does not
name (a programme joined since) is read from its beginning, one that the person may no longer read is left out.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import NamedTuple

from django.db.models import Q

from firstlight_contract.feed import FeedItem as ItemView
from firstlight_contract.feed import FeedKind, FeedPage
from firstlight_contract.problem import Code
from firstlight_contract.wire import MAX_INT
from firstlight_hub.base.models import FeedHead, FeedItem
from firstlight_hub.base.problem import ProblemError

PAGE = 200
PAGE_BYTES = 2 * 1024 * 1024
"""A page of guides would be megabytes: it ends early, and `more` says so."""

Cursor = dict[str, int]


class Answer(NamedTuple):
    """A page, or nothing when the asker has it all; `cursor` is where they stand afterwards."""

    page: FeedPage | None
    cursor: str


def read(audiences: tuple[str, ...], cursor: str, limit: int, *, has: str | None = None) -> Answer:
    """At most `limit` items after `cursor`; no page when it would be empty and `has` is the cursor that they stand at."""
    heads = {head.audience: head for head in FeedHead.objects.filter(audience__in=audiences)}
    stand = _stand(cursor, heads)
    behind = {name: stand.get(name, 0) for name in heads if stand.get(name, 0) < heads[name].head}
    if not behind:
        same = encode(stand)
        return Answer(None if has == same else FeedPage(items=(), cursor=same, more=False), same)
    items, more = _items(behind, limit)
    after = dict(stand)
    for item in items:
        after[item.audience] = item.pk
    if not more:
        # What was replaced or cleared leaves ids that no item has any more: whoever read to the end stands at the head.
        after |= {name: max(after.get(name, 0), heads[name].head) for name in behind}
    new = encode(after)
    return Answer(FeedPage(items=tuple(map(_view, items)), cursor=new, more=more), new)


def encode(stand: Cursor) -> str:
    """The cursor as the desktop keeps it; "" for nowhere."""
    if not stand:
        return ""
    text = json.dumps(stand, sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _stand(cursor: str, heads: dict[str, FeedHead]) -> Cursor:
    """Where the asker stands in each feed; ProblemError 410 when what was cleared since is unknown to them, or when they know
    more than we do: then the hub was put back to an earlier day."""
    said = _decode(cursor)
    stand = {name: said[name] for name in heads if name in said}
    for name, at in stand.items():
        if at and (at < heads[name].floor or at > heads[name].head):
            raise ProblemError(Code.GONE, 410, title="start from nothing")
    return stand


def _decode(cursor: str) -> Cursor:
    if not cursor:
        return {}
    try:
        said = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise ProblemError(Code.GONE, 410, title="no cursor of ours") from error
    if not isinstance(said, dict) or not all(type(at) is int and 0 <= at <= MAX_INT for at in said.values()):
        raise ProblemError(Code.GONE, 410, title="no cursor of ours")
    return said


def _items(behind: Cursor, limit: int) -> tuple[list[FeedItem], bool]:
    wanted = Q()
    for name, at in behind.items():
        wanted |= Q(audience=name, id__gt=at)
    found = list(FeedItem.objects.filter(wanted).order_by("id")[: limit + 1])
    page, size = found[:limit], 0
    for place, item in enumerate(page):
        size += len(json.dumps(item.body))
        if size > PAGE_BYTES and place:
            return page[:place], True
    return page, len(found) > limit


def _view(item: FeedItem) -> ItemView:
    return ItemView(seq=item.pk, kind=FeedKind(item.kind), key=item.key, at=item.at, deleted=item.deleted, body=item.body)
