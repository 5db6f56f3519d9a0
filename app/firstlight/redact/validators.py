# SPDX-License-Identifier: Apache-2.0
"""Second looks at what a pattern found: check digits, ranges, decoys.

`Says` sees the value alone, so a rule remembers what it said of a value: logs repeat themselves. It tells how many of the first bytes
are private, 0 for none. `Beside` sees the place where a value stands, at most a few hundred bytes of it, and tells whether it agrees.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable

Says = Callable[[bytes], int | tuple[int, str]]
"""How much of a value is private, and its kind where the check is the one who knows."""
Beside = Callable[[bytes, int, int], bool]

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
    b"polkitd postgres mysql redis nginx apache http ftp mail news man games backup proxy list irc lp sync uucp gnats avahi colord "
    b"geoclue rtkit pulse saned lightdm gdm sddm tss usbmux uuidd tcpdump chrony _apt dhcpcd statd rpc hplip whoopsie syslog sssd "
    b"runner build builder test unknown type state switched started stopped unlocked locked app".split()
)
_NO_PERSON = (b"com.", b"org.", b"android.", b"systemd-")
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
_VERSIONS = tuple(b"version ver firmware build release package rev amd64 arm64 armhf i386 :all".split())
_VERSION_BEFORE = re.compile(rb"(?i)(?<![a-z])(?:" + b"|".join(_VERSIONS) + rb")\W{0,3}(?:[\d.]{1,9}-)?$")
_NO_WORD = bytes(c for c in range(256) if not (48 <= c < 58 or 65 <= c < 91 or 97 <= c < 123 or c in b"_-"))
_DOUBLED = bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)[sign - 48] if 48 <= sign < 58 else 0 for sign in range(256))
"""What a digit adds in every second place."""
AT = re.compile(rb"%40|\\{1,2}u0040|\\x40|&#(?:64|x40);")
"""How files spell the sign in an address of mail."""
_LETTER = re.compile(rb"[A-Za-z]")
_DOTTED_NAME = re.compile(rb"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_QUANTITY = re.compile(rb"[\d.]+[A-Za-z]{0,4}\d*")
_LOWER = bytes(range(256)).lower()
_DIGITS = re.compile(rb"\d")
_NO_DIGITS = bytes(c for c in range(256) if not 48 <= c < 58)
_APP_USER = re.compile(rb"u\d+_\w+")
_BETWEEN = re.compile(rb"[,;/ ]+")
_NEAR_RADIO = re.compile(rb"\bbss\b|(?:[0-9a-f]{2}[:_-]){5}[0-9a-f]{2}|\[mac \d")
_SCAN_HEAD = re.compile(
    rb"(?i)(?:^|\n)[ \t]*(?:BSS |Cell \d{1,3} - Address: )(?:[0-9a-f]{2}:){5}[0-9a-f]{2}[^\n]*\n(?:[ \t][^\n]*\n){0,12}[ \t][^\n]*$"
)


def whole(value: bytes) -> int:
    """The pattern alone decides."""
    return len(value)


def luhn(digits: bytes) -> bool:
    """The check digit of IMEI and ICCID."""
    plain, doubled = digits[-1::-2], digits[-2::-2]
    return (sum(plain) - 48 * len(plain) + sum(doubled.translate(_DOUBLED))) % 10 == 0


def mac(value: bytes) -> int:
    """Six pairs, or seven or eight (DHCP client id, EUI-64); not a fingerprint, a broadcast or multicast address."""
    plain = value.translate(_LOWER, b":_-.")
    if len(plain) not in (12, 14, 16) or plain.startswith((b"01005e", b"3333")) or len(set(plain)) == 1:
        return 0
    return len(value)


def mac_spelled(value: bytes) -> int:
    """The same with %3A for each colon."""
    return len(value) if mac(value.replace(b"%3A", b":").replace(b"%3a", b":")) else 0


def dotted_mac(value: bytes) -> int:
    """aabb.ccdd.eeff: at least one letter, else it is a number."""
    return len(value) if any(c in b"abcdefABCDEF" for c in value) else 0


def ipv4(value: bytes) -> int | tuple[int, str]:
    """An address of the open internet (`ip`) or of a home network (`ip_private`); not a mask or a well-known server."""
    a, b, c, d = map(int, value.split(b"."))
    if value in _WELL_KNOWN or max(a, b, c, d) > 255 or a in (0, 127) or a >= 224 or (d == 255 and b == 255):
        return 0
    if len(value) != len(b"%d.%d.%d.%d" % (a, b, c, d)):  # zeros before a number
        return 0
    is_home = a == 10 or (a == 172 and 16 <= b < 32) or (a, b) in ((192, 168), (169, 254)) or (a == 100 and 64 <= b < 128)
    return len(value), "ip_private" if is_home else "ip"


def ipv4_in_name(value: bytes) -> int | tuple[int, str]:
    """The same with hyphens, in a name of the network; one number has three digits, else it may be a date or an edition."""
    return ipv4(value.replace(b"-", b".")) if max(map(len, value.split(b"-"))) == 3 else 0


def no_version(text: bytes, start: int, _end: int) -> bool:
    """No word before it in its line says that the number is a version's."""
    before = text[max(0, start - 24) : start].rpartition(b"\n")[2]
    word = before.rstrip(_NO_WORD).lower()
    if word.endswith(b"-"):
        return not _VERSION_BEFORE.search(before)
    said = next((said for said in _VERSIONS if word.endswith(said)), b"") if word.endswith(_VERSIONS) else b""
    return not said or len(before) - len(word) > 3 or word[: -len(said)][-1:].isalpha()


