# SPDX-License-Identifier: Apache-2.0
"""What several rooms' tests stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub


@pytest.fixture
def hub() -> FakeHub:
    """A hub in memory."""
    return FakeHub()


@pytest.fixture
def desk(tmp_path: Path, hub: FakeHub) -> Iterator[Desk]:
    """A tester's PC."""
    desk = Desk(tmp_path / "profile", hub)
    yield desk
    desk.db.close()
