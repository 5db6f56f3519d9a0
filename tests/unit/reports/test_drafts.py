# SPDX-License-Identifier: Apache-2.0
"""Drafts: kept at every letter, taken back in time, thrown away with a way back."""

from __future__ import annotations

import dataclasses

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.base.work import Work
from firstlight.reports.drafts import ReportsChanged, safe_name
from firstlight.reports.errors import Incomplete, NotEditable, NotFound, TooLate, TooMany
from firstlight.reports.report import Local, Moment, Section
from firstlight_contract.reports import State


def test_every_letter_survives_a_restart(desk: Desk) -> None:
    draft = desk.reports.new(1, title="", device_model="R1", build="1.2-26.47", guide_step="13", environment={"os": "Debian"})
    for n in range(5):
        draft = desk.change(draft, title="Fan stops"[: n + 1], text="风扇 🙂" * n, often="always", severity="blocks")
    desk.restart()
    assert desk.reports.get(draft.id) == draft


def test_annotations_and_choices_are_kept_with_their_file(desk: Desk) -> None:
    draft = desk.write(picture=b"raw", log=b"log")
    picture, log = draft.attachments
    desk.reports.set_annotations(draft.id, picture.pos, {"shapes": [{"kind": "arrow"}]})
    desk.reports.set_redaction(draft.id, log.pos, {"restored": ["mac 3"]})
    desk.restart()
    picture, log = desk.reports.get(draft.id).attachments
    assert picture.annotations == {"shapes": [{"kind": "arrow"}]}
    assert (log.redaction, log.reviewed) == ({"restored": ["mac 3"]}, False)
    desk.reports.set_annotations(draft.id, picture.pos, None)
    assert desk.reports.get(draft.id).attachments[0].annotations is None


def test_a_file_taken_off_comes_back_with_its_work_and_a_new_place(desk: Desk) -> None:
    draft = desk.write(picture=b"raw")
    place = draft.attachments[0].pos
    desk.reports.set_annotations(draft.id, place, {"shapes": []})
    removed = desk.reports.remove(draft.id, place)
    assert desk.reports.get(draft.id).attachments == ()
    back = desk.reports.put_back(draft.id, removed)
    assert back.pos > place
    assert desk.reports.get(draft.id).attachments == (back,)
    assert back.annotations == {"shapes": []}


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({"title": "  "}, ("title",)),
        ({"title": "x" * 201}, ("title",)),
        ({"title": "x", "text": "x" * 20_001}, ("text",)),
        ({"title": "x", "kind": "rant"}, ("kind",)),
        ({"title": "x", "device": "not a uuid"}, ("device",)),
    ],
)
def test_what_is_missing_or_too_long_is_named(desk: Desk, words: dict[str, str], fields: tuple[str, ...]) -> None:
    draft = desk.reports.new(1, **words)  # type: ignore[arg-type]
    with pytest.raises(Incomplete) as found:
        desk.reports.queue(draft.id, Work())
    assert found.value.fields == fields


def test_a_draft_from_before_the_sign_in_waits_and_is_adopted(desk: Desk, hub: FakeHub) -> None:
    draft = desk.reports.new(None, title="early")
    with pytest.raises(Incomplete) as found:
        desk.reports.queue(draft.id, Work())
    assert found.value.fields == ("account",)
    assert [r.id for r in desk.reports.listing(2)] == [draft.id]
    assert desk.reports.adopt(1) == 1
    desk.reports.queue(draft.id, Work())
    desk.drain_after()
    assert hub.reports[draft.id].owner == "anna"
    assert desk.reports.listing(2) == ()


