# SPDX-License-Identifier: Apache-2.0
"""Verbs that do something to phones and tablets in their bootloader: `device.*`, `fastboot.*`, `backup.keep`."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from firstlight_contract.verbs.doc import DeedDoc, Doc, GuideFileName, Partition, Seconds
from firstlight_contract.wire import Slug

Size = Annotated[int, Field(ge=0, le=1 << 44)]
Slot = Literal["a", "b"]


def _as_part(raw: object) -> object:
    return {"partition": raw} if isinstance(raw, str) else raw


class DeviceFind(DeedDoc):
    """Wait until the run's phone answers and stands in its bootloader; a started phone is asked to go there."""

    short: ClassVar[str] = "seconds"
    verb: Literal["device.find"]
    seconds: Seconds = 60


class DeviceBack(DeedDoc):
    """Wait until the phone has started again."""

    short: ClassVar[str] = "seconds"
    verb: Literal["device.back"]
    seconds: Seconds = 180


class BackupKeep(DeedDoc):
    """Read partitions of the phone and keep them in the run's folder; read twice and compared."""

    short: ClassVar[str] = "parts"
    verb: Literal["backup.keep"]
    parts: tuple[Partition, ...] = Field(min_length=1, max_length=8)


class FlashPart(Doc):
    """A partition and the image for it: a name under `files:` of the guide; without it, the chosen build's image for the partition.

    `raw`: the file is a kernel, from which a boot image is made. `slot`: not the slot that runs. The two `disable_` flags change
    the head of a vbmeta image on the way.
    """

    partition: Partition
    file: GuideFileName | None = None
    slot: Literal["a", "b", "all", "other"] | None = None
    raw: bool = False
    disable_verity: bool = False
    disable_verification: bool = False


class FastbootFlash(DeedDoc):
    """Write images, part by part, in this order: those of the chosen build (`parts: [boot, system]`), or files of the guide
    (`- {partition: boot, file: boot.img}`).
    """

    short: ClassVar[str] = "parts"
    writes: ClassVar[bool] = True
    verb: Literal["fastboot.flash"]
    parts: tuple[Annotated[FlashPart, BeforeValidator(_as_part)], ...] = Field(min_length=1, max_length=96)

    def named(self) -> tuple[tuple[str, FlashPart], ...]:
        """Each part with a name of its own: the partition's, and a number behind it when it comes again."""
        seen: Counter[str] = Counter()
        found = []
        for part in self.parts:
            seen[part.partition] += 1
            times = seen[part.partition]
            found.append((part.partition if times == 1 else f"{part.partition}#{times}", part))
        return tuple(found)

    def part_names(self) -> tuple[str, ...]:
        """Each partition is a part."""
        return tuple(name for name, _ in self.named())

    def file_names(self) -> tuple[str, ...]:
        """Of the parts that are not of a build."""
        return tuple(dict.fromkeys(part.file for part in self.parts if part.file))


class FastbootErase(DeedDoc):
    """Erase a partition."""

    short: ClassVar[str] = "partition"
    writes: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    verb: Literal["fastboot.erase"]
    partition: Partition


class FastbootFormat(DeedDoc):
    """Make an empty file system on a partition: `type` and `size` as the bootloader tells them, when not given here."""

    short: ClassVar[str] = "partition"
    writes: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    verb: Literal["fastboot.format"]
    partition: Partition
    type: Literal["ext4", "f2fs"] | None = None
    size: Size | None = None


class FastbootBoot(DeedDoc):
    """Start an image without writing it, mostly a recovery."""

    short: ClassVar[str] = "file"
    sends: ClassVar[bool] = True
    verb: Literal["fastboot.boot"]
    file: GuideFileName

    def file_names(self) -> tuple[str, ...]:
        """The image."""
        return (self.file,)


