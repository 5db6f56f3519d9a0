# SPDX-License-Identifier: Apache-2.0
"""Sentences for what can go wrong while a router is rescued over the cable."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_NOTHING = QT_TRANSLATE_NOOP("errors", "Nothing was sent to any device.")
_HALF = QT_TRANSLATE_NOOP("errors", "A bootloader writes only what it has received whole, so its flash is as it was.")

SENTENCES: Sentences = {
    "recovery.port_needs_rights": (
        QT_TRANSLATE_NOOP("errors", "Port {port} needs an administrator on this PC."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Start Firstlight as administrator for the rescue."),
    ),
    "recovery.port_needs_rights.linux": (
        QT_TRANSLATE_NOOP("errors", "Linux lets only an administrator answer at port {port}, and bootloaders ask nowhere else."),
        _NOTHING,
        QT_TRANSLATE_NOOP(
            "errors",
            "Allow it until the next start of this PC: `sudo sysctl net.ipv4.ip_unprivileged_port_start=67`, then try again.",
        ),
    ),
    "recovery.port_needs_rights.mac": (
        QT_TRANSLATE_NOOP("errors", "macOS did not let Firstlight answer at port {port}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Switch off Internet Sharing in the system's settings, then try again."),
    ),
    "recovery.port_needs_rights.windows": (
        QT_TRANSLATE_NOOP("errors", "Windows did not let Firstlight answer at port {port}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Allow Firstlight in the firewall for private networks, or start it as administrator, then try again."),
    ),
    "recovery.port_taken": (
        QT_TRANSLATE_NOOP("errors", "Another program of this PC already answers at port {port}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Stop it (often dnsmasq, a virtual machine, or Internet Sharing), then try again."),
    ),
    "recovery.adapter_gone": (
        QT_TRANSLATE_NOOP("errors", "The network adapter {adapter} cannot be used: {why}"),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Put the cable in, give the adapter the address that the guide names, then try again."),
    ),
    "recovery.other_dhcp_server": (
        QT_TRANSLATE_NOOP("errors", "On this cable {server} already hands out addresses."),
        _NOTHING,
        QT_TRANSLATE_NOOP(
            "errors",
            "Connect this PC to the broken router alone, with nothing else on the cable, no switch and no other router. Then try again.",
        ),
    ),
    "recovery.nobody_asked": (
        QT_TRANSLATE_NOOP("errors", "The router has not asked for a file in {seconds} s."),
        _NOTHING,
        QT_TRANSLATE_NOOP(
            "errors", "Check that the cable is in the port that the guide shows, then switch the router on again with its button held down."
        ),
    ),
    "recovery.nobody_asked.others": (
        QT_TRANSLATE_NOOP("errors", "Only other devices asked: {others}. The router of this guide is {mac}."),
        _NOTHING,
        QT_TRANSLATE_NOOP(
            "errors", "Compare the number on the router's label. If it is the right router, correct the number and try again."
        ),
    ),
    "recovery.stalled": (
        QT_TRANSLATE_NOOP("errors", "The router took {percent} % of {name} and has said nothing for {seconds} s."),
        _HALF,
        QT_TRANSLATE_NOOP(
            "errors", "Check the cable, then switch the router off and on with its button held down. The file is sent from the start."
        ),
    ),
    "recovery.refused": (
        QT_TRANSLATE_NOOP("errors", "The router refused {name}. It said: {said}"),
        _HALF,
        QT_TRANSLATE_NOOP("errors", "Check that the guide is for exactly this model, or report it from here."),
    ),
    "recovery.loop": (
        QT_TRANSLATE_NOOP("errors", "The router has fetched {name} whole {times} times and starts over each time."),
        QT_TRANSLATE_NOOP("errors", "Its bootloader is intact, or it could not ask."),
        QT_TRANSLATE_NOOP(
            "errors",
            "The file does not start on this router. Check that it is the rescue file for exactly this model, or report it from here.",
        ),
    ),
    "recovery.wrong_router": (
        QT_TRANSLATE_NOOP("errors", "Another device answers: {got}. The router of this guide is {mac}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Compare the number on the router's label, and take everything else off the cable."),
    ),
    "recovery.image_changed": (
        QT_TRANSLATE_NOOP("errors", "The file {name} changed on this PC while it was sent."),
        _HALF,
        QT_TRANSLATE_NOOP("errors", "Fetch it again, then start the rescue anew."),
    ),
}
