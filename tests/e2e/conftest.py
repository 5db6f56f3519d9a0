# SPDX-License-Identifier: Apache-2.0
"""A key ring for journeys, where the system has one; without it a journey signs in again at each start."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from fakes.secret_service import is_installed, secret_service


@pytest.fixture(scope="session")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment that leads to an unlocked key ring."""
    if not is_installed():
        pytest.skip("gnome-keyring or dbus is not installed (Debian: apt-get install gnome-keyring dbus)")
    with secret_service(tmp_path_factory.mktemp("ring") / "home") as env:
        yield env


@pytest.fixture
def no_ring() -> dict[str, str]:
    """An environment without a key ring."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DBUS_", "GNOME_KEYRING"))}
    return kept | {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
