# SPDX-License-Identifier: Apache-2.0
"""The token store over the real key ring of a desktop and over the one in memory: the same words for the same troubles."""

from __future__ import annotations

import gc
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fakes.keyring_memory import MemoryKeyring
from fakes.secret_service import is_installed, secret_service, session_bus
from firstlight.account.errors import KeyringLocked, KeyringUnavailable
from firstlight.account.tokens import TokenStore

HUB, SUBJECT = "https://hub.example.org", "7b0c"
real = pytest.mark.skipif(not is_installed(), reason="gnome-keyring or dbus is not installed (Debian: apt-get install gnome-keyring dbus)")


@dataclass
class Ring:
    """A key ring under test."""

    backend: object
    lock: Callable[[], None]


@pytest.fixture(params=["memory", pytest.param("gnome", marks=real)])
def ring(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    if request.param == "memory":
        memory = MemoryKeyring()

        def lock_memory() -> None:
            memory.is_locked = True

        yield Ring(memory, lock_memory)
        return
    import secretstorage
    from keyring.backends.SecretService import Keyring

    with secret_service(tmp_path / "home") as env:
        for name, value in env.items():
            monkeypatch.setenv(name, value)

        def lock() -> None:
            connection = secretstorage.dbus_init()
            secretstorage.get_default_collection(connection).lock()
            connection.close()

        yield Ring(Keyring(), lock)
        _sweep()


def _sweep() -> None:
    """WORKAROUND(keyring 25.7): it leaves its connection open when the ring is locked; that is not for later tests to trip over."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def test_a_token_is_kept_read_changed_and_dropped(ring: Ring) -> None:
    store = TokenStore(backend=ring.backend)
    assert store.load(HUB, SUBJECT) is None
    store.forget(HUB, SUBJECT)
    for token in ("first", "second" * 600):
        store.save(HUB, SUBJECT, token)
        assert TokenStore(backend=ring.backend).load(HUB, SUBJECT) == token
    assert store.load(HUB, "somebody else") is None
    store.forget(HUB, SUBJECT)
    assert store.load(HUB, SUBJECT) is None


def test_a_working_ring_passes_the_probe_and_keeps_nothing_of_it(ring: Ring) -> None:
    store = TokenStore(backend=ring.backend)
    store.probe()
    assert ring.backend.get_password("Firstlight", "probe") is None


def test_a_locked_ring_is_told_as_locked(ring: Ring) -> None:
    store = TokenStore(backend=ring.backend)
    store.save(HUB, SUBJECT, "token")
    ring.lock()
    for act in (store.probe, lambda: store.load(HUB, SUBJECT), lambda: store.save(HUB, SUBJECT, "x"), lambda: store.forget(HUB, SUBJECT)):
        with pytest.raises(KeyringLocked):
            act()


def test_for_this_session_a_locked_ring_is_not_asked(ring: Ring) -> None:
    ring.lock()
    store = TokenStore(backend=ring.backend)
    store.save(HUB, SUBJECT, "token", session_only=True)
    assert store.load(HUB, SUBJECT) == "token"
    assert store.is_session_only(HUB, SUBJECT)
    store.forget(HUB, SUBJECT)
    with pytest.raises(KeyringLocked):
        store.load(HUB, SUBJECT)


@real
def test_the_token_is_in_no_plain_file_of_the_real_ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path / "home") as env:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        from keyring.backends.SecretService import Keyring

        TokenStore(backend=Keyring()).save(HUB, SUBJECT, "very-secret-token")
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    assert not any(b"very-secret-token" in path.read_bytes() for path in files)


@real
@pytest.mark.parametrize("has_bus", [True, False], ids=["bus", "no bus"])
def test_a_pc_without_a_ring_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_bus: bool) -> None:
    import keyring
    from keyring.backends import fail

    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    with session_bus(tmp_path / "home") as env:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        if not has_bus:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
        with pytest.raises(KeyringUnavailable) as caught:
            TokenStore().probe()
    _sweep()
    assert caught.value.facts["reason"] == "none"
    assert isinstance(keyring.get_keyring(), fail.Keyring)


@real
def test_a_ring_that_dies_meanwhile_is_a_known_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.backends.SecretService import Keyring

    with secret_service(tmp_path / "home") as env:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        store = TokenStore(backend=Keyring())
        store.save(HUB, SUBJECT, "token")
    with pytest.raises(KeyringUnavailable) as caught:
        store.load(HUB, SUBJECT)
    _sweep()
    assert caught.value.facts["reason"] == "failed"


def test_a_ring_that_would_write_a_plain_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    plain = type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})()
    monkeypatch.setattr(keyring, "get_keyring", lambda: plain)
    with pytest.raises(KeyringUnavailable) as caught:
        TokenStore().save(HUB, SUBJECT, "token")
    assert caught.value.facts["reason"] == "unsafe"
    assert plain.kept == {}


def test_a_hanging_ring_is_given_up_in_time_and_the_next_call_waits_for_it() -> None:
    ring = MemoryKeyring()
    ring.hold.clear()
    store = TokenStore(backend=ring, limit_s=0.2)
    began = time.monotonic()
    for _ in range(2):
        with pytest.raises(KeyringUnavailable) as caught:
            store.load(HUB, SUBJECT)
        assert caught.value.facts["reason"] == "slow"
    assert time.monotonic() - began < 5
    ring.hold.set()
    store._limit_s = 5
    store.save(HUB, SUBJECT, "token")
    assert store.load(HUB, SUBJECT) == "token"


def test_a_bug_in_a_ring_stays_a_bug() -> None:
    class Broken(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        TokenStore(backend=Broken()).load(HUB, SUBJECT)
