# SPDX-License-Identifier: Apache-2.0
"""Pictures on their way into a report: taken, opened in the editor at once, kept meanwhile; and the editor among the report's pictures.

A fresh picture stands on the canvas before it is on the disk: encoding a large one takes longer than a tester wants to wait. What is
drawn until then is kept right after it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QCursor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu

from firstlight.annotate.ui import picture as pictures
from firstlight.annotate.ui.editor import EditorPage
from firstlight.annotate.ui.found_card import Reader
from firstlight.annotate.ui.pictures_strip import Shot
from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.capture import private_words
from firstlight.capture.ui.capture_dialog import CaptureDialog, Wish
from firstlight.capture.ui.grab import grab
from firstlight.capture.ui.phone_dialog import PhoneDialog
from firstlight.devices import tool
from firstlight.redact.ui import kinds
from firstlight.reports.report import Attachment
from firstlight.reports.ui import attachment_source
from firstlight.reports.ui.attachment_source import Source
from firstlight.shell.parts import DeskTop

_NOWHERE = -1


@dataclass
class _Fresh:
    """A picture that was just taken: its place is known once it is kept."""

    image: QImage
    name: str
    pos: int = _NOWHERE
    waiting: dict[str, Any] | None = None


class Evidence(QObject):
    """Takes pictures for a report and opens them. `failed` hears of what went wrong, `left` that the tester is done with a report's pictures."""

    def __init__(self, desk: DeskTop, parent: QObject, *, failed: Callable[[FirstlightError], None], left: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failed = failed
        self._left = left
        self._report = ""
        self._pos = 0
        self._fresh: _Fresh | None = None
        self._latest: dict[tuple[str, int], dict[str, Any]] = {}

    # -- taking ----------------------------------------------------------------------------------------------------------------

    def take_screenshot(self, report_id: str) -> None:
        """Ask what to take of this PC, take it, open it."""
        desk = self._desk

        def take(wish: Wish) -> None:
            done = partial(self._open_fresh, report_id, stem="screen")
            grab(desk.kit, desk.window, done, self._failed, mode=wish.mode, delay_s=wish.delay_s, screen=wish.screen)

        dialog = CaptureDialog(desk.kit, desk.window)
        dialog.wished.connect(take)
        dialog.open()

    def take_phone_screen(self, report_id: str) -> None:
        """The screen of the phone that is plugged in, straight into the editor."""
        job = self._desk.kit.jobs.start(self._phone_screen, lane="adb", owner=self)
        job.finished.connect(lambda image: self._open_fresh(report_id, image, stem="phone"))
        job.failed.connect(self._failed)

    def _phone_screen(self, *, work: Work) -> QImage:
        return pictures.decoded(self._desk.bench.phone_screen(work=work))

    def take_phone_photos(self, report_id: str) -> None:
        """Photos from the tester's phone by a code; the first of them is opened."""
        dialog = PhoneDialog(self._desk.kit, self._desk.window)
        dialog.received.connect(lambda photos: self._attach(report_id, self._as_sources(photos)))
        dialog.open()

    def _as_sources(self, photos: tuple[bytes, ...]) -> tuple[Source, ...]:
        taken = self._desk.kit.now().astimezone()
        return tuple(Source(data, f"photo-{taken:%H%M%S}-{at}.jpg", "photo", "image/jpeg") for at, data in enumerate(photos, 1))

    def _attach(self, report_id: str, sources: tuple[Source, ...]) -> None:
        """Keep pictures that have their bytes already, then open the first. In the draft's own lane: 'Send' waits for them."""
        if not sources:
            return
        job = self._desk.kit.jobs.start(self._put_all, report_id, sources, lane=f"draft:{report_id}")
        job.finished.connect(lambda made: self.open(report_id, made[0].pos))
        job.failed.connect(self._failed)

    def _put_all(self, report_id: str, sources: tuple[Source, ...], *, work: Work) -> list[Attachment]:
        return [self._put(report_id, source, work) for source in sources]

    def _put(self, report_id: str, source: Source, work: Work) -> Attachment:
        return self._desk.profile.reports.attach(report_id, source.data, name=source.name, role=source.role, media=source.media, work=work)

    def _open_fresh(self, report_id: str, image: QImage, *, stem: str) -> None:
        desk = self._desk
        source = attachment_source.of_picture(b"", stem, desk.kit.now())
        fresh = _Fresh(image, source.name)
        job = desk.kit.jobs.start(self._put_fresh, report_id, fresh, lane="disk")
        job.finished.connect(lambda made: self._on_kept(report_id, fresh, made))
        job.failed.connect(self._failed)
        self._report, self._pos, self._fresh = report_id, _NOWHERE, fresh
        self._show()

    def _put_fresh(self, report_id: str, fresh: _Fresh, *, work: Work) -> Attachment:
        data = attachment_source.png(fresh.image)
        made = self._put(report_id, Source(data, fresh.name, "picture", "image/png"), work)
        if fresh.waiting is not None:  # whoever reads the report next finds the picture with what is hidden in it
            self._desk.profile.reports.set_annotations(report_id, made.pos, fresh.waiting)
        return made

    def _on_kept(self, report_id: str, fresh: _Fresh, made: Attachment) -> None:
        fresh.pos = made.pos
        if self._fresh is fresh:
            self._pos = made.pos
        if fresh.waiting is not None:
            self._keep(report_id, made.pos, fresh.waiting)

    # -- the editor --------------------------------------------------------------------------------------------------------------

    def open(self, report_id: str, pos: int) -> None:
        """A picture of a report in the editor."""
        self._report, self._pos, self._fresh = report_id, pos, None
        self._show()

    def _show(self) -> None:
        self._desk.window.forget("picture")
        self._desk.window.visit("picture", section="reports", remember=False)

    def editor(self) -> EditorPage:
        """The page of the picture that was opened last."""
        desk, report_id, fresh = self._desk, self._report, self._fresh
        attachments = [a for a in desk.profile.reports.get(report_id).attachments if a.is_picture]
        shots = [Shot(a.pos, a.name, desk.profile.blobs.path(a.sha256)) for a in attachments]
        if fresh is not None and fresh.pos == _NOWHERE:
            shots.append(Shot(_NOWHERE, fresh.name, image=fresh.image))
        current = next((a for a in attachments if a.pos == self._pos), None)
        is_fresh = fresh is not None and (current is None or fresh.pos == current.pos)
        known = self._latest.get((report_id, self._pos)) or (current.annotations if current else None)
        page = EditorPage(
            desk.kit,
            picture=fresh.image if fresh is not None and is_fresh else desk.profile.blobs.path(current.sha256 if current else ""),
            document_json=known,
            name=fresh.name if fresh is not None and is_fresh else current.name if current else "",
            scale=pictures.scale_of(fresh.image) if fresh is not None and is_fresh else None,
            shots=shots,
            pos=self._pos,
            reader=self._reader(current, fresh if is_fresh else None),
        )
        keep = partial(self._keep_of, report_id, self._pos, fresh if is_fresh else None)
        page.changed.connect(keep)
        page.used.connect(keep)
        page.used.connect(lambda _document: self._leave(report_id))
        page.back_requested.connect(lambda: self._leave(report_id))
        page.picture_chosen.connect(lambda pos: self.open(report_id, pos))
        page.picture_requested.connect(lambda: self._ask_for_more(page, report_id))
        page.offered.connect(lambda mime: self._offer(report_id, mime))
        return page

    def _reader(self, current: Attachment | None, fresh: _Fresh | None) -> Reader | None:
        """Who reads words in the picture, where the tester's PC has the program."""
        program = tool.find("tesseract")
        if program is None or (fresh is None and current is None):
            return None
        path = self._desk.profile.blobs.path(current.sha256) if current is not None else None

        def find(*, work: Work) -> tuple[Any, ...]:
            if path is not None:
                return private_words.found_in(path, program, work)
            assert fresh is not None
            return private_words.found_in_pixels(attachment_source.png(fresh.image), program, work)

        return Reader(find, kinds.title)

    def _keep_of(self, report_id: str, pos: int, fresh: _Fresh | None, document: dict[str, Any]) -> None:
        if fresh is not None and fresh.pos == _NOWHERE:
            fresh.waiting = document
            return
        self._keep(report_id, fresh.pos if fresh is not None else pos, document)

    def _keep(self, report_id: str, pos: int, document: dict[str, Any]) -> None:
        """On the disk, in order; until it is there, whoever opens the picture again gets it from here."""
        self._latest[(report_id, pos)] = document
        reports = self._desk.profile.reports
        job = self._desk.kit.jobs.start(lambda work: reports.set_annotations(report_id, pos, document), lane="disk")
        job.failed.connect(self._failed)

    def _leave(self, report_id: str) -> None:
        self._latest.clear()
        self._fresh = None  # its pixels are large
        self._left(report_id)
        self._desk.window.forget("picture")

    # -- more pictures -------------------------------------------------------------------------------------------------------------

    def _ask_for_more(self, page: EditorPage, report_id: str) -> None:
        menu = QMenu(page)
        icons = self._desk.kit.icons
        menu.addAction(icons.icon("monitor"), self.tr("Picture of this PC"), lambda: self.take_screenshot(report_id))
        if self._desk.bench.found_tools()["adb"]:
            menu.addAction(icons.icon("device-mobile"), self.tr("The phone's screen"), lambda: self.take_phone_screen(report_id))
        menu.addAction(icons.icon("qr-code"), self.tr("Photos from your phone, by QR code"), lambda: self.take_phone_photos(report_id))
        menu.addAction(icons.icon("image"), self.tr("From a file…"), lambda: self._choose_files(page, report_id))
        clipboard = QGuiApplication.clipboard()
        menu.addAction(icons.icon("clipboard-text"), self.tr("From the clipboard"), lambda: self._offer(report_id, clipboard.mimeData()))
        menu.aboutToHide.connect(menu.deleteLater)
        strip = page.strip
        menu.popup(strip.add_button.mapToGlobal(strip.add_button.rect().topRight()) if strip is not None else QCursor.pos())

    def _choose_files(self, page: EditorPage, report_id: str) -> None:
        names, _ = QFileDialog.getOpenFileNames(page, self.tr("Choose pictures"))
        self._attach_pictures(report_id, tuple(attachment_source.of_file(Path(name)) for name in names))

    def _offer(self, report_id: str, mime: QMimeData) -> None:
        self._attach_pictures(report_id, attachment_source.of_mime(mime, "pasted", self._desk.kit.now()))

    def _attach_pictures(self, report_id: str, sources: tuple[Source, ...]) -> None:
        chosen = tuple(s for s in sources if s.media.startswith("image/"))
        if not chosen:
            self._desk.kit.toasts.show(self.tr("There is no picture in that."))
        self._attach(report_id, chosen)
