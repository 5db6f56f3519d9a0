# SPDX-License-Identifier: Apache-2.0
"""Where one attachment is looked at before it may leave: a text with what is hidden in it, any other file as what it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Card
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.layouts import clear
from firstlight.redact.survey import Together
from firstlight.redact.ui.review_view import ReviewView
from firstlight.reports.bundle import is_text
from firstlight.reports.report import Attachment
from firstlight.store.blobs import Blobs


@dataclass(frozen=True)
class _Found:
    attachment: Attachment
    path: Path
    can_be_read: bool
    together: Together


class ReviewPlace(QWidget):
    """Empty until a text or file is chosen.

    Signals: choices_changed(pos, choices); looked_at(pos); left_out(pos): take it off instead; opened(): it shows something else now.
    """

    choices_changed = Signal(int, object)
    looked_at = Signal(int)
    left_out = Signal(int)
    opened = Signal()

    def __init__(self, kit: Kit, blobs: Blobs) -> None:
        super().__init__()
        self._kit = kit
        self._blobs = blobs
        self._attachment: Attachment | None = None
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def chosen(self) -> int:
        """Which attachment is looked at; -1 when none is."""
        return self._attachment.pos if self._attachment is not None else -1

    def show_for(self, attachment: Attachment, beside: tuple[Attachment, ...] = ()) -> None:
        """Look at this one of all the report's; nothing happens when it is shown already."""
        if attachment.pos == self.chosen:
            return
        self.forget()
        self._attachment = attachment
        job = self._kit.jobs.start(self._find, attachment, beside, lane="look", owner=self)
        job.finished.connect(self._on_found)
        job.failed.connect(self._on_failed)

    def forget(self) -> None:
        """Nothing is looked at."""
        self._attachment = None
        clear(self._place)
        self.hide()

    def _find(self, attachment: Attachment, beside: tuple[Attachment, ...], *, work: Work) -> _Found:
        work.check()
        path = self._blobs.path(attachment.sha256)
        others = [a for a in beside if a.include or a.pos == attachment.pos]
        paths = {a.pos: p for a in others if is_text(a, p := self._blobs.path(a.sha256))}
        extra = [v for a in others if a.pos != attachment.pos for v in (a.redaction or {}).get("extra", ())]
        return _Found(attachment, path, is_text(attachment, path), Together(tuple(paths.values()), tuple(extra)))

    @Slot(object)
    def _on_found(self, found: _Found) -> None:
        if found.attachment.pos != self.chosen:
            return
        clear(self._place)
        if found.can_be_read:
            self._place.addWidget(self._text(found), 1)
        else:
            self._place.addWidget(self._file(found.attachment, found.path))
            self._place.addStretch(1)
        self.show()
        self.opened.emit()

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        clear(self._place)
        self._place.addWidget(ErrorCard(self._kit, error))
        self.show()

    def _text(self, found: _Found) -> ReviewView:
        attachment = found.attachment
        view = ReviewView(self._kit, source=found.path, name=attachment.name, choices=attachment.redaction, together=found.together)
        view.choices_changed.connect(lambda choices, pos=attachment.pos: self.choices_changed.emit(pos, choices))
        view.looked_at.connect(lambda pos=attachment.pos: self.looked_at.emit(pos))
        return view

    def _file(self, attachment: Attachment, path: Path) -> Card:
        card = Card(16, 8)
        title = self.tr("{name} leaves as it is").format(name=attachment.name)
        card.box.addWidget(label(title, "h2"))
        words = self.tr("It is no text and no picture ({size}), so nothing in it can be hidden. Open it and decide.")
        card.box.addWidget(label(words.format(size=figures.size(attachment.size)), "small", tone="2"))
        row = QHBoxLayout()
        look = Button(self._kit, self.tr("Open it"), icon="arrow-up-right", size="small")
        look.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        allow = Button(self._kit, self.tr("It may leave"), icon="check", size="small")
        allow.clicked.connect(lambda: self._allow(attachment.pos))
        leave_out = Button(self._kit, self.tr("Leave it out"), kind="ghost", size="small")
        leave_out.clicked.connect(lambda: self.left_out.emit(attachment.pos))
        for button in (look, allow, leave_out):
            row.addWidget(button)
        row.addStretch()
        card.box.addLayout(row)
        return card

    def _allow(self, pos: int) -> None:
        self.looked_at.emit(pos)
        self.forget()
