# SPDX-License-Identifier: Apache-2.0
"""Second looks at what a pattern found: check digits, ranges, decoys. Each gives the span that is private, or None.

A check sees the whole text and the span of the value. It must look at no more than a few hundred bytes around it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

Span = tuple[int, int]
Check = Callable[[bytes, int, int], Span | None]

_AROUND = 400
_NOTHING = frozenset(
    b"""null none nil true false yes no on off unknown unset empty (null) <null> <redacted> redacted hidden
    <hidden> xxxx undefined n/a""".split()
)
_SYSTEM_NAMES = frozenset(
    b"root system shell nobody daemon www-data admin administrator user users guest default public shared android owner current all "
    b"any name network logd dnsmasq ntp messagebus sshd bin sys the for with from foreground background "
    b"primary secondary none null id is was has "
    b"not "
    b"runner build builder test unknown type state switched started stopped unlocked locked app".split()
)
_HOST_DECOYS = frozenset(
    b"localhost openwrt android router ip6-localhost default unknown null none raspberrypi kernel host aurora-r1 last".split()
)
_NO_TLD = frozenset(
    b"png jpg jpeg webp gif svg service socket target timer mount slice scope device path so "
    b"apk jar dex odex vdex oat java kt py js c cc cpp h hpp "
    b"xml json txt log conf vendor local aidl hidl".split()
)
_WELL_KNOWN = frozenset((b"8.8.8.8", b"8.8.4.4", b"1.1.1.1", b"1.0.0.1", b"9.9.9.9", b"114.114.114.114", b"223.5.5.5"))
_DOCUMENTATION = tuple(ipaddress.ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"))
_UNIQUE_LOCAL, _LINK_LOCAL = ipaddress.ip_network("fc00::/7"), ipaddress.ip_network("fe80::/10")
_GLOBAL6 = ipaddress.ip_network("2000::/3")
_VERSION_BEFORE = re.compile(rb"(?i)(?:version|ver|firmware|build|release|package|rev)\W{0,3}$")
_DIGITS = re.compile(rb"\d")
_NEAR_RADIO = re.compile(rb"(?i)bssid|\bbss\b|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}")


def always(_text: bytes, start: int, end: int) -> Span | None:
    """The pattern alone decides."""
    return start, end


def luhn(digits: bytes) -> bool:
    """The check digit of IMEI and ICCID."""
    total = 0
    for at, value in enumerate(reversed(digits)):
        number = value - 48
        if at % 2:
            number = number * 2 - 9 if number > 4 else number * 2
        total += number
    return total % 10 == 0


def mac(text: bytes, start: int, end: int) -> Span | None:
    """Six pairs, or seven or eight (DHCP client id, EUI-64); not a fingerprint, a broadcast or multicast address."""
    plain = re.sub(rb"[^0-9a-fA-F]", b"", text[start:end]).lower()
    if len(plain) not in (12, 14, 16):
        return None
    if plain.startswith((b"01005e", b"3333")) or len(set(plain)) == 1:
        return None
    return start, end


def dotted_mac(text: bytes, start: int, end: int) -> Span | None:
    """aabb.ccdd.eeff: at least one letter, else it is a number."""
    value = text[start:end].lower()
    return (start, end) if any(c in b"abcdef" for c in value) else None


def ipv4_public(text: bytes, start: int, end: int) -> Span | None:
    """An address of the open internet."""
    address = _ipv4(text, start, end)
    if address is None or not (address.is_global or any(address in net for net in _DOCUMENTATION)):
        return None
    return start, end


def ipv4_private(text: bytes, start: int, end: int) -> Span | None:
    """An address of a home network."""
    address = _ipv4(text, start, end)
    if address is None or address.is_global or not address.is_private or any(address in net for net in _DOCUMENTATION):
        return None
    return start, end


def _ipv4(text: bytes, start: int, end: int) -> ipaddress.IPv4Address | None:
    value = text[start:end]
    if value in _WELL_KNOWN or _VERSION_BEFORE.search(text, max(0, start - 16), start):
        return None
    parts = value.split(b".")
    if any(int(p) > 255 or (len(p) > 1 and p.startswith(b"0")) for p in parts):
        return None
    if parts[0] in (b"0", b"127", b"255") or (parts[3] == b"255" and parts[1] == b"255"):
        return None
    address = ipaddress.IPv4Address(value.decode("ascii"))
    return None if address.is_multicast or address.is_reserved else address


def ipv6_public(text: bytes, start: int, end: int) -> Span | None:
    """A global address."""
    found = _ipv6(text, start, end)
    return found[1] if found and found[0] in _GLOBAL6 else None


def ipv6_private(text: bytes, start: int, end: int) -> Span | None:
    """A home or link address that does not carry a hardware address."""
    found = _ipv6(text, start, end)
    if not found or (found[0] not in _UNIQUE_LOCAL and found[0] not in _LINK_LOCAL) or _carries_mac(found[0]):
        return None
    return found[1]


def ipv6_with_mac(text: bytes, start: int, end: int) -> Span | None:
    """A home or link address made of the hardware address (EUI-64): as telling as that one."""
    found = _ipv6(text, start, end)
    if not found or (found[0] not in _UNIQUE_LOCAL and found[0] not in _LINK_LOCAL) or not _carries_mac(found[0]):
        return None
    return found[1]


def _carries_mac(address: ipaddress.IPv6Address) -> bool:
    return address.packed[11:13] == b"\xff\xfe"


def _ipv6(text: bytes, start: int, end: int) -> tuple[ipaddress.IPv6Address, Span] | None:
    value = text[start:end]
    kept = value.rstrip(b".")
    if kept.endswith(b":") and not kept.endswith(b"::"):
        kept = kept[:-1]
    try:
        address = ipaddress.IPv6Address(kept.decode("ascii"))
    except ValueError:
        return None
    return address, (start, start + len(kept))


def imei(text: bytes, start: int, end: int) -> Span | None:
    """Fifteen digits with a check digit, of an allocation that is in use."""
    digits = re.sub(rb"\D", b"", text[start:end])
    if len(digits) != 15 or not luhn(digits) or len(set(digits)) < 3:
        return None
    return (start, end) if digits.startswith((b"01", b"35", b"86", b"98", b"99")) else None


def iccid(text: bytes, start: int, end: int) -> Span | None:
    """A SIM card's number by its check digit."""
    digits = text[start:end].rstrip(b"fF")
    return (start, end) if luhn(digits) or luhn(digits[:19]) else None


