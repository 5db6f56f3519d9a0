# SPDX-License-Identifier: Apache-2.0
"""The real key ring of a Linux desktop: gnome-keyring in a D-Bus session of its own, unlocked, on a throw-away home."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")


def is_installed() -> bool:
    """Whether the system has what this needs (Debian: gnome-keyring, dbus)."""
    return all(shutil.which(program) for program in PROGRAMS)


@contextmanager
def session_bus(folder: Path) -> Iterator[dict[str, str]]:
    """A D-Bus session without any key ring; the environment that leads to it."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, parents=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DBUS_", "GNOME_KEYRING", "XDG_", "PYTHON_KEYRING"))}
    env = kept | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(folder / "share")}
    # A configuration of our own: the system's would start whatever key ring it finds when somebody asks for one.
    config = folder / "bus.conf"
    config.write_text(
        '<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"'
        ' "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">'
        f"<busconfig><type>session</type><listen>unix:dir={runtime}</listen><auth>EXTERNAL</auth>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>'
        "</busconfig>"
    )
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, env=env, text=True
    )
    assert bus.stdout is not None
    try:
        yield env | {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
    finally:
        bus.terminate()
        bus.wait(10)
        bus.stdout.close()


@contextmanager
def secret_service(folder: Path) -> Iterator[dict[str, str]]:
    """The session with an unlocked gnome-keyring in it."""
    with session_bus(folder) as env:
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
        )
        assert daemon.stdin is not None
        assert daemon.stdout is not None
        try:
            daemon.stdin.write(b"test-password\n")
            daemon.stdin.close()
            daemon.stdout.readline()  # it says where its control socket is once it is there
            yield env
        finally:
            daemon.terminate()
            daemon.wait(10)
            daemon.stdout.close()
