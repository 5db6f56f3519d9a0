# SPDX-License-Identifier: Apache-2.0
"""The demo's hub, really started, with a network in front of it that fails on command."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from fakes.fault_proxy import FaultProxy
from firstlight.base.events import Events
from firstlight.base.paths import resources
from firstlight.base.work import Work
from firstlight.hublink.client import HubClient
from firstlight.hublink.local import LocalHub, LocalHubInfo
from firstlight.hublink.reachability import Reachability
from hub.seeded import seeded
from hub.serving import signed_in


class Token:
    """A token source whose token never ends."""

    def __init__(self, access: str) -> None:
        self.access = access

    def access_token(self, *, renew: bool) -> str:
        assert not renew
        return self.access


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalHubInfo]:
    hub = LocalHub(data=seeded(tmp_path_factory.mktemp("demo") / "hub"), resources=resources())
    try:
        yield hub.start(Work())
    finally:
        hub.stop()


@pytest.fixture(scope="session")
def token(demo: LocalHubInfo) -> Token:
    tester = next(account for account in demo.accounts if not account.staff and account.name == "mossbyte")
    return Token(signed_in(demo.url, tester.email, tester.password)["access_token"])


@pytest.fixture
def proxy(demo: LocalHubInfo) -> Iterator[FaultProxy]:
    with FaultProxy(demo.url) as made:
        yield made


@pytest.fixture
def reach() -> Reachability:
    return Reachability(Events(), time.time)


@pytest.fixture
def client(proxy: FaultProxy, token: Token, reach: Reachability) -> HubClient:
    """Speaks through the proxy; the proxy leaves the hub's answers as they are."""
    return HubClient(proxy.address, tokens=token, reach=reach, language=lambda: "en", timeout_s=(10, 20))
