# SPDX-License-Identifier: Apache-2.0
"""An adb server for these tests alone: whoever runs them may have one, with a phone of their own."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator

import pytest

from firstlight.devices import tool

_NAME = "ANDROID_ADB_SERVER_PORT"


@pytest.fixture(scope="session", autouse=True)
def own_adb_server() -> Iterator[None]:
    before = os.environ.get(_NAME)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        os.environ[_NAME] = str(taken.getsockname()[1])
    yield
    adb = tool.find("adb")
    if adb is not None:
        subprocess.run([str(adb.path), "kill-server"], timeout=30, check=False, capture_output=True)
    os.environ.pop(_NAME)
    if before is not None:
        os.environ[_NAME] = before
