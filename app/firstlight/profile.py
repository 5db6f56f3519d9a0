# SPDX-License-Identifier: Apache-2.0
"""One profile's objects, built by hand, bottom to top, each when it is first asked for: the same for window and commands.

Construction stands here; what starts and stops in which order stands in compose.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from firstlight.account.errors import NotSignedIn
from firstlight.account.session import Account, Sessions
from firstlight.account.tokens import TokenStore
from firstlight.base import settings
from firstlight.base.events import Events
from firstlight.base.paths import Paths
from firstlight.firmware.signed_news import SignedNews
from firstlight.hublink.client import HubClient, TokenSource
from firstlight.hublink.reachability import Reachability
from firstlight.redact.mask import redact_files
from firstlight.redact.patterns import VERSION as RULES
from firstlight.reports.bundle import Flatten
from firstlight.reports.drafts import Reports
from firstlight.store.blobs import Blobs
from firstlight.store.db import Database
from firstlight.sync.acts import Acts
from firstlight.sync.inbox import Inbox
from firstlight.sync.outbox import Outbox
from firstlight.sync.puller import Puller
from firstlight.sync.rules import Rules
from firstlight.sync.sender import Sender
from firstlight.sync.steady import Steady

if TYPE_CHECKING:
    from firstlight.sync.usb import Bundles


class Profile:
    """Everything of one tester's profile. Ask from any thread; close it at the end."""

    def __init__(self, paths: Paths, chosen: settings.Settings, *, flatten: Flatten) -> None:
        self.paths = paths
        self.settings = chosen
        self.events = Events()
        self.is_metered: Callable[[], bool] = bool
        """Whether the system calls the network metered; the window puts in what Qt knows."""
        self._flatten = flatten

    def keep_settings(self, changed: settings.Settings) -> None:
        """Replace the tester's choices, on the disk first."""
        settings.save(self.paths.settings, changed)
        self.settings = changed
        self.reach.forced_offline = changed.work_offline
        if "outbox" in self.__dict__:
            self.outbox.rules_changed()

    # -- ground --------------------------------------------------------------------------------------------------------

    @cached_property
    def db(self) -> Database:
        """The local store. Raises StoreError."""
        return Database.open(self.paths.database)

    @cached_property
    def blobs(self) -> Blobs:
        """Content by SHA-256."""
        return Blobs(self.paths.blobs, self.db)

    @cached_property
    def reach(self) -> Reachability:
        """Whether the hub answers."""
        reach = Reachability(self.events, time.time)
        reach.forced_offline = self.settings.work_offline
        return reach

    # -- account -------------------------------------------------------------------------------------------------------

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

    def connect(self, hub: str, tokens: TokenSource | None) -> HubClient:
        """A client for a hub, as somebody or as nobody."""
        return HubClient(hub, tokens=tokens, reach=self.reach, language=lambda: self.settings.language or "en")

    def account(self) -> Account:
        """Who is signed in; NotSignedIn when nobody is."""
        account = self.sessions.current()
        if account is None:
            raise NotSignedIn
        return account

    def client_for(self, account_id: int) -> HubClient | None:
        """The client of the account in use; None for others: what they left waits for them."""
        return self.sessions.client(account_id) if account_id == self.settings.account else None

    # -- builds --------------------------------------------------------------------------------------------------------

    @cached_property
    def signed(self) -> SignedNews:
        """What the hubs sign, and the news with it."""
        return SignedNews(
            folder=self.paths.data / "trust",
            client=self.sessions.client,
            is_known=lambda account_id: any(account.id == account_id for account in self.sessions.accounts()),
            account=lambda: self.settings.account,
            puller=self.puller,
            inbox=self.inbox,
            events=self.events,
        )

    # -- reports -------------------------------------------------------------------------------------------------------

    @cached_property
    def outbox(self) -> Outbox:
        """What the hub must still learn."""
        return Outbox(self.db, self.events, Steady(), rules=self.rules)

    def rules(self) -> Rules:
        """How the tester wants the outbox used, as of now."""
        chosen = self.settings
        metered = self.is_metered() if chosen.metered == "system" else chosen.metered == "yes"
        return Rules(chosen.pause_sending, metered, chosen.big_file_mb * 1_000_000, chosen.upload_kib_s * 1024)

    @cached_property
    def acts(self) -> Acts:
        """What other rooms tell the hub by."""
        return Acts(self.db, self.outbox)

    @cached_property
    def inbox(self) -> Inbox:
        """What the hub told, readable offline."""
        return Inbox(self.db)

    @cached_property
    def bundles(self) -> Bundles:
        """The outbox on a USB stick."""
        from firstlight.sync import usb  # noqa: PLC0415  # heavy: zipfile, not before the first paint

        return usb.Bundles(self.db, self.blobs, self.outbox, time.time)

    @cached_property
    def sender(self) -> Sender:
        """Empties the outbox."""
        return Sender(self.db, self.blobs, self.outbox, self.client_for, self.events, introduce=self._introduce)

    def _introduce(self, account_id: int) -> None:
        self.bundles.introduce(account_id)

    @cached_property
    def puller(self) -> Puller:
        """Fills the inbox."""
        return Puller(self.db, self.outbox, self.client_for, self.events)

    @cached_property
    def reports(self) -> Reports:
        """The tester's reports."""
        return Reports(
            self.db, self.blobs, self.outbox, self.events, now=time.time, flatten=self._flatten, redact_files=redact_files, rules=str(RULES)
        )

    def close(self) -> None:
        """Let go of the store, if it was opened."""
        if "db" in self.__dict__:
            self.db.close()
