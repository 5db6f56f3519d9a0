# SPDX-License-Identifier: Apache-2.0
"""Fetching and handing over systems of other publishers. Their indexes are written after the publishers' own pages and plugins; they were
practised on answers in those shapes, not on the real servers.

Every name, size and hash of an index is a stranger's: addresses stay on the publisher's own server, hashes are compared by whoever fetches.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from firstlight.devices.errors import DeviceRefused
from firstlight.guides.actions import android_adb, phone
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.errors import FileUnavailable
from firstlight.imaging.packed import PIECE, packing, unpacked
from firstlight.store.disk import settle
from firstlight_contract.guides import NamedFile
from firstlight_contract.verbs.android import AdbPush
from firstlight_contract.verbs.provider import ProviderFetch, ProviderInstall

_MAX_INDEX = 8 << 20
_MAX_FILES = 32
_MAX_IMAGE = 16 << 30
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/+-]{0,79}")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,110}")
_LIST = "systemimage.json"
_ON_PHONE = "/cache/recovery/"
_WAIT_S = 180.0


@dataclass(frozen=True)
class Wanted:
    """One file of an index: its name here, its address, what it must be. `unpacks`: it is packed, the name is the inner file's."""

    name: str
    url: str
    sha256: str = ""
    size: int = 0
    unpacks: bool = False


def fetch(deed: ProviderFetch, bench: Bench) -> None:
    """Read the index, then bring what it names."""
    chosen = {key: _word(bench.answers.get(option), key) for key, option in deed.choose.items()}
    wanted = _RESOLVE[deed.from_](deed.device, chosen, lambda url: _index(url, bench))
    for file in wanted[:_MAX_FILES]:
        bench.work.check()
        _bring(file, bench)
        bench.said(f"{file.name}: {'hash matches' if file.sha256 else 'nothing to compare it with'}", "ok")
    if deed.from_ == "systemimage":
        _place(bench, _LIST).write_text(json.dumps([w.name for w in wanted]), "utf-8")
    missing = [n for n in deed.names if n not in {w.name for w in wanted}]
    if missing:
        raise FileUnavailable(name=missing[0], link="")


def install(deed: ProviderInstall, bench: Bench) -> None:
    """Push the images and, last of all, the order that the recovery obeys at its next start."""
    try:
        names = [n for n in json.loads(bench.files.path(_LIST, bench.work).read_text("utf-8")) if isinstance(n, str) and _NAME.fullmatch(n)]
    except ValueError as error:
        raise FileUnavailable(name=_LIST, link="") from error
    wipes = deed.wipe is not None and bench.answers.get(deed.wipe) is True
    order = _place(bench, "ubuntu_command")
    order.write_text("\n".join(orders(names, wipes=wipes)) + "\n", "utf-8")
    phone.wait_for(bench, phone.IN_ADB, _WAIT_S)
    bench.recheck()
    for words in (("mount", "-a"), ("rm", "-rf", "/cache/recovery"), ("mkdir", "-p", "/cache/recovery")):
        adb, where = phone.in_adb(bench)
        try:
            adb.shell(where, words, deadline_s=60.0, work=bench.work)
        except DeviceRefused as error:
            bench.said(f"{words[0]}: {error.facts.get('said')}", "plain")
    for name in [*names, "ubuntu_command"]:
        android_adb.push(AdbPush(verb="adb.push", files=(name,), to=_ON_PHONE + name), bench)


def orders(names: list[str], *, wipes: bool) -> list[str]:
    """What stands in `ubuntu_command`: key rings first, then each image with its signature."""
    rings = [n for n in names if n.startswith("image-") and n.endswith(".tar.xz")]
    images = [n for n in names if n.endswith(".tar.xz") and n not in rings]
    lines = ["format data"] if wipes else []
    lines += ["format system", *(f"load_keyring {r} {r}.asc" for r in rings), "mount system"]
    return [*lines, *(f"update {i} {i}.asc" for i in images), "unmount system"]


