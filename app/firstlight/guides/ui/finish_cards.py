# SPDX-License-Identifier: Apache-2.0
"""What a finished run has to show for itself, from its journal: what was written, what was checked, what was done and noted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from firstlight.guides.album import Album, AlbumStep, CheckRow, Kept
from firstlight.guides.ui.proof_fields import plain_title
from firstlight.kit import figures
from firstlight.kit.frames import Card, IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.wire import words_in

LARGE = 150
"""From this size of text on, steps stand in one column."""


def written_card(kit: Kit, album: Album) -> Card:
    """The images, with their sizes."""
    card = Card(16, 8)
    card.box.addWidget(label(QCoreApplication.translate("FinishCards", "What was written"), "h2"))
    for part in album.parts:
        said = figures.size(part.size) if part.is_done else QCoreApplication.translate("FinishCards", "not written")
        card.box.addWidget(
            _row(kit, "check-circle" if part.is_done else "warning", words_in(part.title, kit.language), said, is_good=part.is_done)
        )
    card.box.addStretch(1)
    return card


def checks_card(kit: Kit, album: Album) -> Card:
    """The safety checks as they stood in the moment of the write, and what was seen afterwards."""
    card = Card(16, 8)
    card.box.addWidget(label(QCoreApplication.translate("FinishCards", "What was checked"), "h2"))
    for check in album.checks:
        card.box.addWidget(_row(kit, *_check(check, kit.language), is_good=check.is_held and not check.is_overridden and not check.is_hint))
    card.box.addStretch(1)
    return card


def _check(check: CheckRow, language: str) -> tuple[str, str, str]:
    measured = words_in(check.measured, language)
    if check.is_overridden:
        measured = QCoreApplication.translate("FinishCards", "{measured}. You chose to go on all the same.").format(measured=measured)
    icon = "info" if check.is_hint else "check-circle" if check.is_held and not check.is_overridden else "warning"
    return (icon, words_in(check.title, language), measured)


def steps_card(kit: Kit, album: Album) -> Card:
    """Every step with what was noted on it, in two columns."""
    card = Card(16, 10)
    card.box.addWidget(label(QCoreApplication.translate("FinishCards", "Step by step"), "h2"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    half = -(-len(album.steps) // 2) if kit.theme.percent < LARGE else len(album.steps)
    for at, step in enumerate(album.steps):
        title = QCoreApplication.translate("FinishCards", "{number}. {step}").format(
            number=step.number, step=words_in(step.title, kit.language)
        )
        row = _row(kit, "check-circle", title, "\n".join(_noted(step, kit.language)), is_strong=False)
        grid.addWidget(row, at % half, at // half, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 1)
    if half < len(album.steps):
        grid.setColumnStretch(1, 1)
    card.box.addLayout(grid)
    return card


def _noted(step: AlbumStep, language: str) -> list[str]:
    return [_kept(kept, language) for kept in step.kept] + ([step.note] if step.note else [])


def _kept(kept: Kept, language: str) -> str:
    title = words_in(kept.title, language) or plain_title(kept.kind)
    value = f"{kept.value} {kept.unit}".strip()
    return QCoreApplication.translate("FinishCards", "{what}: {value}").format(what=title, value=value)


def _row(kit: Kit, icon: str, title: str, said: str, *, is_good: bool = True, is_strong: bool = True) -> QWidget:
    made = QWidget()
    box = QHBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    box.addWidget(IconLabel(kit, icon, "ok" if is_good else "warn", 18), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(label(title, "smallstrong" if is_strong else "small"))
    if said:
        words.addWidget(label(said, "cap", tone="2"))
    box.addLayout(words, 1)
    made.setAccessibleName(f"{title}: {said}" if said else title)
    return made
