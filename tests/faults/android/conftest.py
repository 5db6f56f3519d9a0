# SPDX-License-Identifier: Apache-2.0
"""Benches for guides on phones: one adb server for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.android_bench import AndroidBench, make_bench
from fakes.bench_with_phone import CLIENTS
from fakes.own_adb import HAS_ADB, own_adb
from firstlight.devices.adb import Adb


@pytest.fixture(scope="session")
def adb_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adb]:
    if not HAS_ADB:
        pytest.skip("Debian's adb is not installed: apt install adb")
    with own_adb(tmp_path_factory.mktemp("adb")) as adb:
        yield adb


PROGRAM = pytest.param(True, marks=pytest.mark.long, id="fastboot")
"""The real program takes twice as long as our client; `one` has it in the everyday suite."""


@pytest.fixture(params=[PROGRAM, pytest.param(False, id="own client")] if CLIENTS[0] else [pytest.param(False, id="own client")])
def bench(request: pytest.FixtureRequest, tmp_path: Path, adb_of_tests: Adb) -> Iterator[AndroidBench]:
    """A started phone."""
    made = make_bench(tmp_path, adb_of_tests, with_program=request.param)
    yield made
    made.close()


@pytest.fixture
def one(tmp_path: Path, adb_of_tests: Adb) -> Iterator[AndroidBench]:
    """A started phone, by the programs of this PC where there are any."""
    made = make_bench(tmp_path, adb_of_tests, with_program=CLIENTS[0])
    yield made
    made.close()
