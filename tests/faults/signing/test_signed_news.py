# SPDX-License-Identifier: Apache-2.0
"""Behind the news comes what the maker signed: trust begins there, and a guide of a hub that signs is shown when it is signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fakes.signed_hub import HostileHub, Maker
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.firmware.signed_news import SignedNews
from firstlight.hublink.errors import Reason, Unreachable
from firstlight.sync.news import InboxChanged
from firstlight.sync.puller import Pulled
from firstlight_contract.feed import GuideView
from firstlight_contract.signing import METADATA_PATH, Kind

TEXT = "guide: 1"


@dataclass
class Feed:
    """What the feed brought, in the place of puller and inbox."""

    views: tuple[GuideView, ...] = ()
    pulled: Pulled = field(default_factory=Pulled)

    def pull(self, _work: Work) -> Pulled:
        return self.pulled

    def of(self, *_: object) -> tuple[GuideView, ...]:
        return self.views


class Desk:
    def __init__(self, hub: HostileHub, folder: Path) -> None:
        self.feed, self.events, self.told = Feed(), Events(), list[InboxChanged]()
        self.events.subscribe(InboxChanged, self.told.append)
        client = hub.client()
        parts: dict[str, Any] = {"puller": self.feed, "inbox": self.feed, "events": self.events, "client": lambda _account: client}
        self.news = SignedNews(folder=folder, is_known=lambda account: account == 1, account=lambda: 1, **parts)


def view(name: str, target: str = "") -> GuideView:
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    return GuideView(slug=name, programme="aurora", version="1", title={}, sha256=sha256, document=TEXT, target=target)


@pytest.fixture
def maker() -> Maker:
    made = Maker(("guides",))
    made.publish("guides/weekly-1.yaml", TEXT.encode(), kind=Kind.GUIDE, version="1", device="")
    return made


@pytest.fixture
def hub(maker: Maker) -> Iterator[HostileHub]:
    with HostileHub(maker.served()) as made:
        yield made


def asked(hub: HostileHub) -> int:
    return sum(path.endswith("timestamp.json") for path, _ in hub.asked)


def test_trust_begins_behind_the_first_news_and_unsigned_guides_are_shown_no_more(hub: HostileHub, tmp_path: Path) -> None:
    desk = Desk(hub, tmp_path)
    signed, unsigned = view("weekly", "guides/weekly-1.yaml"), view("other")
    desk.feed.views = (signed, unsigned)
    assert desk.news.guides(1) == (signed, unsigned), "before the first contact nothing is known"
    assert not desk.news.is_signed(1, signed)
    desk.news.catch_up(Work())
    assert desk.news.guides(1) == (signed,)
    assert desk.news.is_signed(1, signed)
    assert [told.account_id for told in desk.told] == [1], "the pages look again"
    pin = desk.news.pin(1)
    assert pin is not None
    assert not pin.is_demo


def test_the_hub_is_asked_with_news_and_not_with_every_look(hub: HostileHub, tmp_path: Path) -> None:
    desk = Desk(hub, tmp_path)
    for _ in range(3):
        desk.news.catch_up(Work())
    assert asked(hub) == 1
    desk.feed.pulled = Pulled(new_items=2)
    desk.news.catch_up(Work())
    assert asked(hub) == 2
    desk.feed.pulled = Pulled(new_items=0, stopped={1: Unreachable(reason=Reason.DNS)})
    desk.news.catch_up(Work())
    assert asked(hub) == 2


def test_reading_news_does_not_stop_for_metadata_that_lies(hub: HostileHub, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(hub, tmp_path)
    hub.lies[METADATA_PATH + "timestamp.json"] = b"{}"
    desk.feed.pulled = Pulled(new_items=2)
    assert desk.news.catch_up(Work()).new_items == 2
    assert "is not known" in caplog.text
    assert desk.news.pin(1) is None
    hub.lies.clear()
    desk.news.catch_up(Work())
    assert desk.news.pin(1) is not None


def test_nobody_trusts_nothing(hub: HostileHub, tmp_path: Path) -> None:
    desk = Desk(hub, tmp_path)
    assert desk.news.trust(0) is None
    assert desk.news.trust(7) is None
    assert desk.news.guides(7) == ()
    assert not list(tmp_path.iterdir())
