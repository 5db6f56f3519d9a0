# SPDX-License-Identifier: Apache-2.0
"""A real hub in a process of its own, where Dana has an account, and a profile on a throw-away folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fakes.keyring_memory import MemoryKeyring
from fakes.visitor import Visitor
from firstlight.account.session import Account, Sessions
from firstlight.account.tokens import TokenStore
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.hublink.client import HubClient, TokenSource
from firstlight.hublink.reachability import Reachability
from firstlight.store.db import Database
from hub.serving import Browser, running

WHO, PASSWORD = "dana@example.org", "copper-lamp-orbit"


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("hub") / "data") as url:
        Browser(url).sign_up(WHO, PASSWORD, "dana")
        yield url


@dataclass
class Profile:
    """What a program has of one tester's PC; a second one on the same folder and key ring is a second process."""

    folder: Path
    keyring: MemoryKeyring
    db: Database
    tokens: TokenStore
    sessions: Sessions
    reach: Reachability
    chosen: int = 0

    def sign_in(self, hub: str, **options: object) -> Account:
        visitor = Visitor(WHO, PASSWORD)
        account = self.sessions.sign_in(hub, open_browser=visitor.open, work=Work(), limit_s=30, **options)
        visitor.wait()
        self.chosen = account.id
        return account


def make_profile(folder: Path, keyring: MemoryKeyring) -> Profile:
    reach = Reachability(Events(), time.time)
    tokens = TokenStore(backend=keyring, limit_s=2)
    db = Database.open(folder / "firstlight.db")

    def connect(hub: str, source: TokenSource | None) -> HubClient:
        return HubClient(hub, tokens=source, reach=reach, language=lambda: "en")

    profile: Profile

    def chosen() -> int:
        return profile.chosen

    sessions = Sessions(db=db, tokens=tokens, locks=folder / "locks", connect=connect, now=time.time, chosen=chosen)
    profile = Profile(folder, keyring, db, tokens, sessions, reach)
    return profile


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    made = make_profile(tmp_path / "profile", MemoryKeyring())
    yield made
    made.db.close()
