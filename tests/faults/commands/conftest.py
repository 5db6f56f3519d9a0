# SPDX-License-Identifier: Apache-2.0
"""Commands as a tester types them, on a throw-away profile, with the demo's hub and the real key ring."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fakes.secret_service import is_installed, secret_service
from fakes.visitor import Visitor
from firstlight.base.paths import resources
from firstlight.base.work import Work
from firstlight.hublink.local import DemoAccount, LocalHub, LocalHubInfo

LIMIT_S = 60


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out.splitlines()[-1])


@dataclass(frozen=True)
class Desk:
    """A PC with one profile."""

    env: dict[str, str]
    home: Path

    def type(self, *arguments: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "firstlight", *arguments], env=self.env, capture_output=True, text=True, timeout=LIMIT_S, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    def sign_in(self, hub: str, who: DemoAccount, *more: str) -> Said:
        """Type the command, and open the address that it prints."""
        command = [sys.executable, "-m", "firstlight", "sign-in", "--hub", hub, "--no-browser", *more]
        child = subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert child.stdout is not None
        said = ""
        for line in child.stdout:
            said += line
            address = json.loads(line)["open"] if line.startswith("{") else line.strip()
            if address.startswith("http"):
                Visitor(who.email, who.password).walk(address)
                break
        rest, err = child.communicate(timeout=LIMIT_S)
        return Said(child.returncode, said + rest, err)


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalHubInfo]:
    hub = LocalHub(data=tmp_path_factory.mktemp("demo") / "hub", resources=resources())
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


@pytest.fixture
def bare_desk(tmp_path: Path) -> Desk:
    """A PC without a key ring and without a screen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_", "DISPLAY", "WAYLAND"))}
    env = kept | {
        "HOME": str(tmp_path / "home"),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
        "FIRSTLIGHT_HOME": str(tmp_path / "profile"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return Desk(env, tmp_path / "profile")
