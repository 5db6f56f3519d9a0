# SPDX-License-Identifier: Apache-2.0
"""Neighbours' Wi-Fi: lists of networks in reach, as each program writes them, stay at home unless the tester says otherwise."""

from __future__ import annotations

import json

import pytest

from firstlight.redact.engines import installed
from firstlight.redact.mask import redact

OWN = b"Moss-Attic-5G"
LISTS = {
    "wpa_cli": b"bssid / frequency / signal level / flags / ssid\n8c:5a:f1:09:2e:71\t2437\t-54\t[WPA2-PSK-CCMP][ESS]\t%s\n",
    "iw": b"BSS 8c:5a:f1:09:2e:71(on wlan0)\n\tTSF: 1234 usec\n\tfreq: 2412\n\tsignal: -54.00 dBm\n\tlast seen: 340 ms ago\n\tSSID: %s\n",
    "iwinfo": b'Cell 01 - Address: 8C:5A:F1:09:2E:71\n          ESSID: "%s"\n          Channel: 6\n  Signal: -54 dBm  Quality: 66/70\n',
    "dumpsys": b"    BSSID              Frequency      RSSI           Age(sec)     SSID                                 Flags\n"
    b"  8c:5a:f1:09:2e:71       2437    -54(0:-58/1:-60)    1.234   %s                    [WPA2-PSK-CCMP-128][ESS]\n",
    "dumpsys, one antenna": b"  8c:5a:f1:09:2e:71       5180    -54    >1000.0    %s           [WPA2-PSK-CCMP-128][ESS]\n",
    "android": b'D WifiScan: SSID: "%s", BSSID: 8c:5a:f1:09:2e:71, capabilities: [ESS], level: -54, frequency: 2437\n',
    "wpa_supplicant": b"wlan0: 0: 8c:5a:f1:09:2e:71 ssid='%s' wpa_ie_len=0 rsn_ie_len=20 caps=0x411 level=-54 freq=2437\n",
}
CONNECTED = b'hostapd: wlan0: own SSID "Moss-Attic-5G" bssid 02:11:22:33:44:55\n'


def made(tmp_path, text: bytes, engine: str, **choices) -> tuple[bytes, list[dict]]:
    source, target, found = tmp_path / "in.log", tmp_path / "out.log", tmp_path / "found.jsonl"
    source.write_bytes(text)
    redact(source, target, choices, engine=engine, findings=found)
    return target.read_bytes(), [json.loads(line) for line in found.read_text().splitlines()]


NAMES = (b"Kevin", b"Fam. Meyer 24", b"Villa Kunterbunt", "Müller’s 网".encode())


@pytest.mark.parametrize("engine", installed())
def test_a_neighbour_leaves_by_no_list_whatever_else_stays_readable(tmp_path, engine):
    text = b"".join(form % name for form in LISTS.values() for name in NAMES) + CONNECTED
    for choices in ({}, {"off_kinds": ["mac", "wifi"]}):
        out, _ = made(tmp_path, text, engine, **choices)
        for private in (*NAMES, b"Meyer", b"24 ", b"Kunterbunt", "网".encode(), b"8c:5a:f1", b"8C:5A:F1", b"-54", b"-58"):
            assert private not in out, out.decode()
        assert out.count(b"\n") == text.count(b"\n")
    assert OWN in out
    assert b"02:11:22:33:44:55" in out, "the tester's own connection is told when its kinds are switched off"


@pytest.mark.parametrize("form", LISTS)
def test_the_tester_may_let_the_list_go(tmp_path, form):
    out, found = made(tmp_path, LISTS[form] % b"Villa Kunterbunt", "re", off_kinds=["near", "signal"])
    assert b"Villa Kunterbunt" in out
    assert b"8c:5a:f1:09:2e:71" in out.lower()
    assert b"-54" in out
    assert found == []


@pytest.mark.parametrize("form", LISTS)
def test_a_network_has_the_same_token_in_a_list_and_elsewhere(tmp_path, form):
    elsewhere = b'wlan0: associated with 8c:5a:f1:09:2e:71\nD Wifi: ssid="Moss-Attic-5G" connected\n'
    out, found = made(tmp_path, LISTS[form] % OWN + elsewhere, "re")
    assert b"associated with [mac 1]\n" in out
    assert b'ssid="[wifi 1]" connected' in out
    assert {one["token"] for one in found if one["kind"] == "mac"} == {"[mac 1]"}
    assert {one["token"] for one in found if one["kind"] == "wifi"} == {"[wifi 1]"}
    assert {one["kind"] for one in found} == {"mac", "wifi", "signal"}, "findings have the public kinds"
