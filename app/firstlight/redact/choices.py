# SPDX-License-Identifier: Apache-2.0
"""What the tester decided about a file: which kinds stay readable, which details were restored, what else is hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from firstlight.redact.kinds import DEFAULT_OFF, KINDS
from firstlight.redact.validators import AT

_SEPARATORS = re.compile(rb"%3[Aa]|[:_.-]")
_RADIO = re.compile(rb"[0-9A-Fa-f]{2}(?:[:_-]?[0-9A-Fa-f]{2}){5}")


def family(kind: str, value: bytes) -> str:
    """The kind whose numbers a value has: an address is the same wherever it stands, in a list of networks too."""
    if kind != "near":
        return kind
    return "mac" if _RADIO.fullmatch(value) else "wifi"


def canonical(kind: str, value: bytes) -> bytes:
    """One form per thing: the same address in capitals or with dashes gets the same number."""
    kind = family(kind, value)
    if kind == "mac" and b"::" not in value:
        return _SEPARATORS.sub(b"", value).lower()
    if kind == "mail":
        return AT.sub(b"@", value).lower()
    if kind in ("imei", "iccid"):
        return value.translate(None, b"- /")
    return value.lower() if kind in ("mac", "ip", "ip_private", "host") else value


@dataclass(frozen=True)
class Choices:
    """Read from the dictionary that reports keep: `off_kinds` (absent: the table's default), `restored` and `extra` (values as text)."""

    off_kinds: frozenset[str] = frozenset(DEFAULT_OFF)
    restored: frozenset[bytes] = frozenset()
    extra: tuple[bytes, ...] = ()

    @classmethod
    def read(cls, raw: Mapping[str, Any] | None) -> Choices:
        """Unknown kinds and things that are no text are passed over: then more is hidden, never less."""
        raw = raw or {}
        off = raw.get("off_kinds")
        kinds = frozenset(DEFAULT_OFF) if not isinstance(off, list) else frozenset(k for k in off if k in KINDS and k != "extra")
        restored = frozenset(to_bytes(v) for v in _texts(raw.get("restored")))
        lines = [line for text in _texts(raw.get("extra")) for line in to_bytes(text).splitlines()]
        extra = tuple(dict.fromkeys(line.strip() for line in lines if len(line.strip()) >= 2))
        return cls(kinds, restored, extra)

    def leaves(self, kind: str, value: bytes) -> bool:
        """Whether this detail stays readable."""
        if kind in self.off_kinds:
            return True
        return bool(self.restored) and (value in self.restored or canonical(kind, value) in self.restored)


def to_text(value: bytes) -> str:
    """Bytes of a log as text that gives the same bytes back, broken UTF-8 too."""
    return value.decode("utf-8", "surrogateescape")


def to_bytes(text: str) -> bytes:
    """The bytes again."""
    return text.encode("utf-8", "surrogateescape")


def _texts(raw: object) -> list[str]:
    return [v for v in raw if isinstance(v, str)] if isinstance(raw, list) else []
