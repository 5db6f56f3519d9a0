# SPDX-License-Identifier: Apache-2.0
"""What a step asks to be noted down: a number counted, a value measured, a line of text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.guide_steps import Proof, ProofKind
from firstlight_contract.wire import words_in


class ProofField(QWidget):
    """One value to type. Signals: value_kept(ProofKind, str) when the field is left or Enter is pressed."""

    value_kept = Signal(object, str)

    def __init__(self, kit: Kit, proof: Proof, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proof = proof
        self._kept = value
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        title = words_in(proof.title, kit.language)
        head = QHBoxLayout()
        head.addWidget(label(title, "smallstrong"), 1)
        head.addWidget(label(wanted(proof), "cap", tone="2", wrap=False))
        box.addLayout(head)
        self.field = QLineEdit(value)
        self.field.setAccessibleName(title)
        self.field.setMaxLength(200 if proof.kind is ProofKind.TEXT else 40)
        self.field.editingFinished.connect(self._on_edited)
        box.addWidget(self.field)
        if proof.why:
            box.addWidget(label(words_in(proof.why, kit.language), "cap", tone="2"))

    @Slot()
    def _on_edited(self) -> None:
        value = self.field.text().strip()
        if value and value != self._kept:
            self._kept = value
            self.value_kept.emit(self._proof.kind, value)


def wanted(proof: Proof) -> str:
    """Whether it must be, in two words."""
    if proof.required:
        return QCoreApplication.translate("ProofField", "Needed")
    return QCoreApplication.translate("ProofField", "Wanted, not required")
