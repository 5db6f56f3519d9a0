# SPDX-License-Identifier: Apache-2.0
"""What every answer of the hub carries, and that every fault of the API is a problem."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from pytest import MonkeyPatch

from firstlight_contract.endpoints import ALL
from firstlight_contract.problem import Code
from firstlight_hub.base import problem
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.programme import services
from hub.conftest import Cast

SOME_ID = "00000000-0000-4000-8000-000000000000"
EVERYWHERE = (
    "/health", "/readyz", "/", "/account/login/", "/account/signup/", "/admin/", "/admin/login/", "/nowhere", "/static/hub/hub.css",
    "/static/nowhere", "/.well-known/openid-configuration", "/.well-known/jwks.json", "/o/authorize/", "/api/v1/me", "/api/v1/nowhere",
    f"/api/v1/files/{'0' * 64}", "/api/v1/uploads/x",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_says_that_it_is_a_hub(rows: None, path: str) -> None:
    answer = Client().get(path)
    assert answer["X-Hub"] == "1"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    answer.close()


@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/", "/nowhere", "/"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_page_fetches_and_runs_nothing_that_is_not_the_hubs(cast: Cast, path: str, language: str) -> None:
    client = Client(headers={"Accept-Language": language})
    if path == "/":
        client.force_login(cast.bob.user)
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == (404 if path == "/nowhere" else 200)
    assert "<script" not in page
    assert " style=" not in page
    addresses = re.findall(r"""\b(?:src|href|action)\s*=\s*["']?([^"'\s>]*)""", page)
    assert addresses, "its style sheet at least"
    assert [address for address in addresses if not re.match(r"/(?!/)", address)] == []


def test_the_admin_runs_no_script_that_stands_in_a_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alice.user)
    for path in ("/admin/", "/admin/hub_programme/code/add/", "/admin/hub_programme/enrolment/", "/admin/hub_account/user/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "script-src 'self';" in answer["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", answer.content.decode()), path


def test_the_admin_is_not_there_for_testers(cast: Cast) -> None:
    client = Client()
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert client.get("/admin/login/?next=/admin/").headers["Location"].startswith("/account/login/")
    client.force_login(cast.bob.user)
    assert client.get("/admin/hub_account/user/").status_code == 302


@pytest.mark.parametrize("endpoint", ALL, ids=lambda e: f"{e.method} {e.path}")
def test_nobody_gets_in_without_a_token(rows: None, endpoint: object) -> None:
    names = {"code": "F-2222-2222-R1", "id": SOME_ID}
    answer = Client().generic(endpoint.method, endpoint.url(**{n: names[n] for n in re.findall(r"{(\w+)}", endpoint.path)}), "{}")
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == ((404, "code_unknown") if endpoint.public else (401, "unauthenticated"))


def test_what_does_not_fit_is_named(cast: Cast) -> None:
    answer = cast.carol.call("POST", "/programmes/join", {"code": "", "display_name": "x"})
    assert (answer.status_code, answer.json()["code"], answer.json()["fields"]) == (422, "invalid", ["code"])
    for body in ("", "{", "[]", '"x"', "\x00"):
        answer = cast.carol.call("POST", "/programmes/join", body)
        assert answer.status_code in (400, 422), body
        assert answer.json()["code"] == "invalid"


@pytest.mark.parametrize(("method", "path"), [("GET", "/nowhere"), ("DELETE", "/me"), ("POST", "/sync")])
def test_a_wrong_address_or_method_is_a_problem_too(cast: Cast, method: str, path: str) -> None:
    answer = cast.bob.call(method, path)
    assert answer.status_code in (404, 405)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code


def test_a_database_that_cannot_now_asks_to_be_tried_again(cast: Cast, monkeypatch: MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(services, "me", full)
    answer = cast.bob.call("GET", "/me")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer["Retry-After"]) > 0


def test_a_bug_says_nothing_of_itself(cast: Cast, monkeypatch: MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(services, "me", broken)
    client = cast.bob.client
    client.raise_request_exception = False
    answer = client.get("/api/v1/me")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert b"secret" not in answer.content


def test_the_translations_are_whole_and_compiled(rows: None) -> None:
    import firstlight_hub.account

    folder = Path(firstlight_hub.account.__file__).parent / "locale/zh_Hans/LC_MESSAGES"
    entries = re.findall(r'msgid "(.+)"\nmsgstr "(.*)"', (folder / "django.po").read_text("utf-8"))
    assert len(entries) > 40
    assert all(translated for _, translated in entries)
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert [source for source, translated in entries if compiled.gettext(_plain(source)) != _plain(translated)] == []
    used = set()
    for template in (folder.parents[2] / "templates").rglob("*.html"):
        used |= set(re.findall(r'{% translate "([^"]+)" %}', template.read_text("utf-8")))
    assert used
    assert used <= {source for source, _ in entries}


def _plain(text: str) -> str:
    """As a catalogue's string reads."""
    return text.replace('\\"', '"').replace("\\n", "\n")


@pytest.mark.parametrize("path", ["/health", "/readyz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_health_says_by_which_method_it_is_asked(rows: None, path: str, method: str) -> None:
    answer = Client(enforce_csrf_checks=True).generic(method, path)
    assert (answer.status_code, answer["Allow"], answer.json()["title"]) == (405, "GET, HEAD", "use GET")


@pytest.mark.parametrize("headers", [{}, {"X-Request-Check": "0" * 64}])
def test_a_body_beyond_the_limit_is_too_large_and_says_how_large_it_may_be(cast: Cast, headers: dict[str, str]) -> None:
    answer = cast.bob.call("PUT", f"/reports/{SOME_ID}", "x" * 1_100_000, **headers)
    assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (413, "too_large", 1 << 20)


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_day_at_the_end_of_the_calendar_is_refused(cast: Cast, day: str) -> None:
    said = {"programme": "aurora", "rev": 1, "title": "T", "captured_at": day}
    answer = cast.bob.call("PUT", f"/reports/{SOME_ID}", said)
    assert (answer.status_code, answer.json()["fields"]) == (422, ["captured_at"])


def test_every_refusal_has_a_sentence(cast: Cast) -> None:
    unasked = cast.bob.call("PUT", f"/reports/{SOME_ID}", {}), cast.bob.call("GET", f"/reports/{SOME_ID}"), Client().get("/api/v1/me")
    assert [answer.json()["title"] for answer in unasked] == ["the request does not fit", "there is no such thing here", "sign in first"]
    assert set(Code) == set(problem._TITLES)


def test_a_tester_who_strays_into_the_admin_reads_why_it_is_closed(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.bob.user)
    answer = client.get("/admin/hub_account/user/", follow=True)
    assert (answer.status_code, "This page is not open to you" in answer.content.decode()) == (403, True)


def test_what_a_service_refuses_is_told_on_the_page_of_staff(cast: Cast, monkeypatch: MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ProblemError(Code.CONFLICT, 409, title="it is published")

    monkeypatch.setattr("firstlight_hub.devices.services.define_model", refuse)
    client = Client()
    client.force_login(cast.alice.user)
    form = {"programme": cast.programme.pk, "slug": "a1", "name": "Aurora A1", "kind": "phone"}
    answer = client.post("/admin/hub_devices/devicemodel/add/", form, follow=True)
    assert (answer.status_code, "Nothing was saved: it is published." in answer.content.decode()) == (200, True)
