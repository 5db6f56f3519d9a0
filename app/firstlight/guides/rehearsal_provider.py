# SPDX-License-Identifier: Apache-2.0
"""What other publishers' servers and archives are in a rehearsal: stand-ins in their shapes, made up on the spot, with hashes that fit."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import os
import random
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from firstlight.base.work import Work
from firstlight.guides.actions.provider import ASTEROID, LINEAGE, POSTMARKETOS, SYSTEMIMAGE
from firstlight_contract.guides import Guide, NamedFile
from firstlight_contract.verbs.files import FilesUnpack

_SIZE = 8 * 1024
PUBLISHED = _SIZE
"""Bytes that a phone gets of a publisher's images, at least."""


class Publishers:
    """Other publishers' servers, as far as a guide asks them."""

    def __init__(self, guide: Guide) -> None:
        self._devices = sorted({getattr(deed, "device", "") for _, deed in guide.deeds() if deed.verb == "provider.fetch"})

    def bring(self, name: str, file: NamedFile, path: Path, work: Work) -> bool:
        """Instead of the web: an index for an index's address, and for every other the bytes that the index speaks of."""
        del name, work
        url = file.url or ""
        path.write_bytes(self._index(url) or content(url))
        return True

    def _index(self, url: str) -> bytes:
        if url.startswith(SYSTEMIMAGE) and url.endswith("/index.json"):
            path = "/pool/ubports-practice.tar.xz"
            told = _told(SYSTEMIMAGE + path)
            row = {"path": path, "signature": path + ".asc", "checksum": told["sha256"], "size": told["size"], "order": 0}
            return _json({"images": [{"type": "full", "version": 1, "files": [row]}, {"type": "delta", "version": 2, "files": []}]})
        if url == f"{POSTMARKETOS}/index.json":
            return _json({"releases": [{"name": "rehearsal", "devices": [self._images(device) for device in self._devices]}]})
        if url.startswith(LINEAGE) and url.endswith("/builds"):
            zipped = "https://mirrorbits.lineageos.org/practice-signed.zip"
            file = _told(zipped, filename="practice-signed.zip", url=zipped)
            return _json([{"version": v, "datetime": 1, "files": [file]} for v in ("", "rehearsal")])
        if url.startswith(ASTEROID) and url.endswith("/MD5SUMS"):
            return "".join(f"0 zImage-dtb-{d}.fastboot\n0 asteroid-image-{d}.ext4\n" for d in self._devices).encode()
        return b""

    def _images(self, device: str) -> dict[str, Any]:
        base = "https://images.postmarketos.org/practice"
        images = [_told(f"{base}{end}", name=f"practice{end}", url=f"{base}{end}", timestamp="1") for end in ("-boot.img.xz", ".img.xz")]
        return {"name": device, "interfaces": [{"name": "rehearsal", "images": images}]}


def _json(data: object) -> bytes:
    return json.dumps(data).encode()


def content(url: str) -> bytes:
    """Bytes of an address: the same each time; packed where it says so."""
    data = random.Random(url).randbytes(_SIZE)  # not for secrets
    return lzma.compress(data, preset=0) if url.endswith(".img.xz") else data


def _told(address: str, **more: Any) -> dict[str, Any]:
    data = content(address)
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest(), **more}


def archive(guide: Guide, name: str) -> bytes:
    """A stand-in for an archive of the guide that holds what is picked of it; b"" when nothing unpacks this file."""
    picks: dict[str, str] = {}
    found = False
    for _, deed in guide.deeds():
        if isinstance(deed, FilesUnpack) and deed.archive == name:
            found = True
            picks |= deed.pick
    if not found:
        return b""
    out = io.BytesIO()
    rows = {inner: content(made) for inner, made in picks.items()} or {"file.img": content(name)}
    if re.search(r"\.zip$", name, re.IGNORECASE):
        with zipfile.ZipFile(out, "w") as z:
            for inner, data in rows.items():
                z.writestr(inner, data)
        return out.getvalue()
    with tarfile.open(fileobj=out, mode="w:gz" if name.endswith("gz") else "w") as t:
        for inner, data in rows.items():
            info = tarfile.TarInfo(inner)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


@contextmanager
def heimdall(guide: Guide, folder: Path) -> Iterator[None]:
    """A program `heimdall` that always finds a phone and takes every image, for guides that want one; the real one speaks USB alone.

    It stands first on PATH while the rehearsal lasts: the tester's own would look for a real phone.
    """
    if not any(deed.verb.startswith("heimdall.") for _, deed in guide.deeds()):
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "heimdall"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nwords = sys.argv[1:]\n"
        "for name, file in zip(words[1::2], words[2::2]):\n"
        "    open(file, 'rb').close()\n    print('Uploading', name.strip('-'))\n"
    )
    program.chmod(0o755)
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = f"{folder}{os.pathsep}{before}"
    try:
        yield
    finally:
        os.environ["PATH"] = before
