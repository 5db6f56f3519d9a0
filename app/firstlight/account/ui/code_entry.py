# SPDX-License-Identifier: Apache-2.0
"""Entering an F-code: the code, the hub's address, and what the code opens, looked up while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.kit.form import Field
from firstlight.kit.frames import Card, Tag
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label, polish

CODE_LETTERS = 11
"""Letters of an F-code, as in F-XXXX-XXXX-XX."""
LOOK_MS, LOOK_AGAIN_MS = 500, 15_000


class CodeEntry(QWidget):
    """`CODE`, or `CODE@hub` with the hub's address in one. `look_up` blocks and takes `work`.

    Signals: changed() by typing, entered() by Return.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, kit: Kit, look_up: Callable[..., Any], hub: str) -> None:
        super().__init__()
        self._kit = kit
        self._ask = look_up
        self._code = QLineEdit()
        self._code.setProperty("mono", True)
        self._code.setPlaceholderText("F-XXXX-XXXX-XX")
        self._code.setMaxLength(60)
        self._hub = QLineEdit(hub)
        self._hub.setPlaceholderText("hub.example")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(self.tr("F-code"), self._code), 2)
        row.addWidget(Field(self.tr("Address of the maker’s hub"), self._hub), 3)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(8)
        box.addLayout(row)
        self._state = label("", "small", tone="2")
        self._state.hide()
        box.addWidget(self._state)
        self._programme = QVBoxLayout()
        box.addLayout(self._programme)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look_up)
        for field in (self._code, self._hub):
            field.textChanged.connect(self._on_changed)
            field.returnPressed.connect(self.entered)

    @property
    def code(self) -> str:
        """The code without the address."""
        return self._code.text().split("@")[0].strip()

    @property
    def hub(self) -> str:
        """The address: what stands behind an @ of the code, else the field of its own."""
        text = self._code.text().strip()
        return text.split("@", 1)[1] if "@" in text else self._hub.text().strip()

    @property
    def is_filled(self) -> bool:
        """Whether there is something to sign in with."""
        return bool(self._code.text().strip() and self.hub)

    @property
    def has_programme(self) -> bool:
        """Whether the code was looked up and its programme is shown."""
        return self._programme.count() > 0

    def fill(self, code: str, hub: str) -> None:
        """As if typed."""
        self._code.setText(code)
        self._hub.setText(hub)

    def memo(self) -> tuple[str, str]:
        """Both fields, as they were typed."""
        return self._code.text(), self._hub.text()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
        self._timer.start(LOOK_MS)

    @Slot()
    def _look_up(self) -> None:
        self._clear()
        # Whole codes alone: the hub lets nobody try codes without end, and a slow hand is no guesser.
        if sum(letter.isalnum() for letter in self.code) < CODE_LETTERS or not self.hub:
            self._state.hide()
            return
        self._say(self.tr("Looking the code up"), "2")
        job = self._kit.jobs.start(self._ask, hub=self.hub, code=self.code, lane="net", owner=self)
        job.finished.connect(self._on_looked_up)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_looked_up(self, info: Any) -> None:
        words = {
            "valid": (self.tr("Valid, not used up"), "ok"),
            "used": (self.tr("This code has been used. Ask the maker for another."), "danger"),
            "expired": (self.tr("This code has run out. Ask the maker for another."), "danger"),
            "full": (self.tr("The programme is full. The code stays good if a place comes free."), "warn"),
        }
        self._say(*words[str(info.state)])
        self._clear()
        card = Card(12)
        card.setProperty("card", "sunken")
        row = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label(f"{info.programme.name} · {info.programme.ring}", "smallstrong"))
        names.addWidget(label(self.hub, "cap", tone="2"))
        row.addLayout(names, 1)
        places = self.tr("{left} of {all} places left").format(left=info.programme.seats_left, all=info.programme.seats)
        row.addWidget(Tag(places, "honour"))
        card.box.addLayout(row)
        self._programme.addWidget(card)

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        if error.code == "hub.busy":
            self._timer.start(LOOK_AGAIN_MS)  # "Looking the code up" stays: the hub asked for a moment
            return
        words = {
            "account.code_refused": self.tr("This code is not known at that hub. Check the letters, or ask the maker."),
            "hub.unreachable": self.tr("The hub does not answer. You can go on all the same: it is asked again when you sign in."),
        }
        self._say(words.get(error.code, self.tr("The code could not be looked up at that address.")), "danger")

    def _say(self, text: str, tone: str) -> None:
        self._state.setProperty("tone", tone)
        polish(self._state)
        self._state.setText(text)
        self._state.show()

    def _clear(self) -> None:
        while self._programme.count():
            item = self._programme.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
