# SPDX-License-Identifier: Apache-2.0
"""The practice router and the real dropbear behind one face, so that the same tests run against both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from fakes.router_dropbear import DropbearRouter, why_not
from firstlight.base.work import Work
from firstlight.devices.address import parse
from firstlight.devices.router_keys import HostKeys, Login
from firstlight.devices.ssh import Router
from firstlight.practice.faults import Faults
from firstlight.practice.router import PracticeRouter
from firstlight.practice.router_memory import make_router_image

KINDS = ("practice", "dropbear") if not why_not() else ("practice",)
NOBODY = Login(key_files=tuple, has_agent=False)


def with_password(password: str | None) -> Login:
    """A tester who knows one password."""
    return Login(password=lambda _: password, key_files=tuple, has_agent=False)


@cache
def image_bytes(build: str = "26.47", board: str = "aurora,r1", compat: str = "1.0", size: int = 1 << 20) -> bytes:
    """A small sysupgrade image."""
    return b"".join(make_router_image(build=build, board=board, compat_version=compat, size=size))


def image(folder: Path, **what: Any) -> Path:
    """It as a file."""
    path = folder / ("-".join(map(str, what.values())).replace(",", "_") or "image")
    path.write_bytes(image_bytes(**what))
    return path


class Stand:
    """One router and a client for it."""

    def __init__(self, folder: Path, device: PracticeRouter | DropbearRouter) -> None:
        self.folder = folder
        self.device = device
        self.keys = HostKeys(folder / "keys.json")
        self.router = self.client()
        self.work = Work()

    def client(self, login: Login = NOBODY) -> Router:
        return Router(parse(self.device.address), keys=self.keys, login=login)

    @property
    def image_bytes(self) -> int:
        """Bytes of images that ever reached the router."""
        return self.device.image_bytes

    @property
    def build(self) -> str:
        return self.device.memory.build if isinstance(self.device, PracticeRouter) else self.device.build

    @property
    def flashed(self) -> bytes:
        return self.device.storage.flash.read_bytes() if isinstance(self.device, PracticeRouter) else self.device.flashed

    @property
    def commands(self) -> list[str]:
        return [r.command for r in self.device.record] if isinstance(self.device, PracticeRouter) else self.device.record

    def set_password(self, password: str) -> None:
        if isinstance(self.device, PracticeRouter):
            self.device.password = password
        else:
            self.device.set_password(password)

    def set_look_alike(self) -> None:
        if isinstance(self.device, PracticeRouter):
            self.device.faults = Faults(wrong_product=True)
        else:
            self.device.set_board("aurora,r1-lite")

    def set_compat(self, version: str) -> None:
        if isinstance(self.device, PracticeRouter):
            self.device.memory = replace(self.device.memory, compat_version=version)
        else:
            self.device.set_compat(version)

    def set_full(self) -> None:
        if isinstance(self.device, PracticeRouter):
            self.device.faults = Faults(full_cache=True)
        else:
            self.device.set_free(1 << 20)

    def set_outcome(self, outcome: str) -> None:
        """new, rolled_back, brick."""
        if isinstance(self.device, PracticeRouter):
            self.device.faults = {"new": Faults(), "rolled_back": Faults(boot_fails=True), "brick": Faults(never_back=True)}[outcome]
        else:
            self.device.outcome = outcome


@contextmanager
def stand(kind: str, folder: Path, **more: Any) -> Iterator[Stand]:
    """A router of this kind, switched on."""
    make: Callable[..., Any] = PracticeRouter if kind == "practice" else DropbearRouter
    if kind == "practice":
        more.setdefault("image_bytes", 1 << 20)
    with make(folder / "router", boot_s=0.1, **more) as device:
        made = Stand(folder, device)
        try:
            yield made
        finally:
            made.router.close()
