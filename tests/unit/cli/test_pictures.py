# SPDX-License-Identifier: Apache-2.0
"""A picture that leaves without a window: its pixels alone, and of those only what can be seen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from firstlight.cli.pictures import NeedsWindow, flatten


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_somebody_made_transparent_is_gone(tmp_path: Path, kind: str) -> None:
    erased = Image.new("RGBA", (8, 4), (200, 10, 77, 0))
    erased.putpixel((1, 1), (9, 8, 7, 255))
    erased.save(tmp_path / "x", kind, **({"lossless": True, "exact": True} if kind == "WEBP" else {}))
    made = Image.open(io.BytesIO(flatten(tmp_path / "x", {})))
    assert made.getpixel((0, 0)) == (0, 0, 0, 0)
    assert made.getpixel((1, 1)) == (9, 8, 7, 255)


def test_a_picture_that_was_turned_needs_the_window(tmp_path: Path) -> None:
    Image.new("RGB", (8, 4)).save(tmp_path / "x.png")
    with pytest.raises(NeedsWindow):
        flatten(tmp_path / "x.png", {"annotations": 2, "turn": 1, "shapes": [], "crop": None})
