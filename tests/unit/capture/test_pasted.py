# SPDX-License-Identifier: Apache-2.0
"""Pictures in pasted HTML: those that lie in it; nothing is fetched, no file is opened."""

from __future__ import annotations

import base64
import time

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


@pytest.mark.parametrize("piece", ["<![", "<!--", "<a ", "<img src=", "<img src='data:a/a", "</", "<?"])
def test_a_hostile_page_is_looked_through_at_once(piece):
    began = time.process_time()
    assert picture_in(piece * 40_000 + " data:image/") == b""
    assert time.process_time() - began < 2


def test_signs_that_html_spells_otherwise_are_read():
    wrapped = base64.b64encode(PNG * 20).decode().replace("=", "&#61;")
    assert picture_in(f"<img\n src='data:image/png;charset=x;base64,{wrapped[:40]}\n{wrapped[40:]}'>") == PNG * 20
