# SPDX-License-Identifier: Apache-2.0
"""Once round a page by Tab: what a mouse can press, the keyboard must reach, and one must see where it is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from firstlight.shell.focus_ring import FocusRing
from gallery.looking import Flaw, words

MOST = 300


def unreached(top: QWidget) -> list[Flaw]:
    """Everything that Tab does not come to, that takes no focus, or that has it where nobody sees it."""
    wanted = [w for w in top.findChildren(QWidget) if _is_wanted(w, top)]
    met, found = _round(top)
    found += [Flaw("no keyboard", _called(w), type(w).__name__) for w in wanted if w not in met and not _has_a_sibling(w, met)]
    return list(dict.fromkeys(found))


def _round(top: QWidget) -> tuple[set[QWidget], list[Flaw]]:
    """Where Tab leads until it begins anew."""
    top.activateWindow()
    ring = next((r for r in top.findChildren(FocusRing)), None)
    met: set[QWidget] = set()
    found: list[Flaw] = []
    for _ in range(MOST):
        QTest.keyClick(QApplication.focusWidget() or top, Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        if now is None or now in met:
            break
        met.add(now)
        if now is not top and _seen(now).isEmpty():
            found.append(Flaw("focus out of view", _called(now)))
        elif ring is not None and now is not top and not _is_framed(now, ring, top):
            found.append(Flaw("no focus ring", _called(now)))
    return met, found


def _seen(widget: QWidget) -> QRegion:
    """What is seen of it: an area without a frame is covered by its own viewport."""
    region = widget.visibleRegion()
    return widget.viewport().visibleRegion() if region.isEmpty() and isinstance(widget, QAbstractScrollArea) else region


def _is_framed(widget: QWidget, ring: FocusRing, top: QWidget) -> bool:
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        return True  # the row paints it
    seen = _seen(widget).boundingRect()
    area = QRect(widget.mapTo(top, QPoint(0, 0)) + seen.topLeft(), seen.size())
    return ring.isVisible() and ring.geometry().intersects(area)


def _is_wanted(widget: QWidget, top: QWidget) -> bool:
    if not isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit):
        return False
    if not widget.isVisibleTo(top) or not widget.isEnabled() or widget.size().isEmpty():
        return False
    inner = isinstance(widget.parentWidget(), QLineEdit | QComboBox | QAbstractScrollArea)  # the cross of a field, the corner of a table
    # A step of the rail that cannot be opened yet is shown and pressed by nobody.
    return not inner and not (widget.focusPolicy() == Qt.FocusPolicy.NoFocus and type(widget).__name__ == "StepButton")


def _has_a_sibling(widget: QWidget, met: set[QWidget]) -> bool:
    """One of several that exclude each other is enough: arrows lead to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(b in met for b in group.buttons())


def _called(widget: QWidget) -> str:
    return widget.accessibleName() or words(widget) or type(widget).__name__
