# SPDX-License-Identifier: Apache-2.0
"""The editor by mouse and by keyboard alone: what is drawn is kept at once, and each step can be taken back."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from fakes.window import buttons_without_name
from firstlight.annotate.document import read
from firstlight.annotate.shapes import Arrow, Box, Hide, Number, Text
from firstlight.annotate.ui.editor import EditorPage
from firstlight.annotate.ui.flatten import flattened
from firstlight.annotate.ui.hand import LETTERS
from firstlight.annotate.ui.tools.table import TOOLS

Key, Mod = Qt.Key, Qt.KeyboardModifier


def picture() -> QImage:
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("#F7F9FB"))
    return image


@pytest.fixture
def editor(dressed, qtbot):
    page = EditorPage(dressed.kit, picture=picture(), document_json=None, name="status.png")
    qtbot.addWidget(page)
    page.resize(1180, 760)
    page.show()
    page.shown()
    return page


def at(editor, x, y) -> QPoint:
    return editor.canvas.mapFromScene(x, y)


def drag(editor, x1, y1, x2, y2, steps=4):
    view = editor.canvas.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Mod.NoModifier, at(editor, x1, y1))
    for step in range(1, steps + 1):
        QTest.mouseMove(view, at(editor, x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Mod.NoModifier, at(editor, x2, y2))


def press(editor, key, modifiers=Mod.NoModifier):
    QTest.keyClick(editor.canvas, key, modifiers)


def test_each_letter_takes_its_tool(editor):
    for kind, letter in LETTERS.items():
        QTest.keyClicks(editor.canvas, letter.lower())
        assert editor.live.tool == kind


@pytest.mark.parametrize("kind", TOOLS)
def test_each_tool_draws_by_mouse_and_undo_takes_the_whole_stroke_back(editor, kind):
    press(editor, getattr(Key, f"Key_{TOOLS[kind].letter}"))
    drag(editor, 200, 200, 400, 300, steps=8)
    if kind == "text":
        QTest.keyClicks(editor.style_card.words, "Fan stops")
        QTest.keyClick(editor.style_card.words, Key.Key_Escape)
    assert [s.kind for s in editor.document.shapes] == [kind]
    assert editor.live.selected == editor.document.shapes[0].id
    drawn = flattened(editor.live.original, editor.document)
    assert drawn != editor.live.base
    while editor.live.editing.can_undo:
        QTest.keyClick(editor, Key.Key_Z, Mod.ControlModifier)
    assert editor.document.is_empty
    while editor.live.editing.can_redo:
        QTest.keyClick(editor, Key.Key_Z, Mod.ControlModifier | Mod.ShiftModifier)
    assert flattened(editor.live.original, editor.document) == drawn


@pytest.mark.parametrize("kind", TOOLS)
def test_each_tool_draws_moves_sizes_and_removes_by_keyboard_alone(editor, kind):
    press(editor, getattr(Key, f"Key_{TOOLS[kind].letter}"))
    press(editor, Key.Key_Return)
    if kind == "text":
        assert editor.style_card.words.hasFocus()
        QTest.keyClicks(editor.style_card.words, "Fan")
        QTest.keyClick(editor.style_card.words, Key.Key_Return, Mod.ControlModifier)
    assert editor.canvas.hasFocus()
    (shape,) = editor.document.shapes
    press(editor, Key.Key_Right, Mod.ShiftModifier)
    press(editor, Key.Key_Down)
    assert editor.document.shapes[0].bounds.x == pytest.approx(shape.bounds.x + 10)
    assert editor.document.shapes[0].bounds.y == pytest.approx(shape.bounds.y + 1)
    before = editor.document.shapes[0]
    press(editor, Key.Key_Right, Mod.ControlModifier)
    assert (editor.document.shapes[0] != before) == any(name in ("se", "end") for name, _, _ in shape.handles)
    press(editor, Key.Key_Delete)
    assert editor.document.shapes == ()


def test_a_press_without_a_drag_draws_nothing_and_leaves_no_step(editor):
    press(editor, Key.Key_R)
    drag(editor, 100, 100, 100, 100)
    assert editor.document.is_empty
    assert not editor.live.editing.can_undo


def test_a_text_without_words_goes_by_itself(editor):
    press(editor, Key.Key_T)
    drag(editor, 100, 100, 101, 101)
    editor.live.select(0)
    assert editor.document.shapes == ()


def test_what_is_drawn_is_told_at_once_and_in_mid_drag(editor, qtbot):
    told = []
    editor.changed.connect(told.append)
    press(editor, Key.Key_A)
    view = editor.canvas.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Mod.NoModifier, at(editor, 100, 100))
    QTest.mouseMove(view, at(editor, 300, 200))
    qtbot.waitUntil(lambda: bool(told), timeout=2000)
    assert isinstance(read(told[-1]).shapes[0], Arrow)
    QTest.mouseMove(view, at(editor, 350, 250))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Mod.NoModifier, at(editor, 350, 250))
    assert read(told[-1]) == editor.document


def test_what_was_told_opens_again_with_the_same_pixels(editor, dressed, qtbot):
    for kind, tool in TOOLS.items():
        press(editor, getattr(Key, f"Key_{tool.letter}"))
        drag(editor, 100, 100 + 20 * len(kind), 300, 250 + 10 * len(kind))
        if kind == "text":
            QTest.keyClicks(editor.style_card.words, "heat")
            QTest.keyClick(editor.style_card.words, Key.Key_Escape)
    used = []
    editor.used.connect(used.append)
    editor.use_picture()
    again = EditorPage(dressed.kit, picture=picture(), document_json=used[0])
    qtbot.addWidget(again)
    assert again.document == editor.document
    assert flattened(again.live.original, again.document) == flattened(editor.live.original, editor.document)


def test_a_mark_is_chosen_moved_and_resized_by_mouse(editor):
    press(editor, Key.Key_R)
    drag(editor, 200, 200, 400, 300)
    press(editor, Key.Key_V)
    drag(editor, 200, 225, 230, 235)
    (box,) = editor.document.shapes
    assert isinstance(box, Box)
    assert (box.x, box.y) == pytest.approx((230, 210), abs=2)
    drag(editor, box.x + box.w, box.y + box.h, 500, 400)
    (box,) = editor.document.shapes
    assert (box.x + box.w, box.y + box.h) == pytest.approx((500, 400), abs=2)
    drag(editor, 20, 20, 20, 20)
    assert editor.live.selected == 0


def test_the_crop_is_drawn_dragged_and_taken_back(editor):
    press(editor, Key.Key_C)
    drag(editor, 100, 100, 500, 400)
    crop = editor.document.crop
    assert crop is not None
    assert (crop.x, crop.y, crop.w, crop.h) == pytest.approx((100, 100, 400, 300), abs=3)
    drag(editor, crop.x + crop.w, crop.y + crop.h, 600, 500)
    assert editor.document.crop is not None
    assert editor.document.crop.w == pytest.approx(500, abs=4)
    press(editor, Key.Key_Left, Mod.ShiftModifier)
    editor.live.undo()
    editor.live.undo()
    editor.live.undo()
    assert editor.document.crop is None


def test_the_list_names_each_mark_and_does_everything_by_keyboard(editor):
    for kind in ("arrow", "number", "number", "hide"):
        press(editor, getattr(Key, f"Key_{TOOLS[kind].letter}"))
        press(editor, Key.Key_Return)
    marks: QListView = editor.marks
    model = marks.model()
    assert [model.index(r).data() for r in range(4)] == ["Hidden area", "Step 2", "Step 1", "Arrow"]
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Step 2, 2 of 4"
    marks.setFocus()
    editor.live.select(editor.document.shapes[3].id)
    QTest.keyClick(marks, Key.Key_Down)
    chosen = editor.live.shape
    assert isinstance(chosen, Number)
    QTest.keyClick(marks, Key.Key_Space)
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Step 2, not shown, 2 of 4"
    QTest.keyClick(marks, Key.Key_Right, Mod.ControlModifier | Mod.ShiftModifier)
    moved = editor.live.shape
    assert isinstance(moved, Number)
    assert moved.x == chosen.x + 10
    QTest.keyClick(marks, Key.Key_Down, Mod.AltModifier)
    assert editor.document.number_of(chosen.id) == 1
    QTest.keyClick(marks, Key.Key_Delete)
    assert len(editor.document.shapes) == 3


def test_restyling_what_is_chosen_counts_for_the_next_one_too(editor):
    press(editor, Key.Key_R)
    drag(editor, 200, 200, 400, 300)
    editor.live.set_style(color="#2459A8")
    editor.live.set_style(width=8.0)
    drag(editor, 420, 200, 520, 300)
    assert [(s.color, s.width) for s in editor.document.shapes] == [("#2459A8", 8.0)] * 2


def test_a_dark_mark_on_dark_ground_gets_a_light_edge_by_itself(dressed, qtbot):
    image = picture()
    image.fill(QColor("#C42B1C"))
    page = EditorPage(dressed.kit, picture=image)
    qtbot.addWidget(page)
    page.live.set_tool("box")
    page.live.place(400, 300)
    assert page.document.shapes[0].edge


def test_the_clipboard_gets_the_picture_with_its_covers_never_the_bare_one(editor):
    press(editor, Key.Key_X)
    drag(editor, 100, 100, 300, 200)
    assert isinstance(editor.document.shapes[0], Hide)
    press(editor, Key.Key_C, Mod.ControlModifier | Mod.ShiftModifier)
    copied = QGuiApplication.clipboard().image()
    assert copied.pixelColor(200, 150) == QColor("#16181A")


def test_a_text_is_edited_from_the_list(editor):
    press(editor, Key.Key_T)
    press(editor, Key.Key_Return)
    QTest.keyClicks(editor.style_card.words, "Fan")
    QTest.keyClick(editor.style_card.words, Key.Key_Escape)
    editor.marks.setFocus()
    QTest.keyClick(editor.marks, Key.Key_Return)
    assert editor.style_card.words.hasFocus()
    QTest.keyClicks(editor.style_card.words, "Heat")
    (shape,) = editor.document.shapes
    assert isinstance(shape, Text)
    assert shape.text == "Heat"


def test_zoom_keeps_marks_where_they_are(editor):
    press(editor, Key.Key_R)
    drag(editor, 200, 200, 400, 300)
    before = editor.document
    for key in ("+", "+", "-", "0", "f"):
        QTest.keyClicks(editor.canvas, key)
    assert editor.document == before
    assert editor.canvas.zoom <= 1.0


def test_what_stands_on_the_canvas_is_what_leaves(editor):
    """Pixel for pixel at 100 %, but for handles: none is chosen."""
    rng = random.Random(3)
    for kind in TOOLS:
        if kind == "text":
            continue
        editor.live.set_tool(kind)
        x, y = rng.randint(200, 500), rng.randint(200, 400)
        drag(editor, x, y, x + 90, y + 60)
    editor.live.set_tool("select")
    editor.live.select(0)
    editor.canvas.set_zoom(1.0)
    editor.canvas.centerOn(400, 300)
    shot = editor.canvas.viewport().grab().toImage()
    flat = flattened(editor.live.original, editor.document)
    corner = editor.canvas.mapFromScene(0, 0)
    wrong = 0
    for y in range(150, 450, 3):
        for x in range(150, 600, 3):
            a, b = shot.pixelColor(x + corner.x(), y + corner.y()), flat.pixelColor(x, y)
            wrong += max(abs(p - q) for p, q in zip(a.getRgb(), b.getRgb(), strict=True)) > 24
    assert wrong == 0


def test_every_button_has_a_name_and_the_tooltips_tell_the_letters(editor):
    assert buttons_without_name(editor) == []
    assert editor.canvas.accessibleName()
    assert editor.marks.accessibleName()


def test_a_rebuilt_editor_is_as_before(editor, dressed, qtbot):
    press(editor, Key.Key_R)
    drag(editor, 200, 200, 400, 300)
    again = EditorPage(dressed.kit, picture=picture())
    qtbot.addWidget(again)
    again.restore(editor.memo())
    assert again.document == editor.document
    assert again.live.tool == "box"


def test_the_model_of_the_list_keeps_qts_rules(editor, qtmodeltester):
    for kind in ("arrow", "number", "hide"):
        editor.live.set_tool(kind)
        editor.live.place(200, 200)
    qtmodeltester.check(editor.marks.model())


def test_a_mark_is_named_from_the_list_and_keeps_its_own_words_when_the_name_goes(editor):
    editor.live.set_tool("arrow")
    editor.live.place(300, 200)
    editor.marks.setFocus()
    QTest.keyClick(editor.marks, Key.Key_F2)
    field = editor.style_card.name
    assert field.hasFocus()
    QTest.keyClicks(field, "Fan stops here")
    QTest.keyClick(field, Key.Key_Return)
    assert editor.marks.hasFocus()
    model = editor.marks.model()
    assert editor.document.shapes[0].name == "Fan stops here"
    assert model.index(0).data() == "Fan stops here"
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Arrow, Fan stops here, 1 of 1"
    assert read(editor.document.to_json()) == editor.document
    QTest.keyClick(editor.marks, Key.Key_Return)
    QTest.keyClick(field, Key.Key_Delete)
    QTest.keyClick(field, Key.Key_Escape)
    assert model.index(0).data() == "Arrow"
    for _ in range(2):
        editor.live.undo()
    assert model.index(0).data() == "Arrow"
    editor.live.undo()
    assert editor.document.shapes == ()
