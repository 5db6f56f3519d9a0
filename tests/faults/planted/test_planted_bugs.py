# SPDX-License-Identifier: Apache-2.0
"""The state machine is worth its name: it catches every bug of the list, and nothing where none is planted."""

from __future__ import annotations

import pytest

from faults.planted import bugs


@pytest.mark.long
@pytest.mark.parametrize("name", list(bugs.BUGS))
def test_a_planted_bug_is_caught(name: str) -> None:
    is_caught, _said, _seconds = bugs.caught(name)
    assert is_caught


@pytest.mark.long
def test_where_no_bug_is_planted_none_is_found() -> None:
    bugs.BUGS["none"] = lambda: None
    try:
        assert bugs.caught("none") == (False, "", pytest.approx(60, abs=600))
    finally:
        del bugs.BUGS["none"]


def test_the_list_is_long_enough() -> None:
    assert len(bugs.BUGS) >= 12
