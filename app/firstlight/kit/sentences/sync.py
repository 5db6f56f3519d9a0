# SPDX-License-Identifier: Apache-2.0
"""Sentences for what keeps something in the outbox."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_KEPT = QT_TRANSLATE_NOOP("errors", "Everything is kept on this PC.")

SENTENCES: Sentences = {
    "sync.unreadable": (
        QT_TRANSLATE_NOOP("errors", "Something in the outbox was written by another version and cannot be sent by this one."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Open it, check it and put it in the outbox again."),
    ),
    "sync.content_gone": (
        QT_TRANSLATE_NOOP("errors", "The hub asks for a file that this PC does not have any more."),
        QT_TRANSLATE_NOOP("errors", "Your words and the other files are kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Open the report, attach the file again or leave it out, and put it in the outbox again."),
    ),
}
