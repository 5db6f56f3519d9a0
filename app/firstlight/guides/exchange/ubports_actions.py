# SPDX-License-Identifier: Apache-2.0
"""Each action of UBports' files as verbs of a guide."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from firstlight.guides.exchange.draft import Fate, fields, many
from firstlight.guides.exchange.ubports_files import Files

Lost = Callable[[str, str, Fate], None]
_PARTITION = re.compile(r"[a-z][a-z0-9_-]{0,35}")
_PATH = re.compile(r"/[A-Za-z0-9._/-]{1,240}")
_ALTERNATIVES = re.compile(r"\^?\(?([A-Za-z0-9_. -]+(?:\|[A-Za-z0-9_. -]+)*)\)?\$?")
_PLAIN = {
    "fastboot:wait": ("fastboot.wait", None),
    "fastboot:reboot": ("fastboot.reboot", "system"),
    "fastboot:reboot_bootloader": ("fastboot.reboot", "bootloader"),
    "fastboot:reboot_fastboot": ("fastboot.reboot", "fastboot"),
    "fastboot:reboot_recovery": ("fastboot.reboot", "recovery"),
    "fastboot:continue": ("fastboot.continue", None),
    "adb:wait": ("adb.wait", None),
    "adb:reconnect": ("adb.wait", None),
    "heimdall:wait": ("heimdall.wait", None),
}
_STATES = ("system", "recovery", "bootloader", "download", "edl")
_HEADS = {
    "files.fetch": "Fetch the files",
    "files.unpack": "Unpack the files",
    "fastboot.flash": "Write the images",
    "fastboot.erase": "Erase",
    "fastboot.format": "Format",
    "fastboot.set_active": "Choose the slot",
    "fastboot.unlock": "Unlock the bootloader",
    "fastboot.wipe_super": "Make the logical partitions afresh",
    "adb.reboot": "Restart the phone",
    "device.find": "Bring the phone into its bootloader",
    "fastboot.reboot": "Restart the phone",
    "adb.sideload": "Install the package",
    "adb.push": "Copy files to the phone",
    "adb.shell": "Commands on the phone",
    "heimdall.flash": "Write the images",
    "provider.fetch": "Fetch the system",
    "provider.install": "Hand over the system",
}
_ERASES = ("fastboot.erase", "fastboot.format", "fastboot.wipe_super", "fastboot.unlock", "adb.format", "fastboot.update")
_ERASES_LOGICAL = ("fastboot.delete_logical_partition", "fastboot.resize_logical_partition")
_WRITES = (
    "fastboot.flash",
    "fastboot.set_active",
    "fastboot.create_logical_partition",
    "adb.push",
    "adb.sideload",
    "adb.shell",
    "heimdall.flash",
)


@dataclass
class Batch:
    """Deeds and checks of one step, as they come together."""

    do: list[Any] = field(default_factory=list)
    gate: list[Any] = field(default_factory=list)

    def one_state_each(self) -> list[Batch]:
        """Cut so that each part writes in one way only: a step ends in one state that can be asked for."""
        parts = [Batch(gate=self.gate)]
        for deed in self.do:
            verb = deed if isinstance(deed, str) else next(iter(deed))
            wrote = [v for v in parts[-1].verbs if Batch([v]).writes]
            # What moves the phone (a restart, a wait) goes before: a gate is asked when its step begins.
            moves = bool(parts[-1].do) and not wrote and Batch([deed]).writes
            if moves or (wrote and verb != wrote[-1]):
                parts.append(Batch())
            parts[-1].do.append(deed)
        return parts

    @property
    def verbs(self) -> list[str]:
        """Of the deeds."""
        return [d if isinstance(d, str) else next(iter(d)) for d in self.do]

    @property
    def erases(self) -> bool:
        """Data may go with it."""
        return any(v in _ERASES or v in _ERASES_LOGICAL for v in self.verbs)

    @property
    def writes(self) -> bool:
        """It changes what the phone keeps."""
        return self.erases or any(v in _WRITES or v == "provider.install" for v in self.verbs)

    @property
    def writes_by_fastboot(self) -> bool:
        """And the bootloader does it."""
        return self.writes and any(v.startswith("fastboot.") for v in self.verbs)

    @property
    def writes_by_adb(self) -> bool:
        """And the started phone or its recovery does it."""
        return self.writes and any(v.startswith(("adb.", "provider.install")) for v in self.verbs) and not self.writes_by_fastboot


def heading(batch: Batch) -> str:
    """What a step does, in a few words."""
    verbs = batch.verbs
    first = next((_HEADS[v] for v in verbs if v in _HEADS), "")
    if first in ("Erase", "Format"):
        deed = next(d for d in batch.do if isinstance(d, dict) and next(iter(d)) in ("fastboot.erase", "fastboot.format"))
        return f"{first} {next(iter(deed.values()))['partition']}"
    return first or ("Check the phone" if not verbs else "Prepare the phone")


def split(action: object) -> tuple[str, Any]:
    """Name and parameters of an action."""
    if isinstance(action, Mapping) and len(action) == 1:
        ((name, params),) = action.items()
        return str(name), params if params is not None else {}
    return str(action), {}


def add(name: str, params: Any, batch: Batch, files: Files, lost: Lost) -> bool:
    """Append what an action means; False when a guide cannot say it."""
    if name in _PLAIN:
        verb, to = _PLAIN[name]
        batch.do.append({verb: to} if to else verb)
        # Each of their commands waits for the phone by itself; ours say so.
        wait = {"bootloader": "fastboot.wait", "fastboot": "fastboot.wait", "recovery": {"adb.wait": "recovery"}}.get(to or "")
        if wait:
            batch.do.append(wait)
        return True
    maker = _MAKERS.get(name) if isinstance(params, Mapping) or name == "adb:shell" else None
    return maker is not None and maker(params, batch, files, lost)


def _download(params: Any, batch: Batch, files: Files, lost: Lost) -> bool:
    names = []
    for raw in _maps(params.get("files")):
        names.append(files.download(str(params.get("group", "")), raw))
        if not isinstance(raw.get("checksum"), Mapping):
            lost(f"{names[-1]}: no checksum", "what is fetched cannot be compared with anything; the page says so", Fate.CHANGED)
    if names:
        batch.do.append({"files.fetch": names})
    return bool(names)


def _manual(params: Any, batch: Batch, files: Files, _: Lost) -> bool:
    raw = params.get("file")
    if not isinstance(raw, Mapping):
        return False
    batch.do.append({"files.fetch": [files.download(str(params.get("group", "")), raw, by_hand=True)]})
    return True


def _unpack(params: Any, batch: Batch, files: Files, lost: Lost) -> bool:
    group = str(params.get("group", ""))
    for raw in _maps(params.get("files")):
        archive, folder = str(raw.get("archive", "")), str(raw.get("dir", "."))
        if files.is_covered(group, archive):
            lost(f"core:unpack {archive}", "unpacked with the archive around it", Fate.CHANGED)
            continue
        deed = files.unpack(group, archive, folder)
        if deed is None:
            lost(f"core:unpack {archive}", "nothing brings this archive", Fate.UNMAPPED)
            continue
        batch.do.append({"files.unpack": deed})
    return True


def _move(params: Any, _: Batch, __: Files, lost: Lost) -> bool:
    for raw in _maps(params.get("files")):
        lost(f"core:unpack_move {raw.get('src')}", "the files are picked from the archive under their last names", Fate.CHANGED)
    return True


def _flash(params: Any, batch: Batch, files: Files, lost: Lost) -> bool:
    parts = []
    for raw in _maps(params.get("partitions")):
        partition = str(raw.get("partition", ""))
        if not _PARTITION.fullmatch(partition):
            lost(f"fastboot:flash {partition}", "no name of a partition that a guide takes", Fate.UNMAPPED)
            continue
        part: dict[str, Any] = {"partition": partition, "file": files.named_as(str(raw.get("group", "")), str(raw.get("file", "")))}
        if raw.get("raw") is True:
            # Theirs means `flash:raw`, which makes a boot image of a bare kernel; what they name so are whole images, written as they are.
            lost(f"{partition}: raw", "the file is a whole image and is written as it is", Fate.CHANGED)
        for flag in many(raw.get("flags")):
            key = {"--disable-verity": "disable_verity", "--disable-verification": "disable_verification"}.get(str(flag))
            if key:
                part[key] = True
            else:
                lost(f"{partition}: {flag}", "an unknown flag", Fate.UNMAPPED)
        parts.append(part)
    if parts:
        batch.do.append({"fastboot.flash": {"parts": parts}})
    return bool(parts)


def _on_partition(verb: str, *more: str) -> Callable[[Any, Batch, Files, Lost], bool]:
    def make(params: Any, batch: Batch, _: Files, __: Lost) -> bool:
        partition = str(params.get("partition", ""))
        if not _PARTITION.fullmatch(partition):
            return False
        deed: dict[str, Any] = {"partition": partition}
        for key in more:
            value = params.get(key)
            if value is not None:
                deed[key] = int(value) if key == "size" and str(value).isdecimal() else value
        batch.do.append({verb: deed})
        return True

    return make


def _one_file(verb: str) -> Callable[[Any, Batch, Files, Lost], bool]:
    def make(params: Any, batch: Batch, files: Files, _: Lost) -> bool:
        raw = fields(params.get("image")) or params
        if not raw.get("file"):
            return False
        batch.do.append({verb: {"file": files.named_as(str(raw.get("group", "")), str(raw["file"]))}})
        return True

    return make


def _set_active(params: Any, batch: Batch, _: Files, __: Lost) -> bool:
    slot = str(params.get("slot", ""))
    if slot in ("a", "b"):
        batch.do.append({"fastboot.set_active": {"slot": slot}})
    return slot in ("a", "b")


def _assert(check: str, key: str) -> Callable[[Any, Batch, Files, Lost], bool]:
    def make(params: Any, batch: Batch, _: Files, __: Lost) -> bool:
        name, value, regex = str(params.get(key, "")), params.get("value"), params.get("regex")
        if check == "fastboot.expect" and name == "unlocked" and value == "yes":
            batch.gate.append("fastboot.unlocked")
            return True
        if isinstance(value, str | int | bool):
            batch.gate.append({check: {"name": name, "is": value}})
            return True
        pattern = str(regex.get("pattern", "")) if isinstance(regex, Mapping) else str(regex or "")
        match = _ALTERNATIVES.fullmatch(pattern)
        if not match:
            return False
        batch.gate.append({check: {"name": name, "one_of": match[1].split("|")}})
        return True

    return make


def _adb_reboot(params: Any, batch: Batch, _: Files, __: Lost) -> bool:
    to = str(params.get("to_state", ""))
    if to == "bootloader":
        # Theirs sends a started phone there, and fails for one that stands there already; `device.find` takes both.
        batch.do.append({"device.find": 60})
    elif to in _STATES:
        batch.do.append({"adb.reboot": to})
        if to in ("recovery", "system"):
            batch.do.append({"adb.wait": to})
    return to in _STATES


def _shell(params: Any, batch: Batch, _: Files, __: Lost) -> bool:
    words = params.get("args") if isinstance(params, Mapping) else params
    if isinstance(words, str):
        words = [words]
    if not isinstance(words, list) or not words:
        return False
    batch.do.append({"adb.shell": {"run": [str(w) for w in words]}})
    return True


def _prepare(_: Any, batch: Batch, __: Files, ___: Lost) -> bool:
    for words in (["mount", "-a"], ["rm", "-rf", "/cache/*"], ["mkdir", "-p", "/cache/recovery"]):
        batch.do.append({"adb.shell": {"run": words}})
    return True


def _push(params: Any, batch: Batch, files: Files, _: Lost) -> bool:
    names = [files.named_as(str(params.get("group", "")), str(f)) for f in many(params.get("files"))]
    dest = str(params.get("dest", ""))
    if not names or not _PATH.fullmatch(dest):
        return False
    batch.do.append({"adb.push": {"files": names, "to": dest if len(names) == 1 or dest.endswith("/") else dest + "/"}})
    return True


def _heimdall(params: Any, batch: Batch, files: Files, _: Lost) -> bool:
    parts = [
        {"partition": str(raw.get("partition", "")), "file": files.named_as(str(raw.get("group", "")), str(raw.get("file", "")))}
        for raw in _maps(params.get("partitions"))
    ]
    if parts:
        batch.do.append({"heimdall.flash": {"parts": parts}})
    return bool(parts)


def _note(params: Any, batch: Batch, _: Files, __: Lost) -> bool:
    text = " ".join(str(params[k]) for k in ("status", "info") if params.get(k)) if isinstance(params, Mapping) else ""
    if text:
        batch.do.append({"note.say": text[:580]})
    return True


def provide(params: Any, batch: Batch, name: str, device: str, options: set[str]) -> list[str]:
    """Systems that stand in an index on their publisher's server; the files that later steps use."""
    source, _, _ = name.partition(":")
    keys = {"systemimage": ("channel",), "postmarketos": ("release", "interface"), "lineage_os": ("channel",), "asteroid_os": ()}[source]
    made = {"postmarketos": ["rootfs.img", "boot.img"], "lineage_os": [f"lineageos_rootfs_{device}.zip"]}.get(source, [])
    made = [f"zImage-dtb-{device}.fastboot", f"asteroid-image-{device}.ext4"] if source == "asteroid_os" else made
    deed: dict[str, Any] = {"from": source, "device": device}
    chosen = {k: k for k in keys if k in options}
    if chosen:
        deed["choose"] = chosen
    if made:
        deed["names"] = made
    batch.do.append({"provider.fetch": deed})
    if name == "systemimage:install":
        batch.do.append({"provider.install": {"from": "systemimage"} | ({"wipe": "wipe"} if "wipe" in options else {})})
    elif name == "lineage_os:install":
        batch.do.append({"adb.sideload": {"file": made[0]}})
    return made


