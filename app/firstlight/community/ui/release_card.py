# SPDX-License-Identifier: Apache-2.0
"""The Orange Friday card: the newest build, what it changes, and the one button that starts flashing it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Card, Chip, EmptyState, Separator, Tag
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.firmware import Change, ChangeKind, Release
from firstlight_contract.wire import words_in

FOLDED = 8
"""How many changes show before the tester asks for all."""
ROOMY = 66
"""Rows take the height that is free up to here, so that a short list fills its card."""


class ReleaseCard(Card):
    """One release. `show_all` unfolds the change list.

    Signals: flash_requested(); changes_read(): the whole list is open now.
    """

    flash_requested = Signal()
    changes_read = Signal()

    def __init__(self, kit: Kit, release: Release, *, is_installed: bool, wide: bool) -> None:
        super().__init__(0, 0)
        self._kit = kit
        self._release = release
        self.box.setContentsMargins(1, 1, 1, 8)
        self.box.addWidget(self._hero(is_installed, wide))
        self._rows: list[QWidget] = []
        for at, change in enumerate(release.changes):
            row = _ChangeRow(kit, change, is_first=at == 0)
            self._rows.append(row)
            self.box.addWidget(row, 1)
            if at >= FOLDED:
                row.hide()
        if not release.changes:
            text = label(self.tr("The team wrote no change list for this build."), "small", tone="2")
            text.setContentsMargins(20, 12, 20, 12)
            self.box.addWidget(text)
        self.box.addStretch()

    def _hero(self, is_installed: bool, wide: bool) -> QFrame:
        kit, release = self._kit, self._release
        hero = QFrame()
        hero.setObjectName("hero")
        row = QHBoxLayout(hero)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        if wide:
            row.addWidget(_Emblem(kit))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(self.tr("Orange Friday"), "over"))
        title = self.tr("Build {version} for {device}").format(version=release.version, device=release.device_name)
        words.addWidget(label(title, "title"))
        words.addWidget(label(self._facts(), "small", tone="2"))
        row.addLayout(words, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        if is_installed:
            buttons.addWidget(Chip(kit, self.tr("On your device"), icon="check", kind="ok"), 0, Qt.AlignmentFlag.AlignHCenter)
            self.flash_button = Button(kit, self.tr("Flash it again"), icon="bolt", kind="ghost")
        else:
            minutes = self.tr("Flash it, about {minutes} min").format(minutes=release.minutes)
            self.flash_button = Button(kit, minutes if release.minutes else self.tr("Flash it"), icon="bolt", kind="primary", size="large")
        self.flash_button.clicked.connect(self.flash_requested)
        buttons.addWidget(self.flash_button)
        self.all_button = Button(kit, self._all_words(), kind="link", size="small")
        self.all_button.clicked.connect(self._on_all)
        buttons.addWidget(self.all_button)
        if not release.changes:
            self.all_button.hide()
        row.addLayout(buttons)
        return hero

    def _facts(self) -> str:
        release = self._release
        at = release.published_at.astimezone()
        day = figures.weekday(at, self._kit.language)
        parts = [self.tr("{day} {time}").format(day=day, time=figures.clock(at))]
        size = sum(file.size for file in release.files)
        if size:
            parts.append(figures.size(size))
        parts.append(self.tr("keeps your data") if release.keeps_data else self.tr("erases your data"))
        return " · ".join(parts)

    def _all_words(self) -> str:
        return self.tr("Read all %n changes", "", len(self._release.changes))

    @property
    def is_folded(self) -> bool:
        """Whether some changes are not shown."""
        return any(row.isHidden() for row in self._rows)

    @Slot()
    def _on_all(self) -> None:
        self.unfold() if self.is_folded or len(self._rows) <= FOLDED else self._fold()

    def unfold(self) -> None:
        """Show the whole change list."""
        for row in self._rows:
            row.show()
        if len(self._rows) > FOLDED:
            self.all_button.setText(self.tr("Show fewer"))
        self.changes_read.emit()

    def _fold(self) -> None:
        for row in self._rows[FOLDED:]:
            row.hide()
        self.all_button.setText(self._all_words())


class NoReleaseCard(Card):
    """What stands there before the first build."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        title = self.tr("The next build comes on Friday at 18:00")
        text = self.tr("When it is there, its change list stands here. Until then, anything odd is worth a line.")
        self.box.addWidget(EmptyState(kit, "sun-horizon", title, text))


class _Emblem(QWidget):
    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setFixedSize(64, 64)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The brand's square with a rising sun."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._kit.theme.color("brand"))
        painter.drawRoundedRect(QRectF(self.rect()), 14, 14)
        sun = self._kit.icons.pixmap("sun-horizon", "tip-text" if self._kit.theme.name == "light" else "text", 36)
        painter.drawPixmap(14, 14, sun)


class _ChangeRow(QWidget):
    """One line of the change list, read as one sentence."""

    def __init__(self, kit: Kit, change: Change, *, is_first: bool) -> None:
        super().__init__()
        self._roomy = kit.theme.px(ROOMY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if not is_first:
            column.addWidget(Separator())
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(10)
        kind, colour = self._kind(change.kind)
        place = QWidget()
        place.setFixedWidth(kit.theme.px(62))
        inner = QHBoxLayout(place)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(Tag(kind, colour))
        inner.addStretch()
        row.addWidget(place)
        words = QVBoxLayout()
        words.setSpacing(0)
        title, body = words_in(change.title, kit.language), words_in(change.body, kit.language)
        words.addWidget(label(title, "smallstrong"))
        if body:
            words.addWidget(label(body, "cap", tone="2"))
        row.addLayout(words, 1)
        if change.yours:
            chip = Chip(kit, self.tr("Yours"), icon="check", kind="accent")
            chip.setToolTip(self.tr("Your report led to this."))
            row.addWidget(chip)
        column.addLayout(row, 1)
        yours = self.tr("Your report led to this.") if change.yours else ""
        self.setAccessibleName(" ".join(part for part in (f"{kind}: {title}.", body, yours) if part))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Never less than the words need, never much more."""
        super().resizeEvent(event)
        self.setMaximumHeight(max(self._roomy, self.heightForWidth(self.width())))

    def _kind(self, kind: ChangeKind) -> tuple[str, str]:
        return {
            ChangeKind.NEW: (self.tr("New"), "honour"),
            ChangeKind.FIXED: (self.tr("Fixed"), "ok"),
            ChangeKind.BETTER: (self.tr("Better"), "info"),
            ChangeKind.KNOWN: (self.tr("Known"), "warn"),
        }[kind]
