# SPDX-License-Identifier: Apache-2.0
"""Secrets of every kind, planted wherever a file can hold some: in no byte that a real hub got, however it is unpacked."""

from __future__ import annotations

import gzip
import io
import re
import sqlite3
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from PIL import Image, PngImagePlugin

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


def everything(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """These bytes, and all that can be unpacked from them."""
    yield data
    if b"\0" in data[:4096]:
        yield data.replace(b"\0", b"")
    if depth > 4:
        return
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from everything(archive.read(name), depth + 1)
    elif data.startswith(b"\x1f\x8b"):
        yield from everything(gzip.decompress(data), depth + 1)
    elif data.startswith(b"\x28\xb5\x2f\xfd"):
        yield from everything(zstandard.ZstdDecompressor().stream_reader(data).read(), depth + 1)
    elif data.startswith(b"\x89PNG"):
        for at in range(len(data)):
            if data[at : at + 2] in (b"x\x9c", b"x\xda", b"x\x01", b"x^"):
                try:
                    yield zlib.decompressobj().decompress(data[at:])
                except zlib.error:
                    continue


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
    for picture in (path for path in arrived if path.read_bytes().startswith(b"\x89PNG")):
        with Image.open(picture) as seen:
            assert seen.info == {}
            assert HIDDEN not in {colour for _, colour in seen.convert("RGB").getcolors(1 << 20)}


def _names(real_hub: RealHub) -> list[tuple[str]]:
    with sqlite3.connect(f"file:{real_hub.data / 'hub.sqlite3'}?mode=ro", uri=True) as hub:
        (table,) = hub.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%report%attachment'").fetchone()
        return hub.execute(f"SELECT name FROM {table}").fetchall()
