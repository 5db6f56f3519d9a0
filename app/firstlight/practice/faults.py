# SPDX-License-Identifier: Apache-2.0
"""What may go wrong with a practice device, chosen by the tester or a test: parsed from `name` or `name:number`.

`ROWS` is the one table of faults for all kinds of practice devices: `practice --fault` and `guide rehearse` read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from firstlight.base.errors import BadInput


@dataclass(frozen=True)
class Faults:
    """All faults; percentages are of the bytes of a whole build or image, since the device last began to take one."""

    cable_out: int | None = None
    """The cable goes at this percentage."""
    stall: int | None = None
    """The device stops answering at this percentage, with the cable in."""
    bad_block: int | None = None
    """From this percentage on, what is written does not stick and the device says so."""
    low_battery: int | None = None
    """Charge in percent."""
    locked: bool = False
    wrong_product: bool = False
    wrong_board: bool = False
    newer_rollback: bool = False
    """The anti-rollback counter is above what any build has."""
    boot_fails: bool = False
    """The written build does not start; the device falls back into its bootloader, or to the build before."""
    reboot_loop: bool = False
    """The device starts again and again and never answers."""
    full_cache: bool = False
    """No room where the device puts what it is sent: /cache of a phone, /tmp of a router."""
    never_back: bool = False
    """After the flash nothing is heard of it any more."""
    wrong_mac: bool = False
    """Another router than the expected one asks for the rescue image."""
    asks_outside: bool = False
    """The bootloader asks for a file outside of what it is offered."""
    unauthorised: bool = False
    """The phone has not allowed this PC yet."""
    fake_size: int | None = None
    """A card holds only this percentage of what it says; what goes behind that lands on its beginning."""
    full: int | None = None
    """From this percentage on a card says that there is no room."""
    too_small: bool = False
    """A card of 1 MiB."""
    read_only: bool = False
    """The little switch of the card is on."""
    swapped: bool = False
    """Another card sits in the reader once somebody has looked at this one twice."""


@dataclass(frozen=True)
class Row:
    """One fault as the command line knows it: which kinds of devices can have it, and its number if it takes one."""

    kinds: tuple[str, ...]
    about: str
    low: int = 0
    high: int = 0
    default: int = 0

    @property
    def has_number(self) -> bool:
        """Whether `name:number` may be said."""
        return self.high > 0


_ALL = ("phone", "router", "recovery", "card")
ROWS: dict[str, Row] = {
    "cable-out": Row(_ALL, "the cable goes at N %", 1, 99, 62),
    "stall": Row(_ALL, "it says nothing more from N % on", 1, 99, 50),
    "bad-block": Row(("phone", "router", "recovery", "card"), "what is written from N % on does not stick", 1, 99, 40),
    "low-battery": Row(("phone",), "charged to N %", 0, 39, 12),
    "locked": Row(("phone",), "its bootloader takes no images"),
    "wrong-product": Row(("phone", "router"), "another model that looks the same"),
    "wrong-board": Row(("phone",), "another revision of the board"),
    "newer-rollback": Row(("phone",), "its anti-rollback counter is above every build"),
    "boot-fails": Row(("phone", "router"), "the new build does not start"),
    "reboot-loop": Row(("phone", "router", "recovery"), "it starts again and again and never answers"),
    "full-cache": Row(("phone", "router"), "no room for what is sent"),
    "never-back": Row(("router",), "after the flash nothing is heard of it"),
    "wrong-mac": Row(("recovery",), "another router asks than the expected one"),
    "asks-outside": Row(("recovery",), "it asks for a file that is not offered, by ../.."),
    "unauthorised": Row(("phone",), "it has not allowed this PC"),
    "fake-size": Row(("card",), "it holds N % of what it says, and writes the rest over its beginning", 1, 99, 50),
    "full": Row(("card",), "it takes no more from N % on", 1, 99, 70),
    "too-small": Row(("card",), "it is too small for every image"),
    "read-only": Row(("card",), "its switch is on read-only"),
    "swapped": Row(("card",), "another card sits there when writing begins"),
}
NAMES = tuple(ROWS)


def names_for(kind: str) -> tuple[str, ...]:
    """Faults that a practice device of this kind can have."""
    return tuple(name for name, row in ROWS.items() if kind in row.kinds)


def parse(words: Iterable[str], kind: str = "phone") -> Faults:
    """Faults of the command line; BadInput names the one that is none."""
    known = {f.name for f in fields(Faults)}
    values: dict[str, int | bool] = {}
    for word in words:
        name, colon, number = word.partition(":")
        row = ROWS.get(name)
        if row is None or kind not in row.kinds or name.replace("-", "_") not in known:
            raise BadInput(path=word, line=0, why=f"not a fault of a {kind}; there are " + ", ".join(names_for(kind)))
        if colon and not (row.has_number and number.isascii() and number.isdecimal()):
            raise BadInput(path=word, line=0, why="a number is wanted behind the colon" if row.has_number else "takes no number")
        value = int(number[:9]) if colon else row.default
        if row.has_number and not row.low <= value <= row.high:
            raise BadInput(path=word, line=0, why=f"between {row.low} and {row.high}")
        values[name.replace("-", "_")] = value if row.has_number else True
    return Faults(**values)  # type: ignore[arg-type]  # names and kinds were checked above
