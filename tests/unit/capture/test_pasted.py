# SPDX-License-Identifier: Apache-2.0
"""Pictures in pasted HTML: those that lie in it; nothing is fetched, no file is opened."""

from __future__ import annotations

import base64

import pytest

from firstlight.capture.pasted import picture_in

PNG = b"\x89PNG\r\n\x1a\n-pixels"
DATA = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def test_the_first_picture_that_lies_in_the_text_is_taken():
    assert picture_in(f'<html><p>x</p><img alt="" src="{DATA}"><img src="data:image/png;base64,AAAA">') == PNG
    assert picture_in(f'<img src="https://example.org/a.png"><IMG SRC="{DATA}">') == PNG


@pytest.mark.parametrize(
    "html",
    [
        "",
        "plain words",
        '<img src="https://example.org/a.png">',
        '<img src="file:///etc/passwd">',
        '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
        '<img src="data:text/html;base64,PHN2Zy8+">',
        '<img src="data:image/png,raw">',
        '<img src="data:image/png;base64,not*base64">',
        "<img><img src>data:image/png;base64,AAAA",
    ],
)
def test_anything_else_is_none(html):
    assert picture_in(html) == b""
