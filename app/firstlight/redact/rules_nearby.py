# SPDX-License-Identifier: Apache-2.0
"""Rules for lists of networks in reach: names and addresses of the neighbours', by which anyone finds the house on a map.

Each form is that of one program, so that the tester's own connection, told elsewhere in the log, keeps its own kinds.
"""

from __future__ import annotations

from firstlight.redact import validators as v
from firstlight.redact.rule import Rule, rule

_RADIO = rb"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}"
_LOUD = rb"-\d{1,3}(?:\([^)\n]{1,40}\))?"
"""How loud; Android adds each antenna in brackets."""
_ROW = rb"[ \t]{2,12}\d{4,5}[ \t]{1,20}"
_BEFORE_ROW = tuple(b":hh:hh:hh" + gap for gap in (b"  ", b" \t", b"\t ", b"\t\t"))


RULES: tuple[Rule, ...] = (
    # wpa_cli scan_results
    rule(
        "near",
        rb"(?<![0-9A-Fa-f:])(" + _RADIO + rb")\t\d{4,5}\t-?\d{1,3}\t\[",
        (b"\tdddd\t", b"\tddddd\t"),
        v.mac,
        view="digits",
        must=(b"8c:5a:f1:09:2e:71\t2437\t-61\t[WPA2-PSK-CCMP][ESS]\tFern Hill",),
        must_not=(b"8c:5a:f1:09:2e:71\tassociated",),
    ),
    rule(
        "near",
        rb"(?<![0-9A-Fa-f])" + _RADIO + rb"\t\d{4,5}\t-?\d{1,3}\t\[[^\t\n]{1,200}\t([^\r\n]{1,64})",
        (b"\tdddd\t", b"\tddddd\t"),
        v.ssid,
        view="digits",
        must=(b"8c:5a:f1:09:2e:71\t2437\t-61\t[WPA2-PSK-CCMP][ESS]\tFern Hill",),
        must_not=(b"8c:5a:f1:09:2e:71\t2437\t-61\t[WPA2-PSK-CCMP][ESS]\t",),
    ),
    # Android: dumpsys wifi, "Latest scan results"
    rule(
        "near",
        rb"(?<![0-9A-Fa-f:])(" + _RADIO + rb")" + _ROW + _LOUD + rb"[ \t]",
        _BEFORE_ROW,
        v.mac,
        view="hex",
        must=(
            b"  8c:5a:f1:09:2e:71       2437    -57(0:-58/1:-60)    1.234    Fern Hill       [WPA2-PSK-CCMP-128][ESS]",
            b"8c:5a:f1:09:2e:71 \t2437\t-57\t[ESS]",
        ),
        must_not=(b"wlan0  8c:5a:f1:09:2e:71  up", b"10:11:12:13:14:15  2437  up"),
    ),
    rule(
        "near",
        _RADIO + _ROW + _LOUD + rb"[ \t]{1,20}[>\d.]{1,12}[ \t]{1,12}([^\t\n]{1,64}?)[ \t]{1,33}\[",
        _BEFORE_ROW,
        v.ssid,
        view="hex",
        must=(b"  8c:5a:f1:09:2e:71       2437    -57(0:-58/1:-60)    1.234    Fern Hill       [WPA2-PSK-CCMP-128][ESS]",),
        must_not=(b"  8c:5a:f1:09:2e:71       2437    -57    1.234                        [ESS]",),
    ),
    rule(
        "signal",
        _RADIO + _ROW + rb"(" + _LOUD + rb")[ \t]",
        _BEFORE_ROW,
        view="hex",
        must=(b"  8c:5a:f1:09:2e:71       2437    -57(0:-58/1:-60)    1.234    Fern Hill       [WPA2-PSK-CCMP-128][ESS]",),
        must_not=(b"8c:5a:f1:09:2e:71  2437  up",),
        is_learned=False,
    ),
    # Android: ScanResult in words
    rule(
        "near",
        rb"SSID: \"?([^\"\n]{1,64}?)\"?, BSSID: " + _RADIO + rb", capabilities",
        (b", capabilities",),
        v.ssid,
        must=(b'D WifiScan: SSID: "Fern, Hill", BSSID: 8c:5a:f1:09:2e:71, capabilities: [ESS], level: -66',),
        must_not=(b'SSID: "Fern Hill", BSSID: 8c:5a:f1:09:2e:71, MAC: 8c:5a:f1:09:2e:72, Supplicant state: COMPLETED',),
    ),
    rule(
        "near",
        rb"BSSID: (" + _RADIO + rb"), capabilities",
        (b", capabilities",),
        v.mac,
        must=(b'D WifiScan: SSID: "Fern Hill", BSSID: 8c:5a:f1:09:2e:71, capabilities: [ESS], level: -66',),
        must_not=(b"BSSID: any, capabilities",),
    ),
    # wpa_supplicant at its most talkative
    rule(
        "near",
        rb"\d: (" + _RADIO + rb") ssid='",
        (b" wpa_ie_len=",),
        v.mac,
        must=(b"wlan0: 0: 8c:5a:f1:09:2e:71 ssid='Fern Hill' wpa_ie_len=0 rsn_ie_len=20 caps=0x411 level=-60 freq=2437",),
        must_not=(b"wlan0: trying ssid='Fern Hill' wpa_ie_len=0",),
    ),
    rule(
        "near",
        rb"\d: " + _RADIO + rb" ssid='([^\n]{1,160}?)' wpa_ie_len=",
        (b" wpa_ie_len=",),
        v.ssid,
        must=(b"wlan0: 0: 8c:5a:f1:09:2e:71 ssid='Fern Hill' wpa_ie_len=0 rsn_ie_len=20 caps=0x411 level=-60 freq=2437",),
        must_not=(b"wlan0: trying ssid='Fern Hill' wpa_ie_len=0",),
    ),
    # iw scan; iwlist and iwinfo
    rule(
        "near",
        rb"BSS (" + _RADIO + rb") ?\(on ",
        (b"(on ",),
        v.mac,
        must=(b"BSS 8c:5a:f1:09:2e:71(on wlan0)",),
        must_not=(b"Connected to 8c:5a:f1:09:2e:71 (on wlan0)",),
    ),
    rule(
        "near",
        rb"Cell \d{1,3} - Address: (" + _RADIO + rb")",
        (b" - address: ",),
        v.mac,
        must=(b"          Cell 01 - Address: 8C:5A:F1:09:2E:71",),
        must_not=(b"Cell 1 - Address: none",),
    ),
    rule(
        "near",
        rb"\tSSID: ([^\r\n\t]{1,160})",
        (b"\tssid: ",),
        v.ssid,
        beside=v.is_below_network,
        must=(b"BSS 8c:5a:f1:09:2e:71(on wlan0)\n\tSSID: Fern Hill 3",),
        must_not=(b"\tSSID: Fern Hill 3",),
    ),
    rule(
        "wifi",
        rb"\tSSID: ([^\r\n\t]{1,160})",
        (b"\tssid: ",),
        v.ssid,
        beside=v.is_not_below_network,
        must=(b"\tSSID: Fern Hill 3",),
        must_not=(b"\tSSID: <unknown ssid>",),
    ),
    rule(
        "near",
        rb"[ \t]ESSID: ?\"([^\"\n]{1,160})\"",
        (b"essid:",),
        v.ssid,
        beside=v.is_below_network,
        must=(b'Cell 01 - Address: 8C:5A:F1:09:2E:71\n          ESSID: "Fern Hill"',),
        must_not=(b'wlan0     ESSID: "Fern Hill"',),
    ),
)
