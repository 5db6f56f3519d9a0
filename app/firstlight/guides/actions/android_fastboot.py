# SPDX-License-Identifier: Apache-2.0
"""What guides do to phones by fastboot: each asks the step's checks once more in the second before it changes anything."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from pathlib import Path

from firstlight.devices import fastboot, fastboot_format
from firstlight.devices.device import Mode
from firstlight.devices.errors import DeviceRefused, DeviceStalled, ToolMissing
from firstlight.devices.fastboot import FlashOptions
from firstlight.devices.fastboot_program import FastbootProgram
from firstlight.guides.actions import phone
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.build import part_image
from firstlight.guides.errors import AnswerRefused
from firstlight.guides.state import PartState
from firstlight_contract.verbs.android import (
    FastbootBoot,
    FastbootContinue,
    FastbootCreateLogical,
    FastbootDeleteLogical,
    FastbootErase,
    FastbootFlash,
    FastbootFormat,
    FastbootLock,
    FastbootReboot,
    FastbootResizeLogical,
    FastbootSetActive,
    FastbootUnlock,
    FastbootUpdate,
    FastbootWipeSuper,
    FlashPart,
)

_CODE = re.compile(r"[A-Za-z0-9]{1,64}")
_UNLOCKED_ALREADY = ("already unlocked", "already : unlocked", "not necessary")
_LOCKED_ALREADY = ("already locked", "already : locked", "not necessary")
_GONE_ALREADY = ("does not exist", "not found", "no such partition")
_MODES = {"system": Mode.SYSTEM, "bootloader": Mode.BOOTLOADER, "fastboot": Mode.FASTBOOTD, "recovery": Mode.RECOVERY}


def flash(deed: FastbootFlash, bench: Bench) -> None:
    """Write part by part; parts that this run has written whole stay. A stop is honoured between parts."""
    often = Counter(name for _, other in bench.state().guide.deeds() for name in other.part_names())
    done = {p.name for p in bench.state().parts if p.state is PartState.DONE and often[p.name] == 1}
    bench.said(f"{phone.in_fastboot(bench).speaker} writes {_what(deed, bench)}", "plain")
    for name, part in deed.named():
        if name in done:
            continue
        bench.work.check()
        image = _image(part, bench)
        size = image.stat().st_size
        bench.recheck()
        client = phone.in_fastboot(bench)
        bench.part(name, PartState.WRITING, 0, size)
        client.flash(part.partition, image, phone.watch(bench, name), _options(part))
        bench.part(name, PartState.DONE, size, size)


def _what(deed: FastbootFlash, bench: Bench) -> str:
    build = bench.state().to_write
    return f"build {build.version}" if build and not deed.file_names() else f"{len(deed.parts)} parts"


def _image(part: FlashPart, bench: Bench) -> Path:
    if part.file is not None:
        return bench.files.path(part.file, bench.work)
    return part_image(part.partition, bench)


def _options(part: FlashPart) -> FlashOptions:
    return FlashOptions(
        slot=part.slot or "", disable_verity=part.disable_verity, disable_verification=part.disable_verification, is_raw=part.raw
    )


def erase(deed: FastbootErase, bench: Bench) -> None:
    """All of a partition."""
    bench.recheck()
    phone.in_fastboot(bench).give(fastboot.erase(deed.partition))
    bench.said(f"{deed.partition} is erased", "ok")


def make_filesystem(deed: FastbootFormat, bench: Bench) -> None:
    """An empty file system, made on this PC; where nothing here can make one, the fastboot program's own way."""
    bench.recheck()
    client = phone.in_fastboot(bench)
    kind, size = fastboot_format.ask(client, deed.partition, deed.type, deed.size)
    with tempfile.TemporaryDirectory(prefix="firstlight-format-") as folder:
        try:
            image = fastboot_format.make(kind, size, Path(folder))
        except ToolMissing:
            if not isinstance(client, FastbootProgram):
                raise
            client.give(fastboot.format_by_program(deed.partition, kind, size))
        else:
            client.flash(deed.partition, image, phone.plain_watch(bench, f"format:{deed.partition}"))
    bench.said(f"{deed.partition} holds an empty {kind} file system", "ok")


def boot(deed: FastbootBoot, bench: Bench) -> None:
    """Start an image."""
    image = bench.files.path(deed.file, bench.work)
    bench.recheck()
    phone.in_fastboot(bench).boot(image, phone.plain_watch(bench, f"boot:{deed.file}"))
    bench.said(f"the phone starts {deed.file}", "ok")


def set_active(deed: FastbootSetActive, bench: Bench) -> None:
    """The slot that starts from now on."""
    bench.recheck()
    phone.in_fastboot(bench).give(fastboot.set_active(deed.slot))
    bench.said(f"slot {deed.slot} is active", "ok")


def reboot(deed: FastbootReboot, bench: Bench) -> None:
    """Leave the bootloader. A phone that hangs up instead of answering has most likely obeyed; whoever waits for it will see."""
    try:
        phone.in_fastboot(bench).reboot(deed.to)
    except DeviceStalled as error:
        bench.said(f"no answer to the reboot: {error.facts.get('seconds')} s", "warn")
    bench.said(f"asked the phone to start {deed.to}", "ok")
    if deed.to != "system":
        phone.arrive(bench, _MODES[deed.to], is_sure=deed.to != "recovery")


