# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with an image file or with the card that it is written to.

ImagingError
|- ImageUnreadable   `name`, `reason`: missing | denied | kind | empty (before the first byte) | gone | damaged | short | greedy | other
|- ImageTooLarge     `name`, `need`, `has`; more bytes than the card holds; `reason` before: seen before the first byte
|- MapWrong          `name`, `reason`: unreadable | other_image | range; the block map is not this image's
|- TargetRefused     `path`, `reason`: a Why of disks, or missing | same_file | folder | link; nothing was written
|- TargetChanged     `path`, `expected`, `found`; another card than the one that was checked; nothing was written
|- TargetDenied      `path`; this user may not open it
|- TargetBusy        `path`; something holds it
|- TargetFull        `path`, `at`; it took no more, though it said that it is larger
|- TargetGone        retryable; `path`, `at`, `total`; it left while it was written or read; `reason` silent: `seconds` without a word
|- BadBlock          `path`, `at`; it is there and cannot keep this place
|- NotVerified       `path`, `at`, `count`, `reason`: wraps | empty | differs; what was read back is not what was written
`- WriterFailed      `reason`: start | silent | refused | words; the process that writes gave no answer
"""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class ImagingError(FirstlightError):
    """Root of this room's errors."""

    code = "imaging"


class ImageUnreadable(ImagingError):
    """The image file cannot be unpacked to its end."""

    code = "imaging.image_unreadable"


class ImageTooLarge(ImagingError):
    """The image is larger than the card."""

    code = "imaging.too_large"


class MapWrong(ImagingError):
    """The block map does not belong to the image, or is none."""

    code = "imaging.map_wrong"


class TargetRefused(ImagingError):
    """A place that is never written to."""

    code = "imaging.refused"


class TargetChanged(ImagingError):
    """Not the card that was checked."""

    code = "imaging.changed"


class TargetDenied(ImagingError):
    """The system asks for more rights."""

    code = "imaging.denied"


class TargetBusy(ImagingError):
    """Something else uses the card."""

    code = "imaging.busy"
    retryable = True


class TargetFull(ImagingError):
    """No room left where there should be some."""

    code = "imaging.full"


class TargetGone(ImagingError):
    """The card or its reader left."""

    code = "imaging.gone"
    retryable = True


class BadBlock(ImagingError):
    """One place of the card is worn out."""

    code = "imaging.bad_block"


class NotVerified(ImagingError):
    """Read back, and different."""

    code = "imaging.not_verified"


class WriterFailed(ImagingError):
    """The writing process ended without an answer."""

    code = "imaging.writer"
    retryable = True


BY_CODE: dict[str, type[ImagingError]] = {
    c.code: c
    for c in (
        ImageUnreadable,
        ImageTooLarge,
        MapWrong,
        TargetRefused,
        TargetChanged,
        TargetDenied,
        TargetBusy,
        TargetFull,
        TargetGone,
        BadBlock,
        NotVerified,
        WriterFailed,
    )
}
"""For whoever reads the writer's JSON."""
