# SPDX-License-Identifier: Apache-2.0
"""Unpacking an archive of a guide: what it names is written under names of the guide into the run's folder, and nothing else anywhere.

Members of strangers: only plain files, counted and bounded; their paths are compared with what the guide picks and never used.
"""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from firstlight.firmware.errors import Corrupt
from firstlight.guides.actions.bench import Bench
from firstlight.guides.errors import FileUnavailable
from firstlight.imaging.errors import ImageUnreadable
from firstlight.imaging.packed import PIECE, Packing, packing, unpacked
from firstlight.store.disk import settle
from firstlight_contract.verbs.files import FilesUnpack

_MAX_FILES = 400
_MAX_BYTES = 48 << 30
_TORN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, ImageUnreadable, EOFError, ValueError, RuntimeError)
"""What the readers of archives raise for bytes that are none."""


def unpack(deed: FilesUnpack, bench: Bench) -> None:
    """Write what is picked, or everything; Corrupt when it is no archive, FileUnavailable when it lacks what is picked."""
    archive = bench.files.path(deed.archive, bench.work)
    wanted = {_plain(inner): name for inner, name in deed.pick.items()}
    left, found = _MAX_BYTES, set[str]()
    try:
        with _members(archive, bench) as members:
            for count, (inner, stream) in enumerate(members):
                bench.work.check()
                name = wanted.get(_plain(inner)) if wanted else f"{deed.archive}_{_plain(inner).replace('/', '_')}"[-120:]
                if name is None:
                    continue
                if count > _MAX_FILES * 100 or len(found) >= _MAX_FILES:
                    raise Corrupt(name=deed.archive, expected=f"{_MAX_FILES} files at most", got="more")
                left -= _write(stream, bench.files.place(name), left, deed.archive, bench)
                found.add(_plain(inner))
    except _TORN as error:
        raise Corrupt(name=deed.archive, expected="a zip or tar archive", got=str(error)[:120]) from error
    missing = [name for inner, name in wanted.items() if inner not in found]
    if missing:
        raise FileUnavailable(name=missing[0], link="")
    bench.said(f"{deed.archive}: {len(found)} files unpacked", "ok")


def _plain(path: str) -> str:
    return path.removeprefix("./").strip("/")


@contextmanager
def _members(archive: Path, bench: Bench) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Plain files of an archive with a stream each, in its order."""
    kind = packing(archive)
    if kind is Packing.ZIP:
        with zipfile.ZipFile(archive) as z:
            yield ((i.filename, z.open(i)) for i in z.infolist() if not i.is_dir())
        return
    with unpacked(archive, kind, bench.work, _MAX_BYTES) as stream, tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as t:
        yield ((m.name, data) for m in t if m.isreg() and (data := t.extractfile(m)) is not None)


def _write(stream: IO[bytes], target: Path, left: int, archive: str, bench: Bench) -> int:
    new = target.with_name(target.name + ".new")
    done = 0
    with new.open("wb") as out:
        while piece := stream.read(PIECE):
            bench.work.check()
            done += len(piece)
            if done > left:
                raise Corrupt(name=archive, expected=f"{_MAX_BYTES} bytes at most", got="more")
            out.write(piece)
    settle(new, target)
    return done
