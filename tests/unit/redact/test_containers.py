# SPDX-License-Identifier: Apache-2.0
"""What wraps a text: opened by its bytes, closed in the same packing, bounded, refused when it is broken."""

from __future__ import annotations

import array
import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile

import pytest
import zstandard

from firstlight.redact.containers import beginning, holds_text
from firstlight.redact.errors import NotText, TooMuch
from firstlight.redact.mask import redact

TEXT = b"user wren.moss@moss.example signed in\n" * 40
CLEAN = b"user [mail 1] signed in\n" * 40


def tar(mode: str, **members: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("pack", "unpack"),
    [
        (gzip.compress, gzip.decompress),
        (lzma.compress, lzma.decompress),
        (bz2.compress, bz2.decompress),
        (zstandard.compress, lambda data: zstandard.ZstdDecompressor().stream_reader(data).read()),
        (lambda data: lzma.compress(data[:700]) + bytes(8) + lzma.compress(data[700:]), lzma.decompress),
        (lambda data: bz2.compress(data[:700]) + bz2.compress(data[700:]), bz2.decompress),
    ],
    ids=["gz", "xz", "bz2", "zst", "two xz", "two bz2"],
)
def test_a_packed_text_comes_back_in_its_packing(tmp_path, pack, unpack):
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(pack(TEXT))
    assert holds_text(source)
    redact(source, target)
    assert unpack(target.read_bytes()) == CLEAN


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "w:bz2"])
def test_a_tar_comes_back_with_its_texts_and_a_list_of_the_rest(tmp_path, mode):
    source, target = tmp_path / "in", tmp_path / "out"
    packed = {
        "a.log": TEXT,
        "of wren.moss@moss.example": TEXT,
        "b.xz": lzma.compress(TEXT),
        "raw": random.Random(1).randbytes(4000),
        "c.zip": zipped(d=TEXT),
    }
    source.write_bytes(tar(mode, **packed))
    assert holds_text(source)
    redact(source, target)
    with tarfile.open(target) as archive:
        found = {member.name: archive.extractfile(member).read() for member in archive}
        assert all(member.mtime == 0 and not member.uname for member in archive)
    assert lzma.decompress(found.pop("b.xz")) == CLEAN
    assert found == {"a.log": CLEAN, "of [mail 1]": CLEAN, "left-out.txt": b"raw\nc.zip\n"}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_the_texts_of_an_archive_are_read_one_behind_the_other(tmp_path, mode):
    source = tmp_path / "in"
    source.write_bytes(tar(mode, **{"a.log": TEXT, "b.xz": lzma.compress(b"fan stopped"), "raw": bytes(range(256)) * 9}))
    assert beginning(source, 1 << 20) == b"--- a.log\n" + TEXT + b"\n--- b.xz\nfan stopped"
    assert beginning(source, 20) == b"--- a.log\nuser wren."
    source.write_bytes(zipped(a=TEXT, b=gzip.compress(b"fan stopped"), c=bytes(range(256)) * 9))
    assert beginning(source, 1 << 20) == b"--- a\n" + TEXT + b"\n--- b\nfan stopped"


def test_what_is_read_of_a_file_ends_where_it_is_broken(tmp_path):
    source = tmp_path / "in"
    source.write_bytes(lzma.compress(TEXT)[:-20])
    assert TEXT.startswith(beginning(source, 1 << 20))
    source.write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(90))
    assert beginning(source, 1 << 20) == b""


@pytest.mark.parametrize(
    "data",
    [
        lzma.compress(TEXT)[:-20],
        lzma.compress(TEXT) + b"behind the end",
        bz2.compress(TEXT * 9)[:-20],
        b"BZh91AY&SY" + bytes(60),
        tar("w", a=TEXT)[:700],
        gzip.compress(tar("w", a=TEXT)[:700]),
        lzma.compress(random.Random(2).randbytes(9000)),
        b"7z\xbc\xaf\x27\x1c" + bytes(90),
    ],
    ids=["xz cut", "xz and more", "bz2 cut", "no bz2", "tar cut", "tar.gz cut", "xz of noise", "7z"],
)
def test_what_is_broken_or_closed_is_refused_and_leaves_nothing(tmp_path, data):
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(data)
    with pytest.raises(NotText):
        redact(source, target)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize(
    "bomb",
    [lambda d: lzma.compress(d), lambda d: bz2.compress(d), lambda d: tar("w:gz", a=d), lambda d: tar("w", a=gzip.compress(d))],
    ids=["xz", "bz2", "tar.gz", "gz in tar"],
)
def test_bombs_are_refused(tmp_path, monkeypatch, bomb):
    monkeypatch.setattr("firstlight.redact.containers.MOST_BYTES", 1 << 20)
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(bomb(b"all is well\n" * (1 << 18)))
    with pytest.raises(TooMuch):
        redact(source, target)
    assert not target.exists()