PROVIDED = ("systemimage:install", "postmarketos:download", "lineage_os:download", "lineage_os:install", "asteroid_os:download")


def _end(_: Any, __: Batch, ___: Files, ____: Lost) -> bool:
    return True


def _maps(raw: object) -> list[Mapping[str, Any]]:
    return [x for x in raw if isinstance(x, Mapping)] if isinstance(raw, list) else []


_MAKERS: dict[str, Callable[[Any, Batch, Files, Lost], bool]] = {
    "core:download": _download,
    "core:manual_download": _manual,
    "core:unpack": _unpack,
    "core:unpack_move": _move,
    "core:info": _note,
    "core:end": _end,
    "fastboot:flash": _flash,
    "fastboot:erase": _on_partition("fastboot.erase"),
    "fastboot:format": _on_partition("fastboot.format", "type", "size"),
    "fastboot:create_logical_partition": _on_partition("fastboot.create_logical_partition", "size"),
    "fastboot:resize_logical_partition": _on_partition("fastboot.resize_logical_partition", "size"),
    "fastboot:delete_logical_partition": _on_partition("fastboot.delete_logical_partition"),
    "fastboot:wipe_super": _one_file("fastboot.wipe_super"),
    "fastboot:boot": _one_file("fastboot.boot"),
    "fastboot:update": _one_file("fastboot.update"),
    "fastboot:set_active": _set_active,
    "fastboot:assert_var": _assert("fastboot.expect", "variable"),
    "adb:reboot": _adb_reboot,
    "adb:shell": _shell,
    "adb:push": _push,
    "adb:sideload": _one_file("adb.sideload"),
    "adb:format": _on_partition("adb.format"),
    "adb:assert_prop": _assert("adb.expect", "prop"),
    "adb:preparesystemimage": _prepare,
    "heimdall:flash": _heimdall,
}
