# SPDX-License-Identifier: Apache-2.0
"""Sentences for why a report cannot be changed or cannot go yet."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_DRAFT_KEPT = QT_TRANSLATE_NOOP("errors", "The draft is kept on this PC.")

SENTENCES: Sentences = {
    "report.unreviewed": (
        QT_TRANSLATE_NOOP("errors", "You have not looked at {names} yet."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent. The draft is kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Look at what is hidden in it, then put the report in the outbox."),
    ),
    "report.incomplete": (
        QT_TRANSLATE_NOOP("errors", "Something is missing or too long: {fields}."),
        _DRAFT_KEPT,
        QT_TRANSLATE_NOOP("errors", "Fill it in, then put the report in the outbox."),
    ),
    "report.incomplete.account": (
        QT_TRANSLATE_NOOP("errors", "A report goes to a hub, and nobody is signed in on this PC."),
        _DRAFT_KEPT,
        QT_TRANSLATE_NOOP("errors", "Sign in, then put the report in the outbox."),
    ),
    "report.incomplete.title": (
        QT_TRANSLATE_NOOP("errors", "The report needs one sentence that says what it is about, of 200 letters at most."),
        _DRAFT_KEPT,
        QT_TRANSLATE_NOOP("errors", "Write it, then put the report in the outbox."),
    ),
    "report.incomplete.text": (
        QT_TRANSLATE_NOOP("errors", "The text is longer than the 20,000 letters that a report takes."),
        _DRAFT_KEPT,
        QT_TRANSLATE_NOOP("errors", "Shorten it, or attach the long part as a file."),
    ),
    "report.incomplete.programme": (
        QT_TRANSLATE_NOOP("errors", "A report goes to a programme, and you have not joined one yet."),
        _DRAFT_KEPT,
        QT_TRANSLATE_NOOP("errors", "Join with the F-code of your invitation, then put the report in the outbox."),
    ),
    "report.not_editable": (
        QT_TRANSLATE_NOOP("errors", "This report cannot be changed as it is now."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Open it from the list of reports: there stands what can be done with it."),
    ),
    "report.not_found": (
        QT_TRANSLATE_NOOP("errors", "This report is not on this PC."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Look for it in the list of reports."),
    ),
    "report.too_late": (
        QT_TRANSLATE_NOOP("errors", "It is on its way already and cannot be taken back."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Once it has arrived, write to the team: what you add stands with it."),
    ),
    "report.not_cleaned": (
        QT_TRANSLATE_NOOP("errors", "{name} could not be cleaned, so it does not leave this PC."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent. The file and the draft are kept."),
        QT_TRANSLATE_NOOP("errors", "Try once more, or take the file off the report."),
    ),
    "report.too_many": (
        QT_TRANSLATE_NOOP("errors", "A report takes at most {most} files."),
        QT_TRANSLATE_NOOP("errors", "Nothing was attached, and nothing else changed."),
        QT_TRANSLATE_NOOP("errors", "Take one off, or put several logs into one zip file."),
    ),
}
