# SPDX-License-Identifier: Apache-2.0
"""One profile's objects, built by hand, bottom to top, each when it is first asked for: the same for window and commands.

Construction stands here; what starts and stops in which order stands in compose.py.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from firstlight.account.errors import NotSignedIn
from firstlight.account.session import Account, Sessions
from firstlight.account.tokens import TokenStore
from firstlight.base import settings
from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.events import Events
from firstlight.base.paths import Paths
from firstlight.base.work import Work
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
from firstlight.sync.news import InboxChanged
from firstlight.sync.outbox import Outbox
from firstlight.sync.puller import Pulled, Puller
from firstlight.sync.rules import Rules
from firstlight.sync.sender import Sender
from firstlight.sync.steady import Steady
from firstlight.sync.usb import Bundles

if TYPE_CHECKING:
    from firstlight.firmware.trust import Pin, Trust
    from firstlight_contract.feed import GuideView

log = logging.getLogger(__name__)


class Profile:
    """Everything of one tester's profile. Ask from any thread; close it at the end."""

    def __init__(self, paths: Paths, chosen: settings.Settings, *, flatten: Flatten) -> None:
        self.paths = paths
        self.settings = chosen
        self.events = Events()
        self.is_metered: Callable[[], bool] = bool
        """Whether the system calls the network metered; the window puts in what Qt knows."""
        self._flatten = flatten
        self._trusts: dict[int, Trust] = {}
        self._asked: set[int] = set()

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

    def trust(self, account_id: int) -> Trust | None:
        """What is trusted at the hub of an account; None for nobody's. One object each, as it is asked from several places."""
        from firstlight.firmware.trust import Trust  # noqa: PLC0415  # heavy: pydantic

        known = self._trusts.get(account_id)
        if known is None and account_id and any(account.id == account_id for account in self.sessions.accounts()):
            known = Trust(self.paths.data / "trust" / str(account_id), lambda: self.sessions.client(account_id))
            self._trusts[account_id] = known
        return known

    def pin(self, account_id: int) -> Pin | None:
        """Whose signed builds are taken at the hub of an account; None while it was never seen to sign."""
        trust = self.trust(account_id)
        return trust.pin if trust is not None else None

    def signed_guides(self, account_id: int) -> tuple[GuideView, ...]:
        """The guides that the hub published; of a hub whose maker signs, those that are signed."""
        from firstlight_contract.feed import FeedKind, GuideView  # noqa: PLC0415  # heavy: pydantic

        views, trust = self.inbox.of(account_id, FeedKind.GUIDE, GuideView), self.trust(account_id)
        return views if trust is None else tuple(view for view in views if _is_vouched(trust, view))

    def catch_up(self, work: Work) -> Pulled:
        """Fetch what the hub tells, then (with news, or at the first contact) what its maker signed: trust begins behind the sign-in."""
        pulled = self.puller.pull(work)
        account_id = self.settings.account
        trust = self.trust(account_id) if account_id and account_id not in pulled.stopped else None
        if trust is not None and (pulled.new_items or account_id not in self._asked):
            try:
                if trust.refresh(work):
                    # What came with the feed may be shown only now that it is known to be signed.
                    self.events.publish(InboxChanged(account_id, frozenset({"release", "guide"})))
                self._asked.add(account_id)
            except Cancelled:
                raise
            except FirstlightError as error:
                # Whoever wants a build meets this fault again, and is told; reading news does not stop for it.
                log.warning("what the maker of account %s signs is not known: %s", account_id, error)
        return pulled

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
        return Bundles(self.db, self.blobs, self.outbox, time.time)

    @cached_property
    def sender(self) -> Sender:
        """Empties the outbox."""
        return Sender(self.db, self.blobs, self.outbox, self.client_for, self.events, introduce=self.bundles.introduce)

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


def _is_vouched(trust: Trust, view: GuideView) -> bool:
    try:
        trust.vouch_guide(view)
    except FirstlightError as error:
        log.warning("guide %s is not shown: %s", view.slug, error)
        return False
    return True
