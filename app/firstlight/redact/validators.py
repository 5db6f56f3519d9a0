# SPDX-License-Identifier: Apache-2.0
"""Second looks at what a pattern found: check digits, ranges, decoys. Each gives the span that is private, or None.

A check sees the whole text and the span of the value. It must look at no more than a few hundred bytes around it.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from functools import lru_cache

Span = tuple[int, int] | tuple[int, int, str]
"""Where a private value stands, and its kind where the check is the one who knows."""
Check = Callable[[bytes, int, int], Span | None]

_AROUND = 400
_NOTHING = frozenset(
    b"""null none nil true false yes no on off unknown unset empty (null) <null> <redacted> redacted hidden
    <hidden> xxxx undefined n/a""".split()
)
_SYSTEM_NAMES = frozenset(
    b"root sudo adm dialout users video audio system shell nobody daemon www-data admin administrator user users guest default "
    b"public shared android owner current all "
    b"any name network logd dnsmasq ntp messagebus sshd bin sys the for with from foreground background "
    b"primary secondary none null id is was has "
    b"not "
    b"runner build builder test unknown type state switched started stopped unlocked locked app".split()
)
_LOG_WORDS = frozenset(
    b"aborted accepted access account accounts active added address agent already amd64 and arm64 armhf attempt auth "
    b"authenticated authenticating authentication authorized bad been before begin busy bytes cancelled cannot change "
    b"changed check client close closed closing code command complete completed config connect connected connecting "
    b"connection console could count create created data database day debug default delete deleted denied details device "
    b"disabled disconnect disconnected does done down empty enabled end ended entry error errors event exception exist "
    b"exists exit expired fail failed failure false fatal file finished found had handle has have host i386 id idle ignored "
    b"in inactive info information initialized input into invalid ip is issue it item key known last length line list loaded "
    b"local locked log logged login logon logout lookup lost manager may message method mismatch missing mode must new no "
    b"none normal not nothing now number of offline ok on online only open opened or other output over parameter pass passed "
    b"passwd password path pending permission policy port process profile program query quit read ready reason received "
    b"refused rejected remote removed request required reset response result retry returned role running same saved schema "
    b"screen search select server service session set settings setup sign signed skipped socket ssh ssh2 start started "
    b"starting status stop stopped stream success successful system table task terminal terminated test tests text this time "
    b"timed timeout to token trying type uid unable unavailable unexpected unknown unlocked up update updated username using "
    b"valid value verified version via wait waiting warning was will window with without word write wrong x86".split()
)
"""Words that follow a key in a sentence; as names of persons they would be hidden all over a log."""
_ARCHITECTURES = frozenset((b"amd64", b"arm64", b"armhf", b"i386", b"x86_64", b"http/1.1", b"http/1.0"))
_ALGORITHMS = (b"@openssh.com", b"@lysator.liu.se", b"@libssh.org", b"@ssh.com")
_HOST_DECOYS = frozenset(
    b"localhost version openwrt android router ip6-localhost default unknown null none raspberrypi kernel host aurora-r1 last".split()
)
_NO_TLD = frozenset(
    b"png jpg jpeg webp gif svg service socket target timer mount slice scope device path so "
    b"apk jar dex odex vdex oat java kt py js c cc cpp h hpp "
    b"xml json txt log conf vendor local aidl hidl".split()
)
_WELL_KNOWN = frozenset((b"8.8.8.8", b"8.8.4.4", b"1.1.1.1", b"1.0.0.1", b"9.9.9.9", b"114.114.114.114", b"223.5.5.5"))
_VERSION_BEFORE = re.compile(
    rb"(?i)(?<![a-z])(?:version|ver|firmware|build|release|package|rev|amd64|arm64|armhf|i386|:all)\W{0,3}(?:[\d.]{1,9}-)?$"
)
_DOUBLED = bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)[sign - 48] if 48 <= sign < 58 else 0 for sign in range(256))
"""What a digit adds in every second place."""
_LETTER = re.compile(rb"[A-Za-z]")
_DOTTED_NAME = re.compile(rb"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_QUANTITY = re.compile(rb"[\d.]+[A-Za-z]{0,4}\d*")
_LOWER = bytes(range(256)).lower()
_DIGITS = re.compile(rb"\d")
_BETWEEN = re.compile(rb"[,;/ ]+")
_NEAR_RADIO = re.compile(rb"(?i)bssid|\bbss\b|(?:[0-9a-f]{2}[:_-]){5}[0-9a-f]{2}|\[mac \d")
_SCAN_HEAD = re.compile(
    rb"(?i)(?:^|\n)[ \t]*(?:BSS |Cell \d{1,3} - Address: )(?:[0-9a-f]{2}:){5}[0-9a-f]{2}[^\n]*\n(?:[ \t][^\n]*\n){0,12}[ \t][^\n]*$"
)


def always(_text: bytes, start: int, end: int) -> Span | None:
    """The pattern alone decides."""
    return start, end


def luhn(digits: bytes) -> bool:
    """The check digit of IMEI and ICCID."""
    plain, doubled = digits[-1::-2], digits[-2::-2]
    return (sum(plain) - 48 * len(plain) + sum(doubled.translate(_DOUBLED))) % 10 == 0


def mac(text: bytes, start: int, end: int) -> Span | None:
    """Six pairs, or seven or eight (DHCP client id, EUI-64); not a fingerprint, a broadcast or multicast address."""
    plain = text[start:end].translate(_LOWER, b":_-.")
    if len(plain) not in (12, 14, 16):
        return None
    if plain.startswith((b"01005e", b"3333")) or len(set(plain)) == 1:
        return None
    return start, end


def dotted_mac(text: bytes, start: int, end: int) -> Span | None:
    """aabb.ccdd.eeff: at least one letter, else it is a number."""
    value = text[start:end].lower()
    return (start, end) if any(c in b"abcdef" for c in value) else None


def ipv4(text: bytes, start: int, end: int) -> Span | None:
    """An address of the open internet (`ip`) or of a home network (`ip_private`); not a version, mask or well-known server."""
    kind = _ipv4_kind(text[start:end])
    if not kind or _VERSION_BEFORE.search(text, max(0, start - 24), start):
        return None
    return start, end, kind


@lru_cache(8192)
def _ipv4_kind(value: bytes) -> str:
    parts = value.split(b".")
    if value in _WELL_KNOWN or any(len(p) > 1 and p.startswith(b"0") for p in parts):
        return ""
    a, b, c, d = map(int, parts)
    if max(a, b, c, d) > 255 or a in (0, 127) or a >= 224 or (d == 255 and b == 255):
        return ""
    is_home = a == 10 or (a == 172 and 16 <= b < 32) or (a, b) in ((192, 168), (169, 254)) or (a == 100 and 64 <= b < 128)
    return "ip_private" if is_home else "ip"


def ipv6(text: bytes, start: int, end: int) -> Span | None:
    """A global address (`ip`), one of a home or link (`ip_private`), or one of those that is made of a hardware address (`mac`)."""
    value = text[start:end]
    kept = value.rstrip(b".")
    if kept.endswith(b":") and not kept.endswith(b"::"):
        kept = kept[:-1]
    kind = _ipv6_kind(kept)
    return (start, start + len(kept), kind) if kind else None


@lru_cache(8192)
def _ipv6_kind(value: bytes) -> str:
    try:
        packed = socket.inet_pton(socket.AF_INET6, value.decode("ascii"))
    except OSError:
        return ""
    first = packed[0]
    if first & 0xE0 == 0x20:
        return "ip"
    is_home = first & 0xFE == 0xFC or (first == 0xFE and packed[1] & 0xC0 == 0x80)
    if not is_home:
        return ""
    return "mac" if packed[11:13] == b"\xff\xfe" else "ip_private"


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
    """Not a unit of systemd, a picture for two scales, a HAL version or a cipher. A file's ending behind an address is not part of it."""
    value = text[start:end].lower()
    domain = value.rsplit(b"@", 1)[1]
    if value.endswith(_ALGORITHMS):
        return None
    if domain[:1].isdigit() and re.match(rb"\d+\.\d", domain):
        return None
    rest, _, last = domain.rpartition(b".")
    if last not in _NO_TLD:
        return start, end
    is_address = b"." in rest and rest.rpartition(b".")[2].isalpha()
    return (start, end - len(last) - 1) if is_address else None


