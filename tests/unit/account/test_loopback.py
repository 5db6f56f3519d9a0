# SPDX-License-Identifier: Apache-2.0
"""The listener takes one answer, from the right place, and nobody can keep it from hearing that."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from firstlight.account.loopback import Loopback
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work

STATE = "the-state"


@pytest.fixture
def listener() -> Iterator[Loopback]:
    with Loopback(state=STATE, language="en") as made:
        yield made


def visit(listener: Loopback, request: str) -> str:
    """Say `request` and hear the first line of the answer."""
    with socket.create_connection(("127.0.0.1", listener._port), timeout=10) as one:
        one.sendall(request.replace("HOST", f"127.0.0.1:{listener._port}").encode())
        answer = b""
        with contextlib.suppress(ConnectionError):
            while piece := one.recv(4096):
                answer += piece
    return answer.decode().partition("\r\n")[0]


def right(more: str = "") -> str:
    return f"GET /callback?code=c&state={STATE}{more} HTTP/1.1\r\nHost: HOST\r\n\r\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ("GET / HTTP/1.1\r\nHost: HOST\r\n\r\n", "404"),
        ("GET /favicon.ico HTTP/1.1\r\nHost: HOST\r\n\r\n", "404"),
        (f"GET /callback/../callback2?state={STATE} HTTP/1.1\r\nHost: HOST\r\n\r\n", "404"),
        (f"GET /callback?code=c&state={STATE} HTTP/1.1\r\nHost: evil.example.net\r\n\r\n", "404"),
        (f"GET /callback?code=c&state={STATE} HTTP/1.1\r\n\r\n", "404"),
        (f"POST /callback?code=c&state={STATE} HTTP/1.1\r\nHost: HOST\r\n\r\n", "405"),
        ("GET /callback?code=c HTTP/1.1\r\nHost: HOST\r\n\r\n", "400"),
        ("GET /callback?code=c&state=guess HTTP/1.1\r\nHost: HOST\r\n\r\n", "400"),
        (f"GET /callback?code=c&code=d&state={STATE} HTTP/1.1\r\nHost: HOST\r\n\r\n", "400"),
        ("GET /callback?code=c&state=\xe9 HTTP/1.1\r\nHost: HOST\r\n\r\n", "400"),
        ("\r\n\r\n", "404"),
        ("nonsense\r\n\r\n", "404"),
        ("GET http://[ HTTP/1.1\r\nHost: HOST\r\n\r\n", "400"),
        ("GET /callback?" + "&".join(f"a{n}=1" for n in range(50)) + " HTTP/1.1\r\nHost: HOST\r\n\r\n", "400"),
        ("x" * 20_000, ""),
    ],
)
def test_strays_are_turned_away_and_the_right_one_is_heard(listener: Loopback, request_: str, status: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(listener.wait, Work(), 10)
        first = visit(listener, request_)
        assert first.partition(" ")[2][:3] == status
        assert "200" in visit(listener, right())
        assert heard.result(10) == {"code": "c", "state": STATE}


def test_connections_that_say_nothing_keep_nobody_waiting(listener: Loopback) -> None:
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(listener.wait, Work(), 30)
        idle = [socket.create_connection(("127.0.0.1", listener._port), timeout=10) for _ in range(40)]
        assert "200" in visit(listener, right())
        assert heard.result(10) is not None
    for one in idle:
        one.close()


def test_silent_connections_are_let_go_after_a_while() -> None:
    clock = [0.0]
    with Loopback(state=STATE, language="en", clock=lambda: clock[0]) as listener:
        silent = socket.create_connection(("127.0.0.1", listener._port))
        with ThreadPoolExecutor(1) as pool:
            heard = pool.submit(listener.wait, Work(), 100)
            visit(listener, "GET / HTTP/1.1\r\n\r\n")
            clock[0] = 11.0
            silent.settimeout(10)
            assert silent.recv(1) == b""
            visit(listener, right())
            assert heard.result(10) is not None
        silent.close()


def test_an_answer_in_pieces_is_heard(listener: Loopback) -> None:
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(listener.wait, Work(), 10)
        with socket.create_connection(("127.0.0.1", listener._port)) as one:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for letter in right("&x=1").replace("HOST", f"127.0.0.1:{listener._port}"):
                one.send(letter.encode())
            one.recv(100)
        assert heard.result(10) == {"code": "c", "state": STATE, "x": "1"}


def test_a_visitor_who_leaves_before_the_answer_has_been_heard(listener: Loopback) -> None:
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(listener.wait, Work(), 10)
        one = socket.create_connection(("127.0.0.1", listener._port))
        one.sendall(right().replace("HOST", f"127.0.0.1:{listener._port}").encode())
        one.close()
        assert heard.result(10) is not None


def test_it_listens_on_this_pc_alone_and_ends_with_its_round_trip(listener: Loopback) -> None:
    assert listener.redirect_uri.startswith("http://127.0.0.1:")
    assert listener._socket.getsockname()[0] == "127.0.0.1"
    listener.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", listener._port), timeout=5)


def test_waiting_can_be_stopped(listener: Loopback) -> None:
    work = Work()
    outcome: list[Mapping[str, str] | str | None] = []

    def wait() -> None:
        try:
            outcome.append(listener.wait(work, 60))
        except Cancelled:
            outcome.append("stopped")

    thread = threading.Thread(target=wait)
    thread.start()
    work.cancel()
    thread.join(10)
    assert outcome == ["stopped"]
