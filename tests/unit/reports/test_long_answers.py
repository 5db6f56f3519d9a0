# SPDX-License-Identifier: Apache-2.0
"""An answer that is longer than the hub takes in one piece: nothing of it is cut off behind the tester's back."""

from __future__ import annotations

import json

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.reports.report import Local
from firstlight.reports.submit import MOST_TEXT


def said(desk: Desk) -> list[str]:
    with desk.db.read() as tx:
        return [json.loads(row["payload"])["text"] for row in tx.execute("SELECT payload FROM op WHERE kind = 'comment' ORDER BY seq")]


def test_a_closed_report_goes_as_answers_with_every_word(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue("Fan stops")
    desk.drain_after()
    text, steps = "a" * MOST_TEXT, "b" * MOST_TEXT
    desk.change(desk.reports.edit(draft.id), text=text, steps=steps)
    desk.reports.as_answer(draft.id)
    assert "".join(said(desk)) == f"Fan stops\n\n{text}\n\n{steps}"
    desk.drain_after()
    assert desk.reports.get(draft.id).state == Local.DELIVERED
    assert sum(len(comment.text) for comment in hub.comments.values()) == len("".join(said(desk)))


def test_a_long_answer_goes_in_pieces_and_is_taken_back_whole(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue()
    desk.drain_after()
    words = "x" * MOST_TEXT + "y" * MOST_TEXT + "the end"
    taken_back = desk.reports.answer(1, draft.id, words, verdict="still")
    assert said(desk) == ["x" * MOST_TEXT, "y" * MOST_TEXT, "the end"]
    desk.reports.take_back_answer(1, taken_back)
    assert said(desk) == []
    desk.reports.answer(1, draft.id, words, verdict="still")
    desk.drain_after()
    assert [(len(comment.text), comment.verdict) for comment in hub.comments.values()] == [(MOST_TEXT, "still"), (MOST_TEXT, ""), (7, "")]
