# SPDX-License-Identifier: Apache-2.0
"""A real hub in a process of its own with two testers, and clients for them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from firstlight.base.events import Events
from firstlight.hublink.client import HubClient
from firstlight.hublink.reachability import Reachability
from hub.prepared import people
from hub.serving import running


class Token:
    """A token source whose token never ends."""

    def __init__(self, access: str) -> None:
        self.access = access

    may_renew = False
    """Whether the test harms tokens on their way: then another is asked for, and is the same."""

    def access_token(self, *, renew: bool) -> str:
        assert self.may_renew or not renew
        return self.access


@dataclass(frozen=True)
class RealHub:
    """Where it is, where it keeps things, and who may."""

    url: str
    data: Path
    tokens: dict[str, str]

    def client(self, name: str, url: str = "", timeout_s: tuple[float, float] = (2, 5)) -> HubClient:
        """Somebody's client, perhaps through a proxy."""
        reach = Reachability(Events(), time.time)
        return HubClient(url or self.url, tokens=Token(self.tokens[name]), reach=reach, language=lambda: "en", timeout_s=timeout_s)


@pytest.fixture(scope="session")
def real_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    """Bob and Dora are in the programme, Carol is not."""
    data = tmp_path_factory.mktemp("real") / "hub"
    with running(data) as url:
        yield RealHub(url, data, people(data))
