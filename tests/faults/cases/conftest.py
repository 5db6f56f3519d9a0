# SPDX-License-Identifier: Apache-2.0
"""What each of the 42 cases stands on: a real hub in its own process, a proxy that harms, and a tester's PC whose clock is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fakes.fault_proxy import FaultProxy
from faults.cases.pc import Pc
from faults.hub_process import HubProcess


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    """Bob and Dora are in the programme, Carol is not."""
    with HubProcess(tmp_path_factory.mktemp("cases") / "hub", FIRSTLIGHT_HUB_REPORTS_PER_HOUR="100000") as running:
        yield running


@pytest.fixture
def proxy(hub: HubProcess) -> Iterator[FaultProxy]:
    with FaultProxy(hub.url) as made:
        yield made


@pytest.fixture
def pc(tmp_path: Path, hub: HubProcess, proxy: FaultProxy) -> Iterator[Pc]:
    """Bob's PC."""
    made = Pc(tmp_path / "profile", hub, proxy)
    yield made
    made.close()


@pytest.fixture
def other_pc(tmp_path: Path, hub: HubProcess, proxy: FaultProxy) -> Iterator[Callable[..., Pc]]:
    """Another PC, with a profile of its own."""
    made: list[Pc] = []

    def make(name: str = "other", **kwargs: Any) -> Pc:
        made.append(Pc(tmp_path / name, hub, proxy, **kwargs))
        return made[-1]

    yield make
    for one in made:
        one.close()
