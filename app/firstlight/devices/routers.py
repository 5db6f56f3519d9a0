# SPDX-License-Identifier: Apache-2.0
"""Routers by their address, for guides, logs and commands: one place that knows where host keys lie and how the tester logs in."""

from __future__ import annotations

from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.devices.device import Device
from firstlight.devices.router_keys import HostKeys, Login
from firstlight.devices.ssh import Router

KEYS_FILE = "router-keys.json"


class Routers:
    """Opens routers; keeps nothing but the file of their keys in `folder`."""

    def __init__(self, folder: Path, login: Login = Login()) -> None:  # noqa: B008  frozen
        self.keys = HostKeys(folder / KEYS_FILE)
        self._login = login

    def open(self, address: Address, bound: str = "") -> Router:
        """A router to talk to, as a context manager; with `bound`, whoever else answers there is refused."""
        router = Router(address, keys=self.keys, login=self._login)
        router.bound = bound
        return router

    def device(self, address: Address, work: Work) -> Device:
        """Who stands there now. Raises DeviceError."""
        with self.open(address) as router:
            return router.device(work)

    def forget(self, address: Address) -> None:
        """The tester says that another router stands there now, or that they reset it."""
        self.keys.forget(address)
