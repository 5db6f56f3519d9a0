# SPDX-License-Identifier: Apache-2.0
"""The right column of the flash player: safety checks, the practice phone when there is one, when a stop is possible."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from firstlight.guides.state import PartState, RunState
from firstlight.guides.ui import deed_words
from firstlight.guides.ui.gate_list import GateList
from firstlight.guides.ui.practice_panel import Practice, PracticePanel
from firstlight.guides.ui.stop_card import StopCard, StopRule
from firstlight.kit.frames import IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

LOW = 560
"""Below this height not everything of the column is seen at once."""


class FlashSide(QFrame):
    """`gates` has the signals of what a tester does here; `is_below`: it stands below the step and scrolls with it."""

    def __init__(self, kit: Kit, *, is_below: bool = False) -> None:
        super().__init__()
        self._kit = kit
        self._is_below = is_below
        self.practice: PracticePanel | None = None
        if not is_below:
            self.setObjectName("playerSide")
            self.setFixedWidth(312)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(20, 14, 20, 14)
        self._box.setSpacing(10)
        self.gates = GateList(kit)
        self._box.addWidget(self.gates)
        self._ahead = QWidget()
        row = QHBoxLayout(self._ahead)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel(kit, "shield-check", "text-3", 20), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(self.tr("Safety checks"), "smallstrong"))
        self._ahead_words = label("", "cap", tone="2")
        words.addWidget(self._ahead_words)
        row.addLayout(words, 1)
        self._box.addWidget(self._ahead)
        self._box.addStretch(1)
        self._stop = StopCard(kit)
        self._box.addWidget(self._stop)
        outer.addWidget(inner if is_below else scrolled(inner))

    def show_run(self, state: RunState, *, is_busy: bool, is_asking: bool, phone: Practice | None) -> None:
        """The run as it is; the practice panel comes when the run is bound to one."""
        gates = deed_words.gates_of(state)
        self.gates.show_gates(gates, is_asking=is_asking, may_ask=not is_busy and bool(state.now.step.gate))
        self.gates.setVisible(bool(gates))
        ahead = 0 if gates else deed_words.checks_ahead(state)
        self._ahead.setVisible(ahead > 0)
        if ahead:
            self._ahead_words.setText(
                self.tr("%n checks are asked before anything is sent. Nothing goes out while one of them is open.", "", ahead)
            )
        if self.practice is None and phone is not None:
            self.practice = PracticePanel(self._kit, phone)
            self._box.insertWidget(self._box.count() - 1, self.practice)
            self._place_practice()
        is_open = any(p.state not in (PartState.DONE, PartState.UNTOUCHED) for p in state.parts)
        self._stop.setVisible(is_open or not state.parts)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """In a low window the practice phone comes first, so that its cable is at hand without scrolling."""
        super().resizeEvent(event)
        self._place_practice()

    def _place_practice(self) -> None:
        if self.practice is None:
            return
        at = 0 if self._is_below or self.height() < LOW else self._box.count() - 2
        if self._box.indexOf(self.practice) != at:
            self._box.removeWidget(self.practice)
            self._box.insertWidget(0 if at == 0 else self._box.count() - 1, self.practice)

    def show_rule(self, rule: StopRule) -> None:
        """When a stop is possible."""
        self._stop.set_text(rule.words)


def scrolled(inner: QWidget) -> QScrollArea:
    """A column that scrolls up and down alone, on the ground of what it stands on."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)  # the scroll area switched it on
    return area
