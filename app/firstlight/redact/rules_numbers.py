# SPDX-License-Identifier: Apache-2.0
"""Rules for numbers of phones, SIM cards and devices."""

from __future__ import annotations

from firstlight.redact import validators as v
from firstlight.redact.rule import Rule, keyed, rule
from firstlight.redact.spelling import IS, OPEN

_TO = rb"(?:" + IS + rb"| )" + OPEN

RULES: tuple[Rule, ...] = (
    rule(
        "imei",
        rb"(?<![0-9A-Za-z.])\d{15}(?![0-9A-Za-z])(?!\.\d)",
        (b"d" * 15,),
        v.imei,
        loose=rb"(?<![0-9A-Za-z.])(?:01|35|86|98|99)\d{13}(?![0-9A-Za-z])",
        view="digits",
        must=(b"IMEI 352099001761481 ok", b"imei=490154203237518,352099001761481"),
        must_not=(b"352099001761482", b"ts=1763800000000", b"123456789012345"),
    ),
    rule(
        "imei",
        rb"(?<![0-9A-Za-z-])\d{2}-\d{6}-\d{6}-\d(?![0-9A-Za-z-])",
        (b"dd-dddddd-dddddd-d",),
        v.imei,
        view="digits",
        must=(b"35-209900-176148-1",),
        must_not=(b"35-209900-176148-2",),
    ),
    rule(  # as it is printed on the box and in settings
        "imei",
        rb"(?<![0-9A-Za-z-])(?:\d{2}[ /]\d{6}[ /]\d{6}[ /]\d|\d{6}[ -]\d{2}[ -]\d{6}[ -]\d)(?![0-9A-Za-z-])",
        (b"dd dddddd dddddd d", b"dd/dddddd/dddddd/d", b"dddddd-dd-dddddd-d", b"dddddd dd dddddd d"),
        v.imei,
        view="digits",
        must=(b"IMEI: 35 209900 176148 1", b"35/209900/176148/1", b"352099-00-176148-1"),
        must_not=(b"35 209900 176148 2",),
    ),
    keyed(
        "imei",
        (rb"imei(?:sv)?\d?", rb"meid", rb"^device[_ ]?id\d?"),
        _TO + rb"(\d{14,16})(?!\d)",
        (b"imei", b"meid", b"device"),
        must=(b"imei: 490154203237518", b"IMEISV=3520990017614823", b"option imei1 '490154203237518'"),
        must_not=(b"imei: unknown", b"imei 1234"),
    ),
    keyed(
        "imsi",
        (b"imsi", rb"subscriber[_ ]?id", b"supi"),
        rb"(?:" + IS + rb"|[^0-9A-Za-z\n]{1,6})" + OPEN + rb"(\d{14,15})(?!\d)",
        (b"imsi", b"subscriber", b"supi"),
        must=(b"IMSI: 262011234567890", b"subscriberId=460001234567890", b"supi imsi-262011234567890"),
        must_not=(b"imsi=null", b"imsi: 123"),
    ),
    rule(
        "iccid",
        rb"(?<![0-9A-Za-z])89\d{17,18}[Ff]?(?![0-9A-Za-z])",
        (b"d" * 19,),
        v.iccid,
        view="digits",
        must=(b"sim 8949020000014367722 in",),
        must_not=(b"89490200000143677250123", b"8949020000014367723"),
    ),
    rule(
        "iccid",
        rb"(?<![0-9A-Za-z-])89\d{2} \d{4} \d{4} \d{4} \d{3,4}(?![0-9A-Za-z-])(?! [0-9A-Fa-f]{4})",
        (b"dddd dddd dddd dddd ddd",),
        v.iccid,
        view="digits",
        must=(b"ICCID: 8949 0200 0001 4367 722",),
        must_not=(b"8949 0200 0001 4367 723", b"8983 9878 9880 9883 9889 988C"),
    ),
    keyed(
        "iccid",
        (b"iccid", rb"sim[ _-]?serial(?:[ _-]?number)?"),
        _TO + rb"(89[0-9A-Fa-f]{16,20})(?![0-9A-Za-z])",
        (b"iccid", b"sim"),
        must=(b"iccid=8949020000014367726",),
        must_not=(b"iccid: absent",),
    ),
    keyed(
        "serial",
        (rb"serial(?:[ _-]?(?:no|num|number)|#)?(?: \([a-z]{2,12}\))?", b"^s/n", b"^sn"),
        rb"(?:"
        + IS
        + rb"|[ \t]{0,24}(?:\d{1,2} |is )[ \t]{0,3}| (?=[0-9A-Za-z-]{0,20}\d))"
        + OPEN
        + rb"([0-9A-Za-z][0-9A-Za-z-]{4,39})(?![0-9A-Za-z])",
        (b"serial", b"s/n", b"sn"),
        v.serial,
        must=(
            b"[ro.serialno]: [4F7C21A9]",
            b"usb 1-1: SerialNumber: 0123456789AB",
            b"S/N: R1E-004217",
            b"Serial Number:    S3Z9NB0K123456",
            b"Serial Number (system): C02XK1ABJG5H",
            b"  iSerial                 3 0123456789AB",
            b"androidboot.serialno=9B01FFA7",
            b"board: serial ZY22ABCDEF3",
            b"sn: ZY22ABCDEF3",
            b"Serial#: ZY22ABCDEF3",
            b"option serial_number 'ZY22ABCDEF3'",
            b'<string name="deviceSerial">ZY22ABCDEF3</string>',
        ),
        must_not=(b"Serial: 8250/16550 driver", b"serial: unknown", b"serial console enabled"),
    ),
    rule(
        "serial",
        rb"(?m)^([0-9A-Za-z]{6,20})[ \t]{1,20}(?:device|unauthorized|offline|recovery|sideload|fastboot)"
        rb"(?:[ \t\r]{0,4}$|[ \t]{1,4}(?:product|usb|model|transport))",
        (b" device", b"\tdevice", b"unauthorized", b"offline", b"recovery", b"sideload", b"fastboot"),
        v.serial,
        loose=rb"(?m)^[0-9A-Za-z]{6,20}[ \t]{1,20}(?:device|unauthorized|offline|recovery|sideload|fastboot)",
        must=(b"ZY22ABCDEF3\tdevice", b"4F7C21A9             device product:a1"),
        must_not=(b"x ZY22ABCDEF3 device", b"usb3rd device found"),
    ),
    rule(
        "serial",
        rb"(?<![0-9A-Za-z-])[A-Z][0-9A-Z]{1,3}-\d{6}(?![0-9A-Za-z-])",
        (b"-dddddd",),
        v.serial,
        view="digits",
        must=(b"board: R1E-004217",),
        must_not=(b"UTF-8", b"CVE-2026-123456", b"X-123456789"),
    ),
)
