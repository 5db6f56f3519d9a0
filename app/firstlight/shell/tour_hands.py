# SPDX-License-Identifier: Apache-2.0
"""The hands of the tour: clicks, keys, and waiting for a page."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from firstlight.shell.tour_guide import Guide

W = TypeVar("W", bound=QWidget)


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    field.setFocus()
    if isinstance(field, QLineEdit):
        field.clear()
    else:
        field.setPlainText("")
    if text.isascii() and "\n" not in text:
        QTest.keyClicks(field, text)
    elif isinstance(field, QLineEdit):
        field.insert(text)  # as an input method would
    else:
        field.insertPlainText(text)


def page_of(guide: Guide, kind: type[W], what: str, limit_s: float = 30) -> W:
    found: list[W] = []

    def is_there() -> bool:
        page = guide.desk.window.page(guide.desk.window.current)
        found[:] = [page] if isinstance(page, kind) else []
        return bool(found)

    guide.until(is_there, what, limit_s)
    return found[0]


def said(guide: Guide, en: str, zh: str) -> str:
    return zh if guide.desk.kit.language == "zh_CN" else en


# -- signing in --------------------------------------------------------------------------------------------------------