def _word(answer: object, key: str) -> str:
    """An answer that may stand in an address."""
    text = str(answer) if answer is not None else ""
    if not _WORD.fullmatch(text) or ".." in text:
        raise FileUnavailable(name=key, link="")
    return text


def _place(bench: Bench, name: str) -> Path:
    return bench.files.place(name)


def _index(url: str, bench: Bench) -> bytes:
    """The text of an index, fetched anew each time."""
    path = _place(bench, "index.new")
    path.unlink(missing_ok=True)
    bring = bench.backends.bring
    if bring is None or not bring("index", NamedFile(url=url), path, bench.work):
        raise FileUnavailable(name="index", link=url)
    with path.open("rb") as file:
        data = file.read(_MAX_INDEX + 1)
    path.unlink()
    if len(data) > _MAX_INDEX:
        raise FileUnavailable(name="index", link=url)
    return data


def _bring(file: Wanted, bench: Bench) -> None:
    bring = bench.backends.bring
    target = _place(bench, file.name)
    new = target.with_name(target.name + ".new")
    named = NamedFile(url=file.url, sha256=file.sha256 or None, size=file.size or None)
    if bring is None or not bring(file.name, named, new, bench.work):
        raise FileUnavailable(name=file.name, link=file.url)
    bench.files.compare(new, file.name, named, bench.work)
    if not file.unpacks:
        settle(new, target)
        return
    whole = target.with_name(target.name + ".whole")
    with unpacked(new, packing(new), bench.work, _MAX_IMAGE) as stream, whole.open("wb") as out:
        while piece := stream.read(PIECE):
            out.write(piece)
    settle(whole, target)
    new.unlink()


# -- indexes -------------------------------------------------------------------------------------------------------------

Ask = Callable[[str], bytes]
SYSTEMIMAGE, POSTMARKETOS = "https://system-image.ubports.com", "https://images.postmarketos.org/bpo"
LINEAGE, ASTEROID = "https://download.lineageos.org/api/v2/devices", "https://release.asteroidos.org/nightlies"


