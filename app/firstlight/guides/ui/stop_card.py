# SPDX-License-Identifier: Apache-2.0
"""When a write can be stopped, told honestly: before the first byte at once, between parts after the part, inside the last not."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout

from firstlight.guides.state import Part, PartState
from firstlight.kit.frames import Card, IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.wire import words_in


@dataclass(frozen=True)
class StopRule:
    """Whether Stop is on, its words, the reason beside it, and the longer explanation."""

    can_stop: bool
    button: str
    reason: str
    words: str


def stop_rule(
    parts: tuple[Part, ...], *, is_busy: bool, is_writing: bool, is_stopping: bool, language: str, is_card: bool = False
) -> StopRule:
    """The rule at this moment; pure, from the parts alone. A card takes no harm from being half written."""
    stop = QCoreApplication.translate("StopCard", "Stop")
    current = next((p for p in parts if p.state is PartState.WRITING), None)
    waiting = [p for p in parts if p.state is PartState.WAITING]
    has_begun = any(p.state in (PartState.DONE, PartState.WRITING, PartState.HALF) for p in parts)
    if is_stopping:
        return StopRule(
            False,
            QCoreApplication.translate("StopCard", "Stopping"),
            QCoreApplication.translate("StopCard", "Stops as soon as it is safe."),
            QCoreApplication.translate("StopCard", "You asked to stop. What is being done now is brought to its end first."),
        )
    if not is_writing or current is None:
        words = (
            QCoreApplication.translate("StopCard", "Nothing is being written at this moment. You can stop now and go on later from here.")
            if has_begun
            else QCoreApplication.translate("StopCard", "At any time until the first byte is written. After that, between two parts.")
        )
        return StopRule(is_busy, stop, "", words)
    if is_card:
        return StopRule(
            True,
            stop,
            QCoreApplication.translate("StopCard", "The card then starts nothing until it is written again."),
            QCoreApplication.translate(
                "StopCard",
                "At any time until the last moment. What was on the card is lost already; a card that is half written starts nothing.",
            ),
        )
    name = words_in(current.title, language)
    if waiting:
        following = words_in(waiting[0].title, language)
        return StopRule(
            True,
            QCoreApplication.translate("StopCard", "Stop after {part}").format(part=name),
            QCoreApplication.translate("StopCard", "A part that is half written cannot start, so {part} is finished first.").format(
                part=name
            ),
            QCoreApplication.translate(
                "StopCard", "Between {part} and {next}, when this part is through. The device starts again only when all parts are written."
            ).format(part=name, next=following),
        )
    return StopRule(
        False,
        stop,
        QCoreApplication.translate("StopCard", "Stop is off while the last part is written."),
        QCoreApplication.translate("StopCard", "Not any more: {part} is the last part, and half written it would not start.").format(
            part=name
        ),
    )


class StopCard(Card):
    """ "When can I stop?" and the answer."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(14, 6)
        self.setProperty("card", "sunken")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(kit, "hand-palm", "text", 18))
        head.addWidget(label(self.tr("When can I stop?"), "smallstrong", wrap=False), 1)
        self.box.addLayout(head)
        self._words = label("", "cap", tone="2")
        self.box.addWidget(self._words)

    def set_text(self, text: str) -> None:
        """The answer now."""
        if text != self._words.text():
            self._words.setText(text)
