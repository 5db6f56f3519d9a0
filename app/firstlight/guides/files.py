# SPDX-License-Identifier: Apache-2.0
"""The files that a guide names under `files:`, each given out only after its size and SHA-256 were compared.

A file comes from where the tester keeps them (`--files DIR`), else from the run's own folder, where `fetch` brings it: by its signed
target, as an image of the chosen build, or by its address on the web. What cannot be compared with anything is told as such.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from firstlight.base.work import Work
from firstlight.firmware.errors import Corrupt
from firstlight.firmware.targets import SignedFiles
from firstlight.guides.errors import FileUnavailable
from firstlight.store.disk import Disk, settle
from firstlight_contract.guides import Guide, NamedFile

_PIECE = 1 << 20
MAX_UNKNOWN = 8 << 30
"""Bytes of a file whose size nobody told, at most."""

Bring = Callable[[str, NamedFile, Path, Work], bool]
"""Bring a file to a path, by its target or address; False when this one cannot."""


class GuideFiles:
    """Files of one run. `folder` is the run's own, `given` the tester's, `kept` what was fetched for this guide before it was needed;
    `bring` fetches.
    """

    def __init__(
        self,
        *,
        guide: Guide,
        folder: Path,
        given: Path | None = None,
        kept: Path | None = None,
        bring: Bring | None = None,
        signed: SignedFiles | None = None,
    ) -> None:
        self._guide = guide
        self._folder = folder
        self._given = given
        self._kept = kept
        self._bring = bring
        self._signed = signed
        self._given_out: dict[str, tuple[Path, tuple[int, int]]] = {}

    def path(self, name: str, work: Work) -> Path:
        """Where the file lies on this PC, sound; FileUnavailable, Corrupt."""
        file = self._guide.files.get(name, NamedFile(by_hand=True))
        found = self._lying(name)
        if found is None:
            raise FileUnavailable(name=name, link=file.url or "")
        stamp = _stamp(found)
        check_file(found, name, file, work)
        if file.target is not None and self._signed is not None and (self._signed.is_possible or file.sha256 is None):
            # Without anything signed on this PC the guide's own hash must do; without that, nothing would be compared at all.
            self._signed.check(file.target, found, work)
        self._given_out[name] = (found, stamp)
        return found

    def begin(self) -> None:
        """Another action begins: what was given out before may change from now on."""
        self._given_out.clear()

    def look_again(self) -> None:
        """Whether what was given out since `begin` is still what was compared; Corrupt. A tester's folder has other users, and to read
        all of a file once more right before each write would take too long.
        """
        for name, (path, stamp) in self._given_out.items():
            if _stamp(path) != stamp:
                raise Corrupt(name=name, expected="the file that was compared", got="a file that changed meanwhile")

    def fetch(self, name: str, work: Work) -> Path:
        """As `path`, and brought here first when it is not: whole, or not at all. What we fetched for an older guide is thrown away."""
        file = self._guide.files.get(name, NamedFile(by_hand=True))
        self._forget_if_other(name, file, work)
        if self._lying(name) is None and not file.by_hand:
            Disk().make_folder(self._folder)
            target = self._folder / name
            new = target.with_name(name + ".new")
            if self._brought(name, file, new, work):
                check_file(new, name, file, work)
                settle(new, target)
        return self.path(name, work)

    def _forget_if_other(self, name: str, file: NamedFile, work: Work) -> None:
        found = self._lying(name)
        if found is None or file.by_hand or (self._given is not None and found.parent == self._given):
            return
        try:
            check_file(found, name, file, work)
        except Corrupt:
            found.unlink(missing_ok=True)

    def _brought(self, name: str, file: NamedFile, place: Path, work: Work) -> bool:
        if file.target is not None and self._signed is not None and self._signed.trust is not None:
            self._signed.bring(file.target, place, work)
            return True
        return self._bring is not None and self._bring(name, file, place, work)

    def is_here(self, name: str) -> bool:
        """Whether it lies here, by name and size alone, which is quick."""
        file, found = self._guide.files.get(name), self._lying(name)
        return found is not None and (file is None or file.size is None or found.stat().st_size == file.size)

    def of_web(self, name: str) -> NamedFile | None:
        """The file, when `fetch` would ask an address of the web for it; None when it lies here or comes another way."""
        file = self._guide.files.get(name)
        if file is None or file.url is None or file.by_hand or self._bring is None or self._lying(name) is not None:
            return None
        return None if file.target is not None and self._signed is not None and self._signed.trust is not None else file

    def to_come(self, name: str) -> int:
        """Bytes that `fetch` would bring here, as far as known; 0 for what lies here."""
        return 0 if self._lying(name) is not None else self.size(name)

    @property
    def folder(self) -> Path:
        """Where what is fetched comes to lie."""
        return self._folder

    def size(self, name: str) -> int:
        """Its size in bytes as far as known; 0 when it is not."""
        file = self._guide.files.get(name)
        found = self._lying(name)
        return (file.size if file else None) or (found.stat().st_size if found else 0)

    def place(self, name: str) -> Path:
        """Where an action puts a file that it makes (unpacks, fetches by an index) under a name of the guide."""
        Disk().make_folder(self._folder)
        return self._folder / Path(name).name

    def compare(self, path: Path, name: str, file: NamedFile, work: Work) -> None:
        """Whether a file that was just brought is what somebody said of it; Corrupt."""
        check_file(path, name, file, work)

    def is_known(self, name: str) -> bool:
        """Whether the guide says what the file must be, so that a wrong one is refused."""
        file = self._guide.files.get(name)
        return file is not None and (file.sha256 is not None or file.target is not None)

    def _lying(self, name: str) -> Path | None:
        for folder in (self._given, self._folder, self._kept):
            if folder is None:
                continue
            path = folder / name
            try:
                if path.resolve().parent == folder.resolve() and path.is_file():
                    return path
            except OSError:
                continue
        return None


def _stamp(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_size, state.st_mtime_ns


def check_file(path: Path, name: str, file: NamedFile, work: Work) -> None:
    """Read the file and compare it with what the guide says; Corrupt, and it is not deleted: it may be the tester's own."""
    size = path.stat().st_size
    if size > MAX_UNKNOWN or (file.size is not None and size != file.size):
        raise Corrupt(name=name, expected=f"{file.size or MAX_UNKNOWN} bytes", got=f"{size} bytes")
    for algorithm, expected in (("sha256", file.sha256), ("md5", file.md5)):
        if expected is None:
            continue
        digest, done = hashlib.new(algorithm, usedforsecurity=algorithm != "md5"), 0
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                work.check()
                digest.update(piece)
                done += len(piece)
                work.say("hash", done, size, name)
        if digest.hexdigest() != expected:
            raise Corrupt(name=name, expected=expected, got=digest.hexdigest())
        return
