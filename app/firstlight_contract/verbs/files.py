# SPDX-License-Identifier: Apache-2.0
"""Verbs for the files of a guide, all on this PC: `files.*`. A file is a name under `files:`, never a path."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from firstlight_contract.verbs.doc import CheckDoc, DeedDoc, GuideFileName


class FilesHere(CheckDoc):
    """Check: the file lies on this PC and is what the guide says."""

    short: ClassVar[str] = "name"
    verb: Literal["files.here"]
    name: GuideFileName


class FilesFetch(DeedDoc):
    """Bring files to this PC and compare their hashes: by the maker's signed repository, or from their address. What the tester
    brings by hand is looked for in the folder of files.
    """

    short: ClassVar[str] = "names"
    verb: Literal["files.fetch"]
    names: tuple[GuideFileName, ...] = Field(min_length=1, max_length=64)

    def file_names(self) -> tuple[str, ...]:
        """All of them."""
        return self.names


class FilesUnpack(DeedDoc):
    """Unpack an archive (zip, tar, gz, xz, bz2, zst) of the guide. Its files get the names `ARCHIVE NAME/INNER NAME` with every
    `/` written as `_`; `pick` renames single ones: `pick: {inner/boot.img: boot.img}`.
    """

    short: ClassVar[str] = "archive"
    verb: Literal["files.unpack"]
    archive: GuideFileName
    pick: dict[Annotated[str, Field(min_length=1, max_length=300)], GuideFileName] = Field(default_factory=dict, max_length=96)

    def file_names(self) -> tuple[str, ...]:
        """The archive."""
        return (self.archive,)


CHECKS: tuple[type[CheckDoc], ...] = (FilesHere,)
DEEDS: tuple[type[DeedDoc], ...] = (FilesFetch, FilesUnpack)