def password(text: bytes, start: int, end: int) -> Span | None:
    """Not a word that says there is none."""
    value = text[start:end].lower()
    is_token = text[max(0, start - 1) : end + 12].lstrip(b"\"'=").startswith((b"[password ", b"[hidden "))
    if value in _NOTHING or value in _ARCHITECTURES or not value.strip(b"*.- x") or is_token:
        return None
    return start, end


def password_in_words(text: bytes, start: int, end: int) -> Span | None:
    """After `is` or a colon: not the next word of a sentence, which has letters only and no strange sign."""
    value = text[start:end].rstrip(b".!")
    return password(text, start, start + len(value)) if re.search(rb"[^a-z]", value) else None


def password_with_digit(text: bytes, start: int, end: int) -> Span | None:
    """After a space alone: letters and a digit."""
    value = text[start:end]
    has_both = re.search(rb"\d", value) and re.search(rb"[A-Za-z]", value) and not value.startswith((b"(", b"HTTP/"))
    return password(text, start, end) if has_both else None


def key_of_a_peer(text: bytes, start: int, end: int) -> Span | None:
    """32 bytes in base 64 are a key where a word says so; elsewhere they may be a checksum."""
    said = text[max(0, start - 48) : start].rpartition(b"\n")[2].lower()
    return (start, end) if re.search(rb"peer|wg|key", said) else None


