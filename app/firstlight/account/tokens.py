# SPDX-License-Identifier: Apache-2.0
"""Where the sign-in is kept: the refresh token in the system's key ring, or in memory for this session; never in a file.

A key ring may ask its user for a password, hang, or be gone. So each call runs in a thread of its own with a time limit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Protocol, TypeVar

from firstlight.account.errors import AccountError, KeyringLocked, KeyringUnavailable

T = TypeVar("T")

SERVICE = "Firstlight"
LIMIT_S = 10.0
_PROBE = "probe"
# A key ring fails with its own errors and with those of the libraries beneath it.
_FOREIGN = ("keyring", "secretstorage", "jeepney", "dbus", "win32ctypes", "pywintypes")


class Backend(Protocol):
    """What we use of a `keyring` backend."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Drop the secret."""


class TokenStore:
    """One refresh token per hub and person. Thread-safe; every call may take `limit_s`. Raises KeyringUnavailable, KeyringLocked."""

    def __init__(self, service: str = SERVICE, backend: Backend | None = None, *, limit_s: float = LIMIT_S) -> None:
        self._service = service
        self._backend = backend
        self._limit_s = limit_s
        self._memory: dict[str, str] = {}
        self._one_at_a_time = threading.Lock()

    def load(self, hub: str, subject: str) -> str | None:
        """The kept token, or None."""
        name = _name(hub, subject)
        if name in self._memory:
            return self._memory[name]
        return self._ask(lambda backend: backend.get_password(self._service, name))

    def save(self, hub: str, subject: str, token: str, *, session_only: bool = False) -> None:
        """Keep the token; with `session_only`, which the tester chooses, in memory until the program ends."""
        name = _name(hub, subject)
        if session_only:
            self._memory[name] = token
            return
        self._ask(lambda backend: backend.set_password(self._service, name, token))
        self._memory.pop(name, None)

    def forget(self, hub: str, subject: str) -> None:
        """Drop the token wherever it is."""
        name = _name(hub, subject)
        was_in_memory = self._memory.pop(name, None) is not None

        def drop(backend: Backend) -> None:
            if backend.get_password(self._service, name) is not None:
                backend.delete_password(self._service, name)

        try:
            self._ask(drop)
        except (KeyringUnavailable, KeyringLocked):
            # Whoever chose "this session only" did so because the key ring does not work: there is nothing to drop in it.
            if not was_in_memory:
                raise

    def is_session_only(self, hub: str, subject: str) -> bool:
        """Whether this sign-in ends with the program."""
        return _name(hub, subject) in self._memory

    def probe(self) -> None:
        """Write, read and drop a word, so that a locked or missing key ring shows before the tester goes to the browser."""

        def there_and_back(backend: Backend) -> bool:
            backend.set_password(self._service, _PROBE, _PROBE)
            kept = backend.get_password(self._service, _PROBE) == _PROBE
            backend.delete_password(self._service, _PROBE)
            return kept

        if not self._ask(there_and_back):
            raise KeyringUnavailable(reason="failed")

    def _ask(self, call: Callable[[Backend], T]) -> T:
        # A call that still hangs (a prompt that nobody answers) keeps the next one waiting, not a second prompt coming.
        if not self._one_at_a_time.acquire(timeout=self._limit_s):
            raise KeyringUnavailable(reason="slow")
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(call(self._backend or _system_backend()))
            except Exception as error:  # noqa: BLE001  carried over to the asking thread, which sorts it out
                future.set_exception(error)
            finally:
                self._one_at_a_time.release()

        # A daemon: a key ring that never answers must not keep the program from ending.
        threading.Thread(target=run, name="keyring", daemon=True).start()
        try:
            return future.result(self._limit_s)
        except FutureTimeout:
            raise KeyringUnavailable(reason="slow") from None
        except AccountError:
            raise
        except Exception as error:
            known = _known(error)
            if known is None:
                raise
            raise known from error


def _system_backend() -> Backend:
    """The system's key ring; KeyringUnavailable when there is none, or only one that writes secrets to a plain file."""
    import keyring  # noqa: PLC0415  # heavy: looks for entry points of every installed package

    found = keyring.get_keyring()
    candidates = getattr(found, "backends", None) or (found,)
    names = [type(one).__module__ for one in candidates]
    for one, module in zip(candidates, names, strict=True):
        if module.startswith("keyrings.alt") or module in {"keyring.backends.fail", "keyring.backends.null"}:
            continue
        backend: Backend = one
        return backend
    raise KeyringUnavailable(reason="unsafe" if any(n.startswith("keyrings.alt") for n in names) else "none")


def _known(error: Exception) -> AccountError | None:
    kind = type(error)
    if kind.__name__ in {"KeyringLocked", "LockedException"}:
        return KeyringLocked()
    if kind.__name__ == "NoKeyringError":
        return KeyringUnavailable(reason="none")
    if kind.__module__.partition(".")[0] in _FOREIGN or isinstance(error, OSError):
        return KeyringUnavailable(reason="failed")
    return None


def _name(hub: str, subject: str) -> str:
    return f"{subject}@{hub}"
