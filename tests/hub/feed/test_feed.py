# SPDX-License-Identifier: Apache-2.0
"""The change feed as a desktop reads it: one cursor, newest states, nothing twice, nothing of others."""

from __future__ import annotations

import base64
import json
import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as rigour
from hypothesis import strategies as st

from firstlight_contract.feed import FeedKind, FeedPage
from firstlight_contract.reports import CommentView
from firstlight_hub.base.feed import BODIES, announce, clear_tombstones, user_audience, writing
from firstlight_hub.base.models import FeedHead, FeedItem
from firstlight_hub.feed import queries
from firstlight_hub.programme.services import enrol
from hub.conftest import Caller, Cast


def word(text: str) -> CommentView:
    """Something to tell."""
    name = uuid.uuid4()
    return CommentView(id=name, report=name, author="bob", staff=False, asks=False, text=text, at=timezone.now())


def tell(audience: str, key: str, text: object = "", *, deleted: bool = False) -> None:
    with writing():
        announce(audience, FeedKind.COMMENT, key, word(str(text)), deleted=deleted)


def read(who: Caller, cursor: str = "", **query: object) -> FeedPage:
    more = "".join(f"&{name}={value}" for name, value in query.items())
    answer = who.call("GET", f"/sync?cursor={cursor}{more}")
    assert answer.status_code == 200, answer.content
    return FeedPage.model_validate(answer.json())


def start(who: Caller) -> str:
    return read(who).cursor


def test_a_desktop_that_has_everything_reads_nothing_and_what_is_new_comes_once(cast: Cast) -> None:
    cursor = start(cast.bob)
    empty = read(cast.bob, cursor)
    assert (empty.items, empty.more, empty.cursor) == ((), False, cursor)
    tell("p:aurora", "one")
    tell(user_audience(cast.bob.user.pk), "two")
    page = read(cast.bob, cursor)
    assert [item.key for item in page.items] == ["one", "two"]
    assert page.items[0].seq < page.items[1].seq
    assert read(cast.bob, page.cursor).items == ()


def test_only_the_newest_state_of_an_object_comes(cast: Cast) -> None:
    cursor = start(cast.bob)
    for n in range(5):
        tell("p:aurora", "same", n)
    assert [item.body["text"] for item in read(cast.bob, cursor).items] == ["4"]
    assert FeedItem.objects.filter(key="same").count() == 1


def test_what_is_deleted_comes_as_deleted(cast: Cast) -> None:
    tell("p:aurora", "gone")
    cursor = start(cast.bob)
    tell("p:aurora", "gone", deleted=True)
    assert [(item.key, item.deleted) for item in read(cast.bob, cursor).items] == [("gone", True)]


def test_news_of_others_never_comes(cast: Cast) -> None:
    tell(user_audience(cast.alice.user.pk), "private")
    tell("p:other", "foreign")
    tell("p:aurora", "common")
    assert "common" in [item.key for item in read(cast.bob).items]
    assert not {"private", "foreign"} & {item.key for item in read(cast.bob).items}
    assert read(cast.carol).items == ()


def test_who_joins_later_gets_the_programme_from_its_beginning(cast: Cast) -> None:
    tell("p:aurora", "old")
    cursor = start(cast.carol)
    enrol(cast.carol.user, cast.programme)
    assert "old" in [item.key for item in read(cast.carol, cursor).items]


def test_who_left_gets_no_more(cast: Cast) -> None:
    cursor = start(cast.bob)
    cast.bobs_place.left_at = timezone.now()
    cast.bobs_place.save()
    tell("p:aurora", "late")
    assert read(cast.bob, cursor).items == ()


def test_pages_follow_each_other_without_gap(cast: Cast) -> None:
    for n in range(450):
        tell("p:aurora", f"k{n:03}")
    keys, cursor, sizes = [], "", []
    while True:
        page = read(cast.bob, cursor)
        keys += [item.key for item in page.items if item.kind is FeedKind.COMMENT]
        sizes.append(len(page.items))
        cursor = page.cursor
        if not page.more:
            break
    assert keys == [f"k{n:03}" for n in range(450)]
    assert sizes[:2] == [200, 200]
    assert len(read(cast.bob, "", limit=7).items) == 7


