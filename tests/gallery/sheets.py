# SPDX-License-Identifier: Apache-2.0
"""Contact sheets: nine pictures of one room and look on a page, each with its scene's name."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

ACROSS, DOWN = 3, 3
CELL, LINE, GAP = 640, 18, 8


def make(room: Path, look: str, target: Path) -> list[Path]:
    """Sheets of every picture of this room in this look."""
    pictures = sorted(room.glob(f"*.{look}.png"))
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for number, start in enumerate(range(0, len(pictures), ACROSS * DOWN), 1):
        path = target / f"{room.name}-{look.replace('.', '-')}-{number}.png"
        _sheet(pictures[start : start + ACROSS * DOWN], look).save(path)
        made.append(path)
    return made


def _sheet(pictures: list[Path], look: str) -> Image.Image:
    small = []
    for path in pictures:
        with Image.open(path) as picture:
            picture.thumbnail((CELL, CELL))
            small.append(picture.convert("RGB"))
    height = max(p.height for p in small) + LINE + GAP
    rows = -(-len(small) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (CELL + GAP) + GAP, rows * height + GAP), "#888888")
    draw = ImageDraw.Draw(sheet)
    for at, (path, picture) in enumerate(zip(pictures, small, strict=True)):
        x, y = GAP + at % ACROSS * (CELL + GAP), GAP + at // ACROSS * height
        draw.text((x, y), path.name.removesuffix(f".{look}.png"), fill="white")
        sheet.paste(picture, (x, y + LINE))
    return sheet
