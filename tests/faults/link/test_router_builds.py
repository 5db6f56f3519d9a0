# SPDX-License-Identifier: Apache-2.0
"""The demo's hub has builds for routers too: signed, found by the guide that updates an R1, and taken by a practice router."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from firstlight.base.events import Events
from firstlight.base.paths import resources
from firstlight.base.work import Work
from firstlight.devices.address import parse
from firstlight.devices.inventory import Inventory
from firstlight.devices.router_keys import Login
from firstlight.devices.routers import Routers
from firstlight.firmware.images import Images
from firstlight.firmware.trust import Trust
from firstlight.guides.backends import BackEnds
from firstlight.guides.runs import Runs
from firstlight.hublink.client import HubClient
from firstlight.practice.router import PracticeRouter
from firstlight_contract.feed import SYNC, FeedKind
from firstlight_contract.firmware import Release

pytestmark = pytest.mark.long


def releases(client: HubClient) -> tuple[Release, ...]:
    """As the desktop's inbox gets them."""
    cursor, found = "", []
    while True:
        page = client.call(SYNC, query={"cursor": cursor, "limit": 200})
        found += [Release.model_validate(i.body) for i in page.items if i.kind is FeedKind.RELEASE and not i.deleted]
        cursor = page.cursor
        if not page.more:
            return tuple(found)


@pytest.fixture
def router(tmp_path: Path) -> Iterator[PracticeRouter]:
    with PracticeRouter(tmp_path / "router", factory_build="26.01", boot_s=0.2) as made:
        yield made


def test_the_demos_build_for_the_router_is_signed_and_updates_a_practice_router(
    client: HubClient, router: PracticeRouter, tmp_path: Path
) -> None:
    listed = releases(client)
    ours = sorted((r for r in listed if r.device == "r1"), key=lambda r: r.published_at)
    assert [r.guide for r in ours] == ["r1-update"] * 2
    assert max(listed, key=lambda r: r.published_at).device == "a1", "the week page shows the phone's"
    trust = Trust(tmp_path / "trust", lambda: client)
    trust.refresh(Work())
    routers = Routers(tmp_path, Login(key_files=tuple, has_agent=False))
    backends = BackEnds(Inventory(), routers=routers, given=lambda: (parse(router.address),))
    images = Images(tmp_path / "builds", lambda *_: pytest.fail("it came by another way than its signature"), lambda _account: trust)
    runs = Runs(
        root=tmp_path / "runs",
        devices=backends,
        images=images,
        releases=lambda _account: listed,
        keep_photo=lambda source, work: "",
        tell=lambda news: None,
        events=Events(),
        now=lambda: datetime.now(UTC),
    )
    work = Work()
    try:
        player = runs.start(resources() / "guides" / "r1-update", account_id=1)
        player.answer({"keep": True})
        for step in ("connect", "choose", "backup"):
            player.run(step, work)
        assert player.state.previous == ours[0], "the way back is here before anything is sent"
        assert not images.missing(ours[0])
        assert router.image_bytes == 0
        player.tell_apart(is_right=True)
        for step in ("send", "flash", "back"):
            player.agree(step, player.word_for(step)) if player.word_for(step) else None
            player.run(step, work)
        said = next(g for g in player.state.step("flash").gates if g.id == "genuine").measured["en"]
        assert "line r1" in said
        assert router.memory.build == ours[1].version
    finally:
        runs.close()
        routers.close()


def test_the_files_that_router_guides_name_are_signed_too(client: HubClient, tmp_path: Path) -> None:
    trust = Trust(tmp_path / "trust", lambda: client)
    trust.refresh(Work())
    for path in ("r1/r1-rescue.bin", "r1/r1-card.img"):
        assert trust.target(path, Work()).device == "r1"
