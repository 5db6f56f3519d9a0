# SPDX-License-Identifier: Apache-2.0
"""One adb server for all tests of phones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fakes.own_adb import HAS_ADB, own_adb
from firstlight.devices.adb import Adb


@pytest.fixture(scope="session")
def adb_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adb]:
    if not HAS_ADB:
        pytest.skip("Debian's adb is not installed: apt install adb")
    with own_adb(tmp_path_factory.mktemp("adb")) as adb:
        yield adb
