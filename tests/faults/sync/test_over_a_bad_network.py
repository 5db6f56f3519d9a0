# SPDX-License-Identifier: Apache-2.0
"""The whole way with every part real: store, outbox, sender, uploads, HTTP, a network that fails, and a hub in its own process."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fakes.desk import Desk
from fakes.fault_proxy import DOWN_503, PORTAL, PORTAL_REDIRECT, Fault, FaultProxy
from fakes.hub import FakeHub
from faults.sync.conftest import RealHub
from firstlight.base.work import Work
from firstlight.hublink import uploads
from firstlight.reports.report import Local
from firstlight.sync.puller import Puller
from firstlight.sync.sender import Sender
from hub.prepared import program

_ROWS = """
import json, sys, django
django.setup()
from firstlight_hub.reports.models import Comment, Report

def row(report):
    files = [[a.sha256, a.name, a.size] for a in report.attachments.all()]
    return {"title": report.title, "rev": report.rev, "files": files}

rows = {str(report.pk): row(report) for report in Report.objects.all()}
print(json.dumps({"reports": rows, "comments": [c.text for c in Comment.objects.all()]}))
"""


@pytest.fixture
def proxy(real_hub: RealHub) -> Iterator[FaultProxy]:
    with FaultProxy(real_hub.url) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, real_hub: RealHub, proxy: FaultProxy) -> Iterator[Desk]:
    """The PC of Bob, whose network is the proxy; its time is the test's."""
    desk = Desk(tmp_path / "profile", FakeHub())
    wire(desk, real_hub, proxy)
    yield desk
    desk.db.close()


def wire(desk: Desk, real_hub: RealHub, proxy: FaultProxy) -> None:
    """Put the real client and the real uploads in."""
    client = real_hub.client("bob", proxy.address, (1, 1.5))

    def only_bob(account_id: int) -> Any:
        return client if account_id == 1 else None

    desk.sender = Sender(desk.db, desk.blobs, desk.outbox, only_bob, desk.events, rng=desk.rng, upload=uploads.upload)
    desk.puller = Puller(desk.db, desk.outbox, only_bob, desk.events)


def at_hub(real_hub: RealHub) -> dict[str, Any]:
    return dict(json.loads(program(real_hub.data, _ROWS)))


def drain(desk: Desk, *, rounds: int = 400) -> None:
    desk.sender.wake(1)
    desk.drain_all(rounds=rounds)
    assert desk.sender.pause_s() is None, "it never got through"


def test_a_report_goes_out_and_its_status_comes_back(desk: Desk, real_hub: RealHub) -> None:
    draft = desk.queue("Fan stops after 14 minutes", picture=b"raw", log=b"password hunter2\n" * 10_000, device_model="R1")
    assert desk.drain_after().sent == 1
    desk.reports.answer(1, draft.id, "and it is loud")
    assert desk.drain_after().sent == 1
    desk.pull()
    row = desk.reports.listing(1)[0]
    assert (row.id, row.state, row.local) == (draft.id, "new", Local.DELIVERED)
    assert row.number.startswith("FL-")
    kept = at_hub(real_hub)
    assert kept["reports"][draft.id]["title"] == "Fan stops after 14 minutes"
    assert [name for _sha, name, _size in kept["reports"][draft.id]["files"]] == ["status.png", "logread.txt.zst"]
    assert kept["comments"].count("and it is loud") == 1
    assert all(desk.inbox.read(1, kind) for kind in ("badge", "honour"))


@pytest.mark.slow
def test_half_of_all_connections_fail_and_everything_arrives_once(desk: Desk, real_hub: RealHub, proxy: FaultProxy) -> None:
    rng = Random(5)
    harms = (
        lambda: Fault(cut_down=0),
        lambda: Fault(cut_up=rng.randrange(1, 200_000)),
        lambda: Fault(cut_up=rng.randrange(1, 3_000), reset=True),
        lambda: Fault(reset=True),
        lambda: Fault(cut_down=rng.randrange(1, 300)),
        lambda: Fault(reply=PORTAL),
        lambda: Fault(reply=PORTAL_REDIRECT),
        lambda: Fault(reply=DOWN_503),
        lambda: Fault(flip_up=rng.randrange(2_000, 200_000)),
    )
    wanted = {}
    for n in range(24):
        log = rng.randbytes(rng.choice([0, 100, 5_000, 400_000])).replace(b"\0", b"") if n % 2 else None
        draft = desk.queue(f"report {n}", log=log)
        wanted[draft.id] = (f"report {n}", [a.size for a in draft.attachments])
        proxy.next(*(rng.choice(harms)() if rng.random() < 0.5 else Fault() for _one in range(10)))
        desk.clock.pass_(rng.randrange(5, 600))
        desk.sender.wake(1)
        desk.drain()
        if n % 6 == 5:
            desk.restart()
            wire(desk, real_hub, proxy)
    drain(desk)
    kept = at_hub(real_hub)["reports"]
    for id, (title, sizes) in wanted.items():
        assert (kept[id]["title"], kept[id]["rev"], len(kept[id]["files"])) == (title, 1, len(sizes))
        assert desk.reports.get(id).state == Local.DELIVERED
    assert set(Counter(r["title"] for r in kept.values() if r["title"].startswith("report ")).values()) == {1}
    desk.pull()
    assert {row.id for row in desk.reports.listing(1)} >= set(wanted)


