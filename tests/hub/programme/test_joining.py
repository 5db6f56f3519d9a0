# SPDX-License-Identifier: Apache-2.0
"""Joining a programme by F-code, through the JSON API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from firstlight_contract.account import CodeInfo, Me
from firstlight_contract.account import Enrolment as EnrolmentView
from firstlight_hub.account.models import User
from firstlight_hub.base.models import FeedItem
from firstlight_hub.programme.codes import key_of, new_code
from firstlight_hub.programme.models import Programme
from hub.conftest import Cast

CODE = "F-7KQ2-MXA9-R1"


def test_a_person_reads_who_they_are_and_where_they_take_part(cast: Cast) -> None:
    me = Me.model_validate_json(cast.bob.call("GET", "/me").content)
    assert (me.name, me.email, me.staff) == ("bob", "bob@example.org", False)
    assert [(place.programme.slug, place.number) for place in me.enrolments] == [("aurora", 2)]
    assert Me.model_validate_json(cast.carol.call("GET", "/me").content).enrolments == ()


@pytest.mark.parametrize("typed", [CODE, "f-7kq2-mxa9-r1", "F7KQ2MXA9R1", " Ｆ-7KQ2 MXA9 R1 "])
def test_a_code_is_known_however_it_is_typed(cast: Cast, typed: str) -> None:
    answer = Client().get(f"/api/v1/codes/{typed}")
    info = CodeInfo.model_validate_json(answer.content)
    assert (info.state, info.code, info.programme.slug) == ("valid", CODE, "aurora")
    assert info.programme.seats_left == 98


def test_joining_gives_the_next_number_and_tells_the_feed(cast: Cast) -> None:
    answer = cast.carol.call("POST", "/programmes/join", {"code": CODE, "display_name": " Carol of the hills "})
    assert answer.status_code == 200, answer.content
    place = EnrolmentView.model_validate_json(answer.content)
    assert (place.number, place.display_name, place.role) == (3, "Carol of the hills", "tester")
    assert place.programme.seats_left == 97
    kinds = set(FeedItem.objects.filter(audience=f"u:{cast.carol.user.pk}").values_list("kind", flat=True))
    assert "programme" in kinds


def test_joining_twice_is_one_place_and_one_use_of_the_code(cast: Cast) -> None:
    first = cast.carol.call("POST", "/programmes/join", {"code": CODE}).json()
    assert cast.carol.call("POST", "/programmes/join", {"code": CODE}).json() == first
    cast.code.refresh_from_db()
    assert cast.code.used == 1


def test_somebody_who_left_comes_back_under_the_old_number(cast: Cast) -> None:
    cast.bobs_place.left_at = timezone.now()
    cast.bobs_place.save()
    Programme.objects.filter(pk=cast.programme.pk).update(taken=1)
    assert cast.bob.call("GET", "/me").json()["enrolments"] == []
    assert cast.bob.call("POST", "/programmes/join", {"code": CODE}).json()["number"] == 2
    cast.programme.refresh_from_db()
    assert (cast.programme.taken, cast.programme.joined) == (2, 2)


def test_each_way_in_which_a_code_opens_nothing_has_its_own_word(cast: Cast) -> None:
    def refused(code: str = CODE) -> tuple[int, str]:
        answer = cast.carol.call("POST", "/programmes/join", {"code": code})
        assert answer["Content-Type"] == "application/problem+json"
        return answer.status_code, answer.json()["code"]

    assert refused("F-0000-0000-R1") == (404, "code_unknown")
    cast.code.valid_until = timezone.now() - timedelta(seconds=1)
    cast.code.save()
    assert refused() == (410, "code_expired")
    cast.code.valid_until = None
    cast.code.used = cast.code.max_uses
    cast.code.save()
    assert refused() == (409, "code_used")
    cast.code.used = 0
    cast.code.save()
    Programme.objects.filter(pk=cast.programme.pk).update(seats=2)
    assert refused() == (409, "programme_full")
    cast.code.refresh_from_db()
    assert cast.code.used == 0, "a refused try is no use of the code"


def test_the_state_of_a_code_says_why_it_opens_nothing(cast: Cast) -> None:
    def state() -> str:
        word: str = Client().get(f"/api/v1/codes/{CODE}").json()["state"]
        return word

    Programme.objects.filter(pk=cast.programme.pk).update(seats=2)
    assert state() == "full"
    cast.code.used = 2
    cast.code.save()
    assert state() == "used"
    cast.code.valid_until = timezone.now() - timedelta(days=1)
    cast.code.save()
    assert state() == "expired"


def test_codes_cannot_be_guessed_quickly_and_the_answer_says_when_to_try_again(cast: Cast) -> None:
    statuses = [Client().get("/api/v1/codes/F-2222-2222-R1").status_code for _ in range(5)]
    assert statuses == [404] * 5
    late = Client().get(f"/api/v1/codes/{CODE}")
    assert (late.status_code, late.json()["code"]) == (429, "too_many")
    assert 1 <= int(late["Retry-After"]) <= 60
    joins = [cast.carol.call("POST", "/programmes/join", {"code": "F-2222-2222-R1"}).status_code for _ in range(6)]
    assert joins == [404] * 5 + [429]
    assert cast.bob.call("POST", "/programmes/join", {"code": CODE}).status_code == 200, "one person's tries are not another's"


def test_the_seat_of_the_last_place_is_given_once(cast: Cast) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(seats=3)
    dave = User.objects.create_user("dave@example.org")
    assert cast.carol.call("POST", "/programmes/join", {"code": CODE}).status_code == 200
    from hub.conftest import caller

    assert caller(dave).call("POST", "/programmes/join", {"code": CODE}).json()["code"] == "programme_full"


def test_new_codes_hold_no_letter_that_looks_like_another() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not {letter for code in codes for letter in code[2:11]} & set("01IO")
    assert all(len(key_of(code)) == 11 for code in codes)


def test_somebody_who_is_taken_out_gives_the_seat_back_and_sees_the_programme_no_more(cast: Cast) -> None:
    staff = Client()
    staff.force_login(cast.alice.user)
    chosen = {"action": "take_out", "_selected_action": [str(cast.bobs_place.pk)]}
    assert staff.post("/admin/hub_programme/enrolment/", chosen).status_code == 302
    cast.programme.refresh_from_db()
    assert (cast.programme.taken, cast.programme.joined) == (1, 2)
    assert cast.bob.call("GET", "/me").json()["enrolments"] == []
    item = FeedItem.objects.get(audience=f"u:{cast.bob.user.pk}", kind="programme")
    assert item.deleted
    assert staff.post("/admin/hub_programme/enrolment/", chosen).status_code == 302
    cast.programme.refresh_from_db()
    assert cast.programme.taken == 1, "a second press gives no second seat back"


def test_staff_make_a_code_and_cannot_make_it_twice(cast: Cast) -> None:
    staff = Client()
    staff.force_login(cast.alice.user)
    page = staff.get("/admin/hub_programme/code/add/")
    form = {"code": "F-ABCD-EFGH-A1", "programme": cast.programme.pk, "max_uses": 1, "valid_until_0": "", "valid_until_1": "", "tag": ""}
    assert 'value="F-' in page.content.decode()
    assert staff.post("/admin/hub_programme/code/add/", form).status_code == 302
    assert Client().get("/api/v1/codes/fabcdefgha1").json()["state"] == "valid"
    again = staff.post("/admin/hub_programme/code/add/", form | {"code": "f abcd efgh a1"})
    assert again.status_code == 200
    assert "there is one like it" in again.content.decode()


def test_everybody_in_a_programme_learns_that_staff_changed_it(cast: Cast) -> None:
    staff = Client()
    staff.force_login(cast.alice.user)
    form = {"name": "Aurora at night", "ring": "Night", "maker": "Aurora", "tz": "UTC", "seats": 40, "picture": "", "slug": "other"}
    answer = staff.post(f"/admin/hub_programme/programme/{cast.programme.pk}/change/", form)
    assert answer.status_code == 302
    cast.programme.refresh_from_db()
    assert cast.programme.slug == "aurora"
    body = FeedItem.objects.get(audience="p:aurora", kind="programme").body
    assert (body["name"], body["seats_left"]) == ("Aurora at night", 38)
