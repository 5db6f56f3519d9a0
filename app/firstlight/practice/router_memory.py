# SPDX-License-Identifier: Apache-2.0
"""What a practice router keeps without power, and how it reads the images that it takes (`firstlight_contract.practice_router`)."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from firstlight_contract.practice import BLOCK, Label, read_label
from firstlight_contract.practice_router import BOARD
from firstlight_contract.practice_router import IMAGE_BYTES as IMAGE_BYTES
from firstlight_contract.practice_router import TRAILER as _TRAILER
from firstlight_contract.practice_router import make_router_image as make_router_image

LOOK_ALIKE = "aurora,r1-lite"
TMP_BYTES = 64 << 20
"""Memory that a practice router has for /tmp."""


@dataclass(frozen=True)
class RouterMemory:
    """Facts of the router that survive a restart of the program."""

    hostname: str = "PRACTICE-R1-9A2E"
    board: str = BOARD
    mac: str = "02:0f:1a:00:9a:2e"
    build: str = ""
    """The build that started last."""
    compat_version: str = "1.0"
    boots: int = 1
    state: str = "running"
    """running | starting | dead"""
    color: str = "dawn"
    """A setting of the tester's, to see whether settings were kept."""

    @property
    def boot_id(self) -> str:
        """Another one at every start."""
        return hashlib.sha256(f"{self.hostname} {self.boots}".encode()).hexdigest()[:32]


def read_metadata(path: Path) -> dict[str, object] | None:
    """What an image says of itself; None when it says nothing. The router's own reading, apart from the PC's."""
    data = path.read_bytes()
    end = len(data)
    while end >= _TRAILER.size:
        magic, crc, kind, length = _TRAILER.unpack_from(data, end - _TRAILER.size)
        body = data[max(0, end - length) + 8 : end - _TRAILER.size]
        if magic != b"FWx0" or length < _TRAILER.size or zlib.crc32(data[: end - _TRAILER.size]) ^ 0xFFFFFFFF != crc:
            return None
        if kind == 1:
            try:
                told = json.loads(body)
            except ValueError:
                return None
            return told if isinstance(told, dict) else None
        end -= length
    return None


class RouterStorage:
    """The folder of one router. Not thread-safe by itself; the router holds its lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tmp = folder / "tmp"
        self.flash = folder / "firmware.img"
        self._state = folder / "router.json"

    def load(self) -> RouterMemory | None:
        """The facts; None for a router that was never switched on."""
        try:
            raw = json.loads(self._state.read_text("utf-8"))
        except FileNotFoundError:
            return None
        return RouterMemory(**{name: raw[name] for name in RouterMemory.__dataclass_fields__ if name in raw})

    def save(self, memory: RouterMemory) -> None:
        """Replace the facts as a whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        new = self._state.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(memory), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._state)

    def make_in_factory(self, memory: RouterMemory, build: str) -> RouterMemory:
        """A new router with `build` on it."""
        self.tmp.mkdir(parents=True, exist_ok=True)
        with self.flash.open("wb") as file:
            file.writelines(make_router_image(build=build))
        memory = replace(memory, build=build)
        self.save(memory)
        return memory

    def forget_tmp(self) -> None:
        """What lay in memory is gone."""
        for path in self.tmp.iterdir():
            path.unlink()

    def label(self, path: Path) -> Label | None:
        """The label of an image that is whole; None when it is damaged or none."""
        try:
            with path.open("rb") as file:
                label = read_label(file.read(BLOCK))
                if label is None or label.size > path.stat().st_size:
                    return None
                digest = hashlib.sha256()
                left = label.size - BLOCK
                while left and (piece := file.read(min(left, 1 << 20))):
                    digest.update(piece)
                    left -= len(piece)
        except FileNotFoundError:
            return None
        return label if label.device == "r1" and digest.hexdigest() == label.body_sha256 else None


def settings_archive(memory: RouterMemory) -> bytes:
    """What `sysupgrade -b` writes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text in (
            ("etc/config/system", f"config system\n\toption hostname '{memory.hostname}'\n\toption color '{memory.color}'\n"),
            ("etc/config/network", "config interface 'lan'\n\toption ipaddr '192.168.1.1'\n"),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return out.getvalue()
