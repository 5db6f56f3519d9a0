# SPDX-License-Identifier: Apache-2.0
"""Several routers are named: the tester says which is meant, before a byte is sent to any; the run keeps that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.router_runs import RESCUE, RouterBench
from fakes.routers import image_bytes
from firstlight.devices.address import parse
from firstlight.guides.actions.rescue import HOME
from firstlight.guides.errors import ActionFailed, WhichDevice
from firstlight.guides.player import Player
from firstlight.practice.recovery import PracticeRecovery
from firstlight.practice.router import PracticeRouter

IMAGE = image_bytes()


@pytest.fixture
def stranded(tmp_path: Path) -> Iterator[PracticeRecovery]:
    made = PracticeRecovery(tmp_path / "stranded", boot_s=0.1, image_bytes=1 << 20)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[PracticeRouter]:
    """A router that runs, and that the tester named too."""
    with PracticeRouter(tmp_path / "other", boot_s=0.1, image_bytes=1 << 20) as made:
        yield made


def asked(pc: RouterBench, player: Player) -> set[str]:
    with pytest.raises(ActionFailed) as refused:
        player.run("find", pc.work)
    assert isinstance(refused.value.__cause__, WhichDevice)
    return set(str(refused.value.facts["serials"]).split(", "))


def test_where_a_rescued_router_answers_is_asked_before_a_byte_is_sent(
    stranded: PracticeRecovery, other: PracticeRouter, tmp_path: Path
) -> None:
    pc = RouterBench(tmp_path / "pc", (stranded.address, stranded.ssh, other.address), IMAGE, RESCUE)
    try:
        player = pc.start()
        named = {str(parse(a)) for a in (stranded.ssh, other.address)}
        assert asked(pc, player) == named | {str(HOME)}, "where a router without settings answers is one of them"
        assert stranded.image_bytes == 0
        assert player.state.device is not None and player.state.device.kind == "recovery", "the run is bound to whom it rescues"
        player.pick(parse(stranded.ssh), pc.work)
        player = pc.resume()
        assert player.state.chosen == {"router": str(parse(stranded.ssh))}
        pc.play(player)
        assert stranded.holds == IMAGE
        assert other.image_bytes == 0
        assert other.memory.boots == 1
    finally:
        pc.close()


def test_of_two_that_wait_for_a_rescue_the_chosen_one_gets_it(stranded: PracticeRecovery, tmp_path: Path) -> None:
    second = stranded.address.replace("9a:2e", "00:01")
    pc = RouterBench(tmp_path / "pc", (second, stranded.address, stranded.ssh), IMAGE, RESCUE)
    try:
        player = pc.start()
        assert asked(pc, player) == {str(parse(a)) for a in (second, stranded.address)}
        assert stranded.image_bytes == 0
        player.pick(parse(stranded.address), pc.work)
        pc.play(player)
        assert stranded.holds == IMAGE
    finally:
        pc.close()
