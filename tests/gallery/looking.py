# SPDX-License-Identifier: Apache-2.0
"""What a picture must not show: words that are cut off or lie on each other, and English in the Chinese window."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QCheckBox, QLabel, QPushButton, QRadioButton, QToolButton, QWidget

from firstlight.base.paths import resources
from firstlight.kit.labels import ElidedLabel

SLACK = 2
"""Pixels that a font's own roundings may cost."""


class Flaw(NamedTuple):
    """One thing to mend: what kind, and the words that it is about."""

    kind: str
    words: str
    why: str = ""


def flaws(top: QWidget, language: str) -> list[Flaw]:
    """Everything that is wrong with what `top` shows now."""
    shown = [w for w in top.findChildren(QWidget) if isinstance(w, QLabel | QAbstractButton) and _is_seen(w, top) and words(w)]
    found = [flaw for w in shown for flaw in (_cut(w), _outside(w, top)) if flaw is not None]
    found += _overlaps(shown)
    if language != "en":
        found += [Flaw("English", words(w)) for w in shown if w.property("role") != "mono" and is_ours_in_english(words(w))]
    return list(dict.fromkeys(found))


def words(widget: QWidget) -> str:
    """What a label or a button says; nothing for a picture."""
    if isinstance(widget, QLabel):
        text = widget.text()
        return QTextDocumentFragment.fromHtml(text).toPlainText() if widget.textFormat() == Qt.TextFormat.RichText else text
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly and not widget.icon().isNull():
        return ""
    return widget.text().strip(" \u00a0\u200e") if isinstance(widget, QAbstractButton) else ""


def _is_seen(widget: QWidget, top: QWidget) -> bool:
    return widget.isVisibleTo(top) and not widget.visibleRegion().isEmpty()


def _cut(widget: QWidget) -> Flaw | None:
    need, have = (_label_needs(widget) if isinstance(widget, QLabel) else _button_needs(widget)), widget.size()
    if need is None:
        return None
    short = [
        f"{name} {has} < {needs}"
        for name, has, needs in zip(("width", "height"), (have.width(), have.height()), need, strict=True)
        if has + SLACK < needs
    ]
    return Flaw("cut", words(widget), ", ".join(short)) if short else None


def _label_needs(label: QLabel) -> tuple[int, int] | None:
    """Width and height that the words take, with the label's own margins; None for a label that shortens itself."""
    if isinstance(label, ElidedLabel):
        return None
    space = label.contentsMargins()
    wide, high = space.left() + space.right() + 2 * label.margin(), space.top() + space.bottom() + 2 * label.margin()
    if label.textFormat() == Qt.TextFormat.RichText:
        return (0, label.heightForWidth(label.width())) if label.wordWrap() else (label.sizeHint().width(), label.sizeHint().height())
    metrics, room = label.fontMetrics(), max(1, label.width() - wide)
    flags = label.alignment().value | (Qt.TextFlag.TextWordWrap.value if label.wordWrap() else 0)
    box = metrics.boundingRect(0, 0, room, 1 << 20, flags, label.text())
    return box.width() + wide, box.height() + high


def _button_needs(button: QWidget) -> tuple[int, int] | None:
    if isinstance(button, QPushButton | QToolButton | QCheckBox | QRadioButton):
        hint = button.sizeHint()
        return hint.width(), min(hint.height(), button.fontMetrics().height())
    return None


def _outside(widget: QWidget, top: QWidget) -> Flaw | None:
    """Words that a parent cuts; what lies in a scroll area may be scrolled to."""
    area, at = widget.rect(), widget
    while at is not top and at.parentWidget() is not None:
        holder = at.parentWidget()
        area = area.translated(at.pos())
        scrolls = isinstance(holder.parentWidget(), QAbstractScrollArea)
        reach = 1 << 20 if scrolls else SLACK  # up and down one may scroll, sideways nothing does in this house
        if not holder.rect().adjusted(-SLACK, -reach, SLACK, reach).contains(area):
            return Flaw("outside", words(widget), f"of {type(holder).__name__}")
        if scrolls:
            area = area & holder.rect()
            if area.isEmpty():
                return None
        at = holder
    return None


def _overlaps(shown: list[QWidget]) -> Iterator[Flaw]:
    """Words of one parent that lie on each other."""
    for one, other in combinations(shown, 2):
        if one.parentWidget() is other.parentWidget() and _ink(one).intersects(_ink(other)):
            yield Flaw("overlap", words(one), words(other))


def _ink(widget: QWidget) -> QRect:
    """Roughly where the words are."""
    area = widget.rect()
    if isinstance(widget, QLabel) and not widget.wordWrap():
        need = _label_needs(widget)
        if need is not None and widget.alignment() & Qt.AlignmentFlag.AlignLeft:
            area.setWidth(min(area.width(), need[0]))
    return area.translated(widget.mapTo(widget.window(), QPoint(0, 0))).adjusted(SLACK, SLACK, -SLACK, -SLACK)


# -- whose words -------------------------------------------------------------------------------------------------------------------


def is_ours_in_english(text: str) -> bool:
    """Whether a visible text is one of our English sentences, where Chinese has other words for it."""
    plain, patterns = _sentences()
    text = text.strip()
    return text in plain or any(p.fullmatch(text) for p in patterns)


@cache
def _sentences() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    plain, patterns = set(), []
    for file in sorted((resources() / "i18n" / "zh_CN").glob("*.ts")):
        for message in ET.parse(file).iter("message"):
            source = message.findtext("source") or ""
            if source == (message.findtext("translation") or "") or not re.search(r"[A-Za-z]{3}", source):
                continue
            pieces = re.split(r"(\{\w*[^}]*\}|%n|%L?\d)", source)
            if len(pieces) == 1:
                plain.add(source.strip())
            elif sum(len(p) for p in pieces[::2]) >= 8:
                patterns.append(re.compile("".join(re.escape(p) if i % 2 == 0 else ".{0,200}?" for i, p in enumerate(pieces)), re.DOTALL))
    return frozenset(plain), tuple(patterns)
