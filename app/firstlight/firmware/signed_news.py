# SPDX-License-Identifier: Apache-2.0
"""What the hubs of a profile's accounts sign: one Trust each, kept up to date behind the news, and the guides that may be shown."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.hublink.client import HubClient
from firstlight.sync.inbox import Inbox
from firstlight.sync.news import InboxChanged
from firstlight.sync.puller import Pulled, Puller

if TYPE_CHECKING:
    from firstlight.firmware.trust import Pin, Trust
    from firstlight_contract.feed import GuideView

log = logging.getLogger(__name__)


class SignedNews:
    """`client` is an account's hub, `is_known` whether there is such an account, `account` the one in use (0: nobody)."""

    def __init__(
        self,
        *,
        folder: Path,
        client: Callable[[int], HubClient],
        is_known: Callable[[int], bool],
        account: Callable[[], int],
        puller: Puller,
        inbox: Inbox,
        events: Events,
    ) -> None:
        self._folder = folder
        self._client = client
        self._is_known = is_known
        self._account = account
        self._puller = puller
        self._inbox = inbox
        self._events = events
        self._trusts: dict[int, Trust] = {}
        self._asked: set[int] = set()

    def trust(self, account_id: int) -> Trust | None:
        """What is trusted at the hub of an account; None for nobody's. One object each, as it is asked from several places."""
        from firstlight.firmware.trust import Trust  # noqa: PLC0415  # heavy: pydantic

        known = self._trusts.get(account_id)
        if known is None and account_id and self._is_known(account_id):
            # By account and not by address: the hub on this PC may have another port tomorrow.
            known = self._trusts.setdefault(account_id, Trust(self._folder / str(account_id), lambda: self._client(account_id)))
        return known

    def pin(self, account_id: int) -> Pin | None:
        """Whose signed builds are taken at the hub of an account; None while it was never seen to sign."""
        trust = self.trust(account_id)
        return trust.pin if trust is not None else None

    def catch_up(self, work: Work) -> Pulled:
        """Fetch what the hub tells, then (with news, or at the first contact) what its maker signed: trust begins behind the sign-in."""
        pulled = self._puller.pull(work)
        account_id = self._account()
        trust = self.trust(account_id) if account_id not in pulled.stopped else None
        if trust is None or (account_id in self._asked and not pulled.new_items):
            return pulled
        try:
            if trust.refresh(work):
                # What came with the feed may be shown only now that it is known to be signed.
                self._events.publish(InboxChanged(account_id, frozenset({"release", "guide"})))
            self._asked.add(account_id)
        except Cancelled:
            raise
        except FirstlightError as error:
            # Whoever wants a build meets this fault again, and is told; reading news does not stop for it.
            log.warning("what the maker of account %s signs is not known: %s", account_id, error)
        return pulled

    def guides(self, account_id: int) -> tuple[GuideView, ...]:
        """The guides that the hub published; of a hub whose maker signs, those that are signed."""
        from firstlight_contract.feed import FeedKind, GuideView  # noqa: PLC0415  # heavy: pydantic

        views, trust = self._inbox.of(account_id, FeedKind.GUIDE, GuideView), self.trust(account_id)
        return views if trust is None else tuple(view for view in views if _stands(trust, view) is not None)

    def is_signed(self, account_id: int, view: GuideView) -> bool:
        """Whether the maker's key stands for a guide; False also when its hub does not sign at all."""
        trust = self.trust(account_id)
        return trust is not None and bool(_stands(trust, view))


def _stands(trust: Trust, view: GuideView) -> bool | None:
    """As `Trust.vouch_guide`; None when it is refused."""
    try:
        return trust.vouch_guide(view)
    except FirstlightError as error:
        log.warning("guide %s is not shown: %s", view.slug, error)
        return None
