# SPDX-License-Identifier: Apache-2.0
"""What can go wrong while evidence is gathered."""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class CaptureError(FirstlightError):
    """The root of this room."""

    code = "capture"


class NothingCaptured(CaptureError):
    """No picture came. Facts: `why`; `reason` cancelled, denied, empty, timeout, late or no_portal has a sentence of its own."""

    code = "capture.nothing"


class TooLarge(CaptureError):
    """More than we take. Facts: `name`, `limit_bytes`."""

    code = "capture.too_large"


class NotAPhoto(CaptureError):
    """The file is no picture that we read. Facts: `name`."""

    code = "capture.not_a_photo"


class NoPhotoCame(CaptureError):
    """Nobody sent a photo from a phone in time, or what was sent held none. Facts: `why`."""

    code = "capture.no_photo"


class NoNetwork(CaptureError):
    """This PC is on no local network that a phone could reach it by."""

    code = "capture.no_network"


class NotRead(CaptureError):
    """The program that reads words in pictures failed. Facts: `why`."""

    code = "capture.not_read"


class LogNotRead(CaptureError):
    """No log came. Facts: `source`, `why`; `reason` port_denied, port_busy, port_gone, timeout or empty has a sentence of its own."""

    code = "capture.log"
