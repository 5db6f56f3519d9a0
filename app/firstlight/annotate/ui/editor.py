# SPDX-License-Identifier: Apache-2.0
"""The annotation editor: `EditorPage(kit, picture=Path | QImage, document_json=dict | None, name="", scale=None)`.

Every change is told by `changed` within 100 ms, also in mid-drag, so that nothing drawn is lost; the picture itself is never
touched. Signals: changed(dict), used(dict), back_requested().
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from firstlight.annotate import document as documents
from firstlight.annotate.document import Document
from firstlight.annotate.shapes import Text
from firstlight.annotate.ui import picture as pictures
from firstlight.annotate.ui.canvas import CanvasView
from firstlight.annotate.ui.flatten import flattened
from firstlight.annotate.ui.live import CROP, SELECT, Live
from firstlight.annotate.ui.marks_model import MarksModel
from firstlight.annotate.ui.marks_view import MarksView
from firstlight.annotate.ui.style_card import StyleCard
from firstlight.annotate.ui.tool_column import ToolColumn
from firstlight.kit import figures
from firstlight.kit.buttons import Button, IconButton
from firstlight.kit.frames import Banner, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.pages import PlayerPage, RailColumn

_SIDE, _SIDE_NARROW = 268, 248
_BANNER_FROM = 620
"""Height of the window from which there is place for the words about hiding."""


class EditorPage(PlayerPage):
    """Mark up one picture.

    Signals: changed(dict) the document to keep; used(dict) the tester is done; back_requested() the tester leaves, all is kept.
    """

    changed = Signal(object)
    used = Signal(object)

    def __init__(
        self,
        kit: Kit,
        *,
        picture: Path | QImage,
        document_json: Mapping[str, Any] | None = None,
        name: str = "",
        scale: float | None = None,
    ) -> None:
        super().__init__(kit, self.tr("Mark up the picture"), name)
        base = pictures.load(picture) if isinstance(picture, Path) else pictures.plain(picture)
        if document_json:
            document = documents.read(document_json)
        else:
            document = Document(base.width(), base.height(), scale or pictures.natural_scale(base))
        self.live = Live(base, document)
        self.live.setParent(self)
        self.canvas = CanvasView(kit, self.live)
        self.marks = MarksView(kit, self.live, MarksModel(self.live))
        self.marks.hand = self.canvas.hand
        self.style_card = StyleCard(kit, self.live)
        self._build_top()
        self.columns.addWidget(ToolColumn(kit, self.live))
        self.columns.addWidget(self.canvas, 1)
        self._side = self._build_side()
        self.columns.addWidget(self._side)
        self._build_status()
        self._connect()
        self._follow()

    # -- building ----------------------------------------------------------------------------------------------------------

    def _build_top(self) -> None:
        kit = self.kit
        self._undo = IconButton(kit, "arrow-u-up-left", self.tr("Undo (Ctrl+Z)"))
        self._redo = IconButton(kit, "arrow-u-up-right", self.tr("Redo (Ctrl+Shift+Z)"))
        self._copy = IconButton(kit, "copy", self.tr("Copy the picture with its marks"))
        for button in (self._undo, self._redo, self._copy):
            button.setProperty("flat", True)
            self.top_right.addWidget(button)
        self._zoom = Button(kit, figures.percent(100, kit.language), kind="ghost", icon="caret-down", trailing=True)
        menu = QMenu(self._zoom)
        menu.addAction(self.tr("Fit the window"), self.canvas.fit)
        for percent in (50, 100, 200, 400):
            menu.addAction(figures.percent(percent, kit.language), partial(self.canvas.set_zoom, percent / 100))
        self._zoom.setMenu(menu)
        self._zoom.setToolTip(self.tr("Size on the screen"))
        self.top_right.addWidget(self._zoom)
        self._use = Button(kit, self.tr("Use this picture"), icon="check", kind="primary")
        self.top_right.addWidget(self._use)

    def _build_side(self) -> RailColumn:
        kit = self.kit
        side = RailColumn(_SIDE, side="right")
        side.box.setContentsMargins(16, 14, 16, 14)
        side.box.addWidget(self.style_card)
        side.box.addWidget(Separator())
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Marks"), "h2", wrap=False))
        head.addStretch()
        self._count = label("", "cap", tone="2", wrap=False)
        head.addWidget(self._count)
        side.box.addLayout(head)
        side.box.addWidget(self.marks, 1)
        self._gone = Banner(
            kit,
            "info",
            self.tr(
                "The pixels are cut from the picture that leaves, and so are place and camera. A mosaic never looks at what it covers."
            ),
            bold=self.tr("Hidden means gone."),
            icon="shield-check",
        )
        side.box.addWidget(self._gone)
        return side

    def _build_status(self) -> None:
        bar = self.action_bar.parentWidget()
        if bar is not None:
            bar.setMinimumHeight(self.kit.theme.px(40))
        self.action_bar.setContentsMargins(16, 6, 16, 6)
        document = self.live.document
        self._size = label(f"{document.width} × {document.height} px", "cap", tone="2", wrap=False)
        self._tip = label("", "cap", tone="2", wrap=False)
        self.action_bar.addWidget(self._size)
        self.action_bar.addWidget(self._tip)
        self.action_bar.addStretch()
        self._keys: list[QWidget] = []
        for key, words in (
            ("Ctrl Z", self.tr("undo")),
            (self.tr("Del"), self.tr("remove")),
            ("F", self.tr("fit")),
            (self.tr("Enter"), self.tr("draw")),
        ):
            pair = QHBoxLayout()
            pair.setSpacing(6)
            made = [self._key(key), label(words, "cap", tone="2", wrap=False)]
            for widget in made:
                pair.addWidget(widget)
            self._keys += made
            self.action_bar.addLayout(pair)

    def _key(self, text: str) -> QLabel:
        made = label(text, "mono", wrap=False)
        made.setFixedHeight(self.kit.theme.px(22))
        theme = self.kit.theme
        made.setStyleSheet(
            f"background: {theme.hex('surface')}; border: 1px solid {theme.hex('line-2')}; border-radius: 4px; padding: 1px 5px; color: {theme.hex('text')};"
        )
        return made

    def _connect(self) -> None:
        live = self.live
        live.document_changed.connect(self._follow)
        live.tool_changed.connect(self._follow)
        live.selection_changed.connect(self._follow)
        live.saving.connect(self.changed)
        live.text_asked.connect(self._on_text_asked)
        self.style_card.done.connect(self._on_words_done)
        self.canvas.zoomed.connect(self._on_zoomed)
        self.canvas.copy_asked.connect(self.copy_picture)
        self._undo.clicked.connect(live.undo)
        self._redo.clicked.connect(live.redo)
        self._copy.clicked.connect(self.copy_picture)
        self._use.clicked.connect(self.use_picture)
        self.width_class_changed.connect(self._on_width_class_changed)
        for keys, act in (("Ctrl+Z", live.undo), ("Ctrl+Shift+Z", live.redo), ("Ctrl+Y", live.redo), ("Ctrl+Return", self.use_picture)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- acts --------------------------------------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The marks as they are now."""
        return self.live.document

    def shown(self) -> None:
        """The canvas has the keyboard when the page comes."""
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def use_picture(self) -> None:
        """Done: tell the document and let go."""
        self.live.select(0)
        self.live.settle()
        self.used.emit(self.live.document.to_json())

    @Slot()
    def copy_picture(self) -> None:
        """Put the picture with its marks, never the bare one, on the clipboard."""
        QGuiApplication.clipboard().setImage(flattened(self.live.base, self.live.document))
        self.kit.toasts.show(self.tr("The picture with its marks is on the clipboard."), None, 4)

    @Slot()
    def _on_text_asked(self) -> None:
        if isinstance(self.live.shape, Text):
            self.style_card.words.setFocus(Qt.FocusReason.OtherFocusReason)
            self.style_card.words.selectAll()

    @Slot()
    def _on_words_done(self) -> None:
        self.live.settle()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(float)
    def _on_zoomed(self, zoom: float) -> None:
        self._zoom.setText(figures.percent(round(zoom * 100), self.kit.language))

    @Slot(bool)
    def _on_width_class_changed(self, wide: bool) -> None:
        self._side.setFixedWidth(_SIDE if wide else _SIDE_NARROW)
        for widget in self._keys:
            widget.setVisible(wide)

    def _follow(self) -> None:
        live = self.live
        self._undo.setEnabled(live.editing.can_undo)
        self._redo.setEnabled(live.editing.can_redo)
        self._count.setText(str(len(live.document.shapes)))
        self._gone.setVisible(self.height() >= _BANNER_FROM and (bool(live.document.covers) or live.tool in ("hide", "mosaic")))
        if live.tool == CROP:
            self._tip.setText(self.tr("Drag the corners; Ctrl and Alt with arrows move them"))
        elif live.tool == SELECT:
            self._tip.setText(self.tr("Arrows move a mark by 1 px, with Shift by 10"))
        else:
            self._tip.setText(self.tr("Drag to draw, Shift keeps it straight"))

    def memo(self) -> dict[str, Any]:
        """What a rebuilt editor needs: the marks and the tool in the hand. Undo begins anew."""
        return {"document": self.live.document.to_json(), "tool": self.live.tool}

    def restore(self, memo: dict[str, Any]) -> None:
        """Take it."""
        if raw := memo.get("document"):
            self.live.apply(documents.read(raw))
        self.live.set_tool(str(memo.get("tool", SELECT)))
