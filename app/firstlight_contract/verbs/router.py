# SPDX-License-Identifier: Apache-2.0
"""Verbs for routers by SSH and in recovery: `ssh.*`, `tftp.*`, `router.*`. A guide never names an address: the tester does."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from firstlight_contract.verbs.doc import CheckDoc, DeedDoc, GuideFileName, Partition, Seconds, Value
from firstlight_contract.wire import Slug

Board = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9,._-]{0,79}$")]
"""A board as the router names it: `aurora,r1`."""


def _as_list(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else raw


Boards = Annotated[tuple[Board, ...], Field(min_length=1, max_length=16), BeforeValidator(_as_list)]
BootName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.+/-]{0,119}$")]
"""A name that a bootloader asks for; `..` is refused when it asks."""
Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\x20-\x7e]+$")]
"""A word of a command, as it is: no shell of the PC ever sees it, and the router's shell gets it quoted."""


class Image:
    """Mixed into verbs that need an image: a file of the guide, else the part `part` of the chosen build."""

    file: GuideFileName | None
    part: Partition

    def file_names(self) -> tuple[str, ...]:
        """The file, when the guide names one."""
        return (self.file,) if self.file else ()


class SshExpect(CheckDoc):
    """Check: the router tells this value of itself."""

    verb: Literal["ssh.expect"]
    name: Literal["board", "model", "build", "revision", "compat_version", "hostname"]
    is_: Value = Field(alias="is")


class SshBoard(CheckDoc):
    """Check: the router is one of these boards, by the name that it gives itself. Say it in every step that writes."""

    short: ClassVar[str] = "is"
    verb: Literal["ssh.board"]
    is_: Boards = Field(alias="is")


class SshCompat(Image, CheckDoc):
    """Check: the image says that it is for this board and for the layout of its flash; a smaller step of the layout needs fresh
    settings. `keep` as in `ssh.sysupgrade`.
    """

    short: ClassVar[str] = "file"
    verb: Literal["ssh.compat"]
    file: GuideFileName | None = None
    part: Partition = "firmware"
    keep: bool = True
    keep_if: Slug | None = None


class SshSpace(Image, CheckDoc):
    """Check: the router has memory for the image and for what the flash itself needs."""

    short: ClassVar[str] = "file"
    verb: Literal["ssh.space"]
    file: GuideFileName | None = None
    part: Partition = "firmware"


class SshKept(CheckDoc):
    """Check: the copy of the settings that `ssh.backup` made lies on this PC, whole, and is this router's; may be overridden."""

    verb: Literal["ssh.kept"]


class TftpAlone(CheckDoc):
    """Check: the adapter that the tester chose is up and has its address, and nobody else hands out addresses on its cable."""

    verb: Literal["tftp.alone"]


class SshFind(DeedDoc):
    """Wait until the router that the tester named answers, and bind the run to it."""

    short: ClassVar[str] = "seconds"
    verb: Literal["ssh.find"]
    seconds: Seconds = 60


class SshBackup(DeedDoc):
    """Copy the router's settings to this PC and read the copy back."""

    verb: Literal["ssh.backup"]


class SshUpload(Image, DeedDoc):
    """Send the image into the router's memory and compare the hash that the router computes. Its flash is not touched."""

    short: ClassVar[str] = "file"
    sends: ClassVar[bool] = True
    verb: Literal["ssh.upload"]
    file: GuideFileName | None = None
    part: Partition = "firmware"

    def part_names(self) -> tuple[str, ...]:
        """One bar."""
        return (self.part,)


class SshCheckImage(DeedDoc):
    """Let the router look at the image that was sent (`sysupgrade -T`), its signature included where the router checks one."""

    verb: Literal["ssh.check_image"]
    keep: bool = True
    keep_if: Slug | None = None


class SshSysupgrade(Image, DeedDoc):
    """Flash the image that was sent, and start again. `keep`: the settings stay; `keep_if` names a yes-or-no question of the guide
    that decides it instead. What lies in the router's memory is compared once more; when it is gone, it is sent again.
    """

    short: ClassVar[str] = "file"
    writes: ClassVar[bool] = True
    verb: Literal["ssh.sysupgrade"]
    file: GuideFileName | None = None
    part: Partition = "firmware"
    keep: bool = True
    keep_if: Slug | None = None


class SshWait(DeedDoc):
    """Wait until the router is back with the new build. It tells apart: rolled back, never back, still starting, never restarted.
    Put it into the step that flashes: when that is tried again, it flashes again.
    """

    short: ClassVar[str] = "seconds"
    verb: Literal["ssh.wait"]
    seconds: Seconds = 300
    build: Value | None = None


class SshRun(DeedDoc):
    """Run one command on the router; only in a guide that the programme signed, and shown word for word before."""

    short: ClassVar[str] = "argv"
    device_shell: ClassVar[bool] = True
    verb: Literal["ssh.run"]
    argv: Annotated[tuple[Word, ...], Field(min_length=1, max_length=24), BeforeValidator(_as_list)]
    seconds: Seconds = 30

    def shown(self) -> str:
        """The command as it will be run."""
        return " ".join(self.argv)


class TftpFind(DeedDoc):
    """Bind the run to the router that the tester named by adapter and MAC. In its bootloader it cannot be asked more."""

    verb: Literal["tftp.find"]


class TftpServe(DeedDoc):
    """Rescue a router that asks for a file: DHCP or BOOTP and TFTP on the adapter and for the one router that the tester named, until
    it has the file. `names` are what it may ask for (the file's own name when not given), `any_name` answers to every name.
    """

    short: ClassVar[str] = "file"
    writes: ClassVar[bool] = True
    verb: Literal["tftp.serve"]
    file: GuideFileName
    names: Annotated[tuple[BootName, ...], Field(max_length=16), BeforeValidator(_as_list)] = ()
    any_name: bool = False
    seconds: Seconds = 300

    def part_names(self) -> tuple[str, ...]:
        """One bar."""
        return ("rescue",)

    def file_names(self) -> tuple[str, ...]:
        """The one file."""
        return (self.file,)


class TftpPush(DeedDoc):
    """Rescue a router that takes a file by TFTP for a moment while it starts: knock each second, then send."""

    short: ClassVar[str] = "file"
    writes: ClassVar[bool] = True
    verb: Literal["tftp.push"]
    file: GuideFileName
    name: BootName | None = None
    seconds: Seconds = 300

    def part_names(self) -> tuple[str, ...]:
        """One bar."""
        return ("rescue",)

    def file_names(self) -> tuple[str, ...]:
        """The one file."""
        return (self.file,)


class RouterBack(DeedDoc):
    """After a rescue: wait until the router answers by SSH again; `build` says which build it must then name. Put it into the step
    that serves or pushes: when that is tried again, the file is sent again.
    """

    short: ClassVar[str] = "seconds"
    verb: Literal["router.back"]
    seconds: Seconds = 300
    build: Value | None = None
    board: Boards | None = None


CHECKS: tuple[type[CheckDoc], ...] = (SshExpect, SshBoard, SshCompat, SshSpace, SshKept, TftpAlone)
DEEDS: tuple[type[DeedDoc], ...] = (
    SshFind,
    SshBackup,
    SshUpload,
    SshCheckImage,
    SshSysupgrade,
    SshWait,
    SshRun,
    TftpFind,
    TftpServe,
    TftpPush,
    RouterBack,
)
