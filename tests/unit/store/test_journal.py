# SPDX-License-Identifier: Apache-2.0
"""The journal of risky work: what `append` returned from is there, whatever tore."""

from __future__ import annotations

import errno
import os
import sys
from io import FileIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.store import journal
from firstlight.store.disk import Disk
from firstlight.store.errors import Damaged, DiskFull, ReadOnly
from firstlight.store.journal import Journal


def test_records_come_back_in_order_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "run/journal.jsonl"
    with Journal.open(path) as made:
        made.append({"begin": "flash", "part": "系统"})
        made.append({"end": "flash"})
    with Journal.open(path) as again:
        again.append({"begin": "confirm"})
        assert again.records() == ({"begin": "flash", "part": "系统"}, {"end": "flash"}, {"begin": "confirm"})
    assert journal.read(path) == again.records()


def test_names_that_are_no_text_are_written_down_too(tmp_path: Path) -> None:
    odd = {"path": os.fsdecode(b"/home/\xff\xfe/build.img"), "said": "a\u2028b\r\n\0c"}
    with Journal.open(tmp_path / "j") as made:
        made.append(odd)
        made.append({"n": 1})
    assert journal.read(tmp_path / "j") == (odd, {"n": 1})


def test_a_reader_of_no_file_reads_nothing(tmp_path: Path) -> None:
    assert journal.read(tmp_path / "none") == ()


@given(cut=st.integers(0, 200), tail=st.sampled_from([b"", b"\0" * 50, b'{"x"', b"\xff\xfe", b"[1]\n"]))
def test_a_torn_end_never_hides_what_was_whole(tmp_path_factory: pytest.TempPathFactory, cut: int, tail: bytes) -> None:
    path = tmp_path_factory.mktemp("torn") / "j"
    with Journal.open(path) as made:
        for n in range(5):
            made.append({"n": n, "text": "x" * 20})
    whole = path.read_bytes()
    kept = whole[: max(0, len(whole) - cut)]
    path.write_bytes(kept + tail)
    with Journal.open(path) as again:
        assert [r["n"] for r in again.records()] == list(range(kept.count(b"\n")))
        again.append({"n": "new"})
    assert journal.read(path)[-1] == {"n": "new"}


def test_damage_in_the_middle_is_told_and_not_cut_away(tmp_path: Path) -> None:
    path = tmp_path / "j"
    path.write_bytes(b'{"n":1}\nrubbish\n{"n":2}\n')
    with pytest.raises(Damaged):
        Journal.open(path)
    assert path.read_bytes().endswith(b'{"n":2}\n')


def test_on_a_full_disk_the_record_was_not_written(tmp_path: Path) -> None:
    class Full(Disk):
        full = False

        def sync(self, file: BinaryIO) -> None:
            if self.full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            super().sync(file)

    disk = Full()
    with Journal.open(tmp_path / "j", disk) as made:
        made.append({"n": 1})
        disk.full = True
        with pytest.raises(DiskFull):
            made.append({"n": 2})
        disk.full = False
        made.append({"n": 3})
    assert [r["n"] for r in journal.read(tmp_path / "j")] == [1, 3]


@pytest.mark.skipif(sys.platform == "win32", reason="limits on the size of files are POSIX's")
def test_half_a_line_that_a_full_disk_took_never_sticks_to_the_next(tmp_path: Path) -> None:
    import resource  # not on Windows

    path = tmp_path / "j"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Journal.open(path) as made:
        made.append({"n": 1})
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 5, hard))
        try:
            for _ in range(2):
                with pytest.raises(DiskFull):
                    made.append({"n": 2, "text": "x" * 50})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        made.append({"n": 3})
        made.append({"n": 4})
        assert [r["n"] for r in made.records()] == [1, 3, 4]
    assert [r["n"] for r in journal.read(path)] == [1, 3, 4]


def test_half_a_line_that_could_not_be_taken_back_is_taken_back_by_the_next(tmp_path: Path) -> None:
    class Torn(FileIO):
        """Takes five bytes of a line, then nothing more, not even a cut."""

        broken = False

        def write(self, data: Any) -> int:
            if not self.broken:
                return super().write(data)
            if len(data) < 40:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return super().write(bytes(data)[:5])

        def truncate(self, size: int | None = None) -> int:
            if self.broken:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return super().truncate(size)

    path = tmp_path / "j"
    with Journal.open(path) as opened:
        opened.append({"n": 1})
    file = Torn(path, "ab+")
    with Journal(path, file, [{"n": 1}], Disk()) as made:
        file.broken = True
        for _ in range(2):
            with pytest.raises(ReadOnly):
                made.append({"n": 2, "text": "x" * 30})
        assert not path.read_bytes().endswith(b"\n"), "half a line lies there"
        file.broken = False
        made.append({"n": 3})
    assert [r["n"] for r in journal.read(path)] == [1, 3]
