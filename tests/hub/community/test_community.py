# SPDX-License-Identifier: Apache-2.0
"""Votes, four-grids, replies, albums, claims, counts: what is refused, what changes, and who learns of it."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from firstlight_hub.base.models import FeedItem
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.base.shelf import files
from firstlight_hub.community import staff
from firstlight_hub.community.models import Proposal, Rsvp, Vote
from firstlight_hub.guides.models import StatisticsName, StepCount
from firstlight_hub.honour import claims
from firstlight_hub.honour.models import Badge, Claim
from firstlight_hub.programme.services import enrol
from firstlight_hub.reports.tidying import forget_uploads
from hub.asked import OPTIONS, album, build, event, proposal
from hub.conftest import Caller, Cast
from hub.stored import news, unsent


def status(caller: Caller, path: str, body: dict[str, Any]) -> int:
    return int(caller.call("PUT", path, body).status_code)


def close(asked: Proposal) -> None:
    Proposal.objects.filter(pk=asked.pk).update(closes=timezone.now() - timedelta(minutes=5))


def told(audience: str, kind: str) -> dict[str, Any]:
    return dict(FeedItem.objects.get(audience=audience, kind=kind).body)


def test_a_vote_changes_until_it_closes_and_then_stands(cast: Cast) -> None:
    asked = proposal(cast.programme)
    path = f"/votes/{asked.pk}"
    first = cast.bob.call("PUT", path, {"choice": "yes"})
    salt = first.json()["salt"]
    assert (first.status_code, len(salt)) == (201, 32)
    assert status(cast.bob, path, {"rev": 3, "choice": "no"}) == 200
    assert status(cast.bob, path, {"rev": 2, "choice": "yes"}) == 200, "came late, and changes nothing"
    assert status(cast.bob, path, {"rev": 3, "choice": "yes"}) == 409, "another vote under the same revision"
    assert status(cast.bob, path, {"rev": 4, "choice": "maybe"}) == 422
    close(asked)
    late = cast.bob.call("PUT", path, {"rev": 4, "choice": "yes"})
    assert (late.status_code, late.json()["title"]) == (409, "the vote is closed")
    assert status(cast.alice, path, {"choice": "yes"}) == 409
    assert cast.bob.call("PUT", path, {"rev": 3, "choice": "no"}).json()["salt"] == salt, "a repeat is harmless for ever"
    assert Vote.objects.get().choice == "no"
    assert news(cast.bob.user, "vote")[-1]["choice"] == "no"


def test_votes_are_counted_once_after_the_close_and_everybody_learns_it(cast: Cast) -> None:
    asked = proposal(cast.programme)
    for caller, choice in ((cast.bob, "yes"), (cast.alice, "yes")):
        assert status(caller, f"/votes/{asked.pk}", {"choice": choice}) == 201
    assert staff.count_closed(timezone.now()) == 0
    assert told("p:aurora", "proposal")["counts"] is None
    close(asked)
    assert staff.count_closed(timezone.now()) == 1
    assert told("p:aurora", "proposal")["counts"] == {"yes": 2, "no": 0}
    assert staff.count_closed(timezone.now()) == 0
    asked.refresh_from_db()
    with pytest.raises(ProblemError):
        staff.define_proposal(asked, actor=None)


@pytest.mark.parametrize(
    "harm", [{"options": OPTIONS[:1]}, {"options": OPTIONS[:1] * 2}, {"options": [{"key": "Ä"}]}, {"title": {"de": "x"}}, {"title": 5}]
)
def test_what_is_no_proposal_is_refused(cast: Cast, harm: dict[str, Any]) -> None:
    with pytest.raises(ProblemError):
        proposal(cast.programme, **harm)
    assert not Proposal.objects.exists()


def test_one_four_grid_a_build_with_ratings_of_its_own_changes(cast: Cast) -> None:
    release = build(cast.programme)
    change = release.changes.create(title={"en": "Quieter fan"})
    name, form = uuid.uuid4(), {"release": str(release.pk), "wish": "more", "ratings": {str(change.pk): 1}}
    assert status(cast.bob, f"/experiences/{name}", form) == 201
    assert status(cast.bob, f"/experiences/{uuid.uuid4()}", form) == 409
    assert status(cast.bob, f"/experiences/{name}", form | {"rev": 2, "ratings": {str(uuid.uuid4()): 1}}) == 422
    assert status(cast.bob, f"/experiences/{name}", {"release": str(release.pk), "rev": 2}) == 422, "nothing said"
    assert status(cast.alice, f"/experiences/{name}", form) == 404
    hidden = build(cast.programme, version="26.48", state="draft")
    assert status(cast.bob, f"/experiences/{uuid.uuid4()}", {"release": str(hidden.pk), "wish": "x"}) == 404


def test_who_waits_gets_the_seat_that_is_given_back(cast: Cast) -> None:
    enrol(cast.carol.user, cast.programme)
    party = event(cast.programme, seats=1)
    path = f"/rsvps/{party.pk}"
    states = [caller.call("PUT", path, {"going": True}).json()["state"] for caller in (cast.bob, cast.carol, cast.alice)]
    assert states == ["going", "waiting", "waiting"]
    assert told("p:aurora", "event")["taken"] == 1
    assert status(cast.bob, path, {"rev": 2, "going": False}) == 200
    assert news(cast.carol.user, "rsvp")[-1]["state"] == "going"
    party.seats = 2
    staff.define_event(party, actor=cast.alice.user)
    assert set(Rsvp.objects.values_list("user__name", "state")) == {("bob", "declined"), ("carol", "going"), ("alice", "going")}
    party.starts = party.ends = timezone.now() - timedelta(minutes=1)
    staff.define_event(party, actor=cast.alice.user)
    assert status(cast.bob, path, {"rev": 3, "going": True}) == 409
    assert status(cast.bob, path, {"rev": 2, "going": False}) == 200


def test_an_album_needs_photos_of_ones_own_and_keeps_them(cast: Cast) -> None:
    name, form = uuid.uuid4(), album(cast.bob.user)
    strange = {key: unsent(b"never sent")[key] for key in ("sha256", "size", "name")} | {"media": "image/png"}
    assert cast.bob.call("PUT", f"/albums/{uuid.uuid4()}", form | {"photos": [strange]}).json()["missing"] == [strange["sha256"]]
    assert status(cast.alice, f"/albums/{uuid.uuid4()}", form) == 424, "to know a hash is not to have the file"
    assert status(cast.bob, f"/albums/{uuid.uuid4()}", form | {"photos": [form["photos"][0] | {"media": "text/html"}]}) == 422
    assert status(cast.bob, f"/albums/{name}", form) == 201
    forget_uploads(timezone.now() + timedelta(days=30))
    assert files().path(form["photos"][0]["sha256"]).is_file(), "the album names it"
    assert status(cast.bob, f"/albums/{name}", form | {"rev": 2, "title": "Later"}) == 200


def test_a_claim_waits_for_the_team_unless_the_badge_is_held(cast: Cast) -> None:
    words = {"name": {"en": "Helper"}, "what_for": {"en": "Help"}, "picture": "x"}
    badge = Badge.objects.create(programme=cast.programme, slug="helper", rule={"manual": True}, **words)
    Badge.objects.create(programme=cast.programme, slug="voter", rule={"kind": "vote.cast", "count": 1}, **words)
    name, form = uuid.uuid4(), {"programme": "aurora", "badge": "helper", "words": "I carried boxes"}
    assert cast.bob.call("PUT", f"/claims/{name}", form).json()["state"] == "waiting"
    assert status(cast.bob, f"/claims/{name}", form | {"words": "other"}) == 409
    assert status(cast.bob, f"/claims/{uuid.uuid4()}", form | {"badge": "none"}) == 404
    claims.grant(Claim.objects.get(badge=badge), actor=cast.alice.user)
    assert news(cast.bob.user, "claim")[-1]["state"] == "granted"
    assert cast.bob.call("PUT", f"/claims/{name}", form).json()["state"] == "granted"
    assert status(cast.bob, f"/votes/{proposal(cast.programme).pk}", {"choice": "yes"}) == 201
    assert cast.bob.call("PUT", f"/claims/{uuid.uuid4()}", form | {"badge": "voter"}).json()["state"] == "granted"


def test_counts_are_added_up_and_no_tester_stands_beside_them(cast: Cast) -> None:
    steps = [{"step": "screws", "repeats": 2, "seconds": 60}, {"step": "cover", "stopped": True}]
    form = {"programme": "aurora", "guide": "router-one", "guide_version": "2", "steps": steps}
    name = uuid.uuid4()
    for caller, under in ((cast.bob, name), (cast.bob, name), (cast.alice, uuid.uuid4())):
        assert status(caller, f"/statistics/{under}", form) in (200, 201)
    assert set(StepCount.objects.values_list("step", "runs", "repeats", "seconds", "stopped")) == {
        ("screws", 2, 4, 120, 0),
        ("cover", 2, 0, 0, 2),
    }
    assert status(cast.alice, f"/statistics/{name}", form) == 404
    assert status(cast.bob, f"/statistics/{name}", form | {"steps": steps[:1]}) == 409
    assert status(cast.bob, f"/statistics/{uuid.uuid4()}", form | {"steps": steps[:1] * 2}) == 422
    assert str(cast.bob.user.subject) not in StatisticsName.objects.get(pk=name).owner
    assert not [field for model in (StatisticsName, StepCount) for field in model._meta.fields if field.name == "user"]


def test_too_many_in_a_while_are_asked_to_wait(cast: Cast) -> None:
    party = event(cast.programme)
    answers = [cast.bob.call("PUT", f"/rsvps/{party.pk}", {"rev": rev, "going": rev % 2 == 1}) for rev in range(1, 63)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_team_asks_by_its_pages(cast: Cast) -> None:
    pages = Client()
    pages.force_login(cast.alice.user)
    said = {"programme": cast.programme.pk, "title": '{"en": "Popcorn?"}', "body": "{}", "opens_0": "2026-01-01", "opens_1": "10:00"}
    said |= {"closes_0": "2099-01-01", "closes_1": "10:00", "options": json.dumps(OPTIONS[:1])}
    page = pages.post("/admin/hub_community/proposal/add/", said)
    assert page.status_code == 200
    assert b"two options" in page.content
    assert pages.post("/admin/hub_community/proposal/add/", said | {"options": json.dumps(OPTIONS)}).status_code == 302
    assert told("p:aurora", "proposal")["title"] == {"en": "Popcorn?"}
    for table in ("hub_community/event", "hub_community/experience", "hub_community/album", "hub_honour/claim", "hub_guides/stepcount"):
        assert pages.get(f"/admin/{table}/").status_code == 200, table
