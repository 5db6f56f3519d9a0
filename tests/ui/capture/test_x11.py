# SPDX-License-Identifier: Apache-2.0
"""Pictures of a real X11 desktop with two monitors, at 100, 150 and 200 % and with a scale for each: pixel for pixel what was there."""

from __future__ import annotations

import random

import pytest
from PySide6.QtGui import QImage

from fakes import x_desktop
from fakes.x_desktop import HEIGHT, MONITORS, WIDTH, Program

pytestmark = [
    pytest.mark.skipif(not x_desktop.is_installed(), reason="needs Xvfb, openbox, xdotool, xrandr"),
]
OURS = 0xFFFF00FF
SCALE_OF = {"100": (1.0, 1.0), "150": (1.5, 1.5), "200": (2.0, 2.0), "mixed": (1.0, 1.5)}
IN_THE_SUITE = "mixed"


@pytest.fixture(scope="module")
def desktop(tmp_path_factory):
    """A desktop with a picture over all of it."""
    path = tmp_path_factory.mktemp("pattern") / "ground.png"
    # Every pixel its own, so that a picture that is off by one anywhere is noticed.
    data = random.Random(5).randbytes(WIDTH * HEIGHT * 4)
    ground = QImage(data, WIDTH, HEIGHT, WIDTH * 4, QImage.Format.Format_RGB32).copy()
    ground.save(str(path), "PNG", 95)
    with x_desktop.desktop() as made:
        window = Program(made, "pattern_window.py", path)
        window.heard("ready")
        made.ground = ground
        yield made
        window.close()


@pytest.fixture(params=[pytest.param(s, marks=[pytest.mark.slow if s == IN_THE_SUITE else pytest.mark.long]) for s in SCALE_OF])
def taker(desktop, request, tmp_path):
    """A window of ours that takes pictures; `take` tells it to and answers the picture once it is there."""
    program = Program(desktop, "capturer.py", scale=request.param)
    program.heard("ready")
    program.scales = SCALE_OF[request.param]
    program.out = tmp_path / "shot.png"
    yield program
    program.close()


def answer(taker) -> tuple[QImage, float]:
    width, height, scale, is_back = taker.heard("done").split()
    image = QImage(str(taker.out)).convertToFormat(QImage.Format.Format_RGB32)
    assert (image.width(), image.height()) == (int(width), int(height))
    assert is_back == "True"
    return image, float(scale)


def ground_of(desktop, x, y, w, h) -> QImage:
    return desktop.ground.copy(x, y, w, h)


def test_pictures_are_pixel_for_pixel_what_was_there(desktop, taker):
    """All screens, one of them, a part of each, a window, a part by keyboard, and giving up."""
    left, right = MONITORS["LEFT"], MONITORS["RIGHT"]

    taker.tell(f"full 0 - {taker.out}")
    whole, scale = answer(taker)
    assert whole.size().toTuple() == (WIDTH, HEIGHT)
    assert scale == max(taker.scales)
    assert whole.copy(*left) == ground_of(desktop, *left)
    assert all(whole.pixel(x, y) != OURS for x in range(0, WIDTH, 40) for y in range(0, HEIGHT, 40))

    taker.tell(f"full 0 LEFT {taker.out}")
    image, scale = answer(taker)
    assert scale == taker.scales[0]
    assert image == ground_of(desktop, *left)

    for monitor, scale in zip((left, right), taker.scales, strict=True):
        x, y = monitor[0] + 60, monitor[1] + 620
        taker.tell(f"region 0 - {taker.out}")
        assert taker.heard("covers") == "2"
        desktop.drag((x, y), (x + 100, y + 50), (x + 330, y + 210))
        image, told = answer(taker)
        assert told == scale
        # A pixel to either side: the mouse has places in points of the screen.
        assert image.width() == pytest.approx(330, abs=2)
        assert image.height() == pytest.approx(210, abs=2)
        near = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        assert any(image == ground_of(desktop, x + dx, y + dy, image.width(), image.height()) for dx, dy in near)

    taker.tell(f"window 0 - {taker.out}")
    assert taker.heard("covers") == "2"
    desktop.do("mousemove", "--sync", 2400, 350)
    desktop.do("click", 1)
    page, _ = answer(taker)
    # The client and the frame round it, nothing of the ground.
    assert page.width() >= 420
    assert page.height() > 300
    place = next(
        w for w in (whole.copy(x, y, page.width(), page.height()) for x in range(2190, 2202) for y in range(170, 202)) if w == page
    )
    assert place == page

    taker.tell(f"window 0 - {taker.out}")
    taker.heard("covers")
    desktop.do("key", "Tab", "Return")
    assert answer(taker)[0] == page

    taker.tell(f"region 0 LEFT {taker.out}")
    assert taker.heard("covers") == "1"
    desktop.do("key", "Right", "shift+Down", "ctrl+Left", "Return")
    image, _ = answer(taker)
    assert image == ground_of(desktop, 500 - 1, 325, 1000, 650 + 10)

    taker.tell(f"region 0 - {taker.out}")
    taker.heard("covers")
    desktop.do("key", "Escape")
    assert taker.heard("failed") == "cancelled True"


@pytest.mark.long
def test_a_delayed_picture_has_neither_the_count_down_nor_our_window(desktop, taker):
    taker.tell(f"full 3 - {taker.out}")
    whole, _ = answer(taker)
    assert whole.copy(*MONITORS["LEFT"]) == ground_of(desktop, *MONITORS["LEFT"])
