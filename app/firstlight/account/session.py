# SPDX-License-Identifier: Apache-2.0
"""Who is signed in, on this PC and offline too: the account rows of the store, and a client for each.

Signing out or an expired session never touches what is kept here: reports, drafts and what the hub told stay.
"""

from __future__ import annotations

import ipaddress
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pydantic

from firstlight.account import oidc
from firstlight.account.errors import NotSignedIn, SignInRefused
from firstlight.account.renewal import Renewal
from firstlight.account.tokens import TokenStore
from firstlight.base.work import Work
from firstlight.hublink.client import HubClient, TokenSource
from firstlight.hublink.errors import HubError
from firstlight.store.db import Database
from firstlight_contract.account import ME, Me

log = logging.getLogger(__name__)

Connect = Callable[[str, TokenSource | None], HubClient]
"""Builds a client for a hub's address, as somebody or as nobody."""


@dataclass(frozen=True)
class Account:
    """A person at a hub, as this PC knows them. `me` is what the hub last told, readable offline; None before that."""

    id: int
    hub: str
    subject: str
    name: str
    email: str
    me: Me | None


class Sessions:
    """All accounts of this profile. Thread-safe; what asks the hub or the key ring blocks."""

    def __init__(
        self, *, db: Database, tokens: TokenStore, locks: Path, connect: Connect, now: Callable[[], float], chosen: Callable[[], int]
    ) -> None:
        self._db = db
        self._tokens = tokens
        self._locks = locks
        self._connect = connect
        self._now = now
        self._chosen = chosen
        self._renewals: dict[tuple[str, str], Renewal] = {}
        self._clients: dict[tuple[str, str], HubClient] = {}
        self._unfinished: oidc.Grant | None = None

    def accounts(self) -> tuple[Account, ...]:
        """Everybody who was ever signed in here, oldest first."""
        with self._db.read() as tx:
            return tuple(_account(row) for row in tx.execute("SELECT * FROM account ORDER BY id"))

    def current(self) -> Account | None:
        """The account that the settings choose; None when nobody is signed in."""
        return self._find(self._chosen())

    def client(self, account_id: int) -> HubClient:
        """A client that speaks for this account; NotSignedIn when there is no such account."""
        account = self._need(account_id)
        key = (account.hub, account.subject)
        if key not in self._clients:
            # One client for all, so that its connections are used again.
            self._clients.setdefault(key, self._connect(account.hub, self._renewal(*key)))
        return self._clients[key]

    def token_source(self, account_id: int) -> TokenSource:
        """Where the account's access tokens come from."""
        account = self._need(account_id)
        return self._renewal(account.hub, account.subject)

    def sign_in(
        self,
        hub: str,
        *,
        open_browser: Callable[[str], bool],
        work: Work,
        session_only: bool = False,
        language: str = "en",
        limit_s: float = oidc.LIMIT_S,
    ) -> Account:
        """Send the tester to the hub's page and keep who came back. `session_only` keeps no key beyond this program's end.

        Raises AccountError and HubError. KeyringLocked or KeyringUnavailable come before the browser opens where that can be
        known, else after it: then `finish` goes on without a second round trip.
        """
        address = hub_address(hub)
        if not session_only:
            self._tokens.probe()
        grant = oidc.sign_in(
            hub=address, open_browser=open_browser, work=work, http=self._nobody, now=self._now, language=language, limit_s=limit_s
        )
        self._unfinished = grant
        return self.finish(session_only=session_only)

    def finish(self, *, session_only: bool) -> Account:
        """Keep the sign-in that the key ring refused a moment ago; NotSignedIn when there is none."""
        grant = self._unfinished
        if grant is None:
            raise NotSignedIn
        self._renewal(grant.hub, grant.subject).start(grant.tokens, session_only=session_only)
        self._unfinished = None
        with self._db.write() as tx:
            tx.execute(
                "INSERT INTO account (hub, subject, name, email) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (hub, subject) DO UPDATE SET name = excluded.name, email = excluded.email",
                (grant.hub, grant.subject, grant.name, grant.email),
            )
            found = tx.execute("SELECT id FROM account WHERE hub = ? AND subject = ?", (grant.hub, grant.subject)).fetchone()
        account_id: int = found["id"]
        try:
            self.refresh_me(account_id)
        except HubError as error:
            log.info("who this is will be asked again later: %s", error.code)
        return self._need(account_id)

    def refresh_me(self, account_id: int) -> Me:
        """Ask the hub who this is and which programmes they are in, and keep the answer; raises HubError."""
        client = self.client(account_id)
        me = client.call(ME)
        with self._db.write() as tx:
            tx.execute(
                "UPDATE account SET name = ?, email = ?, me_json = ?, skew_ms = ? WHERE id = ?",
                (me.name, me.email, me.model_dump_json(), client.skew_ms or 0, account_id),
            )
        return me

    def sign_out(self, account_id: int) -> None:
        """Drop the key of this account, here and, when the hub answers, there. Everything else stays.

        Raises KeyringUnavailable, KeyringLocked when the key cannot be dropped here.
        """
        account = self._need(account_id)
        renewal = self._renewal(account.hub, account.subject)
        refresh_token = renewal.end()
        if refresh_token is None:
            return
        try:
            renewal.revoke(refresh_token)
        except (HubError, SignInRefused) as error:
            log.info("the hub was not told of the sign-out: %s", error.code)

    def move_hub(self, old: str, new: str) -> None:
        """The hub on this PC has another port now: its accounts follow, with their keys."""
        for account in self.accounts():
            if account.hub != old:
                continue
            kept = self._tokens.load(old, account.subject)
            if kept is not None:
                self._tokens.save(new, account.subject, kept, session_only=self._tokens.is_session_only(old, account.subject))
                self._tokens.forget(old, account.subject)
            with self._db.write() as tx:
                tx.execute("UPDATE account SET hub = ? WHERE id = ?", (new, account.id))

    def _nobody(self, hub: str) -> HubClient:
        return self._connect(hub, None)

    def _renewal(self, hub: str, subject: str) -> Renewal:
        key = (hub, subject)
        if key not in self._renewals:
            made = Renewal(hub=hub, subject=subject, store=self._tokens, locks=self._locks, http=self._nobody, now=self._now)
            self._renewals.setdefault(key, made)
        return self._renewals[key]

    def _find(self, account_id: int) -> Account | None:
        with self._db.read() as tx:
            row = tx.execute("SELECT * FROM account WHERE id = ?", (account_id,)).fetchone()
        return _account(row) if row else None

    def _need(self, account_id: int) -> Account:
        account = self._find(account_id)
        if account is None:
            raise NotSignedIn
        return account


