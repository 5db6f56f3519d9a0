# SPDX-License-Identifier: Apache-2.0
"""Sentences of the window's own faults."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

SENTENCES: Sentences = {
    "input.bad": (
        QT_TRANSLATE_NOOP("errors", "The file {path} cannot be read: line {line}, {why}."),
        QT_TRANSLATE_NOOP("errors", "It was left as it is, and so is everything else."),
        QT_TRANSLATE_NOOP("errors", "Mend the file, or move it away, then try again."),
    ),
    "input.bad.whole": (
        QT_TRANSLATE_NOOP("errors", "{path} cannot be used: {why}."),
        QT_TRANSLATE_NOOP("errors", "It was left as it is, and so is everything else."),
        QT_TRANSLATE_NOOP("errors", "Mend it, or name another one, then try again."),
    ),
    "shell.not_ready": (
        QT_TRANSLATE_NOOP("errors", "Firstlight is still opening what is kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent."),
        QT_TRANSLATE_NOOP("errors", "Try again in a moment."),
    ),
    "shell.tour": (
        QT_TRANSLATE_NOOP("errors", "The tour stopped at “{step}”: {why}."),
        QT_TRANSLATE_NOOP("errors", "What it made lies in {out}."),
        QT_TRANSLATE_NOOP("errors", "Start it again, or look into tour.json there."),
    ),
}
