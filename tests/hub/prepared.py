# SPDX-License-Identifier: Apache-2.0
"""Rows for a hub that runs in another process: a program of its own writes them, with the hub's own services, and says the tokens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from hub.serving import TIMEOUTS, postgres, postgres_programs, running

_ROWS = """
import json, secrets, sys, django
django.setup()
from datetime import timedelta
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application
from firstlight_hub.account.models import User
from firstlight_hub.base.feed import writing
from firstlight_hub.honour.awards import install
from firstlight_hub.programme.models import Programme
from firstlight_hub.programme.services import enrol

def token(user):
    text = secrets.token_urlsafe(24)
    application = Application.objects.get(client_id="firstlight-desktop")
    AccessToken.objects.create(user=user, application=application, token=text, scope="reports", expires=timezone.now() + timedelta(hours=1))
    return text

said = {}
with writing():
    programme = Programme.objects.create(slug="aurora", name="Aurora Testers", ring="Engineering ring", maker="Aurora")
    for name in ("bob", "dora"):
        user = User.objects.create_user(name + "@example.org", name=name)
        enrol(user, programme)
        said[name] = token(user)
    said["carol"] = token(User.objects.create_user("carol@example.org", name="carol"))
install(programme)
print(json.dumps(said))
"""


def program(data: Path, text: str, *args: str, database: str = "") -> str:
    """Run `text` as a Python program on the hub's rows; what it says."""
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    env |= {"FIRSTLIGHT_HUB_DATA": str(data), "DJANGO_SETTINGS_MODULE": "firstlight_hub.site.settings"}
    if database:
        env["DATABASE_URL"] = database
    done = subprocess.run([sys.executable, "-c", text, *args], env=env, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def people(data: Path, *, database: str = "") -> dict[str, str]:
    """Bob and Dora in the programme Aurora, Carol outside; a token of each."""
    return dict(json.loads(program(data, _ROWS, database=database)))


def on_postgres(factory: pytest.TempPathFactory, text: str) -> Any:
    """What `text`, a Python program, says in JSON of a hub with its people on PostgreSQL; skips where its programs are not installed."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed here (Debian: apt-get install postgresql)")
    data = factory.mktemp("postgres") / "hub"
    with postgres(programs) as database:
        with running(data, database=database):
            people(data, database=database)
        return json.loads(program(data, text, database=database))


class Desk:
    """Somebody's PC: real HTTP with a bearer token."""

    def __init__(self, hub: str, token: str) -> None:
        self.hub = hub
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.token = token

    def call(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        """One call; `path` is below /api/v1."""
        return self.session.request(method, f"{self.hub}/api/v1{path}", timeout=TIMEOUTS, **kwargs)

    def tus(self, method: str, path: str, **headers: str) -> requests.Response:
        """One request of the upload protocol, without a body."""
        return self.call(method, path, headers={"Tus-Resumable": "1.0.0"} | headers)
