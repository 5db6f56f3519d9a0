# SPDX-License-Identifier: Apache-2.0
"""Photos as they are kept: pixels alone, upright. Place, camera, time, thumbnails, comments and what hangs behind the end stay out."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from firstlight.capture.errors import NotAPhoto, TooLarge

MOST_PIXELS = 120_000_000
LONGEST_SIDE = 65_500
"""Of a JPEG."""
MOST_BYTES = 256 << 20
QUALITY = 92
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")


def clean(source: Path | bytes) -> bytes:
    """A JPEG of the photo's pixels. Raises NotAPhoto, TooLarge."""
    name = source.name if isinstance(source, Path) else "photo"
    try:
        size = source.stat().st_size if isinstance(source, Path) else len(source)
        if size > MOST_BYTES:
            raise TooLarge(name=name, limit_bytes=MOST_BYTES)
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source if isinstance(source, Path) else io.BytesIO(source), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS or max(opened.size) > LONGEST_SIDE:
                    raise TooLarge(name=name, limit_bytes=MOST_BYTES)
                pixels = _on_white(upright(opened))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise NotAPhoto(name=name) from error
    # A new image has no `info`, from which the encoder would take profiles and comments along.
    bare = Image.frombytes("RGB", pixels.size, pixels.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(image: Image.Image) -> Image.Image:
    """Turned as its EXIF says. ImageOps does the same, but writes the rest of the EXIF anew and dies of what is broken in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of what is broken in it: nothing of it is kept
        turn = image.getexif().get(0x0112)
    return image.transpose(_TURNS[turn]) if isinstance(turn, int) and turn in _TURNS else image


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")
