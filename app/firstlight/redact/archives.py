# SPDX-License-Identifier: Apache-2.0
"""Archives, member by member: zip, and tar in whatever packing. Texts are written anew; what is no text stays out and is listed.

Nothing of a member but its cleaned name and its text goes over: no times, owners, comments, links or extra fields.
"""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from firstlight.redact.errors import NotText, TooMuch
from firstlight.redact.packing import BROKEN, HEAD, MOST_BYTES, PACKED, Counted, Nowhere, is_text, kind_of, packer, reader

MOST_MEMBERS = 20_000
LEFT_OUT = "left-out.txt"
_IN_MEMORY = 4 << 20
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
Clean = Callable[[BinaryIO, BinaryIO], None]
"""Reads a text to its end and writes it without its private details."""


class _Names:
    """The names of members as they may leave, each once; and of those that stay out."""

    def __init__(self, archive: str, act: Clean) -> None:
        self.left_out: list[str] = []
        self._archive = archive
        self._act = act
        self._taken = {LEFT_OUT}
        self._count = 0

    def clean(self, name: str) -> str:
        """Names of members carry addresses and accounts too. Nothing of a path that climbs is kept. Raises TooMuch."""
        self._count += 1
        if self._count > MOST_MEMBERS:
            raise TooMuch(name=self._archive, limit_bytes=MOST_BYTES)
        out = io.BytesIO()
        self._act(io.BytesIO(name.encode("utf-8", "replace")), out)
        parts = [p for p in out.getvalue().decode("utf-8", "replace").replace("\\", "/").split("/") if p not in ("", ".", "..")]
        return "/".join(parts)[:400] or f"member-{self._count - 1}"

    def own(self, shown: str) -> str:
        """The same, or with a number where it is taken."""
        shown = shown if shown not in self._taken else f"{self._count - 1}-{shown}"
        self._taken.add(shown)
        return shown

    def listing(self) -> bytes:
        """What stayed out, a line each."""
        return ("\n".join(self.left_out) + "\n").encode()


def clean_zip(file: BinaryIO, name: str, target: Path | None, act: Clean, budget: list[int]) -> None:
    """Run `act` over each text. Raises NotText, TooMuch, what BROKEN names."""
    names = _Names(name, act)
    with zipfile.ZipFile(file) as archive, _zip_writer(target) as out:
        members = _files(archive)
        if len(members) > MOST_MEMBERS:
            raise TooMuch(name=name, limit_bytes=MOST_BYTES)
        for member in members:
            if member.flag_bits & 1:
                raise NotText(name=name, why="encrypted")
            shown = names.clean(member.filename)
            kind = _kind_of_member(archive, member)
            if not kind:
                names.left_out.append(shown)
                continue
            info = zipfile.ZipInfo(names.own(shown), _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member) as raw, reader(cast(BinaryIO, raw), kind) as inner, _member(out, info, kind) as sink:
                act(cast(BinaryIO, Counted(inner, name, budget)), sink)
        if names.left_out and out is not None:
            out.writestr(zipfile.ZipInfo(LEFT_OUT, _LONG_AGO), names.listing())


def zip_holds_text(file: BinaryIO) -> bool:
    """Whether one of its members is a text, or is locked so that nobody can tell."""
    with zipfile.ZipFile(file) as archive:
        members = _files(archive)
        return any(m.flag_bits & 1 or _kind_of_member(archive, m) for m in members[:MOST_MEMBERS])


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """What is no folder; a name may be empty."""
    return [member for member in archive.infolist() if not member.filename.endswith("/")]


def _kind_of_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """How to read it; empty for what is no text, packed ones too: pictures, data, archives in archives stay out."""
    with archive.open(member) as raw:
        kind = kind_of(raw.read(HEAD))
    with archive.open(member) as raw:
        return kind if _holds_text(cast(BinaryIO, raw), kind) else ""


def _holds_text(file: BinaryIO, kind: str) -> bool:
    try:
        if kind not in PACKED:
            return is_text(file.read(HEAD))
        with reader(file, kind) as inner:
            return is_text(inner.read(HEAD))
    except BROKEN:
        return False


