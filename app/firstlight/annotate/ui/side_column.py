# SPDX-License-Identifier: Apache-2.0
"""The right column of the editor: style of what is chosen, words that may be private, the list of marks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from firstlight.annotate.ui.found_card import FoundCard, Reader
from firstlight.annotate.ui.hand import Hand
from firstlight.annotate.ui.live import Live
from firstlight.annotate.ui.marks_model import MarksModel
from firstlight.annotate.ui.marks_view import MarksView
from firstlight.annotate.ui.style_card import StyleCard
from firstlight.kit.buttons import IconButton
from firstlight.kit.frames import Banner, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.pages import RailColumn

_WIDE, _NARROW, _WIDEST = 268, 248, 400
_BANNER_FROM = 620
"""Height of the window from which there is place for the words about hiding."""


class SideColumn(RailColumn):
    """Signals: copy_asked() of marks; paste_asked()."""

    copy_asked = Signal()
    paste_asked = Signal()

    def __init__(self, kit: Kit, live: Live, hand: Hand, reader: Reader | None) -> None:
        super().__init__(_WIDE, side="right")
        self._kit = kit
        self.set_wide(True)
        self._live = live
        self.style_card = StyleCard(kit, live)
        self.marks = MarksView(kit, live, MarksModel(live))
        self.marks.hand = hand
        self.marks.copy_asked.connect(self.copy_asked)
        self.marks.paste_asked.connect(self.paste_asked)
        box = self._room()
        box.addWidget(self.style_card)
        box.addWidget(Separator())
        self.found = FoundCard(kit, live, reader) if reader is not None else None
        if self.found is not None:
            box.addWidget(self.found)
        box.addLayout(self._heading())
        box.addWidget(self.marks, 1)
        self._gone = Banner(
            kit,
            "info",
            self.tr(
                "The pixels are cut from the picture that leaves, and so are place and camera. A mosaic never looks at what it covers."
            ),
            bold=self.tr("Hidden means gone."),
            icon="shield-check",
        )
        box.addWidget(self._gone)
        live.document_changed.connect(self.follow)
        live.tool_changed.connect(self.follow)
        self.follow()

    def _room(self) -> QVBoxLayout:
        """The column itself; with large text what scrolls in it, as no window is high enough."""
        self.box.setContentsMargins(16, 14, 16, 14)
        if self._kit.theme.percent < 150:
            return self.box
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setStyleSheet("QScrollArea, #sideRoom { background: transparent; }")
        inner = QWidget()
        inner.setObjectName("sideRoom")
        room = QVBoxLayout(inner)
        room.setContentsMargins(0, 0, 8, 0)
        room.setSpacing(12)
        self.marks.setMinimumHeight(self._kit.theme.px(120))
        area.setWidget(inner)
        self.box.addWidget(area)
        return room

    def _heading(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Marks"), "h2", wrap=False))
        head.addStretch()
        self._count = label("", "cap", tone="2", wrap=False)
        head.addWidget(self._count)
        more = IconButton(self._kit, "dots-three", self.tr("More for marks"), size="small")
        more.setProperty("flat", True)
        menu = QMenu(more)
        self._copy = menu.addAction(self.tr("Copy for another picture"), self.copy_asked.emit)
        menu.addAction(self.tr("Paste marks"), self.paste_asked.emit)
        self._name = menu.addAction(self.tr("Name this mark (F2)"), self._live.name_asked.emit)
        more.setMenu(menu)
        more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        head.addWidget(more)
        return head

    def set_wide(self, wide: bool) -> None:
        """Narrower in a narrow window, wider for large text, within what leaves the picture its place."""
        self.setFixedWidth(min(_WIDEST, self._kit.theme.px(_WIDE if wide else _NARROW)))

    def follow(self) -> None:
        """What the marks and the tool ask for."""
        live = self._live
        self._count.setText(str(len(live.document.shapes)))
        self._copy.setEnabled(bool(live.document.shapes))
        self._name.setEnabled(bool(live.selected))
        has_room = self.window().height() >= _BANNER_FROM and (self.found is None or self.found.isHidden())
        self._gone.setVisible(has_room and (bool(live.document.covers) or live.tool in ("hide", "mosaic")))
