# SPDX-License-Identifier: Apache-2.0
"""What every answer of the hub carries, and that every fault of the API is a problem."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from pytest import MonkeyPatch

from firstlight_contract.endpoints import ALL
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
    page = client.get(path).content.decode()
    assert "<script" not in page
    assert " style=" not in page
    for address in re.findall(r'(?:src|href|action)="([^"]*)"', page):
        assert address.startswith("/"), address


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
    used = set()
    for template in (folder.parents[2] / "templates").rglob("*.html"):
        used |= set(re.findall(r'{% translate "([^"]+)" %}', template.read_text("utf-8")))
    assert used <= {source for source, _ in entries}
