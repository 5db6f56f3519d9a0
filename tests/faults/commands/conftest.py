# SPDX-License-Identifier: Apache-2.0
"""Commands as a tester types them, on a throw-away profile, with the demo's hub and the real key ring."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.secret_service import is_installed, secret_service
from fakes.typing_desk import Desk, bare_desk
from firstlight.base.paths import resources
from firstlight.base.work import Work
from firstlight.hublink.local import DemoAccount, LocalHub, LocalHubInfo
from hub.seeded import seeded


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalHubInfo]:
    hub = LocalHub(data=seeded(tmp_path_factory.mktemp("demo") / "hub"), resources=resources())
    try:
        yield hub.start(Work())
    finally:
        hub.stop()


@pytest.fixture(scope="session")
def newcomer(hub: LocalHubInfo) -> DemoAccount:
    return next(account for account in hub.accounts if account.name == "newcomer")


@pytest.fixture(scope="session")
def keyring_env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    if not is_installed():
        pytest.skip("gnome-keyring or dbus is not installed (Debian: apt-get install gnome-keyring dbus)")
    with secret_service(tmp_path_factory.mktemp("ring") / "home") as env:
        yield env


@pytest.fixture
def desk(tmp_path: Path, keyring_env: dict[str, str]) -> Desk:
    return Desk(keyring_env | {"FIRSTLIGHT_HOME": str(tmp_path / "profile"), "PYTHONPATH": os.pathsep.join(sys.path)}, tmp_path / "profile")


@pytest.fixture(name="bare_desk")
def a_bare_desk(tmp_path: Path) -> Desk:
    return bare_desk(tmp_path)
