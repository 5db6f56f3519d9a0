# SPDX-License-Identifier: Apache-2.0
"""Sentences for what can go wrong with a build."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_NOTHING = QT_TRANSLATE_NOOP("errors", "Nothing was written.")

SENTENCES: Sentences = {
    "firmware.corrupt": (
        QT_TRANSLATE_NOOP("errors", "{name} is not what the hub listed: its SHA-256 differs."),
        QT_TRANSLATE_NOOP("errors", "The file was removed. Nothing of it was written."),
        QT_TRANSLATE_NOOP("errors", "Fetch it again. If it happens twice, tell the team."),
    ),
    "firmware.image_missing": (
        QT_TRANSLATE_NOOP("errors", "{name} is not on this PC."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Fetch the build again; that needs the network."),
    ),
    "firmware.no_build": (
        QT_TRANSLATE_NOOP("errors", "The hub lists no build for this device ({device})."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Go online and fetch news. Builds come out on Fridays."),
    ),
    "firmware.not_confirmed": (
        QT_TRANSLATE_NOOP("errors", "The phone runs build {got}, written was {expected}."),
        QT_TRANSLATE_NOOP("errors", "Your data was not touched."),
        QT_TRANSLATE_NOOP("errors", "Write it again, or put the build before it back."),
    ),
}
