# SPDX-License-Identifier: Apache-2.0
"""Who gets in by a bearer token, and the limits on trying."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone

from firstlight_hub.account.auth import signed_in
from firstlight_hub.account.limits import caller, forget_old, spend
from firstlight_hub.account.models import Bucket, User
from firstlight_hub.account.services import make_staff
from firstlight_hub.base.problem import ProblemError
from hub.conftest import Cast, token_for


def status(token: str, scheme: str = "Bearer") -> int:
    return Client(headers={"Authorization": f"{scheme} {token}"}).get("/api/v1/me").status_code


def test_only_a_living_token_of_a_living_account_with_our_scope_gets_in(cast: Cast) -> None:
    bob = cast.bob.user
    assert status(token_for(bob, seconds=-1)) == 401
    assert status(token_for(bob, scope="openid profile")) == 401
    assert status("unknown") == 401
    assert status("\ud800", "Bearer") == 401
    assert status(token_for(bob), "Basic") == 401
    good = token_for(bob)
    bob.is_active = False
    bob.save()
    assert status(good) == 401


def test_a_session_of_the_browser_opens_no_api(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alice.user)
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_plain_view_asks_the_same(cast: Cast) -> None:
    request = RequestFactory().get("/", headers={"Authorization": f"bearer {token_for(cast.bob.user)}"})
    request.user = AnonymousUser()
    assert signed_in(request) == cast.bob.user
    with pytest.raises(ProblemError, match="401"):
        signed_in(RequestFactory().get("/"))


def test_a_limit_lets_a_burst_through_then_one_by_one(rows: None) -> None:
    for _ in range(5):
        spend("try", "somebody", times=5, seconds=60)
    with pytest.raises(ProblemError) as refused:
        spend("try", "somebody", times=5, seconds=60)
    assert refused.value.retry_after == 12
    spend("try", "somebody else", times=5, seconds=60)
    Bucket.objects.filter(key="try|somebody").update(until=timezone.now() + timedelta(seconds=47))
    spend("try", "somebody", times=5, seconds=60)
    Bucket.objects.update(until=timezone.now() - timedelta(seconds=1))
    forget_old()
    assert not Bucket.objects.exists()


def test_a_forwarded_address_is_believed_from_our_own_proxies_alone(settings_of: None) -> None:
    from django.conf import settings

    request = RequestFactory().get("/", headers={"X-Forwarded-For": "10.9.9.9, 203.0.113.7"}, REMOTE_ADDR="127.0.0.1")
    assert caller(request) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert caller(request) == "203.0.113.7"


@pytest.fixture
def settings_of() -> object:
    """Settings as they were, afterwards."""
    from django.test import override_settings

    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=0) as settings:
        yield settings


def test_a_member_of_the_team_is_made_once_and_told_the_password_once(rows: None) -> None:
    password = make_staff("Erin@Example.org")
    erin = User.objects.get(email="erin@example.org")
    assert erin.check_password(password)
    assert erin.is_staff
    assert make_staff("erin@example.org") == ""
    assert User.objects.count() == 1


def test_an_address_is_one_person_whatever_its_capitals(rows: None) -> None:
    User.objects.create_user("Fay@Example.org")
    assert User.objects.get_by_natural_key("FAY@example.ORG").email == "fay@example.org"


def test_too_many_sign_ins_from_one_place_get_a_page_that_says_when_to_come_back(rows: None) -> None:
    from django.test import override_settings

    form = {"login": "nobody@example.org", "password": "wrong-wrong-wrong"}
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"}):
        client = Client(headers={"Accept-Language": "zh-CN"})
        assert client.post("/account/login/", form).status_code == 200
        late = client.post("/account/login/", form)
    assert late.status_code == 429
    assert int(late["Retry-After"]) > 0
    assert "尝试次数过多" in late.content.decode()


def test_a_form_of_consent_that_was_changed_is_shown_again(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.bob.user)
    form = {"redirect_uri": "http://127.0.0.1:5555/callback", "response_type": "code", "scope": "openid", "allow": "on"}
    assert client.post("/o/authorize/", form | {"client_id": "nobody"}).status_code == 200
