# SPDX-License-Identifier: Apache-2.0
"""What guides ask and do with routers by SSH, one function per verb; the rescue stands in `rescue.py`.

Between upload and flash the image lies in the router's memory; its hash is compared again in the moment before the flash. Before the
flash begins, what the router was is written down beside the run (`before.json`, fsync'd): after a crash that tells whether it has
started again since, so that no flash is begun twice.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from firstlight.devices.device import Kind
from firstlight.devices.errors import BackupDamaged, DeviceRefused, ImageUnfit, RouterNotFound, RouterStalled
from firstlight.devices.router_back import Came, wait_back
from firstlight.devices.router_backup import NAME as SETTINGS
from firstlight.devices.router_backup import check_backup
from firstlight.devices.router_facts import RouterFacts
from firstlight.devices.routers import Routers
from firstlight.devices.ssh import FIRMWARE, ROOM_SPARE, Router
from firstlight.firmware.errors import FirmwareError
from firstlight.guides.actions import rescue
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.build import part_image
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.errors import FileUnavailable, GuideError
from firstlight.guides.state import GateResult, PartState, RunDevice
from firstlight.guides.words import words
from firstlight.store import points
from firstlight_contract.verbs.router import (
    Image,
    SshBackup,
    SshBoard,
    SshCheckImage,
    SshCompat,
    SshExpect,
    SshFind,
    SshKept,
    SshRun,
    SshSpace,
    SshSysupgrade,
    SshUpload,
    SshWait,
)

BACKUP = "router-settings.json"
BEFORE = "before.json"
SETTLE_S = 30.0
"""So long after a flash was begun, a router that has not started again is not going to."""
_LOOK_EVERY_S = 0.5


def _open(bench: Bench) -> AbstractContextManager[Router]:
    """The run's router, or the one that the tester named."""
    routers: Routers = bench.routers
    device = bench.state().device
    bound = device.serial if device is not None and device.kind == Kind.ROUTER else ""
    return routers.use(bench.address(Kind.ROUTER), bound)


def _facts(bench: Bench) -> RouterFacts:
    with _open(bench) as router:
        return router.facts(bench.work)


def _image(named: Image, bench: Bench) -> Path:
    """The guide's file, else the part of the chosen build; compared with its hash now. FileUnavailable, Corrupt, NoBuild."""
    if named.file is not None:
        return bench.files.path(named.file, bench.work)
    return part_image(named.part, bench)


def _keeps(deed: SshCompat | SshCheckImage | SshSysupgrade, bench: Bench) -> bool:
    """Whether the settings stay: by the tester's answer where the guide asks, else as the guide says."""
    answer = bench.answers.get(deed.keep_if) if deed.keep_if else None
    return deed.keep if answer is None else bool(answer)


# -- checks --------------------------------------------------------------------------------------------------------------


def _board(check: SshBoard, bench: Bench) -> GateResult:
    facts = _facts(bench)
    ok = facts.board in check.is_
    said = {"model": facts.model or facts.board, "board": facts.board, "build": facts.build or "?"}
    measured = words("router.board.is", **said) if ok else words("router.board.other", board=facts.board, wanted=", ".join(check.is_))
    return bench.row("router.board", ok, measured, words("router.board.mend"))


def _expect(check: SshExpect, bench: Bench) -> GateResult:
    facts = _facts(bench)
    value = str(getattr(facts, check.name))
    ok = facts.runs(check.is_) if check.name == "build" else value == check.is_
    measured = words("expect.is", value=value or "?", wanted=check.is_)
    mend = {} if ok else words("expect.mend")
    return GateResult(f"expect:{check.name}", words("expect", name=check.name), ok, measured, mend, at=bench.now())


def _compat(check: SshCompat, bench: Bench) -> GateResult:
    mend = words("router.compat.mend")
    try:
        with _open(bench) as router:
            found = router.check_image(_image(check, bench), bench.work, keep=_keeps(check, bench))
            layout = found.compat_version
            return bench.row("router.compat", True, words("router.compat.is", board=router.facts(bench.work).board, layout=layout), {})
    except ImageUnfit as error:
        reason = str(error.facts["reason"])
        said = {name: error.facts.get(name, "?") for name in ("board", "wanted")}
        if reason == "compat_minor":
            mend = words("router.compat.mend.fresh")
        return bench.row("router.compat", False, words(f"router.compat.{reason}", **said), mend)
    except (FirmwareError, FileUnavailable):
        return bench.row("router.compat", False, words("router.compat.missing"), mend)


