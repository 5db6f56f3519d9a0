# SPDX-License-Identifier: Apache-2.0
"""The keyboard alone goes round whole pages: nothing is out of its reach, and one sees where it is, also after a scroll."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from firstlight.shell.focus_ring import FocusRing
from gallery import scenes_composer, scenes_devices
from gallery.keyboard import unreached
from gallery.stage import Stage, View


@pytest.fixture
def stage(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the window puts its own there
    made = Stage(qapp, View(size="900x600"))
    yield made
    made.close()


def test_devices_and_the_router_dialog_are_reached(stage: Stage) -> None:
    assert unreached(scenes_devices.page(stage, devices=scenes_devices.PHONES, pc=scenes_devices.BAD)) == []
    page = stage.window.page("devices")
    page.add_button.click()
    stage.until(lambda: (ring := page.dialog.findChild(FocusRing)) is not None and ring.isVisible(), "one sees where the keyboard is")
    assert unreached(page.dialog) == []
    QTest.keyClick(page.dialog, Qt.Key.Key_Escape)
    assert page.dialog is None


def test_the_ring_follows_what_it_frames_when_the_page_is_scrolled(stage: Stage) -> None:
    scenes_devices.page(stage, devices=scenes_devices.PHONES, pc=scenes_devices.BAD)
    page, ring = stage.window.page("devices"), stage.window.findChild(FocusRing)
    button = page.practice.row(scenes_devices.Kind.PHONE).fault_button
    stage.window.activateWindow()
    page.practice.row(scenes_devices.Kind.PHONE).switch.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is button
    assert ring.isVisible()
    for by in (40, 15):
        page.scroll_area.verticalScrollBar().setValue(by)
        assert ring.pos() == button.mapTo(stage.window, QPoint(0, 0)) - QPoint(4, 4)


def test_f6_goes_round_the_regions_and_shift_f6_back(stage: Stage) -> None:
    scenes_devices.page(stage, devices=scenes_devices.PHONES, pc=scenes_devices.BAD)
    window, page = stage.window, stage.window.page("devices")
    window.activateWindow()
    regions = (window.navigation, page.header, page.scroll_area.widget())

    def where() -> int:
        return next(at for at, region in enumerate(regions) if region.isAncestorOf(QApplication.focusWidget()))

    page.add_button.setFocus()
    seen = []
    for keys in (Qt.KeyboardModifier.NoModifier,) * 3 + (Qt.KeyboardModifier.ShiftModifier,) * 2:
        QTest.keyClick(window, Qt.Key.Key_F6, keys)
        seen.append(where())
        assert window.findChild(FocusRing).isVisible()
    assert seen == [2, 0, 1, 0, 2]


def test_the_ring_of_a_field_that_is_half_scrolled_away_lies_on_nothing_below_the_page(stage: Stage) -> None:
    scenes_composer.new(stage)
    page, ring = stage.window.page("report"), stage.window.findChild(FocusRing)
    stage.window.activateWindow()
    page.form.text.setFocus()
    bar, view = page.scroll_area.verticalScrollBar(), page.scroll_area.viewport()
    edge = view.mapTo(stage.window, view.rect().bottomLeft()).y()
    top = page.form.text.mapTo(stage.window, QPoint(0, 0)).y()
    assert ring.isVisible() and ring.mask().isEmpty(), "whole as long as the field is"
    page.form.text.setFixedHeight(edge - top + 60)
    stage.until(lambda: not ring.mask().isEmpty(), "the ring is cut as its field is")
    assert ring.y() + ring.mask().boundingRect().bottom() <= edge < ring.geometry().bottom()
    bar.setValue(bar.maximum())
    assert ring.y() + ring.mask().boundingRect().top() >= view.mapTo(stage.window, QPoint(0, 0)).y()
