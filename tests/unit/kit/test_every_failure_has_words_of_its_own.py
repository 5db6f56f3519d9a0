# SPDX-License-Identifier: Apache-2.0
"""What stops a flash is told apart: each code of devices, cards and rescues says what happened in words that no other code has, in both
languages, and never the sentence that any step could show.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from firstlight.base.errors import FirstlightError
from firstlight.devices.errors import DeviceError
from firstlight.imaging.errors import ImagingError
from firstlight.kit.sentences import table
from firstlight.recovery.errors import RecoveryError

CHINESE = Path(__file__).resolve().parents[3] / "resources" / "i18n" / "zh_CN" / "kit.ts"
ROOTS = (DeviceError, ImagingError, RecoveryError)
OF_ANY_STEP = ("guide.action_failed", "guide.interrupted", "guide.hands_needed")


def codes() -> list[str]:
    """Of every class of these rooms, their roots left out, and of the finer sentences for their reasons."""
    waiting: list[type[FirstlightError]] = list(ROOTS)
    found = []
    while waiting:
        kind = waiting.pop()
        found += [kind.code] if kind not in ROOTS else []
        waiting.extend(kind.__subclasses__())
    return [code for code in table() if any(code == own or code.startswith(f"{own}.") for own in found)]


def test_what_happened_is_said_in_words_of_its_own() -> None:
    told = codes()
    assert len(told) > 60, "the walk over the rooms found hardly anything"
    often = Counter(table()[code][0] for code in (*told, *OF_ANY_STEP))
    assert {code: table()[code][0] for code in told if often[table()[code][0]] > 1} == {}


def test_each_sentence_is_there_in_chinese() -> None:
    done = {}
    for message in ET.parse(CHINESE).iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.get("type") != "unfinished":
            done[message.findtext("source")] = "".join(translation.itertext()).strip()
    missing = {code: part for code in codes() for part in table()[code] if not done.get(part)}
    assert missing == {}
    same = {code: part for code in codes() for part in table()[code] if done[part] == part}
    assert same == {}, "left in English"
