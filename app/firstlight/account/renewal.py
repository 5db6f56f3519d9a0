# SPDX-License-Identifier: Apache-2.0
"""Access tokens of one sign-in: held in memory only, renewed one at a time, across threads and across processes.

The hub rotates: each refresh token is good once, and using an old one ends the sign-in. So whoever renews holds a lock file,
reads the newest refresh token under it, and has kept the new one before letting go.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from firstlight.account.errors import KeyringLocked, KeyringUnavailable
from firstlight.account.provider import GrantLost, Provider, Tokens
from firstlight.account.tokens import TokenStore
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import HubError, Reason, SessionExpired, Unreachable
from firstlight.store.lock import FileLock

log = logging.getLogger(__name__)

_MARGIN_S = 30.0
_LONGEST_WAIT_S = 90.0
_LOST = "invalid_grant"


class Renewal:
    """The TokenSource of one person at one hub. Thread-safe."""

    def __init__(
        self, *, hub: str, subject: str, store: TokenStore, locks: Path, http: Callable[[str], HubClient], now: Callable[[], float]
    ) -> None:
        self._hub = hub
        self._subject = subject
        self._store = store
        self._lock_path = locks / f"{hashlib.sha256(hub.encode()).hexdigest()[:16]}.lock"
        self._http = http
        self._now = now
        self._lock = threading.Lock()
        self._given = threading.local()
        self._access = ""
        self._good_until = 0.0
        self._provider: Provider | None = None
        # A renewed key that the key ring did not take: without it the sign-in would be over.
        self._unkept: str | None = None

    def start(self, tokens: Tokens, *, session_only: bool) -> None:
        """Begin with the tokens of a fresh sign-in; raises KeyringUnavailable, KeyringLocked when they cannot be kept."""
        with self._lock:
            self._store.save(self._hub, self._subject, tokens.refresh, session_only=session_only)
            self._unkept = None
            self._take(tokens)

    def access_token(self, *, renew: bool) -> str:
        """A token that should work; `renew` when the hub refused the one that this thread was given last.

        Raises SessionExpired when the tester has to sign in again, KeyringUnavailable, KeyringLocked, HubError.
        """
        with self._lock:
            refused = getattr(self._given, "token", "") if renew else ""
            # Another thread may have renewed meanwhile: then its token is the answer.
            if not self._access or self._access == refused or self._now() >= self._good_until:
                self._renew()
            self._given.token = self._access
            return self._access

    def end(self) -> str | None:
        """Forget everything of this sign-in; the refresh token that was kept, to be revoked at the hub."""
        with self._lock:
            self._access = ""
            kept = self._unkept or self._store.load(self._hub, self._subject)
            self._store.forget(self._hub, self._subject)
            self._unkept = None
            return kept

    def revoke(self, refresh_token: str) -> None:
        """Tell the hub; raises HubError."""
        self._discovered().revoke(refresh_token)

    def _renew(self) -> None:
        with self._only_one():
            kept = self._unkept or self._store.load(self._hub, self._subject)
            if kept is None:
                raise SessionExpired(hub=self._hub, reason="missing")
            try:
                tokens = self._discovered().refresh(kept)
            except GrantLost as error:
                self._access = ""
                log.warning("the hub takes the sign-in no more (%s)", error.reason)
                self._unkept = None
                if error.reason == _LOST:
                    self._store.forget(self._hub, self._subject)
                raise SessionExpired(hub=self._hub, reason="revoked") from error
            if self._was_signed_out():
                self._access = ""
                self._unkept = None
                with suppress(HubError):
                    self._discovered().revoke(tokens.refresh)
                raise SessionExpired(hub=self._hub, reason="missing")
            self._keep(tokens.refresh)
            self._take(tokens)

    def _was_signed_out(self) -> bool:
        """Whether another program dropped the key while the hub was asked: signing out waits for nobody's renewal."""
        try:
            return self._store.load(self._hub, self._subject) is None
        except (KeyringUnavailable, KeyringLocked):
            return False

    def _keep(self, refresh_token: str) -> None:
        self._unkept = refresh_token
        try:
            is_session_only = self._store.is_session_only(self._hub, self._subject)
            self._store.save(self._hub, self._subject, refresh_token, session_only=is_session_only)
        except (KeyringUnavailable, KeyringLocked) as error:
            log.warning("the renewed key is not in the key ring (%s); it is tried again at the next renewal", error.code)
        else:
            self._unkept = None

    def _take(self, tokens: Tokens) -> None:
        self._access = tokens.access
        self._good_until = self._now() + max(1.0, tokens.lifetime_s - _MARGIN_S)

    def _discovered(self) -> Provider:
        if self._provider is None:
            self._provider = Provider.discover(self._http(self._hub))
        return self._provider

    def _only_one(self) -> FileLock:
        """The lock between processes; Unreachable when another one holds it for longer than any request may take."""
        deadline = time.monotonic() + _LONGEST_WAIT_S
        pause = threading.Event()
        while (lock := FileLock.take(self._lock_path)) is None:
            if time.monotonic() > deadline:
                raise Unreachable(reason=Reason.TIMEOUT, hub=self._hub)
            pause.wait(0.05)
        return lock