def hub_address(typed: str) -> str:
    """The hub's address as it is kept: with scheme, in lower case, without a slash at the end.

    Raises SignInRefused for what is no address, or one where everybody on the way could read along.
    """
    text = typed.strip().rstrip("/")
    try:
        guess = urlsplit(text if "://" in text else f"//{text}")
        host, port = guess.hostname or "", guess.port
        host.removesuffix(".").encode("idna")  # a name that the network cannot write is none
    except ValueError as error:
        raise SignInRefused(hub=typed, reason="address") from error
    scheme = (guess.scheme or ("http" if _is_this_pc(host) else "https")).lower()
    if not host or scheme not in {"http", "https"} or guess.username or guess.query or guess.fragment or " " in text:
        raise SignInRefused(hub=typed, reason="address")
    if scheme == "http" and not _is_this_pc(host):
        raise SignInRefused(hub=typed, reason="insecure")
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{f':{port}' if port else ''}{guess.path.rstrip('/')}"


def _is_this_pc(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _account(row: sqlite3.Row) -> Account:
    try:
        me = Me.model_validate_json(row["me_json"]) if row["me_json"] else None
    except pydantic.ValidationError:  # an older version's words: asked again at the next chance
        me = None
    return Account(row["id"], row["hub"], row["subject"], row["name"], row["email"], me)
