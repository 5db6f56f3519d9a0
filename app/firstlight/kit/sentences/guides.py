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
    "guide.invalid.whole": (
        QT_TRANSLATE_NOOP("errors", "{path} is no guide that can be played: {why}."),
        QT_TRANSLATE_NOOP("errors", "Nothing of it was run."),
        QT_TRANSLATE_NOOP("errors", "`firstlight guide check` names every mistake and its mend."),
    ),
    "guide.gate_closed": (
        QT_TRANSLATE_NOOP("errors", "A safety check does not hold."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "The open row of the checks says what to do. Then check again."),
    ),
    "guide.gate_closed.midway": (
        QT_TRANSLATE_NOOP("errors", "A safety check does not hold any more."),
        QT_TRANSLATE_NOOP("errors", "What was written before stays as it is, and the journal knows it. Since then nothing was sent."),
        QT_TRANSLATE_NOOP("errors", "The open row of the checks says what to do. Then run the step again: what is done is not repeated."),
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
    "guide.step_not_ready.answers": (
        QT_TRANSLATE_NOOP("errors", "This guide asks something before it starts, and not all of it is answered."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Answer the questions of the guide; in a terminal, with --answers FILE."),
    ),
    "guide.step_not_ready.word": (
        QT_TRANSLATE_NOOP("errors", "The step {step} is dangerous and was not agreed to."),
        _NOTHING,
        QT_TRANSLATE_NOOP(
            "errors", "Type the last four of the device's serial number when you are asked; in a terminal, or in the file of answers."
        ),
    ),
    "guide.step_not_ready.fetch": (
        QT_TRANSLATE_NOOP("errors", "The step {step} fetches files from the web, and you have not said yes to that."),
        QT_TRANSLATE_NOOP("errors", "Nothing was fetched."),
        QT_TRANSLATE_NOOP(
            "errors", "Look at what comes from where, then say yes; in a terminal with --yes, or under fetch: in the file of answers."
        ),
    ),
    "guide.step_not_ready.prerequisite": (
        QT_TRANSLATE_NOOP("errors", "Another guide comes first: {guide}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Finish it, or say that it was done elsewhere."),
    ),
    "guide.step_not_ready.unsigned": (
        QT_TRANSLATE_NOOP("errors", "The step {step} runs a command on the device, and the guide is not signed by the maker."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Use the guide that the maker signed, or rehearse this one on a practice device."),
    ),
    "guide.step_not_ready.writing": (
        QT_TRANSLATE_NOOP("errors", "The step {step} writes to the device, and nothing in the guide could tell that hands have done it."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Run the step."),
    ),
    "guide.step_not_ready.device": (
        QT_TRANSLATE_NOOP("errors", "It is not known yet which device this is about."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Connect the device and run the step that looks for it."),
    ),
    "guide.step_not_ready.undone": (
        QT_TRANSLATE_NOOP("errors", "There is no step {step} in this run that is done."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Name one that is done by its id, as the guide's file has it."),
    ),
    "guide.step_not_ready.written": (
        QT_TRANSLATE_NOOP("errors", "Something was written already, with the answers and for the device of this run."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Go on with them, or start the guide anew."),
    ),
    "guide.answer_refused": (
        QT_TRANSLATE_NOOP("errors", "“{value}” is no answer to {option}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Choose one of the answers that the guide offers."),
    ),
    "guide.proof_refused": (
        QT_TRANSLATE_NOOP("errors", "“{value}” is no number."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Type the number alone."),
    ),
    "guide.timed_out": (
        QT_TRANSLATE_NOOP("errors", "This took longer than the {seconds} s that the guide gives it."),
        QT_TRANSLATE_NOOP("errors", "The journal knows what is done and what is not."),
        QT_TRANSLATE_NOOP("errors", "Look at the device. Then run the step again."),
    ),
    "guide.unsettled": (
        QT_TRANSLATE_NOOP("errors", "{verb} began before Firstlight ended, and nobody can tell whether it came to its end."),
        QT_TRANSLATE_NOOP("errors", "It was not begun again."),
        QT_TRANSLATE_NOOP("errors", "Look at the device. Say that it is done, or type the device's last four to have it repeated."),
    ),
    "guide.rehearsal_unfit": (
        QT_TRANSLATE_NOOP("errors", "There is no practice device for {guide} ({way})."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Play it on a real device that you can spare."),
    ),
    "guide.file_unavailable": (
        QT_TRANSLATE_NOOP("errors", "The file {name} is not on this PC."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Fetch it while you are online, or put it into the folder of files. {link}"),
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
        QT_TRANSLATE_NOOP("errors", "More than one device is there: {serials}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent to any of them."),
        QT_TRANSLATE_NOOP("errors", "Choose the one that is meant, or unplug or forget the others."),
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
