# SPDX-License-Identifier: Apache-2.0
"""Sign in through the system's browser: authorization code with PKCE, back to a listener on this PC (RFC 8252, OpenID Connect).

The password is typed into the hub's own page and never seen here.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from firstlight.account.errors import SignInCancelled, SignInRefused, SignInTimedOut
from firstlight.account.loopback import Loopback
from firstlight.account.provider import GrantLost, Provider, Tokens
from firstlight.base.work import Work
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import Refused
from firstlight_contract.account import CLIENT_ID, SCOPE

log = logging.getLogger(__name__)

LIMIT_S = 180.0
STAGE_WAIT = "sign_in.wait"
"""Progress: the browser has been asked; `note` is the address, for a tester whose browser did not open."""
STAGE_BY_HAND = "sign_in.by_hand"
"""Progress: no browser opened; the tester has to open `note`."""
STAGE_CHECK = "sign_in.check"


@dataclass(frozen=True)
class Grant:
    """A sign-in that holds: who, at which hub, and the tokens, which `repr` does not show."""

    hub: str
    subject: str
    name: str
    email: str
    tokens: Tokens


def sign_in(
    *,
    hub: str,
    open_browser: Callable[[str], bool],
    work: Work,
    http: Callable[[str], HubClient],
    now: Callable[[], float],
    language: str = "en",
    limit_s: float = LIMIT_S,
) -> Grant:
    """One round trip; blocks until the browser came back, `limit_s` passed or `work` was cancelled.

    `open_browser` answers whether it could; if not, the address stands in the progress and the listener waits all the same.
    Raises SignInTimedOut, SignInCancelled, SignInRefused, HubError.
    """
    client = http(hub)
    provider = _provider(client)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    with Loopback(state=state, language=language) as listener:
        url = _authorization_url(provider, listener.redirect_uri, state=state, nonce=nonce, verifier=verifier, language=language)
        opened = open_browser(url)
        work.say(STAGE_WAIT if opened else STAGE_BY_HAND, note=url)
        brought = listener.wait(work, limit_s)
        redirect_uri = listener.redirect_uri
    if brought is None:
        raise SignInTimedOut(hub=client.base_url, minutes=max(1, round(limit_s / 60)))
    work.say(STAGE_CHECK)
    code = _code(brought, provider, client.base_url)
    try:
        tokens = provider.exchange(code=code, verifier=verifier, redirect_uri=redirect_uri)
    except GrantLost as error:
        raise SignInRefused(hub=client.base_url, reason=error.reason) from error
    if not tokens.refresh:
        raise SignInRefused(hub=client.base_url, reason="no_refresh")
    claims = provider.identity(tokens, nonce=nonce, now=now())
    log.info("signed in at %s", client.base_url)
    name, email = str(claims.get("name") or ""), str(claims.get("email") or "")
    return Grant(client.base_url, str(claims["sub"]), name or email.partition("@")[0], email, tokens)


def _provider(client: HubClient) -> Provider:
    try:
        return Provider.discover(client)
    except Refused as refusal:
        if refusal.status != HTTPStatus.NOT_FOUND:
            raise
        # A hub answers, but has nothing below this path: the address of one of its pages was typed.
        raise SignInRefused(hub=client.base_url, reason="address") from refusal


def _authorization_url(provider: Provider, redirect_uri: str, *, state: str, nonce: str, verifier: str, language: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": redirect_uri,
        "scope": SCOPE,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "ui_locales": language.replace("_", "-"),
    }
    joiner = "&" if "?" in provider.authorization_url else "?"
    return provider.authorization_url + joiner + urlencode(asked)


def _code(brought: Mapping[str, str], provider: Provider, hub: str) -> str:
    """The code of an answer whose `state` was ours; checks who it comes from (RFC 9207) before anything else."""
    issuer = brought.get("iss")
    if issuer != provider.issuer and (issuer is not None or provider.promises_iss):
        raise SignInRefused(hub=hub, reason="issuer")
    error = brought.get("error")
    if error == "access_denied":
        raise SignInCancelled(hub=hub)
    if error is not None or not brought.get("code"):
        raise SignInRefused(hub=hub, reason=error or "no_code")
    return brought["code"]
