# SPDX-License-Identifier: Apache-2.0
"""Secrets of every kind, planted wherever a file can hold some: in no byte that a real hub got, however it is unpacked."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import sqlite3
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from PIL import Image, PngImagePlugin, TiffImagePlugin

from fakes.desk import Desk
from fakes.device_log import KINDS, Maker
from fakes.hub import FakeHub
from faults.sync.conftest import RealHub
from firstlight.annotate.document import Document
from firstlight.annotate.shapes import Hide
from firstlight.annotate.ui.flatten import flatten
from firstlight.base.work import Work
from firstlight.hublink import uploads
from firstlight.redact.mask import redact_files
from firstlight.reports.drafts import Reports
from firstlight.reports.errors import NotCleaned, Unreviewed
from firstlight.reports.ui.attachment_source import of_file
from firstlight.sync.sender import Sender

MAIL, MAC, WIFI, PASSWORD, SERIAL = b"wren.moss@moss.example", b"8c:5a:f1:09:2e:71", b"Moss-Attic-5G", b"forest-of-ferns", b"R1E-004217"
OWN = (MAIL, MAC, WIFI, PASSWORD, SERIAL)
LINES = b"""cloudd: wren.moss@moss.example signed in
hostapd: wlan0: STA 8c:5a:f1:09:2e:71 associated
ssid="Moss-Attic-5G" psk="forest-of-ferns"
board: serial R1E-004217
near Moss-Attic-5G again, forest-of-ferns is known
"""
HIDDEN = (201, 17, 99)
"""The colour under the tester's Hide."""


@pytest.fixture
def desk(tmp_path: Path, real_hub: RealHub, qapp: object) -> Iterator[Desk]:
    """The PC of Bob: everything is the real thing, down to the hub in its own process."""
    desk = Desk(tmp_path / "profile", FakeHub())
    client = real_hub.client("bob", timeout_s=(5, 30))
    desk.sender = Sender(
        desk.db, desk.blobs, desk.outbox, lambda id: client if id == 1 else None, desk.events, rng=desk.rng, upload=uploads.upload
    )
    desk.reports = Reports(desk.db, desk.blobs, desk.outbox, desk.events, now=desk.clock, flatten=flatten, redact_files=redact_files)
    yield desk
    desk.db.close()


def planted_log() -> tuple[bytes, set[bytes]]:
    """A log of the generator with all that is private in it; short values stand in ordinary words by chance and are left aside."""
    made = list(Maker(77, share=0.5).lines(1000))
    secrets = {line.text[p.start : p.end] for line in made for p in line.planted if p.kind not in ("signal", "ip_private")}
    assert {p.kind for line in made for p in line.planted} == set(KINDS)
    return b"\n".join(line.text for line in made) + b"\n", {s for s in secrets if len(s) >= 6}


def screenshot() -> bytes:
    picture = Image.new("RGB", (320, 200), (240, 240, 240))
    picture.paste(HIDDEN, (40, 40, 120, 80))
    facts = PngImagePlugin.PngInfo()
    facts.add_text("Author", MAIL.decode())
    facts.add_text("Comment", WIFI.decode(), zip=True)
    facts.add_itxt("Description", PASSWORD.decode())
    exif = Image.Exif()
    exif[0x010E] = SERIAL.decode()
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=facts, exif=exif)
    return out.getvalue() + b"behind the end: " + MAC


def photo() -> bytes:
    picture = Image.new("RGB", (320, 200), (90, 140, 90))
    exif = Image.Exif()
    exif[0x010F] = MAIL.decode()
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=WIFI)
    return out.getvalue() + PASSWORD


def bugreport() -> bytes:
    inner, out = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.txt", LINES)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("main_entry.txt", LINES * 20)
        archive.writestr(f"FS/data/{MAC.decode()}/{WIFI.decode()}.log.gz", gzip.compress(LINES))
        archive.writestr("packed.zst", zstandard.compress(LINES))
        archive.writestr("wide.txt", LINES.decode().encode("utf-16"))
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("state.tar.gz", gzip.compress(b"\0" * 512 + LINES))
        archive.writestr("shot.png", screenshot())
        archive.comment = MAIL
    return out.getvalue()


XMP = b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><a>' + MAIL + b"</a></x:xmpmeta>"


def talkative_photo() -> bytes:
    """A JPEG with every place in which one can say something: EXIF, XMP, IPTC, a profile, a comment."""
    picture = Image.new("RGB", (320, 200), (140, 90, 90))
    exif = Image.Exif()
    exif[0x010F] = SERIAL.decode()
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=WIFI, xmp=XMP, icc_profile=b"\0" * 128 + PASSWORD)
    said = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0" + len(MAC).to_bytes(2, "big") + MAC
    made = out.getvalue()
    return made[:2] + b"\xff\xed" + (len(said) + 2).to_bytes(2, "big") + said + made[2:]


