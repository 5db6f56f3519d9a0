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
        QT_TRANSLATE_NOOP("errors", "The device does not answer."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent to it since it last answered."),
        QT_TRANSLATE_NOOP(
            "errors", "Check the cable or the reader, and that the device is on and in the mode that the step asks for. Then try again."
        ),
    ),
    "device.not_found.unnamed": (
        QT_TRANSLATE_NOOP("errors", "It is not known yet which device this is about."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent to any."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Choose or add the device on the page Devices; in a terminal, name it with --device. `firstlight guide run --help` has the forms.",
        ),
    ),
    "device.not_found.other": (
        QT_TRANSLATE_NOOP("errors", "Another device answers there than the one that this run is for."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent to it."),
        QT_TRANSLATE_NOOP("errors", "Connect the one that ends in {tail}, or start the guide anew for the other one."),
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
    "device.unauthorised": (
        QT_TRANSLATE_NOOP("errors", "The phone has not allowed this PC to talk to it."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent to it."),
        QT_TRANSLATE_NOOP("errors", "Unlock its screen and touch Allow when it asks, then try again."),
    ),
    "device.unauthorised.started": (
        QT_TRANSLATE_NOOP("errors", "The phone has started and has not allowed this PC to ask which build it runs."),
        QT_TRANSLATE_NOOP("errors", "Everything that was to be written is written."),
        QT_TRANSLATE_NOOP("errors", "Unlock its screen and touch Allow when it asks, then try again."),
    ),
    "device.not_back.fell_back": (
        QT_TRANSLATE_NOOP("errors", "The phone was told to start and stands in its bootloader again: {fault} does not start."),
        QT_TRANSLATE_NOOP("errors", "Its bootloader works, so it can be written again."),
        QT_TRANSLATE_NOOP("errors", "Write the build once more. If it falls back again, go back to the build before."),
    ),
    "device.not_back": (
        QT_TRANSLATE_NOOP("errors", "The phone was told to start and has not answered for {seconds} s."),
        QT_TRANSLATE_NOOP("errors", "Everything that was to be written is written."),
        QT_TRANSLATE_NOOP(
            "errors",
            "A first start may take minutes. If it starts again and again, hold its keys for the bootloader, then go back to the build before.",
        ),
    ),
    "device.unlock_forbidden": (
        QT_TRANSLATE_NOOP("errors", "The phone does not allow unlocking. It said: {said}"),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Start it, turn on OEM unlocking in its developer options, then try again."),
    ),
    "device.wrong": (
        QT_TRANSLATE_NOOP("errors", "This is for another device. {said}"),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Connect the device that it is for, or choose what is made for this one."),
    ),
    "device.no_room": (
        QT_TRANSLATE_NOOP("errors", "The device has no room for what is sent to it. It said: {said}"),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Make room on it: in the recovery, wipe the cache. Then try again."),
    ),
    "device.damaged": (
        QT_TRANSLATE_NOOP("errors", "What is written does not stick: the memory of the device has a bad place. It said: {said}"),
        QT_TRANSLATE_NOOP("errors", "The part that was being written is not whole; the other parts are as they were."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Do not restart the phone. Write the part once more; if it fails again, report it from here: the phone needs a repair.",
        ),
    ),
    "device.package_refused": (
        QT_TRANSLATE_NOOP("errors", "The recovery did not install the package."),
        QT_TRANSLATE_NOOP("errors", "The system that ran before is still there."),
        QT_TRANSLATE_NOOP("errors", "Read the reason on the phone's screen, then try again or report it from here."),
    ),
    "device.image_odd": (
        QT_TRANSLATE_NOOP("errors", "The image {name} is not what it says: {why}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Fetch it again. If it stays so, report it from here."),
    ),
    "device.tool_failed": (
        QT_TRANSLATE_NOOP("errors", "{tool} stopped. Its last words: {said}"),
        _DATA,
        QT_TRANSLATE_NOOP("errors", "Try again. If it stays so, report it from here with the console."),
    ),
}
