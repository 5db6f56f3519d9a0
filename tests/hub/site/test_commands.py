# SPDX-License-Identifier: Apache-2.0
"""`firstlight-hub` as a program: it serves, seeds, lives with its parent, keeps its secrets to itself, and refuses what is unsafe."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from firstlight_hub.__main__ import main
from firstlight_hub.site import server, start
from firstlight_hub.site.database import database
from hub.serving import TIMEOUTS, Browser, running, signed_in

WHO, PASSWORD = "dana@example.org", "copper-lamp-orbit"


def run(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("FIRSTLIGHT_HUB", "DJANGO_", "DATABASE_URL"))}
    command = [sys.executable, "-m", "firstlight_hub", *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=clean | env, check=False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo in it."""
    data = tmp_path_factory.mktemp("demo") / "hub"
    done = run("demo", "--data", str(data), "--seed-only")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return data


def start_embedded(data: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "firstlight_hub", "demo", "--data", str(data), "--embedded"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("FIRSTLIGHT_HUB", "DJANGO_"))}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean)


@pytest.fixture
def embedded(demo: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """The demo's hub as a child, with what it said on its first line."""
    child = start_embedded(demo)
    assert child.stdout is not None
    try:
        yield child, json.loads(child.stdout.readline())
    finally:
        child.communicate(timeout=30)


def rows(data: Path) -> dict[str, int]:
    """How many rows each table has; tables that only count visits are left out."""
    with sqlite3.connect(data / "hub.sqlite3") as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if name.startswith("hub_")]
        return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names if name != "hub_cache"}


def test_seeding_again_changes_nothing(demo: Path) -> None:
    before, accounts = rows(demo), (demo / "demo-accounts.json").read_bytes()
    done = run("demo", "--data", str(demo), "--seed-only")
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(demo) == before
    assert (demo / "demo-accounts.json").read_bytes() == accounts


def test_hubs_that_begin_at_once_in_one_folder_plant_it_once(demo: Path, tmp_path: Path) -> None:
    """A desktop that was killed while its hub began leaves that one at work, and starts another."""
    data = tmp_path / "hub"
    command = [sys.executable, "-m", "firstlight_hub", "demo", "--data", str(data), "--seed-only"]
    begun = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ended = [(child.communicate(timeout=120)[1], child.returncode) for child in begun]
    assert ended == [("", 0)] * 3
    assert rows(data) == rows(demo)


def test_the_child_says_where_it_is_and_leaves_when_its_input_closes(
    demo: Path, embedded: tuple[subprocess.Popen[str], dict[str, Any]]
) -> None:
    child, said = embedded
    assert sorted(said) == ["accounts", "code", "url"]
    assert [(a["name"], a["staff"]) for a in said["accounts"]] == [("mossbyte", False), ("newcomer", False), ("ines", True)]
    assert urlsplit(said["url"]).hostname == "127.0.0.1"
    answer = requests.get(f"{said['url']}/health", timeout=TIMEOUTS)
    assert (answer.json()["status"], answer.headers["X-Hub"]) == ("ok", "1")
    assert requests.get(f"{said['url']}/readyz", timeout=TIMEOUTS).status_code == 200
    _, errors = child.communicate(timeout=20)
    assert (child.returncode, errors) == (0, "")
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", urlsplit(said["url"]).port)) != 0


def test_the_child_keeps_its_address_from_start_to_start_unless_the_port_is_taken(demo: Path) -> None:
    def address() -> str:
        child = start_embedded(demo)
        assert child.stdout is not None
        url: str = json.loads(child.stdout.readline())["url"]
        child.communicate(timeout=30)
        return url

    first = address()
    assert address() == first
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", urlsplit(first).port))
        squatter.listen()
        assert address() != first


