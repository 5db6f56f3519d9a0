# SPDX-License-Identifier: Apache-2.0
"""Marks become pixels: each tool at three scales, covers that let nothing through, files without a word beside the pixels."""

from __future__ import annotations

import io
import random
import threading

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from firstlight.annotate.document import Document
from firstlight.annotate.geometry import Crop
from firstlight.annotate.shapes import (
    Arrow,
    Box,
    Ellipse,
    Freehand,
    Hide,
    Highlighter,
    Line,
    Magnifier,
    Mosaic,
    Number,
    Shape,
    Spotlight,
    Text,
)
from firstlight.annotate.ui import picture
from firstlight.annotate.ui.flatten import flatten, flattened
from firstlight.base.errors import BadInput

pytestmark = pytest.mark.usefixtures("dressed")
W, H = 400, 300
RED, WHITE = QColor("#C42B1C"), QColor("white")


def ground(colour: QColor | str = "white", scale: float = 1.0) -> QImage:
    image = QImage(round(W * scale), round(H * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def noise(seed: int, width: int = W, height: int = H) -> QImage:
    """Every pixel its own."""
    data = random.Random(seed).randbytes(width * height * 4)
    return QImage(data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def drawn(*shapes: Shape, base: QImage | None = None, scale: float = 1.0, crop: Crop | None = None) -> QImage:
    base = base if base is not None else ground(scale=scale)
    document = Document(base.width(), base.height(), scale)
    for shape in shapes:
        document = document.added(shape)
    return flattened(base, document.cropped(crop))


def near(image: QImage, x: float, y: float, colour: QColor | str, scale: float = 1.0, tolerance: int = 40) -> bool:
    found, wanted = image.pixelColor(round(x * scale), round(y * scale)), QColor(colour)
    return all(abs(a - b) <= tolerance for a, b in zip(found.getRgb()[:3], wanted.getRgb()[:3], strict=True))


def changed_rect(before: QImage, after: QImage) -> QRect:
    rect = QRect()
    for y in range(before.height()):
        for x in range(before.width()):
            if before.pixel(x, y) != after.pixel(x, y):
                rect = rect.united(QRect(QPoint(x, y), QPoint(x, y)))
    return rect


def scaled(shape: Shape, scale: float) -> Shape:
    """The same mark on a picture of that scale."""
    raw = shape.to_json()
    for name in ("x", "y", "w", "h", "x1", "y1", "x2", "y2", "tx", "ty"):
        if name in raw:
            raw[name] *= scale
    if "points" in raw:
        raw["points"] = [[x * scale, y * scale] for x, y in raw["points"]]
    return type(shape)(**{k: tuple(map(tuple, v)) if k == "points" else v for k, v in raw.items() if k != "kind"})


# mark, points that must be painted, points that must not
CASES = {
    "arrow": (
        Arrow(id=0, x1=50, y1=150, x2=250, y2=150),
        [(60, 150), (150, 150), (242, 150), (232, 155)],
        [(150, 160), (262, 150), (40, 150)],
    ),
    "line": (Line(id=0, x1=50, y1=50, x2=250, y2=50), [(52, 50), (248, 50)], [(150, 58), (262, 50)]),
    "box": (Box(id=0, x=60, y=60, w=200, h=100), [(160, 60), (60, 110), (260, 110), (160, 160)], [(160, 110), (160, 50), (270, 110)]),
    "ellipse": (Ellipse(id=0, x=60, y=60, w=200, h=100), [(160, 60), (60, 110), (260, 110), (160, 160)], [(160, 110), (62, 62)]),
    "freehand": (Freehand(id=0, points=tuple((50 + 5 * i, 150) for i in range(30))), [(60, 150), (190, 150)], [(100, 160)]),
    "number": (Number(id=0, x=100, y=100), [(100, 90)], [(100, 120), (122, 100)]),
    "text": (Text(id=0, x=100, y=100, text="Fan"), [(104, 110), (106, 120)], [(95, 110), (105, 95), (300, 110)]),
}


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("name", CASES)
def test_a_tool_paints_where_it_should_and_nowhere_else(name, scale):
    shape, inside, outside = CASES[name]
    image = drawn(scaled(shape, scale), scale=scale)
    for x, y in inside:
        assert near(image, x, y, RED, scale), (x, y, image.pixelColor(round(x * scale), round(y * scale)).name())
    for x, y in outside:
        assert near(image, x, y, WHITE, scale, 2), (x, y)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_light_edge_stands_out_on_dark_ground(scale):
    image = drawn(
        scaled(Line(id=0, x1=50, y1=50, x2=250, y2=50, color="#16181A", edge=True), scale), base=ground("#16181A", scale), scale=scale
    )
    assert near(image, 150, 50, "#16181A", scale)
    assert any(near(image, 150, 50 + d / 2, "white", scale) for d in range(4, 10))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_highlighter_colours_light_ground_and_keeps_dark_letters(scale):
    base = ground("white", scale)
    painter = QPainter(base)
    painter.fillRect(QRect(round(100 * scale), round(90 * scale), round(20 * scale), round(20 * scale)), QColor("black"))
    painter.end()
    image = drawn(scaled(Highlighter(id=0, points=((50, 100), (250, 100))), scale), base=base, scale=scale)
    assert near(image, 70, 100, "#FFD93B", scale)
    assert near(image, 110, 100, "black", scale, 2)
    assert near(image, 70, 125, "white", scale, 2)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_spotlight_dims_everything_else_once(scale):
    one = drawn(scaled(Spotlight(id=0, x=50, y=50, w=60, h=60), scale), scale=scale)
    both = drawn(*(scaled(Spotlight(id=0, x=x, y=50, w=60, h=60), scale) for x in (50, 200)), scale=scale)
    assert near(one, 80, 80, "white", scale, 2)
    dim = one.pixelColor(round(350 * scale), round(250 * scale))
    assert dim.lightness() < 140
    assert both.pixelColor(round(350 * scale), round(250 * scale)) == dim
    assert near(both, 230, 80, "white", scale, 2)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_magnifier_shows_its_area_twice_as_large_with_covers_in_it(scale):
    base = ground("white", scale)
    painter = QPainter(base)
    painter.fillRect(QRect(round(50 * scale), round(50 * scale), round(40 * scale), round(40 * scale)), QColor("blue"))
    painter.end()
    glass = scaled(Magnifier(id=0, x=50, y=50, w=40, h=40, tx=250, ty=150), scale)
    assert near(drawn(glass, base=base, scale=scale), 265, 165, "blue", scale, 5)
    hidden = drawn(glass, scaled(Hide(id=0, x=40, y=40, w=60, h=60), scale), base=base, scale=scale)
    assert near(hidden, 265, 165, "#16181A", scale, 5)


@pytest.mark.parametrize("cls", [Hide, Mosaic])
@pytest.mark.parametrize(
    "place", [(50.3, 60.7, 100.2, 50.1), (-20, -20, 80, 80), (350, 250, 400, 400), (0, 0, W, H), (10, 10, 1, 1), (0, 100, W, 30)]
)
def test_pixels_under_a_cover_change_no_byte_of_the_output(cls, place):
    x, y, w, h = place
    shapes = (
        cls(id=0, x=x, y=y, w=w, h=h),
        Mosaic(id=0, x=x + w - 5, y=y, w=60, h=40),
        Magnifier(id=0, x=max(0, x), y=max(0, y), w=40, h=30, tx=200, ty=200),
        Highlighter(id=0, points=((0, y + 5), (W, y + 5))),
        Spotlight(id=0, x=20, y=20, w=90, h=90),
    )
    covers = [s.bounds.pixels(W, H) for s in shapes if s.is_cover]
    first, second = noise(1), noise(1)
    other = noise(2)
    painter = QPainter(second)
    for left, top, right, bottom in covers:
        inside = QRect(left, top, right - left, bottom - top)
        painter.drawImage(inside, other, inside)
    painter.end()
    assert first != second
    assert picture.as_png(drawn(*shapes, base=first)) == picture.as_png(drawn(*shapes, base=second))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_hide_is_solid_and_a_mosaic_has_tiles_of_its_surroundings_at_each_scale(scale):
    base = ground("#2459A8", scale)
    painter = QPainter(base)
    painter.fillRect(QRect(round(100 * scale), round(60 * scale), round(80 * scale), round(40 * scale)), QColor("#FFD93B"))
    painter.end()
    place = {"x": 100, "y": 60, "w": 80, "h": 40}
    hidden = drawn(scaled(Hide(id=0, **place), scale), base=base, scale=scale)
    mixed = drawn(scaled(Mosaic(id=0, **place), scale), base=base, scale=scale)
    colours = set()
    for y in range(61, 99, 4):
        for x in range(101, 179, 4):
            assert near(hidden, x, y, "#16181A", scale, 0)
            assert near(mixed, x, y, "#2459A8", scale, 16), "nothing yellow shines through"
            colours.add(mixed.pixelColor(round(x * scale), round(y * scale)).name())
    assert len(colours) >= 3, "still seen as a mosaic"
    for image in (hidden, mixed):
        assert near(image, 98, 80, "#2459A8", scale, 0)
        assert near(image, 182, 80, "#2459A8", scale, 0)


def test_a_cover_grows_to_whole_pixels_and_no_farther():
    base = noise(3)
    after = drawn(Hide(id=0, x=50.6, y=60.4, w=10.1, h=10.1), base=base)
    assert changed_rect(base, after) == QRect(50, 60, 11, 11)


def test_a_cover_cannot_be_switched_off_by_the_eye():
    assert near(drawn(Hide(id=0, x=10, y=10, w=50, h=50, is_shown=False)), 30, 30, "#16181A", tolerance=0)


def test_a_mark_that_is_not_shown_is_not_there():
    base = noise(4)
    assert drawn(Box(id=0, x=10, y=10, w=50, h=50, is_shown=False), base=base) == base


def test_a_cropped_picture_holds_only_what_stays():
    base = noise(5)
    made = drawn(base=base, crop=Crop(30, 40, 100, 80))
    assert made == base.copy(30, 40, 100, 80)


def test_steps_show_their_place_among_the_steps():
    two = drawn(Number(id=0, x=50, y=50), Number(id=0, x=150, y=50))
    swapped = drawn(Number(id=0, x=150, y=50), Number(id=0, x=50, y=50))
    assert two != swapped


def test_a_file_that_leaves_has_no_word_beside_its_pixels(tmp_path):
    secret = b"Wrens-Camera-7731"
    info = PngInfo()
    info.add_text("Author", secret.decode())
    info.add_itxt("XML:com.adobe.xmp", secret.decode())
    image = Image.new("RGB", (64, 48), "green")
    exif = Image.Exif()
    exif[0x010F] = secret.decode()
    path = tmp_path / "a.png"
    image.save(path, "PNG", pnginfo=info, exif=exif, icc_profile=b"", dpi=(300, 300))
    path.write_bytes(path.read_bytes() + secret)
    for document in ({}, Document(64, 48).added(Hide(id=0, x=1, y=1, w=9, h=9)).to_json()):
        out = flatten(path, document)
        assert secret not in out
        kinds = [out[at + 4 : at + 8] for at in _chunks(out)]
        assert set(kinds) == {b"IHDR", b"IDAT", b"IEND"}
    photo = tmp_path / "b.jpg"
    image.save(photo, "JPEG", exif=exif, comment=secret)
    out = flatten(photo, {})
    assert out.startswith(b"\xff\xd8\xff")
    assert secret not in out
    with Image.open(io.BytesIO(out)) as made:
        assert not made.getexif()


def _chunks(data: bytes):
    at = 8
    while at < len(data):
        yield at
        at += 12 + int.from_bytes(data[at : at + 4], "big")


def test_a_photo_taken_sideways_is_marked_as_it_is_seen(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "a.jpg"
    Image.new("RGB", (40, 20), "white").save(path, "JPEG", exif=exif)
    with Image.open(io.BytesIO(flatten(path, Document(20, 40).added(Hide(id=0, x=0, y=30, w=20, h=10)).to_json()))) as made:
        assert made.size == (20, 40)
        assert made.getpixel((10, 38))[0] < 40
        assert made.getpixel((10, 5))[0] > 240


def test_a_document_of_another_picture_and_a_broken_one_are_refused(tmp_path):
    path = tmp_path / "a.png"
    ground().save(str(path))
    with pytest.raises(BadInput):
        flatten(path, Document(10, 10).added(Hide(id=0, x=0, y=0, w=5, h=5)).to_json())
    with pytest.raises(BadInput):
        flatten(path, {"annotations": 1, "shapes": [{"kind": "hide"}]})
    path.write_bytes(b"no picture")
    with pytest.raises(BadInput):
        flatten(path, {})


def test_flattening_works_in_a_thread_of_its_own(tmp_path):
    path = tmp_path / "a.png"
    noise(6).save(str(path))
    document = Document(W, H)
    for shape, _, _ in CASES.values():
        document = document.added(shape)
    here, there = flatten(path, document.to_json()), []
    thread = threading.Thread(target=lambda: there.append(flatten(path, document.to_json())))
    thread.start()
    thread.join(30)
    assert there == [here]


@pytest.mark.parametrize("name", ["drawing.svg", "drawing.png"])
def test_a_drawing_that_fetches_other_files_is_no_picture(tmp_path, name):
    Image.new("RGB", (50, 50), "red").save(tmp_path / "other.png")
    (tmp_path / name).write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='50' height='50'>"
        f"<image xlink:href='{tmp_path}/other.png' width='50' height='50'/></svg>"
    )
    with pytest.raises(BadInput):
        flatten(tmp_path / name, {})
