# SPDX-License-Identifier: Apache-2.0
"""Draws an album or a certificate: a PDF of A4 pages (QPdfWriter), or the same pages below each other as one PNG.

Always on white with dark text, whatever the window's theme: it is made to be printed and shown. `save` blocks for as long as photos
take to read; call it in a job.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QMarginsF, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QImageReader, QImageWriter, QPageSize, QPainter, QPdfWriter, QPen

from firstlight.base.work import Work
from firstlight.guides.album import Album, AlbumStep, CheckRow
from firstlight.guides.ui import durations
from firstlight.kit import figures
from firstlight.store.disk import fault_of
from firstlight_contract.guide_steps import ProofKind
from firstlight_contract.wire import Words, words_in

DOTS = 150
"""Dots per inch of a page."""
WIDTH, HEIGHT = int(8.27 * DOTS), int(11.69 * DOTS)
_MARGIN = int(0.7 * DOTS)
_INK, _SOFT, _LINE, _OK, _BAD = QColor("#1E1C19"), QColor("#55504A"), QColor("#CBC4B7"), QColor("#1B6B3E"), QColor("#B3261E")
_BRAND = QColor("#E8631A")
_MAX_PAGES = 60
_MAX_PIXELS = 60_000_000


@dataclass
class Sheet:
    """Pages of one album. Each page is painted by `page(number, painter)` in dots of DOTS per inch."""

    album: Album
    language: str
    photo_path: Callable[[str], Path]
    families: tuple[str, ...] = ("Inter", "Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC")

    def __post_init__(self) -> None:
        self._y = 0
        self._painter = QPainter()
        self._next: Callable[[], None] = lambda: None
        self.pages = 0

    def save(self, path: Path, work: Work) -> Path:
        """Write it as PDF or, for a name that ends in .png, as one picture; StoreError."""
        try:
            if path.suffix.lower() == ".png":
                self._save_png(path, work)
            else:
                self._save_pdf(path, work)
        except OSError as error:
            raise fault_of(error, path) from error
        return path

    def _save_pdf(self, path: Path, work: Work) -> None:
        new = path.with_name(path.name + ".new")
        writer = QPdfWriter(str(new))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setResolution(DOTS)
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(self._words(self.album.title))
        writer.setCreator("Firstlight")
        painter = QPainter(writer)
        if not painter.isActive():
            raise OSError(f"{path} cannot be written")
        try:
            self._draw(painter, lambda: _turn(writer), work)
        finally:
            painter.end()
        new.replace(path)

    def _save_png(self, path: Path, work: Work) -> None:
        images: list[QImage] = []

        def turn() -> None:
            if self._painter.isActive():
                self._painter.end()
            images.append(QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32))
            images[-1].fill(Qt.GlobalColor.white)
            self._painter.begin(images[-1])

        turn()
        self._draw(self._painter, turn, work)
        used = self._y + _MARGIN
        self._painter.end()
        whole = QImage(WIDTH, HEIGHT * (len(images) - 1) + min(used, HEIGHT), QImage.Format.Format_RGB32)
        whole.fill(Qt.GlobalColor.white)
        painter = QPainter(whole)
        for at, image in enumerate(images):
            painter.drawImage(QPoint(0, at * HEIGHT), image)
        painter.end()
        new = path.with_name(path.name + ".new")
        if not QImageWriter(str(new), QByteArray(b"png")).write(whole):
            raise OSError(f"{path} cannot be written")
        new.replace(path)

    # -- what stands on it -----------------------------------------------------------------------------------------------

    def _draw(self, painter: QPainter, turn: Callable[[], None], work: Work) -> None:
        self._painter, self._next, self._y, self.pages = painter, turn, _MARGIN, 1
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._head()
        if self.album.is_certificate:
            self._certificate()
        for step in self.album.steps:
            work.check()
            if step.photos or step.kept or step.note or not self.album.is_certificate:
                self._step(step)
        self._foot()

    def _head(self) -> None:
        album = self.album
        self._painter.fillRect(QRect(0, 0, WIDTH, 10), _BRAND)
        kind = (
            QCoreApplication.translate("AlbumSheet", "Certificate of a flash")
            if album.is_certificate
            else QCoreApplication.translate("AlbumSheet", "Album of a build")
        )
        self._text(kind, 10, _SOFT, bold=True)
        self._text(self._words(album.title), 22, _INK, bold=True, after=6)
        device = f"{album.device} · {album.tail}" if album.tail else album.device
        when = album.finished_at or album.started_at
        took = durations.took((when - album.started_at).total_seconds())
        facts = (
            device,
            figures.weekday_and_day(when, self.language),
            took,
            QCoreApplication.translate("AlbumSheet", "guide {guide}, version {version}"),
        )
        line = " · ".join(fact for fact in facts if fact).format(guide=album.guide, version=album.version)
        self._text(line, 11, _SOFT, after=18)

    def _certificate(self) -> None:
        album = self.album
        if album.build:
            said = (
                QCoreApplication.translate("AlbumSheet", "Build {new} was written over build {old}")
                if album.from_build
                else QCoreApplication.translate("AlbumSheet", "Build {new} was written")
            )
            if album.is_going_back:
                said = QCoreApplication.translate("AlbumSheet", "The build before was put back: {new}")
            self._text(said.format(old=album.from_build, new=album.build), 14, _INK, bold=True, after=10)
        self._text(QCoreApplication.translate("AlbumSheet", "What was written"), 12, _INK, bold=True)
        for part in album.parts:
            mark = "✓" if part.is_done else "✗"
            size = figures.size(part.size)
            state = (
                QCoreApplication.translate("AlbumSheet", "written")
                if part.is_done
                else QCoreApplication.translate("AlbumSheet", "not written whole")
            )
            line = QCoreApplication.translate("AlbumSheet", "{part}, {size}, {state}")
            self._row(mark, line.format(part=self._words(part.title), size=size, state=state), _OK if part.is_done else _BAD)
        self._y += 10
        if album.checks:
            self._text(QCoreApplication.translate("AlbumSheet", "What was checked"), 12, _INK, bold=True)
        for check in album.checks:
            self._check(check)
        self._y += 14

    def _check(self, check: CheckRow) -> None:
        word = QCoreApplication.translate("AlbumSheet", "passed by the tester’s word")
        said = _told(self._words(check.title), self._words(check.measured))
        if check.is_overridden:
            said = _with(said, word)
        # A hint held nobody up, and is no check that passed.
        mark = "!" if check.is_overridden else "–" if check.is_hint else "✓" if check.is_held else "✗"
        self._row(mark, said, {"✓": _OK, "–": _SOFT}.get(mark, _BAD))

    def _step(self, step: AlbumStep) -> None:
        self._room(110)
        self._painter.setPen(QPen(_LINE, 1))
        self._painter.drawLine(_MARGIN, self._y, WIDTH - _MARGIN, self._y)
        self._y += 12
        hand = QCoreApplication.translate("AlbumSheet", "done by hand")
        by_hand = f" · {hand}" if step.is_by_hand else ""
        self._text(f"{step.number}. {self._words(step.title)}{by_hand}", 13, _INK, bold=True)
        for kept in step.kept:
            name = self._words(kept.title) or {
                ProofKind.COUNT: QCoreApplication.translate("AlbumSheet", "Counted"),
                ProofKind.MEASURE: QCoreApplication.translate("AlbumSheet", "Measured"),
                ProofKind.TEXT: QCoreApplication.translate("AlbumSheet", "In words"),
            }.get(kept.kind, "")
            said = (
                QCoreApplication.translate("AlbumSheet", "as expected")
                if kept.is_right
                else QCoreApplication.translate("AlbumSheet", "not as expected")
            )
            line = _told(name, f"{kept.value} {kept.unit}".strip())
            self._text(line if kept.is_right is None else _with(line, said), 11, _INK)
        if step.note:
            self._text(step.note, 11, _SOFT)
        self._photos(step.photos)
        self._y += 8

    def _photos(self, photos: tuple[str, ...]) -> None:
        room = WIDTH - 2 * _MARGIN
        each = QSize((room - 20) // 2, int((room - 20) // 2 * 0.75))
        for at in range(0, len(photos), 2):
            self._room(each.height() + 14)
            for column, sha256 in enumerate(photos[at : at + 2]):
                image = _photo(self.photo_path(sha256), each)
                place = QRect(QPoint(_MARGIN + column * (each.width() + 20), self._y), each)
                if image.isNull():
                    self._painter.setPen(QPen(_LINE, 1))
                    self._painter.drawRect(place)
                    self._painter.setPen(_SOFT)
                    self._painter.drawText(
                        place, Qt.AlignmentFlag.AlignCenter, QCoreApplication.translate("AlbumSheet", "This photo is no longer on this PC")
                    )
                    continue
                target = QRect(QPoint(0, 0), image.size())
                target.moveCenter(place.center())
                self._painter.drawImage(target, image)
            self._y += each.height() + 14

    def _foot(self) -> None:
        self._y += 10
        self._text(
            QCoreApplication.translate(
                "AlbumSheet", "Made by Firstlight from the journal of this run; it stays on this PC unless you share it."
            ),
            9,
            _SOFT,
        )
        if self.album.journal:
            self._text(f"SHA-256 {self.album.journal}", 8, _SOFT)

    # -- how -------------------------------------------------------------------------------------------------------------

    def _room(self, height: int) -> None:
        """Another page when so much does not fit."""
        if self._y + height > HEIGHT - _MARGIN and self.pages < _MAX_PAGES:
            self._next()
            self.pages += 1
            self._y = _MARGIN

    def _row(self, mark: str, text: str, colour: QColor) -> None:
        self._room(30)
        before = self._y
        self._text(text, 11, _INK, left=28)
        self._painter.setPen(colour)
        self._painter.setFont(self._font(11, bold=True))
        self._painter.drawText(QPoint(_MARGIN, before + self._painter.fontMetrics().ascent()), mark)

    def _text(self, text: str, points: int, colour: QColor, *, bold: bool = False, left: int = 0, after: int = 4) -> None:
        self._painter.setFont(self._font(points, bold=bold))
        width = WIDTH - 2 * _MARGIN - left
        flags = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value if " " not in text else Qt.TextFlag.TextWordWrap.value
        box = self._painter.boundingRect(QRectF(0, 0, width, HEIGHT), flags, text)
        self._room(math.ceil(box.height()))
        self._painter.setFont(self._font(points, bold=bold))
        self._painter.setPen(colour)
        self._painter.drawText(QRectF(_MARGIN + left, self._y, width, box.height() + 2), flags, text)
        self._y += math.ceil(box.height()) + after

    def _font(self, points: int, *, bold: bool) -> QFont:
        font = QFont()
        font.setFamilies(list(self.families))
        font.setPixelSize(round(points * DOTS / 72))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _words(self, words: Words) -> str:
        return words_in(words, self.language)


def _told(what: str, value: str) -> str:
    return QCoreApplication.translate("AlbumSheet", "{what}: {value}").format(what=what, value=value)


def _with(said: str, more: str) -> str:
    return QCoreApplication.translate("AlbumSheet", "{said} ({more})").format(said=said, more=more)


def _turn(writer: QPdfWriter) -> None:
    writer.newPage()


def _photo(path: Path, within: QSize) -> QImage:
    """The photo upright and small enough; a null image when it is gone or absurdly large."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    own = reader.size()
    if not own.isValid() or own.width() * own.height() > _MAX_PIXELS:
        return QImage()
    reader.setScaledSize(own.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    # The size was that before turning: a photo taken upright may be too high for its place then.
    return image if image.height() <= within.height() else image.scaledToHeight(within.height(), Qt.TransformationMode.SmoothTransformation)
