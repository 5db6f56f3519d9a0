# SPDX-License-Identifier: Apache-2.0
"""What guides ask and do with routers by SSH, one function per verb; the rescue stands in `rescue.py`.

Between upload and flash the image lies in the router's memory; its hash is compared again in the moment before the flash. Before the
flash begins, what the router was is written down beside the run (`before.json`, fsync'd): after a crash that tells whether it has
started again since, so that no flash is begun twice.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from firstlight.devices.errors import DeviceRefused, RouterNotBack, RouterNotFound, RouterStalled
from firstlight.devices.router_back import Came, wait_back
from firstlight.devices.router_facts import RouterFacts
from firstlight.devices.ssh import FIRMWARE, Router
from firstlight.guides.actions import rescue, router_checks
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.router_checks import BACKUP, image_of, keeps, open_router
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.state import PartState, RunDevice
from firstlight.store import points
from firstlight.store.disk import Disk, settle
from firstlight_contract.verbs.router import (
    SshBackup,
    SshCheckImage,
    SshFind,
    SshRun,
    SshSysupgrade,
    SshUpload,
    SshWait,
)

BEFORE = "before.json"
SETTLE_S = 30.0
"""So long after a flash was begun, a router that has not started again is not going to."""
_LOOK_EVERY_S = 0.5


def find_router(deed: SshFind, bench: Bench) -> None:
    """Bind the run to the router once it answers."""
    waited = 0.0
    while True:
        try:
            with open_router(bench) as router:
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
    with open_router(bench) as router:
        kept = router.backup(bench.kept, bench.work)
    listed = {"serial": bench.serial(), "at": bench.now().astimezone().strftime("%H:%M"), "sha256": kept.sha256}
    _write(bench.kept / BACKUP, listed)
    bench.said(f"settings copied: {kept.files} files, {kept.size} bytes, read back", "ok")


def upload(deed: SshUpload, bench: Bench) -> None:
    """Send, then compare what the router says it holds. The gates are asked again once the line stands, before the first byte."""
    image = image_of(deed, bench)
    with open_router(bench) as router:
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
    with open_router(bench) as router:
        router.test_image(FIRMWARE, bench.work, keep=keeps(deed, bench))
    bench.said("the router takes this image", "ok")


def sysupgrade(deed: SshSysupgrade, bench: Bench) -> None:
    """Flash. From here to the answer of `ssh.wait` nothing on this PC can stop it."""
    image = image_of(deed, bench)
    keep = keeps(deed, bench)
    with open_router(bench) as router, image.open("rb") as file:
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
    with open_router(bench) as router:
        _expect_key(router, bench)
        if router.is_rebooted_since(before, bench.work):
            return True
    passed = (bench.now() - at).total_seconds()
    if passed < 0:
        # The clock was set back since: how long ago it was nobody knows, so it counts from now.
        _write(bench.kept / BEFORE, _told(bench.kept / BEFORE) | {"at": bench.now().isoformat()})
        passed = 0.0
    if passed < SETTLE_S:
        raise RouterStalled(address=router.address.where, seconds=int(passed))
    return False


def wait(deed: SshWait, bench: Bench) -> None:
    """Until it is clear what became of the flash; RouterNotBack says what, when it is not the new build."""
    found = _before(bench.kept / BEFORE)
    build = bench.state().to_write
    wanted = deed.build or (build.version if build else "")
    with open_router(bench) as router:
        _expect_key(router, bench)
        if found is None:
            _check_runs(router.facts(bench.work), wanted)
            return
        back = wait_back(router, before=found[0], wanted=wanted or "?", seconds=deed.seconds, work=bench.work, unchanged_s=SETTLE_S)
    if back.came in (Came.ROLLED_BACK, Came.OTHER, Came.UNCHANGED):
        # What that flash came to is known: if the step is tried again, it flashes again.
        (bench.kept / BEFORE).unlink(missing_ok=True)
    if not wanted and back.came is Came.OTHER and back.facts is not None:
        bench.said(f"the router is back, it says build {back.facts.build}; the guide names none", "warn")
        return
    facts = back.require(wanted)
    bench.said(f"the router is back after {back.seconds} s, it says build {facts.build}", "ok")


def _check_runs(facts: RouterFacts, wanted: str) -> None:
    """No flash of this run is on its way: what runs is what counts."""
    if wanted and not facts.runs(wanted):
        raise RouterNotBack(reason="other", build=facts.build or "?", wanted=wanted, seconds=0, starts=0)


def run_command(deed: SshRun, bench: Bench) -> None:
    """One command, its words into the console. DeviceRefused when it ends with anything but 0."""
    bench.recheck()
    with open_router(bench) as router:
        answer = router.run(deed.argv, bench.work, deadline_s=deed.seconds, limit=64 * 1024)
    for line in answer.text.splitlines()[:200]:
        bench.said(line[:400], "plain")
    if not answer.is_ok:
        raise DeviceRefused(said=answer.text[-300:], command=deed.shown())


def _before(path: Path) -> tuple[RouterFacts, datetime] | None:
    try:
        told = _told(path)
        names = RouterFacts.__dataclass_fields__
        return RouterFacts(**{name: told[name] for name in names}), datetime.fromisoformat(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _told(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


def _expect_key(router: Router, bench: Bench) -> None:
    """A flash without settings makes the router invent a key; the one that shows it must prove to be the run's router."""
    try:
        keep = _told(bench.kept / BEFORE)["keep"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    if keep is False and router.bound:
        router.keys.expect_new(router.address)


def _write(path: Path, told: dict[str, Any]) -> None:
    Disk().make_folder(path.parent)
    new = path.with_name(path.name + ".new")
    new.write_text(json.dumps(told), "utf-8")
    settle(new, path)


DEEDS: dict[type[Any], Verb] = {
    SshFind: Verb(find_router, Again.SAFE),
    SshBackup: Verb(keep_settings, Again.SAFE),
    SshUpload: Verb(upload, Again.FROM_START),
    SshCheckImage: Verb(check_image, Again.SAFE),
    SshSysupgrade: Verb(sysupgrade, Again.PROBE, is_flashed, asks_always=True),
    SshWait: Verb(wait, Again.SAFE),
    SshRun: Verb(run_command, Again.NEVER),
} | rescue.DEEDS
CHECKS: dict[type[Any], CheckVerb] = router_checks.CHECKS | rescue.CHECKS