def test_an_xz_that_asks_for_much_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("firstlight.redact.packing._XZ_MEMORY", 1 << 20)
    source = tmp_path / "in"
    source.write_bytes(lzma.compress(TEXT))
    with pytest.raises(NotText):
        redact(source, tmp_path / "out")


@pytest.mark.parametrize(
    ("data", "is_text"),
    [
        (TEXT, True),
        (TEXT.decode().encode("utf-16"), True),
        (TEXT.decode().encode("utf-16-be"), True),
        (zipped(a=TEXT), True),
        (array.array("H", random.Random(3).choices(range(1, 250), k=5000)).tobytes(), False),
        (zipped(a=bytes(range(256)) * 9), False),
        (gzip.compress(bytes(range(256)) * 9), False),
        (b"Rar!\x1a\x07\x01\0" + bytes(90), False),
        (b"PK\x03\x04" + bytes(90), False),
        (bytes(range(256)), False),
    ],
    ids=["text", "utf-16", "utf-16-be", "zip", "numbers", "zip of data", "gz of data", "rar", "broken zip", "data"],
)
def test_what_can_be_looked_into_is_known_by_its_bytes(tmp_path, data, is_text):
    source = tmp_path / "in"
    source.write_bytes(data)
    assert holds_text(source) == is_text


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"])
def test_letters_of_any_width_are_read(tmp_path, encoding):
    source, target = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_bytes("\ufeff".encode(encoding) + TEXT.decode().encode(encoding))
    assert holds_text(source)
    redact(source, target)
    assert target.read_bytes().removeprefix("\ufeff".encode()) == CLEAN


def test_what_one_shell_wrote_wide_behind_another_is_cleaned_too(tmp_path):
    source, target = tmp_path / "in.log", tmp_path / "out.log"
    source.write_bytes(b"seen by wren.moss@moss.example\n" + TEXT.decode().encode("utf-16-le"))
    redact(source, target)
    assert target.read_bytes().replace(b"\0", b"") == b"seen by [mail 1]\n" + CLEAN


def test_a_broken_archive_is_told_apart_from_a_broken_disk(tmp_path):
    source = tmp_path / "in.zip"
    data = bytearray(zipped(**{"a.txt": TEXT}))
    at = data.rindex(b"PK\x05\x06")
    data[at + 16 : at + 20] = b"\xff\xff\xff\x7f"  # the list of members lies before the beginning
    for broken in (bytes(data), squeezed(TEXT).replace(b"BZh9", b"BZh0", 1)):
        source.write_bytes(broken)
        assert not holds_text(source)
        assert beginning(source, 100) == b""
        with pytest.raises(NotText):
            redact(source, tmp_path / "out.zip")


def squeezed(text: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.txt", text)
    return out.getvalue()


def test_a_member_without_a_name_and_one_in_letters_of_another_land(tmp_path):
    source = tmp_path / "in.tar"
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", encoding="latin-1") as archive:
        info = tarfile.TarInfo("gr\xfc\xdfe.log")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    source.write_bytes(out.getvalue())
    assert TEXT in beginning(source, 10_000)
    redact(source, tmp_path / "out.tar")
    assert CLEAN in (tmp_path / "out.tar").read_bytes()
    source.write_bytes(nameless(TEXT))
    redact(source, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as made:
        assert [made.read(name) for name in made.namelist()] == [CLEAN]


def nameless(text: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), text)
    return out.getvalue()


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1", b"GIF89a", b"II*\0", b"MM\0*"])
def test_what_hides_its_words_from_every_rule_is_not_said_to_be_clean(tmp_path, head):
    source, target = tmp_path / "in.log", tmp_path / "out.log"
    source.write_bytes(head + TEXT)
    assert not holds_text(source)
    with pytest.raises(NotText):
        redact(source, target)
    assert not target.exists()
