# SPDX-License-Identifier: Apache-2.0
"""Verbs that do something to phones and tablets by their other programs: `adb.*`, `heimdall.*`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from firstlight_contract.verbs.doc import DeedDoc, Doc, GuideFileName, Partition, Seconds

PhonePath = Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9._/-]{1,240}$")]
"""A place on the phone, from its root."""
HeimdallPartition = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_-]{0,31}$")]
_Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\x20-\x7e]+$")]


def _as_words(raw: object) -> object:
    return tuple(raw.split()) if isinstance(raw, str) else raw


def _file_as_files(raw: object) -> object:
    """`file: x` is `files: [x]`."""
    if isinstance(raw, dict) and "file" in raw and "files" not in raw:
        return {k: v for k, v in raw.items() if k != "file"} | {"files": (raw["file"],)}
    return raw


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
    AdbReboot,
    AdbWait,
    AdbPush,
    AdbSideload,
    AdbFormat,
    AdbShell,
    HeimdallFlash,
    HeimdallWait,
)