def cookie(text: bytes, start: int, end: int) -> Span | None:
    """All of a header's line that holds a value."""
    return (start, end) if b"=" in text[start:end] else None


def psk(text: bytes, start: int, end: int) -> Span | None:
    """A Wi-Fi key has eight signs or more."""
    return password(text, start, end) if end - start >= 8 else None


def secret(text: bytes, start: int, end: int) -> Span | None:
    """Random enough: letters and digits, eight different signs, no dotted name, no address in memory."""
    value = text[start:end]
    if value.startswith(b"0x") and len(value) <= 18:
        return None
    if len(set(value)) < 8 or not _DIGITS.search(value) or not _LETTER.search(value):
        return None
    return None if _DOTTED_NAME.fullmatch(value) or _QUANTITY.fullmatch(value) else (start, end)


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
    """A level tells a place only beside the address of a radio: in its line, or in its paragraph of a list of networks."""
    begin = max(text.rfind(b"\n", max(0, start - _AROUND), start) + 1, start - _AROUND, 0)
    stop = text.find(b"\n", end, end + _AROUND)
    if _NEAR_RADIO.search(text, begin, stop if stop >= 0 else end + _AROUND):
        return start, end
    is_indented = text[begin : begin + 1] in (b" ", b"\t")
    return (start, end) if is_indented and _SCAN_HEAD.search(text, max(0, begin - 2 * _AROUND), start) else None


def is_below_network(text: bytes, start: int) -> bool:
    """Whether this stands in the paragraph of a network in a list of those in reach."""
    return bool(_SCAN_HEAD.search(text, max(0, start - 3 * _AROUND), start))


def latitude_pair(text: bytes, start: int, end: int) -> Span | None:
    """Two numbers in the ranges of a place on earth."""
    first, second = _BETWEEN.split(text[start:end], maxsplit=1)
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
    bad = value in _SYSTEM_NAMES or value in _LOG_WORDS or value in _NOTHING or value.startswith((b"com.", b"org.", b"android."))
    return None if bad or re.fullmatch(rb"u\d+_\w+", value) else (start, end)


def account_in_words(text: bytes, start: int, end: int) -> Span | None:
    """A name that ends where a sentence goes on."""
    value = re.split(rb" on |,", text[start:end], maxsplit=1)[0]
    return account(text, start, start + len(value))


def host(text: bytes, start: int, end: int) -> Span | None:
    """A name that somebody gave to a computer."""
    value = text[start:end].lower()
    bad = value in _HOST_DECOYS or value in _NOTHING or value == b"*" or re.fullmatch(rb"[\d.]+", value)
    return None if bad else (start, end)


def host_in_words(text: bytes, start: int, end: int) -> Span | None:
    """In a sentence: it must look like a name, not like the next word."""
    value = text[start:end]
    return host(text, start, end) if re.search(rb"[A-Z0-9-]", value) else None
