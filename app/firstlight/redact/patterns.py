# SPDX-License-Identifier: Apache-2.0
"""The rule table: what a private detail looks like, when to look for it, what proves the rule right.

A rule's `gate` is a cheap literal that stands in every line where the pattern can match; engines differ only in how fast they find
gates, so all give the same bytes. Patterns never cross a line end and have bounded repeats only. Raise VERSION with each change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from firstlight.redact import validators as v

VERSION = 1


@dataclass(frozen=True)
class Gate:
    """Literals of which one must stand in the line.

    `view`: lower (case folded), digits (0-9 read as d), hex (0-9a-f read as h; :_- as :), or regex (a plain expression).
    """

    literals: tuple[bytes, ...]
    view: str = "lower"


@dataclass(frozen=True)
class Rule:
    """One way to recognise one kind. The first unnamed group that took part is the private value; without groups the whole match."""

    kind: str
    pattern: re.Pattern[bytes]
    gate: Gate
    check: v.Check = v.always
    must: tuple[bytes, ...] = ()
    must_not: tuple[bytes, ...] = ()
    is_learned: bool = True
    groups: tuple[int, ...] = field(default=())

    def values(self, text: bytes, start: int, end: int) -> Iterator[v.Span]:
        """Spans of private values between `start` and `end`, which are line limits."""
        for match in self.pattern.finditer(text, start, end):
            group = next((g for g in self.groups if match.start(g) >= 0), 0)
            span = self.check(text, *match.span(group))
            if span is not None:
                yield span


@dataclass(frozen=True)
class Kind:
    """A kind of detail: the word in its token, and whether it is hidden unless the tester says otherwise."""

    name: str
    word: str
    is_hidden: bool = True


KINDS = {
    k.name: k
    for k in (
        Kind("mac", "mac"),
        Kind("ip", "ip"),
        Kind("ip_private", "home ip", is_hidden=False),
        Kind("wifi", "wifi"),
        Kind("signal", "signal"),
        Kind("password", "password"),
        Kind("token", "token"),
        Kind("key", "key"),
        Kind("mail", "mail"),
        Kind("phone", "phone"),
        Kind("imei", "imei"),
        Kind("imsi", "imsi"),
        Kind("iccid", "iccid"),
        Kind("place", "place"),
        Kind("serial", "serial"),
        Kind("name", "name"),
        Kind("host", "host"),
        Kind("extra", "hidden"),
    )
}
"""In the order in which they are shown."""

DEFAULT_OFF = tuple(k.name for k in KINDS.values() if not k.is_hidden)


def _rule(
    kind: str,
    pattern: bytes,
    gate: tuple[bytes, ...],
    check: v.Check = v.always,
    *,
    view: str = "lower",
    must: tuple[bytes, ...] = (),
    must_not: tuple[bytes, ...] = (),
    is_learned: bool = True,
) -> Rule:
    compiled = re.compile(pattern)
    groups = tuple(sorted(set(range(1, compiled.groups + 1)) - set(compiled.groupindex.values())))
    return Rule(kind, compiled, Gate(gate, view), check, must, must_not, is_learned, groups)


# After a key: quote or bracket, a colon or an equals sign, quote or bracket.
_IS = rb"[\"'\]]?[ \t]{0,3}(?:=>|[:=])[ \t]{0,3}"
_VALUE = rb"(?:\"([^\"\n]{1,128})\"|'([^'\n]{1,128})'|\[?([^\s\"',;&<>(){}\[\]]{%d,128}))"
_PAIR6 = rb"[0-9A-Fa-f]{2}"
_FOUR = rb"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d"

RULES: tuple[Rule, ...] = (
    # -- keys and tokens first: they may contain what looks like something else ------------------------------------------------------
    _rule(
        "key",
        rb"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^\n]{0,8000}?-----END [A-Z ]{0,40}PRIVATE KEY-----",
        (b"private key-----",),
        must=(b"key=-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBg\\n-----END PRIVATE KEY-----",),
        must_not=(b"-----BEGIN CERTIFICATE-----",),
    ),
    _rule(
        "key",
        rb"(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}) (AAAA[0-9A-Za-z+/]{40,2000}={0,3})",
        (b"aaaa",),
        must=(b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8m0Q4f7wNn3sS1bKq0c5v9y2x7z1a3d5f7h9j1k3m5 x",),
        must_not=(b"ssh-rsa accepted",),
    ),
    _rule(
        "key",
        rb"(?i)(?:private|preshared|pre_shared|wg|encryption|master|public|device|secret|wep)[_ -]?key\d?"
        + _IS
        + rb"[\"']?([0-9A-Za-z+/]{22,128}={0,2})(?![0-9A-Za-z+/=])",
        (b"key",),
        v.secret,
        must=(b"PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=", b"encryption_key: 00112233445566778899aabbccddeeff0"),
        must_not=(b"key=android.intent.extra.REFERRER", b"private_key: none"),
    ),
    _rule(
        "token",
        rb"(?<![0-9A-Za-z_-])(eyJ[0-9A-Za-z_-]{8,2000}\.[0-9A-Za-z_-]{4,3000}(?:\.[0-9A-Za-z_-]{0,1000})?)",
        (b"eyj",),
        must=(b"id eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl end",),
        must_not=(b"keyJournal.append(x)",),
    ),
    _rule(
        "token",
        rb"(?i)(?<![a-z])(?:bearer|basic|negotiate|digest)[ \t]{1,3}([0-9A-Za-z._~+/=-]{16,2000})",
        (b"bearer", b"basic", b"negotiate", b"digest"),
        v.secret,
        must=(b"Authorization: Bearer 7f3Kq9_x2LmN0pQrS8tUv", b"auth basic dXNlcjpodW50ZXIyMzQ1"),
        must_not=(b"basic authentication-required here", b"bearer established successfully"),
    ),
    _rule(
        "token",
        rb"(?<![0-9A-Za-z])(gh[pousr]_[0-9A-Za-z]{30,80}|glpat-[0-9A-Za-z_-]{20,40}|xox[abprs]-[0-9A-Za-z-]{10,80}|AKIA[0-9A-Z]{16}"
        rb"|AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{20,300}|sk_(?:live|test)_[0-9A-Za-z]{16,64})",
        (
            b"ghp_",
            b"gho_",
            b"ghu_",
            b"ghs_",
            b"ghr_",
            b"glpat-",
            b"xoxa-",
            b"xoxb-",
            b"xoxp-",
            b"xoxr-",
            b"xoxs-",
            b"akia",
            b"aiza",
            b"ya29.",
            b"sk_live_",
            b"sk_test_",
        ),
        must=(b"x ghp_0123456789abcdefghijABCDEFGHIJ012345", b"AKIA0123456789ABCDEF"),
        must_not=(b"the akia tree", b"ghp_short"),
    ),
    _rule(
        "token",
        rb"(?i)(?<![a-z])(?:[a-z]{1,20}[_-]?){0,2}(?:token|api[_-]?key|secret|auth[_-]?key|session[_-]?id|cookie|jsessionid|sysauth|nonce)"
        + _IS
        + rb"[\"'\[]?([0-9A-Za-z._~+/%=-]{12,1024})",
        (b"token", b"api", b"secret", b"auth", b"session", b"cookie", b"nonce"),
        v.secret,
        must=(b'"access_token":"b2a19f04c7e64d11"', b"Cookie: sysauth=4f1c0e55d09ab7733e", b"push_token: d9XkQ2vRr7Ys81Lm"),
        must_not=(b"token=com.android.server.am.ActivityRecord", b"nonce: missing", b"secret: 1234567890123"),
    ),
    _rule(
        "password",
        rb"(?i)(?<![a-z])(?:[a-z]{1,20}[_-]){0,2}(?:pass(?:word|wd|phrase)?|pwd|wpa_passphrase|sae_password|passwort|admin_pw)"
        + _IS
        + _VALUE % 3,
        (b"pass", b"pwd", b"admin_pw"),
        v.password,
        must=(b"password=hunter2", b'wpa_passphrase="correct horse"', b"'passwd': 'geheim12'", b"wifi_password: Moss2026xy"),
        must_not=(b"password=null", b"password: ****", b"passed: 12 tests", b"pass=true"),
    ),
    _rule(
        "password",
        "(?:密码|口令)[ \\t]{0,2}(?:[:=]|：)[ \\t]{0,2}([^\\s\"',;]{3,64})".encode(),
        ("密码".encode(), "口令".encode()),
        v.password,
        must=("Wi-Fi 密码：moss1234".encode(),),
        must_not=("密码错误".encode(),),
    ),
    _rule(
        "password",
        rb"(?i)(?<![a-z])(?:wpa_)?psk" + _IS + _VALUE % 8,
        (b"psk",),
        v.psk,
        must=(b'psk="forest-of-ferns"', b"psk=8b5f1c0e9d4a2b7f8b5f1c0e9d4a2b7f8b5f1c0e9d4a2b7f8b5f1c0e9d4a2b7f"),
        must_not=(b"key_mgmt=WPA-PSK pairwise=CCMP",),
    ),
    _rule(
        "password",
        rb"[A-Za-z][A-Za-z0-9+.-]{1,15}://[^\s/:@\"']{1,64}:([^\s/@\"']{1,128})@",
        (b"://",),
        v.password,
        must=(b"rtsp://cam:s3cretpw@10.0.0.9/live",),
        must_not=(b"https://aurora.example/a:b@c", b"http://10.0.0.1:8080/x"),
    ),
    # -- people ----------------------------------------------------------------------------------------------------------------------
    _rule(
        "mail",
        rb"(?<![0-9A-Za-z._%+-])[0-9A-Za-z._%+-]{1,64}@(?:[0-9A-Za-z-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![0-9A-Za-z_-])",
        (b"@",),
        v.mail,
        must=(b"user wren.moss+beta@mail.example end", b"<a@b.co>"),
        must_not=(b"getty@tty1.service", b"icon@2x.png", b"android.hardware.wifi@1.0.vendor", b"root@router"),
    ),
    _rule(
        "phone",
        rb"(?<![0-9A-Za-z+.])(\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5})(?![0-9A-Za-z])(?![.:]\d)",
        (b"+",),
        v.phone,
        must=(b"caller +49 171 2345678", b"tel:+8613912345678", b"+1 (415) 555-2671"),
        must_not=(b"2026-11-22 10:00 +0100", b"took +123 ms", b"a+12345678901"),
    ),
    _rule(
        "phone",
        (
            "(?i)(?:phone(?:[ _-]?(?:number|no))?|msisdn|line1number|mobile(?:[ _-]?number)?|tel|callee|caller|手机号?|电话)"
            "[\"']?[ \\t]{0,2}(?:[:=]|：)[ \\t]{0,2}[\"']?(\\d[\\d -]{6,18}\\d)(?![0-9A-Za-z])"
        ).encode(),
        (b"phone", b"msisdn", b"line1number", b"mobile", b"tel", b"calle", "手机".encode(), "电话".encode()),
        v.phone_keyed,
        must=(b"msisdn=13912345678", "手机号：13912345678".encode(), b"phone_number: 0171-2345678"),
        must_not=(b"telemetry: 12345678", b"phone: ready"),
    ),
    # -- radios ----------------------------------------------------------------------------------------------------------------------
    _rule(
        "mac",
        rb"(?<![0-9A-Fa-f])" + _PAIR6 + rb"(?P<by>[:_-])(?:" + _PAIR6 + rb"(?P=by)){4,62}" + _PAIR6 + rb"(?![0-9A-Fa-f])",
        (b"hh:hh:hh:hh:hh:hh",),
        v.mac,
        view="hex",
        must=(b"sta 8c:5a:f1:09:2e:71 up", b"D:8C:5A:F1:09:2E:71", b"dev_8C_5A_F1_09_2E_71", b"01:8c:5a:f1:09:2e:71"),
        must_not=(b"ff:ff:ff:ff:ff:ff", b"33:33:00:00:00:01", b"SHA1 aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd"),
    ),
    _rule(
        "mac",
        rb"(?<![0-9A-Za-z.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![0-9A-Za-z.])",
        (b"hhhh.hhhh.hhhh",),
        v.dotted_mac,
        view="hex",
        must=(b"learned 8c5a.f109.2e71 on port 2",),
        must_not=(b"1234.5678.9012",),
    ),
    _rule(
        "mac",
        rb"(?i)(?:mac(?:[ _-]?addr(?:ess)?)?|bssid|hwaddr|bdaddr|ether)[\"']?[ \t]{0,2}[:= ][ \t]{0,2}[\"']?([0-9a-f]{12})(?![0-9A-Za-z])",
        (b"mac", b"bssid", b"hwaddr", b"bdaddr", b"ether"),
        v.mac,
        must=(b"mac=8c5af1092e71", b"BSSID: 8C5AF1092E71"),
        must_not=(b"macro: 8c5af1092e7", b"ethernet: 123456789012"),
    ),
    _rule(
        "wifi",
        rb"(?<![Bb])(?:[Ss][Ss][Ii][Dd]|[Ww]i-?[Ff]i[ _]?[Nn]ame|[Nn]etwork[ _][Nn]ame)"
        + _IS
        + rb"(?:\"([^\"\n]{1,64})\"|'([^'\n]{1,64})'|([^\s,;\"'<>(){}\[\]]{1,32}))",
        (b"ssid", b"wifi", b"wi-fi", b"network name", b"network_name"),
        v.ssid,
        must=(b'ESSID: "Moss-Attic-5G"', b"(SSID='Fern Hill' freq=2412 MHz)", b"mSsid=MossNet", b"ssid=hut"),
        must_not=(b"BSSID: 8c:5a:f1:09:2e:71", b"SSID: <unknown ssid>", b"ssid: null"),
    ),
    _rule(
        "wifi",
        rb"(?<![A-Za-z])(?:[Ee]?SSID|ssid|essid)[ \t]{1,2}(?:\"([^\"\n]{1,64})\"|'([^'\n]{1,64})'"
        rb"|([0-9A-Za-z][^\s,;\"'<>(){}\[\]=:]{2,31})(?![=:]))",
        (b"ssid",),
        v.ssid_loose,
        must=(b"hostapd: ssid Moss-Attic-5G", b'using ssid "Fern Hill"'),
        must_not=(b"hidden ssid is not allowed", b"ssid list changed", b"ssid scan=1"),
    ),
    _rule(
        "signal",
        rb"(?i)(?<![a-z])(?:rssi|signal|level|snr)[\"']?[ \t]{0,2}[:=]?[ \t]{0,2}(-\d{2,3}(?:\.\d{1,2})?)(?![\d.])",
        (b"rssi", b"signal", b"level", b"snr"),
        v.signal,
        must=(b"BSS 8c:5a:f1:09:2e:71 signal: -54.00 dBm", b"bssid=x rssi=-71"),
        must_not=(b"signal: -54 dBm", b"level 3"),
        is_learned=False,
    ),
    # -- addresses -------------------------------------------------------------------------------------------------------------------
    _rule(
        "ip",
        rb"(?<![0-9A-Za-z_.~-])(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![0-9A-Za-z_~-])(?!\.\d)",
        (_FOUR,),
        v.ipv4_public,
        view="regex",
        must=(b"wan up 84.132.7.21", b"from 203.0.113.7:443"),
        must_not=(b"192.168.1.1", b"version 4.14.2.101", b"8.8.8.8", b"1.2.3.4.5", b"6.1.7601.23505", b"v10.20.30.40", b"255.255.255.0"),
        is_learned=False,
    ),
    _rule(
        "ip_private",
        rb"(?<![0-9A-Za-z_.~-])(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![0-9A-Za-z_~-])(?!\.\d)",
        (_FOUR,),
        v.ipv4_private,
        view="regex",
        must=(b"lease 192.168.31.4", b"10.0.0.9"),
        must_not=(b"84.132.7.21", b"127.0.0.1"),
        is_learned=False,
    ),
    *(
        _rule(
            kind,
            rb"(?<![0-9A-Za-z:.])(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?(?![0-9A-Za-z])",
            (b"::",),
            check,
            must=(short,),
            must_not=(b"std::ab::cd", b"dead::beef", b"a ::1 b", b"ns::2001"),
            is_learned=False,
        )
        for kind, check, short in (
            ("ip", v.ipv6_public, b"addr 2003:e2:1f::2a/64"),
            ("ip_private", v.ipv6_private, b"inet6 fe80::1c2b:3d:4e:5f%eth0"),
            ("mac", v.ipv6_with_mac, b"fe80::8e5a:f1ff:fe09:2e71"),
        )
    ),
    *(
        _rule(
            kind,
            rb"(?<![0-9A-Za-z:.])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![0-9A-Za-z:])",
            (rb"(?:[0-9A-Fa-f]{1,4}:){7}",),
            check,
            view="regex",
            must=(long,),
            must_not=(b"10:11:12", b"1:2:3:4:5:6:7:8"),
            is_learned=False,
        )
        for kind, check, long in (
            ("ip", v.ipv6_public, b"2003:e2:1f00:1:8e5a:f1ff:fe09:2e71"),
            ("ip_private", v.ipv6_private, b"fd00:1:2:3:4:5:6:7"),
            ("mac", v.ipv6_with_mac, b"fd00:1:2:3:8e5a:f1ff:fe09:2e71"),
        )
    ),
    # -- numbers of phones and cards -------------------------------------------------------------------------------------------------
    _rule(
        "imei",
        rb"(?<![0-9A-Za-z.])\d{15}(?![0-9A-Za-z])(?!\.\d)",
        (b"d" * 15,),
        v.imei,
        view="digits",
        must=(b"IMEI 352099001761481 ok", b"imei=490154203237518,352099001761481"),
        must_not=(b"352099001761482", b"ts=1763800000000", b"123456789012345"),
    ),
    _rule(
        "imei",
        rb"(?<![0-9A-Za-z-])\d{2}-\d{6}-\d{6}-\d(?![0-9A-Za-z-])",
        (b"dd-dddddd-dddddd-d",),
        v.imei,
        view="digits",
        must=(b"35-209900-176148-1",),
        must_not=(b"35-209900-176148-2",),
    ),
    _rule(
        "imei",
        rb"(?i)(?<![a-z])(?:imei|imeisv|meid|device[_ ]?id)\d?[\"']?[ \t]{0,2}[:= ][ \t]{0,2}[\"'\[]?(\d{14,16})(?!\d)",
        (b"imei", b"meid", b"device"),
        must=(b"imei: 490154203237518", b"IMEISV=3520990017614823"),
        must_not=(b"imei: unknown", b"imei 1234"),
    ),
    _rule(
        "imsi",
        rb"(?i)(?:imsi|subscriber[_ ]?id|supi)[\"']?[^0-9A-Za-z\n]{1,6}(\d{14,15})(?!\d)",
        (b"imsi", b"subscriber", b"supi"),
        must=(b"IMSI: 262011234567890", b"subscriberId=460001234567890"),
        must_not=(b"imsi=null", b"imsi: 123"),
    ),
    _rule(
        "iccid",
        rb"(?<![0-9A-Za-z])89\d{17,18}[Ff]?(?![0-9A-Za-z])",
        (b"d" * 19,),
        v.iccid,
        view="digits",
        must=(b"sim 8949020000014367722 in",),
        must_not=(b"89490200000143677250123", b"8949020000014367723"),
    ),
    _rule(
        "iccid",
        rb"(?i)(?:iccid|sim[ _-]?serial(?:[ _-]?number)?)[\"']?[ \t]{0,2}[:= ][ \t]{0,2}[\"'\[]?(89[0-9A-Fa-f]{16,20})(?![0-9A-Za-z])",
        (b"iccid", b"sim"),
        must=(b"iccid=8949020000014367726",),
        must_not=(b"iccid: absent",),
    ),
    # -- places ----------------------------------------------------------------------------------------------------------------------
    _rule(
        "place",
        rb"(?i)(?<![a-z])(?:m?lat(?:itude)?|m?lon(?:g|gitude)?|lng)[\"']?[ \t]{0,2}[:= ][ \t]{0,2}[\"']?(-?\d{1,3}\.\d{3,17})",
        (b"lat", b"lon", b"lng"),
        must=(b"lat=52.5200 lon=13.4050", b'"longitude": -0.1276'),
        must_not=(b"latency=12.345 ms", b"lon=13"),
        is_learned=False,
    ),
    _rule(
        "place",
        rb"(?<![0-9A-Za-z.-])(-?\d{1,2}\.\d{4,17},[ ]?-?\d{1,3}\.\d{4,17})(?![\d.])",
        (b"d.dddd",),
        v.latitude_pair,
        view="digits",
        must=(b"Location[gps 52.520008,13.404954 hAcc=5]", b"geo:52.5200,13.4050"),
        must_not=(b"1.5,2.5", b"99.1234,13.4050"),
        is_learned=False,
    ),
    _rule(
        "place",
        rb"\$G[A-Z](?:GGA|RMC|GLL|GNS),([^\n*$]{10,100})",
        (b"$g",),
        must=(b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47",),
        must_not=(b"$GPGSV,3,1,11",),
        is_learned=False,
    ),
    # -- devices, accounts, names ----------------------------------------------------------------------------------------------------
    _rule(
        "serial",
        rb"(?i)(?:serial(?:[ _-]?(?:no|num|number))?|(?<![a-z])s/n|iserial)"
        rb"[\"'\]]?[ \t]{0,3}(?:[:=]|\d{1,2} |is )[ \t]{0,3}[\"'\[]{0,2}([0-9A-Za-z][0-9A-Za-z-]{4,39})(?![0-9A-Za-z])",
        (b"serial", b"s/n"),
        v.serial,
        must=(b"[ro.serialno]: [4F7C21A9]", b"usb 1-1: SerialNumber: 0123456789AB", b"S/N: R1E-004217", b"androidboot.serialno=9B01FFA7"),
        must_not=(b"Serial: 8250/16550 driver", b"serial: unknown", b"serial console enabled"),
    ),
    _rule(
        "serial",
        rb"(?<![0-9A-Za-z-])[A-Z][0-9A-Z]{1,3}-\d{6}(?![0-9A-Za-z-])",
        (b"-dddddd",),
        v.serial,
        view="digits",
        must=(b"board: R1E-004217",),
        must_not=(b"UTF-8", b"CVE-2026-123456", b"X-123456789"),
    ),
    _rule(
        "name",
        rb"(?:/(?:home|Users)/|(?i:[A-Z]:\\{1,2}Users\\{1,2}))([^/\\\s:\"'<>|\[\]]{1,64})",
        (b"/home/", b"/users/", b"\\users\\"),
        v.account,
        must=(b"open /home/wren/notes.txt", b"C:\\Users\\Wren\\AppData", b"/Users/wren/Library"),
        must_not=(b"/Users/Shared/x", b"/home/root"),
    ),
    _rule(
        "name",
        rb"(?i)(?<![a-z])(?:user(?:[ _-]?name)?|login|account(?:[ _-]?name)?|owner(?:[ _-]?name)?|real[ _-]?name|display[ _-]?name)"
        + _IS
        + rb"[\"']?([A-Za-z][0-9A-Za-z._-]{2,40})(?![0-9A-Za-z._@-])",
        (b"user", b"login", b"account", b"owner", b"name"),
        v.account,
        must=(b"username=wren", b'"login": "mossy_wren"', b"cloudd: user: wren.moss"),
        must_not=(b"user=root", b"USER: 1000", b"user: system", b"account: com.google"),
    ),
    _rule(
        "name",
        rb"(?:session (?:opened|closed) for user|[Pp]assword for(?: invalid user)?|publickey for|auth succeeded for"
        rb"|login attempt for nonexistent user|Accepted \S{1,20} for) '?([A-Za-z][0-9A-Za-z._-]{1,40})",
        (b" for",),
        v.account,
        must=(b"sshd: session opened for user wren by", b"Accepted publickey for wren from 10.0.0.2"),
        must_not=(b"session opened for user root by", b"waiting for bob"),
    ),
    _rule(
        "host",
        rb"(?i)(?:host[ _-]?name|(?:client|device|computer|machine)[ _-]?name)" + _IS + rb"[\"'\[]?([0-9A-Za-z][0-9A-Za-z._-]{1,62})",
        (b"host", b"name"),
        v.host,
        must=(b"hostname=wrens-laptop", b'"client-hostname": "Wrens-A1"', b"[net.hostname]: [android-4f7c]"),
        must_not=(b"hostname: localhost", b"hostname=OpenWrt"),
    ),
    _rule(
        "host",
        rb"DHCP(?:ACK|OFFER|REQUEST|INFORM)\([0-9A-Za-z._-]{1,16}\) \d[\d.]{6,14} [0-9A-Fa-f:]{17} ([0-9A-Za-z][0-9A-Za-z._-]{0,62})",
        (b"dhcp",),
        v.host,
        must=(b"DHCPACK(br-lan) 192.168.31.4 8c:5a:f1:09:2e:71 Wrens-A1",),
        must_not=(b"DHCPACK(br-lan) 192.168.31.4 8c:5a:f1:09:2e:71",),
    ),
    _rule(
        "host",
        rb"(?<![0-9A-Za-z._@/-])([0-9A-Za-z][0-9A-Za-z-]{1,62}\.(?:local|lan|home|fritz\.box|home\.arpa))(?![0-9A-Za-z.-])",
        (b".local", b".lan", b".home", b".fritz.box"),
        v.host,
        must=(b"query wrens-laptop.local from", b"tv.fritz.box"),
        must_not=(b"java.local.x", b"/usr/x.local"),
    ),
    _rule(
        "host",
        rb"(?m)^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ([A-Za-z][0-9A-Za-z._-]{1,62}) [0-9A-Za-z./_-]{1,40}(?:\[\d{1,10}\])?:",
        (b" dd:dd:dd ",),
        v.host,
        view="digits",
        must=(b"Nov 22 10:11:12 wrens-laptop kernel: up",),
        must_not=(b"Nov 22 10:11:12 OpenWrt kernel: up", b"x Nov 22 10:11:12 wrens-laptop kernel: up"),
    ),
)
