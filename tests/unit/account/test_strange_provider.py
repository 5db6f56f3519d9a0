# SPDX-License-Identifier: Apache-2.0
"""Providers that lie: whatever they say, nobody is signed in by it. An honest one of the same make signs in, as the real hub does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from fakes.answering import Answer, Answering, Asked
from firstlight.account import oidc
from firstlight.account.errors import SignInRefused
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.cli.words import explain
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import Busy, ContractMismatch, NotAHub
from firstlight.hublink.reachability import Reachability

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})


class Provider:
    """A small OpenID provider that asks nobody for a password. The fields twist what it says."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.tokens: dict[str, Any] = {}
        self.token_status = 200
        self.sign: Callable[[dict[str, Any]], str] = lambda claims: jwt.encode({"alg": "RS256", "kid": "one"}, claims, KEY)
        self.nonce = ""
        self.clock = time.time
        self.server = Answering(self.judge)

    @property
    def url(self) -> str:
        return self.server.url

    def judge(self, asked: Asked) -> Answer:
        path = urlsplit(asked.path).path
        if path == "/.well-known/openid-configuration":
            return self.say(
                {
                    "issuer": self.url,
                    "authorization_endpoint": f"{self.url}/authorize",
                    "token_endpoint": f"{self.url}/token",
                    "jwks_uri": f"{self.url}/keys",
                    "authorization_response_iss_parameter_supported": True,
                }
                | self.document
            )
        if path == "/keys":
            return self.say({"keys": [KEY.as_dict(private=False)]})
        now = int(self.clock())
        claims = {
            "iss": self.url,
            "aud": "firstlight-desktop",
            "sub": "s-1",
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 600,
            "name": "dana",
        }
        good = {
            "access_token": "a",
            "refresh_token": "r",
            "token_type": "Bearer",
            "expires_in": 600,
            "id_token": self.sign(claims | self.claims),
        }
        return self.say(good | self.tokens, self.token_status)

    def say(self, what: dict[str, Any], status: int = 200) -> Answer:
        from email.utils import formatdate

        body = json.dumps({k: v for k, v in what.items() if v is not None}).encode()
        return Answer(status, body, {"X-Hub": "1", "Date": formatdate(self.clock(), usegmt=True)})

    def open(self, url: str) -> bool:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.nonce = query["nonce"]
        back = query["redirect_uri"] + "?" + urlencode({"code": "c", "state": query["state"], "iss": self.url})
        threading.Thread(target=requests.get, args=(back,), kwargs={"timeout": 10}, daemon=True).start()
        return True


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    with made.server:
        yield made


def sign_in(provider: Provider) -> oidc.Grant:
    reach = Reachability(Events(), time.time)

    def http(hub: str) -> HubClient:
        return HubClient(hub, reach=reach, language=lambda: "en", timeout_s=(2, 2))

    return oidc.sign_in(hub=provider.url, open_browser=provider.open, work=Work(), http=http, now=time.time, limit_s=5)


def test_an_honest_provider_signs_in(provider: Provider) -> None:
    grant = sign_in(provider)
    assert (grant.subject, grant.name, grant.tokens.refresh) == ("s-1", "dana", "r")


def test_a_pc_whose_clock_is_wrong_by_years_signs_in_all_the_same(provider: Provider) -> None:
    provider.clock = lambda: 4_000_000_000.0
    assert sign_in(provider).subject == "s-1"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"iss": "http://127.0.0.1:1"}, "issuer"),
        ({"aud": "another-client"}, "audience"),
        ({"aud": ["firstlight-desktop"], "azp": "another-client"}, "audience"),
        ({"sub": ""}, "subject"),
        ({"exp": 1}, "expired"),
        ({"exp": None}, "expired"),
        ({"iat": 9_999_999_999}, "issued"),
    ],
)
def test_an_identity_with_a_wrong_claim_is_refused(provider: Provider, claims: dict[str, Any], reason: str) -> None:
    provider.claims = claims
    with pytest.raises(SignInRefused) as caught:
        sign_in(provider)
    assert caught.value.facts["reason"] == reason


def _unsigned(claims: dict[str, Any]) -> str:
    from joserfc.util import to_bytes, urlsafe_b64encode

    return ".".join(urlsafe_b64encode(to_bytes(json.dumps(part))).decode() for part in ({"alg": "none"}, claims)) + "."


