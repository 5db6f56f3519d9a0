# SPDX-License-Identifier: Apache-2.0
"""The guide that leads back when another one ends badly (`way_back:`): whether it and its files lie on this PC, and bringing them here.

A router that does not start any more takes the network with it, so what its rescue needs is fetched while there still is one. The files
lie by guide in a folder of their own; a run of that guide finds them there, and checks them as it does all others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.work import Work
from firstlight.firmware.images import Images
from firstlight.guides.backends import BackEnds
from firstlight.guides.files import GuideFiles
from firstlight.guides.state import GateResult, RunState
from firstlight.guides.web_files import FromWeb, told_of
from firstlight.guides.words import words
from firstlight_contract.guides import Guide, GuideKind
from firstlight_contract.wire import Words


@dataclass(frozen=True)
class Recovery:
    """What is here of the guide that leads back. `missing` names its files that are not."""

    slug: str
    is_here: bool = False
    title: Words = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class WayBack:
    """`kept_files` of the back-ends is where files of such guides lie; None: nowhere, as in a rehearsal."""

    backends: BackEnds
    images: Images
    account_id: int

    def recovery(self, guide: Guide) -> Recovery | None:
        """None for a guide that names none."""
        if not guide.way_back or guide.kind is GuideKind.RECOVER:
            return None
        found = self.backends.find_guide(guide.way_back)
        if found is None:
            return Recovery(guide.way_back)
        files = self._files(found[0])
        return Recovery(found[0].id, True, dict(found[0].title), tuple(name for name in found[0].files if not files.is_here(name)))

    def from_web(self, guide: Guide) -> tuple[FromWeb, ...]:
        """What `keep` would fetch from addresses of the web, which the tester is asked first."""
        files, names = self._open(guide)
        return tuple(told for name in names if files is not None and (told := told_of(name, files)) is not None)

    def keep(self, guide: Guide, work: Work, say: Callable[[str, str], None], *, may_fetch: bool) -> None:
        """Bring what is missing of it: what the maker signed, and with `may_fetch` what has an address. What does not come is said, and
        stands in the row of checks before the first write.
        """
        files, names = self._open(guide)
        for name in names:
            if files is None or (files.of_web(name) is not None and not may_fetch):
                continue
            try:
                files.fetch(name, work)
                say(f"{name}, for the way back, is on this PC", "ok")
            except Cancelled:
                raise
            except FirstlightError as error:
                say(f"{name}, for the way back, did not come: {error.code}", "warn")

    def _open(self, guide: Guide) -> tuple[GuideFiles | None, tuple[str, ...]]:
        """Its files and the names of those that could be brought here."""
        recovery = self.recovery(guide)
        if recovery is None or not recovery.missing or self.backends.kept_files is None:
            return None, ()
        found = self.backends.find_guide(recovery.slug)
        if found is None:
            return None, ()
        named = found[0].files
        return self._files(found[0]), tuple(n for n in recovery.missing if not named[n].by_hand and (named[n].target or named[n].url))

    def _files(self, guide: Guide) -> GuideFiles:
        backends = self.backends
        return GuideFiles(
            guide=guide,
            folder=(backends.kept_files or Path("/nonexistent")) / guide.id,
            given=backends.given_files,
            bring=backends.bring if backends.asks_web else None,
            signed=self.images.signed_files(self.account_id, guide.for_.device, str),
        )


def row(state: RunState, images: Images, recovery: Recovery | None, now: datetime) -> GateResult | None:
    """The way back lies on this PC: the build that runs now, else the guide that leads back with its files. What there is not, is said."""
    if state.previous is not None:
        missing = images.missing(state.previous)
        measured = words("way_back.missing" if missing else "way_back.is", build=state.previous.version)
        return GateResult("way_back", words("way_back"), not missing, measured, words("way_back.mend") if missing else {}, at=now)
    if recovery is None:
        return None if state.release is None else GateResult("way_back", words("way_back"), True, words("way_back.none"), at=now)
    name = {lang: recovery.title.get(lang) or recovery.title.get("en", recovery.slug) for lang in ("en", "zh_CN")}
    if recovery.is_here and not recovery.missing:
        return GateResult("way_back", words("way_back"), True, _about("way_back.guide", name), at=now)
    what = {"files": ", ".join(recovery.missing)} if recovery.is_here else {}
    measured = _about("way_back.guide_files" if recovery.is_here else "way_back.no_guide", name, **what)
    is_practice = state.device is not None and state.device.is_practice
    ok = None if is_practice else False
    mend = words("way_back.guide.mend")
    return GateResult("way_back", words("way_back"), ok, measured, mend, overridable=not is_practice, is_hint=is_practice, at=now)


def _about(key: str, name: Words, **facts: str) -> Words:
    return {lang: words(key, guide=name[lang], **facts)[lang] for lang in ("en", "zh_CN")}
