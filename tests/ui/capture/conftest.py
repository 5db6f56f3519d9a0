# SPDX-License-Identifier: Apache-2.0
"""A dressed application."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fakes.window import Dressed


@pytest.fixture(scope="module")
def dressed(qapp):
    made = Dressed(qapp, lambda: datetime(2026, 11, 24, 10, 31, tzinfo=UTC).astimezone())
    yield made
    made.close()
