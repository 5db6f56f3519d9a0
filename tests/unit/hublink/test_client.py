# SPDX-License-Identifier: Apache-2.0
"""Whatever answers in place of a hub, or as a strange one, ends in a known error; tokens go nowhere else."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fakes.answering import Answer, Answering, Asked
from firstlight.base.events import Events
from firstlight.hublink import client as client_module
from firstlight.hublink.client import HubClient, TokenSource
from firstlight.hublink.errors import Busy, ContractMismatch, NotAHub, Refused, SessionExpired, Unreachable
from firstlight.hublink.reachability import Reachability, ReachabilityChanged
from firstlight_contract.account import CODE, JOIN, ME, Join
from firstlight_contract.feed import SYNC

PERSON = {"subject": "s", "name": "dana", "email": "dana@example.org", "staff": False, "enrolments": []}
PROBLEM = {"X-Hub": "1", "Content-Type": "application/problem+json"}


class Tokens:
    """Hands out numbered tokens."""

    def __init__(self) -> None:
        self.number = 1

    def access_token(self, *, renew: bool) -> str:
        self.number += renew
        return f"token-{self.number}"


def made(url: str, *, tokens: TokenSource | None = None, events: Events | None = None, language: str = "en") -> HubClient:
    reach = Reachability(events or Events(), time.time)
    return HubClient(url, tokens=tokens, reach=reach, language=lambda: language, timeout_s=(2, 1))


def ok(body: object, **headers: str) -> Answer:
    return Answer(200, json.dumps(body).encode(), {"X-Hub": "1"} | headers)


def test_a_reply_is_read_as_its_model() -> None:
    with Answering(lambda _: ok(PERSON | {"new_field": 1})) as hub:
        assert made(hub.url, tokens=Tokens()).call(ME).name == "dana"
    (asked,) = hub.asked
    assert (asked.method, asked.path, asked.headers["Authorization"]) == ("GET", "/api/v1/me", "Bearer token-1")


def test_the_testers_language_is_asked_for() -> None:
    with Answering(lambda _: ok(PERSON)) as hub:
        made(hub.url, language="zh_CN").call(ME)
    assert hub.asked[0].headers["Accept-Language"].startswith("zh-CN")


def test_a_public_call_carries_no_token() -> None:
    with Answering(lambda _: Answer(404, b"", {"X-Hub": "1"})) as hub, pytest.raises(Refused):
        made(hub.url, tokens=Tokens()).call(CODE, code="F-1")
    assert "Authorization" not in hub.asked[0].headers


def test_what_a_netrc_holds_is_never_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("default login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with Answering(lambda _: ok(PERSON)) as hub:
        client = made(hub.url)
        client._session().trust_env = True
        client.call(ME)
    assert "Authorization" not in hub.asked[0].headers


def test_a_proxy_of_the_system_never_stands_before_a_hub_on_this_pc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with Answering(lambda _: ok(PERSON)) as hub:
        assert made(hub.url).call(ME).name == "dana"


def test_a_refused_token_is_renewed_and_the_body_sent_again() -> None:
    def judge(asked: Asked) -> Answer:
        if asked.headers["Authorization"] == "Bearer token-1":
            return Answer(401, b'{"code": "unauthenticated"}', PROBLEM)
        return Answer(409, b'{"code": "programme_full"}', PROBLEM)

    with Answering(judge) as hub, pytest.raises(Refused) as caught:
        made(hub.url, tokens=Tokens()).call(JOIN, Join(code="F-1"))
    assert caught.value.facts["reason"] == "programme_full"
    assert [json.loads(a.body)["code"] for a in hub.asked] == ["F-1", "F-1"]


def test_a_hub_that_refuses_every_token_ends_the_session() -> None:
    with Answering(lambda _: Answer(401, b"", {"X-Hub": "1"})) as hub, pytest.raises(SessionExpired):
        made(hub.url, tokens=Tokens()).call(ME)
    assert len(hub.asked) == 4


def test_without_a_sign_in_401_is_a_refusal() -> None:
    with Answering(lambda _: Answer(401, b"", {"X-Hub": "1"})) as hub, pytest.raises(Refused):
        made(hub.url).call(ME)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(200, b"<html>log in</html>", {"Content-Type": "text/html"}), NotAHub),
        (Answer(200, json.dumps(PERSON).encode(), {}), NotAHub),
        (Answer(404, b"", {}), NotAHub),
        (Answer(302, b"", {"Location": "http://login.example.net/"}), NotAHub),
        (Answer(302, b"", {"Location": "/elsewhere", "X-Hub": "1"}), NotAHub),
        (Answer(302, b"", {"Location": "http://[::1/"}), NotAHub),
        (Answer(302, b"", {"Location": "http://login.example.net/caf\u00e9"}), NotAHub),
        (Answer(429, b"{}", {"X-Hub": "1", "Retry-After": "\u00b2"}), Busy),
        (Answer(429, b"{}", {"X-Hub": "1", "Retry-After": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"}), Busy),
        (Answer(429, b"{}", {"X-Hub": "1", "Date": "Mon, 01 Jan 2026 00:00:00 +99999999999999"}), Busy),
        (Answer(502, b"<html>bad gateway</html>", {}), Busy),
        (Answer(500, b"oops", {"X-Hub": "1"}), Busy),
        (Answer(200, b"<html>", {"X-Hub": "1"}), ContractMismatch),
        (Answer(200, b'{"subject": 5}', {"X-Hub": "1"}), ContractMismatch),
        (Answer(200, b'{"subject": "half', {"X-Hub": "1", "Content-Length": "900"}), Unreachable),
        (Answer(204, b"", {"X-Hub": "1"}), ContractMismatch),
        (Answer(422, b'{"code": "invalid", "fields": ["title"]}', PROBLEM), Refused),
        (Answer(422, b'{"code": "a-code-of-tomorrow"}', PROBLEM), Refused),
    ],
)
def test_a_strange_answer_is_a_known_error(answer: Answer, error: type[Exception]) -> None:
    with Answering(lambda _: answer) as hub, pytest.raises(error) as caught:
        made(hub.url).call(ME)
    assert type(caught.value) is error


def test_a_redirect_elsewhere_is_not_followed_and_the_token_stays() -> None:
    with Answering(lambda _: ok(PERSON)) as other:
        with Answering(lambda _: Answer(307, b"", {"Location": f"{other.url}/api/v1/me", "X-Hub": "1"})) as hub, pytest.raises(NotAHub):
            made(hub.url, tokens=Tokens()).call(ME)
        assert other.asked == []


def test_a_refusal_tells_its_fields_and_when_to_come_back() -> None:
    body = b'{"code": "too_many", "status": 1, "fields": ["a", "b"], "limit": 5}'
    with Answering(lambda _: Answer(429, body, PROBLEM | {"Retry-After": "12"})) as hub, pytest.raises(Busy) as caught:
        made(hub.url).call(ME)
    error = caught.value
    assert (error.status, error.fields, error.limit, error.retry_after_s) == (429, ("a", "b"), 5, 12)


def test_an_endless_answer_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "MOST_BYTES", 1 << 20)
    with Answering(lambda _: Answer(200, b"x" * (3 << 20))) as hub, pytest.raises(ContractMismatch):
        made(hub.url).call(ME)


def test_a_compressed_answer_is_neither_asked_for_nor_swollen() -> None:
    with Answering(lambda _: Answer(200, b"\x1f\x8b" + b"0" * 50, {"X-Hub": "1", "Content-Encoding": "gzip"})) as hub:
        with pytest.raises(ContractMismatch):
            made(hub.url).call(ME)
        assert hub.asked[0].headers["Accept-Encoding"] == "identity"


def test_an_answer_that_has_not_changed_is_not_sent_again() -> None:
    page = {"items": [], "cursor": "7", "more": False}

    def judge(asked: Asked) -> Answer:
        if asked.headers.get("If-None-Match") == '"e"':
            return Answer(304, b"", {"X-Hub": "1", "ETag": '"e"'})
        return ok(page, ETag='"e"')

    with Answering(judge) as hub:
        client = made(hub.url)
        first = client.call(SYNC, query={"cursor": "7"})
        assert client.call(SYNC, query={"cursor": "7"}) == first
        assert client.call(SYNC, query={"cursor": "8"}) == first
    assert [("If-None-Match" in a.headers) for a in hub.asked] == [False, True, False]


def _speaking(words: Callable[[socket.socket], None]) -> str:
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with server:
            visitor, _ = server.accept()
            with visitor:
                words(visitor)

    threading.Thread(target=serve, daemon=True).start()
    return f"127.0.0.1:{server.getsockname()[1]}"


def _no_tls(visitor: socket.socket) -> None:
    visitor.recv(100)
    visitor.sendall(b"HTTP/1.1 200 OK\r\n\r\n")


def _no_http(visitor: socket.socket) -> None:
    visitor.recv(100)
    visitor.sendall(b"SSH-2.0-OpenSSH\r\n")


def test_what_speaks_no_tls_cannot_prove_itself() -> None:
    with pytest.raises(Unreachable) as caught:
        made(f"https://{_speaking(_no_tls)}").call(ME)
    assert caught.value.reason == "tls"


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made_certificate = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    pem = tmp_path / "own.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(private + made_certificate.public_bytes(serialization.Encoding.PEM))

    def speak(visitor: socket.socket) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(pem)
        with pytest.raises((ssl.SSLError, OSError)):
            context.wrap_socket(visitor, server_side=True).recv(10)

    with pytest.raises(Unreachable) as caught:
        made(f"https://{_speaking(speak)}").call(ME)
    assert caught.value.reason == "tls"


def test_what_speaks_no_http_is_no_answer() -> None:
    with pytest.raises(Unreachable) as caught:
        made(f"http://{_speaking(_no_http)}").call(ME)
    assert caught.value.reason == "reset"


def test_a_name_that_does_not_exist_is_told_as_such() -> None:
    with pytest.raises(Unreachable) as caught:
        made("https://hub.invalid").call(ME)
    assert caught.value.reason == "dns"


def test_reachability_is_news_only_when_it_changes() -> None:
    events = Events()
    news: list[tuple[bool, str]] = []
    events.subscribe(ReachabilityChanged, lambda event: news.append((event.is_online, event.reason)))
    with Answering(lambda _: ok(PERSON)) as hub:
        client = made(hub.url, events=events)
        client.call(ME)
        client.call(ME)
        hub.judge = lambda _: Answer(200, b"<html>", {})
        for _ in range(2):
            with pytest.raises(NotAHub):
                client.call(ME)
        hub.judge = lambda _: Answer(404, b"", {"X-Hub": "1"})
        with pytest.raises(Refused):
            client.call(ME)
    assert news == [(True, ""), (False, "portal"), (True, "")]


def test_working_offline_is_a_state_of_its_own() -> None:
    events = Events()
    news: list[tuple[bool, str]] = []
    events.subscribe(ReachabilityChanged, lambda event: news.append((event.is_online, event.reason)))
    clock = iter(range(100))
    reach = Reachability(events, lambda: float(next(clock)))
    assert (reach.is_online, reach.reason) == (None, "")
    reach.answered()
    reach.forced_offline = True
    reach.answered()
    assert (reach.is_online, reach.reason, news[-1]) == (False, "off", (False, "off"))
    reach.forced_offline = False
    assert reach.is_online is None
    reach.failed("dns")
    assert (reach.is_online, reach.reason) == (False, "dns")


def test_the_clock_of_the_hub_is_compared_with_this_pcs() -> None:
    with Answering(lambda _: ok(PERSON, Date="Sat, 01 Jan 2000 00:00:00 GMT")) as hub:
        client = made(hub.url)
        client.call(ME)
    assert client.skew_ms is not None
    assert client.skew_ms < -20 * 365 * 86400 * 1000
