# SPDX-License-Identifier: Apache-2.0
"""Sentences for what can be wrong with the place where everything is kept."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_KEPT = QT_TRANSLATE_NOOP("errors", "What was kept before is still there.")

SENTENCES: Sentences = {
    "store.disk_full": (
        QT_TRANSLATE_NOOP("errors", "The disk is full: {free} are free, {need} are needed."),
        QT_TRANSLATE_NOOP("errors", "Everything that was kept is still there, also the words of your draft."),
        QT_TRANSLATE_NOOP("errors", "Free some space, then do it again."),
    ),
    "store.newer_schema": (
        QT_TRANSLATE_NOOP("errors", "A newer Firstlight has used this profile. This older one does not know how to read it."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Install the newer Firstlight again."),
    ),
    "store.damaged": (
        QT_TRANSLATE_NOOP("errors", "The store of this profile is damaged: {why}."),
        QT_TRANSLATE_NOOP("errors", "The damaged file is kept aside. Attachments lie beside it and are not touched."),
        QT_TRANSLATE_NOOP("errors", "Start Firstlight again: it rebuilds what can be read and what the last backup has."),
    ),
    "store.read_only": (
        QT_TRANSLATE_NOOP("errors", "Firstlight cannot write to {path}: {why}."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Check who may write to this folder, or set FIRSTLIGHT_HOME to another one."),
    ),
    "store.busy": (
        QT_TRANSLATE_NOOP("errors", "Another program has been using the store of this profile for too long."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Wait a moment and do it again. Close other windows of Firstlight if it stays so."),
    ),
    "store.blob_missing": (
        QT_TRANSLATE_NOOP("errors", "A file that was attached is gone from this PC or was changed by another program."),
        QT_TRANSLATE_NOOP("errors", "Your words and the other files are still there."),
        QT_TRANSLATE_NOOP("errors", "Attach the file again, or send the report without it."),
    ),
    "store.source_unreadable": (
        QT_TRANSLATE_NOOP("errors", "The file {path} cannot be read: {why}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was attached, and nothing else changed."),
        QT_TRANSLATE_NOOP("errors", "Check the file, then attach it again."),
    ),
}