def is_rebooted(deed: FastbootReboot, bench: Bench) -> bool:
    """Whether a reboot that began has had its effect."""
    return bench.devices.find(bench.serial(), bench.work).mode is _MODES[deed.to]


def go_on(_: FastbootContinue, bench: Bench) -> None:
    """Start."""
    phone.in_fastboot(bench).give(fastboot.go_on())


def create_logical(deed: FastbootCreateLogical, bench: Bench) -> None:
    """In super."""
    bench.recheck()
    phone.in_fastboot(bench).give(fastboot.create_logical(deed.partition, deed.size))
    bench.said(f"{deed.partition} is made", "ok")


def resize_logical(deed: FastbootResizeLogical, bench: Bench) -> None:
    """In super."""
    bench.recheck()
    phone.in_fastboot(bench).give(fastboot.resize_logical(deed.partition, deed.size))
    bench.said(f"{deed.partition} has {deed.size} bytes", "ok")


def delete_logical(deed: FastbootDeleteLogical, bench: Bench) -> None:
    """In super. What is not there is deleted already."""
    bench.recheck()
    try:
        phone.in_fastboot(bench).give(fastboot.delete_logical(deed.partition))
    except DeviceRefused as error:
        if not _says(error, _GONE_ALREADY):
            raise
    bench.said(f"{deed.partition} is gone", "ok")


def _logical_size(partition: str, bench: Bench) -> int | None:
    """Bytes of a logical partition; None when there is none of that name."""
    client = phone.in_fastboot(bench)
    if client.getvar(f"is-logical:{partition}") != "yes":
        return None
    text = client.getvar(f"partition-size:{partition}")
    return int(text, 16) if re.fullmatch(r"0x[0-9a-fA-F]{1,12}", text) else None


def is_made(deed: FastbootCreateLogical, bench: Bench) -> bool:
    """Whether it is there."""
    return _logical_size(deed.partition, bench) is not None


def is_resized(deed: FastbootResizeLogical, bench: Bench) -> bool:
    """Whether it has that size."""
    return _logical_size(deed.partition, bench) == deed.size


def is_deleted(deed: FastbootDeleteLogical, bench: Bench) -> bool:
    """Whether it is gone; only fastbootd can tell."""
    standing = phone.standing_in(bench, (Mode.FASTBOOTD,))
    return bench.devices.open(standing).getvar(f"is-logical:{deed.partition}") != "yes"


def wipe_super(deed: FastbootWipeSuper, bench: Bench) -> None:
    """All logical partitions afresh."""
    image = bench.files.path(deed.file, bench.work)
    bench.recheck()
    phone.in_fastboot(bench).wipe_super(image, phone.plain_watch(bench, "wipe_super"))
    bench.said("super is made afresh", "ok")


def unlock(deed: FastbootUnlock, bench: Bench) -> None:
    """Take images from now on."""
    code = str(bench.answers.get(deed.code, "")) if deed.code else ""
    if deed.code and not _CODE.fullmatch(code):
        raise AnswerRefused(option=deed.code, value=code[:80])
    bench.recheck()
    try:
        phone.in_fastboot(bench).give(fastboot.unlock(deed.how, code))
    except DeviceRefused as error:
        if not _says(error, _UNLOCKED_ALREADY):
            raise
    bench.said("the bootloader was asked to unlock; some phones want it confirmed with their keys", "ok")


def is_unlocked(_: FastbootUnlock, bench: Bench) -> bool:
    """Whether it takes images now."""
    return phone.standing_in(bench, phone.IN_FASTBOOT).is_unlocked is True


def lock(deed: FastbootLock, bench: Bench) -> None:
    """Take no images from now on."""
    bench.recheck()
    try:
        phone.in_fastboot(bench).give(fastboot.lock(deed.how))
    except DeviceRefused as error:
        if not _says(error, _LOCKED_ALREADY):
            raise
    bench.said("the bootloader was asked to lock", "ok")


def is_locked(_: FastbootLock, bench: Bench) -> bool:
    """Whether it takes none now."""
    return phone.standing_in(bench, phone.IN_FASTBOOT).is_unlocked is False


def update(deed: FastbootUpdate, bench: Bench) -> None:
    """A whole zip, by the program."""
    package = bench.files.path(deed.file, bench.work)
    size = package.stat().st_size
    bench.recheck()
    client = phone.in_fastboot(bench)
    if not isinstance(client, FastbootProgram):
        raise ToolMissing(tool="fastboot")
    bench.part(deed.file, PartState.WRITING, 0, size)
    client.update(package, phone.watch(bench, deed.file), wipe=deed.wipe)
    bench.part(deed.file, PartState.DONE, size, size)


def runs_target(_: object, bench: Bench) -> bool:
    """Whether the started phone names the build that was to be written; False also when nobody knows which that is."""
    state = bench.state()
    wanted = state.to_write.version if state.to_write else state.guide.for_.to_build
    device = bench.devices.find(bench.serial(), bench.work)
    return bool(wanted) and device.mode in (Mode.SYSTEM, Mode.RECOVERY) and device.build == wanted


def _says(error: DeviceRefused, phrases: tuple[str, ...]) -> bool:
    said = str(error.facts.get("said", "")).lower()
    return any(phrase in said for phrase in phrases)
