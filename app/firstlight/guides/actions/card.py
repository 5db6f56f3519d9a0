# SPDX-License-Identifier: Apache-2.0
"""What guides ask and do with cards and USB sticks, one function per verb.

Which card: the one that the run is bound to, else the only one that the tester named. Between the gate and the first byte the card may be
another one: the step's checks are asked again, and what they saw is handed to the writer, which compares it on the open card.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firstlight.base.errors import Cancelled
from firstlight.devices.device import Device, Kind
from firstlight.devices.errors import DeviceError
from firstlight.guides import sizes
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.cards import PRACTICE, Cards
from firstlight.guides.state import GateResult, PartState, RunDevice
from firstlight.guides.words import has_words, words, words_of
from firstlight.imaging.errors import ImagingError, NotVerified, TargetChanged
from firstlight.imaging.pace import Moved, Stage
from firstlight.imaging.process import Watch
from firstlight_contract.verbs.card import CardExpect, CardFind, ImageVerify, ImageWrite
from firstlight_contract.wire import Words

PART = "card"
_LOOK_EVERY_S = 0.5


def _card(bench: Bench) -> Device:
    """The card as it is now; DeviceNotFound also when another one sits in its place."""
    if bench.state().device is not None:
        return bench.target()
    return bench.backends.at(bench.address(Kind.CARD), bench.work)


def _expect(check: CardExpect, bench: Bench) -> GateResult:
    card = _card(bench)
    facts: dict[str, Words] = {"name": _called(card), "size": _plain(sizes.told(card.size or 0))}
    if card.why_hidden and (check.removable or card.why_hidden != "fixed"):
        why = f"card.why.{card.why_hidden}"
        return bench.row("card", False, words_of(why if has_words(why) else "card.why.fixed", **facts), words("card.mend"))
    if check.size is not None and (card.size or 0) < check.size:
        return bench.row("card", False, words_of("card.small", **facts, need=_plain(sizes.told(check.size))), words("card.small.mend"))
    if check.at_most is not None and (card.size or 0) > check.at_most:
        return bench.row("card", False, words_of("card.big", **facts, most=_plain(sizes.told(check.at_most))), words("card.mend"))
    return bench.row("card", True, words_of("card.is", **facts), {})


def _verify(check: ImageVerify, bench: Bench) -> GateResult:
    cards: Cards = bench.cards
    try:
        _card(bench)
        image, bmap = _files(check, bench)
        found = cards.check(image, bench.address(Kind.CARD), bench.work, bmap=bmap)
    except NotVerified as error:
        return bench.row("image", False, words("image.differs", at=error.facts.get("at", "?")), words("image.mend"))
    except ImagingError as error:
        return bench.row("image", False, words("image.unread", why=error.code), words("image.mend"))
    return bench.row("image", True, words("image.is", size=sizes.told(found.compared)), {})


def find_card(deed: CardFind, bench: Bench) -> None:
    """Bind the run to its card, once that is in."""
    waited = 0.0
    while True:
        try:
            card = _card(bench)
            if card.size:
                break
        except DeviceError:
            if waited >= deed.seconds:
                raise
        bench.work.say("wait", int(waited), deed.seconds)
        bench.work.wait(_LOOK_EVERY_S)
        waited += _LOOK_EVERY_S
    if not bench.serial():
        bench.bind(RunDevice.of(card))
    bench.said(f"{card.model}, {sizes.told(card.size or 0)}, is in", "ok")


def write_image(deed: ImageWrite, bench: Bench) -> None:
    """Write and read back. A stop is honoured until the first MiB is put in place; the card then starts nothing."""
    cards: Cards = bench.cards
    card = _card(bench)
    image, bmap = _files(deed, bench)
    if not bench.serial():
        bench.bind(RunDevice.of(card))
    address = bench.address(Kind.CARD)
    # First who is there, then the checks once more: whoever comes in between, or after them, is not whom the writer expects.
    expect = cards.identity(address, bench.work)
    if expect.serial not in ("", bench.serial()):
        raise TargetChanged(path=address.where, expected=bench.serial(), found=expect.serial)
    bench.recheck()
    before = _stood(bench)
    bench.part(PART, PartState.WRITING, 0, bench.files.size(deed.file))
    follow = _Follow(bench)
    try:
        done = cards.write(image, address, bench.work, follow.watch(), bmap=bmap, expect=expect)
    except (ImagingError, Cancelled):
        if not follow.has_begun:
            # Refused before the first byte: the card is as it was, and the page after it must not call it half written.
            bench.part(PART, before, 0)
        raise
    bench.part(PART, PartState.DONE, done.size, done.size)
    checked = "read back and equal" if done.verified else "not read back: this PC cannot read past its cache"
    by_map = ", what was sent has the hashes of its map" if done.by_map else ""
    bench.said(
        f"{done.sent} bytes written in {done.seconds} s, {checked}{by_map}, SHA-256 {done.sha256}", "ok" if done.verified else "warn"
    )


def _stood(bench: Bench) -> PartState:
    """How the card stood before this write; a write that a crash cut off left it half written."""
    state = next((p.state for p in bench.state().parts if p.name == PART), PartState.WAITING)
    return PartState.HALF if state is PartState.WRITING else state


class _Follow:
    """Tells the run what the writer tells. `has_begun`: its first byte went out, or was about to."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._stage = Stage.SYNC
        self._whole = 1
        self.has_begun = False

    def watch(self) -> Watch:
        """For the writer."""
        return Watch(begin=self._begin, moved=self._moved, silent=self._bench.silent)

    def _begin(self, _: dict[str, Any]) -> None:
        self.has_begun = True

    def _moved(self, moved: Moved) -> None:
        if moved.stage is not self._stage:
            self._stage = moved.stage
            self._bench.said(_SAID[moved.stage], "plain")
        # The bar goes once over writing and once over reading back, half each; each stage counts bytes of its own.
        if moved.stage is Stage.WRITE:
            self._whole = max(moved.total or moved.done, 1)
            done = moved.done // 2
        elif moved.stage is Stage.VERIFY:
            done = self._whole // 2 + self._whole * moved.done // max(moved.total, 1) // 2
        else:
            done = self._whole // 2 if moved.stage is Stage.SYNC else self._whole
        self._bench.moved(PART, min(done, self._whole), self._whole)


_SAID = {
    Stage.WRITE: "writing to the card",
    Stage.SYNC: "waiting until the card has everything",
    Stage.VERIFY: "reading back from the card",
    Stage.FIRST: "putting the first MiB in place",
}


def _files(named: ImageWrite | ImageVerify, bench: Bench) -> tuple[Path, Path | None]:
    image = bench.files.path(named.file, bench.work)
    return image, bench.files.path(named.bmap, bench.work) if named.bmap else None


def _called(card: Device) -> Words:
    return words("card.practice") if card.model == PRACTICE else _plain(card.model)


def _plain(text: str) -> Words:
    """The same in every language."""
    return dict.fromkeys(("en", "zh_CN"), text)


DEEDS: dict[type[Any], Verb] = {CardFind: Verb(find_card, Again.SAFE), ImageWrite: Verb(write_image, Again.FROM_START)}
CHECKS: dict[type[Any], CheckVerb] = {
    CardExpect: CheckVerb("card", _expect),
    ImageVerify: CheckVerb("image", _verify, is_slow=True),
}
