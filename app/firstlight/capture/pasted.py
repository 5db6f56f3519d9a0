# SPDX-License-Identifier: Apache-2.0
"""Pictures inside pasted HTML, as browsers and office programs copy them: those that lie in it, nothing is ever fetched for it."""

from __future__ import annotations

import base64
import binascii
import re
from html import unescape
from urllib.parse import unquote

MOST_LETTERS = 96 << 20
_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
_IMAGE = re.compile(
    r"<img\b[^<>]{0,8192}?\ssrc\s{0,9}=\s{0,9}[\"']?\s{0,9}data:([a-z]{1,9}/[a-z]{1,9})[^,<>\"']{0,99};base64,([^\"'<>]+)", re.IGNORECASE
)
"""Not a reader of HTML: the one of the library takes minutes over hostile texts, and some it refuses with an error of its own."""


def picture_in(html: str) -> bytes:
    """The first picture that lies in the text itself; b"" for none. Addresses of files and of the web are left alone."""
    if len(html) > MOST_LETTERS:
        return b""
    for match in _IMAGE.finditer(html):
        if match[1].lower() in _KINDS:
            try:
                return base64.b64decode("".join(unquote(unescape(match[2])).split()), validate=True)
            except (binascii.Error, ValueError):
                return b""
    return b""
