# SPDX-License-Identifier: Apache-2.0
"""Two weeks in the life of a tester, told from Friday to Friday; the network, the power and the clock are what they are in life."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.fault_proxy import FaultProxy
from faults.hub_process import HubProcess
from faults.story.life_of_mo import Friend, Mo, Team
from firstlight.store import migrate


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "hub") as running:
        yield running


@pytest.fixture
def proxy(hub: HubProcess) -> Iterator[FaultProxy]:
    with FaultProxy(hub.url) as made:
        yield made


@pytest.fixture
def programs() -> Iterator[None]:
    """The program as it is now is installed again when the story is over."""
    kept = dict(migrate.migrate.__kwdefaults__)
    yield
    migrate.migrate.__kwdefaults__.update(kept)


@pytest.mark.slow
def test_two_weeks_of_mo(tmp_path: Path, hub: HubProcess, proxy: FaultProxy, programs: None) -> None:
    mo, team = Mo(tmp_path / "mo", hub, proxy), Team(hub)
    friend = Friend(tmp_path / "friend", hub, proxy)

    # Friday. The new build is here, and by noon its first fault is found.
    mo.pc.bundles.introduce(1)
    camera = mo.reports("Camera freezes after a call", log=b"E camera: no frames\n" * 4000)
    mo.waits(hours=1)
    assert mo.sees(camera) == "new"
    hasty = mo.reports("The wrong window, sorry")
    mo.changes_their_mind(hasty)

    # Saturday. A train along the Rhine: every tunnel cuts a connection, and the video is large.
    mo.sleeps_until_the_next_morning()
    with mo.on_a_train():
        video = mo.reports("It jumps like this", video=900_000)
        note = mo.reports("Weather tile shows yesterday")
        mo.waits(hours=3)
        mo.corrects(note, "Weather tile shows yesterday, every morning")
        mo.closes_the_lid(hours=2)
        mo.waits(hours=1)
    mo.waits(hours=5)
    assert {mo.sees(video), mo.sees(note)} == {"new"}

    # Sunday. The hotel's network wants a room number and answers everything itself. Nothing is taken for sent.
    mo.sleeps_until_the_next_morning()
    with mo.in_a_hotel():
        hotel = mo.reports("Wi-Fi list is empty after a log-in page", log=b"wlan0: portal\n" * 50)
        mo.waits(hours=6)
        assert mo.sees(hotel) == "queued"
    mo.waits(hours=5)
    assert mo.sees(hotel) == "new"

    # Monday. The team asks something; Mo reads and answers it in the basement, where the router lies in pieces.
    team.asks(camera, "Which app was it?")
    mo.sleeps_until_the_next_morning()
    mo.waits(hours=1)
    assert mo.sees(camera) == "question"
    with mo.in_a_basement():
        mo.answers(camera, "The one that came with it")
        router = mo.reports("Router: amber light for ever", log=b"")
        mo.waits(hours=8)
        assert mo.sees(router) == "queued"

    # Tuesday. The provider is out for days; a friend takes a stick along. What Mo's own PC sends later is known already.
    with mo.in_a_basement():
        mo.sleeps_until_the_next_morning()
        third = mo.reports("Router: reset pin does nothing", log=b"pin\n" * 9000)
        stick = mo.saves_to_a_stick()
    friend.brings(stick)
    assert hub.reports()[third.id]["title"] == "Router: reset pin does nothing"
    friend.brings(stick)

    # Wednesday. The phone shares its network: words go, the video waits for a free one, and Mo says of one that it shall not wait.
    mo.sleeps_until_the_next_morning()
    with mo.by_the_phone():
        words = mo.reports("Keyboard covers the last line")
        large = mo.reports("Scrolling tears", video=6_000_000)
        urgent = mo.reports("It became very hot", video=5_500_000)
        mo.pc.reports.send_anyway(urgent.id)
        mo.waits(hours=2)
        assert (mo.sees(words), mo.sees(large), mo.sees(urgent)) == ("new", "queued", "new")
    mo.waits(hours=2)
    assert mo.sees(large) == "new"

    # Thursday. The battery falls out in the middle of a file.
    mo.sleeps_until_the_next_morning()
    mo.loses_power_while("Dock is not found after sleep")
    mo.waits(hours=1)

    # Friday. A newer Firstlight comes with a line full of work; nothing of it is lost on the way.
    with mo.in_a_basement():
        mo.sleeps_until_the_next_morning()
        before = mo.reports("Written with the old program", log=b"old\n" * 2000)
        mo.updates_the_program(tmp_path / "newer")
        after = mo.reports("Written with the new one")
        mo.waits(hours=3)
    mo.waits(hours=5)
    assert {mo.sees(before), mo.sees(after)} == {"new"}

    # The weekend. The clock battery dies: it is 2001, then somebody sets it, a day too far. The order stays, no wait becomes years.
    mo.sleeps_until_the_next_morning()
    with mo.in_a_basement():
        first = mo.reports("Before the clock was lost")
        mo.waits(hours=2)
        mo.sets_the_clock(days=-25 * 365)
        mo.pc.restart()
        second = mo.reports("In 2001")
        mo.waits(hours=2)
        mo.sets_the_clock(days=25 * 365 + 1)
        mo.pc.restart()
    mo.waits(hours=5)
    numbers = hub.reports()
    assert numbers[first.id]["number"] < numbers[second.id]["number"]
    mo.sets_the_clock(days=-1)

    # Monday. The hub falls over in the middle of the day and comes back.
    mo.sleeps_until_the_next_morning()
    hub.kill()
    fallen = mo.reports("While the hub was away")
    mo.waits(hours=1)
    assert mo.sees(fallen) == "queued"
    hub.start()
    mo.waits(hours=5)  # just up, it may let Mo wait a time or two
    assert mo.sees(fallen) == "new"

    # Tuesday. The team has read it all: one is planned, one is closed, and an edit that comes too late becomes an answer.
    team.plans(camera, "26.50")
    team.closes(words)
    mo.sleeps_until_the_next_morning()
    mo.corrects(words, "Keyboard covers two lines")
    mo.waits(hours=2)
    assert mo.pc.reports.get(words.id).state == "needs_you"
    mo.says_it_as_an_answer(words, instead="Keyboard covers the last line")
    mo.waits(hours=1)
    assert (mo.sees(camera), mo.sees(words)) == ("planned", "closed")

    # Thursday. Everything is out. Nobody had to think about any of it.
    mo.sleeps_until_the_next_morning()
    mo.waits(hours=1)
    assert mo.pc.sender.pause_s() is None
    mo.has_lost_nothing()
    mo.pc.close()
    friend.pc.close()
