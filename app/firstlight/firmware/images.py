# SPDX-License-Identifier: Apache-2.0
"""Images of builds on this PC, by content: fetched once, hashed before use and again before each write.

A file with a wrong hash is removed as soon as that is seen, so that the next fetch brings it anew. Where the maker signs (`trust.py`),
nothing that is not signed is fetched, and `vouch` says once more before the first byte is written that what lies here is what was signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from firstlight.base.work import Work
from firstlight.firmware.errors import Corrupt, ImageMissing, NotSigned, Untrusted
from firstlight.firmware.targets import SignedFiles
from firstlight.store.disk import Disk
from firstlight_contract.firmware import ImageFile, Release

if TYPE_CHECKING:
    from firstlight.firmware.offline import Signed
    from firstlight.firmware.trust import Trust

Download = Callable[[int, ImageFile, Path, Work], None]
"""Bring one file of an account's hub to a path, complete and hashed, or raise: `hublink.downloads.fetch` with its client."""
TrustOf = Callable[[int], "Trust | None"]
"""What is trusted for an account; None for nobody's."""
_PIECE = 1 << 20


@dataclass(frozen=True)
class Vouched:
    """Who stands for a build: `lines` signed it with `keys` (ids), good until `expires`; without lines its hub does not sign."""

    lines: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    expires: datetime | None = None
    is_expired: bool = False

    @property
    def is_signed(self) -> bool:
        """Whether the maker's keys stand for it."""
        return bool(self.lines)


class Images:
    """The folder of images, and how they come here. `trust` says what the maker of an account's hub signs."""

    def __init__(self, root: Path, download: Download, trust: TrustOf = lambda _account: None) -> None:
        self.root = root
        self._download = download
        self._trust = trust

    def path(self, file: ImageFile) -> Path:
        """Where an image lies, whether it is there or not."""
        return self.root / file.sha256[:2] / f"{file.sha256}.img"

    def signed_files(self, account_id: int, devices: tuple[str, ...], running: Callable[[], str]) -> SignedFiles:
        """The files that a guide for these devices names by their signed path; `running` tells the build that the device runs."""
        return SignedFiles(self._trust(account_id) if account_id else None, devices, running)

    def missing(self, release: Release) -> tuple[ImageFile, ...]:
        """Images that have to be fetched; by presence and size alone, which is quick."""
        return tuple(f for f in release.files if not self._has_size(f))

    def fetch(self, release: Release, account_id: int, work: Work) -> int:
        """Bring what is missing; the answer is how many bytes came. Work says bytes of the whole build. Raises also what `vouch` raises."""
        trust = self._trust(account_id)
        missing = self.missing(release)
        if trust is not None and missing:
            trust.refresh(work)
        self.vouch(release, account_id)
        total = sum(f.size for f in release.files)
        done = total - sum(f.size for f in missing)
        work.say("fetch", done, total, release.version)
        came = 0
        for file in missing:
            work.check()
            path = self.path(file)
            Disk().make_folder(path.parent)
            if trust is not None and trust.pin is not None:
                trust.bring(trust.signed(file.target), path, work)
            else:
                self._download(account_id, file, path, work)
            self.check_file(file, work)
            came += file.size
            work.say("fetch", done + came, total, release.version)
        return came

    def check(self, release: Release, work: Work) -> None:
        """Read every image and compare with what the hub listed; ImageMissing or Corrupt names the first that is not."""
        for file in release.files:
            self.check_file(file, work)

    def vouch(self, release: Release, account_id: int, running: str = "") -> Vouched:
        """Whether the maker's keys stand for every file of a build, by what lies on this PC; quick. `running`: the build it would replace.

        Raises NotSigned, Untrusted, OlderBuild, StepNeeded. A hub that was never seen to sign vouches for nothing, and says so.
        """
        from firstlight.firmware.offline import may_follow  # noqa: PLC0415  # heavy: pydantic

        trust = self._trust(account_id)
        if trust is None or trust.pin is None:
            return Vouched()
        found = [_signed(trust, release, file) for file in release.files]
        if not found:
            raise NotSigned(name=release.version)
        for signed in found:
            may_follow(signed, running)
        return Vouched(
            lines=tuple(sorted({signed.line for signed in found})),
            keys=tuple(sorted({signed.key for signed in found})),
            expires=min(signed.expires for signed in found),
            is_expired=any(signed.is_expired for signed in found),
        )

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


def _signed(trust: Trust, release: Release, file: ImageFile) -> Signed:
    """What was signed under the name that the hub lists; the two must say the same, as only one of them is the maker's."""
    if not file.target:
        raise NotSigned(name=file.name)
    signed = trust.signed(file.target)
    listed = (file.sha256, file.size, file.partition, release.version, release.device)
    facts = signed.facts
    if listed != (signed.sha256, signed.length, facts.partition, facts.version, facts.device):
        raise Untrusted(reason="mixed", what=file.target)
    if release.rollback_index != facts.rollback_index:
        # A higher number than was signed would talk the anti-rollback gate into a build that the phone must not get.
        raise Untrusted(reason="mixed", what=file.target)
    return signed
