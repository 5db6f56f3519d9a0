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
    "sync.kept_back": (
        QT_TRANSLATE_NOOP("errors", "Your own settings keep this here for now: sending is paused, or the network is metered."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "It goes by itself as soon as they allow it. The settings tell which rule holds."),
    ),
    "sync.bundle_invalid": (
        QT_TRANSLATE_NOOP("errors", "This file is no bundle from a Firstlight outbox for your hub, or it was changed on its way."),
        QT_TRANSLATE_NOOP("errors", "Nothing was taken in. The PC that wrote it still has everything."),
        QT_TRANSLATE_NOOP("errors", "Save the bundle again on the PC that it comes from, and bring the new file."),
    ),
    "sync.nothing_waits": (
        QT_TRANSLATE_NOOP("errors", "Nothing waits in the outbox, so there is nothing to save."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Put a report in the outbox first."),
    ),
    "sync.content_gone": (
        QT_TRANSLATE_NOOP("errors", "The hub asks for a file that this PC does not have any more."),
        QT_TRANSLATE_NOOP("errors", "Your words and the other files are kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Open the report, attach the file again or leave it out, and put it in the outbox again."),
    ),
}