def texts_in(file: BinaryIO, kind: str) -> Iterator[tuple[str, BinaryIO]]:
    """Each text of a file, with its name in an archive; to be read before the next is asked for. Raises what BROKEN names."""
    if kind == "zip":
        with zipfile.ZipFile(file) as archive:
            for member in _files(archive)[:MOST_MEMBERS]:
                if not member.flag_bits & 1 and (inside := _kind_of_member(archive, member)):
                    with archive.open(member) as raw, reader(cast(BinaryIO, raw), inside) as text:
                        yield member.filename, text
        return
    inside = kind
    if kind in PACKED:
        with reader(file, kind) as inner:
            inside = kind_of(inner.read(HEAD))
        file.seek(0)
    with reader(file, kind) as inner:
        if inside == "tar":
            yield from _texts_in_tar(inner)
        else:
            yield "", inner


def _texts_in_tar(file: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    try:
        with tarfile.open(fileobj=file, mode="r|") as archive:
            for member in archive:
                raw = archive.extractfile(member) if member.isreg() else None
                if raw is None:
                    continue
                with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
                    kept.write(raw.read(_IN_MEMORY))
                    kept.seek(0)
                    kind = kind_of(kept.read(HEAD))
                    kept.seek(0)
                    if _holds_text(cast(BinaryIO, kept), kind):
                        kept.seek(0)
                        with reader(cast(BinaryIO, kept), kind) as text:
                            yield member.name, text
    except tarfile.TarError as error:
        raise EOFError(str(error)) from error


@contextmanager
def _zip_writer(target: Path | None) -> Iterator[zipfile.ZipFile | None]:
    if target is None:
        yield None
        return
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        yield out


@contextmanager
def _member(out: zipfile.ZipFile | None, info: zipfile.ZipInfo, kind: str) -> Iterator[BinaryIO]:
    if out is None:
        yield cast(BinaryIO, Nowhere())
        return
    with out.open(info, "w", force_zip64=True) as sink, packer(cast(BinaryIO, sink), kind) as packed:
        yield packed


def clean_tar(file: BinaryIO, name: str, out: BinaryIO, act: Clean, budget: list[int]) -> None:
    """The same for a tar, read from its beginning to its end. Raises NotText, TooMuch, what BROKEN names."""
    names = _Names(name, act)
    counted = cast(BinaryIO, Counted(file, name, budget))
    try:
        with tarfile.open(fileobj=counted, mode="r|") as archive, tarfile.open(fileobj=out, mode="w|", format=tarfile.GNU_FORMAT) as made:
            for member in archive:
                shown = names.clean(member.name)
                raw = archive.extractfile(member) if member.isreg() else None
                if raw is None:
                    if not member.isdir():
                        names.left_out.append(shown)
                    continue
                # What is packed inside counts against the same bound as the archive does: a bomb in a tar is one too.
                _tar_member(
                    cast(BinaryIO, raw), made, names, shown, lambda text, out: act(cast(BinaryIO, Counted(text, name, budget)), out)
                )
            if names.left_out:
                _put(made, LEFT_OUT, io.BytesIO(names.listing()))
    except tarfile.TarError as error:
        raise NotText(name=name, why=str(error)) from error


def _tar_member(raw: BinaryIO, made: tarfile.TarFile, names: _Names, shown: str, act: Clean) -> None:
    """A stream is read once: the member waits in a file without a name until its size is known."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept, tempfile.SpooledTemporaryFile(_IN_MEMORY) as clean:
        while piece := raw.read(1 << 20):
            kept.write(piece)
        kept.seek(0)
        kind = kind_of(kept.read(HEAD))
        kept.seek(0)
        if not _holds_text(cast(BinaryIO, kept), kind):
            names.left_out.append(shown)
            return
        kept.seek(0)
        with reader(cast(BinaryIO, kept), kind) as inner, packer(cast(BinaryIO, clean), kind) as sink:
            act(inner, sink)
        _put(made, names.own(shown), cast(BinaryIO, clean))


def _put(made: tarfile.TarFile, shown: str, text: BinaryIO) -> None:
    info = tarfile.TarInfo(shown)
    info.size = text.seek(0, io.SEEK_END)
    text.seek(0)
    made.addfile(info, text)
