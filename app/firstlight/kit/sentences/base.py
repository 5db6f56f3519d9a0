# SPDX-License-Identifier: Apache-2.0
"""Sentences for what the ground itself can say."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

SENTENCES: Sentences = {
    "input.bad": (
        QT_TRANSLATE_NOOP("errors", "{path} cannot be read (line {line}: {why})."),
        QT_TRANSLATE_NOOP("errors", "The file was left as it is."),
        QT_TRANSLATE_NOOP("errors", "Mend that line, or choose another file."),
    ),
}
