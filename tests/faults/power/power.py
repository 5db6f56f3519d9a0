# SPDX-License-Identifier: Apache-2.0
"""What a power cut leaves of a folder whose changes recorder.c wrote down: everything that was synced, and of the rest what chance takes.

The model is POSIX's, stricter than most file systems: a file's bytes are sure only after its fsync, a name only after its folder's;
before that, any of the writes may be there and others not, and names may have come or gone in another order.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

_HEAD = struct.Struct("<cQQIII")
PAGE = 4096


@cache
def recorder() -> str | None:
    """The library, made once; None without a C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not Path("/proc/self/fd").is_dir():
        return None
    made = Path(tempfile.mkdtemp(prefix="firstlight-power-")) / "recorder.so"
    source = Path(__file__).with_name("recorder.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(source), "-ldl", "-lpthread"], check=True)
    return str(made)


class _Op(NamedTuple):
    kind: str
    ino: int
    at: int
    path: str
    path2: str
    data: bytes


def _read(log: Path) -> Iterator[_Op]:
    text = log.read_bytes()
    at = 0
    while at + _HEAD.size <= len(text):
        kind, ino, offset, n1, n2, size = _HEAD.unpack_from(text, at)
        at += _HEAD.size
        path, path2, data = text[at : at + n1], text[at + n1 : at + n1 + n2], text[at + n1 + n2 : at + n1 + n2 + size]
        at += n1 + n2 + size
        yield _Op(kind.decode(), ino, offset, os.fsdecode(path), os.fsdecode(path2), data)


@dataclass
class _File:
    """`sure` is on the medium; `maybe` are writes and cuts since the last sync."""

    sure: bytearray = field(default_factory=bytearray)
    maybe: list[_Op] = field(default_factory=list)

    def sync(self) -> None:
        for op in self.maybe:
            _apply(self.sure, op)
        self.maybe.clear()

    def after_cut(self, rng: Random) -> bytes:
        """Some of the writes, in their order, the last perhaps torn at a page."""
        content = bytearray(self.sure)
        mood = rng.choice(["none", "all", "begin", "some"])
        ops = {"none": [], "all": self.maybe, "begin": self.maybe[: rng.randint(0, len(self.maybe))]}.get(mood)
        for op in [o for o in self.maybe if rng.random() < 0.5] if ops is None else ops:
            torn = op.kind == "W" and len(op.data) > PAGE and rng.random() < 0.3
            _apply(content, op._replace(data=op.data[: rng.randrange(0, len(op.data), PAGE)]) if torn else op)
        return bytes(content)


def _apply(content: bytearray, op: _Op) -> None:
    if op.kind == "T":
        content[op.at :] = b"\0" * max(0, op.at - len(content))
        return
    content.extend(b"\0" * (op.at - len(content)))
    content[op.at : op.at + len(op.data)] = op.data


@dataclass
class Medium:
    """The folder `root` as it was before the program ran, and what the log says since."""

    root: Path
    log: Path
    _files: dict[int, _File] = field(default_factory=dict)
    _names: dict[str, int] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)
    _now: dict[str, int] = field(default_factory=dict)
    _maybe: dict[str, list[tuple[tuple[str, int | None], ...]]] = field(default_factory=dict)
    _maybe_folders: set[str] = field(default_factory=set)

    def remember(self) -> None:
        """Everything that is there now is on the medium. Call it before the program starts."""
        self.log.unlink(missing_ok=True)
        for table in (self._files, self._names, self._now, self._maybe, self._folders, self._maybe_folders):
            table.clear()
        self._folders.add(str(self.root))
        for path in self.root.rglob("*"):
            if path.is_dir():
                self._folders.add(str(path))
            elif not path.name.endswith("-shm"):
                ino = path.stat().st_ino
                self._names[str(path)] = self._now[str(path)] = ino
                self._files[ino] = _File(bytearray(path.read_bytes()))

    def environment(self) -> dict[str, str]:
        """What the program has to be started with."""
        return {"LD_PRELOAD": recorder() or "", "POWER_ROOT": str(self.root), "POWER_LOG": str(self.log)}

    def cut(self, rng: Random) -> int:
        """Make the folder as the power cut leaves it; answers how many changes were not sure."""
        for op in _read(self.log) if self.log.exists() else ():
            self._replay(op)
        unsure = sum(len(f.maybe) for f in self._files.values()) + sum(map(len, self._maybe.values())) + len(self._maybe_folders)
        names = dict(self._names)
        for changes in self._maybe.values():
            for change in changes:
                if rng.random() < 0.5:
                    _rename(names, change)
        folders = self._folders | {folder for folder in self._maybe_folders if rng.random() < 0.5}
        contents = {ino: file.after_cut(rng) for ino, file in self._files.items()}
        shutil.rmtree(self.root)
        for folder in sorted(folders):
            if folder == str(self.root) or str(Path(folder).parent) in folders:
                Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, ino in names.items():
            if Path(name).parent.is_dir():
                Path(name).write_bytes(contents[ino])
        return unsure

    def _replay(self, op: _Op) -> None:
        if op.kind == "C":
            self._files[op.ino] = _File()
            self._name((op.path, op.ino))
        elif op.kind in "WT":
            self._files.setdefault(op.ino, _File()).maybe.append(op)
        elif op.kind == "S":
            self._files.setdefault(op.ino, _File()).sync()
        elif op.kind == "D":
            for change in self._maybe.pop(op.path, []):
                _rename(self._names, change)
            mine = {folder for folder in self._maybe_folders if str(Path(folder).parent) == op.path}
            self._maybe_folders -= mine
            self._folders |= mine
        elif op.kind == "M":
            self._maybe_folders.add(op.path)
        elif op.kind == "U" and op.path in self._now:
            self._name((op.path, None))
        elif op.kind in "RL" and op.path in self._now:
            ino = self._now[op.path]
            leaves = ((op.path, None),) if op.kind == "R" else ()
            if Path(op.path).parent == Path(op.path2).parent:
                self._name(*leaves, (op.path2, ino))
            else:
                self._name((op.path2, ino))
                if leaves:
                    self._name(*leaves)

    def _name(self, *change: tuple[str, int | None]) -> None:
        """A change of names in one folder: whole or not at all, and not sure before the folder is synced."""
        _rename(self._now, change)
        self._maybe.setdefault(str(Path(change[0][0]).parent), []).append(change)


def _rename(names: dict[str, int], change: tuple[tuple[str, int | None], ...]) -> None:
    for name, ino in change:
        if ino is None:
            names.pop(name, None)
        else:
            names[name] = ino
