# SPDX-License-Identifier: Apache-2.0
"""Sentences for what goes wrong on the way to a hub."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_KEPT = QT_TRANSLATE_NOOP("errors", "Everything is kept on this PC.")
_BY_ITSELF = QT_TRANSLATE_NOOP("errors", "What waits goes out by itself; you can also try now.")

_FETCHED = QT_TRANSLATE_NOOP("errors", "What came so far is kept. Nothing was written to a device.")
_LATER = QT_TRANSLATE_NOOP("errors", "Check the network and run the step again: it goes on where it stopped.")
_AUTHOR = QT_TRANSLATE_NOOP("errors", "Tell the guide's author, or put the file into the folder of the guide's files yourself.")

SENTENCES: Sentences = {
    "hub": (
        QT_TRANSLATE_NOOP("errors", "The hub cannot be used right now."),
        _KEPT,
        _BY_ITSELF,
    ),
    "hub.unreachable": (
        QT_TRANSLATE_NOOP("errors", "The hub {hub} did not answer."),
        _KEPT,
        _BY_ITSELF,
    ),
    "hub.unreachable.off": (
        QT_TRANSLATE_NOOP("errors", "You work offline, so nothing was asked of the network."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Switch working offline off to go on."),
    ),
    "hub.unreachable.dns": (
        QT_TRANSLATE_NOOP("errors", "This PC does not find the hub {hub}: the name is not known, or there is no network."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Check the network and the address. What waits goes out by itself."),
    ),
    "hub.unreachable.refused": (
        QT_TRANSLATE_NOOP("errors", "Nothing answers at {hub}. The hub seems to be switched off."),
        _KEPT,
        _BY_ITSELF,
    ),
    "hub.unreachable.timeout": (
        QT_TRANSLATE_NOOP("errors", "The hub {hub} took too long to answer."),
        _KEPT,
        _BY_ITSELF,
    ),
    "hub.unreachable.reset": (
        QT_TRANSLATE_NOOP("errors", "The connection to {hub} was cut."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "What was on its way goes on where it stopped; you can also try now."),
    ),
    "hub.unreachable.network": (
        QT_TRANSLATE_NOOP("errors", "This PC has no way to {hub}. There seems to be no network."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Check the cable or the Wi-Fi. What waits goes out by itself."),
    ),
    "hub.unreachable.tls": (
        QT_TRANSLATE_NOOP("errors", "{hub} could not prove that it is the hub: its certificate does not hold."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent. Everything is kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Check the date of this PC, try another network, and tell the team if it stays so."),
    ),
    "hub.stranger": (
        QT_TRANSLATE_NOOP("errors", "Something else answered in place of the hub {hub}, probably the log-in page of this network."),
        QT_TRANSLATE_NOOP("errors", "Nothing was taken for sent. Everything is kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Open any page in your browser and log in to the network, or check the hub's address."),
    ),
    "hub.stranger.redirect": (
        QT_TRANSLATE_NOOP("errors", "The answer from {hub} leads to another place ({where}), and Firstlight does not follow."),
        QT_TRANSLATE_NOOP("errors", "Nothing was taken for sent. Everything is kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Open any page in your browser and log in to the network, or check the hub's address."),
    ),
    "hub.refused": (
        QT_TRANSLATE_NOOP("errors", "The hub refused this (status {status}, {reason})."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Try again later. If it stays so, tell the team."),
    ),
    "hub.refused.invalid": (
        QT_TRANSLATE_NOOP("errors", "The hub did not accept what was filled in: {fields}."),
        QT_TRANSLATE_NOOP("errors", "What you wrote is kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Change it and send it again."),
    ),
    "hub.refused.unauthenticated": (
        QT_TRANSLATE_NOOP("errors", "The hub wants to know who you are."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Sign in again."),
    ),
    "hub.refused.forbidden": (
        QT_TRANSLATE_NOOP("errors", "You are no longer in this programme, so the hub does not take this."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Ask the team of the programme."),
    ),
    "hub.refused.not_found": (
        QT_TRANSLATE_NOOP("errors", "The hub does not know this."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Fetch the news of the hub, then try again."),
    ),
    "hub.refused.conflict": (
        QT_TRANSLATE_NOOP("errors", "The team has already gone on with this, so it can no longer be changed."),
        QT_TRANSLATE_NOOP("errors", "What you wrote is kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Add it as an answer instead."),
    ),
    "hub.refused.gone": (
        QT_TRANSLATE_NOOP("errors", "This is no longer on the hub."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Fetch the news of the hub, then try again."),
    ),
    "hub.refused.too_large": (
        QT_TRANSLATE_NOOP("errors", "{name} is larger than the hub takes ({limit_mb} MB at most)."),
        QT_TRANSLATE_NOOP("errors", "The file is untouched, and the report is kept on this PC."),
        QT_TRANSLATE_NOOP("errors", "Leave it out or attach a smaller one, then put the report in the outbox again."),
    ),
    "hub.refused.missing_blobs": (
        QT_TRANSLATE_NOOP("errors", "The hub does not have all attachments yet."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "They are sent again by themselves; there is nothing to do."),
    ),
    "hub.refused.checksum": (
        QT_TRANSLATE_NOOP("errors", "A file was damaged on its way to the hub, several times."),
        QT_TRANSLATE_NOOP("errors", "The hub dropped it; the file on this PC is whole."),
        QT_TRANSLATE_NOOP("errors", "Try another network. It is sent again by itself."),
    ),
    "hub.busy": (
        QT_TRANSLATE_NOOP("errors", "The hub {hub} cannot take this right now (status {status})."),
        _KEPT,
        _BY_ITSELF,
    ),
    "hub.busy.too_many": (
        QT_TRANSLATE_NOOP("errors", "The hub asks to wait a little: that was a lot at once."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "It goes on by itself when the hub allows."),
    ),
    "hub.session_expired": (
        QT_TRANSLATE_NOOP("errors", "Your sign-in at {hub} has ended."),
        QT_TRANSLATE_NOOP("errors", "Everything is kept on this PC and waits."),
        QT_TRANSLATE_NOOP("errors", "Sign in again; what waits then goes out by itself."),
    ),
    "hub.mismatch": (
        QT_TRANSLATE_NOOP("errors", "The hub {hub} answered in a way that this version of Firstlight does not understand ({where})."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Update Firstlight. If it is the newest one, tell the team."),
    ),
    "hub.file_changed": (
        QT_TRANSLATE_NOOP("errors", "The kept copy of {name} was changed or cut short since you attached it."),
        QT_TRANSLATE_NOOP("errors", "It was not sent. The rest of the report is kept."),
        QT_TRANSLATE_NOOP("errors", "Remove it from the report and attach it again."),
    ),
    "hub.file_damaged": (
        QT_TRANSLATE_NOOP("errors", "{name} arrived damaged several times: it is not what the hub listed."),
        QT_TRANSLATE_NOOP("errors", "It was thrown away. Nothing was written to a device."),
        QT_TRANSLATE_NOOP("errors", "Fetch it again, on another network if you can. If it happens twice, tell the team."),
    ),
    "web.unreachable": (
        QT_TRANSLATE_NOOP("errors", "{hub} did not answer, so the file did not come."),
        _FETCHED,
        _LATER,
    ),
    "web.unreachable.off": (
        QT_TRANSLATE_NOOP("errors", "You work offline, so nothing was fetched from {hub}."),
        _FETCHED,
        QT_TRANSLATE_NOOP("errors", "Switch working offline off, or put the file into the folder of the guide's files."),
    ),
    "web.unreachable.dns": (
        QT_TRANSLATE_NOOP("errors", "This PC does not find {hub}: the name is not known, or there is no network."),
        _FETCHED,
        _LATER,
    ),
    "web.unreachable.tls": (
        QT_TRANSLATE_NOOP("errors", "{hub} could not prove that it is {hub}: its certificate does not hold."),
        _FETCHED,
        QT_TRANSLATE_NOOP("errors", "Check the date of this PC and try another network. Tell the guide's author if it stays so."),
    ),
    "web.refused": (
        QT_TRANSLATE_NOOP("errors", "The address of a file is none that Firstlight asks: {host}. Only https is asked."),
        _FETCHED,
        _AUTHOR,
    ),
    "web.refused.private": (
        QT_TRANSLATE_NOOP("errors", "The address of a file leads into a private network ({host}), where a guide has no business."),
        QT_TRANSLATE_NOOP("errors", "Nothing was asked there. Nothing was written to a device."),
        _AUTHOR,
    ),
    "web.refused.redirects": (
        QT_TRANSLATE_NOOP("errors", "{host} leads from place to place and never to the file."),
        _FETCHED,
        _AUTHOR,
    ),
    "web.refused.status": (
        QT_TRANSLATE_NOOP("errors", "{host} does not have the file (status {status})."),
        _FETCHED,
        _AUTHOR,
    ),
    "web.refused.down": (
        QT_TRANSLATE_NOOP("errors", "{host} cannot give the file right now (status {status})."),
        _FETCHED,
        _LATER,
    ),
    "web.refused.too_big": (
        QT_TRANSLATE_NOOP("errors", "The file at {host} is larger than {limit_gb} GB, and the guide does not say how large it has to be."),
        QT_TRANSLATE_NOOP("errors", "It was not fetched. Nothing was written to a device."),
        _AUTHOR,
    ),
    "web.refused.damaged": (
        QT_TRANSLATE_NOOP("errors", "What came from {host} is not the file that the guide names: its hash is another one."),
        QT_TRANSLATE_NOOP("errors", "It was thrown away. Nothing was written to a device."),
        QT_TRANSLATE_NOOP("errors", "Try another network. If it happens twice, tell the guide's author, and do not use the file."),
    ),
    "hub.local_failed": (
        QT_TRANSLATE_NOOP("errors", "The practice hub on this PC did not start. Its last words: {lines}"),
        QT_TRANSLATE_NOOP("errors", "Nothing else is affected; its data is as it was."),
        QT_TRANSLATE_NOOP("errors", "Try again. If it stays so, restart this PC."),
    ),
    "hub.local_failed.timeout": (
        QT_TRANSLATE_NOOP("errors", "The practice hub on this PC took too long to start. Its last words: {lines}"),
        QT_TRANSLATE_NOOP("errors", "Nothing else is affected; its data is as it was."),
        QT_TRANSLATE_NOOP("errors", "Close other programs and try again."),
    ),
}
