# SPDX-License-Identifier: Apache-2.0
"""Marks between pictures: as large as they were, inside the picture, never exactly over their twins; rubbish is none."""

from __future__ import annotations

import json

import pytest

from firstlight.annotate import clip
from firstlight.annotate.document import Document
from firstlight.annotate.shapes import Arrow, Box, Number, Text

MARKS = (
    Box(id=0, x=50, y=60, w=100, h=40),
    Arrow(id=0, x1=150, y1=80, x2=300, y2=200),
    Number(id=0, x=50, y=60),
    Text(id=0, x=60, y=70, text="风扇"),
)


def document(width: int = 800, height: int = 600, scale: float = 1.0) -> Document:
    return Document(width, height, scale).with_all(MARKS)


def test_on_another_picture_of_the_same_scale_they_stand_where_they_stood():
    one = document()
    assert [s.bounds for s in clip.pasted(clip.packed(one, one.shapes), Document(800, 600))] == [s.bounds for s in one.shapes]


def test_on_a_picture_of_twice_the_scale_they_are_as_large_for_the_eye():
    one = document()
    box, *_ = clip.pasted(clip.packed(one, one.shapes), Document(1600, 1200, 2.0))
    assert (box.x, box.y, box.w, box.h) == (100, 120, 200, 80)
    assert box.width == MARKS[0].width


def test_on_a_smaller_picture_they_are_moved_together_into_it():
    one = document()
    small = Document(320, 210)
    made = clip.pasted(clip.packed(one, one.shapes), small)
    right = max(s.bounds.x + s.bounds.w for s in made)
    low = max(s.bounds.y + s.bounds.h for s in made)
    assert right <= 320
    assert low <= 210
    assert made[1].x2 - made[0].x == MARKS[1].x2 - MARKS[0].x
    far = Document(100, 100).with_all([Box(id=0, x=5, y=5, w=500, h=500)])
    assert clip.pasted(clip.packed(far, far.shapes), Document(90, 90))[0].bounds.x == 0


def test_pasted_twice_they_stand_beside_themselves():
    one = document()
    data = clip.packed(one, one.shapes)
    again = one.with_all(clip.pasted(data, one))
    assert again.shapes[4].x == MARKS[0].x + 16
    third = clip.pasted(data, again)
    assert third[0].x == MARKS[0].x + 32
    assert len({s.id for s in again.shapes}) == 8


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing",
        b"[1]",
        b'{"marks": 2, "scale": 1, "shapes": []}',
        b'{"marks": 1, "scale": 1, "shapes": [{"kind": "rocket"}]}',
        b'{"marks": 1, "scale": 1, "shapes": [{"kind": "box", "id": 1, "x": 1e300, "y": 0, "w": 1, "h": 1}]}',
        b'{"marks": 1, "scale": "x", "shapes": []}',
        b'{"marks": 1, "shapes": [{}]}',
        b"[" * 50_000,
        json.dumps({"marks": 1, "scale": 1, "shapes": []}).encode(),
    ],
)
def test_what_strangers_put_on_the_clipboard_does_no_harm(data):
    assert clip.pasted(data, document()) == ()
