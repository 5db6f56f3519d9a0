# SPDX-License-Identifier: Apache-2.0
"""Photos are kept without place, camera, thumbnails and comments, and upright."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from firstlight.capture import photos
from firstlight.capture.errors import NotAPhoto, TooLarge

SECRET = b"Wrens-Camera-7731"


def with_exif(orientation: int) -> bytes:
    image = Image.new("RGB", (40, 20), "white")
    image.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=SECRET, quality=95)
    return out.getvalue() + SECRET


def test_a_photo_loses_everything_but_its_pixels(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(with_exif(1))
    assert SECRET in path.read_bytes()
    clean = photos.clean(path)
    assert SECRET not in clean
    assert b"Exif" not in clean
    with Image.open(io.BytesIO(clean)) as made:
        assert made.size == (40, 20)
        assert not made.getexif()
        assert "comment" not in made.info


def test_a_photo_taken_sideways_stands_upright():
    with Image.open(io.BytesIO(photos.clean(with_exif(6)))) as made:
        assert made.size == (20, 40)
        assert made.getpixel((10, 5))[1] < 60
        assert made.getpixel((10, 35))[1] > 200


def test_a_png_becomes_a_photo_on_white_without_its_words():
    info = PngInfo()
    info.add_text("Author", SECRET.decode())
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG", pnginfo=info)
    clean = photos.clean(out.getvalue())
    assert SECRET not in clean
    with Image.open(io.BytesIO(clean)) as made:
        assert made.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n" + bytes(50), b"GIF89a"])
def test_what_is_no_photo_is_said_to_be_none(data):
    with pytest.raises(NotAPhoto):
        photos.clean(data)


def test_an_absurdly_large_picture_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 100)
    with pytest.raises(TooLarge):
        photos.clean(with_exif(1))


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_is_upright_whatever_else_of_its_exif_is_broken(turn: int):
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x0128] = 2
    out = io.BytesIO()
    drawn = Image.new("RGB", (32, 16), "white")
    drawn.paste("black", (0, 0, 8, 8))
    drawn.save(out, "JPEG", exif=exif, quality=95)
    whole = out.getvalue()
    # The unit of its resolution is said to be a long number.
    broken = whole.replace(b"\x01\x28\x00\x03", b"\x01\x28\x00\x04")
    assert broken != whole
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(whole)))
    made = Image.open(io.BytesIO(photos.clean(broken)))
    assert made.size == expected.size
    assert abs(made.convert("L").getpixel((2, 2)) - expected.convert("L").getpixel((2, 2))) < 40


def test_a_picture_that_no_jpeg_can_be_as_wide_as_is_too_large():
    out = io.BytesIO()
    Image.new("1", (65_501, 2)).save(out, "PNG")
    with pytest.raises(TooLarge):
        photos.clean(out.getvalue())
