# SPDX-License-Identifier: Apache-2.0
"""The middle of the assembly player: the big picture with its zoom, small pictures to choose from, the tester's notes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from firstlight.guides.ui.picture_view import PLATE, Mark, Picture, PictureView
from firstlight.kit.buttons import IconButton
from firstlight.kit.frames import Card, IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

SAVE_AFTER_MS = 1000


@dataclass(frozen=True)
class Shot:
    """One picture to choose from: of the guide, or a photo of the tester's with its caption."""

    path: Path
    description: str
    caption: str = ""
    marks: tuple[Mark, ...] = ()
    has_letters: bool = False


class ThumbButton(QAbstractButton):
    """A small picture that is a button; the chosen one has an edge."""

    def __init__(self, kit: Kit, shot: Shot, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._shot = shot
        self._picture = Picture(shot.path)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(shot.description)
        self.setFixedSize(104, 70)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Fixed."""
        return QSize(104, 70)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Plate, picture filling it, caption, edge."""
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.setClipPath(path)
        painter.fillPath(path, PLATE)
        if self._picture.is_readable:
            own = self._picture.size()
            fill = Qt.AspectRatioMode.KeepAspectRatio if self._picture.is_drawing else Qt.AspectRatioMode.KeepAspectRatioByExpanding
            size = own.scaled(self.size(), fill)
            where = QRectF(QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2), size.toSizeF())
            self._picture.paint(painter, where)
        if self._shot.caption:
            self._paint_caption(painter)
        painter.setClipping(False)
        painter.setPen(QPen(theme.color("accent" if self.isChecked() else "line"), 2 if self.isChecked() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.end()

    def _paint_caption(self, painter: QPainter) -> None:
        painter.setFont(self._kit.theme.font(12))
        text = painter.fontMetrics().elidedText(self._shot.caption, Qt.TextElideMode.ElideRight, self.width() - 24)
        height = painter.fontMetrics().height() + 2
        box = QRectF(6, self.height() - height - 6, painter.fontMetrics().horizontalAdvance(text) + 10, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.black)
        painter.setOpacity(0.8)
        painter.drawRoundedRect(box, 4, 4)
        painter.setOpacity(1)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class NotesEdit(QPlainTextEdit):
    """The tester's own words for a step; kept after every second's pause and when the field is left.

    Signals: text_kept(str).
    """

    text_kept = Signal(str)

    def __init__(self, kit: Kit, text: str) -> None:
        super().__init__(text)
        self._kept = text
        self.setPlaceholderText(self.tr("What to remember about this step"))
        self.setAccessibleName(self.tr("My notes"))
        self.setTabChangesFocus(True)
        self.setStyleSheet(
            f"QPlainTextEdit {{ border: 0; background: transparent; padding: 0; font-size: {kit.theme.px(12)}px; color: {kit.theme.hex('text-2')}; }}"
        )
        self.document().setDocumentMargin(0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVE_AFTER_MS)
        self._pause.timeout.connect(self.keep)
        self.textChanged.connect(self._pause.start)

    @Slot()
    def keep(self) -> None:
        """Hand the words over if they changed."""
        self._pause.stop()
        if self.toPlainText() != self._kept:
            self._kept = self.toPlainText()
            self.text_kept.emit(self._kept)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Leaving the field keeps it."""
        self.keep()
        super().focusOutEvent(event)


class PicturePanel(QWidget):
    """Signals: note_kept(str)."""

    note_kept = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._shots: tuple[Shot, ...] = ()
        self._thumbs: list[ThumbButton] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        self.view = PictureView(kit, self)
        box.addWidget(self.view, 1)
        self.zoom_button = IconButton(kit, "magnifying-glass-plus", self.tr("Zoom in"), parent=self.view)
        self.zoom_button.clicked.connect(self.view.toggle_zoom)
        self.view.zoom_changed.connect(self._on_zoomed)
        self._row = QHBoxLayout()
        self._row.setSpacing(10)
        box.addLayout(self._row)
        self.notes: NotesEdit | None = None

    def show_step(self, shots: tuple[Shot, ...], note: str, cover: Path | None = None) -> None:
        """New pictures and notes; the first picture is shown big, for a step without any the guide's cover."""
        self.keep_note()
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._shots = shots
        self._thumbs = []
        for at, shot in enumerate(shots[:9]):
            name = self.tr("Picture {number}: {what}").format(number=at + 1, what=shot.caption or shot.description)
            thumb = ThumbButton(self._kit, shot, name)
            thumb.clicked.connect(lambda _=False, at=at: self.choose(at))
            self._thumbs.append(thumb)
            self._row.addWidget(thumb)
        self._row.addWidget(self._notes_card(note), 1)
        self.zoom_button.setVisible(bool(shots))
        if shots:
            self.choose(0)
        else:
            self.view.show_picture(cover)
        self._fit_thumbs()

    def choose(self, index: int) -> None:
        """Show picture `index` big; nothing when there is none."""
        if not 0 <= index < len(self._shots):
            return
        shot = self._shots[index]
        self.view.show_picture(shot.path, shot.marks, shot.description, has_letters=shot.has_letters)
        for at, thumb in enumerate(self._thumbs):
            thumb.setChecked(at == index)

    def keep_note(self) -> None:
        """Keep what stands in the notes now."""
        if self.notes is not None:
            self.notes.keep()

    def _notes_card(self, note: str) -> Card:
        card = Card(0, 1)
        card.box.setContentsMargins(12, 7, 12, 7)
        card.setFixedHeight(max(70, 30 + 2 * self._kit.theme.px(20)))
        card.setMinimumWidth(120)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconLabel(self._kit, "note-pencil", "text", 14))
        head.addWidget(label(self.tr("My notes"), "capstrong", wrap=False), 1)
        card.box.addLayout(head)
        self.notes = NotesEdit(self._kit, note)
        self.notes.text_kept.connect(self.note_kept)
        card.box.addWidget(self.notes, 1)
        return card

    @Slot(float)
    def _on_zoomed(self, zoom: float) -> None:
        name = self.tr("Zoom out") if zoom > 1 else self.tr("Zoom in")
        self.zoom_button.setIcon(self._kit.icons.icon("magnifying-glass-minus" if zoom > 1 else "magnifying-glass-plus", "text", 18))
        self.zoom_button.setToolTip(name)
        self.zoom_button.setAccessibleName(name)

    def _fit_thumbs(self) -> None:
        # The notes keep at least 150 px; of the pictures, as many as there is place for, the rest by the keys 1 to 9.
        room = self.width() - 32 - 160
        for at, thumb in enumerate(self._thumbs):
            thumb.setVisible((at + 1) * 114 <= room or at == 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """The zoom button keeps its corner."""
        super().resizeEvent(event)
        self._fit_thumbs()
        self.zoom_button.move(self.view.width() - self.zoom_button.width() - 10, 10)
