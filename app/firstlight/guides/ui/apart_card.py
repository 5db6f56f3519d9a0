# SPDX-License-Identifier: Apache-2.0
"""The question that tells a device from those that a machine cannot tell it from: both answers with what to look at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from firstlight.guides.state import RunState
from firstlight.guides.ui import library_words
from firstlight.guides.ui.picture_view import PictureView, marks_of
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Card, IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.wire import words_in


class ApartCard(Card):
    """Signals: answered(bool): True when it is the right one."""

    answered = Signal(bool)

    def __init__(self, kit: Kit, state: RunState, parent: QWidget | None = None) -> None:
        super().__init__(20, 12, parent)
        target, language = state.guide.for_, kit.language
        others = ", ".join(library_words.model(slug) for slug in target.not_)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel(kit, "user-focus", "warn", 22))
        head.addWidget(label(self.tr("Which one is it?"), "h2"), 1)
        self.box.addLayout(head)
        asked = words_in(target.tell_apart.question, language) if target.tell_apart else ""
        plain = self.tr("To this PC it looks the same as {others}. Read its name on the sticker or the box.").format(others=others)
        self.box.addWidget(label(asked or plain, "body"))
        for picture in target.tell_apart.show if target.tell_apart else ():
            view = PictureView(kit)
            view.setMinimumHeight(kit.theme.px(160))
            marks = marks_of(picture)
            view.show_picture(state.folder / picture.img, marks, words_in(picture.alt, language), has_letters=picture.has_letters)
            self.box.addWidget(view)
        right = words_in(target.tell_apart.right, language) if target.tell_apart else self.tr("It is the right one")
        wrong = words_in(target.tell_apart.wrong, language) if target.tell_apart else self.tr("It is {others}").format(others=others)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.right_button = Button(kit, right)
        self.wrong_button = Button(kit, wrong)
        self.right_button.clicked.connect(lambda: self.answered.emit(True))
        self.wrong_button.clicked.connect(lambda: self.answered.emit(False))
        row.addWidget(self.right_button)
        row.addWidget(self.wrong_button)
        row.addStretch(1)
        self.box.addLayout(row)
        if state.told_apart is False:
            stop = self.tr("This guide would break it, so nothing is written. Choose the guide of that device.")
            self.box.addWidget(label(stop, "small", tone="danger"))
