# SPDX-License-Identifier: Apache-2.0
"""The questions of a guide as fields: yes or no, one of several values, a line of text. Reachable by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from firstlight.kit.buttons import Segmented
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.guide_options import Answer, Option, OptionType, is_same
from firstlight_contract.wire import words_in


class OptionField(QWidget):
    """One question. `answer` is None while it is open. Signals: changed()."""

    changed = Signal()

    def __init__(self, kit: Kit, option: Option, answer: Answer | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self.answer = answer
        name = words_in(option.label, kit.language)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        title = label(name, "strong")
        box.addWidget(title)
        if option.help:
            box.addWidget(label(words_in(option.help, kit.language), "small", tone="2"))
        self.field: QWidget
        if option.type is OptionType.YES_NO:
            self.field = self._yes_no(kit, name)
        elif option.type is OptionType.CHOICE and option.values:
            self.field = self._choice(kit, name)
        else:
            self.field = self._text(name)
        title.setBuddy(self.field)
        box.addWidget(self.field)

    def _yes_no(self, kit: Kit, name: str) -> Segmented:
        yes = QCoreApplication.translate("OptionField", "Yes")
        no = QCoreApplication.translate("OptionField", "No")
        current = {True: "yes", False: "no"}.get(self.answer if isinstance(self.answer, bool) else None, "")  # type: ignore[arg-type]
        field = Segmented(kit, (("yes", yes), ("no", no)), current, name=name)
        field.chosen.connect(lambda key: self._take(key == "yes"))
        return field

    def _choice(self, kit: Kit, name: str) -> QComboBox:
        field = QComboBox()
        field.setAccessibleName(name)
        for choice in self.option.values:
            field.addItem(words_in(choice.label, kit.language) or str(choice.value))
        at = next((i for i, c in enumerate(self.option.values) if is_same(c.value, self.answer)), -1)
        field.setCurrentIndex(at)
        field.setPlaceholderText(QCoreApplication.translate("OptionField", "Choose one"))
        field.activated.connect(lambda at: self._take(self.option.values[at].value))
        return field

    def _text(self, name: str) -> QLineEdit:
        field = QLineEdit("" if self.answer is None else str(self.answer))
        field.setAccessibleName(name)
        field.setMaxLength(200)
        field.textChanged.connect(lambda text: self._take(text.strip() or None))
        return field

    def _take(self, answer: Answer | None) -> None:
        self.answer = answer if answer is not None and self.option.takes(answer) else None
        self.changed.emit()
