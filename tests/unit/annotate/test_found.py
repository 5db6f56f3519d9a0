# SPDX-License-Identifier: Apache-2.0
"""Areas that hide what was found, on pictures turned by any number of quarters."""

from __future__ import annotations

import pytest

from firstlight.annotate.document import Document
from firstlight.annotate.found import Found, areas, still_seen
from firstlight.annotate.shapes import Box, Hide

MAIL = Found("mail", "wren@example.org", 100, 50, 120, 16)


@pytest.mark.parametrize("quarters", range(4))
def test_an_area_lies_over_its_letters_however_the_picture_is_turned(quarters):
    document = Document(400, 300)
    for _ in range(quarters):
        document = document.turned()
    (area,) = areas((MAIL,), document, {"mail": "E-mail addresses"})
    assert area.name == "E-mail addresses"
    expected = Hide(id=0, x=MAIL.x, y=MAIL.y, w=MAIL.w, h=MAIL.h)
    for quarter in range(quarters):
        expected = expected.turned(400 if quarter % 2 else 300)
    a, b = area.bounds, expected.bounds
    assert a.x < b.x
    assert a.y < b.y
    assert a.x + a.w > b.x + b.w
    assert a.y + a.h > b.y + b.h
    assert a.w < b.w + 8
    assert a.x >= 0
    assert a.x + a.w <= document.width


def test_what_is_covered_is_not_offered_any_more_and_half_covered_is():
    document = Document(400, 300)
    assert still_seen((MAIL,), document) == (MAIL,)
    assert still_seen((MAIL,), document.with_all(areas((MAIL,), document, {}))) == ()
    assert still_seen((MAIL,), document.added(Hide(id=0, x=100, y=50, w=60, h=16))) == (MAIL,)
    assert still_seen((MAIL,), document.added(Box(id=0, x=90, y=40, w=200, h=60))) == (MAIL,)
