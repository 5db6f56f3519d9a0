# SPDX-License-Identifier: Apache-2.0
"""What can go wrong while evidence is gathered."""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class CaptureError(FirstlightError):
    """The root of this room."""

    code = "capture"


class NothingCaptured(CaptureError):
    """No picture came. Facts: `why`; `reason` cancelled, denied, empty, timeout or no_portal has a sentence of its own."""

    code = "capture.nothing"


class TooLarge(CaptureError):
    """More than we take. Facts: `name`, `limit_bytes`."""

    code = "capture.too_large"


class NotAPhoto(CaptureError):
    """The file is no picture that we read. Facts: `name`."""

    code = "capture.not_a_photo"
