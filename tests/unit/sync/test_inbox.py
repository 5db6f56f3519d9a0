# SPDX-License-Identifier: Apache-2.0
"""What the hub told is found again by its words, with no network."""

from __future__ import annotations

from fakes.desk import Desk
from firstlight.sync.inbox import learn


def tell(desk: Desk) -> None:
    with desk.db.write() as tx:
        told = (
            ("similar", "FL-1", {"number": "FL-1", "title": "Camera freezes after a call", "state": "planned"}),
            ("similar", "FL-2", {"number": "FL-2", "title": "通话后相机卡住", "state": "seen"}),
            ("comment", "c1", {"text": "Which camera app was it?", "author": "ines", "report": "r"}),
            ("report", "r", {"title": "Fan stops", "state": "fixed", "fixed_in": "26.47"}),
        )
        for seq, (kind, key, body) in enumerate(told, 1):
            learn(tx, 1, kind, key, body, seq=seq)


def keys(desk: Desk, words: str, *kinds: str) -> list[str]:
    return [found["key"] for found in desk.inbox.search(1, words, kinds or ("similar", "comment", "report"))]


def test_every_word_counts_wherever_it_stands_and_the_newest_comes_first(desk: Desk) -> None:
    tell(desk)
    assert keys(desk, "camera") == ["c1", "FL-1"]
    assert keys(desk, "CALL camera") == ["FL-1"]
    assert keys(desk, "相机") == ["FL-2"]
    assert keys(desk, "26.47") == ["r"]
    assert keys(desk, "camera", "similar") == ["FL-1"]
    assert keys(desk, "FL-2") == ["FL-2"]


def test_what_is_no_word_finds_nothing_and_harms_nothing(desk: Desk) -> None:
    tell(desk)
    for words in ("", "   ", "title", "state", "%", "_", "' OR 1=1 --", '"', "\\", "nowhere"):
        assert keys(desk, words) == []
    assert desk.inbox.search(2, "camera", ("similar",)) == ()
    assert desk.inbox.search(1, "camera", ()) == ()


def test_what_others_reported_reads_as_the_contract_says(desk: Desk) -> None:
    tell(desk)
    assert [known.number for known in desk.inbox.read(1, "similar")] == ["FL-1", "FL-2"]
