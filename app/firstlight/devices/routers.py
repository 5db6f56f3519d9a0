# SPDX-License-Identifier: Apache-2.0
"""Routers by their address, for guides, logs and commands: one place that knows where host keys lie and how the tester logs in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.devices.device import Device
from firstlight.devices.router_keys import HostKeys, Login
from firstlight.devices.ssh import Router

KEYS_FILE = "router-keys.json"
IDLE_S = 4.0
"""So long a line stays open for the next question; a log-in takes a small router a second or two."""


class Routers:
    """Opens routers. Keeps the file of their keys in `folder`, and the last line for a few seconds."""

    def __init__(self, folder: Path, login: Login = Login()) -> None:  # noqa: B008  frozen
        self.keys = HostKeys(folder / KEYS_FILE)
        self._login = login
        self._passwords: dict[tuple[str, int], str] = {}
        self._lock = threading.Lock()
        self._idle: Router | None = None
        self._timer: threading.Timer | None = None

    def remember(self, address: Address, password: str) -> None:
        """The tester typed a router's password: kept in memory until the program ends, in no file; "" forgets it."""
        self._passwords[(address.host, address.port)] = password

    def open(self, address: Address, bound: str = "") -> Router:
        """A router to talk to, as a context manager; with `bound`, whoever else answers there is refused."""
        router = Router(address, keys=self.keys, login=replace(self._login, password=self._password))
        router.bound = bound
        return router

    def _password(self, address: Address) -> str | None:
        return self._passwords.get((address.host, address.port)) or self._login.password(address)

    @contextmanager
    def use(self, address: Address, bound: str = "") -> Iterator[Router]:
        """As `open`, by the line that the last one left, when it stands yet."""
        router = self._take(address, bound) or self.open(address, bound)
        try:
            yield router
        except BaseException:
            router.close()
            raise
        self._give_back(router)

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            router, self._idle = self._idle, None
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        if router is not None:
            router.close()

    def _take(self, address: Address, bound: str) -> Router | None:
        with self._lock:
            router = self._idle
            if router is None or router.address != address or router.bound != bound or not router.is_open:
                return None
            self._idle = None
            return router

    def _give_back(self, router: Router) -> None:
        self.close()
        if not router.is_open:
            router.close()
            return
        with self._lock:
            self._idle = router
            self._timer = threading.Timer(IDLE_S, self.close)
            self._timer.daemon = True
            self._timer.start()

    def device(self, address: Address, work: Work) -> Device:
        """Who stands there now. Raises DeviceError."""
        with self.use(address) as router:
            return router.device(work)

    def forget(self, address: Address) -> None:
        """The tester says that another router stands there now, or that they reset it."""
        self.keys.forget(address)
