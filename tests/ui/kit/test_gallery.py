# SPDX-License-Identifier: Apache-2.0
"""The gallery sees what a person would see: words that are cut, that lie on each other, that are English in the Chinese window."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from firstlight.kit.labels import ElidedLabel, label
from gallery import run
from gallery.looking import is_ours_in_english
from gallery.stage import Stage, View


def planted(stage: Stage) -> QWidget:
    """Eight widgets: three of them wrong."""
    page = QWidget()
    page.setFixedSize(400, 300)
    for text, area in (
        ("This one fits", (0, 0, 200, 30)),
        ("This one is too long for the place that it has", (0, 40, 80, 30)),
        ("Under another", (200, 100, 180, 30)),
        ("Over it", (210, 105, 180, 30)),
        ("Beyond the edge", (0, 290, 200, 30)),
    ):
        made = label(text, wrap=False, parent=page)
        made.setGeometry(*area)
    ElidedLabel("This one says with an ellipsis that there is more of it", parent=page).setGeometry(0, 200, 80, 30)
    hidden = label("Nobody sees this long sentence at all", wrap=False, parent=page)
    hidden.setGeometry(0, 240, 10, 10)
    hidden.hide()
    stage.own(page)
    page.show()
    return page


def sound(stage: Stage) -> QWidget:
    """Words in a layout."""
    page = QWidget()
    box = QVBoxLayout(page)
    for text in ("Short", "A sentence that is long enough to need a second line in a place that is as narrow as this one"):
        box.addWidget(label(text), alignment=Qt.AlignmentFlag.AlignTop)
    page.resize(300, 200)
    stage.own(page)
    page.show()
    return page


def test_words_that_are_cut_covered_or_beyond_the_edge_are_found(qapp: QApplication, tmp_path: Path) -> None:
    found = run.shoot(qapp, View(), planted, tmp_path / "planted.png")
    assert [line.split("'")[1] for line in found if line.startswith("cut")] == ["This one is too long for the place that it has"]
    assert [line.split("'")[1] for line in found if line.startswith("overlap")] == ["Under another"]
    assert [line.split("'")[1] for line in found if line.startswith("outside")] == ["Beyond the edge"]
    assert len(found) == 3


def test_words_that_fit_are_let_be(qapp: QApplication, tmp_path: Path) -> None:
    assert run.shoot(qapp, View(), sound, tmp_path / "sound.png") == []


def test_a_scene_that_fails_is_told_and_leaves_nothing(qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    stages = []

    def broken(stage: Stage) -> QWidget:
        stages.append(stage)
        raise LookupError("no such page")

    assert run.shoot(qapp, View(), broken, tmp_path / "broken.png") == ["failed: LookupError: no such page"]
    assert not stages[0].home.exists()


def test_the_real_window_is_a_scene(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the window puts its own there

    def honour(stage: Stage) -> QWidget:
        stage.desk().window.visit("honour")
        stage.settle()
        return stage.window

    path = tmp_path / "honour.png"
    assert run.shoot(qapp, View("zh_CN", "dark", "900x600"), honour, path) == []
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (900, 600)
    assert picture.pixelColor(450, 590).lightness() < 60


def test_english_of_ours_is_known_from_a_strangers() -> None:
    assert is_ours_in_english("Nothing is plugged in")
    assert is_ours_in_english("Offline, 3 waiting")
    assert not is_ours_in_english("Since 09:41"), "no sentence of ours"
    assert not is_ours_in_english("Aurora Testers")
    assert not is_ours_in_english("没有连接任何设备")