def ipv6(value: bytes) -> int | tuple[int, str]:
    """A global address (`ip`), one of a home or link (`ip_private`), or one of those that is made of a hardware address (`mac`)."""
    kept = value.rstrip(b".")
    if kept.endswith(b":") and not kept.endswith(b"::"):
        kept = kept[:-1]
    kind = _ipv6_kind(kept)
    return (len(kept), kind) if kind else 0


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


def imei(value: bytes) -> int:
    """Fifteen digits with a check digit, of an allocation that is in use."""
    digits = value.translate(None, b"- /")
    if len(digits) != 15 or not digits.startswith((b"01", b"35", b"86", b"98", b"99")):
        return 0
    return len(value) if luhn(digits) and len(set(digits)) >= 3 else 0


def iccid(value: bytes) -> int:
    """A SIM card's number by its check digit."""
    digits = value.rstrip(b"fF").replace(b" ", b"")
    return len(value) if luhn(digits) or luhn(digits[:19]) else 0


def phone(value: bytes) -> int:
    """8 to 15 digits; not a time zone, not a plain 0."""
    digits = value.translate(None, _NO_DIGITS)
    return len(value) if 8 <= len(digits) <= 15 and not digits.startswith(b"0") else 0


def phone_keyed(value: bytes) -> int:
    """After a word that names a number, a leading 0 is all right."""
    return len(value) if 7 <= len(value.translate(None, _NO_DIGITS)) <= 15 else 0


def mail(value: bytes) -> int:
    """Not a unit of systemd, a picture for two scales, a HAL version or a cipher. A file's ending behind an address is not part of it."""
    lower = value.lower()
    domain = lower.rpartition(b"@")[2]
    if lower.endswith(_ALGORITHMS):
        return 0
    if domain[:1].isdigit() and re.match(rb"\d+\.\d", domain):
        return 0
    rest, _, last = domain.rpartition(b".")
    if last not in _NO_TLD:
        return len(value)
    is_address = b"." in rest and rest.rpartition(b".")[2].isalpha()
    return len(value) - len(last) - 1 if is_address else 0


def mail_spelled(value: bytes) -> int:
    """The same with the sign in another spelling."""
    plain = AT.sub(b"@", value)
    return len(value) - len(plain) + kept if (kept := mail(plain)) else 0


def password(value: bytes) -> int:
    """Not a word that says there is none."""
    lower = value.lower()
    return 0 if lower in _NOTHING or lower in _ARCHITECTURES or not lower.strip(b"*.- x") else len(value)


def no_token(text: bytes, start: int, end: int) -> bool:
    """Not one of our own tokens: what was hidden before stays as it is."""
    return not text[max(0, start - 1) : end + 12].lstrip(b"\"'=").startswith((b"[password ", b"[hidden "))


def password_in_words(value: bytes) -> int:
    """After `is` or a colon: not the next word of a sentence, which has letters only and no strange sign."""
    kept = value.rstrip(b".!")
    return password(kept) if re.search(rb"[^a-z]", kept) else 0


