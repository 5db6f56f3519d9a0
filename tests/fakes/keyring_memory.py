# SPDX-License-Identifier: Apache-2.0
"""A key ring in memory that can be locked, broken or slow; tests/unit/account/test_keyring.py holds it beside the real one."""

from __future__ import annotations

import threading

from keyring import errors


class MemoryKeyring:
    """What we use of a `keyring` backend."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False
        self.is_broken = False
        self.hold = threading.Event()
        self.hold.set()

    def _enter(self) -> None:
        self.hold.wait(30)
        if self.is_locked:
            raise errors.KeyringLocked("locked")
        if self.is_broken:
            raise errors.InitError("broken")

    def get_password(self, service: str, username: str) -> str | None:
        self._enter()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._enter()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._enter()
        if (service, username) not in self.kept:
            raise errors.PasswordDeleteError("not there")
        del self.kept[service, username]
