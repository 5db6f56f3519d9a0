# SPDX-License-Identifier: Apache-2.0
"""Sentences for what can go wrong with a device or the program that talks to it."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_DATA = QT_TRANSLATE_NOOP("errors", "Your data was not touched.")
_NOTHING = QT_TRANSLATE_NOOP("errors", "Nothing was written.")

SENTENCES: Sentences = {
    "device.tool_missing": (
        QT_TRANSLATE_NOOP("errors", "{tool} is not on this PC, or cannot be started."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Install {tool}, or choose its path in the settings. `firstlight doctor` says how."),
    ),
    "device.not_found": (
        QT_TRANSLATE_NOOP("errors", "No phone answers."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent to it since it last answered."),
        QT_TRANSLATE_NOOP("errors", "Check the cable and that the phone is in fastboot mode, then try again."),
    ),
    "device.lost": (
        QT_TRANSLATE_NOOP("errors", "The cable lost contact."),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Try another cable or port, then write the part again."),
    ),
    "device.stalled": (
        QT_TRANSLATE_NOOP("errors", "The phone has said nothing for {seconds} s, though the cable is in."),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Unplug it, plug it in again, then write the part again."),
    ),
    "device.refused": (
        QT_TRANSLATE_NOOP("errors", "The phone refused. It said: {said}"),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Report it from here: the phone's words and the step are filled in."),
    ),
    "device.locked": (
        QT_TRANSLATE_NOOP("errors", "The bootloader is locked and takes no build. It said: {said}"),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Unlock it first. That erases the phone, so make a backup before."),
    ),
    "device.battery_low": (
        QT_TRANSLATE_NOOP("errors", "The battery is too low to write. The phone said: {said}"),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Charge the phone to 40 %, then try again."),
    ),
    "device.tool_failed": (
        QT_TRANSLATE_NOOP("errors", "{tool} stopped. Its last words: {said}"),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Try again. If it stays so, report it from here with the console."),
    ),
}
