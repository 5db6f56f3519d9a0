# SPDX-License-Identifier: Apache-2.0
"""What Qt warns of is a defect: a test of a page fails when Qt complains.

And what several rooms test their pages with: a PC with the real store, told what a tester in the middle of the programme knows, and a
dressed application.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes import told
from fakes.desk import Clock, Desk
from fakes.hub import FakeHub
from fakes.window import Dressed
from firstlight.hublink.reachability import Reachability

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # WORKAROUND(Qt 6): the offscreen platform says this at each window with a least size.
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path, FakeHub(), Clock(told.NOW.timestamp()))
    yield made
    made.db.close()


@pytest.fixture
def told_desk(desk):
    told.tell_week(desk.db)
    return desk


@pytest.fixture
def reach(desk):
    made = Reachability(desk.events, desk.clock)
    made.answered()
    return made


@pytest.fixture
def dressed(qapp, desk):
    # After the desk, so that the jobs end before the store closes.
    made = Dressed(qapp, told.NOW.astimezone)
    yield made
    made.close()