def _space(check: SshSpace, bench: Bench) -> GateResult:
    mend = words("router.space.mend")
    try:
        size = _image(check, bench).stat().st_size
    except (FirmwareError, GuideError):
        return bench.row("router.space", False, words("router.compat.missing"), words("router.compat.mend"))
    free = _facts(bench).tmp_free
    if free is None:
        return bench.row("router.space", None, words("unknown"), mend)
    needed = size + ROOM_SPARE
    measured = words("router.space.is", free=f"{free / 1e6:.1f}", needed=f"{needed / 1e6:.1f}")
    return bench.row("router.space", free >= needed, measured, mend)


def _kept(_: SshKept, bench: Bench) -> GateResult:
    mend = words("router.kept.mend")
    try:
        listed = json.loads((bench.kept / BACKUP).read_text("utf-8"))
        backup = check_backup(bench.kept / SETTINGS, bench.work, str(listed["sha256"]))
        is_its = listed["serial"] == bench.serial()
    except (OSError, ValueError, KeyError, TypeError, BackupDamaged):
        return bench.row("router.kept", False, words("router.kept.none"), mend, overridable=True)
    measured = words("router.kept.is", size=-(-backup.size // 1000), files=backup.files, at=str(listed["at"])[:40])
    return bench.row("router.kept", is_its, measured if is_its else words("router.kept.none"), mend, overridable=True)


# -- deeds ---------------------------------------------------------------------------------------------------------------


def find_router(deed: SshFind, bench: Bench) -> None:
    """Bind the run to the router once it answers."""
    waited = 0.0
    while True:
        try:
            with _open(bench) as router:
                device = router.device(bench.work)
            break
        except RouterNotFound:
            if waited >= deed.seconds:
                raise
        bench.work.say("wait", int(waited), deed.seconds)
        bench.work.wait(_LOOK_EVERY_S)
        waited += _LOOK_EVERY_S
    if not bench.serial():
        bench.bind(RunDevice.of(device))
    bench.said(f"{device.model or device.product} {device.tail} answers, it says build {device.build}", "ok")


def keep_settings(_: SshBackup, bench: Bench) -> None:
    """The copy, and beside it whose it is and what it hashes to."""
    with _open(bench) as router:
        kept = router.backup(bench.kept, bench.work)
    listed = {"serial": bench.serial(), "at": bench.now().astimezone().strftime("%H:%M"), "sha256": kept.sha256}
    _write(bench.kept / BACKUP, listed)
    bench.said(f"settings copied: {kept.files} files, {kept.size} bytes, read back", "ok")


def upload(deed: SshUpload, bench: Bench) -> None:
    """Send, then compare what the router says it holds. The gates are asked again once the line stands, before the first byte."""
    image = _image(deed, bench)
    with _open(bench) as router:
        _send(image, deed.part, router, bench)


def _send(image: Path, part: str, router: Router, bench: Bench) -> str:
    size = image.stat().st_size
    router.check_room(size, bench.work)
    bench.said(f"sending {size} bytes into the router's memory", "plain")

    def before() -> None:
        bench.recheck()
        bench.part(part, PartState.WRITING, 0, size)

    sha256 = router.upload(image, FIRMWARE, bench.work, progress=lambda done, total: bench.moved(part, done, total), before=before)
    bench.part(part, PartState.DONE, size, size)
    bench.said(f"the router holds it: SHA-256 {sha256}", "ok")
    return sha256


def check_image(deed: SshCheckImage, bench: Bench) -> None:
    """The router's own look at what was sent."""
    with _open(bench) as router:
        router.test_image(FIRMWARE, bench.work, keep=_keeps(deed, bench))
    bench.said("the router takes this image", "ok")


def sysupgrade(deed: SshSysupgrade, bench: Bench) -> None:
    """Flash. From here to the answer of `ssh.wait` nothing on this PC can stop it."""
    image = _image(deed, bench)
    keep = _keeps(deed, bench)
    with _open(bench) as router, image.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if router.run(("sha256sum", FIRMWARE), bench.work, deadline_s=60).text.split(" ", 1)[0].strip() != sha256:
            bench.said("the image is not in the router's memory any more", "warn")
            _send(image, deed.part, router, bench)
            router.test_image(FIRMWARE, bench.work, keep=keep)
        bench.recheck()
        before = router.facts(bench.work)
        _write(bench.kept / BEFORE, asdict(before) | {"at": bench.now().isoformat(), "keep": keep})
        bench.said("the router writes its flash now: leave it plugged in", "warn")
        points.reached("router.before_flash")
        try:
            said = router.sysupgrade(FIRMWARE, keep=keep, sha256=sha256)
            points.reached("router.after_flash")
        except DeviceRefused:
            (bench.kept / BEFORE).unlink()
            raise
    bench.said(f"it said: {said}" if said else "it went without a word", "plain")


def is_flashed(_: SshSysupgrade, bench: Bench) -> bool:
    """Whether the router has started again since its flash began. While it may still be on its way down, nobody can tell."""
    found = _before(bench.kept / BEFORE)
    if found is None:
        return False
    before, at = found
    with _open(bench) as router:
        _expect_key(router, bench)
        if router.is_rebooted_since(before, bench.work):
            return True
    passed = (bench.now() - at).total_seconds()
    if 0 <= passed < SETTLE_S:
        raise RouterStalled(address=router.address.where, seconds=int(passed))
    return False


def wait(deed: SshWait, bench: Bench) -> None:
    """Until it is clear what became of the flash; RouterNotBack says what, when it is not the new build."""
    found = _before(bench.kept / BEFORE)
    build = bench.state().to_write
    with _open(bench) as router:
        _expect_key(router, bench)
        before = found[0] if found else router.facts(bench.work)
        wanted = deed.build or (build.version if build else "")
        back = wait_back(router, before=before, wanted=wanted or "?", seconds=deed.seconds, work=bench.work, unchanged_s=SETTLE_S)
        if not wanted and back.came in (Came.OTHER, Came.NEW) and back.facts is not None:
            bench.said(f"the router is back, it says build {back.facts.build}; the guide names none", "warn")
            return
        facts = back.require(wanted)
    bench.said(f"the router is back after {back.seconds} s, it says build {facts.build}", "ok")


def run_command(deed: SshRun, bench: Bench) -> None:
    """One command, its words into the console. DeviceRefused when it ends with anything but 0."""
    bench.recheck()
    with _open(bench) as router:
        answer = router.run(deed.argv, bench.work, deadline_s=deed.seconds, limit=64 * 1024)
    for line in answer.text.splitlines()[:200]:
        bench.said(line[:400], "plain")
    if not answer.is_ok:
        raise DeviceRefused(said=answer.text[-300:], command=deed.shown())


def _before(path: Path) -> tuple[RouterFacts, datetime] | None:
    try:
        told = json.loads(path.read_text("utf-8"))
        names = RouterFacts.__dataclass_fields__
        return RouterFacts(**{name: told[name] for name in names}), datetime.fromisoformat(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _expect_key(router: Router, bench: Bench) -> None:
    """A flash without settings makes the router invent a key; the one that shows it must prove to be the run's router."""
    try:
        keep = json.loads((bench.kept / BEFORE).read_text("utf-8"))["keep"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    if keep is False and router.bound:
        router.keys.expect_new(router.address)


def _write(path: Path, told: dict[str, Any]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


DEEDS: dict[type[Any], Verb] = {
    SshFind: Verb(find_router, Again.SAFE),
    SshBackup: Verb(keep_settings, Again.SAFE),
    SshUpload: Verb(upload, Again.FROM_START),
    SshCheckImage: Verb(check_image, Again.SAFE),
    SshSysupgrade: Verb(sysupgrade, Again.PROBE, is_flashed),
    SshWait: Verb(wait, Again.SAFE),
    SshRun: Verb(run_command, Again.NEVER),
} | rescue.DEEDS
CHECKS: dict[type[Any], CheckVerb] = {
    SshExpect: CheckVerb("expect", _expect),
    SshBoard: CheckVerb("router.board", _board),
    SshCompat: CheckVerb("router.compat", _compat, is_slow=True),
    SshSpace: CheckVerb("router.space", _space),
    SshKept: CheckVerb("router.kept", _kept, is_slow=True),
} | rescue.CHECKS
