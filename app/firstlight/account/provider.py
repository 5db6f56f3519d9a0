# SPDX-License-Identifier: Apache-2.0
"""The hub as an OpenID provider: where its endpoints are, what it gives for a code or a refresh token, and whom its token names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests

from firstlight.account.errors import SignInRefused
from firstlight.hublink import told
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import Busy, ContractMismatch
from firstlight_contract.account import CLIENT_ID
from firstlight_contract.problem import Code, Problem

DISCOVERY_PATH = "/.well-known/openid-configuration"
_LEEWAY_S = 60
_SHOWN_ISSUER = 200


@dataclass(frozen=True)
class Tokens:
    """What the token endpoint gave. `repr` shows none of it."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lifetime_s: float
    identity: str = field(default="", repr=False)


class GrantLost(Exception):
    """The provider does not take this code or refresh token, and never will again. `reason` is its own word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Provider:
    """The provider of one hub, discovered. Every endpoint is on the hub's own origin: no token ever goes elsewhere."""

    def __init__(self, client: HubClient, document: Mapping[str, Any]) -> None:
        self._client = client
        self.issuer = str(document.get("issuer", ""))
        if not _same_origin(self.issuer, client.base_url):
            raise _other_issuer(self.issuer, client.base_url)
        self.promises_iss = document.get("authorization_response_iss_parameter_supported") is True
        self.authorization_url = self._own_url(document, "authorization_endpoint")
        self._token_path = self._own_path(document, "token_endpoint")
        self._keys_path = self._own_path(document, "jwks_uri")
        self._revocation_path = self._own_path(document, "revocation_endpoint") if "revocation_endpoint" in document else ""

    @classmethod
    def discover(cls, client: HubClient) -> Provider:
        """Ask the hub of `client` where its endpoints are; raises HubError, SignInRefused."""
        return cls(client, _object(client, client.raw("GET", DISCOVERY_PATH, is_public=True)))

    def exchange(self, *, code: str, verifier: str, redirect_uri: str) -> Tokens:
        """Tokens for the code that the browser brought. Never tried twice: a code is good for one use."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier}
        return self._ask(form, "")

    def refresh(self, refresh_token: str) -> Tokens:
        """New tokens for old. No scope is asked for: the hub knows what it granted."""
        return self._ask({"grant_type": "refresh_token", "refresh_token": refresh_token}, refresh_token)

    def revoke(self, refresh_token: str) -> None:
        """Tell the hub that this sign-in is over."""
        if self._revocation_path:
            form = {"token": refresh_token, "token_type_hint": "refresh_token", "client_id": CLIENT_ID}
            self._client.answer("POST", self._revocation_path, data=form)

    def identity(self, tokens: Tokens, *, nonce: str, now: float) -> dict[str, Any]:
        """The claims of the identity token, after its signature and every claim held; raises SignInRefused.

        The hub's own clock decides, as told with its keys a moment ago, so that a wrong clock of the PC (`now`) keeps nobody out.
        """
        from joserfc import jwt  # noqa: PLC0415  # heavy: all of cryptography, wanted once per sign-in
        from joserfc.errors import JoseError  # noqa: PLC0415  # heavy: as above
        from joserfc.jwk import KeySet  # noqa: PLC0415  # heavy: as above

        keys = _object(self._client, self._client.raw("GET", self._keys_path, is_public=True))
        try:
            decoded = jwt.decode(tokens.identity, KeySet.import_key_set(keys), algorithms=["RS256"])  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise self._refused("signature") from error
        claims = dict(decoded.claims)
        self._check(claims, nonce, now if self._client.hub_time is None else self._client.hub_time)
        return claims

    def _check(self, claims: Mapping[str, Any], nonce: str, moment: float) -> None:
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        expires, issued = claims.get("exp"), claims.get("iat")
        tests = {
            "issuer": claims.get("iss") == self.issuer,
            "audience": CLIENT_ID in audiences and claims.get("azp", CLIENT_ID) == CLIENT_ID,
            "nonce": claims.get("nonce") == nonce,
            "subject": isinstance(claims.get("sub"), str) and bool(claims.get("sub")),
            "expired": isinstance(expires, (int, float)) and moment < expires + _LEEWAY_S,
            "issued": isinstance(issued, (int, float)) and issued < moment + _LEEWAY_S,
        }
        for name, holds in tests.items():
            if not holds:
                raise self._refused(name)

    def _ask(self, form: dict[str, str], old_refresh: str) -> Tokens:
        answer = self._client.answer("POST", self._token_path, data=form | {"client_id": CLIENT_ID})
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise Busy(Problem(code=Code.UNAVAILABLE, status=answer.status_code), hub=self._client.base_url)
        said = _object(self._client, answer)
        if answer.status_code != HTTPStatus.OK:
            raise GrantLost(str(said.get("error", answer.status_code)))
        try:
            tokens = Tokens(
                access=str(said["access_token"]),
                refresh=str(said.get("refresh_token", old_refresh)),
                lifetime_s=float(said.get("expires_in", 300)),
                identity=str(said.get("id_token", "")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ContractMismatch(hub=self._client.base_url, where=self._token_path) from error
        if str(said.get("token_type", "")).lower() != "bearer":
            raise ContractMismatch(hub=self._client.base_url, where="token_type")
        return tokens

    def _own_url(self, document: Mapping[str, Any], name: str) -> str:
        url = str(document.get(name, ""))
        if not _same_origin(url, self._client.base_url):
            raise self._refused("elsewhere")
        return url

    def _own_path(self, document: Mapping[str, Any], name: str) -> str:
        url = urlsplit(self._own_url(document, name))
        path = url.path.removeprefix(urlsplit(self._client.base_url).path)
        return f"{path}?{url.query}" if url.query else path

    def _refused(self, reason: str) -> SignInRefused:
        return SignInRefused(hub=self._client.base_url, reason=reason)


def _other_issuer(issuer: str, base: str) -> SignInRefused:
    """The hub calls itself otherwise than the tester did: localhost, say, or a name that it had before. A tester may type that, we do not
    follow to it.
    """
    own = told.address(issuer)
    if own.scheme not in {"http", "https"} or not own.hostname or own.username is not None or len(issuer) > _SHOWN_ISSUER:
        return SignInRefused(hub=base, reason="issuer")
    return SignInRefused(hub=base, reason="called", own=issuer if issuer.isascii() and issuer.isprintable() else own.hostname)


def _same_origin(url: str, base: str) -> bool:
    a, b = told.address(url), urlsplit(base)
    return (a.scheme, a.hostname, a.port) == (b.scheme, b.hostname, b.port) and a.scheme in {"http", "https"}


def _object(client: HubClient, answer: requests.Response) -> dict[str, Any]:
    try:
        said = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise ContractMismatch(hub=client.base_url, where=urlsplit(answer.url).path) from error
    if not isinstance(said, dict):
        raise ContractMismatch(hub=client.base_url, where=urlsplit(answer.url).path)
    return said
