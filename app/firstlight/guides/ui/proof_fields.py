# SPDX-License-Identifier: Apache-2.0
"""What a step asks to be noted down: a number counted, a value measured, a line of text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from firstlight.kit.kit import Kit
from firstlight.kit.labels import label, set_tone
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
        title = words_in(proof.title, kit.language) or plain_title(proof.kind)
        head = QHBoxLayout()
        head.addWidget(label(title, "smallstrong"), 1)
        head.addWidget(label(wanted(proof), "cap", tone="2", wrap=False))
        box.addLayout(head)
        self.field = QLineEdit(value)
        self.field.setAccessibleName(title)
        self.field.setMaxLength(200 if proof.kind is ProofKind.TEXT else 40)
        self.field.editingFinished.connect(self._on_edited)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        if proof.unit:
            row.addWidget(label(proof.unit, "small", tone="2", wrap=False))
        box.addLayout(row)
        self.verdict = label("", "cap", tone="2")
        box.addWidget(self.verdict)
        self._judge(value)
        if proof.why:
            box.addWidget(label(words_in(proof.why, kit.language), "cap", tone="2"))

    @Slot()
    def _on_edited(self) -> None:
        value = self.field.text().strip()
        if self._judge(value) and value and value != self._kept:
            self._kept = value
            self.value_kept.emit(self._proof.kind, value)

    def _judge(self, value: str) -> bool:
        """Say whether the value is what the guide expects; False when it is no value at all. What is off is kept all the same."""
        text, tone, is_value = expected(self._proof), "2", True
        if value:
            try:
                is_right = self._proof.reads(value)
            except ValueError:
                text, tone, is_value = QCoreApplication.translate("ProofField", "Type the number alone"), "danger", False
            else:
                if is_right is True:
                    text, tone = QCoreApplication.translate("ProofField", "As it should be"), "ok"
                elif is_right is False:
                    off = QCoreApplication.translate("ProofField", "Not as expected ({expected}). It is kept as you typed it.")
                    text, tone = off.format(expected=expected(self._proof)), "warn"
        self.verdict.setText(text)
        self.verdict.setVisible(bool(text))
        set_tone(self.verdict, tone)
        return is_value


def plain_title(kind: ProofKind) -> str:
    """What to keep, where the guide gives it no name."""
    return {
        ProofKind.PHOTO: QCoreApplication.translate("ProofField", "Photo for your album"),
        ProofKind.COUNT: QCoreApplication.translate("ProofField", "Count"),
        ProofKind.MEASURE: QCoreApplication.translate("ProofField", "Measured"),
        ProofKind.TEXT: QCoreApplication.translate("ProofField", "In your words"),
    }.get(kind, "")


def expected(proof: Proof) -> str:
    """What the guide expects to read; "" when it does not say."""
    unit = f" {proof.unit}" if proof.unit else ""
    if proof.expect is not None:
        return QCoreApplication.translate("ProofField", "{number} expected").format(number=proof.expect)
    if proof.min is not None and proof.max is not None:
        return QCoreApplication.translate("ProofField", "{low} to {high}").format(low=f"{proof.min:g}", high=f"{proof.max:g}{unit}")
    if proof.min is not None:
        return QCoreApplication.translate("ProofField", "{low} or more").format(low=f"{proof.min:g}{unit}")
    if proof.max is not None:
        return QCoreApplication.translate("ProofField", "{high} or less").format(high=f"{proof.max:g}{unit}")
    return ""


def wanted(proof: Proof) -> str:
    """Whether it must be, in two words."""
    if proof.required:
        return QCoreApplication.translate("ProofField", "Needed")
    return QCoreApplication.translate("ProofField", "Wanted, not required")
