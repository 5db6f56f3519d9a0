# SPDX-License-Identifier: Apache-2.0
"""Logs of invented phones, routers and boards with ground truth: where each private detail stands, byte by byte. Nobody's data.

A line is a frame (logcat, syslog, kernel, JSON …) round a message; messages are written out or composed of a key's spelling and a form
of assignment. `unseen` draws from messages that the other set never uses, so rules can be judged on what they were not tuned with.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fakes import device_messages as messages

Make = Callable[[random.Random], str]
_HOLE = re.compile(r"\{(\w+)\}")
_POOL = 40
_UNSEEN_OF_FIVE = 2


@dataclass(frozen=True, slots=True)
class Planted:
    """A private detail: bytes `start` to `end` of its line."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Line:
    """One line without its end; a decoy has nothing planted."""

    text: bytes
    planted: tuple[Planted, ...] = ()


def _hex(r: random.Random, n: int) -> str:
    return f"{r.getrandbits(4 * n):0{n}x}"


def _digits(r: random.Random, n: int) -> str:
    return "".join(r.choice("0123456789") for _ in range(n))


def _word(r: random.Random, n: int) -> str:
    return "".join(r.choice("bcdfghjklmnprstvwz") + r.choice("aeiou") for _ in range((n + 1) // 2))[:n]


def _luhn(r: random.Random, head: str, length: int) -> str:
    body = head + _digits(r, length - 1 - len(head))
    total = 0
    for at, sign in enumerate(reversed(body + "0")):
        n = int(sign) * (2 if at % 2 else 1)
        total += n - 9 if n > 9 else n
    return body + str(-total % 10)


def _mac(r: random.Random) -> str:
    pairs = [f"{r.randrange(4, 252) & 0xFC:02x}", *(_hex(r, 2) for _ in range(5))]
    by = r.choice("::::-_")
    text = by.join(pairs)
    return text.upper() if r.random() < 0.3 else text


def _ip(r: random.Random) -> str:
    if r.random() < 0.7:
        return f"{r.choice((84, 91, 46, 62, 178, 203, 121, 5))}.{r.randrange(1, 255)}.{r.randrange(0, 255)}.{r.randrange(1, 255)}"
    head = r.choice(("2003:e2", "2a02:8108", "2001:16b8", "2408:8207"))
    if r.random() < 0.5:
        return f"{head}:{_hex(r, 3)}::{_hex(r, 2)}".replace(":0", ":1")
    return head + "".join(f":{r.randrange(1, 65536):x}" for _ in range(6))


def _home_ip(r: random.Random) -> str:
    return r.choice((f"192.168.{r.randrange(0, 255)}.", f"10.{r.randrange(0, 255)}.3.", "172.20.1.")) + str(r.randrange(2, 254))


def _secret(r: random.Random, least: int = 16, most: int = 48) -> str:
    signs = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "".join(r.choice(signs) for _ in range(r.randrange(least, most))) + r.choice("23456789") + r.choice("XYZkmn")


def _jwt(r: random.Random) -> str:
    return f"eyJhbGciOi{_secret(r)}.eyJ{_secret(r)}.{_secret(r)}"


def _password(r: random.Random) -> str:
    return r.choice(
        (
            lambda: _word(r, 6) + _digits(r, 3),
            lambda: f"{_word(r, 5)}-{_word(r, 4)}-{_word(r, 6)}",
            lambda: _secret(r, 8, 14) + r.choice("!#$%"),
            lambda: _hex(r, 64),
        )
    )()


def _ssid(r: random.Random) -> str:
    return r.choice(
        (
            f"{_word(r, 5).title()}-{_word(r, 4).title()}{r.choice(('', '-5G', '_2.4'))}",
            f"{_word(r, 7).title()}{_digits(r, 3)}",
            f"WLAN-{_hex(r, 6).upper()}",
        )
    )


def _serial(r: random.Random) -> str:
    return r.choice(
        (f"R1E-{_digits(r, 6)}", _hex(r, 8).upper() + "7A", f"{_hex(r, 15)}9", f"A1{_digits(r, 9)}B", f"ZY22{_hex(r, 6).upper()}3")
    )


MAKERS: dict[str, Make] = {
    "mac": _mac,
    "ip": _ip,
    "ip_private": _home_ip,
    "wifi": _ssid,
    "signal": lambda r: f"-{r.randrange(31, 94)}",
    "password": _password,
    "token": lambda r: _jwt(r) if r.random() < 0.3 else _secret(r),
    "jwt": _jwt,
    "ghp": lambda r: "ghp_" + _secret(r, 34, 35),
    "key": lambda r: _secret(r, 40, 41) + r.choice("AEIMQUYcgkosw048") + "=",
    "mail": lambda r: (
        f"{_word(r, 5)}{r.choice(('.', '_', '+', ''))}{_word(r, 6)}@{_word(r, 7)}.{r.choice(('example', 'com', 'co.uk', 'net'))}"
    ),
    "phone": lambda r: r.choice(
        (f"+49 171 {_digits(r, 7)}", f"+86139{_digits(r, 8)}", f"+1 (415) 555-{_digits(r, 4)}", f"+44 7700 {_digits(r, 6)}")
    ),
    "phone_plain": lambda r: r.choice((f"139{_digits(r, 8)}", f"0171-{_digits(r, 7)}", f"0171 {_digits(r, 7)}")),
    "imei": lambda r: _luhn(r, r.choice(("35", "86")), 15),
    "imsi": lambda r: (lambda head: head + _digits(r, 15 - len(head)))(r.choice(("26201", "46000", "310260"))),
    "iccid": lambda r: _luhn(r, r.choice(("8949", "8986")), r.choice((19, 20))),
    "place": lambda r: f"{r.uniform(20, 60):.6f},{r.uniform(5, 120):.6f}",
    "degrees": lambda r: f"{r.choice(('', '-'))}{r.uniform(5, 89):.{r.randrange(4, 9)}f}",
    "serial": _serial,
    "name": lambda r: r.choice((_word(r, 6), f"{_word(r, 4)}.{_word(r, 6)}", f"{_word(r, 5)}_{_word(r, 4)}")),
    "host": lambda r: r.choice(
        (f"{_word(r, 6)}s-laptop", f"{_word(r, 5).title()}s-A1", f"DESKTOP-{_secret(r, 5, 6).upper()}", f"{_word(r, 6)}-pc")
    ),
}
ALIAS = {"jwt": "token", "ghp": "token", "phone_plain": "phone", "degrees": "place"}
NOISE: dict[str, Make] = {
    "n": lambda r: str(r.randrange(1, 9999)),
    "big": lambda r: str(r.randrange(10**9, 10**12)),
    "x8": lambda r: _hex(r, 8),
    "x16": lambda r: _hex(r, 16),
    "sha": lambda r: _hex(r, 64),
    "md5": lambda r: _hex(r, 32),
    "f": lambda r: f"{r.uniform(0, 900):.3f}",
    "v4": lambda r: ".".join(str(r.randrange(0, 40)) for _ in range(4)),
    "w": lambda r: _word(r, r.randrange(3, 9)),
    "pct": lambda r: str(r.randrange(0, 101)),
    "clock": lambda r: f"{r.randrange(24):02d}:{r.randrange(60):02d}:{r.randrange(60):02d}",
    "fingerprint": lambda r: ":".join(_hex(r, 2) for _ in range(20)),
    "badimei": lambda r: (lambda n: n[:-1] + str((int(n[-1]) + r.randrange(1, 9)) % 10))(_luhn(r, "35", 15)),
}
KINDS = tuple(sorted({ALIAS.get(kind, kind) for kind in MAKERS}))


def is_unseen(message: str) -> bool:
    """To which of the two sets a message belongs; by its text, so that it stays there."""
    return zlib.crc32(message.encode()) % 5 < _UNSEEN_OF_FIVE


def _composed() -> Iterator[tuple[str, str]]:
    for kind, keys in messages.KEYS.items():
        for key in keys:
            for form in messages.FORMS:
                yield kind, form.replace("<key>", key).replace("<value>", "{" + kind + "}")


def _sets() -> dict[bool, tuple[dict[str, list[str]], list[str]]]:
    """unseen -> (messages by the kind they are about, decoys)"""
    made: dict[bool, tuple[dict[str, list[str]], list[str]]] = {False: ({}, []), True: ({}, [])}
    for kind, message in [*messages.WRITTEN, *_composed()]:
        about, _ = made[is_unseen(message)]
        about.setdefault(ALIAS.get(kind, kind), []).append(message)
    for decoy in messages.DECOYS:
        made[is_unseen(decoy)][1].append(decoy)
    return made


SETS = _sets()


@dataclass
class Maker:
    """Lines of one device. A household's own details come again and again, strangers' once.

    `share` of the lines carry something private, `dense` puts it into every line, without frames.
    """

    seed: int
    unseen: bool = False
    share: float = 0.18
    dense: bool = False
    _pool: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._r = random.Random(f"{self.seed}-{self.unseen}")
        self._about, self._decoys = SETS[self.unseen]
        self._kinds = sorted(self._about)
        self._at = 0

    def lines(self, count: int) -> Iterator[Line]:
        """The next lines."""
        for _ in range(count):
            self._at += 1
            if self.dense or self._r.random() < self.share:
                message = self._r.choice(self._about[self._r.choice(self._kinds)])
            else:
                message = self._r.choice(self._decoys)
            yield self._line(message)

    def _line(self, message: str) -> Line:
        # What looks like a file's own line stands alone.
        frame = "" if self.dense or message.startswith(("<", "\t", "[", "option ", "wireless.", "{m")) else self._frame()
        out = [frame]
        size = len(frame.encode())
        planted: list[Planted] = []
        at = 0
        for hole in _HOLE.finditer(message):
            plain = message[at : hole.start()]
            value = self._value(hole[1])
            size += len(plain.encode())
            if hole[1] in MAKERS:
                planted.append(Planted(size, size + len(value.encode()), ALIAS.get(hole[1], hole[1])))
            size += len(value.encode())
            out += (plain, value)
            at = hole.end()
        out.append(message[at:])
        return Line("".join(out).encode(), tuple(planted))

    def _value(self, kind: str) -> str:
        if kind in NOISE:
            return NOISE[kind](self._r)
        pool = self._pool.setdefault(kind, [])
        if len(pool) >= _POOL and self._r.random() < 0.6:
            return self._r.choice(pool)
        value = MAKERS[kind](self._r)
        if len(pool) < _POOL:
            pool.append(value)
        return value

    def _frame(self) -> str:
        r, at = self._r, self._at
        clock = f"{at // 3600 % 24:02d}:{at // 60 % 60:02d}:{at % 60:02d}"
        tag = r.choice(messages.TAGS)
        return r.choice(
            (
                f"2026-11-{1 + at // 86400 % 28:02d} {clock}.007 +0800  {at % 9000:>5} {at % 8999:>5} {r.choice('VDIWE')} {tag}: ",
                f"Sun Nov 22 {clock} 2026 daemon.{r.choice(('info', 'notice', 'err'))} {tag}[{r.randrange(200, 9999)}]: ",
                f"[{at / 7:12.6f}] {tag}: ",
                f"2026-11-22T{clock}Z {r.choice(('INFO', 'WARN', 'DEBUG'))} {tag} ",
                "",
            )
        )


def text_of(
    seed: int, count: int, *, unseen: bool = False, share: float = 0.18, dense: bool = False
) -> tuple[bytes, list[tuple[Planted, ...]]]:
    """A log and, line by line, what is private in it."""
    made = list(Maker(seed, unseen, share, dense).lines(count))
    return b"\n".join(line.text for line in made) + b"\n", [line.planted for line in made]