class FastbootSetActive(DeedDoc):
    """Choose the slot that starts from now on."""

    short: ClassVar[str] = "slot"
    writes: ClassVar[bool] = True
    verb: Literal["fastboot.set_active"]
    slot: Slot


class FastbootReboot(DeedDoc):
    """Leave the bootloader: for the system, for the bootloader again, for `fastboot` (Android's own, which knows the logical
    partitions) or for the recovery.
    """

    short: ClassVar[str] = "to"
    verb: Literal["fastboot.reboot"]
    to: Literal["system", "bootloader", "fastboot", "recovery"] = "system"


class FastbootContinue(DeedDoc):
    """Start as if nobody had asked for the bootloader."""

    verb: Literal["fastboot.continue"]


class FastbootWait(DeedDoc):
    """Wait until the phone answers in its bootloader or in fastbootd; hands may bring it there."""

    short: ClassVar[str] = "seconds"
    verb: Literal["fastboot.wait"]
    seconds: Seconds = 180


class _Logical(DeedDoc):
    """A logical partition inside super; the phone must stand in fastbootd."""

    writes: ClassVar[bool] = True
    partition: Partition


class FastbootCreateLogical(_Logical):
    """Make a logical partition of `size` bytes. The phone must stand in fastbootd."""

    verb: Literal["fastboot.create_logical_partition"]
    size: Size


class FastbootResizeLogical(_Logical):
    """Give a logical partition another size in bytes. The phone must stand in fastbootd."""

    erases: ClassVar[bool] = True
    verb: Literal["fastboot.resize_logical_partition"]
    size: Size


class FastbootDeleteLogical(_Logical):
    """Delete a logical partition; one that is not there is deleted already. The phone must stand in fastbootd."""

    short: ClassVar[str] = "partition"
    erases: ClassVar[bool] = True
    verb: Literal["fastboot.delete_logical_partition"]


class FastbootWipeSuper(DeedDoc):
    """Make all logical partitions afresh from the maker's empty super image. Never repeated by itself: what was in them is gone."""

    short: ClassVar[str] = "file"
    writes: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    verb: Literal["fastboot.wipe_super"]
    file: GuideFileName

    def file_names(self) -> tuple[str, ...]:
        """The empty super image."""
        return (self.file,)


class FastbootUnlock(DeedDoc):
    """Unlock the bootloader, which erases the phone. `code` names the guide's question for the maker's unlock code."""

    short: ClassVar[str] = "how"
    writes: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    verb: Literal["fastboot.unlock"]
    how: Literal["oem", "flashing", "critical"] = "flashing"
    code: Slug | None = None


class FastbootLock(DeedDoc):
    """Lock the bootloader, which erases the phone. Never repeated by itself: with a build that is not its maker's, a locked phone
    does not start.
    """

    short: ClassVar[str] = "how"
    writes: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    verb: Literal["fastboot.lock"]
    how: Literal["oem", "flashing"] = "flashing"


class FastbootUpdate(DeedDoc):
    """Write a whole `fastboot update` zip; the fastboot program compares it with the phone and restarts it. `wipe` erases the data."""

    short: ClassVar[str] = "file"
    writes: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    verb: Literal["fastboot.update"]
    file: GuideFileName
    wipe: bool = False

    def part_names(self) -> tuple[str, ...]:
        """The zip is one part."""
        return (self.file,)

    def file_names(self) -> tuple[str, ...]:
        """The zip."""
        return (self.file,)


DEEDS: tuple[type[DeedDoc], ...] = (
    DeviceFind,
    DeviceBack,
    BackupKeep,
    FastbootFlash,
    FastbootErase,
    FastbootFormat,
    FastbootBoot,
    FastbootSetActive,
    FastbootReboot,
    FastbootContinue,
    FastbootWait,
    FastbootCreateLogical,
    FastbootResizeLogical,
    FastbootDeleteLogical,
    FastbootWipeSuper,
    FastbootUnlock,
    FastbootLock,
    FastbootUpdate,
)
