# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with a build.

FirmwareError
|- Corrupt        an image is not what the hub listed: `name`, `expected`, `got`
|- ImageMissing   an image is not on this PC: `name`
|- NoBuild        the hub lists no build that fits: `device`
`- NotConfirmed   the phone runs another build than was written: `expected`, `got`
"""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class FirmwareError(FirstlightError):
    """Root of this room's errors."""

    code = "firmware"


class Corrupt(FirmwareError):
    """Facts: `name`, `expected` and `got` (SHA-256, or sizes)."""

    code = "firmware.corrupt"
    retryable = True


class ImageMissing(FirmwareError):
    """Facts: `name`."""

    code = "firmware.image_missing"
    retryable = True


class NoBuild(FirmwareError):
    """Facts: `device`."""

    code = "firmware.no_build"


class NotConfirmed(FirmwareError):
    """Facts: `expected`, `got` ("" when the phone did not tell)."""

    code = "firmware.not_confirmed"
