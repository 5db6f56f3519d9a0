# SPDX-License-Identifier: Apache-2.0
"""A picture as it leaves when no window is there to draw on it: its pixels alone, encoded anew, nothing else of the file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError

from firstlight.base.errors import FirstlightError
from firstlight.capture.photos import LONGEST_SIDE, upright

MOST_PIXELS = 120_000_000
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")


class PictureError(FirstlightError):
    """Base of this module's errors."""

    code = "cli.picture"


class NeedsWindow(PictureError):
    """The picture was drawn on; only the window can burn that in."""

    code = "cli.picture_needs_window"


class NotAPicture(PictureError):
    """The file is no picture that we read, or an absurdly large one."""

    code = "cli.not_a_picture"


def flatten(original: Path, annotations: Mapping[str, Any]) -> bytes:
    """The pixels of `original`, upright, without place, camera, comments or anything behind the picture's end."""
    if annotations.get("shapes") or annotations.get("crop") or annotations.get("turn"):
        raise NeedsWindow
    try:
        with Image.open(original, formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPicture
            kind = opened.format
            shown = upright(opened)
            mode = "RGBA" if shown.has_transparency_data else "RGB"
            # By way of premultiplied colours: what somebody made transparent lies in the file all the same.
            pixels = shown.convert("RGBA").convert("RGBa").convert("RGBA") if mode == "RGBA" else shown.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture from error
    # A new image has no `info`, from which encoders would take profiles and comments along.
    bare = Image.frombytes(mode, pixels.size, pixels.tobytes())
    out = io.BytesIO()
    if kind == "JPEG" and max(bare.size) <= LONGEST_SIDE:
        bare.save(out, "JPEG", quality=92)
    else:
        bare.save(out, "PNG")
    return out.getvalue()
