# SPDX-License-Identifier: Apache-2.0
"""Verbs for cards, USB sticks and their images: `card.*`, `image.*`. A guide never names a disk: the tester does."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from firstlight_contract.verbs.doc import CheckDoc, DeedDoc, GuideFileName, Seconds
from firstlight_contract.wire import MAX_INT

_UNITS = {"kB": 1000, "MB": 1000**2, "GB": 1000**3, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


def _as_bytes(raw: object) -> object:
    """`4GB`, `512MiB`; a number is bytes."""
    if isinstance(raw, str):
        number = raw.rstrip("kKMGiB ")
        unit = raw[len(number) :].strip()
        if unit in _UNITS and number.isascii() and number.isdecimal() and len(number) < 10:
            return int(number) * _UNITS[unit]
    return raw


ByteCount = Annotated[int, Field(ge=1, le=MAX_INT), BeforeValidator(_as_bytes, json_schema_input_type=int | str)]
"""Bytes: a number, or `4GB`, `512MiB`."""


class CardExpect(CheckDoc):
    """Check: the card that the tester chose can be taken out, is none of the system's disks, and has room. `size`: bytes at least
    (`4GB`); `at_most`: more than this is no card of this device.
    """

    short: ClassVar[str] = "size"
    verb: Literal["card.expect"]
    size: ByteCount | None = None
    at_most: ByteCount | None = None
    removable: bool = True


class ImageVerify(CheckDoc):
    """Check: the card holds the image, read from the card and compared; with a block map only what that names."""

    short: ClassVar[str] = "file"
    verb: Literal["image.verify"]
    file: GuideFileName
    bmap: GuideFileName | None = None


class CardFind(DeedDoc):
    """Wait until the card that the tester chose is in, and bind the run to it."""

    short: ClassVar[str] = "seconds"
    verb: Literal["card.find"]
    seconds: Seconds = 60


class ImageWrite(DeedDoc):
    """Write an image to the card and read it back from the card: raw or Android sparse, packed as gz, xz, zst, bz2 or zip. What
    is on the card is lost. With a block map only what that names is written, and compared with its hashes.
    """

    writes: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    short: ClassVar[str] = "file"
    verb: Literal["image.write"]
    file: GuideFileName
    bmap: GuideFileName | None = None

    def part_names(self) -> tuple[str, ...]:
        """The card is one part."""
        return ("card",)

    def file_names(self) -> tuple[str, ...]:
        """Image and map."""
        return (self.file, self.bmap) if self.bmap else (self.file,)


CHECKS: tuple[type[CheckDoc], ...] = (CardExpect, ImageVerify)
DEEDS: tuple[type[DeedDoc], ...] = (CardFind, ImageWrite)
