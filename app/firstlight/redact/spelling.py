# SPDX-License-Identifier: Apache-2.0
"""How files assign a value to a key: key=v, "key": "v", [key]: [v], option key 'v', <string name="key">v</string>, escaped JSON."""

from __future__ import annotations

IS = rb"(?:[\\\"'\]]{0,4}[ \t]{0,3}(?:=>|[:=>])[ \t]{0,3}|[ \t]{1,3}(?=[\"'\\]))"
"""Between a key and its value. A space alone is enough where the value is quoted."""

OPEN = rb"(?:&quot;|[\[\\\"']{0,4})"
"""What may stand before a value that has no spaces."""


def value(least: int, most: int = 128) -> bytes:
    """A value in one of three groups: quoted (then with spaces), or of at least so many signs up to the next gap."""
    return (
        rb"(?:\\{0,3}\"([^\"\\\n]{%d,%d})(?=[\"\\\n]|\Z)|'([^'\n]{%d,%d})(?=['\n]|\Z)|(?:&quot;|\[)?([^\s\"',;&<>(){}\[\]\\]{%d,%d}))"
        % ((least, most) * 3)
    )


def value_begins(least: int) -> bytes:
    """The first signs of such a value: enough to know its line."""
    return rb"(?:\\{0,3}\"[^\"\\\n]{%d}|'[^'\n]{%d}|(?:&quot;|\[)?[^\s\"',;&<>(){}\[\]\\]{%d})" % (least, least, least)
