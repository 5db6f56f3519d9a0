# SPDX-License-Identifier: Apache-2.0
"""What guides ask and do with the weekly build, whatever the device."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firstlight.devices.device import Mode
from firstlight.firmware.errors import Corrupt, FirmwareError, ImageMissing, NoBuild, NotKnown, NotSigned, OlderBuild, StepNeeded, Untrusted
from firstlight.firmware.images import Vouched, file_for
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.state import GateResult
from firstlight.guides.words import words
from firstlight_contract.firmware import Release
from firstlight_contract.verbs.build import BuildBooted, BuildFetch, BuildGenuine
from firstlight_contract.wire import Words


def _genuine(_: BuildGenuine, bench: Bench) -> GateResult:
    build = bench.state().to_write
    mend = words("genuine.mend")
    if build is None:
        return bench.row("genuine", None, words("unknown"), mend)
    try:
        bench.images.check(build, bench.work)
        vouched = vouch(build, bench)
    except Corrupt as error:
        return bench.row("genuine", False, words("genuine.not", name=error.facts["name"]), mend)
    except ImageMissing as error:
        return bench.row("genuine", False, words("genuine.missing", name=error.facts["name"]), mend)
    except (NotSigned, NotKnown):
        return bench.row("genuine", False, words("genuine.unsigned"), words("genuine.unsigned.mend"))
    except Untrusted:
        return bench.row("genuine", False, words("genuine.untrusted"), words("genuine.unsigned.mend"))
    except OlderBuild as error:
        return bench.row("genuine", False, words("genuine.older", **_texts(error)), words("genuine.older.mend"))
    except StepNeeded as error:
        return bench.row("genuine", False, words("genuine.step", **_texts(error)), words("genuine.step.mend", **_texts(error)))
    return bench.row("genuine", True, _stands_for(vouched, len(build.files)), mend)


def vouch(build: Release, bench: Bench) -> Vouched:
    """Whether the maker's keys stand for a build, asked again before each write: NotSigned, Untrusted, OlderBuild, StepNeeded.

    What counts as running is what the device ran when the run began: the way back within one run leads to nothing older than that.
    """
    state = bench.state()
    return bench.images.vouch(build, state.account_id, state.device.build if state.device else "")


def part_image(part: str, bench: Bench) -> Path:
    """The image of a part of the build that this run writes: signed where the maker signs, and its hash compared now.

    Asked right before each write. NoBuild, and what `vouch` and `Images.check_file` raise.
    """
    build = bench.state().to_write
    if build is None:
        raise NoBuild(device=", ".join(bench.state().guide.for_.device))
    vouch(build, bench)
    return bench.images.check_file(file_for(build, part), bench.work)


def _stands_for(vouched: Vouched, count: int) -> Words:
    if not vouched.is_signed or vouched.expires is None:
        return words("genuine.is", count=count)
    line, until = ", ".join(vouched.lines), vouched.expires.date().isoformat()
    by = vouched.keys[0][:8]
    return words("genuine.expired" if vouched.is_expired else "genuine.signed", count=count, line=line, by=by, until=until)


def _texts(error: FirmwareError) -> dict[str, str]:
    return {name: str(value) for name, value in error.facts.items()}


def _booted(_: BuildBooted, bench: Bench) -> GateResult:
    build = bench.state().to_write
    wanted = build.version if build else "?"
    mend = words("booted.mend")
    device = bench.target()
    if device.mode is Mode.UNAUTHORISED:
        return bench.row("booted", None, words("booted.unauthorised"), words("booted.unauthorised.mend"))
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
        if release is None:
            continue
        came = bench.images.fetch(release, state.account_id, bench.work)
        bench.images.check(release, bench.work)
        by = "signed by the maker" if bench.images.vouch(release, state.account_id).is_signed else "hashes match"
        told = f"{came // 1024} KB fetched" if came else "already on this PC"
        bench.said(f"build {release.version}: {told}, {by}", "ok")
    bench.keep_way_back()


DEEDS: dict[type[Any], Verb] = {BuildFetch: Verb(fetch_build, Again.SAFE)}
CHECKS: dict[type[Any], CheckVerb] = {
    BuildGenuine: CheckVerb("genuine", _genuine, is_slow=True),
    BuildBooted: CheckVerb("booted", _booted),
}
