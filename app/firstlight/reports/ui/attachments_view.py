# SPDX-License-Identifier: Apache-2.0
"""The attachments of a draft as tiles: a thumbnail of what will leave, the name, open and remove."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QContextMenuEvent,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from firstlight.kit.buttons import Button, IconButton
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.layouts import clear
from firstlight.reports.report import Attachment
from firstlight.sync.rules import Travel

_ICONS = {"log": "file-text", "bugreport": "file-zip", "file": "file"}
_PICTURE_HEIGHT, _NAME_HEIGHT, _LEAST = 66, 24, 84


class AttachmentTile(QAbstractButton):
    """One attachment. Enter opens it, Delete takes it off; so does the cross in its corner.

    The menu (right click, or the Menu key) also says how it travels over a network that costs money.

    Signals: clicked(); removed(); travel_chosen(str): a sync.rules.Travel.
    """

    removed = Signal()
    travel_chosen = Signal(str)

    def __init__(self, kit: Kit, attachment: Attachment, picture: QImage | None, *, is_chosen: bool) -> None:
        super().__init__()
        self._kit = kit
        self._attachment = attachment
        self._picture = QPixmap.fromImage(picture) if picture is not None else QPixmap()
        self._is_chosen = is_chosen
        self.setFixedHeight(_PICTURE_HEIGHT + kit.theme.px(_NAME_HEIGHT))
        self.setMinimumWidth(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(attachment.name)
        if attachment.is_picture:
            self.setAccessibleName(self.tr("{name}, picture, open in the editor").format(name=attachment.name))
        elif attachment.needs_review:
            self.setAccessibleName(self.tr("{name}, not looked at yet, look now").format(name=attachment.name))
        else:
            self.setAccessibleName(self.tr("{name}, looked at, look again").format(name=attachment.name))
        self.cross = IconButton(kit, "x", self.tr("Take off {name}").format(name=attachment.name), size="small")
        self.cross.setParent(self)
        self.cross.clicked.connect(self.removed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As small as four fit side by side."""
        return QSize(_LEAST, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The cross stays in the corner."""
        super().resizeEvent(event)
        self.cross.move(QPoint(self.width() - self.cross.width() - 3, 3))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens, Delete takes off."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """What can be done with it."""
        self.build_menu().exec(event.globalPos())

    def build_menu(self) -> QMenu:
        """The menu of this attachment."""
        menu = QMenu(self)
        menu.addAction(self.tr("Take off")).triggered.connect(self.removed)
        menu.addSection(self.tr("On a metered network"))
        ways = QActionGroup(menu)
        for travel, words in (
            (Travel.BY_RULE, self.tr("By size")),
            (Travel.ANYWAY, self.tr("Send it anyway")),
            (Travel.FREE, self.tr("Wait for a free network")),
        ):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(self._attachment.travel == travel)
            action.triggered.connect(lambda _=False, travel=str(travel): self.travel_chosen.emit(travel))
            ways.addAction(action)
        return menu

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Repaint while the pointer is over it."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Repaint when it has gone."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Picture or icon above, name below."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, 8, 8)
        painter.setClipPath(shape)
        top = QRectF(0, 0, self.width(), _PICTURE_HEIGHT)
        painter.fillRect(self.rect(), theme.color("surface-2"))
        painter.fillRect(top, theme.color("sunken"))
        if self._picture.isNull():
            icon = "image" if self._attachment.is_picture else _ICONS.get(self._attachment.role, "file")
            painter.drawPixmap(top.center().toPoint() - QPoint(11, 11), self._kit.icons.pixmap(icon, "text-2", 22))
        else:
            painter.drawPixmap(top, self._picture, self._cut(top))
        self._paint_name(painter)
        painter.setClipping(False)
        hot = self._is_chosen or self.underMouse()
        painter.setPen(QPen(theme.color("accent" if self._is_chosen else "line-strong" if hot else "line"), 2 if self._is_chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 8, 8)

    def _paint_name(self, painter: QPainter) -> None:
        theme = self._kit.theme
        below = QRectF(0, _PICTURE_HEIGHT, self.width(), self.height() - _PICTURE_HEIGHT)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(below.topLeft(), below.topRight())
        left = 6.0
        if self._attachment.needs_review:
            painter.drawPixmap(int(left), int(below.center().y()) - 7, self._kit.icons.pixmap("warning-circle", "warn", 14))
            left += 18
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text-2"))
        room = int(below.width() - left - 6)
        words = painter.fontMetrics().elidedText(self._attachment.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(below.adjusted(left, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _cut(self, place: QRectF) -> QRectF:
        """The middle of the picture in the shape of the place."""
        size = self._picture.size()
        scale = max(place.width() / size.width(), place.height() / size.height())
        width, height = place.width() / scale, place.height() / scale
        return QRectF((size.width() - width) / 2, (size.height() - height) / 2, width, height)


class AttachmentsView(QWidget):
    """Tiles in as many columns as fit, and the button that adds.

    Signals: added(way): "screenshot", "phone", "photo", "log", "file" or "paste"; opened(pos); removed(pos);
    travel_chosen(pos, travel).
    """

    added = Signal(str)
    opened = Signal(int)
    removed = Signal(int)
    travel_chosen = Signal(int, str)

    def __init__(self, kit: Kit, ways: tuple[str, ...]) -> None:
        super().__init__()
        self._kit = kit
        self._tiles: tuple[AttachmentTile, ...] = ()
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("Attached"), "capstrong", wrap=False))
        heading.addStretch()
        self.add_button = Button(kit, self.tr("Add screenshot, log or photo"), icon="plus", kind="link", size="small")
        self.menu = QMenu(self.add_button)
        for way in ways:
            icon, words = self._way(way)
            action = QAction(kit.icons.icon(icon), words, self.menu)
            action.setData(way)
            self.menu.addAction(action)
        self.menu.triggered.connect(self._on_way_chosen)
        self.add_button.setMenu(self.menu)
        heading.addWidget(self.add_button)
        column.addLayout(heading)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        column.addLayout(self._grid)
        self._hint = label(self.tr("Drop files here, or paste with Ctrl+V."), "cap", tone="3")
        column.addWidget(self._hint)

    def _way(self, way: str) -> tuple[str, str]:
        return {
            "screenshot": ("monitor", self.tr("Screenshot of this PC")),
            "phone": ("device-mobile", self.tr("The phone's screen")),
            "photo": ("qr-code", self.tr("Photos from your phone, by QR code")),
            "log": ("file-text", self.tr("A log of the phone, router or board")),
            "file": ("paperclip", self.tr("Photos, logs, files…")),
            "paste": ("clipboard-text", self.tr("From the clipboard")),
        }[way]

    def show_attachments(self, attachments: tuple[Attachment, ...], pictures: Mapping[int, QImage], chosen: int) -> None:
        """Show these; `pictures` are thumbnails by place, `chosen` the place of the text that is looked at."""
        focused = next((a.pos for a, tile in zip(self._shown, self._tiles, strict=True) if tile.hasFocus()), -1) if self._tiles else -1
        clear(self._grid)
        self._shown = attachments
        self._tiles = tuple(AttachmentTile(self._kit, a, pictures.get(a.pos), is_chosen=a.pos == chosen) for a in attachments)
        for attachment, tile in zip(attachments, self._tiles, strict=True):
            tile.clicked.connect(lambda _=False, pos=attachment.pos: self.opened.emit(pos))
            tile.removed.connect(lambda pos=attachment.pos: self.removed.emit(pos))
            tile.travel_chosen.connect(lambda travel, pos=attachment.pos: self.travel_chosen.emit(pos, travel))
            if attachment.pos == focused:
                tile.setFocus(Qt.FocusReason.OtherFocusReason)
        self._hint.setVisible(not attachments)
        self._columns = 0
        self._lay_out()

    _shown: tuple[Attachment, ...] = ()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another number of tiles may fit."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        columns = max(2, min(4, (self.width() + 8) // (_LEAST + 8)))
        if columns == self._columns:
            return
        self._columns = columns
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // columns, at % columns)
            tile.show()
        for column in range(4):
            self._grid.setColumnStretch(column, int(column < columns))

    @Slot(QAction)
    def _on_way_chosen(self, action: QAction) -> None:
        self.added.emit(str(action.data()))
