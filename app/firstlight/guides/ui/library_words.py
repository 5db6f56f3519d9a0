# SPDX-License-Identifier: Apache-2.0
"""A guide of the library as words: what it is for, how it connects, what becomes of the data, how much care it takes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from firstlight_contract.guides import Difficulty, Effect, Guide, GuideKind, Way
from firstlight_contract.wire import words_in

KINDS = ("all", "phones", "routers", "assembly", "rescue")


def model(slug: str) -> str:
    """A model's name for testers; the built-in guides' are known here, a programme's own show as they are called."""
    known = {"a1": "Aurora A1", "r1": QCoreApplication.translate("LibraryWords", "Router R1")}
    return known.get(slug) or slug.upper()


def meta(guide: Guide) -> str:
    """ "Aurora A1 · USB cable · about 9 min"."""
    devices = ", ".join(model(slug) for slug in guide.for_.device)
    minutes = QCoreApplication.translate("Durations", "about {minutes} min").format(minutes=guide.minutes) if guide.minutes else ""
    return " · ".join(part for part in (devices, _way(guide.way), minutes) if part)


def _way(way: Way) -> str:
    return {
        Way.USB: QCoreApplication.translate("LibraryWords", "USB cable"),
        Way.NETWORK: QCoreApplication.translate("LibraryWords", "network (SSH)"),
        Way.TFTP: QCoreApplication.translate("LibraryWords", "cable (TFTP)"),
        Way.CARD: QCoreApplication.translate("LibraryWords", "card reader"),
        Way.HANDS: QCoreApplication.translate("LibraryWords", "by hand"),
    }[way]


def effect(guide: Guide) -> str:
    """What becomes of the tester's data."""
    if guide.effect is Effect.ERASES_DATA and guide.way is Way.CARD:
        return QCoreApplication.translate("LibraryWords", "Erases the card")
    return {
        Effect.KEEPS_DATA: QCoreApplication.translate("LibraryWords", "Keeps your data"),
        Effect.KEEPS_SETTINGS: QCoreApplication.translate("LibraryWords", "Keeps your settings"),
        Effect.ERASES_NOTHING: QCoreApplication.translate("LibraryWords", "Erases nothing"),
        Effect.ERASES_SETTINGS: QCoreApplication.translate("LibraryWords", "Erases settings"),
        Effect.ERASES_DATA: QCoreApplication.translate("LibraryWords", "Erases the device"),
    }[guide.effect]


def erases(which: Effect) -> bool:
    """Whether something of the tester's is lost."""
    return which in (Effect.ERASES_SETTINGS, Effect.ERASES_DATA)


def level(which: Difficulty) -> tuple[int, str]:
    """One to three, and its word."""
    return {
        Difficulty.EASY: (1, QCoreApplication.translate("LibraryWords", "Easy")),
        Difficulty.MEDIUM: (2, QCoreApplication.translate("LibraryWords", "Medium")),
        Difficulty.CAREFUL: (3, QCoreApplication.translate("LibraryWords", "Careful")),
    }[which]


def is_of(guide: Guide, kind: str) -> bool:
    """Whether the filter `kind` (of KINDS) lets it through."""
    match kind:
        case "assembly":
            return guide.kind is GuideKind.ASSEMBLE
        case "rescue":
            return guide.kind is GuideKind.RECOVER
        case "phones":
            return guide.way is Way.USB
        case "routers":
            return guide.way in (Way.NETWORK, Way.TFTP) or any(slug.startswith("r") for slug in guide.for_.device)
        case _:
            return True


def matches(guide: Guide, words: str, language: str) -> bool:
    """Whether every word of the search stands in title, summary or device."""
    text = " ".join(
        (words_in(guide.title, language), words_in(guide.title, "en"), words_in(guide.summary, language), meta(guide))
    ).casefold()
    return all(word in text for word in words.casefold().split())