def webp() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SERIAL.decode()
    out = io.BytesIO()
    Image.new("RGB", (64, 40), (9, 90, 90)).save(out, "WEBP", lossless=True, exif=exif, xmp=XMP)
    return out.getvalue()


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 40), (9, 90, 90)).save(out, "GIF", comment=MAIL + b" " + PASSWORD)
    return out.getvalue()


def tiff() -> bytes:
    facts = TiffImagePlugin.ImageFileDirectory_v2()
    facts[270], facts[315] = WIFI.decode(), MAIL.decode()
    out = io.BytesIO()
    Image.new("RGB", (64, 40), (9, 90, 90)).save(out, "TIFF", tiffinfo=facts)
    return out.getvalue()


def backup(mode: str) -> bytes:
    """A tar as routers and PCs make them: owners, links and names say something too."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in (
            (f"home/{MAIL.decode()}/system.log", LINES * 20),
            ("deep.gz", gzip.compress(LINES)),
            ("deep.xz", lzma.compress(LINES)),
            ("shot.png", screenshot()),
            ("inner.zip", bugreport()),
        ):
            info = tarfile.TarInfo(name)
            info.size, info.uname = len(data), WIFI.decode()
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, f"/home/{MAIL.decode()}"
        archive.addfile(link)
    return out.getvalue()


def strange() -> dict[str, bytes]:
    """Files whose names say little or the wrong thing; what they are is seen by their bytes."""
    return {
        f"backup-{MAC.decode().replace(':', '')}.tar.gz": backup("w:gz"),
        "state.tgz": backup("w:gz"),
        "state.tar": backup("w"),
        "state.tar.xz": backup("w:xz"),
        "state.tbz": backup("w:bz2"),
        "dmesg.xz": lzma.compress(LINES) + lzma.compress(LINES),
        "kern.bz2": bz2.compress(LINES),
        "really.txt": lzma.compress(LINES * 50),
        "archive": bugreport(),
        "plugin.jar": bugreport(),
        "settings.reg": LINES.decode().encode("utf-16"),
        "settings.dat": LINES.decode().encode("utf-16-le"),
        "IMG_0417": talkative_photo(),
        "IMG_0418.dat": webp(),
        "anim.gif": gif(),
        "scan.tif": tiff(),
        "drawing.bin": screenshot(),
    }


def everything(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """These bytes, and all that can be unpacked from them."""
    yield data
    if b"\0" in data[:4096]:
        yield data.replace(b"\0", b"")
    if depth > 4:
        return
    for magic, unpack in UNPACKERS:
        if data.startswith(magic):
            for piece in unpack(data):
                yield from everything(piece, depth + 1)
    if data[257:262] == b"ustar":
        for piece in _of_tar(data):
            yield from everything(piece, depth + 1)
    if data.startswith(b"\x89PNG"):
        yield from _of_png(data)


def _of_zip(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name.encode()
            yield archive.read(name)


def _of_tar(data: bytes) -> Iterator[bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            yield " ".join((member.name, member.linkname, member.uname, member.gname)).encode()
            if member.isreg():
                yield archive.extractfile(member).read()


def _of_png(data: bytes) -> Iterator[bytes]:
    for at in range(len(data)):
        if data[at : at + 2] in (b"x\x9c", b"x\xda", b"x\x01", b"x^"):
            try:
                yield zlib.decompressobj().decompress(data[at:])
            except zlib.error:
                continue


UNPACKERS = (
    (b"PK", _of_zip),
    (b"\x1f\x8b", lambda data: [gzip.decompress(data)]),
    (b"\x28\xb5\x2f\xfd", lambda data: [zstandard.ZstdDecompressor().stream_reader(data).read()]),
    (b"\xfd7zXZ", lambda data: [lzma.decompress(data)]),
    (b"BZh", lambda data: [bz2.decompress(data)]),
)


def test_no_planted_secret_is_in_any_byte_that_arrived(desk: Desk, real_hub: RealHub) -> None:
    log, secrets = planted_log()
    secrets |= set(OWN)
    files = {
        f"logcat of {MAIL.decode()}.txt": (log, "log", "text/plain"),
        f"{MAC.decode().replace(':', '-')}.log": (LINES, "log", "text/plain"),
        "windows.log": (LINES.decode().encode("utf-16-le"), "log", "text/plain"),
        "old.log.gz": (gzip.compress(log), "log", "application/gzip"),
        "old.log.zst": (zstandard.compress(LINES), "log", "application/zstd"),
        "notes.ini": (LINES, "file", "application/octet-stream"),
        "bugreport.zip": (bugreport(), "bugreport", "application/zip"),
        f"{WIFI.decode()}.png": (screenshot(), "picture", "image/png"),
        "board.jpg": (photo(), "photo", "image/jpeg"),
    }
    draft = desk.reports.new(1, title="Fan stops")
    for name, (data, role, media) in files.items():
        pos = desk.reports.attach(draft.id, data, name=name, role=role, media=media, work=Work()).pos
        desk.reports.set_reviewed(draft.id, pos)
        if role == "picture":
            document = Document(width=320, height=200, shapes=(Hide(id=1, x=40, y=40, w=80, h=40),))
            desk.reports.set_annotations(draft.id, pos, document.to_json())
    before = set((real_hub.data / "files").rglob("*"))
    desk.reports.queue(draft.id, Work())
    assert desk.drain_after().sent == 1
    arrived = [path for path in (real_hub.data / "files").rglob("*") if path.is_file() and path not in before]
    # Three of them have the same words in them: one file at the hub.
    assert len(arrived) == len(files) - 2
    at_hub = [path for path in real_hub.data.rglob("*") if path.is_file()]
    found: dict[bytes, set[str]] = {}
    tokens: Counter[bytes] = Counter()
    for path in at_hub:
        for piece in everything(path.read_bytes()):
            tokens.update(re.findall(rb"cloudd: (\[mail \d+\] signed in\nhostapd: wlan0: STA \[mac \d+\]) associated", piece))
            for secret in secrets:
                if secret in piece:
                    found.setdefault(secret, set()).add(path.name[:12])
    assert not found
    assert len(tokens) == 1, "the same mail has the same token in each file"
    assert tokens.total() >= 20, "what arrived was unpacked"
    names = {re.sub(r"\d+", "N", row[0]) for row in _names(real_hub)}
    assert names >= {"logcat of mail-N.txt.zst", "mac-N.log", "wifi-N.png", "windows.log", "bugreport.zip", "board.jpg"}
    (picture,) = (path for path in arrived if path.read_bytes().startswith(b"\x89PNG"))
    with Image.open(picture) as seen:
        assert seen.info == {}
        assert HIDDEN not in {colour for _, colour in seen.convert("RGB").getcolors(1 << 20)}


def _names(real_hub: RealHub) -> list[tuple[str]]:
    with sqlite3.connect(f"file:{real_hub.data / 'hub.sqlite3'}?mode=ro", uri=True) as hub:
        (table,) = hub.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%report%attachment'").fetchone()
        return hub.execute(f"SELECT name FROM {table}").fetchall()


def test_what_a_file_is_counts_and_not_what_it_is_called(desk: Desk, real_hub: RealHub, tmp_path: Path) -> None:
    draft = desk.reports.new(1, title="Fan stops, with all that I have")
    for name, data in strange().items():
        path = tmp_path / name
        path.write_bytes(data)
        chosen = of_file(path)
        pos = desk.reports.attach(draft.id, path, name=name, role=chosen.role, media=chosen.media, work=Work()).pos
        desk.reports.set_reviewed(draft.id, pos)
    before = set((real_hub.data / "files").rglob("*"))
    desk.reports.queue(draft.id, Work())
    assert desk.drain_after().sent == 1
    arrived = [path for path in (real_hub.data / "files").rglob("*") if path.is_file() and path not in before]
    pieces = [piece for path in arrived for piece in everything(path.read_bytes())]
    assert [(secret, piece[:60]) for secret in OWN for piece in pieces if secret in piece] == []
    # What was in there is there: cleaned, not lost. Of a tar: a text, two packed ones, and the list of what stayed at home.
    read = [piece for piece in pieces if re.search(rb"cloudd: \[mail \d+\] signed in", piece)]
    assert len(read) >= 5 * 3
    assert sum(piece == b"shot.png\ninner.zip\nlink\n" for piece in pieces) >= 1
    names = {row[0] for row in _names(real_hub)}
    assert not any(secret.decode() in name for secret in (*OWN, MAC.replace(b":", b"")) for name in names)
    pictures = [path.read_bytes()[:3] for path in arrived if path.read_bytes()[:3] in (b"\x89PN", b"\xff\xd8\xff")]
    assert pictures.count(b"\xff\xd8\xff") == 1
    assert len(pictures) == 3, "gif, tiff and webp leave as the same PNG"


@pytest.mark.parametrize(
    "data",
    [b"7z\xbc\xaf\x27\x1c" + bytes(90), b"Rar!\x1a\x07\x01\0" + bytes(90), b"\x04\x22\x4d\x18" + bytes(90), b"\0sfx" + bugreport()],
    ids=["7z", "rar", "lz4", "zip behind a program"],
)
def test_what_cannot_be_looked_into_is_refused_as_a_log_and_asked_for_as_a_file(desk: Desk, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "state.bin"
    path.write_bytes(data)
    as_log = desk.reports.new(1, title="As a log")
    pos = desk.reports.attach(as_log.id, path, name="state.log", role="log", media="text/plain", work=Work()).pos
    desk.reports.set_reviewed(as_log.id, pos)
    with pytest.raises(NotCleaned):
        desk.reports.queue(as_log.id, Work())
    as_file = desk.reports.new(1, title="As a file")
    desk.reports.attach(as_file.id, path, name="state.bin", role=of_file(path).role, media=of_file(path).media, work=Work())
    with pytest.raises(Unreviewed):
        desk.reports.queue(as_file.id, Work())
