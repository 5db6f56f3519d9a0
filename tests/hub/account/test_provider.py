# SPDX-License-Identifier: Apache-2.0
"""The OpenID provider as a desktop meets it: a real hub process, a scripted browser, no shortcut."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import KeySet

from hub.serving import TIMEOUTS, Browser, Flow, postgres, postgres_programs, refresh, running, signed_in

WHO, PASSWORD = "dana@example.org", "copper-lamp-orbit"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def hub(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A hub where Dana has an account."""
    folder = tmp_path_factory.mktemp("provider")
    if request.param == "sqlite":
        with running(folder / "hub") as url:
            Browser(url).sign_up(WHO, PASSWORD, "dana")
            yield url
        return
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed here (Debian: apt-get install postgresql)")
    with postgres(programs) as database, running(folder / "hub", database=database) as url:
        Browser(url).sign_up(WHO, PASSWORD, "dana")
        yield url


def me(hub: str, access_token: str) -> requests.Response:
    return requests.get(f"{hub}/api/v1/me", headers={"Authorization": f"Bearer {access_token}"}, timeout=TIMEOUTS)


def test_the_description_names_every_endpoint_and_nothing_that_is_refused(hub: str) -> None:
    said = requests.get(f"{hub}/.well-known/openid-configuration", timeout=TIMEOUTS).json()
    assert said["issuer"] == hub
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["response_types_supported"] == ["code"]
    assert said["id_token_signing_alg_values_supported"] == ["RS256"]
    assert said["token_endpoint_auth_methods_supported"] == ["none"]
    assert said["authorization_response_iss_parameter_supported"] is True
    for name in ("authorization", "token", "userinfo", "revocation"):
        assert said[f"{name}_endpoint"].startswith(hub + "/")
    assert requests.get(said["jwks_uri"], timeout=TIMEOUTS).json()["keys"][0]["alg"] == "RS256"


def test_a_sign_in_gives_an_identity_that_the_published_key_proves(hub: str) -> None:
    flow = Flow(hub)
    back = Browser(hub).authorize(flow, WHO, PASSWORD)
    assert back["state"] == flow.state
    assert back["iss"] == hub
    answer = flow.exchange(back["code"])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    tokens = answer.json()
    keys = KeySet.import_key_set(requests.get(f"{hub}/.well-known/jwks.json", timeout=TIMEOUTS).json())
    claims = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"]).claims
    assert claims["iss"] == hub
    assert claims["aud"] == "firstlight-desktop"
    assert claims["nonce"] == flow.nonce
    assert (claims["name"], claims["email"]) == ("dana", WHO)
    uuid.UUID(claims["sub"])
    person = me(hub, tokens["access_token"]).json()
    assert person["subject"] == claims["sub"]
    assert person["enrolments"] == []


@pytest.mark.parametrize("redirect", ["http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback", "http://[::1]:5000/callback"])
def test_the_desktop_may_listen_at_any_port_of_the_loopback(hub: str, redirect: str) -> None:
    flow = Flow(hub, redirect=redirect)
    assert flow.exchange(Browser(hub).authorize(flow, WHO, PASSWORD)["code"]).status_code == 200


@pytest.mark.parametrize(
    "redirect",
    [
        "http://127.0.0.1:5000/other",
        "http://127.0.0.1:5000/callback?more=1",
        "http://127.0.0.1.example.org:5000/callback",
        "http://example.org/callback",
        "https://127.0.0.1:5000/callback",
        "http://localhost:5000/callback",
    ],
)
def test_no_other_address_gets_a_code(hub: str, redirect: str) -> None:
    browser = Browser(hub)
    browser.authorize(Flow(hub), WHO, PASSWORD)
    answer = browser.get("/o/authorize/", **Flow(hub, redirect=redirect).query())
    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    "change",
    [{"code_challenge_method": "plain"}, {"code_challenge": None, "code_challenge_method": None}, {"response_type": "token"}],
    ids=["plain", "no PKCE", "implicit"],
)
def test_a_weak_request_is_refused(hub: str, change: dict[str, str | None]) -> None:
    browser = Browser(hub)
    browser.authorize(Flow(hub), WHO, PASSWORD)
    answer = browser.get("/o/authorize/", **Flow(hub).query(**change))
    if answer.status_code == 200:
        answer = browser.get(browser.submit(answer, "/account/continue", who="me").headers["Location"])
    assert "code=" not in answer.headers.get("Location", "")
    assert answer.status_code == 400 or "error=" in answer.headers["Location"]


def test_a_code_is_worth_nothing_without_its_verifier(hub: str) -> None:
    flow = Flow(hub)
    code = Browser(hub).authorize(flow, WHO, PASSWORD)["code"]
    answer = flow.exchange(code, code_verifier="x" * 64)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert flow.exchange(code, redirect_uri="http://127.0.0.1:1/callback").status_code == 400