def test_a_page_of_large_objects_ends_early(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE_BYTES", 1500)
    for n in range(5):
        tell("p:aurora", f"big{n}", "x" * 700)
    seen, cursor = [], ""
    for _ in range(30):
        page = read(cast.bob, cursor)
        seen += [item.key for item in page.items if item.key.startswith("big")]
        cursor = page.cursor
        if not page.more:
            break
    assert seen == [f"big{n}" for n in range(5)]


def test_who_holds_the_tag_and_has_nothing_to_read_is_told_so(cast: Cast) -> None:
    first = cast.bob.call("GET", "/sync?cursor=")
    tag, cursor = first.headers["ETag"], first.json()["cursor"]
    answer = cast.bob.call("GET", f"/sync?cursor={cursor}", **{"If-None-Match": tag})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)
    tell("p:aurora", "new")
    assert len(cast.bob.call("GET", f"/sync?cursor={cursor}", **{"If-None-Match": tag}).json()["items"]) == 1


def test_the_tag_of_a_first_page_hides_no_second(cast: Cast) -> None:
    for n in range(3):
        tell("p:aurora", f"n{n}")
    first = cast.bob.call("GET", "/sync?cursor=&limit=1")
    answer = cast.bob.call("GET", f"/sync?cursor={first.json()['cursor']}&limit=1", **{"If-None-Match": first.headers["ETag"]})
    assert (answer.status_code, len(answer.json()["items"])) == (200, 1)


def test_a_cursor_older_than_what_was_cleared_starts_from_nothing(cast: Cast) -> None:
    tell("p:aurora", "early")
    old = start(cast.bob)
    tell("p:aurora", "doomed")
    before = start(cast.bob)
    tell("p:aurora", "doomed", deleted=True)
    tell("p:aurora", "kept")
    now = start(cast.bob)
    assert clear_tombstones(timezone.now()) == 0
    assert clear_tombstones(timezone.now() + timedelta(days=91)) == 1
    for cursor in (old, before):
        answer = cast.bob.call("GET", f"/sync?cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (410, "gone")
    assert read(cast.bob, now).items == ()
    assert {"early", "kept"} <= {item.key for item in read(cast.bob).items}


def test_a_hub_put_back_to_an_earlier_day_says_so(cast: Cast) -> None:
    tell("p:aurora", "lost")
    cursor = start(cast.bob)
    FeedItem.objects.filter(key="lost").delete()
    FeedHead.objects.filter(audience="p:aurora").update(head=1)
    assert cast.bob.call("GET", f"/sync?cursor={cursor}").status_code == 410


@pytest.mark.parametrize(
    "cursor", ["nonsense", "e30", "W10", base64.urlsafe_b64encode(json.dumps({"p:aurora": 2**80}).encode()).decode(), "%00", "é", "bnVsbA"]
)
def test_a_cursor_that_is_none_of_ours_starts_from_nothing(cast: Cast, cursor: str) -> None:
    answer = cast.bob.call("GET", f"/sync?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (410, "gone")


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "99999999999999999999999"])
def test_a_page_has_1_to_200_items(cast: Cast, limit: str) -> None:
    assert cast.bob.call("GET", f"/sync?limit={limit}").status_code == 422


def test_an_announcement_stands_or_falls_with_what_was_done(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        announce("p:aurora", FeedKind.COMMENT, "never", word("never"))
        raise ZeroDivisionError
    assert not FeedItem.objects.filter(key="never").exists()


def test_nothing_is_announced_outside_a_transaction(tables: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        announce("p:aurora", FeedKind.COMMENT, "alone", word("alone"))


def test_every_kind_has_a_body_and_no_other_is_told(cast: Cast) -> None:
    assert set(BODIES) == set(FeedKind)
    for kind in set(FeedKind) - {FeedKind.COMMENT}:
        with pytest.raises(TypeError), writing():
            announce("p:aurora", kind, "wrong", word("x"))


@rigour(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(st.tuples(st.just("tell"), st.integers(0, 5)), st.tuples(st.just("delete"), st.integers(0, 5)), st.just(("read", 2)))
    )
)
def test_a_desktop_that_follows_knows_what_the_hub_knows(cast: Cast, acts: list[tuple[str, int]]) -> None:
    known: dict[str, int] = {}
    cursor, mine, n = start(cast.bob), {}, 0
    start_state = {item.key for item in read(cast.bob).items}

    def follow(limit: int) -> None:
        nonlocal cursor
        while True:
            page = read(cast.bob, cursor, limit=limit)
            cursor = page.cursor
            for item in page.items:
                mine[item.key] = None if item.deleted else int(item.body["text"])
            if not page.more:
                return

    for act, which in acts:
        n += 1
        if act == "read":
            follow(which)
            continue
        key = f"o{which}"
        known[key] = None if act == "delete" else n  # type: ignore[assignment]
        tell("p:aurora" if which % 2 else user_audience(cast.bob.user.pk), key, n, deleted=act == "delete")
    follow(3)
    assert {key: value for key, value in mine.items() if key not in start_state or key in known} == known
