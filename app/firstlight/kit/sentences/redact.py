# SPDX-License-Identifier: Apache-2.0
"""Sentences for what goes wrong while private details are hidden."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_SAFE = QT_TRANSLATE_NOOP("errors", "Nothing was sent, and the file is unchanged.")

SENTENCES: Sentences = {
    "redact": (
        QT_TRANSLATE_NOOP("errors", "Private details in this file could not be hidden."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Look at it again, or leave the file out."),
    ),
    "redact.worker_died": (
        QT_TRANSLATE_NOOP("errors", "Reading {name} stopped in the middle."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Try again. If it stops again, cut the file to the part that matters, or leave it out."),
    ),
    "redact.not_text": (
        QT_TRANSLATE_NOOP("errors", "{name} cannot be read as a text or as an archive of texts."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Leave it out, or attach the log as plain text."),
    ),
    "redact.too_much": (
        QT_TRANSLATE_NOOP("errors", "{name} unpacks to more than can be read."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Unpack it yourself and attach the part that matters."),
    ),
    "redact.engine_missing": (
        QT_TRANSLATE_NOOP("errors", "The engine {engine} is not installed here."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Choose another engine; each hides the same."),
    ),
    "redact.unreadable": (
        QT_TRANSLATE_NOOP("errors", "{name} cannot be read or written: {why}."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Check the disk and try again."),
    ),
}
