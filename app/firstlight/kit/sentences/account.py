# SPDX-License-Identifier: Apache-2.0
"""Sentences for what goes wrong with signing in, the key ring and F-codes."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_SAFE = QT_TRANSLATE_NOOP("errors", "Nothing changed; everything on this PC is kept.")
_NO_FILE = QT_TRANSLATE_NOOP("errors", "Your key was not written anywhere else.")
_FOR_NOW = QT_TRANSLATE_NOOP("errors", "You can sign in for this session only: then you sign in again after each start.")

SENTENCES: Sentences = {
    "account": (
        QT_TRANSLATE_NOOP("errors", "This account cannot be used right now."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Try again."),
    ),
    "account.sign_in_timed_out": (
        QT_TRANSLATE_NOOP("errors", "Nobody came back from the browser within {minutes} min."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Start again, and finish in the page that opens. If no page opened, copy its address."),
    ),
    "account.sign_in_cancelled": (
        QT_TRANSLATE_NOOP("errors", "The sign-in was cancelled in the browser."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Start again whenever you like."),
    ),
    "account.sign_in_refused": (
        QT_TRANSLATE_NOOP("errors", "The sign-in at {hub} did not hold ({reason})."),
        QT_TRANSLATE_NOOP("errors", "You are not signed in, and nothing was sent."),
        QT_TRANSLATE_NOOP("errors", "Start again. If it stays so, tell the team and name the word in brackets."),
    ),
    "account.sign_in_refused.address": (
        QT_TRANSLATE_NOOP("errors", "“{hub}” is not the address of a hub."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Type it as it stands in your invitation, for example hub.example.org."),
    ),
    "account.sign_in_refused.insecure": (
        QT_TRANSLATE_NOOP("errors", "{hub} is not protected: on the way there everybody could read along."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent."),
        QT_TRANSLATE_NOOP("errors", "Use the address that begins with https."),
    ),
    "account.sign_in_refused.issuer": (
        QT_TRANSLATE_NOOP("errors", "The answer came from another place than {hub}."),
        QT_TRANSLATE_NOOP("errors", "You are not signed in, and nothing was sent."),
        QT_TRANSLATE_NOOP("errors", "Check the hub's address. If it is right, tell the team."),
    ),
    "account.sign_in_refused.called": (
        QT_TRANSLATE_NOOP("errors", "The hub at {hub} calls itself {own}."),
        QT_TRANSLATE_NOOP("errors", "You are not signed in, and nothing was sent."),
        QT_TRANSLATE_NOOP("errors", "If that is the hub that you mean, type {own} as its address. If not, tell the team."),
    ),
    "account.keyring_unavailable": (
        QT_TRANSLATE_NOOP("errors", "The key ring of this PC does not work ({reason})."),
        _NO_FILE,
        _FOR_NOW,
    ),
    "account.keyring_unavailable.none": (
        QT_TRANSLATE_NOOP("errors", "This PC has no key ring, so there is no safe place for your sign-in."),
        _NO_FILE,
        QT_TRANSLATE_NOOP("errors", "Install one, for example gnome-keyring, or sign in for this session only."),
    ),
    "account.keyring_unavailable.unsafe": (
        QT_TRANSLATE_NOOP("errors", "The only key ring of this PC writes secrets into a plain file, so it was not used."),
        _NO_FILE,
        QT_TRANSLATE_NOOP("errors", "Install another one, for example gnome-keyring, or sign in for this session only."),
    ),
    "account.keyring_unavailable.slow": (
        QT_TRANSLATE_NOOP("errors", "The key ring of this PC did not answer in time. It may be asking for its password in another window."),
        _NO_FILE,
        QT_TRANSLATE_NOOP("errors", "Look for that window, then try again, or sign in for this session only."),
    ),
    "account.keyring_locked": (
        QT_TRANSLATE_NOOP("errors", "The key ring of this PC is locked."),
        QT_TRANSLATE_NOOP("errors", "Your sign-in in it is safe, and everything on this PC is kept."),
        QT_TRANSLATE_NOOP("errors", "Unlock it and try again, or sign in for this session only."),
    ),
    "account.not_signed_in": (
        QT_TRANSLATE_NOOP("errors", "Nobody is signed in."),
        QT_TRANSLATE_NOOP("errors", "What you write is kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Sign in, then try again."),
    ),
    "account.code_refused": (
        QT_TRANSLATE_NOOP("errors", "The hub does not know the F-code {typed}."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Compare it with your invitation, letter by letter."),
    ),
    "account.code_refused.used": (
        QT_TRANSLATE_NOOP("errors", "The F-code {typed} has been used up."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Ask whoever invited you for another one."),
    ),
    "account.code_refused.expired": (
        QT_TRANSLATE_NOOP("errors", "The F-code {typed} is no longer valid."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Ask whoever invited you for another one."),
    ),
    "account.code_refused.full": (
        QT_TRANSLATE_NOOP("errors", "The programme behind {typed} has no seat left."),
        _SAFE,
        QT_TRANSLATE_NOOP("errors", "Ask whoever invited you when the next one opens."),
    ),
}
