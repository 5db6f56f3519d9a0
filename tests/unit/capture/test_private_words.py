# SPDX-License-Identifier: Apache-2.0
"""Private words in pictures: which of read words are offered, and the reader itself where it is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from firstlight.base.errors import Cancelled
from firstlight.base.paths import resources
from firstlight.base.work import Work
from firstlight.capture import private_words, reading
from firstlight.capture.errors import NotRead
from firstlight.capture.reading import Word
from firstlight.devices import tool
from firstlight.devices.errors import ToolMissing
from firstlight.devices.tool import Tool

TESSERACT = tool.find("tesseract")


def line(text: str, x: float, y: float, h: float = 12) -> list[Word]:
    """Words as a reader would place them."""
    made = []
    for word in text.split():
        made.append(Word(word, x, y, 7 * len(word), h))
        x += 7 * len(word) + 6
    return made


def kinds(*lines: list[Word]) -> dict[str, str]:
    return {f.text: f.kind for f in private_words.look([w for one in lines for w in one])}


def test_values_are_known_by_redactions_own_rules():
    assert kinds(
        line("write to wren.tester@example.org", 10, 10), line("3C:84:6A:12:9F:01 up", 10, 40), line("fan 2104 rpm, build 26.47", 10, 70)
    ) == {
        "wren.tester@example.org": "mail",
        "3C:84:6A:12:9F:01": "mac",
    }


@pytest.mark.parametrize(
    ("label", "value", "kind"),
    [
        ("Wi-Fi name", "Aurora Home 5G", "wifi"),
        ("SSID", "AuroraHome", "wifi"),
        ("Serial number", "A1-77-00412", "serial"),
        ("Password:", "hunter22x", "password"),
        ("IMEI", "490154203237518", "imei"),
        ("网 络 名 称", "客 厅 路 由 器", "wifi"),
        ("手机 号", "13912345678", "phone"),
    ],
)
def test_values_are_known_by_their_labels_beside_and_above(label, value, kind):
    for x, y in ((480, 10), (10, 27)):
        found = kinds(line(label, 10, 10), line(value, x, y), line("Battery 81 %", 10, 100))
        assert found == {value.replace(" ", "") if kind == "wifi" and "客" in value else value: kind}


def test_a_label_without_a_likely_value_offers_nothing():
    assert kinds(line("Serial number", 10, 10), line("not known", 200, 10)) == {}
    assert kinds(line("Password", 10, 10), line("Wi-Fi name", 10, 30)) == {}


def test_home_addresses_that_all_homes_share_are_left_alone():
    assert kinds(line("192.168.1.1/status", 10, 10)) == {}


def test_an_area_lies_round_the_letters():
    (found,) = private_words.look(line("wren.tester@example.org", 30, 40))
    assert (found.x, found.y, found.h) == (30, 40, 12)


def picture(path: Path, *rows: tuple[str, int], dark: bool = False) -> Path:
    font = ImageFont.truetype(str(next(resources().glob("fonts/Inter*"))), 15)
    image = Image.new("RGB", (620, 60 + 50 * len(rows)), "#22211e" if dark else "#f7f9fb")
    for at, (text, x) in enumerate(rows):
        ImageDraw.Draw(image).text((x, 30 + 50 * at), text, font=font, fill="#c0bab0" if dark else "#1e1c19")
    image.save(path)
    return path


@pytest.mark.skipif(TESSERACT is None, reason="needs tesseract (Debian: tesseract-ocr)")
def test_a_picture_of_a_page_is_read_on_light_and_on_dark_ground(tmp_path):
    for dark in (False, True):
        path = picture(tmp_path / f"{dark}.png", ("Contact wren.tester@example.org", 40), ("Fan 2104 rpm at 58 C", 40), dark=dark)
        found = private_words.found_in(path, TESSERACT, Work())
        assert [(f.kind, f.text) for f in found] == [("mail", "wren.tester@example.org")]
        assert 90 < found[0].x < 130
        assert 25 < found[0].y < 45


def program(folder: Path, code: str) -> Tool:
    path = folder / "tesseract"
    path.write_text(f"#!{sys.executable}\nimport sys, time\nif '--list-langs' in sys.argv: print('List:\\neng'); sys.exit()\n{code}\n")
    path.chmod(0o755)
    return Tool(path)


@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(3)",
        "while True: print('x' * 65536)",
        "print('\\t'.join('5 a b c d e f g h i j k'.split()))\nsys.exit(1)",
        "data = bytearray(3 << 30)",
    ],
    ids=["fails", "floods", "fails late", "eats memory"],
)
def test_a_reader_that_misbehaves_is_ended_and_told(tmp_path, code):
    path = picture(tmp_path / "a.png", ("x", 10))
    with pytest.raises(NotRead):
        reading.words(path, program(tmp_path, code), Work())


def test_what_a_reader_says_is_read_with_care(tmp_path):
    rows = [
        "head",
        "5\t1\t1\t1\t1\t1\t2\t4\t6\t8\t96\tok\x1b[31m",
        "5\t1\t1\t1\t1\t1\tx\ty\tz\tq\t96\tbad",
        "5\t1\t1",
        "5\t1\t1\t1\t1\t1\t2\t4\t6\t8\t3\tunsure",
    ]
    path = picture(tmp_path / "a.png", ("x", 10))
    words = reading.words(path, program(tmp_path, f"print({chr(10).join(rows)!r})"), Work())
    assert words == (Word("ok", 1, 2, 3, 4), Word("bad", 0, 0, 0, 0))


def test_a_hang_ends_in_time_and_a_cancel_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LIMIT_S", 0.3)
    path = picture(tmp_path / "a.png", ("x", 10))
    hanging = program(tmp_path, "time.sleep(600)")
    with pytest.raises(NotRead):
        reading.words(path, hanging, Work())
    work = Work()
    work.cancel()
    with pytest.raises(Cancelled):
        reading.words(path, hanging, work)
    with pytest.raises((NotRead, ToolMissing)):
        reading.words(path, Tool(Path("/nonexistent/tesseract")), Work())


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"0" * 90])
def test_what_is_no_picture_never_comes_to_the_reader(tmp_path, data):
    path = tmp_path / "a.png"
    path.write_bytes(data)
    with pytest.raises(NotRead):
        reading.words(path, program(tmp_path, "open('/nonexistent')"), Work())
