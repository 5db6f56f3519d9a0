# SPDX-License-Identifier: Apache-2.0
"""The kinds of private details in the tester's words."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_TITLES = {
    "near": QT_TRANSLATE_NOOP("Kinds", "Networks of neighbours"),
    "mac": QT_TRANSLATE_NOOP("Kinds", "Hardware addresses"),
    "ip": QT_TRANSLATE_NOOP("Kinds", "Public IP addresses"),
    "ip_private": QT_TRANSLATE_NOOP("Kinds", "Home IP addresses"),
    "wifi": QT_TRANSLATE_NOOP("Kinds", "Wi-Fi names"),
    "signal": QT_TRANSLATE_NOOP("Kinds", "Signal of neighbours"),
    "password": QT_TRANSLATE_NOOP("Kinds", "Passwords"),
    "token": QT_TRANSLATE_NOOP("Kinds", "Access tokens"),
    "key": QT_TRANSLATE_NOOP("Kinds", "Keys"),
    "mail": QT_TRANSLATE_NOOP("Kinds", "E-mail addresses"),
    "phone": QT_TRANSLATE_NOOP("Kinds", "Phone numbers"),
    "imei": QT_TRANSLATE_NOOP("Kinds", "IMEI numbers"),
    "imsi": QT_TRANSLATE_NOOP("Kinds", "IMSI numbers"),
    "iccid": QT_TRANSLATE_NOOP("Kinds", "SIM card numbers"),
    "place": QT_TRANSLATE_NOOP("Kinds", "Places"),
    "serial": QT_TRANSLATE_NOOP("Kinds", "Serial numbers"),
    "name": QT_TRANSLATE_NOOP("Kinds", "Account names"),
    "host": QT_TRANSLATE_NOOP("Kinds", "Computer names"),
    "extra": QT_TRANSLATE_NOOP("Kinds", "Hidden by you"),
}


def title(kind: str) -> str:
    """The kind's name in the tester's language."""
    return QCoreApplication.translate("Kinds", str(_TITLES[kind]))
