# SPDX-License-Identifier: Apache-2.0
"""Events by name become days, days become badges, and the tester's desktop hears of it."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from firstlight_contract.honour import ActivityKind, BadgeView, HonourView
from firstlight_hub.account.models import User
from firstlight_hub.base.models import Audit, FeedItem
from firstlight_hub.honour import awards, services
from firstlight_hub.honour.models import ActivityDay, Award, Badge, Event, Roll, RollEntry
from firstlight_hub.programme.services import enrol
from hub.conftest import Caller, Cast, caller
from hub.stored import news


@pytest.fixture
def badges(cast: Cast) -> None:
    awards.install(cast.programme, roll_size=3)


def form(kind: str = "build.installed", **facts: str) -> dict[str, Any]:
    return {"programme": "aurora", "kind": kind, "at": timezone.now().isoformat(), "facts": facts}


def put(who: Caller, said: dict[str, Any], name: uuid.UUID | None = None) -> Any:
    return who.call("PUT", f"/activity/{name or uuid.uuid4()}", said)


def badge(who: Caller, slug: str) -> BadgeView:
    key = f"aurora/{slug}"
    return BadgeView.model_validate(FeedItem.objects.get(audience=f"u:{who.user.pk}", kind="badge", key=key).body)


def figures(who: Caller) -> HonourView:
    return HonourView.model_validate(news(who.user, "honour")[-1])


def test_an_event_counts_once_however_often_it_is_sent(cast: Cast, badges: None) -> None:
    name, said = uuid.uuid4(), form(build="26.47", device="a1")
    first = put(cast.bob, said, name)
    assert (first.status_code, first.json()["kind"]) == (201, "build.installed")
    for _ in range(3):
        assert (put(cast.bob, said, name).status_code, put(cast.bob, said, name).json()) == (200, first.json())
    assert ActivityDay.objects.get(user=cast.bob.user, kind="build.installed").n == 1
    assert Award.objects.filter(user=cast.bob.user, badge__slug="first-flash").count() == 1
    assert badge(cast.bob, "first-flash").earned_at is not None
    assert (figures(cast.bob).builds, figures(cast.bob).weeks_in_row) == (1, 1)


def test_the_same_build_twice_is_one_line_of_two(cast: Cast) -> None:
    put(cast.bob, form(build="26.47"))
    put(cast.bob, form(build="26.47"))
    put(cast.bob, form(build="26.48"))
    assert sorted(ActivityDay.objects.filter(kind="build.installed").values_list("detail", "n")) == [("26.47", 2), ("26.48", 1)]


def test_who_joins_sees_all_badges_with_first_light_earned(cast: Cast, badges: None) -> None:
    shown = [BadgeView.model_validate(body) for body in news(cast.bob.user, "badge")]
    assert len(shown) == 12
    assert {item.slug for item in shown if item.earned_at} == {"first-light"}, "Bob joined before there was a roll"
    dora = User.objects.create_user("dora@example.org", name="dora")
    enrol(dora, cast.programme)
    assert {body["slug"] for body in news(dora, "badge") if body["earned_at"]} == {"first-light", "first-hundred"}
    assert figures(Caller(dora, Client())).display_name == "dora"


def test_hand_built_needs_an_assembly_and_no_other_guide(cast: Cast, badges: None) -> None:
    put(cast.bob, form("guide.finished", guide="a1-weekly", guide_kind="flash"))
    assert badge(cast.bob, "hand-built").earned_at is None
    put(cast.bob, form("guide.finished", guide="r1-build", guide_kind="assemble"))
    assert badge(cast.bob, "hand-built").earned_at is not None
    assert (figures(cast.bob).guides, figures(cast.bob).routers) == (2, 1)


def test_progress_is_told_step_by_step_and_badges_that_did_not_move_are_not(cast: Cast, badges: None) -> None:
    before = set(FeedItem.objects.filter(kind="badge", audience=f"u:{cast.bob.user.pk}").values_list("id", flat=True))
    services.record(cast.bob.user, cast.programme, ActivityKind.REPORT_CONFIRMED, at=timezone.now(), event_id=uuid.uuid4(), facts={})
    assert (badge(cast.bob, "bug-spotter").progress, badge(cast.bob, "bug-spotter").goal) == (1, 3)
    after = set(FeedItem.objects.filter(kind="badge", audience=f"u:{cast.bob.user.pk}").values_list("id", flat=True))
    assert len(after - before) == 1


def test_the_hub_takes_nobodys_word_for_what_it_sees_itself(cast: Cast) -> None:
    for kind in ActivityKind:
        allowed = kind in services.FROM_DESKTOP
        assert put(cast.bob, form(kind.value)).status_code == (201 if allowed else 422), kind


def test_an_event_of_another_is_not_there_and_strangers_earn_nothing(cast: Cast) -> None:
    name = uuid.uuid4()
    assert put(cast.bob, form(), name).status_code == 201
    assert put(cast.alice, form(), name).status_code == 404
    assert put(cast.carol, form()).status_code == 403
    assert Event.objects.filter(kind="build.installed").count() == 1


@pytest.mark.parametrize(("days", "is_believed"), [(-14, True), (-59, True), (-400, False), (1, False)])
def test_an_outbox_may_come_home_late_but_nobody_fills_last_year(cast: Cast, days: int, is_believed: bool) -> None:
    at = timezone.now() + timedelta(days=days)
    put(cast.bob, form() | {"at": at.isoformat()})
    day = ActivityDay.objects.get(user=cast.bob.user, kind="build.installed").day
    expected = services.day_of(at if is_believed else timezone.now(), cast.programme)
    assert day == expected


def test_a_day_is_a_day_of_the_programmes_time_zone(cast: Cast) -> None:
    late = timezone.now().replace(hour=23, minute=30) - timedelta(days=2)
    put(cast.bob, form() | {"at": late.isoformat()})
    assert ActivityDay.objects.get(kind="build.installed").day == (late + timedelta(days=1)).date()


def test_a_roll_has_no_more_places_than_its_size(cast: Cast, badges: None) -> None:
    joined = []
    for number in range(5):
        user = User.objects.create_user(f"t{number}@example.org", name=f"t{number}")
        enrol(user, cast.programme)
        joined.append(user)
    roll = Roll.objects.get(programme=cast.programme)
    assert (roll.taken, sorted(RollEntry.objects.values_list("number", flat=True))) == (3, [1, 2, 3])
    holders = Award.objects.filter(badge__slug="first-hundred").values_list("user__name", flat=True)
    assert sorted(holders) == ["t0", "t1", "t2"]


def test_a_new_rule_is_previewed_and_reaches_those_who_had_earned_it(cast: Cast) -> None:
    put(cast.bob, form("device.recovered", device="a1"))
    rule = {"kind": "device.recovered", "count": 1}
    assert [member.display_name for member in awards.preview(cast.programme, rule)] == ["bob"]
    awards.define(
        Badge(programme=cast.programme, slug="rescuer", name={"en": "Rescuer"}, what_for={"en": "You rescued."}, picture="x", rule=rule),
        actor=cast.alice.user,
    )
    assert not Award.objects.exists()
    awards.backfill(cast.programme)
    awards.backfill(cast.programme)
    assert [award.user for award in Award.objects.all()] == [cast.bob.user]
    assert badge(cast.bob, "rescuer").earned_at is not None


def test_a_badge_granted_in_the_admin_reaches_the_tester_and_is_written_down(cast: Cast, badges: None) -> None:
    client = Client()
    client.force_login(cast.alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    popcorn = Badge.objects.get(slug="popcorn")
    answer = client.post("/admin/hub_honour/award/add/", {"badge": popcorn.pk, "user": cast.bob.user.pk})
    assert answer.status_code == 302, answer.content
    assert badge(cast.bob, "popcorn").earned_at is not None
    assert Audit.objects.filter(action="badge.grant", object="aurora/popcorn").count() == 1
    bad = client.post(
        f"/admin/hub_honour/badge/{popcorn.pk}/change/", {"programme": cast.programme.pk, "slug": "popcorn", "rule": '{"x":1}'}
    )
    assert bad.status_code == 200


def test_too_many_events_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "PER_HOUR", 1)
    assert put(cast.bob, form()).status_code == 201
    answer = put(cast.bob, form())
    assert (answer.status_code, answer.headers["Retry-After"] > "0") == (429, True)


def test_the_heatmap_shows_53_weeks_of_what_the_tester_did(cast: Cast) -> None:
    now = timezone.now()
    for days in (0, 0, 7, 360, 380):
        services.record(
            cast.bob.user, cast.programme, ActivityKind.BUILD_INSTALLED, at=now - timedelta(days=days), event_id=uuid.uuid4(), facts={}
        )
    services.record(cast.bob.user, cast.programme, ActivityKind.REPORT_FIXED, at=now, event_id=uuid.uuid4(), facts={})
    shown = figures(cast.bob)
    assert [day.n for day in shown.days] == [1, 1, 2]
    assert (shown.builds, shown.fixes, shown.number) == (5, 1, cast.bobs_place.number)


def test_two_programmes_are_reckoned_apart(cast: Cast, badges: None) -> None:
    put(cast.bob, form(build="26.47"))
    assert badge(caller(cast.alice.user), "first-flash").earned_at is None


@pytest.mark.parametrize("words", ["1", "-1", '"x"', "1e400", "true"])
def test_words_of_a_badge_that_are_none_are_refused_on_its_page(cast: Cast, badges: None, words: str) -> None:
    client = Client()
    client.force_login(cast.alice.user)
    popcorn = Badge.objects.get(slug="popcorn")
    said = {"programme": cast.programme.pk, "slug": "popcorn", "name": words, "what_for": words, "picture": "popcorn", "order": 0}
    page = client.post(f"/admin/hub_honour/badge/{popcorn.pk}/change/", said | {"rule": json.dumps(popcorn.rule)})
    assert (page.status_code, b"errornote" in page.content) == (200, True)