@pytest.mark.parametrize("first", [16, pytest.param(5, marks=pytest.mark.long), pytest.param(40, marks=pytest.mark.long)])
def test_a_byte_that_changed_on_its_way_is_never_believed(
    desk: Desk, real_hub: RealHub, proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """In the line, the headers or the form: no report under another name, none with another word, none that needs the tester."""
    monkeypatch.setattr(type(real_hub.client("bob")._tokens), "may_renew", True)
    wanted = {}
    for at in range(first, 1_500, 53):
        wire(desk, real_hub, proxy)  # a connection of its own: the harm is at this byte of it
        proxy.next(Fault(flip_up=at))
        draft = desk.queue(f"report {first} {at}")
        desk.drain_after()
        wanted[draft.id] = draft.title
    wire(desk, real_hub, proxy)
    drain(desk)
    kept = at_hub(real_hub)["reports"]
    assert {id: desk.reports.get(id).state for id in wanted} == dict.fromkeys(wanted, Local.DELIVERED)
    assert {id: kept[id]["title"] for id in wanted} == wanted
    assert sum(r["title"].startswith(f"report {first} ") for r in kept.values()) == len(wanted)


def test_a_portal_is_recognised_and_nothing_is_taken_for_sent(desk: Desk, proxy: FaultProxy) -> None:
    draft = desk.queue("in the hotel")
    for reply in (PORTAL, PORTAL_REDIRECT):
        proxy.next(Fault(reply=reply))
        desk.sender.wake(1)
        assert desk.drain_after().stopped[1].code == "hub.stranger"
    assert desk.reports.get(draft.id).state == Local.QUEUED
    drain(desk)
    assert desk.reports.get(draft.id).state == Local.DELIVERED


def test_a_hole_that_swallows_everything_ends_in_later(desk: Desk, proxy: FaultProxy) -> None:
    draft = desk.queue("behind a dead router")
    proxy.next(Fault(mute=True))
    desk.drain_after()
    row = desk.reports.row(1, draft.id)
    assert row is not None
    assert (row.why.facts["reason"], row.step.attempts) == ("timeout", 1)
    drain(desk)


def test_with_nobody_there_nothing_is_counted_and_it_goes_when_the_hub_is_back(desk: Desk, proxy: FaultProxy) -> None:
    draft = desk.queue("offline", log=b"kept")
    with proxy.refusing():
        for _try in range(3):
            desk.sender.wake(1)
            assert desk.drain_after().stopped[1].facts["reason"] == "refused"
        row = desk.reports.row(1, draft.id)
        assert row is not None
        assert row.step.attempts == 0
    drain(desk)
    assert desk.reports.get(draft.id).state == Local.DELIVERED


def test_a_large_file_goes_in_bounded_memory_and_resumes(desk: Desk, real_hub: RealHub, proxy: FaultProxy, tmp_path: Path) -> None:
    big = tmp_path / "capture.pcap"
    with big.open("wb") as file:
        file.write(b"\0" * 8)
        for n in range(24):
            file.write(Random(n).randbytes(1 << 20))
    draft = desk.reports.new(1, title="a capture")
    attached = desk.reports.attach(draft.id, big, name=big.name, role="file", media="application/vnd.tcpdump.pcap", work=Work())
    desk.reports.set_reviewed(draft.id, attached.pos)
    desk.reports.queue(draft.id, Work())
    proxy.next(Fault(), Fault(cut_up=5 << 20), Fault(reset=True), Fault(cut_up=3 << 20))
    desk.drain_after()
    drain(desk)
    assert at_hub(real_hub)["reports"][draft.id]["files"][0][0] == attached.sha256
    assert proxy.bytes_up < 40 << 20
