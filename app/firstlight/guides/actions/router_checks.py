# SPDX-License-Identifier: Apache-2.0
"""What guides ask of routers by SSH: board, layout, room, settings kept. Nothing in here changes anything on a router."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from firstlight.devices.device import Kind
from firstlight.devices.errors import BackupDamaged, ImageUnfit
from firstlight.devices.router_backup import NAME as SETTINGS
from firstlight.devices.router_backup import check_backup
from firstlight.devices.router_facts import RouterFacts
from firstlight.devices.routers import Routers
from firstlight.devices.ssh import ROOM_SPARE, Router
from firstlight.firmware.errors import FirmwareError
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.build import part_image
from firstlight.guides.actions.verb import CheckVerb
from firstlight.guides.errors import FileUnavailable, GuideError
from firstlight.guides.state import GateResult
from firstlight.guides.words import words
from firstlight_contract.verbs.router import (
    Image,
    SshBoard,
    SshCheckImage,
    SshCompat,
    SshExpect,
    SshKept,
    SshSpace,
    SshSysupgrade,
)

BACKUP = "router-settings.json"


def open_router(bench: Bench) -> AbstractContextManager[Router]:
    """The run's router, or the one that the tester named."""
    routers: Routers = bench.routers
    device = bench.state().device
    bound = device.serial if device is not None and device.kind == Kind.ROUTER else ""
    return routers.use(bench.address(Kind.ROUTER), bound)


def facts_of(bench: Bench) -> RouterFacts:
    with open_router(bench) as router:
        return router.facts(bench.work)


def image_of(named: Image, bench: Bench) -> Path:
    """The guide's file, else the part of the chosen build; compared with its hash now. FileUnavailable, Corrupt, NoBuild."""
    if named.file is not None:
        return bench.files.path(named.file, bench.work)
    return part_image(named.part, bench)


def keeps(deed: SshCompat | SshCheckImage | SshSysupgrade, bench: Bench) -> bool:
    """Whether the settings stay: by the tester's answer where the guide asks, else as the guide says."""
    answer = bench.answers.get(deed.keep_if) if deed.keep_if else None
    return deed.keep if answer is None else bool(answer)


def _board(check: SshBoard, bench: Bench) -> GateResult:
    facts = facts_of(bench)
    ok = facts.board in check.is_
    said = {"model": facts.model or facts.board, "board": facts.board, "build": facts.build or "?"}
    measured = words("router.board.is", **said) if ok else words("router.board.other", board=facts.board, wanted=", ".join(check.is_))
    return bench.row("router.board", ok, measured, words("router.board.mend"))


def _expect(check: SshExpect, bench: Bench) -> GateResult:
    facts = facts_of(bench)
    value = str(getattr(facts, check.name))
    ok = facts.runs(check.is_) if check.name == "build" else value == check.is_
    measured = words("expect.is", value=value or "?", wanted=check.is_)
    mend = {} if ok else words("expect.mend")
    return GateResult(f"expect:{check.name}", words("expect", name=check.name), ok, measured, mend, at=bench.now())


def _compat(check: SshCompat, bench: Bench) -> GateResult:
    mend = words("router.compat.mend")
    try:
        with open_router(bench) as router:
            found = router.check_image(image_of(check, bench), bench.work, keep=keeps(check, bench))
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
        size = image_of(check, bench).stat().st_size
    except (FirmwareError, GuideError):
        return bench.row("router.space", False, words("router.compat.missing"), words("router.compat.mend"))
    free = facts_of(bench).tmp_free
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


CHECKS: dict[type[Any], CheckVerb] = {
    SshExpect: CheckVerb("expect", _expect),
    SshBoard: CheckVerb("router.board", _board),
    SshCompat: CheckVerb("router.compat", _compat, is_slow=True),
    SshSpace: CheckVerb("router.space", _space),
    SshKept: CheckVerb("router.kept", _kept, is_slow=True),
}
