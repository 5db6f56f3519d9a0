# SPDX-License-Identifier: Apache-2.0
"""The way back lies on this PC before the first byte goes out: the build before, else the guide that leads back with its files.

Phones: `tests/faults/test_flash_gates.py` and `test_flash_signed.py`. Here: routers, by the guides that come with the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from fakes.bench_with_phone import GUIDES
from fakes.refusal_ways import RouterWay
from fakes.routers import image_bytes
from firstlight.firmware.images import Images
from firstlight.guides.backends import BackEnds
from firstlight.guides.document import read
from firstlight.guides.errors import GateClosed
from firstlight.guides.player import Player
from firstlight.guides.runs import Runs
from firstlight.guides.state import ConsoleLine, GateResult
from firstlight_contract.firmware import ImageFile, Release

RESCUE = b"a rescue image" * 1000


class Bench(RouterWay):
    """The shipped guides, two signed builds for a router, and a rescue image that the maker signed."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.before, self.newest = self.release("26.46", "26.45"), self.release("26.47", "26.46")
        self.maker.publish("r1/r1-rescue.bin", RESCUE, device="r1")
        self.listed: tuple[Release, ...] = (self.before, self.newest)
        self.ask_hub()

    def release(self, version: str, before: str) -> Release:
        data = image_bytes(build=version)
        target = f"r1/{version}-firmware.bin"
        self.maker.publish(target, data, device="r1", partition="firmware", version=version, downgrade_ok=True)
        sha256 = hashlib.sha256(data).hexdigest()
        return Release(
            id=uuid5(NAMESPACE_URL, version),
            programme="aurora",
            device="r1",
            device_name="Aurora R1",
            version=version,
            from_version=before,
            week="2026-W47",
            published_at=datetime(2026, 11, int(version[-2:]) - 30, tzinfo=UTC),
            keeps_data=True,
            minutes=6,
            guide="r1-update",
            rollback_index=0,
            files=(ImageFile(name="firmware.bin", partition="firmware", sha256=sha256, size=len(data), target=target),),
            changes=(),
        )

    def backends(self) -> BackEnds:
        def find(slug: str):  # type: ignore[no-untyped-def]
            return (read(GUIDES / slug / "guide.yaml"), GUIDES / slug)

        return replace(super().backends(), find_guide=find, kept_files=self.root / "way-back", given_files=None)

    def take_back(self) -> None:
        """The maker withdraws the newest build, and the news of it come."""
        self.listed = (self.before,)

    def open(self, guide: str = "r1-update") -> Player:
        """Up to the step that sends."""
        self.images = Images(self.root / "builds", lambda *_: None, lambda _account: self.trust)
        self.runs = Runs(
            root=self.root / "runs",
            devices=self.backends(),
            images=self.images,
            releases=lambda account_id: self.listed,
            keep_photo=lambda source, work: "",
            tell=lambda news: None,
            events=self.events,
            now=lambda: datetime.now(UTC),
        )
        self.closers.append(self.runs.close)
        return self.runs.start(GUIDES / guide, account_id=1)

    def ready(self, **_: object) -> Player:
        player = self.open()
        player.answer({"keep": True})
        for step in ("connect", "choose", "backup"):
            player.run(step, self.work)
        player.tell_apart(is_right=True)
        return player


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "way")
    yield made
    made.close()


def row(player: Player, step: str = "send", name: str = "way_back") -> GateResult:
    return next(g for g in player.state.step(step).gates if g.id == name)


def test_without_the_build_before_no_byte_goes_to_a_router(bench: Bench) -> None:
    player = bench.ready()
    assert player.state.previous == bench.before
    bench.images.path(bench.before.files[0]).unlink()
    with pytest.raises(GateClosed) as closed:
        player.run("send", bench.work)
    assert closed.value.facts["failed"] == "way_back"
    assert bench.sent() == 0
    player.undo("choose")
    for step in ("choose", "backup", "send"):
        player.run(step, bench.work)
    assert bench.sent() > 0
    assert "26.46" in row(player).measured["en"]


def test_one_click_puts_the_build_before_on_the_router_again(bench: Bench) -> None:
    player = bench.ready()
    for step in ("send", "flash", "back"):
        if player.word_for(step):
            player.agree(step, player.word_for(step))
        player.run(step, bench.work)
    assert bench.at.build == "26.47"
    player.done("tell")
    player.finish()
    bench.hub.content = {}
    back = bench.runs.roll_back(player.run_id)
    for step in ("connect", "choose", "backup", "send", "flash", "back"):
        if back.word_for(step):
            back.agree(step, back.word_for(step))
        back.run(step, bench.work)
    assert bench.at.build == "26.46", "without a network: all of it lies here"


def test_a_first_build_has_the_rescue_as_its_way_back_fetched_while_there_is_a_network(bench: Bench) -> None:
    bench.listed = (bench.newest,)
    player = bench.ready()
    assert player.state.previous is None
    bench.hub.content = {}
    player.run("send", bench.work)
    assert row(player).ok is True
    assert "Bring an R1 back" in row(player).measured["en"]
    rescue = bench.runs.start(GUIDES / "r1-recovery", account_id=1)
    rescue.run("fetch", bench.work)
    assert (bench.root / "way-back" / "r1-recovery" / "r1-rescue.bin").read_bytes() == RESCUE


@pytest.mark.parametrize("is_practice", [True, False], ids=["practice", "real"])
def test_a_rescue_that_did_not_come_is_said_and_a_real_router_waits_for_the_testers_word(bench: Bench, is_practice: bool) -> None:
    if not is_practice:
        bench.at.device.memory = replace(bench.at.device.memory, hostname="AURORA-R1-9A2E")  # type: ignore[union-attr,type-var]
    bench.listed = (bench.newest,)
    del bench.hub.content[next(p for p in bench.hub.content if p.endswith("r1-rescue.bin"))]
    player = bench.ready()
    assert any("did not come" in line.text for line in player.console())
    if not is_practice:
        with pytest.raises(GateClosed) as closed:
            player.run("send", bench.work)
        assert closed.value.facts["failed"] == "way_back"
        assert bench.sent() == 0
        assert player.state.device is not None
        player.override("send", "way_back", player.state.device.tail)
    player.run("send", bench.work)
    assert "r1-rescue.bin" in row(player).measured["zh_CN"]
    assert row(player).is_hint is is_practice
    assert bench.sent() > 0


@pytest.mark.parametrize("when", ["before", "between"])
@pytest.mark.parametrize("is_practice", [True, False], ids=["practice", "real"])
def test_a_build_that_the_maker_took_back_waits_for_the_testers_word(bench: Bench, is_practice: bool, when: str) -> None:
    if not is_practice:
        bench.at.device.memory = replace(bench.at.device.memory, hostname="AURORA-R1-9A2E")  # type: ignore[union-attr,type-var]
    player = bench.ready()
    if when == "before":
        bench.take_back()
    else:
        # Between the checks and the first byte: what the router is asked in between brings the news.
        bench.events.subscribe(ConsoleLine, lambda line: bench.take_back() if "sending" in line.text else None)
    if not is_practice:
        with pytest.raises(GateClosed) as closed:
            player.run("send", bench.work)
        assert closed.value.facts["failed"] == "listed"
        assert bench.sent() == 0
        assert player.state.device is not None
        player.override("send", "listed", player.state.device.tail)
    player.run("send", bench.work)
    if when == "before":
        assert row(player, name="listed").is_hint is is_practice
    assert bench.sent() > 0