def test_the_demo_has_a_tester_with_a_year_behind_them(embedded: tuple[subprocess.Popen[str], dict[str, Any]]) -> None:
    _, said = embedded
    account = said["accounts"][0]
    token = signed_in(said["url"], account["email"], account["password"])["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    page = requests.get(f"{said['url']}/api/v1/sync", headers=headers, timeout=TIMEOUTS).json()
    of: dict[str, list[dict[str, Any]]] = {}
    for item in page["items"]:
        of.setdefault(item["kind"], []).append(item["body"])
    badges = {badge["slug"]: badge for badge in of["badge"]}
    assert badges["first-light"]["earned_at"]
    assert not badges["first-flash"]["earned_at"]
    assert not badges["hand-built"]["earned_at"]
    assert (badges["bug-spotter"]["progress"], badges["bug-spotter"]["goal"]) == (2, 3)
    assert {"fixed", "question", "seen", "planned"} <= {report["state"] for report in of["report"]}
    fixed = next(report for report in of["report"] if report["state"] == "fixed")
    newest = max(of["release"], key=lambda release: release["published_at"])
    assert (fixed["number"], fixed["fixed_in"], fixed["joined"]) == ("FL-2291", newest["version"], 17)
    assert any(change["yours"] for release in of["release"] for change in release["changes"])
    assert any(comment["asks"] for comment in of["comment"])
    honour = of["honour"][-1]
    assert (honour["number"], honour["weeks_in_row"], honour["rest_weeks_used"]) == (42, 23, 3)
    assert of["programme"][-1]["seats_left"] == 36
    image = newest["files"][0]
    got = requests.get(f"{said['url']}/api/v1/files/{image['sha256']}", headers=headers, timeout=TIMEOUTS)
    assert len(got.content) == image["size"]


def test_a_newcomer_joins_the_demo_by_its_code(embedded: tuple[subprocess.Popen[str], dict[str, Any]]) -> None:
    _, said = embedded
    account = said["accounts"][1]
    token = signed_in(said["url"], account["email"], account["password"])["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.get(f"{said['url']}/api/v1/me", headers=headers, timeout=TIMEOUTS).json()["enrolments"] == []
    answer = requests.post(f"{said['url']}/api/v1/programmes/join", json={"code": said["code"]}, headers=headers, timeout=TIMEOUTS)
    assert answer.json()["number"] == 65


def test_staff_of_the_demo_get_into_the_admin(embedded: tuple[subprocess.Popen[str], dict[str, Any]]) -> None:
    _, said = embedded
    account = said["accounts"][2]
    browser = Browser(said["url"])
    page = browser.get("/account/login/", next="/admin/")
    answer = browser.submit(page, "/account/login/", login=account["email"], password=account["password"])
    assert answer.headers["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200
    assert browser.get("/static/admin/css/base.css").headers["Content-Type"].startswith("text/css")


def test_no_secret_is_readable_by_others_and_no_token_stands_in_the_database(tmp_path: Path) -> None:
    with running(tmp_path / "hub") as url:
        Browser(url).sign_up(WHO, PASSWORD)
        tokens = signed_in(url, WHO, PASSWORD)
        kept = b"".join(path.read_bytes() for path in (tmp_path / "hub").glob("hub.sqlite3*"))
        assert WHO.encode() in kept, "this is the database"
        for name in ("access_token", "refresh_token"):
            assert tokens[name].encode() not in kept
        assert PASSWORD.encode() not in kept
    keys = list((tmp_path / "hub/keys").iterdir())
    assert keys
    for path in [tmp_path / "hub", tmp_path / "hub/keys", *keys]:
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_guessing_passwords_is_slowed_down_by_a_page_that_says_so(tmp_path: Path) -> None:
    with running(tmp_path / "hub") as url:
        Browser(url).sign_up(WHO, PASSWORD)
        browser = Browser(url)
        page = browser.get("/account/login/")
        for _ in range(5):
            assert browser.submit(page, "/account/login/", login=WHO, password="wrong-wrong").status_code == 200
        blocked = browser.submit(page, "/account/login/", login=WHO, password=PASSWORD)
        assert "Too many" in blocked.text
        assert blocked.status_code == 200
        assert "sessionid" not in browser.session.cookies


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_a_hub_that_others_reach_without_tls_does_not_start(tmp_path: Path, host: str) -> None:
    done = run("serve", "--data", str(tmp_path / "hub"), "--host", host)
    assert done.returncode == 1
    assert "TLS" in done.stderr
    assert not (tmp_path / "hub").exists()


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        done = run("serve", "--data", str(tmp_path / "hub"), "--port", str(squatter.getsockname()[1]))
    assert done.returncode == 1
    assert "another program may have it" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_member_of_the_team_is_made_by_command(tmp_path: Path) -> None:
    with running(tmp_path / "hub") as url:
        done = run("staff", "--data", str(tmp_path / "hub"), "erin@example.org")
        assert (done.returncode, done.stderr) == (0, "")
        password = done.stdout.strip().rsplit(" ", 1)[1]
        forgotten = run("password", "--data", str(tmp_path / "hub"), "Erin@example.org")
        assert (forgotten.returncode, forgotten.stderr) == (0, "")
        fresh = forgotten.stdout.splitlines()[0].rsplit(" ", 1)[1]
        assert fresh != password
        nobody = run("password", "--data", str(tmp_path / "hub"), "nobody@example.org")
        assert (nobody.returncode, "Nobody signs in with nobody@example.org" in nobody.stderr) == (1, True)
        token = signed_in(url, "erin@example.org", fresh)["access_token"]
        person = requests.get(f"{url}/api/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUTS).json()
    assert person["staff"] is True


def test_a_wrong_database_address_is_no_traceback(tmp_path: Path) -> None:
    done = run("serve", "--data", str(tmp_path / "hub"), "--port", "0", DATABASE_URL="mysql://x")
    assert done.returncode == 1
    assert "postgres://" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_usage_is_two() -> None:
    assert run("serve").returncode == 2
    assert run("nonsense").returncode == 2


def test_a_database_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = run("serve", "--data", str(tmp_path / "hub"), "--port", "0", DATABASE_URL="postgres://hub@127.0.0.1:1/hub")
    assert done.returncode == 1
    assert "does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_behind_a_proxy_with_tls_every_address_is_the_public_one(tmp_path: Path) -> None:
    with running(tmp_path / "hub", more=("--address", "https://hub.example.org")) as url:
        headers = {"Host": "hub.example.org", "X-Forwarded-Proto": "https"}
        said = requests.get(f"{url}/.well-known/openid-configuration", headers=headers, timeout=TIMEOUTS)
        page = requests.get(f"{url}/account/login/", headers=headers, timeout=TIMEOUTS)
        foreign = requests.get(f"{url}/account/login/", headers={"Host": "example.net"}, timeout=TIMEOUTS)
    document = said.json()
    assert document["issuer"] == "https://hub.example.org"
    assert {document[name].split("/")[2] for name in document if name.endswith(("_endpoint", "_uri"))} == {"hub.example.org"}
    assert "Secure" in page.headers["Set-Cookie"]
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")
    assert foreign.status_code == 400


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("serve", "--data", "{file}"), "is no folder"),
        (("serve", "--data", "{file}/hub"), "is no folder"),
        (("serve", "--data", "/proc/nowhere/hub"), "The system refused /proc/nowhere"),
        (("serve", "--data", "{hub}", "--address", "http://hub.example.org"), "reachable from other machines"),
        (("serve", "--data", "{hub}", "--address", "hub.example.org"), "is no address"),
        (("serve", "--data", "{hub}", "--address", "https://[::1"), "is no address"),
        (("serve", "--data", "{hub}", "--workers", "2", "--port", "0"), "a port that is named"),
        (("staff", "--data", "{hub}", "not an address"), "is no address that anybody signs in with"),
        (("staff", "--data", "{hub}", ""), "is no address that anybody signs in with"),
        (("staff", "--data", "{hub}", "erin@example.org"), "There is no hub in"),
        (("password", "--data", "{hub}", "erin@example.org"), "There is no hub in"),
        (("restored", "--data", "{hub}"), "There is no hub in"),
        (("tick", "--once", "--data", "{hub}"), "There is no hub in"),
        (("keys", "status", "--data", "{hub}"), "There is no hub in"),
        (("keys", "token", "--data", "{hub}", "erin@example.org"), "There is no hub in"),
        (("release", "resign", "targets", "--key", "{file}", "--data", "{hub}"), "There is no hub in"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: tuple[str, ...], said: str
) -> None:
    (tmp_path / "file").touch()
    handler = signal.getsignal(signal.SIGTERM)
    try:
        assert main([word.format(file=tmp_path / "file", hub=tmp_path / "hub") for word in typed]) == 1
    finally:
        signal.signal(signal.SIGTERM, handler)
    assert said in capsys.readouterr().err
    assert not (tmp_path / "hub").exists()


@pytest.mark.parametrize("typed", [("--port", "99999"), ("--port", "-1"), ("--port", "many"), ("--workers", "0")])
def test_a_number_that_is_none_is_wrong_usage(tmp_path: Path, typed: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--data", str(tmp_path / "hub"), *typed])
    assert ended.value.code == 2


@pytest.mark.parametrize("name", ["FIRSTLIGHT_HUB_REPORTS_PER_HOUR", "FIRSTLIGHT_HUB_PROXIES"])
def test_a_setting_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "many")
    with pytest.raises(start.Refused, match=name):
        start.load()


@pytest.mark.parametrize("url", ["mysql://u@h/x", "postgres://", "postgres://u:p@h:port/x", "postgres://[::1/x"])
def test_a_database_that_is_named_wrongly_is_said(url: str) -> None:
    with pytest.raises(ValueError, match=r"DATABASE_URL .*postgres://"):
        database(url, Path("unused"))


def test_a_port_that_workers_cannot_have_is_said_before_they_start() -> None:
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        with pytest.raises(start.Refused, match="another program may have it"):
            server.check_free("127.0.0.1", squatter.getsockname()[1])


def test_a_damaged_database_is_left_as_it_is_and_named(tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite3").write_bytes(b"no database at all" * 1000)
    done = run("serve", "--data", str(tmp_path), "--port", "0")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "hub.sqlite3 cannot be read" in done.stderr
    assert (tmp_path / "hub.sqlite3").read_bytes() == b"no database at all" * 1000
