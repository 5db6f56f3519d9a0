# SPDX-License-Identifier: Apache-2.0
"""What guides ask and do with the weekly build, whatever the device."""

from __future__ import annotations

from typing import Any

from firstlight.devices.device import Mode
from firstlight.firmware.errors import Corrupt, ImageMissing, NoBuild
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.state import GateResult
from firstlight.guides.words import words
from firstlight_contract.verbs.build import BuildBooted, BuildFetch, BuildGenuine


def _genuine(_: BuildGenuine, bench: Bench) -> GateResult:
    build = bench.state().to_write
    mend = words("genuine.mend")
    if build is None:
        return bench.row("genuine", None, words("unknown"), mend)
    try:
        bench.images.check(build, bench.work)
    except Corrupt as error:
        return bench.row("genuine", False, words("genuine.not", name=error.facts["name"]), mend)
    except ImageMissing as error:
        return bench.row("genuine", False, words("genuine.missing", name=error.facts["name"]), mend)
    return bench.row("genuine", True, words("genuine.is", count=len(build.files)), mend)


def _booted(_: BuildBooted, bench: Bench) -> GateResult:
    build = bench.state().to_write
    wanted = build.version if build else "?"
    mend = words("booted.mend")
    device = bench.target()
    if device.mode is not Mode.SYSTEM:
        return bench.row("booted", False, words("booted.no", wanted=wanted), mend)
    ok = device.build == wanted
    measured = words("booted.is", build=device.build) if ok else words("booted.other", build=device.build or "?", wanted=wanted)
    return bench.row("booted", ok, measured, mend)


def fetch_build(_: BuildFetch, bench: Bench) -> None:
    """Way back first: nothing may be written before the build that runs now lies on this PC."""
    if bench.state().release is None:
        bench.choose()
    state = bench.state()
    if state.release is None:
        raise NoBuild(device=", ".join(state.guide.for_.device))
    for release in (state.previous, state.release):
        if release is not None:
            came = bench.images.fetch(release, state.account_id, bench.work)
            bench.images.check(release, bench.work)
            bench.said(f"build {release.version}: {came // 1024} KB fetched, hashes match", "ok")


DEEDS: dict[type[Any], Verb] = {BuildFetch: Verb(fetch_build, Again.SAFE)}
CHECKS: dict[type[Any], CheckVerb] = {
    BuildGenuine: CheckVerb("genuine", _genuine, is_slow=True),
    BuildBooted: CheckVerb("booted", _booted),
}
