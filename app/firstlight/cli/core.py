# SPDX-License-Identifier: Apache-2.0
"""What commands work with, built by hand and only as far as a command needs it; the window's counterpart is compose.py."""

from __future__ import annotations

import time
from functools import cached_property

from firstlight.account.errors import NotSignedIn
from firstlight.account.session import Account, Sessions
from firstlight.account.tokens import TokenStore
from firstlight.base import log, paths
from firstlight.base.events import Events
from firstlight.base.settings import Settings, load, save
from firstlight.base.work import Work
from firstlight.cli import pictures
from firstlight.cli.terminal import Terminal, TerminalWork
from firstlight.hublink.client import HubClient, TokenSource
from firstlight.hublink.reachability import Reachability
from firstlight.redact.mask import redact_file
from firstlight.reports.drafts import Reports
from firstlight.store.blobs import Blobs
from firstlight.store.db import Database
from firstlight.sync.outbox import Outbox
from firstlight.sync.puller import Puller
from firstlight.sync.sender import Sender


class Core:
    """One profile, as one command sees it. Close it at the end."""

    def __init__(self, *, profile: paths.Paths, out: Terminal) -> None:
        self.paths = profile.make()
        self.out = out
        self.events = Events()
        log.start(self.paths.logs)

    @cached_property
    def work(self) -> Work:
        """The companion of whatever the command does."""
        return TerminalWork()

    @cached_property
    def settings(self) -> Settings:
        """The tester's choices; raises BadInput when their file is damaged."""
        return load(self.paths.settings)

    def keep_settings(self, changed: Settings) -> None:
        """Replace the tester's choices."""
        save(self.paths.settings, changed)
        self.__dict__["settings"] = changed

    @cached_property
    def db(self) -> Database:
        """The local store."""
        return Database.open(self.paths.database)

    @cached_property
    def reach(self) -> Reachability:
        """Whether the hub answers."""
        reach = Reachability(self.events, time.time)
        reach.forced_offline = self.settings.work_offline
        return reach

    @cached_property
    def tokens(self) -> TokenStore:
        """The system's key ring."""
        return TokenStore()

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        return Sessions(
            db=self.db,
            tokens=self.tokens,
            locks=self.paths.data / "locks",
            connect=self.connect,
            now=time.time,
            chosen=lambda: self.settings.account,
        )

    @cached_property
    def blobs(self) -> Blobs:
        """Content by hash."""
        return Blobs(self.paths.blobs, self.db)

    @cached_property
    def outbox(self) -> Outbox:
        """What waits to be sent."""
        return Outbox(self.db, self.events, time.time)

    @cached_property
    def reports(self) -> Reports:
        """The tester's reports."""
        return Reports(self.db, self.blobs, self.outbox, self.events, now=time.time, flatten=pictures.flatten, redact_file=redact_file)

    @cached_property
    def sender(self) -> Sender:
        """Sends what waits, of the account in use alone."""
        return Sender(self.db, self.blobs, self.outbox, self._client_for, self.events)

    @cached_property
    def puller(self) -> Puller:
        """Fetches what is new, for the account in use alone."""
        return Puller(self.db, self.outbox, self._client_for, self.events)

    def _client_for(self, account_id: int) -> HubClient | None:
        return self.sessions.client(account_id) if account_id == self.settings.account else None

    def connect(self, hub: str, tokens: TokenSource | None) -> HubClient:
        """A client for a hub, as somebody or as nobody."""
        return HubClient(hub, tokens=tokens, reach=self.reach, language=lambda: self.settings.language or "en")

    def account(self) -> Account:
        """Who is signed in; NotSignedIn when nobody is."""
        account = self.sessions.current()
        if account is None:
            raise NotSignedIn
        return account

    def close(self) -> None:
        """Let go of the store, if it was opened."""
        if "db" in self.__dict__:
            self.db.close()