def test_a_refresh_token_changes_at_each_use_and_the_old_one_kills_its_family(hub: str) -> None:
    first = signed_in(hub, WHO, PASSWORD)
    second = refresh(hub, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert me(hub, first["access_token"]).status_code == 401, "the old access token went with its refresh token"
    assert me(hub, second["access_token"]).status_code == 200
    stolen = refresh(hub, first["refresh_token"])
    assert (stolen.status_code, stolen.json()["error"]) == (400, "invalid_grant")
    assert me(hub, second["access_token"]).status_code == 401
    assert refresh(hub, second["refresh_token"]).status_code == 400


def test_signing_out_takes_the_access_token_too(hub: str) -> None:
    tokens = signed_in(hub, WHO, PASSWORD)
    form = {"token": tokens["refresh_token"], "token_type_hint": "refresh_token", "client_id": "firstlight-desktop"}
    assert requests.post(f"{hub}/o/revoke/", data=form, timeout=TIMEOUTS).status_code == 200
    assert me(hub, tokens["access_token"]).status_code == 401
    assert refresh(hub, tokens["refresh_token"]).status_code == 400


def at_once(times: int, act: Callable[[], requests.Response]) -> list[int]:
    """The status of so many tries that start together."""
    start, statuses = threading.Barrier(times), []

    def run() -> None:
        start.wait(30)
        statuses.append(act().status_code)

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    return sorted(statuses)


def test_of_six_who_bring_one_code_one_wins_and_the_others_are_refused(hub: str) -> None:
    for _ in range(3):
        flow = Flow(hub)
        code = Browser(hub).authorize(flow, WHO, PASSWORD)["code"]
        assert at_once(6, lambda flow=flow, code=code: flow.exchange(code)) == [200] + [400] * 5


def test_of_six_who_bring_one_refresh_token_one_wins_and_the_others_are_refused(hub: str) -> None:
    for _ in range(3):
        token = signed_in(hub, WHO, PASSWORD)["refresh_token"]
        assert at_once(6, lambda token=token: refresh(hub, token)) == [200] + [400] * 5


def test_a_browser_that_was_signed_in_already_asks_who_it_is_before_it_gives_a_code(hub: str) -> None:
    browser, flow = Browser(hub), Flow(hub)
    browser.authorize(Flow(hub), WHO, PASSWORD)
    page = browser.get("/o/authorize/", **flow.query())
    assert page.status_code == 200
    assert "Go on as dana" in page.text
    onward = browser.submit(page, "/account/continue", who="me").headers["Location"]
    answer = browser.get(onward)
    code = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["code"]
    assert flow.exchange(code).status_code == 200
    assert browser.get("/o/authorize/", **Flow(hub).query()).status_code == 200, "one yes is one sign-in"


def test_somebody_else_of_the_same_pc_can_sign_in_instead(hub: str) -> None:
    Browser(hub).sign_up("gil@example.org", PASSWORD, "gil")
    browser, flow = Browser(hub), Flow(hub)
    browser.authorize(Flow(hub), WHO, PASSWORD)
    page = browser.get("/o/authorize/", **flow.query())
    page = browser.get(browser.submit(page, "/account/continue", who="other").headers["Location"])
    answer = browser.submit(page, "/account/login/", login="gil@example.org", password=PASSWORD)
    answer = browser.get(answer.headers["Location"])
    code = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["code"]
    assert me(hub, flow.exchange(code).json()["access_token"]).json()["name"] == "gil"


def test_going_on_leads_nowhere_but_to_the_hub(hub: str) -> None:
    browser = Browser(hub)
    browser.authorize(Flow(hub), WHO, PASSWORD)
    page = browser.get("/o/authorize/", **Flow(hub).query())
    answer = browser.submit(page, "/account/continue", who="me", next="https://example.org/")
    assert answer.headers["Location"] == "/"


def test_asking_for_a_fresh_sign_in_forgets_who_the_browser_was(hub: str) -> None:
    browser = Browser(hub)
    browser.authorize(Flow(hub), WHO, PASSWORD)
    answer = browser.get("/o/authorize/", **Flow(hub).query(prompt="login"))
    page = browser.get(answer.headers["Location"])
    assert page.status_code == 200
    assert 'name="password"' in page.text


def test_the_pages_speak_the_language_that_the_desktop_asks_for(hub: str) -> None:
    browser = Browser(hub)
    answer = browser.get("/o/authorize/", **Flow(hub).query(ui_locales="zh-CN"))
    page = browser.get(answer.headers["Location"])
    assert '<html lang="zh-hans">' in page.text
    assert "登录后，浏览器会带你回到 Firstlight。" in page.text


def test_nobody_is_let_in_silently(hub: str) -> None:
    browser = Browser(hub)
    browser.authorize(Flow(hub), WHO, PASSWORD)
    answer = browser.get("/o/authorize/", **Flow(hub).query(prompt="none"))
    assert dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["error"] == "login_required"


@pytest.mark.parametrize("path", ["/o/token/", "/o/revoke/"])
@pytest.mark.parametrize(
    ("form", "media"), [(b"x" * 1_100_000, "application/x-www-form-urlencoded"), (b"x", "multipart/form-data"), (b"", "text/plain")]
)
def test_a_form_that_cannot_be_read_is_refused_as_the_protocol_says(hub: str, path: str, form: bytes, media: str) -> None:
    answer = requests.post(hub + path, data=form, headers={"Content-Type": media}, timeout=TIMEOUTS)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/json")
    assert answer.json()["error"] in ("invalid_request", "unsupported_grant_type")
