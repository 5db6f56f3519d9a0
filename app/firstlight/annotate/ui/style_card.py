# SPDX-License-Identifier: Apache-2.0
"""Colour, thickness, edge and words of what is chosen, or of what is drawn next."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from firstlight.annotate.shapes import KINDS, LONGEST_NAME, Shape, Text
from firstlight.annotate.ui.live import COLOURS, CROP, MARKER_COLOURS, SELECT, WIDTHS, Live
from firstlight.annotate.ui.tools.table import title
from firstlight.annotate.ui.tools.tool import letters_on, pen
from firstlight.kit.buttons import Button, Segmented, Switch
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

_DISC = 28


class Swatch(QAbstractButton):
    """A colour as a disc; the chosen one has a tick and a ring."""

    def __init__(self, kit: Kit, colour: str, name: str) -> None:
        super().__init__()
        self._kit = kit
        self.colour = colour
        self.setCheckable(True)
        self.setFixedSize(_DISC + 4, _DISC + 4)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Fixed."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._kit.theme
        centre, radius = QPointF(self.width() / 2, self.height() / 2), _DISC / 2
        painter.setPen(pen(theme.color("focus" if self.isChecked() else "line-2"), 2 if self.isChecked() else 1))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(centre, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        painter.drawEllipse(centre, radius - 3, radius - 3)
        if self.isChecked():
            painter.setPen(pen(letters_on(QColor(self.colour)), 2))
            x, y = centre.x(), centre.y()
            painter.drawPolyline([QPointF(x - 4.5, y + 0.5), QPointF(x - 1.2, y + 4), QPointF(x + 5, y - 3.5)])
        elif not self.isEnabled():
            painter.fillRect(QRectF(self.rect()), QColor(0, 0, 0, 0))


class WordsField(QPlainTextEdit):
    """The words of a text mark. Ctrl+Enter and Esc are done.

    Signals: done().
    """

    done = Signal()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter is this field's while it has the keyboard, not the page's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _ends(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Ctrl+Enter or Esc ends; all else is typing."""
        if _ends(event):
            self.done.emit()
            return
        super().keyPressEvent(event)


class NameField(QLineEdit):
    """What the tester calls a mark in the list; it is in no picture. Enter and Esc are done.

    Signals: done().
    """

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(LONGEST_NAME)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Enter or Esc ends; all else is typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.done.emit()
            return
        super().keyPressEvent(event)


def _ends(event: QKeyEvent) -> bool:
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(is_enter) or event.key() == Qt.Key.Key_Escape


