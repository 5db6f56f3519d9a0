# SPDX-License-Identifier: Apache-2.0
"""Whether this PC is fit for a step: room before something is fetched, power, sleep and what holds phones before something is written.

Three kinds of answers. A refusal (no room) has no way past it; a warning (battery, fwupd) waits for the tester's typed word; a hint is
told and holds nobody up. Nothing of the tester's is on a practice device, so there a warning is a hint. Asked before a step and not again
in its middle: a PC that is unplugged while a build is half written had better write the other half.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from firstlight.devices.address import Way
from firstlight.devices.host import preflight
from firstlight.devices.host.awake import Held
from firstlight.devices.host.preflight import HostRow, Places
from firstlight.firmware.images import Images, newest_for
from firstlight.guides.files import GuideFiles
from firstlight.guides.state import GateResult, RunState
from firstlight.guides.words import words
from firstlight_contract.firmware import Release
from firstlight_contract.guide_steps import Step
from firstlight_contract.verbs.build import BuildFetch
from firstlight_contract.verbs.files import FilesFetch

Releases = Callable[[], tuple[Release, ...]]
_USB = ("fastboot", "adb", "heimdall", "device", "provider")
_FINDS = ("device.find", "fastboot.wait", "adb.wait", "heimdall.wait", "adb.reboot")


def needs_of(step: Step, state: RunState, images: Images, files: GuideFiles, releases: Releases) -> dict[Path, int]:
    """Bytes that the step would bring into each folder of this PC, as far as anybody knows before it is asked."""
    found: dict[Path, int] = {}
    for deed in (*step.do, *step.else_):
        if isinstance(deed, BuildFetch):
            builds = (state.release, state.previous) if state.release is not None else _newest(state, releases())
            found[images.root] = sum(file.size for build in builds if build is not None for file in images.missing(build))
        elif isinstance(deed, FilesFetch):
            found[files.folder] = found.get(files.folder, 0) + sum(files.to_come(name) for name in deed.names)
    return found


def _newest(state: RunState, releases: tuple[Release, ...]) -> tuple[Release | None, Release | None]:
    pairs = (newest_for(releases, device) for device in state.guide.for_.device)
    return next((pair for pair in pairs if pair[0] is not None), (None, None))


@dataclass(frozen=True)
class PcRows:
    """For one step. `needs`: bytes that it would bring into each folder; `held`: what keeps the PC awake now, None when nobody tried."""

    places: Places
    step: Step
    is_practice: bool
    needs: Mapping[Path, int]
    held: Held | None
    now: datetime

    def rows(self) -> tuple[GateResult, ...]:
        """In the order of what to mend first; one row alone when everything is as it should be."""
        found = list(self._space())
        if self.step.writes:
            asked = [self._power, self._awake, self._fwupd, self._network]
        elif any(deed.verb in _FINDS for deed in self.step.do) and not self.is_practice:
            asked = [self._fwupd_early, self._udev]
        else:
            return tuple(found)
        open_rows = [row for row in (ask() for ask in asked) if row is not None]
        if self.step.writes and not any(row.id in ("pc.power", "pc.fwupd") for row in open_rows):
            measured = "pc.fit.awake" if self.held is not None and self.held.is_held else "pc.fit.is"
            found.append(GateResult("pc.fit", words("pc.fit"), True, words(measured), at=self.now))
        return (*found, *open_rows)

    def _ways(self) -> set[Way]:
        verbs = {deed.verb.partition(".")[0] for deed in (*self.step.do, *self.step.else_)}
        named = {Way.SSH: ("ssh",), Way.RECOVERY: ("tftp",), Way.CARD: ("image",), Way.FASTBOOT: _USB}
        return {way for way, words_ in named.items() if verbs & set(words_)}

    def _space(self) -> tuple[GateResult, ...]:
        needed = [(folder, need) for folder, need in self.needs.items() if need]
        if not needed:
            return ()
        asked = [preflight.space(folder, need) for folder, need in needed]
        worst = next((row for row in asked if row.ok is False), asked[0])
        if worst.ok is None:
            return (self._hint("pc.space", words("unknown"), words("pc.space.mend")),)
        told = {name: f"{int(worst.facts[name]) / 1e6:,.0f}" for name in ("free", "need")}
        return (self._row("pc.space", worst.ok, words("pc.space.is", **told), words("pc.space.mend")),)

    def _power(self) -> GateResult | None:
        row = preflight.power(self.places)
        if row.ok is not False:
            return None
        # In steps of ten: an answer holds as long as the check says the same, and a battery falls all the time.
        level = int(row.facts["battery"]) // 10 * 10
        return self._warning("pc.power", words("pc.power.battery", level=level), words("pc.power.mend"))

    def _fwupd(self) -> GateResult | None:
        if Way.FASTBOOT not in self._ways() or preflight.fwupd(self.places).ok:
            return None
        return self._warning("pc.fwupd", words("pc.fwupd.runs"), words("pc.fwupd.mend"))

    def _fwupd_early(self) -> GateResult | None:
        """Where a phone is looked for it is not known yet, and nothing is at stake: told, as it may be why no phone is found."""
        row = self._fwupd()
        return None if row is None else self._hint(row.id, row.measured, row.mend)

    def _udev(self) -> GateResult | None:
        row = preflight.udev(self.places)
        return None if row.ok else self._hint("pc.udev", words("pc.udev.none"), words("pc.udev.mend"))

    def _awake(self) -> GateResult | None:
        if self.held is None or self.held.is_held:
            return None
        return self._hint("pc.awake", words("pc.awake.not"), words("pc.awake.mend"))

    def _network(self) -> GateResult | None:
        ways = self._ways()
        asked: dict[str, Callable[[Places], HostRow]] = {}
        if ways & {Way.SSH, Way.RECOVERY}:
            asked["pc.vpn"] = preflight.vpn
        if Way.RECOVERY in ways:
            asked["pc.firewall"] = preflight.firewall
        open_ids = [name for name, ask in asked.items() if ask(self.places).ok is not True] if not self.is_practice else []
        if not open_ids:
            return None
        return self._hint(open_ids[0], words(f"{open_ids[0]}.up"), words(f"{open_ids[0]}.mend"))

    def _row(self, name: str, ok: bool, measured: dict[str, str], mend: dict[str, str], *, overridable: bool = False) -> GateResult:
        return GateResult(name, words(name), ok, measured, {} if ok else mend, overridable=overridable, at=self.now)

    def _warning(self, name: str, measured: dict[str, str], mend: dict[str, str]) -> GateResult:
        return self._hint(name, measured, mend) if self.is_practice else self._row(name, False, measured, mend, overridable=True)

    def _hint(self, name: str, measured: dict[str, str], mend: dict[str, str]) -> GateResult:
        return GateResult(name, words(name), None, measured, mend, is_hint=True, at=self.now)