def password_with_digit(value: bytes) -> int:
    """After a space alone: letters and a digit."""
    has_both = _DIGITS.search(value) and _LETTER.search(value) and not value.startswith((b"(", b"HTTP/"))
    return password(value) if has_both else 0


def said_to_be_a_key(text: bytes, start: int, _end: int) -> bool:
    """32 bytes in base 64 are a key where a word says so; elsewhere they may be a checksum."""
    said = text[max(0, start - 48) : start].rpartition(b"\n")[2].lower()
    return b"peer" in said or b"wg" in said or b"key" in said


def cookie(value: bytes) -> int:
    """All of a header's line that holds a value."""
    return len(value) if b"=" in value else 0


def psk(value: bytes) -> int:
    """A Wi-Fi key has eight signs or more."""
    return password(value) if len(value) >= 8 else 0


def secret(value: bytes) -> int:
    """Random enough: letters and digits, eight different signs, no dotted name, no address in memory."""
    if value.startswith(b"0x") and len(value) <= 18:
        return 0
    if len(set(value)) < 8 or not _DIGITS.search(value) or not _LETTER.search(value):
        return 0
    return 0 if _DOTTED_NAME.fullmatch(value) or _QUANTITY.fullmatch(value) else len(value)


def ssid(value: bytes) -> int:
    """Not a word for 'no network'."""
    lower = value.lower()
    return 0 if lower in _NOTHING or lower.startswith((b"<unknown", b"\\x00", b"[wifi")) or not lower.strip() else len(value)


def ssid_loose(value: bytes) -> int:
    """After `ssid` and a space alone: it must look like a name, not like the next word of a sentence."""
    looks = re.search(rb"[A-Z0-9_-]", value) and len(value) >= 3 and not value.startswith((b"-", b"0x"))
    return ssid(value) if looks else 0


def near_radio(text: bytes, start: int, end: int) -> bool:
    """A level tells a place only beside the address of a radio: in its line, or in its paragraph of a list of networks."""
    begin = max(text.rfind(b"\n", max(0, start - _AROUND), start) + 1, start - _AROUND, 0)
    stop = text.find(b"\n", end, end + _AROUND)
    line = text[begin : stop if stop >= 0 else end + _AROUND].lower()
    if b"bssid" in line or _NEAR_RADIO.search(line):
        return True
    is_indented = text[begin : begin + 1] in (b" ", b"\t")
    return bool(is_indented and _SCAN_HEAD.search(text, max(0, begin - 2 * _AROUND), start))


def is_below_network(text: bytes, start: int, _end: int) -> bool:
    """Whether this stands in the paragraph of a network in a list of those in reach."""
    return bool(_SCAN_HEAD.search(text, max(0, start - 3 * _AROUND), start))


def is_not_below_network(text: bytes, start: int, end: int) -> bool:
    """A name alone in an indented line that is below no head of a network: the tester's own connection."""
    return not is_below_network(text, start, end)


def latitude_pair(value: bytes) -> int:
    """Two numbers in the ranges of a place on earth."""
    first, second = map(float, _BETWEEN.split(value, maxsplit=1))
    return len(value) if abs(first) <= 90 and abs(second) <= 180 and first != 0 else 0


def serial(value: bytes) -> int:
    """Has a digit, is no version and no word for 'none'."""
    return 0 if value.lower() in _NOTHING or not _DIGITS.search(value) or len(set(value)) < 3 else len(value)


def account(value: bytes) -> int:
    """A person's name for signing in, not one of the system's."""
    lower = value.lower()
    bad = lower in _SYSTEM_NAMES or lower in _LOG_WORDS or lower in _NOTHING or lower.startswith(_NO_PERSON)
    return 0 if bad or _APP_USER.fullmatch(lower) else len(value)


def account_in_words(value: bytes) -> int:
    """A name that ends where a sentence goes on."""
    return account(re.split(rb" on |,", value, maxsplit=1)[0])


def host(value: bytes) -> int:
    """A name that somebody gave to a computer."""
    lower = value.lower()
    return 0 if lower in _HOST_DECOYS or lower in _NOTHING or lower == b"*" or not lower.strip(b"0123456789.") else len(value)


def host_in_words(value: bytes) -> int:
    """In a sentence: it must look like a name, not like the next word."""
    return host(value) if re.search(rb"[A-Z0-9-]", value) else 0
