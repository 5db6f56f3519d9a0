# SPDX-License-Identifier: Apache-2.0
"""How files assign a value to a key: key=v, "key": "v", [key]: [v], option key 'v', <string name="key">v</string>, escaped JSON."""

from __future__ import annotations

IS = rb"(?:[\\\"'\]]{0,4}[ \t]{0,24}(?:=>|[:=>])[ \t]{0,24}|[ \t]{1,3}(?=[\"'\\]))"
"""Between a key and its value; programs that print tables put many spaces there. A space alone is enough where the value is quoted."""

OPEN = rb"(?:&quot;|[\[\\\"']{0,4})"
"""What may stand before a value that has no spaces."""

_WRAPPED = (
    rb"\\{1,3}\"([^\"\\\n]{%s})(?=[\"\\\n]|\Z)",  # "{\"key\": \"v\"}"
    rb"\"((?:[^\"\\\n]|\\[^\n]){%s})(?=[\"\n]|\Z)",  # with \" and \xe5 inside
    rb"\"([^\"\\\n]{%s})(?=\\)",
    rb"'((?:'\\''|[^'\n]){%s})(?=['\n]|\Z)",  # with '\\'' as shells write it
    rb"&quot;((?:[^&<\n]|&(?!quot;)){%s})&quot;",
    rb"\[([^\]\n]{%s})\]",
    rb"([^<>\"\n\[]{%s})</",
)
"""Values with a beginning and an end of their own: spaces are part of them."""


def value(least: int, most: int = 160) -> bytes:
    """A value in one of several groups: wrapped (then with spaces), or of at least so many signs up to the next gap."""
    size = b"%d,%d" % (least, most)
    ways = [way.replace(b"%s", size) for way in _WRAPPED]
    return b"(?:" + b"|".join(ways) + rb"|(?:&quot;|\[)?([^\s\"',;&<>(){}\[\]\\]{%s}))".replace(b"%s", size)


def value_begins(least: int) -> bytes:
    """The first signs of such a value: enough to know its line."""
    return rb"[^\n]{%d}" % least
