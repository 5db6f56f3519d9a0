# SPDX-License-Identifier: Apache-2.0
"""A phone in its bootloader, by whatever speaks fastboot: the tester's own program, else our client for TCP addresses.

Every call has a deadline: questions 10 s, a reboot 30 s, a flash one second a megabyte and 60 s, and three minutes of silence end
it before. A flash is never cut off by a cancel: half a part does not start; whoever wants to stop waits for its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ASK_S = 10.0
REBOOT_S = 30.0
BACK_S = 90.0
"""A reboot that is only through when the phone has come back."""
ERASE_S = 300.0
GIVE_UP_S = 180.0
"""Silence inside a flash that ends it: what a slow phone needs for a piece is far below."""


def flash_deadline_s(size: int) -> float:
    """How long writing `size` bytes may take."""
    return 60.0 + size / 1_000_000


def _ignore(*_: object) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Watch:
    """Who wants to know how a flash goes: bytes, console lines (text, tone), silence in seconds (0: it speaks again)."""

    moved: Callable[[int, int], None] = _ignore
    said: Callable[[str, str], None] = _ignore
    silent: Callable[[int], None] = _ignore


@dataclass(frozen=True)
class FlashOptions:
    """How an image is written."""

    slot: str = ""
    """a | b | all | other; "" is the slot that runs, as the bootloader has it."""
    disable_verity: bool = False
    disable_verification: bool = False
    """These two change the flags in the head of a vbmeta image on the way."""
    is_raw: bool = False
    """The image is a kernel, from which a boot image is made; only the program can."""


PLAIN = FlashOptions()


@dataclass(frozen=True)
class Order:
    """A command without an image: the program's words, the wire's command, and how long it may take."""

    words: tuple[str, ...]
    wire: str
    deadline_s: float = ASK_S
    leaves: bool = False
    """The phone goes away with it; hanging up instead of an answer is no fault."""


def erase(partition: str) -> Order:
    """All of a partition; big ones take long."""
    return Order(("erase", partition), f"erase:{partition}", ERASE_S)


def format_by_program(partition: str, kind: str, size: int) -> Order:
    """By the program alone: it makes the file system itself, if it can."""
    return Order((f"format:{kind}:{size:#x}", partition), "", ERASE_S)


def set_active(slot: str) -> Order:
    """The slot that starts from now on."""
    return Order(("set_active", slot), f"set_active:{slot}")


def create_logical(partition: str, size: int) -> Order:
    """Inside super; only fastbootd can."""
    return Order(("create-logical-partition", partition, str(size)), f"create-logical-partition:{partition}:{size}", REBOOT_S)


def resize_logical(partition: str, size: int) -> Order:
    """As above."""
    return Order(("resize-logical-partition", partition, str(size)), f"resize-logical-partition:{partition}:{size}", REBOOT_S)


def delete_logical(partition: str) -> Order:
    """As above."""
    return Order(("delete-logical-partition", partition), f"delete-logical-partition:{partition}", REBOOT_S)


def reboot_to(to: str) -> Order:
    """`system`, `bootloader`, `fastboot` (fastbootd) or `recovery`."""
    if to == "system":
        return Order(("reboot",), "reboot", REBOOT_S, leaves=True)
    return Order(("reboot", to), f"reboot-{to}", BACK_S if to == "fastboot" else REBOOT_S, leaves=True)


def go_on() -> Order:
    """Start as if nobody had asked for the bootloader."""
    return Order(("continue",), "continue", REBOOT_S, leaves=True)


def unlock(how: str, code: str = "") -> Order:
    """`oem` (with a code where the maker wants one), `flashing` or `critical`; erases the phone."""
    flashing = ("flashing", "unlock_critical" if how == "critical" else "unlock")
    words = ("oem", "unlock", *((code,) if code else ())) if how == "oem" else flashing
    return Order(words, " ".join(words), ERASE_S)


def lock(how: str) -> Order:
    """The other way round; a phone with a build that is not its maker's does not start afterwards."""
    words = ("oem", "lock") if how == "oem" else ("flashing", "lock")
    return Order(words, " ".join(words), ERASE_S)


class Fastboot(Protocol):
    """One phone at one address. Raises DeviceLost, DeviceStalled, DeviceRefused and its kinds, ToolMissing, ToolFailed."""

    @property
    def address(self) -> str:
        """As `fastboot -s` takes it: a serial number or tcp:HOST:PORT."""

    @property
    def speaker(self) -> str:
        """What talks to it, for the console's heading: "fastboot 35.0.2" or "Firstlight"."""

    def getvar(self, name: str) -> str:
        """A variable of the bootloader; "" when it knows none of that name."""

    def flash(self, partition: str, image: Path, watch: Watch, options: FlashOptions = PLAIN) -> None:
        """Write an image; when this returns, the phone has said OKAY to all of it."""

    def boot(self, image: Path, watch: Watch) -> None:
        """Start an image without writing it."""

    def wipe_super(self, image: Path, watch: Watch) -> None:
        """Make all logical partitions afresh, by the empty super image of the maker. Cannot be taken back."""

    def give(self, order: Order) -> str:
        """Any command without an image; the answer is what the phone said."""

    def fetch(self, partition: str, target: Path) -> int:
        """Read a partition into a file; the answer is its size."""

    def reboot(self, to: str) -> None:
        """As `give(reboot_to(to))`."""
