# SPDX-License-Identifier: Apache-2.0
"""Marks on a picture: order, steps that renumber, undo and redo, and the form in which they are kept."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.annotate.document import Document, Editing, read
from firstlight.annotate.geometry import Crop
from firstlight.annotate.shape_json import from_json
from firstlight.annotate.shapes import (
    KINDS,
    Arrow,
    Box,
    Ellipse,
    Freehand,
    Hide,
    Highlighter,
    Line,
    Magnifier,
    Mosaic,
    Number,
    Shape,
    Spotlight,
    Text,
    called,
)
from firstlight.base.errors import BadInput

ALL: tuple[Shape, ...] = (
    Arrow(id=0, x1=1, y1=2, x2=30, y2=40),
    Line(id=0, x1=1, y1=2, x2=30.25, y2=40, color="#2459A8", width=2, edge=True),
    Box(id=0, x=5, y=6, w=70, h=8),
    Ellipse(id=0, x=5, y=6, w=70, h=8),
    Freehand(id=0, points=((1, 2), (3, 4), (5, 6))),
    Highlighter(id=0, points=((1, 2), (30, 4))),
    Text(id=0, x=3, y=4, text="Lüfter steht 风扇"),
    Number(id=0, x=10, y=10),
    Hide(id=0, x=5, y=6, w=70, h=8),
    Mosaic(id=0, x=5, y=6, w=70, h=8),
    Spotlight(id=0, x=5, y=6, w=70, h=8),
    Magnifier(id=0, x=5, y=6, w=20, h=8, tx=80, ty=70),
)


def filled() -> Document:
    document = Document(400, 300, 1.5)
    for shape in ALL:
        document = document.added(shape)
    return document


def test_every_kind_of_shape_is_tried_here():
    assert {s.kind for s in ALL} == set(KINDS)


def test_what_is_kept_as_json_comes_back_the_same():
    document = filled().cropped(Crop(10, 20, 200, 100))
    assert read(json.loads(json.dumps(document.to_json()))) == document


def test_steps_renumber_when_one_goes_or_moves():
    document = Document(100, 100)
    for at in range(3):
        document = document.added(Number(id=0, x=at, y=at))
    first, second, third = (s.id for s in document.shapes)
    assert [document.number_of(i) for i in (first, second, third)] == [1, 2, 3]
    assert document.without((first,)).number_of(third) == 2
    assert document.shifted(third, -2).number_of(third) == 1


def test_ids_are_never_used_again():
    document = Document(100, 100).added(ALL[0])
    gone = document.shapes[0].id
    assert document.without((gone,)).added(ALL[0]).shapes[0].id != gone


def test_a_crop_stays_inside_the_picture_and_a_whole_one_is_none():
    document = Document(100, 80)
    assert document.cropped(Crop(-5, -5, 500, 500)).crop is None
    assert document.cropped(Crop(90, 70, 50, 50)).crop == Crop(90, 70, 10, 10)


@pytest.mark.parametrize("shape", ALL, ids=lambda s: s.kind)
def test_moving_there_and_back_changes_nothing(shape):
    assert shape.moved(12, -7).moved(-12, 7) == shape


@pytest.mark.parametrize("shape", [s for s in ALL if s.handles], ids=lambda s: s.kind)
def test_a_handle_goes_where_it_is_dragged(shape):
    for name, *before in shape.handles:
        moved = shape.with_handle(name, 200.0, 150.0)
        assert moved.bounds.w >= 0
        assert moved.bounds.h >= 0
        # An edge goes one way only; a corner that is dragged over another changes its name with it.
        places = [place for _, *place in moved.handles]
        wanted = {"n": (None, 150.0), "s": (None, 150.0), "e": (200.0, None), "w": (200.0, None)}.get(name, (200.0, 150.0))
        assert any(all(want in (None, at) for want, at in zip(wanted, place, strict=True)) for place in places), (name, before, places)
        assert moved != shape


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.update(annotations=99),
        lambda d: d.update(shapes="none"),
        lambda d: d["shapes"][0].update(kind="rocket"),
        lambda d: d["shapes"][0].update(x1=float("nan")),
        lambda d: d["shapes"][0].update(x1=1e12),
        lambda d: d["shapes"][0].update(id=2),
        lambda d: d["shapes"][8].update(w=-3),
        lambda d: d["shapes"][4].update(points=[[1], "x"]),
        lambda d: d["shapes"][0].update(color="red; drop"),
        lambda d: d.update(width=0),
        lambda d: d.update(crop=[1, 2]),
        lambda d: d.pop("shapes"),
    ],
)
def test_a_damaged_document_is_refused_whole_never_flattened_without_its_covers(spoil):
    raw = filled().to_json()
    spoil(raw)
    with pytest.raises(BadInput):
        read(raw)


def test_a_drag_is_one_step_of_undo():
    editing = Editing(Document(100, 100).added(ALL[2]))
    box = editing.document.shapes[0]
    for step in range(1, 20):
        editing.apply(editing.document.changed(box.moved(step, 0)), "move:1")
    editing.settle()
    editing.apply(editing.document.changed(box.moved(50, 0)), "move:1")
    assert editing.undo()
    assert editing.document.shapes[0] == box.moved(19, 0)
    assert editing.undo()
    assert editing.document.shapes[0] == box
    assert not editing.undo()


_ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "move", "remove", "raise", "crop"]), st.integers(0, 11), st.sampled_from(["", "a", "b"])), max_size=40
)


@given(_ACTS)
def test_undo_all_and_redo_all_give_the_same_documents(acts):
    start = Document(200, 200)
    editing = Editing(start)
    for act, number, merge in acts:
        document = editing.document
        ids = [s.id for s in document.shapes]
        if act == "add":
            document = document.added(ALL[number])
        elif act == "crop":
            document = document.cropped(Crop(number, number, 50, 50))
        elif ids:
            id = ids[number % len(ids)]
            shape = document.shape(id)
            assert shape is not None
            document = {
                "move": lambda d=document, s=shape: d.changed(s.moved(1, 1)),
                "remove": lambda d=document, i=id: d.without((i,)),
                "raise": lambda d=document, i=id: d.shifted(i, 1),
            }[act]()
        editing.apply(document, merge)
    end = editing.document
    while editing.undo():
        pass
    assert editing.document == start
    while editing.redo():
        pass
    assert editing.document == end


@pytest.mark.parametrize("shape", ALL, ids=lambda s: s.kind)
def test_four_quarters_turn_a_mark_back_where_it_was(shape):
    width, height = 400.0, 300.0
    turned = shape
    for quarter in range(4):
        turned = turned.turned(width if quarter % 2 else height)
    assert turned == shape
    assert shape.turned(height).bounds.w == pytest.approx(shape.bounds.h)


def test_a_turned_document_is_kept_in_a_form_that_older_programs_refuse():
    document = filled().cropped(Crop(10, 20, 200, 100)).turned()
    assert (document.width, document.height, document.turn) == (300, 400, 1)
    assert document.crop == Crop(300 - 20 - 100, 10, 100, 200)
    raw = json.loads(json.dumps(document.to_json()))
    assert raw["annotations"] != filled().to_json()["annotations"]
    assert read(raw) == document
    for turn in (4, -1, 1.5, True, "1"):
        with pytest.raises(BadInput):
            read({**raw, "turn": turn})
    back = document.turned().turned().turned()
    assert back.turn == 0
    assert back.shapes == filled().shapes


def test_a_name_is_one_line_of_bounded_length():
    assert called("  Fan\n stops\x07 here ") == "Fan stops here"
    assert len(called("x" * 500)) == 80
    raw = {**ALL[0].to_json(), "name": "a\nb" * 400}
    assert "\n" not in from_json(raw).name
