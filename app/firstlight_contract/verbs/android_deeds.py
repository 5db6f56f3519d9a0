# SPDX-License-Identifier: Apache-2.0
"""Verbs that do something to phones and tablets: `device.*`, `fastboot.*`, `adb.*`, `heimdall.*`, `backup.keep`."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from firstlight_contract.verbs.doc import DeedDoc, Doc, GuideFileName, Partition, Seconds
from firstlight_contract.wire import Slug

PhonePath = Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9._/-]{1,240}$")]
"""A place on the phone, from its root."""
Size = Annotated[int, Field(ge=0, le=1 << 44)]
Slot = Literal["a", "b"]
HeimdallPartition = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_-]{0,31}$")]
_Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\x20-\x7e]+$")]


def _as_words(raw: object) -> object:
    return tuple(raw.split()) if isinstance(raw, str) else raw


def _as_part(raw: object) -> object:
    return {"partition": raw} if isinstance(raw, str) else raw


def _file_as_files(raw: object) -> object:
    """`file: x` is `files: [x]`."""
    if isinstance(raw, dict) and "file" in raw and "files" not in raw:
        return {k: v for k, v in raw.items() if k != "file"} | {"files": (raw["file"],)}
    return raw


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


class AdbReboot(DeedDoc):
    """Restart a started phone, or one in its recovery."""

    short: ClassVar[str] = "to"
    verb: Literal["adb.reboot"]
    to: Literal["system", "bootloader", "fastboot", "recovery", "sideload", "download", "edl"] = "system"


class AdbWait(DeedDoc):
    """Wait until the phone answers to adb: started, in its recovery, waiting for a package, or whichever comes first."""

    short: ClassVar[str] = "mode"
    verb: Literal["adb.wait"]
    mode: Literal["any", "system", "recovery", "sideload"] = "any"
    seconds: Seconds = 180


class AdbPush(DeedDoc):
    """Copy files of the guide to a folder of the phone, or one file to a place (`to` without `/` at its end)."""

    writes: ClassVar[bool] = True
    verb: Literal["adb.push"]
    files: tuple[GuideFileName, ...] = Field(min_length=1, max_length=24)
    to: PhonePath

    _one = model_validator(mode="before")(_file_as_files)

    @model_validator(mode="after")
    def _many_need_a_folder(self) -> Self:
        if ".." in self.to.split("/"):
            raise ValueError("a place on the phone is written without ..")
        if len(self.files) > 1 and not self.to.endswith("/"):
            raise ValueError("several files need a folder: `to` ends with /")
        return self

    def part_names(self) -> tuple[str, ...]:
        """Each file is a part."""
        return self.files

    def file_names(self) -> tuple[str, ...]:
        """What is copied."""
        return self.files


class AdbSideload(DeedDoc):
    """Give an update package to the phone's recovery, which checks and installs it. A phone that is started or in its recovery
    is asked to wait for the package first.
    """

    short: ClassVar[str] = "file"
    writes: ClassVar[bool] = True
    verb: Literal["adb.sideload"]
    file: GuideFileName

    def part_names(self) -> tuple[str, ...]:
        """The package is one part."""
        return (self.file,)

    def file_names(self) -> tuple[str, ...]:
        """The package."""
        return (self.file,)


class AdbFormat(DeedDoc):
    """Make an empty file system on a partition of a phone that stands in its recovery, at the place that its fstab names."""

    short: ClassVar[str] = "partition"
    writes: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    verb: Literal["adb.format"]
    partition: Partition


class AdbShell(DeedDoc):
    """Run a command on the phone, word by word; an exit status other than 0 is a failure. Only in guides that the programme has
    signed, and shown word for word before it runs.
    """

    short: ClassVar[str] = "run"
    writes: ClassVar[bool] = True
    device_shell: ClassVar[bool] = True
    verb: Literal["adb.shell"]
    run: Annotated[tuple[_Word, ...], BeforeValidator(_as_words)] = Field(min_length=1, max_length=40)
    seconds: Seconds = 60

    def shown(self) -> str:
        """The command as the phone gets it."""
        return " ".join(self.run)


class HeimdallPart(Doc):
    """A partition, as heimdall names it, and the guide's file for it."""

    partition: HeimdallPartition
    file: GuideFileName


class HeimdallFlash(DeedDoc):
    """Write images to a phone in its download mode. Needs the program `heimdall` on this PC; without it the tester is told so."""

    short: ClassVar[str] = "parts"
    writes: ClassVar[bool] = True
    verb: Literal["heimdall.flash"]
    parts: tuple[HeimdallPart, ...] = Field(min_length=1, max_length=32)

    def part_names(self) -> tuple[str, ...]:
        """Each partition is a part."""
        return tuple(dict.fromkeys(part.partition for part in self.parts))

    def file_names(self) -> tuple[str, ...]:
        """Their images."""
        return tuple(dict.fromkeys(part.file for part in self.parts))


class HeimdallWait(DeedDoc):
    """Wait until a phone in its download mode is there. Needs the program `heimdall` on this PC."""

    short: ClassVar[str] = "seconds"
    verb: Literal["heimdall.wait"]
    seconds: Seconds = 180


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
    AdbReboot,
    AdbWait,
    AdbPush,
    AdbSideload,
    AdbFormat,
    AdbShell,
    HeimdallFlash,
    HeimdallWait,
)
