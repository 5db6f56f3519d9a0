# SPDX-License-Identifier: Apache-2.0
"""A real hub in a process of its own, a throw-away PostgreSQL for it, and a scripted browser that signs in by its pages."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import requests

from hub.once import once

REDIRECT = "http://127.0.0.1:49152/callback"
SCOPE = "openid profile email reports"
TIMEOUTS = (10, 60)


def clean_environment() -> dict[str, str]:
    """This process's, without what would tell a hub where it is."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("FIRSTLIGHT_HUB", "DJANGO_", "DATABASE_URL"))}


def tables() -> Path:
    """A database that the migrations made, for hubs of this test run to start from: they take three seconds each time."""
    return once("tables", _migrate) / "hub.sqlite3"


def _migrate(data: Path, database: str = "") -> None:
    text = f"""
from pathlib import Path
from firstlight_hub.site import start
start.environment(Path({str(data)!r}), "")
start.load()
"""
    env = clean_environment() | ({"DATABASE_URL": database} if database else {})
    subprocess.run([sys.executable, "-c", text], check=True, timeout=120, env=env)


@contextmanager
def running(data: Path, *, command: str = "serve", database: str = "", more: tuple[str, ...] = ()) -> Iterator[str]:
    """A hub on `data`; the address it says it has. Its standard error must stay free of tracebacks."""
    env = clean_environment() | ({"DATABASE_URL": database} if database else {})
    errors = data.parent / f"{data.name}-stderr.txt"
    data.parent.mkdir(parents=True, exist_ok=True)
    if not database and not data.exists():
        data.mkdir(mode=0o700)
        shutil.copy(tables(), data / "hub.sqlite3")
    args = [sys.executable, "-m", "firstlight_hub", command, "--data", str(data), "--port", "0", *more]
    with errors.open("w+") as stderr:
        child = subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True, env=env)
        assert child.stdout is not None
        assert child.stdin is not None
        try:
            first = child.stdout.readline()
            stderr.seek(0)
            assert first, f"the hub said nothing but {stderr.read()}"
            yield json.loads(first)["url"] if "--embedded" in more else first.split()[-1]
        finally:
            child.stdin.close()
            child.terminate()
            child.wait(20)
            child.stdout.close()
        stderr.seek(0)
        said = stderr.read()
    assert "Traceback" not in said, said


@dataclass
class Flow:
    """One sign-in of a public client: what it keeps from the start of the flow to its end."""

    hub: str
    redirect: str = REDIRECT
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def query(self, **other: str | None) -> dict[str, str]:
        """The authorization request; a value None leaves the parameter out."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query: dict[str, str | None] = {
            "response_type": "code",
            "client_id": "firstlight-desktop",
            "redirect_uri": self.redirect,
            "scope": SCOPE,
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return {k: v for k, v in (query | other).items() if v is not None}

    def exchange(self, code: str, **other: str) -> requests.Response:
        """The token endpoint's answer to the code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect,
            "client_id": "firstlight-desktop",
            "code_verifier": self.verifier,
        }
        return requests.post(f"{self.hub}/o/token/", data=form | other, timeout=TIMEOUTS)


def refresh(hub: str, token: str) -> requests.Response:
    """The token endpoint's answer to a refresh token."""
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": "firstlight-desktop"}
    return requests.post(f"{hub}/o/token/", data=form, timeout=TIMEOUTS)


class Browser:
    """Follows the hub's pages with cookies, as a person's browser does, and stops at the redirect to the desktop."""

    def __init__(self, hub: str, language: str = "en") -> None:
        self.hub = hub
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = language

    def get(self, url: str, **params: str) -> requests.Response:
        """One request, no redirect followed."""
        url = url if url.startswith("http") else self.hub + url
        return self.session.get(url, params=params or None, allow_redirects=False, timeout=TIMEOUTS)

    def submit(self, page: requests.Response, action: str, **values: str) -> requests.Response:
        """Send the form of `page` that goes to `action`, with its hidden fields."""
        form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', page.text, re.S)
        assert form, page.text
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form.group(0))
        data = {name: html.unescape(value) for name, value in hidden} | values
        headers = {"Referer": page.url, "Origin": self.hub}
        return self.session.post(self.hub + action, data=data, headers=headers, allow_redirects=False, timeout=TIMEOUTS)

    def sign_up(self, email: str, password: str, name: str = "somebody") -> None:
        """Make an account by the page."""
        answer = self.submit(self.get("/account/signup/"), "/account/signup/", name=name, email=email, password1=password)
        assert answer.status_code == 302, answer.text

    def authorize(self, flow: Flow, email: str = "", password: str = "", **query: str | None) -> dict[str, str]:
        """Walk from the authorization request to the desktop's address; what stands in its query."""
        answer = self.get("/o/authorize/", **flow.query(**query))
        if answer.headers.get("Location", "").startswith("/account/login/"):
            page = self.get(answer.headers["Location"])
            answer = self.submit(page, "/account/login/", login=email, password=password)
            assert answer.status_code == 302, answer.text
            answer = self.get(answer.headers["Location"])
        assert answer.status_code == 302, answer.text
        there = answer.headers["Location"]
        assert there.startswith(flow.redirect), there
        return dict(parse_qsl(urlsplit(there).query))


def signed_in(hub: str, email: str, password: str) -> dict[str, Any]:
    """The tokens of a whole sign-in."""
    flow = Flow(hub)
    answer = flow.exchange(Browser(hub).authorize(flow, email, password)["code"])
    assert answer.status_code == 200, answer.text
    tokens: dict[str, Any] = answer.json()
    return tokens


def postgres_programs() -> Path | None:
    """Where Debian keeps PostgreSQL's programs, newest version; None when it is not installed or there is no user to run it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found or (os.geteuid() == 0 and not shutil.which("runuser")):
        return None
    return found[-1].parent


@contextmanager
def postgres(programs: Path) -> Iterator[str]:
    """A cluster of its own with the hub's tables in it, reached by its socket alone; the DATABASE_URL. It refuses to run as root."""
    template = once("cluster", lambda place: _make_cluster(programs, place))
    with _cluster_folder() as folder:
        subprocess.run(["cp", "-a", str(template), str(folder / "data")], check=True, timeout=120)
        with _started(programs, folder) as database:
            yield database


def _make_cluster(programs: Path, place: Path) -> None:
    with _cluster_folder() as folder:
        _pg(folder, programs / "initdb", "-U", "hub", "-A", "trust", "-E", "UTF8")
        with _started(programs, folder) as database:
            _migrate(folder / "hub", database)
        subprocess.run(["cp", "-a", str(folder / "data"), str(place)], check=True, timeout=120)


@contextmanager
def _cluster_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="firstlight-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(programs: Path, folder: Path) -> Iterator[str]:
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    _pg(folder, programs / "pg_ctl", "-l", str(folder / "log"), "-o", options, "-w", "start")
    try:
        yield f"postgres://hub@/postgres?host={quote(str(folder), safe='')}"
    finally:
        _pg(folder, programs / "pg_ctl", "-m", "fast", "-w", "stop")


def _pg(folder: Path, program: Path, *words: str) -> None:
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*as_user, str(program), "-D", str(folder / "data"), *words]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=120)
