# SPDX-License-Identifier: Apache-2.0
"""Django on a throw-away folder, and the cast: Alice of the team, Bob the tester, Carol who is not in the programme.

Tests that need no real server run inside a transaction that is taken back (`rows`); those that do, use `hub` of `serving.py`.
"""

from __future__ import annotations

import atexit
import functools
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import django
import pytest

# Each process has a folder of its own: workers of a parallel run inherit the environment of the one that started them.
if os.environ.get("FIRSTLIGHT_HUB_TESTS_OF") != str(os.getpid()):
    _FOLDER = tempfile.mkdtemp(prefix="firstlight-hub-")
    atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
    os.environ["FIRSTLIGHT_HUB_DATA"] = _FOLDER
    os.environ["FIRSTLIGHT_HUB_TESTS_OF"] = str(os.getpid())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstlight_hub.site.settings")
django.setup()

from django.conf import settings  # noqa: E402  # Django is set up above
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from oauth2_provider.models import AccessToken, Application, set_token_value  # noqa: E402

from firstlight_hub.account.models import User  # noqa: E402
from firstlight_hub.programme.codes import key_of  # noqa: E402
from firstlight_hub.programme.models import Code, Enrolment, Programme  # noqa: E402
from firstlight_hub.programme.services import enrol  # noqa: E402
from hub.serving import tables as prepared_tables  # noqa: E402


@pytest.fixture(scope="session")
def tables() -> None:
    """All tables, made by the migrations."""
    _make_tables()


@functools.cache
def _make_tables() -> None:
    """Copied, once a process: the contract's tests borrow the fixture above, and pytest then sees two of it."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    shutil.copy(prepared_tables(), settings.DATABASES["default"]["NAME"])


@pytest.fixture
def rows(tables: None) -> Iterator[None]:
    """A transaction that is taken back after the test."""
    atomic = transaction.atomic()
    atomic._from_testcase = True
    atomic.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
        connection.close()


@dataclass(frozen=True)
class Caller:
    """Somebody with a bearer token; `call` speaks JSON to `/api/v1`."""

    user: User
    client: Client

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to a call; `path` is below /api/v1."""
        kwargs: dict[str, Any] = {} if body is None else {"data": body, "content_type": "application/json"}
        return self.client.generic(method, "/api/v1" + path, **_encoded(kwargs), headers=headers)


def _encoded(kwargs: dict[str, Any]) -> dict[str, Any]:
    import json

    if "data" in kwargs and not isinstance(kwargs["data"], str | bytes):
        kwargs["data"] = json.dumps(kwargs["data"])
    return kwargs


def token_for(user: User, *, scope: str = "openid profile email reports", seconds: int = 600) -> str:
    """An access token as the provider would have made it."""
    token = secrets.token_urlsafe(24)
    application = Application.objects.get(client_id="firstlight-desktop")
    row = AccessToken(user=user, application=application, scope=scope, expires=timezone.now() + timedelta(seconds=seconds))
    set_token_value(row, token)
    row.save()
    return token


def caller(user: User) -> Caller:
    """`user` with a token."""
    return Caller(user, Client(headers={"Authorization": f"Bearer {token_for(user)}"}))


@dataclass(frozen=True)
class Cast:
    """Everybody of a hub test."""

    programme: Programme
    code: Code
    alice: Caller
    bob: Caller
    carol: Caller
    bobs_place: Enrolment


@pytest.fixture
def cast(rows: None) -> Cast:
    """The programme Aurora with Bob in it, Alice of its team, and Carol outside."""
    programme = Programme.objects.create(slug="aurora", name="Aurora Testers", ring="Engineering ring", maker="Aurora", tz="Europe/Berlin")
    code = Code.objects.create(code="F-7KQ2-MXA9-R1", key=key_of("F-7KQ2-MXA9-R1"), programme=programme, max_uses=2)
    alice = User.objects.create_user("alice@example.org", name="alice", is_staff=True, is_superuser=True)
    bob = User.objects.create_user("bob@example.org", name="bob")
    carol = User.objects.create_user("carol@example.org", name="carol")
    enrol(alice, programme, role="triager")
    place = enrol(bob, programme)
    return Cast(programme, code, caller(alice), caller(bob), caller(carol), place)
