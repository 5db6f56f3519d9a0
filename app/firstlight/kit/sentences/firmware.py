# SPDX-License-Identifier: Apache-2.0
"""Sentences for what can go wrong with a build."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_NOTHING = QT_TRANSLATE_NOOP("errors", "Nothing was written.")
_KEPT_OUT = QT_TRANSLATE_NOOP("errors", "Nothing of it was used, and nothing was written.")

SENTENCES: Sentences = {
    "firmware.corrupt": (
        QT_TRANSLATE_NOOP("errors", "{name} is not what the hub listed: its SHA-256 differs."),
        QT_TRANSLATE_NOOP("errors", "The file was removed. Nothing of it was written."),
        QT_TRANSLATE_NOOP("errors", "Fetch it again. If it happens twice, tell the team."),
    ),
    "firmware.image_missing": (
        QT_TRANSLATE_NOOP("errors", "{name} is not on this PC."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Fetch the build again; that needs the network."),
    ),
    "firmware.no_build": (
        QT_TRANSLATE_NOOP("errors", "The hub lists no build for this device ({device})."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Go online and fetch news. Builds come out on Fridays."),
    ),
    "firmware.not_confirmed": (
        QT_TRANSLATE_NOOP("errors", "The phone runs build {got}, written was {expected}."),
        QT_TRANSLATE_NOOP("errors", "Your data was not touched."),
        QT_TRANSLATE_NOOP("errors", "Write it again, or put the build before it back."),
    ),
    "firmware.not_signed": (
        QT_TRANSLATE_NOOP("errors", "The maker has not signed {name}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Do not write it. Go online and fetch news; if it stays, tell the team."),
    ),
    "firmware.untrusted": (
        QT_TRANSLATE_NOOP("errors", "What the hub says of its builds does not fit what the maker signed."),
        _KEPT_OUT,
        QT_TRANSLATE_NOOP(
            "errors", "Try again later or on another network. If it stays, tell the team: somebody may be changing what you get."
        ),
    ),
    "firmware.untrusted.signature": (
        QT_TRANSLATE_NOOP("errors", "The list of builds is not signed with the maker's keys."),
        _KEPT_OUT,
        QT_TRANSLATE_NOOP("errors", "Try again on another network. If it stays, tell the team: this may not be the maker's hub."),
    ),
    "firmware.untrusted.rollback": (
        QT_TRANSLATE_NOOP("errors", "The hub offers an older list of builds than this PC has seen."),
        _KEPT_OUT,
        QT_TRANSLATE_NOOP("errors", "Try again later. If it stays, tell the team: somebody may be holding newer builds back."),
    ),
    "firmware.untrusted.gone": (
        QT_TRANSLATE_NOOP("errors", "The hub signed its builds before and does so no more."),
        _KEPT_OUT,
        QT_TRANSLATE_NOOP("errors", "Ask the team. What you have fetched already can still be used."),
    ),
    "firmware.expired": (
        QT_TRANSLATE_NOOP("errors", "The hub's list of builds is out of date: nobody has signed it anew."),
        _KEPT_OUT,
        QT_TRANSLATE_NOOP("errors", "Try again tomorrow, or tell the team. What you have fetched already can still be used."),
    ),
    "firmware.expired.clock": (
        QT_TRANSLATE_NOOP(
            "errors", "This PC's clock differs from the hub's by {minutes} minutes, so the list of builds looks out of date."
        ),
        _KEPT_OUT,
        QT_TRANSLATE_NOOP("errors", "Set the clock of this PC, then try again."),
    ),
    "firmware.not_known": (
        QT_TRANSLATE_NOOP("errors", "This PC has no list of signed builds yet."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Go online once and fetch the build."),
    ),
    "firmware.trust_busy": (
        QT_TRANSLATE_NOOP("errors", "Another Firstlight on this PC is asking the hub right now."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Try again in a moment."),
    ),
    "firmware.older": (
        QT_TRANSLATE_NOOP(
            "errors", "Build {version} is older than {running}, which runs now, and the maker has not signed it for going back."
        ),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose a newer build."),
    ),
    "firmware.step_needed": (
        QT_TRANSLATE_NOOP("errors", "Build {version} may only be written over {min_from} or newer. The device runs {running}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Write build {min_from} first."),
    ),
}
