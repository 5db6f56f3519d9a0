# SPDX-License-Identifier: Apache-2.0
"""Sentences for what can go wrong with a guide. Some codes stand in journals only, as the reason why a step stopped."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_KEPT = QT_TRANSLATE_NOOP("errors", "Your steps, photos and notes are kept.")
_NOTHING = QT_TRANSLATE_NOOP("errors", "Nothing was written.")
_DATA = QT_TRANSLATE_NOOP("errors", "Your data was not touched.")

SENTENCES: Sentences = {
    "guide.invalid": (
        QT_TRANSLATE_NOOP("errors", "{path} is no guide that can be played. Line {line}: {why}."),
        QT_TRANSLATE_NOOP("errors", "Nothing of it was run."),
        QT_TRANSLATE_NOOP("errors", "`firstlight guide check` names every mistake and its mend."),
    ),
    "guide.gate_closed": (
        QT_TRANSLATE_NOOP("errors", "A safety check does not hold."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "The open row of the checks says what to do. Then check again."),
    ),
    "guide.action_failed": (
        QT_TRANSLATE_NOOP("errors", "The step {step} stopped ({cause})."),
        QT_TRANSLATE_NOOP("errors", "The journal knows what is done and what is not."),
        QT_TRANSLATE_NOOP("errors", "Run the step again: parts that are done are not repeated."),
    ),
    "guide.step_not_ready": (
        QT_TRANSLATE_NOOP("errors", "The step {step} is not through yet."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Do the steps in their order."),
    ),
    "guide.step_not_ready.timer": (
        QT_TRANSLATE_NOOP("errors", "The waiting time of this step is not over."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Wait until it is. It goes on while Firstlight is closed."),
    ),
    "guide.step_not_ready.proof": (
        QT_TRANSLATE_NOOP("errors", "This step needs a photo or a value before it is done."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Add it; the step says why."),
    ),
    "guide.step_not_ready.hands": (
        QT_TRANSLATE_NOOP("errors", "The step {step} waits for hands, and nobody is here to say that it is done."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Run it in a terminal, or add --yes to tick such steps without asking."),
    ),
    "guide.unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no guide called {name}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "`firstlight guide list` names all guides of this PC."),
    ),
    "guide.unknown.file": (
        QT_TRANSLATE_NOOP("errors", "{name} is not called guide.yaml."),
        QT_TRANSLATE_NOOP("errors", "Nothing of it was run."),
        QT_TRANSLATE_NOOP("errors", "A guide is a folder with a guide.yaml and its pictures beside it. Name that file."),
    ),
    "guide.unknown.run": (
        QT_TRANSLATE_NOOP("errors", "There is no unfinished run of {name}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Start the guide without --resume."),
    ),
    "guide.run_busy": (
        QT_TRANSLATE_NOOP("errors", "Another Firstlight plays this guide right now."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Go on there, or close it first."),
    ),
    "guide.run_damaged": (
        QT_TRANSLATE_NOOP("errors", "This run cannot be carried on: {why}."),
        QT_TRANSLATE_NOOP("errors", "Its folder is left as it is, nothing was sent to a device."),
        QT_TRANSLATE_NOOP("errors", "Start the guide anew."),
    ),
    "guide.which_device": (
        QT_TRANSLATE_NOOP("errors", "More than one phone answers: {serials}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent to any of them."),
        QT_TRANSLATE_NOOP("errors", "Choose the one that is meant, or unplug the others."),
    ),
    "guide.interrupted": (
        QT_TRANSLATE_NOOP("errors", "Firstlight ended in the middle of this step."),
        QT_TRANSLATE_NOOP("errors", "The journal knows what was done. Nothing was repeated."),
        QT_TRANSLATE_NOOP("errors", "Run the step again: the phone is asked first."),
    ),
    "guide.not_confirmed": (
        QT_TRANSLATE_NOOP("errors", "The phone does not run what was written. {measured}."),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Write it again, or put the build before it back."),
    ),
    "guide.hands_needed": (
        QT_TRANSLATE_NOOP("errors", "Something has to be done by hand first."),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Do what the step says, then try again."),
    ),
}