class StyleCard(QWidget):
    """The upper half of the side column.

    Signals: done() when words were typed and the canvas should have the keyboard again.
    """

    done = Signal()

    def __init__(self, kit: Kit, live: Live) -> None:
        super().__init__()
        self._kit = kit
        self._live = live
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self._title = label("", "h2", wrap=False)
        box.addWidget(self._title)
        self._hint = label("", "small", tone="2")
        box.addWidget(self._hint)
        self._colours = self._build_colours()
        box.addWidget(self._colours)
        self._strokes = self._build_strokes()
        box.addWidget(self._strokes)
        self.words = WordsField()
        self.words.setAccessibleName(self.tr("Words on the picture"))
        self.words.setPlaceholderText(self.tr("Words on the picture"))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(kit.theme.px(72))
        self.words.textChanged.connect(self._on_words_changed)
        self.words.done.connect(self.done)
        box.addWidget(self.words)
        self._name_label = label(self.tr("Name in the list (F2)"), "cap", tone="2")
        box.addWidget(self._name_label)
        self.name = NameField()
        self.name.setAccessibleName(self.tr("Name of the mark"))
        self.name.textEdited.connect(lambda text: live.rename(live.selected, text))
        self.name.done.connect(self.done)
        box.addWidget(self.name)
        self._whole = Button(kit, self.tr("Remove the crop"), size="small")
        self._whole.clicked.connect(lambda: live.apply(live.document.cropped(None)))
        box.addWidget(self._whole, 0, Qt.AlignmentFlag.AlignLeft)
        for signal in (live.selection_changed, live.tool_changed, live.style_changed, live.document_changed):
            signal.connect(self._follow)
        self._shown: tuple[object, ...] = ()
        self._follow()

    def _build_colours(self) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(label(self.tr("Colour"), "cap", tone="2"))
        self._group = QButtonGroup(holder)
        names = (self.tr("Red"), self.tr("Orange"), self.tr("Yellow"), self.tr("Green"), self.tr("Blue"), self.tr("Black"))
        markers = (self.tr("Yellow"), self.tr("Green"), self.tr("Blue"), self.tr("Pink"), self.tr("Orange"), self.tr("Violet"))
        self._rows: list[QWidget] = []
        for colours, words in ((COLOURS, names), (MARKER_COLOURS, markers)):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(5)
            for colour, name in zip(colours, words, strict=True):
                swatch = Swatch(self._kit, colour, name)
                swatch.clicked.connect(lambda _=False, colour=colour: self._live.set_style(color=colour))
                self._group.addButton(swatch)
                line.addWidget(swatch)
            line.addStretch()
            box.addWidget(row)
            self._rows.append(row)
        return holder

    def _build_strokes(self) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(4)
        self._width_name = label(self.tr("Thickness"), "cap", tone="2", wrap=False)
        left.addWidget(self._width_name)
        self._widths = Segmented(self._kit, tuple((f"{w:g}", f"{w:g}") for w in WIDTHS), "5", name=self.tr("Thickness"))
        self._widths.chosen.connect(lambda key: self._live.set_style(width=float(key)))
        left.addWidget(self._widths)
        line.addLayout(left)
        right = QVBoxLayout()
        right.setSpacing(4)
        self._edge_name = label(self.tr("Light edge"), "cap", tone="2", wrap=False)
        right.addWidget(self._edge_name)
        self._edge = Switch(self._kit, self.tr("Light edge"))
        self._edge.clicked.connect(lambda on: self._live.set_style(edge=on))
        right.addWidget(self._edge)
        right.addStretch()
        line.addLayout(right)
        line.addStretch()
        return holder

    def _follow(self) -> None:
        shape, kind = self._live.shape, self._live.style_kind
        crop = self._live.document.crop
        now = (shape, kind, crop, self._live.style(kind))
        if now == self._shown:
            return
        self._shown = now
        cls = KINDS.get(kind)
        self._title.setText(self._title_of(kind))
        self._hint.setText(self._hint_of(kind, shape))
        self._hint.setVisible(bool(self._hint.text()))
        self._colours.setVisible(cls is not None and cls.has_color)
        for row, is_marker in zip(self._rows, (False, True), strict=True):
            row.setVisible((kind == "highlighter") == is_marker)
        self._strokes.setVisible(cls is not None and cls.has_width)
        has_edge = cls is not None and cls.has_edge
        self._edge.setVisible(has_edge)
        self._edge_name.setVisible(has_edge)
        self.words.setVisible(isinstance(shape, Text))
        for widget in (self._name_label, self.name):
            widget.setVisible(shape is not None)
        self._whole.setVisible(kind == CROP and crop is not None)
        self._show_values(shape, kind)

    def _show_values(self, shape: Shape | None, kind: str) -> None:
        color, width, edge = self._live.style(kind)
        if shape is not None:
            color, width, edge = shape.color, getattr(shape, "width", width), shape.edge
        for button in self._group.buttons():
            assert isinstance(button, Swatch)
            row_marker = button.colour in MARKER_COLOURS
            if row_marker == (kind == "highlighter") and button.colour == color:
                button.setChecked(True)
        self._widths.set_current(f"{min(WIDTHS, key=lambda w: abs(w - width)):g}")
        self._edge.setChecked(bool(edge))
        if shape is not None and not self.name.hasFocus():
            self.name.setText(shape.name)
        if isinstance(shape, Text) and self.words.toPlainText() != shape.text:
            self.words.blockSignals(True)
            self.words.setPlainText(shape.text)
            self.words.blockSignals(False)

    def _title_of(self, kind: str) -> str:
        if kind == SELECT:
            return self.tr("Choose")
        return self.tr("Crop") if kind == CROP else title(kind)

    def _hint_of(self, kind: str, shape: Shape | None) -> str:
        if shape is not None:
            return ""
        return {
            SELECT: self.tr("Click a mark to change it, or take a tool."),
            CROP: self.tr("Drag over the part to keep. The rest can come back until the report is sent."),
            "hide": self.tr("Drag over what nobody should read."),
            "mosaic": self.tr("Tiles in the colours around it. What is below is never looked at."),
            "magnifier": self.tr("Drag over a detail; the glass shows it twice as large."),
            "spotlight": self.tr("Drag over what matters; the rest is dimmed."),
        }.get(kind, "")

    def _on_words_changed(self) -> None:
        text = self.words.toPlainText()
        shape = self._live.shape
        if isinstance(shape, Text) and shape.text != text:
            self._live.edit(lambda s: replace(s, text=text) if isinstance(s, Text) else s, "words")
