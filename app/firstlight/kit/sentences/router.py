# SPDX-License-Identifier: Apache-2.0
"""Sentences for what can go wrong with a router that is flashed over SSH."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_NOTHING = QT_TRANSLATE_NOOP("errors", "Nothing was written to the router.")
_MEMORY = QT_TRANSLATE_NOOP("errors", "Until the step that flashes, nothing but the router's memory is touched.")
_KEPT = QT_TRANSLATE_NOOP("errors", "Everything that this run copied from it is kept on this PC.")

SENTENCES: Sentences = {
    "device.router_not_found": (
        QT_TRANSLATE_NOOP("errors", "No router answers at {address}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent to it since it last answered."),
        QT_TRANSLATE_NOOP(
            "errors", "Check that this PC is on the router's network, by cable if you can, and that the address is right. Then try again."
        ),
    ),
    "device.router_lost": (
        QT_TRANSLATE_NOOP("errors", "The connection to the router broke."),
        _MEMORY,
        QT_TRANSLATE_NOOP(
            "errors", "Check the cable between PC and router, then try again. What was half sent is sent again from the start."
        ),
    ),
    "device.router_stalled": (
        QT_TRANSLATE_NOOP("errors", "The router has said nothing for {seconds} s, though the connection stands."),
        _MEMORY,
        QT_TRANSLATE_NOOP("errors", "Wait a minute and try again. If it stays silent, switch it off and on."),
    ),
    "device.host_key_changed": (
        QT_TRANSLATE_NOOP("errors", "At {address} another router answers than before: its key is {got}, it was {kept}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was sent to it, no password either."),
        QT_TRANSLATE_NOOP(
            "errors",
            "If you reset this router or another one stands there now, forget its old key: `firstlight router forget {address}`. If neither is so, do not go on: somebody may pretend to be your router.",
        ),
    ),
    "device.login_refused": (
        QT_TRANSLATE_NOOP("errors", "The router at {address} does not let {user} in."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Check the router's password. It is the one of its own web page, not the one of the Wi-Fi."),
    ),
    "device.not_a_router": (
        QT_TRANSLATE_NOOP("errors", "What answers at {address} is no router that Firstlight knows: {why}"),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Check the address. If it is the right router, report it from here."),
    ),
    "device.router_no_room": (
        QT_TRANSLATE_NOOP("errors", "The router has {free_mb} MB of memory free, the build needs {needed_mb} MB."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Start the router again, which frees memory, then try once more."),
    ),
    "device.upload_damaged": (
        QT_TRANSLATE_NOOP("errors", "The build did not arrive whole on the router: read back, it is not what was sent. {said}"),
        QT_TRANSLATE_NOOP("errors", "The damaged copy was deleted. Its flash was not touched."),
        QT_TRANSLATE_NOOP("errors", "Try again. If it happens twice, use another cable and report it from here."),
    ),
    "device.image_unfit": (
        QT_TRANSLATE_NOOP("errors", "This build must not go onto this router. {said}"),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose the build for exactly this model."),
    ),
    "device.image_unfit.board": (
        QT_TRANSLATE_NOOP("errors", "The build is for {wanted}; this router is {board}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose the build for exactly this model."),
    ),
    "device.image_unfit.compat_major": (
        QT_TRANSLATE_NOOP(
            "errors", "The build needs another layout of the router's flash ({wanted}) than this router has ({board}). {said}"
        ),
        _NOTHING,
        QT_TRANSLATE_NOOP(
            "errors", "It cannot be put on this way. Ask the maker for the guide that changes the layout, or use the recovery."
        ),
    ),
    "device.image_unfit.compat_minor": (
        QT_TRANSLATE_NOOP("errors", "The build cannot take over the settings of the one that runs now ({board} to {wanted}). {said}"),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Begin the guide anew without keeping the settings on the router. They were kept on this PC before."),
    ),
    "device.image_unfit.no_metadata": (
        QT_TRANSLATE_NOOP("errors", "The file does not say which router it is for."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose the file that ends in sysupgrade. A factory file is for the router's own web page."),
    ),
    "device.image_unfit.damaged": (
        QT_TRANSLATE_NOOP("errors", "The build's file is damaged: its own checksum does not fit."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Fetch it again."),
    ),
    "device.image_unfit.router_said": (
        QT_TRANSLATE_NOOP("errors", "The router looked at the build and refused it. It said: {said}"),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose the build for exactly this model, or report it from here."),
    ),
    "device.backup_damaged": (
        QT_TRANSLATE_NOOP("errors", "The router's settings did not arrive whole: {why}"),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Try again. Without a kept copy, do not go on if you need these settings."),
    ),
    "device.router_not_back": (
        QT_TRANSLATE_NOOP("errors", "The router is not back as it should be. It says build {build}; expected is {wanted}."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Report it from here: the step and the router's words are filled in."),
    ),
    "device.router_not_back.rolled_back": (
        QT_TRANSLATE_NOOP("errors", "The router did not accept build {wanted} and went back to {build} by itself."),
        QT_TRANSLATE_NOOP("errors", "It works as before."),
        QT_TRANSLATE_NOOP("errors", "Report it from here. There is no need to try the same build again."),
    ),
    "device.router_not_back.brick": (
        QT_TRANSLATE_NOOP("errors", "The router has not come back for {seconds} s. Starts that were seen meanwhile: {starts}."),
        _KEPT,
        QT_TRANSLATE_NOOP(
            "errors", "Leave it plugged in for five more minutes. If its lamp stays as it is, follow the recovery guide from its start."
        ),
    ),
    "device.router_not_back.still_booting": (
        QT_TRANSLATE_NOOP("errors", "The router answers, but has not finished its start after {seconds} s."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Do not unplug it. The first start after a build can be long; wait and look again."),
    ),
    "device.router_not_back.unchanged": (
        QT_TRANSLATE_NOOP("errors", "The router did not start again: it still runs build {build}."),
        QT_TRANSLATE_NOOP("errors", "It runs as before."),
        QT_TRANSLATE_NOOP("errors", "Try again. If it stays so, report it from here with the router's log."),
    ),
    "device.router_not_back.other": (
        QT_TRANSLATE_NOOP("errors", "The router started with build {build}; expected is {wanted}."),
        _KEPT,
        QT_TRANSLATE_NOOP("errors", "Check that the right build was chosen, and report it from here."),
    ),
}
