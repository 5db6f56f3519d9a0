# SPDX-License-Identifier: Apache-2.0
"""The annotation editor: `EditorPage(kit, picture=Path | QImage, document_json=dict | None, name="", scale=None)`.

Every change is told by `changed` within 100 ms, also in mid-drag, so that nothing drawn is lost; the picture itself is never touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from firstlight.annotate import clip
from firstlight.annotate import document as documents
from firstlight.annotate.document import Document
from firstlight.annotate.shapes import Text
from firstlight.annotate.ui import picture as pictures
from firstlight.annotate.ui.canvas import CanvasView
from firstlight.annotate.ui.flatten import flattened
from firstlight.annotate.ui.found_card import Reader
from firstlight.annotate.ui.live import SELECT, Live
from firstlight.annotate.ui.pictures_strip import PicturesStrip, Shot
from firstlight.annotate.ui.side_column import SideColumn
from firstlight.annotate.ui.status_bar import StatusBar
from firstlight.annotate.ui.tool_column import ToolColumn
from firstlight.annotate.ui.top_bar import TopBar
from firstlight.kit.drops import accept_as_copy
from firstlight.kit.kit import Kit
from firstlight.kit.pages import PlayerPage


class EditorPage(PlayerPage):
    """Mark up one picture. `shots` are all pictures of the report, `pos` the place of this one; `reader` reads words in it.

    Signals: changed(dict) the document to keep; used(dict) the tester is done; back_requested() the tester leaves, all is kept;
    picture_chosen(int) another picture of the report; picture_requested() one more; offered(QMimeData) what was dropped or pasted.
    """

    changed = Signal(object)
    used = Signal(object)
    picture_chosen = Signal(int)
    picture_requested = Signal()
    offered = Signal(object)

    def __init__(
        self,
        kit: Kit,
        *,
        picture: Path | QImage,
        document_json: Mapping[str, Any] | None = None,
        name: str = "",
        scale: float | None = None,
        shots: Sequence[Shot] = (),
        pos: int = 0,
        reader: Reader | None = None,
    ) -> None:
        super().__init__(kit, self.tr("Mark up the picture"), name)
        base = pictures.load(picture) if isinstance(picture, Path) else pictures.plain(picture)
        if document_json:
            document = documents.read(document_json)
        else:
            natural = pictures.screen_scale(picture) if isinstance(picture, Path) else 0.0
            document = Document(base.width(), base.height(), scale or natural or pictures.natural_scale(base))
        self.live = Live(base, document)
        self.live.setParent(self)
        self.canvas = CanvasView(kit, self.live)
        self.top = TopBar(kit, self.live, self.canvas)
        self.top_right.addWidget(self.top)
        tools = ToolColumn(kit, self.live)
        self.strip = PicturesStrip(kit, shots, pos) if shots else None
        if self.strip is not None:
            self.strip.chosen.connect(self._on_picture_chosen)
            self.strip.add_asked.connect(self.picture_requested)
            tools.show_below(self.strip)
        self.columns.addWidget(tools)
        self.columns.addWidget(self.canvas, 1)
        self.side = SideColumn(kit, self.live, self.canvas.hand, reader)
        self.marks, self.style_card = self.side.marks, self.side.style_card
        self.columns.addWidget(self.side)
        self._status = StatusBar(kit, self.live)
        self.action_bar.setContentsMargins(16, 6, 16, 6)
        self.action_bar.addWidget(self._status)
        if (bar := self.action_bar.parentWidget()) is not None:
            bar.setMinimumHeight(kit.theme.px(40))
        self.setAcceptDrops(True)
        self._came_from: QWidget = self.canvas
        self._connect()
        # Pixels go with the page: Python's own tidying does not see how large they are, and comes late.
        live, canvas = self.live, self.canvas

        def let_go() -> None:
            live.let_go()
            canvas.let_go()

        self.destroyed.connect(let_go)

    def _connect(self) -> None:
        live = self.live
        live.saving.connect(self.changed)
        live.text_asked.connect(self._on_text_asked)
        live.name_asked.connect(self._on_name_asked)
        self.style_card.done.connect(self._on_words_done)
        self.canvas.copy_asked.connect(self._on_copy)
        self.canvas.paste_asked.connect(self._on_paste)
        self.side.copy_asked.connect(self.copy_marks)
        self.side.paste_asked.connect(self._on_paste)
        self.top.copy.clicked.connect(self.copy_picture)
        self.top.use.clicked.connect(self.use_picture)
        self.width_class_changed.connect(self._on_width_class_changed)
        for keys, act in (
            ("Ctrl+Z", live.undo),
            ("Ctrl+Shift+Z", live.redo),
            ("Ctrl+Y", live.redo),
            ("Ctrl+R", live.turn),
            ("Ctrl+Shift+C", self.copy_picture),
            ("F2", live.name_asked.emit),
            ("Ctrl+Return", self.use_picture),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- acts --------------------------------------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The marks as they are now."""
        return self.live.document

    def shown(self) -> None:
        """The canvas has the keyboard when the page comes; words in the picture are read meanwhile."""
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.side.found is not None:
            self.side.found.read()

    @Slot()
    def use_picture(self) -> None:
        """Done: tell the document and let go."""
        self.live.select(0)
        self.live.settle()
        self.used.emit(self.live.kept())

    @Slot()
    def copy_picture(self) -> None:
        """Put the picture with its marks, never the bare one, on the clipboard."""
        QGuiApplication.clipboard().setImage(flattened(self.live.original, self.live.document))
        self.kit.toasts.show(self.tr("The picture with its marks is on the clipboard."), None, 4)

    @Slot()
    def copy_marks(self) -> None:
        """Put what is chosen, or all marks, on the clipboard for another picture."""
        if not self.live.document.shapes:
            return
        mime = QMimeData()
        mime.setData(clip.MEDIA, self.live.copied())
        QGuiApplication.clipboard().setMimeData(mime)
        count = 1 if self.live.selected else len(self.live.document.shapes)
        self.kit.toasts.show(self.tr("%n mark(s) copied. Open another picture and paste.", "", count), None, 4)

    def _on_copy(self) -> None:
        if self.live.selected:
            self.copy_marks()
        else:
            self.copy_picture()

    def _on_paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        if mime.hasFormat(clip.MEDIA):
            self.live.paste(bytes(mime.data(clip.MEDIA).data()))
        else:
            self.offered.emit(mime)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """A picture dropped here becomes another of the report."""
        if self.strip is not None and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            accept_as_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Offer it."""
        accept_as_copy(event)
        self.offered.emit(event.mimeData())

    def _on_picture_chosen(self, pos: int) -> None:
        self.live.settle()
        self.picture_chosen.emit(pos)

    @Slot()
    def _on_text_asked(self) -> None:
        if isinstance(self.live.shape, Text):
            self.style_card.words.setFocus(Qt.FocusReason.OtherFocusReason)
            self.style_card.words.selectAll()

    @Slot()
    def _on_name_asked(self) -> None:
        if self.live.selected:
            self._came_from = self.marks if self.marks.hasFocus() else self.canvas
            self.style_card.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.style_card.name.selectAll()

    @Slot()
    def _on_words_done(self) -> None:
        self.live.settle()
        self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = self.canvas

    @Slot(bool)
    def _on_width_class_changed(self, wide: bool) -> None:
        self.side.set_wide(wide)
        self._status.set_wide(wide)

    def memo(self) -> dict[str, Any]:
        """What a rebuilt editor needs: the marks and the tool in the hand. Undo begins anew."""
        return {"document": self.live.document.to_json(), "tool": self.live.tool}

    def restore(self, memo: dict[str, Any]) -> None:
        """Take it."""
        if raw := memo.get("document"):
            self.live.apply(documents.read(raw))
        self.live.set_tool(str(memo.get("tool", SELECT)))