def test_within_ten_seconds_it_can_be_taken_back_and_was_never_sent(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue(log=b"mine")
    desk.clock.pass_(9)
    row = desk.reports.row(1, draft.id)
    assert row is not None
    assert row.step.can_take_back
    assert desk.reports.take_back(draft.id).state == Local.DRAFT
    assert desk.drain_after().sent == 0
    assert hub.requests == 0
    assert desk.outbox.accounts() == ()


def test_after_ten_seconds_it_is_too_late_but_it_can_be_edited(desk: Desk) -> None:
    draft = desk.queue()
    desk.clock.pass_(10)
    with pytest.raises(TooLate):
        desk.reports.take_back(draft.id)
    assert desk.reports.edit(draft.id).state == Local.DRAFT


def test_a_queued_report_is_not_written_over(desk: Desk) -> None:
    draft = desk.queue()
    with pytest.raises(NotEditable):
        desk.change(draft, title="sneaky")
    with pytest.raises(NotEditable):
        desk.reports.attach(draft.id, b"x", name="x", role="log", media="text/plain", work=Work())
    with pytest.raises(NotEditable):
        desk.reports.queue(draft.id, Work())


def test_discarding_has_a_way_back_into_the_line(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue(log=b"mine")
    undo = desk.reports.discard(draft.id)
    assert desk.drain_after().sent == 0
    assert desk.reports.listing(1) == ()
    undo()
    assert desk.drain().sent == 1
    with pytest.raises(NotEditable):
        desk.reports.discard(draft.id)


def test_drafts_of_an_earlier_day_in_which_nothing_stands_go_and_others_stay(desk: Desk) -> None:
    empty = desk.reports.new(1, device_model="R1")
    written, titled = desk.reports.new(1), desk.reports.new(1, title="Fan stops")
    desk.change(written, text="It dropped to 0.")
    with_file = desk.reports.new(1)
    desk.reports.attach(with_file.id, b"log", name="fan.log", role="log", media="text/plain", work=Work())
    desk.clock.pass_(60)
    started = desk.clock()
    desk.clock.pass_(1)
    opened_since = desk.reports.new(1)
    assert desk.reports.drop_empty(started) == 1
    left = {row.id for row in desk.reports.listing(1)}
    assert left == {written.id, titled.id, with_file.id, opened_since.id}
    assert empty.id not in left


def test_discarding_a_refused_report_keeps_the_blobs_that_others_need(desk: Desk, hub: FakeHub) -> None:
    first, second = desk.queue("first", log=b"shared"), desk.queue("second", log=b"shared")
    desk.reports.discard(first.id)
    assert desk.drain_after().sent == 1
    assert list(hub.reports) == [second.id]


def test_thirty_files_and_no_more(desk: Desk) -> None:
    draft = desk.write()
    for n in range(30):
        desk.reports.attach(draft.id, b"%d" % n, name=f"{n}.txt", role="log", media="text/plain", work=Work())
    with pytest.raises(TooMany):
        desk.reports.attach(draft.id, b"x", name="x.txt", role="log", media="text/plain", work=Work())


def test_an_unknown_report_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.reports.get("nowhere")
    assert desk.reports.row(1, "nowhere") is None


def test_a_draft_changed_while_its_files_are_made_is_queued_as_it_is_now(desk: Desk, hub: FakeHub) -> None:
    draft = desk.write("old", picture=b"raw")
    changed = []

    class Meanwhile(Work):
        def check(self) -> None:
            if not changed:
                changed.append(desk.change(desk.reports.get(draft.id), title="new"))

    desk.reports.queue(draft.id, Meanwhile())
    desk.drain_after()
    assert hub.reports[draft.id].form.title == "new"
    assert hub.reports[draft.id].form.rev == 1


def test_answers_wait_offline_can_be_taken_back_and_arrive_once(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue()
    with pytest.raises(NotEditable):
        desk.reports.answer(1, draft.id, "too early")
    desk.drain_after()
    with pytest.raises(Incomplete):
        desk.reports.answer(1, draft.id, "   ")
    oops = desk.reports.answer(1, draft.id, "oops")
    desk.reports.take_back_answer(1, oops)
    desk.reports.answer(1, draft.id, "A Volvo of 2019", "still")
    assert desk.reports.timeline(1, draft.id)[-1].moment == Moment.WAITING
    desk.drain_after()
    assert [(c.text, c.verdict) for c in hub.comments.values()] == [("A Volvo of 2019", "still")]
    with pytest.raises(TooLate):
        desk.reports.take_back_answer(1, oops)
    assert desk.reports.timeline(1, draft.id)[-1].moment == Moment.SAID


def test_the_time_line_tells_what_happened_in_order_also_offline(desk: Desk, hub: FakeHub) -> None:
    desk.clock.seconds = hub.clock.timestamp() - 300
    draft = desk.queue()
    desk.drain_after()
    hub.triage(draft.id, State.SEEN)
    desk.pull()
    hub.ask(draft.id, "Which car kit is it?")
    desk.pull()
    desk.reports.answer(1, draft.id, "A Volvo")
    moments = [(e.moment, e.what) for e in desk.reports.timeline(1, draft.id)]
    assert [m for m, _what in moments[:2]] == [Moment.WRITTEN, Moment.QUEUED]
    assert moments[2:] == [
        (Moment.ARRIVED, "FL-2200"),
        (Moment.STATE, "seen"),
        (Moment.SAID, "Which car kit is it?"),
        (Moment.STATE, "question"),
        (Moment.WAITING, "A Volvo"),
    ]


def test_news_are_published(desk: Desk) -> None:
    seen: list[ReportsChanged] = []
    desk.events.subscribe(ReportsChanged, seen.append)
    draft = desk.queue()
    assert set(seen) == {ReportsChanged(draft.id)}


def test_an_empty_draft_knows_that_it_is(desk: Desk) -> None:
    draft = desk.reports.new(1)
    assert draft.is_empty
    assert not dataclasses.replace(draft, text="x").is_empty
    assert [r.section for r in desk.reports.listing(1)] == [Section.DRAFT]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\Anna\\log.txt", "log.txt"),
        ("/home/anna/../x.png", "x.png"),
        ("a\nb\x00c.txt", "abc.txt"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
        ("日志 1.txt", "日志 1.txt"),
        ("con." + "y" * 300, ("con." + "y" * 300)[:120]),
    ],
)
def test_names_are_made_safe_and_tell_no_folder(given: str, kept: str) -> None:
    assert safe_name(given) == kept
