# SPDX-License-Identifier: Apache-2.0
"""The real adb with a server of its own: own port, own keys, blind for everything but what it is told to connect to."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from firstlight.devices import tool
from firstlight.devices.adb import Adb

HAS_ADB = tool.find("adb") is not None


@contextmanager
def own_adb(home: Path) -> Iterator[Adb]:
    """An Adb that talks to a server of its own, which ends with the block."""
    found = tool.find("adb")
    assert found is not None
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    env = os.environ | {"HOME": str(home), "ADB_LOCAL_TRANSPORT_MAX_PORT": "5554", "ADB_TRACE": ""}
    command = [str(found.path), "-P", str(port)]
    subprocess.run([*command, "start-server"], env=env, timeout=30, check=True, capture_output=True)
    try:
        yield Adb(found, port)
    finally:
        subprocess.run([*command, "kill-server"], env=env, timeout=30, check=False, capture_output=True)
