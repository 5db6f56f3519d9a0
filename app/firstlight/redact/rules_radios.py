# SPDX-License-Identifier: Apache-2.0
"""Rules for radios and networks: hardware addresses, Wi-Fi names, signal of what is near, IP addresses."""

from __future__ import annotations

from firstlight.redact import validators as v
from firstlight.redact.rule import Rule, keyed, rule
from firstlight.redact.spelling import IS, OPEN, value, value_begins

_PAIR = rb"[0-9A-Fa-f]{2}"
_RADIO = _PAIR + rb"(?:[:_-]" + _PAIR + rb"){5}"
_END_OF_PAIRS = rb"(?:$|[^0-9A-Fa-f:_-]|[:_-](?:$|[^0-9A-Fa-f]|[0-9A-Fa-f](?:$|[^0-9A-Fa-f])|[0-9A-Fa-f]{3}))"
"""No further pair follows: engines tell of a fingerprint once instead of at each of its pairs."""
_HEXTET = rb"(?<![0-9A-Za-z.])(?:[23][0-9A-Fa-f]{3}|[Ff](?:[CDcd][0-9A-Fa-f]|[Ee][89ABab])[0-9A-Fa-f])"
"""How an address of IP 6 begins that is private."""

RULES: tuple[Rule, ...] = (
    rule(
        "mac",
        rb"(?<![0-9A-Fa-f])" + _PAIR + rb"(?P<by>[:_-])(?:" + _PAIR + rb"(?P=by)){4,62}" + _PAIR + rb"(?![0-9A-Fa-f])",
        (b"hh:hh:hh:hh:hh:hh",),
        v.mac,
        loose=rb"(?<![0-9A-Fa-f])" + _PAIR + rb"(?:[:_-]" + _PAIR + rb"){5,}" + _END_OF_PAIRS,
        view="hex",
        must=(b"sta 8c:5a:f1:09:2e:71 up", b"D:8C:5A:F1:09:2E:71", b"dev_8C_5A_F1_09_2E_71", b"01:8c:5a:f1:09:2e:71"),
        must_not=(b"ff:ff:ff:ff:ff:ff", b"33:33:00:00:00:01", b"SHA1 aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd"),
    ),
    rule(
        "mac",
        rb"(?<![0-9A-Za-z.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![0-9A-Za-z.])",
        (b"hhhh.hhhh.hhhh",),
        v.dotted_mac,
        loose=rb"[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}",
        view="hex",
        must=(b"learned 8c5a.f109.2e71 on port 2",),
        must_not=(b"1234.5678.9012",),
    ),
    keyed(
        "mac",
        (rb"mac(?:[ _-]?addr(?:ess)?)?", b"bssid", b"hwaddr", b"bdaddr", b"ether"),
        rb"(?:" + IS + rb"| )" + OPEN + rb"([0-9a-f]{12})(?![0-9A-Za-z])",
        (b"mac", b"bssid", b"hwaddr", b"bdaddr", b"ether"),
        v.mac,
        must=(b"mac=8c5af1092e71", b"BSSID: 8C5AF1092E71"),
        must_not=(b"macro: 8c5af1092e7", b"ethernet: 123456789012"),
    ),
    keyed(
        "wifi",
        (b"^ssid", rb"wi-?fi[ _]?name", rb"network[ _]name"),
        IS + value(1, 64),
        (b"ssid", b"wifi", b"wi-fi", b"network name", b"network_name"),
        v.ssid,
        guard=b"b",
        loose=IS + value_begins(1),
        must=(
            b'ESSID: "Moss-Attic-5G"',
            b"(SSID='Fern Hill' freq=2412 MHz)",
            b"mSsid=MossNet",
            b"ssid=hut",
            b"option ssid 'Fern Hill'",
            b'<string name="SSID">&quot;Moss-Attic-5G&quot;</string>',
            b"[wlan.network_name]: [MossNet]",
        ),
        must_not=(b"BSSID: 8c:5a:f1:09:2e:71", b"SSID: <unknown ssid>", b"ssid: null"),
    ),
    rule(
        "wifi",
        rb"(?<![A-Za-z])(?:[Ee]?SSID|ssid|essid)[ \t]{1,2}([0-9A-Za-z][^\s,;\"'<>(){}\[\]=:]{2,31})(?![=:0-9A-Za-z])",
        (b"ssid",),
        v.ssid_loose,
        must=(b"hostapd: ssid Moss-Attic-5G",),
        must_not=(b"hidden ssid is not allowed", b"ssid list changed", b"ssid scan=1"),
    ),
    rule(
        "wifi",
        rb"(?:[Cc]onnect(?:ing|ed) to |starting connection |extra: |configKey[=:] ?)[\"']([^\"'\n]{1,64})[\"']",
        (b"connecting to ", b"connected to ", b"starting connection ", b"extra: ", b"configkey"),
        v.ssid,
        must=(
            b'Connecting to "Fern Hill"',
            b"starting connection 'Fern Hill' (uuid)",
            b'configKey="MossNet"WPA_PSK',
            b'extra: "MossNet", f',
        ),
        must_not=(b"connected to port 4", b"extra: null"),
    ),
    rule(
        "wifi",
        rb"system-connections/([^/\n]{1,64})\.nmconnection",
        (b".nmconnection",),
        v.ssid,
        must=(b"/etc/NetworkManager/system-connections/Fern Hill.nmconnection saved",),
        must_not=(b"system-connections/",),
    ),
    rule(
        "wifi",
        rb"(?<![0-9A-Fa-f])" + _RADIO + rb"\t\d{4,5}\t-?\d{1,3}\t[^\t\n]{1,200}\t([^\n]{1,64})",
        (b"\tdddd\t", b"\tddddd\t"),
        v.ssid,
        view="digits",
        must=(
            b"8c:5a:f1:09:2e:71\t2437\t-61\t[WPA2-PSK-CCMP][ESS]\tFern Hill",
            b"8c:5a:f1:09:2e:71\t58320\t-61\t[ESS]\tFern Hill",
        ),
        must_not=(b"8c:5a:f1:09:2e:71\t2437\t-61\t[WPA2-PSK-CCMP][ESS]\t",),
    ),
    keyed(
        "signal",
        (b"rssi", rb"^signal(?: level)?", b"^level", b"^snr"),
        rb"(?:" + IS + rb"| )?" + OPEN + rb"(-\d{2,3}(?:\.\d{1,2})?)(?![\d.])",
        (b"rssi", b"signal", b"level", b"snr"),
        beside=v.near_radio,
        must=(b"BSS 8c:5a:f1:09:2e:71 signal: -54.00 dBm", b"bssid=x rssi=-71", b"roam candidate 8c_5a_f1_09_2e_71 RSSI -71"),
        must_not=(b"signal: -54 dBm", b"level 3"),
        is_learned=False,
    ),
    rule(
        "signal",
        rb"(?<![0-9A-Fa-f])" + _RADIO + rb"\t\d{4,5}\t(-?\d{1,3})\t",
        (b"\tdddd\t", b"\tddddd\t"),
        view="digits",
        must=(
            b"8c:5a:f1:09:2e:71\t2437\t-61\t[WPA2-PSK-CCMP][ESS]\tFern Hill",
            b"8c:5a:f1:09:2e:71\t58320\t-61\t[ESS]\tFern Hill",
        ),
        must_not=(b"2437\t-61\t",),
        is_learned=False,
    ),
    # -- addresses -------------------------------------------------------------------------------------------------------------------
    rule(  # the name of a line at home, as its provider makes it of the address
        "ip",
        rb"(?<![0-9.])(?<!\d-)\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}(?=\.[A-Za-z0-9-]{1,40}\.[A-Za-z])",
        (rb"\d-\d{1,3}-\d{1,3}-\d{1,3}\.",),
        v.ipv4_in_name,
        view="regex",
        must=(b"rhost=84-132-7-21.dyn.example.net", b"from ip-84-132-107-21.example.net:22", b"host84-132-7-21.range84.example.com"),
        must_not=(b"part-1-2-3-4.tar.gz", b"2026-11-22-10.log.txt", b"84-132-7-21", b"300-132-7-21.dyn.example.net"),
    ),
    rule(
        "ip",
        rb"(?<![0-9A-Za-z_.~-])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![0-9A-Za-z_~-])(?!\.\d)(?!\+[A-Za-z])",
        (rb"\d\.\d{1,3}\.\d{1,3}\.\d",),
        v.ipv4,
        beside=v.no_version,
        view="regex",
        must=(
            b"wan up 84.132.7.21",
            b"from 203.0.113.7:443",
            b"lease 192.168.31.4",
            b"10.0.0.9",
            b"got server=84.132.7.21, next",
            b"a release\n84.132.7.21 up",
        ),
        must_not=(
            b"version 4.14.2.101",
            b"8.8.8.8",
            b"1.2.3.4.5",
            b"6.1.7601.23505",
            b"v10.20.30.40",
            b"magick (8:6.9.11.60+dfsg-1.6)",
            b"255.255.255.0",
            b"127.0.0.1",
            b"firmware ver 10.4-29.13.7.31",
        ),
        is_learned=False,
    ),
    rule(
        "ip",
        rb"(?<![0-9A-Za-z.])(?<![0-9A-Fa-f]:)(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?(?![0-9A-Za-z])",
        (b"::",),
        v.ipv6,
        loose=_HEXTET + rb"(?::[0-9A-Fa-f]{1,4}){0,6}::",
        must=(b"addr 2003:e2:1f::2a/64", b"inet6 fe80::1c2b:3d:4e:5f%eth0", b"fe80::8e5a:f1ff:fe09:2e71"),
        must_not=(b"std::ab::cd", b"dead::beef", b"a ::1 b", b"ns::2001"),
        is_learned=False,
    ),
    rule(
        "ip",
        rb"(?<![0-9A-Za-z.])(?<![0-9A-Fa-f]:)(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![0-9A-Za-z])(?!:[0-9A-Fa-f]{0,4}:)",
        (rb"(?:[0-9A-Fa-f]{1,4}:){7}",),
        v.ipv6,
        loose=rb"[0-9A-Fa-f]:(?:[0-9A-Fa-f]{1,4}:){6}[0-9A-Fa-f]",
        view="regex",
        must=(
            b"2003:e2:1f00:1:8e5a:f1ff:fe09:2e71",
            b"addr:fd00:1:2:3:4:5:6:7",
            b"to 2003:e2:1f00:1:8e5a:f1ff:fe09:2e71:443",
            b"(FE80:0000:0000:0000:8E5A:F1FF:FE09:2E71)",
        ),
        must_not=(b"10:11:12", b"1:2:3:4:5:6:7:8"),
        is_learned=False,
    ),
)
