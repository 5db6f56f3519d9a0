# SPDX-License-Identifier: Apache-2.0
"""Small pictures of a report's attachments, read in the background from what will leave: what is hidden is hidden here too."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtGui import QImage

from firstlight.base.work import Work
from firstlight.kit.kit import Kit
from firstlight.reports.report import Outgoing
from firstlight.reports.ui.look_dialog import read_picture

_SIZE = QSize(280, 200)


class Thumbs(QObject):
    """Signals: changed(): `of` has other pictures now."""

    changed = Signal()

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._read: set[str] = set()
        self.of: dict[int, QImage] = {}
        """By place of the attachment."""

    def forget(self) -> None:
        """Another report."""
        self._read, self.of = set(), {}

    def show(self, outgoing: tuple[Outgoing, ...]) -> None:
        """Read the pictures among these, unless they are read already."""
        pictures = tuple(one for one in outgoing if one.media.startswith("image/"))
        names = {one.sha256 for one in pictures}
        if names == self._read:
            return
        self._read = names
        job = self._kit.jobs.start(_read_all, pictures, lane="look", owner=self)
        job.finished.connect(self._on_read)

    @Slot(object)
    def _on_read(self, pictures: dict[int, QImage]) -> None:
        if pictures != self.of:
            self.of = pictures
            self.changed.emit()


def _read_all(pictures: tuple[Outgoing, ...], *, work: Work) -> dict[int, QImage]:
    made: dict[int, QImage] = {}
    for one in pictures:
        work.check()
        image = read_picture(one, _SIZE * 2)
        if not image.isNull():
            made[one.pos] = image
    return made
