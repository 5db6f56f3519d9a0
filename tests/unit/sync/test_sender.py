# SPDX-License-Identifier: Apache-2.0
"""What becomes of an op for each thing that a network and a hub can do."""

from __future__ import annotations

import json

import pytest

import fakes.hub
from fakes.desk import Desk
from fakes.hub import FakeHub, Net
from firstlight.base.work import Work
from firstlight.reports.report import Local, Section


def state(desk: Desk, id: str) -> Local:
    return desk.reports.get(id).state


def test_a_report_stays_ten_seconds_and_then_arrives_with_its_files(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue(picture=b"raw", log=b"x hunter2 y")
    assert desk.drain().sent == 0
    done = desk.drain_after(10)
    assert (done.sent, done.waiting, done.parked, done.stopped) == (1, 0, 0, {})
    assert state(desk, draft.id) == Local.DELIVERED
    form = hub.reports[draft.id].form
    assert form.rev == 1
    assert [a.name for a in form.attachments] == ["status.png", "logread.txt"]
    assert hub.blobs[form.attachments[1].sha256] == b"x [secret 1] y"
    assert desk.reports.listing(1)[0].number == "FL-2200"


@pytest.mark.parametrize(
    "harm", [Net.LOST, Net.TIMEOUT, Net.CUT, Net.FLIP, Net.BROKEN, Net.DOWN, Net.MANY, Net.REFUSED, Net.DNS, Net.PORTAL]
)
def test_after_any_failure_it_arrives_once(desk: Desk, hub: FakeHub, harm: Net) -> None:
    draft = desk.queue(picture=b"raw", log=b"y" * 200_000)
    desk.net.extend([harm] * 5)
    desk.clock.pass_(11)
    desk.drain_all()
    assert state(desk, draft.id) == Local.DELIVERED
    assert len(hub.reports) == 1
    assert len(hub.reports[draft.id].contents) == 1


def test_an_answer_that_was_lost_makes_no_second_report(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue()
    desk.net.append(Net.LOST)
    assert desk.drain_after().sent == 0
    assert draft.id in hub.reports
    desk.drain_all()
    assert state(desk, draft.id) == Local.DELIVERED
    assert [i["key"] for _s, i in hub.feed] == [draft.id]


def test_no_network_counts_no_attempt_and_wakes_at_once(desk: Desk) -> None:
    draft = desk.queue()
    desk.net.append(Net.DNS)
    done = desk.drain_after()
    assert done.stopped[1].facts["reason"] == "dns"
    row = desk.reports.row(1, draft.id)
    assert row is not None
    assert row.step.attempts == 0
    assert desk.drain().sent == 0, "it rests"
    desk.sender.wake()
    assert desk.drain().sent == 1


def test_a_portal_is_no_success(desk: Desk, hub: FakeHub) -> None:
    desk.queue()
    desk.net.append(Net.PORTAL)
    done = desk.drain_after()
    assert done.stopped[1].code == "hub.stranger"
    assert not hub.reports
    assert done.waiting == 1


def test_retry_after_is_respected(desk: Desk) -> None:
    desk.queue()
    desk.net.append(Net.DOWN)
    desk.drain_after()
    pause = desk.sender.pause_s()
    assert pause is not None
    assert 7 <= pause <= 9
    desk.clock.pass_(6)
    assert desk.drain().sent == 0
    desk.clock.pass_(4)
    assert desk.drain().sent == 1


def test_a_hub_that_asks_for_days_of_rest_gets_four_hours_and_no_storm(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fakes.hub._UNASKED, Net.DOWN, lambda: fakes.hub.busy(503, 86_400))  # what the client makes of 10^9 seconds
    for n in range(5):
        desk.queue(f"Fan {n}")
    desk.always = Net.DOWN
    desk.clock.pass_(11)
    assert [bool(desk.drain().stopped) for _ in range(5)] == [True, False, False, False, False], "asked again at once"
    pause = desk.sender.pause_s()
    assert pause is not None
    assert 3 * 3600 < pause <= 4 * 3600
    desk.always = Net.OK
    desk.clock.pass_(pause)
    assert desk.drain().sent == 5


def test_a_day_of_errors_makes_no_storm_and_loses_nothing(desk: Desk, hub: FakeHub) -> None:
    drafts = [desk.queue(f"report {n}") for n in range(20)]
    desk.always = Net.BROKEN
    began = desk.clock.seconds
    while desk.clock.seconds < began + 86_400:
        before = hub.requests
        pause = desk.sender.pause_s()
        assert pause is not None
        desk.clock.pass_(max(1.0, pause))
        desk.drain()
        assert hub.requests - before <= 3
    assert hub.requests < 86_400 / 10
    desk.always = Net.OK
    desk.sender.wake(1)
    desk.drain_all()
    assert {state(desk, d.id) for d in drafts} == {Local.DELIVERED}


def test_one_poison_report_delays_itself_alone(desk: Desk, hub: FakeHub) -> None:
    bad = desk.queue("bad")
    with desk.db.write() as tx:
        payload = json.loads(tx.execute("SELECT payload FROM op WHERE kind = 'report'").fetchone()[0])
        tx.execute("UPDATE op SET payload = ? WHERE kind = 'report'", (json.dumps(payload | {"programme": "Not a slug"}),))
    good = [desk.queue(f"good {n}") for n in range(30)]
    done = desk.drain_after()
    assert (done.sent, done.parked) == (30, 1)
    assert {state(desk, d.id) for d in good} == {Local.DELIVERED}
    assert state(desk, bad.id) == Local.NEEDS_YOU
    assert desk.reports.get(bad.id).why.code == "sync.unreadable"
    assert len(hub.reports) == 30


def test_a_report_that_keeps_failing_goes_behind_the_others(desk: Desk, hub: FakeHub) -> None:
    slow = desk.queue("slow")
    desk.queue("quick")
    desk.net.append(Net.BROKEN)
    assert desk.drain_after().sent == 1
    assert slow.id not in hub.reports
    assert [r.title for r in desk.reports.listing(1, section=Section.OUTBOX)] == ["slow"]
    desk.drain_all()
    assert slow.id in hub.reports


def test_removed_from_the_programme_needs_the_tester_and_keeps_the_data(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue(log=b"z")
    hub.members.discard("anna")
    assert desk.drain_after().parked == 1
    kept = desk.reports.get(draft.id)
    assert kept.state == Local.NEEDS_YOU
    assert kept.why.facts["status"] == 403
    assert kept.attachments
    hub.members.add("anna")
    desk.reports.send_again(draft.id)
    assert desk.drain().sent == 1


def test_a_file_that_is_too_large_is_named_and_the_other_parts_go(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue(picture=b"raw", log=bytes(range(1, 200)) * 300)
    hub.largest = 1000
    desk.drain_after()
    kept = desk.reports.get(draft.id)
    assert kept.state == Local.NEEDS_YOU
    assert kept.why.facts["name"] == "logread.txt"
    assert kept.why.facts["status"] == 413
    assert len(hub.blobs) == 1, "the picture went"
    edited = desk.reports.edit(draft.id)
    desk.reports.set_included(draft.id, edited.attachments[1].pos, False)
    desk.reports.queue(draft.id, Work())
    assert desk.drain_after().sent == 1
    assert hub.reports[draft.id].form.rev == 2


def test_a_blob_that_the_hub_lost_is_sent_again(desk: Desk, hub: FakeHub) -> None:
    desk.queue("first", log=b"the same")
    desk.drain_after()
    hub.blobs.clear()
    second = desk.queue("second", log=b"the same")
    desk.drain_after()
    desk.drain_all()
    assert state(desk, second.id) == Local.DELIVERED
    assert len(hub.blobs) == 1


def test_the_same_content_is_sent_once(desk: Desk, hub: FakeHub) -> None:
    for n in range(3):
        desk.queue(f"report {n}", log=b"q" * 1000)
    assert desk.drain_after().sent == 3
    assert hub.bytes_up == 1000


def test_an_upload_goes_on_where_it_was_cut(desk: Desk, hub: FakeHub) -> None:
    noise = b"".join(bytes([b]) for b in desk.rng.randbytes(1_000_000) if b)
    desk.queue(log=noise)
    desk.net.extend([Net.OK, Net.OK, Net.OK, Net.LOST])
    desk.drain_after()
    row = desk.reports.listing(1)[0]
    assert 0 < row.step.done < row.step.total
    desk.restart()
    desk.drain_all()
    assert len(hub.reports) == 1
    assert hub.bytes_up == row.step.total


def test_a_file_changed_by_hand_needs_the_tester_and_the_rest_goes(desk: Desk, hub: FakeHub) -> None:
    bad, good = desk.queue("bad", log=b"one"), desk.queue("good", log=b"two")
    sha256 = desk.reports.outgoing(bad.id, Work())[1].sha256
    desk.blobs.path(sha256).write_bytes(b"ohh")
    done = desk.drain_after()
    assert (done.sent, done.parked) == (1, 1)
    assert desk.reports.get(bad.id).why.code == "hub.file_changed"
    assert state(desk, good.id) == Local.DELIVERED


def test_a_file_that_is_gone_needs_the_tester(desk: Desk) -> None:
    draft = desk.queue(log=b"one")
    desk.blobs.path(desk.reports.outgoing(draft.id, Work())[1].sha256).unlink()
    desk.drain_after()
    assert desk.reports.get(draft.id).why.code == "store.blob_missing"


def test_expired_sign_in_stops_the_account_and_counts_nothing(desk: Desk) -> None:
    desk.queue()
    desk.net.append(Net.SIGNED_OUT)
    done = desk.drain_after()
    assert done.stopped[1].code == "hub.session_expired"
    desk.sender.wake(1)
    assert desk.drain().sent == 1, "signed in again, it goes at once"


def test_accounts_are_kept_apart(desk: Desk, hub: FakeHub) -> None:
    annas = [desk.queue(f"anna {n}") for n in range(3)]
    desk.queue("bob", account=2)
    desk.signed_in = {2: "bob"}
    assert desk.drain_after().sent == 1
    assert {k.owner for k in hub.reports.values()} == {"bob"}
    assert desk.outbox.waiting(1).acts == 3
    desk.signed_in = {1: "anna"}
    desk.sender.wake(1)
    assert desk.drain().sent == 3
    assert {hub.reports[d.id].owner for d in annas} == {"anna"}
