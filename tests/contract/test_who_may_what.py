# SPDX-License-Identifier: Apache-2.0
"""Every endpoint, every kind of caller, things of somebody else: built from the contract's list, so that no endpoint is forgotten."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from firstlight_contract.endpoint import API
from firstlight_contract.endpoints import ALL
from firstlight_contract.problem import MEDIA_TYPE, Problem
from hub.asked import album, asked
from hub.conftest import Cast, token_for
from hub.sticks import Stick
from hub.stored import report, sent

KINDS = ("report", "device", "comment", "activity", "pc", "bundle", "vote", "experience", "rsvp", "album", "claim", "statistics")
NAMES = {name: uuid.uuid4() for name in (*KINDS, "release")}

BODIES: dict[str, dict[str, Any]] = {
    "/programmes/join": {"code": "F-7KQ2-MXA9-R1"},
    "/devices/{id}": {"programme": "aurora", "model": "a1"},
    "/reports/{id}": report(),
    "/comments/{id}": {"report": str(NAMES["report"]), "text": "A word."},
    "/activity/{id}": {"programme": "aurora", "kind": "build.installed", "at": timezone.now().isoformat()},
    "/pcs/{id}": {"public_key": "A" * 43 + "="},
    "/bundles/{id}": {"sha256": "0" * 64},
    "/votes/{id}": {"choice": "yes"},
    "/experiences/{id}": {"release": str(NAMES["release"]), "best": "Camera froze no more"},
    "/rsvps/{id}": {"going": True},
    "/claims/{id}": {"programme": "aurora", "badge": "helper", "words": "Camera froze"},
    "/statistics/{id}": {"programme": "aurora", "guide": "a1-weekly", "guide_version": "1", "steps": [{"step": "flash", "seconds": 40}]},
}
OWN = (
    {
        "/devices/{id}": "device",
        "/reports/{id}": "report",
        "/comments/{id}": "comment",
        "/activity/{id}": "activity",
        "/pcs/{id}": "pc",
        "/bundles/{id}": "bundle",
    }
    | {f"/{kind}s/{{id}}": kind for kind in ("vote", "experience", "rsvp", "album", "claim")}
    | {"/statistics/{id}": "statistics"}
)
EACH = {"/votes/{id}": 201, "/rsvps/{id}": 201}
"""What everybody of the programme has one of, under the same name."""
UNSENT = {"/bundles/{id}": 424}
"""What those get who know the name of a file but have not sent it."""
OUTSIDER = {"/me": 200, "/sync": 200, "/codes/{code}": 200, "/programmes/join": 200, "/comments/{id}": 404, "/pcs/{id}": 404}
OUTSIDER |= {"/votes/{id}": 404, "/experiences/{id}": 404, "/rsvps/{id}": 404}
"""What somebody outside the programme gets; 403 for all else that is written, 404 for what is read."""


def url(path: str) -> str:
    name = NAMES[OWN[path]] if path in OWN else ""
    return API + path.format(id=name, code="F-7KQ2-MXA9-R1")


def call(client: Client, method: str, path: str) -> Any:
    body = BODIES.get(path) if method != "GET" else None
    more = {} if body is None else {"content_type": "application/json"}
    return getattr(client, method.lower())(url(path), body, **more) if body is not None else getattr(client, method.lower())(url(path))


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """Bob has one thing of each kind."""
    stick = Stick(str(cast.bob.user.subject), id=NAMES["bundle"])
    BODIES["/bundles/{id}"] = {"sha256": sent(cast.bob.user, stick.zip())["sha256"]}
    asked(cast.programme, vote=NAMES["vote"], meeting=NAMES["rsvp"], release=NAMES["release"])
    BODIES["/albums/{id}"] = album(cast.bob.user)
    for path in OWN:
        answer = call(cast.bob.client, "PUT", path)
        assert answer.status_code == 201, (path, answer.content)
    return cast


@pytest.mark.parametrize("endpoint", ALL, ids=lambda endpoint: f"{endpoint.method} {endpoint.path}")
class TestEachEndpoint:
    """One caller after the other."""

    def test_the_tester_gets_their_own(self, filled: Cast, endpoint: Any) -> None:
        answer = call(filled.bob.client, endpoint.method, endpoint.path)
        assert answer.status_code == 200, answer.content
        endpoint.reply.model_validate(answer.json())
        assert answer.headers["X-Hub"]

    def test_without_a_token_or_with_a_bad_one_nothing_is_given(self, filled: Cast, endpoint: Any) -> None:
        expired = token_for(filled.bob.user, seconds=-1)
        foreign = token_for(filled.bob.user, scope="openid")
        for header in (None, "Bearer nonsense", "Basic Ym9iOmJvYg==", f"Bearer {expired}", f"Bearer {foreign}", "Bearer "):
            client = Client(headers={"Authorization": header} if header else {})
            answer = call(client, endpoint.method, endpoint.path)
            if endpoint.public:
                assert answer.status_code in (200, 429)
            else:
                assert answer.status_code == 401, header
                assert Problem.model_validate(answer.json()).code == "unauthenticated"
                assert answer.headers["Content-Type"] == MEDIA_TYPE
                assert answer.headers["X-Hub"]

    def test_another_tester_finds_nothing_of_it(self, filled: Cast, endpoint: Any) -> None:
        answer = call(filled.alice.client, endpoint.method, endpoint.path)
        assert answer.status_code == (UNSENT | EACH).get(endpoint.path, 404 if endpoint.path in OWN else 200), answer.content
        assert b"Camera froze" not in answer.content, "Bob's report"

    def test_an_outsider_finds_nothing_of_it(self, filled: Cast, endpoint: Any) -> None:
        answer = call(filled.carol.client, endpoint.method, endpoint.path)
        expected = (OUTSIDER | UNSENT).get(endpoint.path, 403 if endpoint.method == "PUT" else 404)
        assert answer.status_code == expected, answer.content
        assert b"Camera froze" not in answer.content, "Bob's report"


@pytest.mark.parametrize("endpoint", [e for e in ALL if e.request], ids=lambda endpoint: f"{endpoint.method} {endpoint.path}")
def test_a_body_that_is_none_is_refused_politely(filled: Cast, endpoint: Any) -> None:
    for body in (b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"programme": {}}', b"[" * 100_000):
        answer = filled.bob.client.generic(endpoint.method, url(endpoint.path), body, content_type="application/json")
        assert answer.status_code in (400, 422), body[:20]
        assert Problem.model_validate(answer.json()).code == "invalid"


def test_a_name_that_is_none_is_refused_politely(cast: Cast) -> None:
    for path in ("/reports/x", "/reports/%00", "/nothing", "/reports/"):
        assert cast.bob.call("GET", path).status_code in (404, 422)
