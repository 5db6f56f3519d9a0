# SPDX-License-Identifier: Apache-2.0
"""Sentences for what only commands can meet."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

SENTENCES: Sentences = {
    "cli.picture": (
        QT_TRANSLATE_NOOP("errors", "A picture could not be made ready to leave."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent; the report is kept as a draft."),
        QT_TRANSLATE_NOOP("errors", "Open the report in the window."),
    ),
    "cli.picture_needs_window": (
        QT_TRANSLATE_NOOP("errors", "A picture of this report was drawn on, and only the window can burn that in."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent; the report is kept as a draft."),
        QT_TRANSLATE_NOOP("errors", "Open the report in the window and send it there."),
    ),
    "cli.not_a_picture": (
        QT_TRANSLATE_NOOP("errors", "A file that is named like a picture is none that Firstlight reads, or it is too large."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent; the report is kept as a draft."),
        QT_TRANSLATE_NOOP("errors", "Attach it as PNG or JPEG, of 120 megapixels at most."),
    ),
}