def _hmac_with_the_public_key(claims: dict[str, Any]) -> str:
    from joserfc.jwk import OctKey

    public = KEY.as_pem(private=False).replace(b"-----", b"")
    return jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(public), algorithms=["HS256"])


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize(
    "sign",
    [
        lambda claims: jwt.encode({"alg": "RS256", "kid": "one"}, claims, OTHER_KEY),
        lambda claims: jwt.encode({"alg": "RS256", "kid": "two"}, claims, OTHER_KEY),
        _unsigned,
        _hmac_with_the_public_key,
        lambda claims: "not.a.token",
        lambda claims: "",
        lambda claims: None,
    ],
    ids=["other key", "unknown key", "none", "hmac", "nonsense", "empty", "missing"],
)
def test_an_identity_that_the_hubs_key_did_not_sign_is_refused(provider: Provider, sign: Callable[[dict[str, Any]], str]) -> None:
    provider.sign = sign
    with pytest.raises(SignInRefused) as caught:
        sign_in(provider)
    assert caught.value.facts["reason"] == "signature"


@pytest.mark.parametrize("name", ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("url", ["https://elsewhere.example.net/x", "", "http://127.0.0.1:1/x", "http://[::1/x", "http://127.0.0.1:x/"])
def test_an_endpoint_elsewhere_is_refused_before_any_browser_opens(provider: Provider, name: str, url: str) -> None:
    provider.document = {name: url}
    provider.open = lambda _url: pytest.fail("opened")
    with pytest.raises(SignInRefused):
        sign_in(provider)


def test_a_hub_that_goes_by_another_name_is_not_followed_to_and_the_name_is_told(provider: Provider) -> None:
    provider.document = {"issuer": provider.url.replace("127.0.0.1", "localhost")}
    provider.open = lambda _url: pytest.fail("opened")
    with pytest.raises(SignInRefused) as caught:
        sign_in(provider)
    assert caught.value.facts == {"hub": provider.url, "reason": "called", "own": provider.document["issuer"]}
    assert provider.document["issuer"] in explain(caught.value)


@pytest.mark.parametrize("name", ["javascript:alert(1)", "https://hub@evil.example.org", "https://", "https://a.example.org/" + "x" * 300])
def test_a_name_that_is_no_address_is_not_told(provider: Provider, name: str) -> None:
    provider.document = {"issuer": name}
    with pytest.raises(SignInRefused) as caught:
        sign_in(provider)
    assert caught.value.facts["reason"] == "issuer"


def test_a_provider_without_a_refresh_token_is_refused(provider: Provider) -> None:
    provider.tokens = {"refresh_token": None}
    with pytest.raises(SignInRefused) as caught:
        sign_in(provider)
    assert caught.value.facts["reason"] == "no_refresh"


def test_a_token_endpoint_that_stumbles_means_later(provider: Provider) -> None:
    provider.token_status = 503
    with pytest.raises(Busy):
        sign_in(provider)


@pytest.mark.parametrize("tokens", [{"token_type": "mac"}, {"access_token": None}, {"expires_in": "soon"}])
def test_a_token_answer_that_does_not_read_is_a_mismatch(provider: Provider, tokens: dict[str, Any]) -> None:
    provider.tokens = tokens
    with pytest.raises(ContractMismatch):
        sign_in(provider)


def test_a_portal_in_place_of_the_provider_is_told_as_one(provider: Provider) -> None:
    provider.server.judge = lambda _: Answer(200, b"<html>log in</html>", {"Content-Type": "text/html"})
    with pytest.raises(NotAHub):
        sign_in(provider)
    for body in (b"<html>some page of a hub</html>", b"[" * 200_000, b"[]", b"1" * 5_000):
        provider.server.judge = lambda _, body=body: Answer(200, body, {"X-Hub": "1"})
        with pytest.raises(ContractMismatch):
            sign_in(provider)


def test_the_address_of_a_page_of_a_hub_is_none_of_a_hub(provider: Provider) -> None:
    provider.server.judge = lambda _: Answer(404, b'{"code": "not_found"}', {"X-Hub": "1"})
    with pytest.raises(SignInRefused) as caught:
        sign_in(provider)
    assert caught.value.facts["reason"] == "address"
