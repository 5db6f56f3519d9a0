# SPDX-License-Identifier: Apache-2.0
"""A PC with one profile, on which a tester types commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakes.visitor import Visitor
from firstlight.hublink.local import DemoAccount

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


def bare_desk(folder: Path) -> Desk:
    """A PC without a key ring and without a screen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_", "DISPLAY", "WAYLAND"))}
    env = kept | {
        "HOME": str(folder / "home"),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
        "FIRSTLIGHT_HOME": str(folder / "profile"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return Desk(env, folder / "profile")
