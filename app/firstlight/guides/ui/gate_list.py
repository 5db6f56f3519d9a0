# SPDX-License-Identifier: Apache-2.0
"""The safety checks as rows: state, what was measured, how to mend it. What may be overridden asks for the serial's last four."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from firstlight.guides.state import GateResult
from firstlight.kit.buttons import Button
from firstlight.kit.frames import IconLabel, Separator, Tag
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.wire import words_in


class GateList(QWidget):
    """Signals: check_asked() to ask all again, override_asked(str) with the id of a row."""

    check_asked = Signal()
    override_asked = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._shown: tuple[tuple[GateResult, ...], bool] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(label(self.tr("Safety checks"), "h2", wrap=False), 1)
        self._tag: Tag | None = None
        box.addLayout(self._head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        box.addLayout(self._rows)
        self.again_button = Button(kit, self.tr("Check again"), icon="arrow-clockwise", size="small")
        self.again_button.clicked.connect(self.check_asked)
        box.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_gates(self, gates: tuple[GateResult, ...], *, is_asking: bool, may_ask: bool = True) -> None:
        """The rows as they are; `is_asking` while the device is being asked, `may_ask` whether asking makes sense now."""
        self.again_button.setVisible(may_ask and bool(gates))
        self.again_button.setEnabled(not is_asking)
        self.again_button.setText(self.tr("Asking the device") if is_asking else self.tr("Check again"))
        if (gates, is_asking) == self._shown:
            return
        self._shown = (gates, is_asking)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for gate in gates:
            self._rows.addWidget(Separator())
            self._rows.addWidget(self._row(gate, is_asking=is_asking and gate.ok is None))
        self._show_tag(gates)

    def _show_tag(self, gates: tuple[GateResult, ...]) -> None:
        if self._tag is not None:
            self._tag.hide()
            self._tag.deleteLater()
            self._tag = None
        if not gates:
            return
        # What was overridden, or is only to know, holds nobody up; that it passed would not be true.
        passed = sum(g.ok is True and not g.is_hint for g in gates)
        failed = any(g.ok is False and not g.is_passed for g in gates)
        words = self.tr("{passed} of {count} passed").format(passed=passed, count=len(gates))
        is_free = all(g.is_passed for g in gates)
        kind = "ok" if passed == len(gates) else "danger" if failed else "warn" if is_free else ""
        self._tag = Tag(words, kind, icon={"ok": "check", "danger": "x", "warn": "warning"}.get(kind, ""), kit=self._kit)
        self._head.addWidget(self._tag)

    def _row(self, gate: GateResult, *, is_asking: bool) -> QFrame:
        language = self._kit.language
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(10)
        icon, role, said = self._state(gate, is_asking=is_asking)
        row.addWidget(IconLabel(self._kit, icon, role, 20), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        title = words_in(gate.title, language)
        measured = words_in(gate.measured, language) or said
        words.addWidget(label(title, "smallstrong"))
        words.addWidget(label(measured, "cap", tone="2"))
        if gate.ok is False and gate.is_overridden:
            words.addWidget(label(self.tr("You chose to go on all the same."), "cap", tone="warn"))
        elif gate.ok is not True and gate.mend and not is_asking:
            words.addWidget(label(words_in(gate.mend, language), "cap", tone="danger" if gate.ok is False else "2"))
            if gate.ok is False and gate.overridable:
                words.addWidget(self._override(gate, title), 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        frame.setAccessibleName(f"{title}: {said}. {measured}")
        return frame

    def _override(self, gate: GateResult, title: str) -> Button:
        button = Button(self._kit, self.tr("Go on all the same"), kind="danger", size="small")
        button.setAccessibleName(self.tr("Go on all the same: {check}").format(check=title))
        button.clicked.connect(lambda _=False: self._on_override(gate.id))
        return button

    @Slot(str)
    def _on_override(self, gate_id: str) -> None:
        self.override_asked.emit(gate_id)

    def _state(self, gate: GateResult, *, is_asking: bool) -> tuple[str, str, str]:
        if is_asking:
            return "hourglass-medium", "text-3", self.tr("Asking the device")
        if gate.is_hint:
            return "info", "warn", self.tr("to know")
        if gate.ok is True:
            return "check-circle", "ok", self.tr("passed")
        if gate.ok is False:
            return (
                ("warning-circle", "warn", self.tr("overridden")) if gate.is_overridden else ("x-circle", "danger", self.tr("not passed"))
            )
        if gate.measured:
            return "question", "text-3", self.tr("not known")
        return "circle", "text-3", self.tr("Not asked yet")
