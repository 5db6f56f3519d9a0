# SPDX-License-Identifier: Apache-2.0
"""OpenWrt's `profiles.json` (CC0) -> guides: for each device one that updates it over SSH, and where there are such images one that
writes a card, one that rescues it by TFTP, and one for the first install by hand.

The images are named with their SHA-256 as the file tells it; nothing is fetched here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from firstlight.guides.exchange.draft import Draft, Fate, Imported, clean, many, slug, title

_MAX = 64 << 20
_MAX_PROFILES = 5000
_BASE = "https://downloads.openwrt.org/releases"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,117}[A-Za-z0-9]")
_VERSION = re.compile(r"[0-9]{2}\.[0-9]{2}(\.[0-9]+)?(-[a-z0-9]+)?")
_CARD = ("sdcard", "combined", "combined-efi", "disk", "sdcard-boot", "boot-sdcard", "emmc")
_TFTP = ("tftp", "tftp-recovery", "recovery", "uboot-recovery", "initramfs-recovery")
_PARTS = ("kernel", "rootfs", "kernel-dtb", "dtb", "rootfs.tar", "squashfs", "ubi-kernel", "initramfs-kernel")
"""Pieces that other images are made of; nobody installs them by themselves."""
Raw = Mapping[str, Any]


def read(path: Path, found: Imported) -> None:
    """All devices of one file; what is wrong with it becomes a remark."""
    try:
        if path.stat().st_size > _MAX:
            raise ValueError(f"larger than {_MAX >> 20} MiB")
        data = json.loads(path.read_bytes())
        if not isinstance(data, Mapping) or data.get("metadata_version") != 1 or not isinstance(data.get("profiles"), Mapping):
            raise ValueError("no profiles.json of version 1")
        if len(data["profiles"]) > _MAX_PROFILES:
            raise ValueError(f"more than {_MAX_PROFILES} devices")
    except (OSError, ValueError, RecursionError) as error:
        found.remark(path.name, "", path.name, Fate.UNMAPPED, f"cannot be read: {str(error)[:160]}")
        return
    for name, profile in data["profiles"].items():
        found.items += 1
        if isinstance(profile, Mapping):
            _Profile(path.name, str(name), profile, data, found).make()
        else:
            found.remark(path.name, str(name), str(profile)[:60], Fate.UNMAPPED, "no device")


class _Profile:
    """One device of a release."""

    def __init__(self, source: str, name: str, raw: Raw, release: Raw, found: Imported) -> None:
        self._source, self._name, self._raw, self._release, self._found = source, name, raw, release, found
        self._version = clean(release.get("version_number"))
        self._title = self._titles()
        self._images: list[tuple[str, str, dict[str, Any]]] = []

    def make(self) -> None:
        """Into `found`."""
        self._found.misshapen(self._source, self._name, self._raw, lists=("images", "titles", "supported_devices", "device_packages"))
        for image in many(self._raw.get("images")):
            self._found.items += 1
            if isinstance(image, Mapping):
                self._image(image)
        for key in ("device_packages",):
            if self._raw.get(key):
                what = f"{len(many(self._raw[key]))} packages"
                self._found.remark(self._source, self._name, what, Fate.CHANGED, "they are inside the images already")
        made = [self._update(), self._card(), self._rescue(), self._install()]
        if not any(made):
            self._lost("images", ", ".join(kind for kind, _, _ in self._images) or "none", "nothing that can be installed by itself")

    def _titles(self) -> str:
        for words in many(self._raw.get("titles")):
            if isinstance(words, Mapping):
                name = " ".join(clean(words.get(k)) for k in ("vendor", "model", "variant") if words.get(k)) or clean(words.get("title"))
                if name:
                    return title(name, self._name)
        return self._name

    def _boards(self) -> list[str]:
        """What the router may call itself: its own list, else the profile's name with the comma that board names have."""
        listed = [clean(b) for b in many(self._raw.get("supported_devices")) if isinstance(b, str) and clean(b)]
        if listed:
            return list(dict.fromkeys(listed))[:16]
        self._found.remark(
            self._source, self._name, "supported_devices", Fate.ADDED, "the file has none: the board is guessed from its name"
        )
        return [self._name.replace("_", ",", 1)]

    def _image(self, raw: Raw) -> None:
        name, kind = clean(raw.get("name")), clean(raw.get("type"))
        if not _NAME.fullmatch(name):
            self._lost("images", name or kind, "no name of a file that a guide takes")
            return
        file: dict[str, Any] = {}
        target = clean(self._release.get("target"))
        if _VERSION.fullmatch(self._version) and re.fullmatch(r"[a-z0-9_]+/[a-z0-9_-]+", target):
            file["url"] = f"{_BASE}/{self._version}/targets/{target}/{name}"
        else:
            file["by_hand"] = True
        digest = clean(raw.get("sha256")).lower()
        if _SHA256.fullmatch(digest):
            file["sha256"] = digest
        else:
            self._lost("images", name, "no SHA-256: what is fetched cannot be compared")
        if kind in _PARTS:
            self._lost("images", f"{name} ({kind})", "a piece of other images, not installed by itself")
            return
        self._images.append((kind, name, file))

    def _of(self, kinds: tuple[str, ...]) -> list[tuple[str, str, dict[str, Any]]]:
        return [i for i in self._images if i[0] in kinds]

    def _one(self, kinds: tuple[str, ...]) -> tuple[str, dict[str, Any]] | None:
        """The image for a purpose; of several, squashfs before the rest: it can be reset."""
        found = self._of(kinds)
        found.sort(key=lambda i: "squashfs" not in i[1])
        for _, name, _ in found[1:]:
            self._found.remark(self._source, self._name, name, Fate.CHANGED, f"another image for the same purpose is used: {found[0][1]}")
        return (found[0][1], found[0][2]) if found else None

    def _base(self, suffix: str, head: str, kind: str, way: str, files: dict[str, Any]) -> dict[str, Any]:
        return {
            "guide": 1,
            "id": slug("openwrt", self._name, suffix),
            "version": self._version if re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_.+-]{0,39}", self._version) else "1",
            "title": title(head, "Guide"),
            "kind": kind,
            "way": way,
            "difficulty": "careful",
            "for": {"device": [slug(self._name)]},
            "source": {"author": "OpenWrt", "licence": "CC0-1.0"},
            "files": files,
        }

    def _update(self) -> bool:
        image = self._one(("sysupgrade",))
        if image is None:
            return False
        name, file = image
        data = self._base("update", f"OpenWrt {self._version} for {self._title}", "flash", "network", {name: file})
        data |= {"effect": "keeps_settings", "minutes": [5, 15]}
        data["ask"] = [{"id": "keep", "type": "yes_no", "label": "Keep the settings of the router", "default": True}]
        gate = [{"ssh.board": {"is": self._boards()}}, {"ssh.compat": {"file": name, "keep_if": "keep"}}, {"ssh.space": {"file": name}}]
        data["steps"] = [
            {"id": "fetch", "title": "Fetch the image", "do": [{"files.fetch": [name]}]},
            {"id": "find", "title": "Find the router", "do": ["ssh.find"]},
            {"id": "backup", "title": "Keep the settings on this PC", "gate": [gate[0]], "do": ["ssh.backup"]},
            {"id": "upload", "title": "Bring the image to the router", "gate": gate, "do": [{"ssh.upload": {"file": name}}]},
            {
                "id": "write",
                "title": "Write the image",
                "gate": [*gate[:2], "ssh.kept"],
                "do": [{"ssh.sysupgrade": {"file": name, "keep_if": "keep"}}],
                "danger": "brick",
            },
            {"id": "back", "title": "Wait for the router", "do": [{"ssh.wait": {"build": self._version}}]},
            {"id": "check", "title": "Look whether it took", "gate": [{"ssh.expect": {"name": "build", "is": self._version}}]},
        ]
        self._found.add(Draft(data["id"], data), self._source)
        return True

    def _card(self) -> bool:
        image = self._one(_CARD)
        if image is None:
            return False
        name, file = image
        data = self._base("card", f"Card with OpenWrt {self._version} for {self._title}", "image", "card", {name: file})
        data |= {"effect": "erases_data", "minutes": [5, 20]}
        data["steps"] = [
            {"id": "fetch", "title": "Fetch the image", "do": [{"files.fetch": [name]}]},
            {"id": "card", "title": "Put the card in", "do": ["card.find"]},
            {
                "id": "write",
                "title": "Write the card",
                "gate": [{"card.expect": {"removable": True}}],
                "do": [{"image.write": {"file": name}}],
                "after": [{"image.verify": {"file": name}}],
                "danger": "data_loss",
            },
            {
                "id": "start",
                "title": "Start from the card",
                "say": [{"text": "Take the card out, put it into the device and switch it on."}],
            },
        ]
        self._found.add(Draft(data["id"], data), self._source)
        return True

    def _rescue(self) -> bool:
        image = self._one(_TFTP)
        if image is None:
            return False
        name, file = image
        data = self._base("rescue", f"Rescue {self._title} with OpenWrt {self._version}", "recover", "tftp", {name: file})
        data |= {"effect": "erases_settings", "minutes": [10, 30]}
        say = "Hold reset, plug the power in, and let go once this page says that the router asks."
        data["steps"] = [
            {"id": "fetch", "title": "Fetch the image", "do": [{"files.fetch": [name]}]},
            {
                "id": "cable",
                "title": "Connect the router",
                "say": [{"text": "Put a network cable from this PC into a LAN port of the router."}],
            },
            {
                "id": "serve",
                "title": "Answer the router",
                "say": [{"text": say}],
                "gate": ["tftp.alone"],
                "do": [{"tftp.serve": {"file": name, "any_name": True}}],
                "danger": "brick",
            },
            {"id": "back", "title": "Wait for the router", "do": [{"router.back": {"build": self._version}}]},
        ]
        self._found.remark(
            self._source,
            self._name,
            name,
            Fate.ADDED,
            "how the router is brought to ask is the same everywhere only roughly: read its page",
        )
        self._found.add(Draft(data["id"], data), self._source)
        return True

    def _install(self) -> bool:
        """The first install, from the maker's own page: hands do it."""
        rest = [i for i in self._images if i[0] != "sysupgrade" and i[0] not in _CARD and i[0] not in _TFTP]
        if not rest:
            return False
        files = {name: file for _, name, file in rest[:64]}
        data = self._base("install", f"First install of OpenWrt {self._version} on {self._title}", "flash", "hands", files)
        data |= {"effect": "erases_settings", "minutes": [10, 30]}
        names = list(files)
        data["steps"] = [
            {"id": "fetch", "title": "Fetch the image", "do": [{"files.fetch": names}]},
            {
                "id": "install",
                "title": "Install it by the router's own page",
                "say": [
                    {"text": "Open the page of the router, go to its firmware update and choose the file."},
                    *({"text": f"{name} ({kind})", "level": 1} for kind, name, _ in rest[:5]),
                    {
                        "text": "Take the file for your router's make and region. Do not unplug it until it has started again.",
                        "tone": "caution",
                    },
                ],
                "prove": ["tick"],
            },
        ]
        for kind, name, _ in rest:
            self._found.remark(
                self._source, self._name, f"{name} ({kind})", Fate.CHANGED, "the maker's own page takes it: hands do that step"
            )
        self._found.add(Draft(data["id"], data), self._source)
        return True

    def _lost(self, where: str, what: str, why: str) -> None:
        self._found.remark(self._source, f"{self._name}: {where}", what, Fate.UNMAPPED, why)
