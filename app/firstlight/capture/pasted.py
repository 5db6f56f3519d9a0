# SPDX-License-Identifier: Apache-2.0
"""Pictures inside pasted HTML, as browsers and office programs copy them: those that lie in it, nothing is ever fetched for it."""

from __future__ import annotations

import base64
import binascii
from html.parser import HTMLParser

MOST_LETTERS = 96 << 20
_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.first = b""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = dict(attrs).get("src") or ""
        if tag != "img" or self.first or not source.startswith("data:"):
            return
        kind, _, data = source[5:].partition(",")
        name, *how = kind.lower().split(";")
        if name in _KINDS and how[-1:] == ["base64"]:
            try:
                self.first = base64.b64decode("".join(data.split()), validate=True)
            except (binascii.Error, ValueError):
                self.first = b""


def picture_in(html: str) -> bytes:
    """The first picture that lies in the text itself; b"" for none. Addresses of files and of the web are left alone."""
    if len(html) > MOST_LETTERS or "data:image/" not in html:
        return b""
    parser = _Pictures()
    parser.feed(html)
    return parser.first