def _json(data: bytes, url: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FileUnavailable(name="index", link=url) from error


def _maps(raw: object) -> list[Mapping[str, Any]]:
    return [x for x in raw if isinstance(x, Mapping)] if isinstance(raw, list) else []


def _hash(raw: object) -> str:
    return raw if isinstance(raw, str) and _SHA256.fullmatch(raw) else ""


def _below(base: str, path: object) -> str:
    """An address on the publisher's own server; FileUnavailable for anything that would lead elsewhere."""
    if not isinstance(path, str) or ".." in path.split("/") or not path.isascii() or "://" in path:
        raise FileUnavailable(name=str(path)[:80], link=base)
    return base + "/" + quote(path.lstrip("/"), safe="/._+-~")


def _systemimage(device: str, chosen: Mapping[str, str], ask: Ask) -> list[Wanted]:
    """channel/device/index.json: the newest full image, each file with its signature, and the two key rings before them."""
    url = f"{SYSTEMIMAGE}/{chosen.get('channel', '')}/{quote(device)}/index.json"
    index = _json(ask(url), url)
    full = [i for i in _maps(index.get("images") if isinstance(index, Mapping) else None) if i.get("type") == "full"]
    if not full:
        raise FileUnavailable(name=device, link=url)
    newest = max(full, key=lambda i: i["version"] if isinstance(i.get("version"), int) else 0)
    found = []
    for ring in ("image-master.tar.xz", "image-signing.tar.xz"):
        found += [Wanted(ring, f"{SYSTEMIMAGE}/gpg/{ring}"), Wanted(ring + ".asc", f"{SYSTEMIMAGE}/gpg/{ring}.asc")]
    for file in sorted(_maps(newest.get("files")), key=lambda f: f["order"] if isinstance(f.get("order"), int) else 0):
        address, name = _below(SYSTEMIMAGE, file.get("path")), str(file.get("path")).rpartition("/")[2]
        if not _NAME.fullmatch(name):
            raise FileUnavailable(name=name[:80], link=url)
        size = file["size"] if isinstance(file.get("size"), int) else 0
        found += [
            Wanted(name, address, _hash(file.get("checksum")), size),
            Wanted(name + ".asc", _below(SYSTEMIMAGE, file.get("signature"))),
        ]
    return found


def _postmarketos(device: str, chosen: Mapping[str, str], ask: Ask) -> list[Wanted]:
    """index.json: releases, devices, interfaces, images; the newest image and the boot image of the same day."""
    url = f"{POSTMARKETOS}/index.json"
    index = _json(ask(url), url)
    node: object = index.get("releases") if isinstance(index, Mapping) else None
    for name, below in ((chosen.get("release"), "devices"), (device, "interfaces"), (chosen.get("interface"), "images")):
        node = next((m.get(below) for m in _maps(node) if m.get("name") == name), None)
    images = sorted(_maps(node), key=lambda i: str(i.get("timestamp", "")), reverse=True)
    boot = next((i for i in images if str(i.get("name", "")).endswith("-boot.img.xz")), None)
    root = next((i for i in images if str(i.get("name", "")).endswith(".img.xz") and not str(i["name"]).endswith("-boot.img.xz")), None)
    if boot is None or root is None:
        raise FileUnavailable(name=device, link=url)
    return [_packed("rootfs.img", root), _packed("boot.img", boot)]


def _packed(name: str, image: Mapping[str, Any]) -> Wanted:
    address = str(image.get("url", ""))
    if not address.startswith("https://images.postmarketos.org/"):
        raise FileUnavailable(name=name, link=POSTMARKETOS)
    return Wanted(name, address, _hash(image.get("sha256")), image["size"] if isinstance(image.get("size"), int) else 0, unpacks=True)


def _lineage_os(device: str, chosen: Mapping[str, str], ask: Ask) -> list[Wanted]:
    """Builds of a device, newest first; the package of the chosen version."""
    url = f"{LINEAGE}/{quote(device)}/builds"
    wanted = chosen.get("channel", "").removeprefix("lineage-")
    builds = [b for b in _maps(_json(ask(url), url)) if not wanted or str(b.get("version", "")) == wanted]
    builds.sort(key=lambda b: b["datetime"] if isinstance(b.get("datetime"), int) else 0, reverse=True)
    for build in builds:
        for file in _maps(build.get("files")):
            address = str(file.get("url", ""))
            if str(file.get("filename", "")).endswith("-signed.zip") and address.startswith("https://mirrorbits.lineageos.org/"):
                size = file["size"] if isinstance(file.get("size"), int) else 0
                return [Wanted(f"lineageos_rootfs_{device}.zip", address, _hash(file.get("sha256")), size)]
    raise FileUnavailable(name=device, link=url)


def _asteroid_os(device: str, _: Mapping[str, str], ask: Ask) -> list[Wanted]:
    """MD5SUMS names the two images; it is fetched to see that they are there."""
    url = f"{ASTEROID}/{quote(device)}/MD5SUMS"
    listed = ask(url).decode("utf-8", "replace")
    names = (f"zImage-dtb-{device}.fastboot", f"asteroid-image-{device}.ext4")
    if not all(n in listed for n in names):
        raise FileUnavailable(name=device, link=url)
    return [Wanted(name, f"{ASTEROID}/{quote(device)}/{name}") for name in names]


HOSTS = {
    "systemimage": "system-image.ubports.com",
    "postmarketos": "images.postmarketos.org",
    "lineage_os": "download.lineageos.org, mirrorbits.lineageos.org",
    "asteroid_os": "release.asteroidos.org",
}
"""Whom each provider's verb asks, as it is told to the tester before."""
_RESOLVE: dict[str, Callable[[str, Mapping[str, str], Ask], list[Wanted]]] = {
    "systemimage": _systemimage,
    "postmarketos": _postmarketos,
    "lineage_os": _lineage_os,
    "asteroid_os": _asteroid_os,
}

DEEDS: dict[type[Any], Verb] = {ProviderFetch: Verb(fetch, Again.SAFE), ProviderInstall: Verb(install, Again.FROM_START)}
CHECKS: dict[type[Any], CheckVerb] = {}