def phone(text: bytes, start: int, end: int) -> Span | None:
    """8 to 15 digits; not a time zone, not a plain 0."""
    digits = _DIGITS.findall(text[start:end])
    return (start, end) if 8 <= len(digits) <= 15 and digits[0] != b"0" else None


def phone_keyed(text: bytes, start: int, end: int) -> Span | None:
    """After a word that names a number, a leading 0 is all right."""
    return (start, end) if 7 <= len(_DIGITS.findall(text[start:end])) <= 15 else None


def mail(text: bytes, start: int, end: int) -> Span | None:
    """Not a unit of systemd, a picture for two scales or a HAL version."""
    domain = text[start:end].rsplit(b"@", 1)[1].lower()
    if domain.rsplit(b".", 1)[1] in _NO_TLD or re.match(rb"\d+\.\d", domain):
        return None
    return start, end


def password(text: bytes, start: int, end: int) -> Span | None:
    """Not a word that says there is none."""
    value = text[start:end].lower()
    is_token = text[max(0, start - 1) : end + 12].lstrip(b"\"'=").startswith((b"[password ", b"[hidden "))
    if value in _NOTHING or not value.strip(b"*.- x") or is_token:
        return None
    return start, end


def psk(text: bytes, start: int, end: int) -> Span | None:
    """A Wi-Fi key has eight signs or more."""
    return password(text, start, end) if end - start >= 8 else None


def secret(text: bytes, start: int, end: int) -> Span | None:
    """Random enough: letters and digits, eight different signs, no dotted name."""
    value = text[start:end]
    if len(set(value)) < 8 or not re.search(rb"\d", value) or not re.search(rb"[A-Za-z]", value):
        return None
    if re.fullmatch(rb"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+", value) or re.fullmatch(rb"[\d.]+[A-Za-z]{0,4}\d*", value):
        return None
    return start, end


def ssid(text: bytes, start: int, end: int) -> Span | None:
    """Not a word for 'no network'."""
    value = text[start:end].lower()
    return None if value in _NOTHING or value.startswith((b"<unknown", b"\\x00", b"[wifi")) or not value.strip() else (start, end)


def ssid_loose(text: bytes, start: int, end: int) -> Span | None:
    """After `ssid` and a space alone: it must look like a name, not like the next word of a sentence."""
    value = text[start:end]
    looks = re.search(rb"[A-Z0-9_-]", value) and len(value) >= 3 and not value.startswith((b"-", b"0x"))
    return ssid(text, start, end) if looks else None


def signal(text: bytes, start: int, end: int) -> Span | None:
    """A level tells a place only beside the address of a radio."""
    begin = max(text.rfind(b"\n", max(0, start - _AROUND), start) + 1, start - _AROUND, 0)
    stop = text.find(b"\n", end, end + _AROUND)
    return (start, end) if _NEAR_RADIO.search(text, begin, stop if stop >= 0 else end + _AROUND) else None


def latitude_pair(text: bytes, start: int, end: int) -> Span | None:
    """Two numbers in the ranges of a place on earth."""
    first, second = text[start:end].split(b",", 1)
    return (start, end) if abs(float(first)) <= 90 and abs(float(second)) <= 180 and float(first) != 0 else None


def serial(text: bytes, start: int, end: int) -> Span | None:
    """Has a digit, is no version and no word for 'none'."""
    value = text[start:end]
    if value.lower() in _NOTHING or not re.search(rb"\d", value) or len(set(value)) < 3:
        return None
    return start, end


def account(text: bytes, start: int, end: int) -> Span | None:
    """A person's name for signing in, not one of the system's."""
    value = text[start:end].lower()
    bad = value in _SYSTEM_NAMES or value in _NOTHING or value.startswith((b"com.", b"org.", b"android."))
    return None if bad or re.fullmatch(rb"u\d+_\w+", value) else (start, end)


def host(text: bytes, start: int, end: int) -> Span | None:
    """A name that somebody gave to a computer."""
    value = text[start:end].lower()
    bad = value in _HOST_DECOYS or value in _NOTHING or value == b"*" or re.fullmatch(rb"[\d.]+", value)
    return None if bad else (start, end)
