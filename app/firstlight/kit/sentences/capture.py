# SPDX-License-Identifier: Apache-2.0
"""Sentences for what goes wrong while evidence is gathered."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_SAFE = QT_TRANSLATE_NOOP("errors", "Your report is kept as it is.")

SENTENCES: Sentences = {
    "capture": (
        QT_TRANSLATE_NOOP("errors", "This could not be captured."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Try again, or attach a file instead."),
    ),
    "capture.nothing": (
        QT_TRANSLATE_NOOP("errors", "No picture came back."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Try again, or attach a file instead."),
    ),
    "capture.nothing.cancelled": (
        QT_TRANSLATE_NOOP("errors", "No picture was taken, because you stopped."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Take one whenever you like."),
    ),
    "capture.nothing.denied": (
        QT_TRANSLATE_NOOP("errors", "The desktop did not allow a picture of the screen."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Allow it in the settings of your desktop, or attach a file instead."),
    ),
    "capture.nothing.several": (
        QT_TRANSLATE_NOOP("errors", "Several phones are plugged in, and it is not known which one you mean."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Leave the one plugged in whose screen you want, then try again."),
    ),
    "capture.nothing.timeout": (
        QT_TRANSLATE_NOOP("errors", "No picture came within the time limit."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Check that the phone is unlocked and the cable is in, then try again."),
    ),
    "capture.nothing.late": (
        QT_TRANSLATE_NOOP("errors", "The desktop's dialog for pictures gave no answer."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Close that dialog if it still stands open, then try again."),
    ),
    "capture.nothing.no_portal": (
        QT_TRANSLATE_NOOP("errors", "This desktop offers no screenshots to programs (no portal answered)."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Take the picture with the desktop's own key, then paste it with Ctrl+V."),
    ),
    "capture.too_large": (
        QT_TRANSLATE_NOOP("errors", "{name} is too large to be taken in."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Attach a smaller part of it."),
    ),
    "capture.not_a_photo": (
        QT_TRANSLATE_NOOP("errors", "{name} is no picture that can be read."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Save it as JPEG or PNG and attach that."),
    ),
    "capture.no_photo": (
        QT_TRANSLATE_NOOP("errors", "No photo came from the phone."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Show a new code and scan it with the phone in the same network, or attach a file instead."),
    ),
    "capture.no_network": (
        QT_TRANSLATE_NOOP("errors", "This PC is on no network that a phone could reach it by."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Join the Wi-Fi of the phone, or its hotspot, then try again."),
    ),
    "capture.not_read": (
        QT_TRANSLATE_NOOP("errors", "The words in this picture could not be read."),
        QT_TRANSLATE_NOOP("errors", "The picture and its marks are kept as they are."),
        QT_TRANSLATE_NOOP("errors", "Look for private details yourself and hide them with X."),
    ),
    "capture.log": (
        QT_TRANSLATE_NOOP("errors", "No log came from {source}."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Check that it is connected and switched on, then try again."),
    ),
    "capture.log.empty": (
        QT_TRANSLATE_NOOP("errors", "{source} answered, but there was nothing in its log."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Let it happen once more, then fetch the log again."),
    ),
    "capture.log.timeout": (
        QT_TRANSLATE_NOOP("errors", "{source} took longer than the time limit."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Leave the screen of the phone on and unlocked, then try again."),
    ),
    "capture.log.port_denied": (
        QT_TRANSLATE_NOOP("errors", "This PC does not let you use {source}."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "On Linux, add yourself to the group dialout, sign in to the desktop again, then try again."),
    ),
    "capture.log.port_busy": (
        QT_TRANSLATE_NOOP("errors", "Another program is using {source}."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Close that program, then try again."),
    ),
    "capture.log.port_gone": (
        QT_TRANSLATE_NOOP("errors", "{source} is not there, or went away."),
        QT_TRANSLATE_NOOP("errors", "What was heard until then is kept."),
        QT_TRANSLATE_NOOP("errors", "Plug the cable in again, then record again."),
    ),
}
