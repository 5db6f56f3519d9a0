# SPDX-License-Identifier: Apache-2.0
"""Images of builds on this PC, by content: fetched once, hashed before use and again before each write.

A file with a wrong hash is removed as soon as that is seen, so that the next fetch brings it anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from firstlight.base.work import Work
from firstlight.firmware.errors import Corrupt, ImageMissing
from firstlight_contract.firmware import ImageFile, Release

Download = Callable[[int, ImageFile, Path, Work], None]
"""Bring one file of an account's hub to a path, complete and hashed, or raise: `hublink.downloads.fetch` with its client."""
_PIECE = 1 << 20


class Images:
    """The folder of images, and how they come here."""

    def __init__(self, root: Path, download: Download) -> None:
        self.root = root
        self._download = download

    def path(self, file: ImageFile) -> Path:
        """Where an image lies, whether it is there or not."""
        return self.root / file.sha256[:2] / f"{file.sha256}.img"

    def missing(self, release: Release) -> tuple[ImageFile, ...]:
        """Images that have to be fetched; by presence and size alone, which is quick."""
        return tuple(f for f in release.files if not self._has_size(f))

    def fetch(self, release: Release, account_id: int, work: Work) -> int:
        """Bring what is missing; the answer is how many bytes came. Work says bytes of the whole build."""
        total = sum(f.size for f in release.files)
        missing = self.missing(release)
        done = total - sum(f.size for f in missing)
        work.say("fetch", done, total, release.version)
        came = 0
        for file in missing:
            work.check()
            path = self.path(file)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._download(account_id, file, path, work)
            self.check_file(file, work)
            came += file.size
            work.say("fetch", done + came, total, release.version)
        return came

    def check(self, release: Release, work: Work) -> None:
        """Read every image and compare with what the hub listed; ImageMissing or Corrupt names the first that is not."""
        for file in release.files:
            self.check_file(file, work)

    def check_file(self, file: ImageFile, work: Work) -> Path:
        """Read one image and compare; the answer is its path."""
        path = self.path(file)
        digest, size = hashlib.sha256(), 0
        try:
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    work.check()
                    digest.update(piece)
                    size += len(piece)
        except FileNotFoundError:
            raise ImageMissing(name=file.name) from None
        if size != file.size or digest.hexdigest() != file.sha256:
            path.unlink(missing_ok=True)
            raise Corrupt(name=file.name, expected=file.sha256, got=digest.hexdigest())
        return path

    def _has_size(self, file: ImageFile) -> bool:
        try:
            return self.path(file).stat().st_size == file.size
        except OSError:
            return False


def file_for(release: Release, partition: str) -> ImageFile:
    """The image of a partition; ImageMissing when the build has none."""
    for file in release.files:
        if file.partition == partition:
            return file
    raise ImageMissing(name=partition)


def newest_for(releases: tuple[Release, ...], device: str) -> tuple[Release | None, Release | None]:
    """The newest build of a model and the one before it: what to offer, and the way back. The hub names the one before."""
    ours = sorted((r for r in releases if r.device == device), key=lambda r: r.published_at, reverse=True)
    if not ours:
        return None, None
    before = next((r for r in ours[1:] if r.version == ours[0].from_version), None)
    return ours[0], before
