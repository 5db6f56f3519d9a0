# SPDX-License-Identifier: Apache-2.0
"""A hub that was put back to an earlier day finds that out, and asks every desktop for what it lacks; nobody else can make it do so."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from firstlight_contract.account import ProgrammeCard
from firstlight_contract.feed import FeedKind
from firstlight_hub.base.feed import announce, begin_epoch, epoch, programme_audience, watch
from firstlight_hub.base.models import FeedHead, FeedItem
from firstlight_hub.reports import triage
from firstlight_hub.reports.models import Report
from hub.conftest import Caller, Cast
from hub.stored import report


def tell(key: str) -> None:
    card = ProgrammeCard(slug="aurora", name=key, ring="r", maker="m", seats=1, seats_left=1)
    announce(programme_audience("aurora"), FeedKind.PROGRAMME, key, card)


def cursor(caller: Caller) -> str:
    said = ""
    while True:
        page: dict[str, Any] = caller.call("GET", f"/sync?cursor={said}&limit=200").json()
        said = page["cursor"]
        if not page["more"]:
            return str(said)


def status(caller: Caller, held: str) -> int:
    return int(caller.call("GET", f"/sync?cursor={held}").status_code)


def put_back_by_one(audience: str) -> None:
    last = FeedItem.objects.filter(audience=audience).order_by("id").last()
    assert last is not None
    last.delete()
    before = FeedItem.objects.filter(audience=audience).order_by("id").last()
    FeedHead.objects.filter(audience=audience).update(head=before.pk if before else 0)


def test_a_database_that_went_back_is_noticed_by_the_mark_beside_it(cast: Cast, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    tell("kept")
    assert not watch(mark, timezone.now())
    tell("lost")
    assert not watch(mark, timezone.now())
    bob, alice = cursor(cast.bob), cursor(cast.alice)
    put_back_by_one("p:aurora")
    assert watch(mark, timezone.now())
    assert {status(cast.bob, bob), status(cast.alice, alice)} == {410}
    assert not watch(mark, timezone.now()), "once"
    assert status(cast.bob, cursor(cast.bob)) == 200


def test_one_desktop_that_knows_more_is_enough_for_all_to_be_asked(cast: Cast) -> None:
    tell("kept")
    alice = cursor(cast.alice)
    tell("lost")
    bob = cursor(cast.bob)
    put_back_by_one("p:aurora")
    assert status(cast.alice, alice) == 200, "nobody knows yet"
    assert status(cast.bob, bob) == 410
    assert status(cast.alice, alice) == 410, "her reports may be lost as well"


def test_numbers_that_are_given_out_again_fool_nobody(cast: Cast) -> None:
    tell("kept")
    tell("lost")
    bob = cursor(cast.bob)
    put_back_by_one("p:aurora")
    begin_epoch(timezone.now())
    for n in range(5):
        tell(f"after {n}")
    assert status(cast.bob, bob) == 410, "its number is below the head again, and means another life"


def test_nobody_can_make_a_cursor_that_sends_all_back_to_the_beginning(cast: Cast) -> None:
    tell("one")
    alice, before = cursor(cast.alice), epoch()
    held = base64.urlsafe_b64decode(cursor(cast.bob) + "==")
    said = json.loads(held[12:])
    said["p:aurora"] += 1000
    for forged in (held[:12] + json.dumps(said).encode(), json.dumps(said).encode(), held[:-1]):
        text = base64.urlsafe_b64encode(forged).decode().rstrip("=")
        assert status(cast.bob, text) == 410
    assert (epoch(), status(cast.alice, alice)) == (before, 200)


def test_a_page_says_how_much_is_left(cast: Cast) -> None:
    for n in range(7):
        tell(f"n{n}")
    page = cast.bob.call("GET", "/sync?cursor=&limit=3").json()
    total = len(cast.bob.call("GET", "/sync?cursor=&limit=200").json()["items"])
    assert page["more"]
    assert page["left"] == total - 3


def similar(caller: Caller) -> dict[str, dict[str, Any]]:
    items = caller.call("GET", "/sync?cursor=&limit=200").json()["items"]
    return {item["key"]: item for item in items if item["kind"] == "similar"}


def test_what_others_reported_is_told_where_the_programme_shares_it_and_once_the_team_has_seen_it(cast: Cast) -> None:
    cast.bob.call("PUT", f"/reports/{cast.bobs_place.pk}", report())
    mine = Report.objects.get()
    triage.seen(mine, actor=cast.alice.user)
    assert similar(cast.alice) == {}, "the programme does not share"
    mine.programme.shares_titles = True
    mine.programme.save()
    mine.refresh_from_db()
    triage.decide(mine, triage.Verdict(triage.State.CONFIRMED), actor=cast.alice.user)
    told = similar(cast.alice)[mine.number]["body"]
    assert (told["title"], told["state"]) == ("Camera froze", "confirmed")
    assert "After a call" not in json.dumps(told), "its words and files stay the tester's"
    assert similar(cast.carol) == {}, "Carol is not in the programme"
    triage.decide(mine, triage.Verdict(triage.State.CLOSED), actor=cast.alice.user)
    assert similar(cast.alice)[mine.number]["deleted"]
