# SPDX-License-Identifier: Apache-2.0
"""A hub that serves one signed image, and a desktop that has not asked it yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.signed_hub import HostileHub, Maker
from faults.signing.signed_bench import IMAGE, PATH, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    maker = Maker(("a1", "r1", "guides"))
    maker.publish(PATH, IMAGE, partition="boot")
    with HostileHub(maker.served()) as hub:
        yield Bench(hub, maker, tmp_path)
