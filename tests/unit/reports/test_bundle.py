# SPDX-License-Identifier: Apache-2.0
"""What leaves: never an original, never a hidden word, never twice the work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import zstandard

from fakes.desk import PNG, SECRET, Desk, flatten, redact
from fakes.hub import FakeHub
from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.work import Work
from firstlight.reports.bundle import hidden_in, read_text
from firstlight.reports.drafts import Reports
from firstlight.reports.errors import NotCleaned, Unreviewed
from firstlight_contract.reports import ReportPut


def reports(desk: Desk, **other: Any) -> Reports:
    means = {"flatten": flatten, "redact_files": redact} | other
    return Reports(desk.db, desk.blobs, desk.outbox, desk.events, now=desk.clock, **means)


def test_the_review_shows_exactly_what_the_hub_gets(desk: Desk, hub: FakeHub) -> None:
    draft = desk.write("Fan stops", picture=b"raw", log=b"pw hunter2\n" * 20_000, text="It was quiet.", device_model="R1")
    words, picture, log = desk.reports.outgoing(draft.id, Work())
    desk.reports.queue(draft.id, Work())
    desk.drain_after()
    form = hub.reports[draft.id].form
    assert ReportPut.model_validate_json(words.body) == form
    assert [(f.name, f.sha256, f.size, f.hidden) for f in (picture, log)] == [
        (a.name, a.sha256, a.size, a.hidden) for a in form.attachments
    ]
    assert {f.path.read_bytes() for f in (picture, log) if f.path} == set(hub.blobs.values())


def test_a_planted_secret_is_in_nothing_that_left(desk: Desk, hub: FakeHub) -> None:
    desk.queue(picture=PNG + SECRET, log=(b"noise " * 100 + SECRET + b"\n") * 500)
    desk.queue(log=b"short " + SECRET)
    desk.drain_after()
    assert len(hub.blobs) == 3
    for content in hub.blobs.values():
        plain = zstandard.ZstdDecompressor().stream_reader(content).read() if content.startswith(b"\x28\xb5\x2f\xfd") else content
        assert SECRET not in plain
        assert SECRET not in content


def test_long_texts_are_compressed_and_short_ones_are_not(desk: Desk) -> None:
    draft = desk.write(log=b"x" * (64 << 10))
    long = desk.reports.attach(draft.id, b"y" * ((64 << 10) + 1), name="long.txt", role="log", media="text/plain", work=Work())
    _words, short, packed = desk.reports.outgoing(draft.id, Work())
    assert (short.name, short.media) == ("logread.txt", "text/plain")
    assert (packed.name, packed.media, packed.original) == ("long.txt.zst", "application/zstd", long.size)
    assert read_text(packed, 5) == "yyyyy"
    assert read_text(short, 3) == "xxx"


def test_each_file_is_made_once_until_something_changes(desk: Desk) -> None:
    made: list[str] = []

    def counting(original: Path, annotations: dict[str, Any]) -> bytes:
        made.append(str(annotations))
        return flatten(original, annotations)

    mine = reports(desk, flatten=counting)
    draft = desk.write(picture=b"raw")
    first = mine.outgoing(draft.id, Work())
    assert mine.outgoing(draft.id, Work()) == first
    mine.set_annotations(draft.id, draft.attachments[0].pos, {"shapes": [{"kind": "hide"}]})
    changed = mine.outgoing(draft.id, Work())
    assert changed[1].sha256 != first[1].sha256
    assert changed[1].hidden == 1
    assert len(made) == 2
    newer_rules = reports(desk, rules="2", flatten=counting)
    newer_rules.outgoing(draft.id, Work())
    assert len(made) == 3


def test_what_was_made_and_lost_is_made_again(desk: Desk) -> None:
    draft = desk.write(picture=b"raw")
    made = desk.reports.outgoing(draft.id, Work())[1]
    assert made.path is not None
    made.path.unlink()
    again = desk.reports.outgoing(draft.id, Work())[1]
    assert again.sha256 == made.sha256
    assert again.path is not None
    assert again.path.exists()


def test_a_cleaner_that_dies_keeps_the_file_here(desk: Desk, hub: FakeHub) -> None:
    class Died(FirstlightError):
        code = "redact.worker_died"

    def dying(*_args: object) -> int:
        raise Died

    draft = desk.write(log=b"hostile")
    with pytest.raises(NotCleaned) as found:
        reports(desk, redact_files=dying).queue(draft.id, Work())
    assert found.value.facts["cause"] == "redact.worker_died"
    assert desk.drain_after().sent == 0
    desk.reports.queue(draft.id, Work())
    assert desk.drain_after().sent == 1


def test_stopping_in_the_middle_is_no_fault_of_the_file(desk: Desk) -> None:
    work = Work()

    def stopping(*_args: object) -> int:
        work.cancel()
        work.check()
        return 0

    draft = desk.write(log=b"long")
    with pytest.raises(Cancelled):
        reports(desk, redact_files=stopping).queue(draft.id, work)
    assert list((desk.folder / "blobs/tmp").iterdir()) == []


def test_texts_must_be_looked_at_and_again_after_a_change(desk: Desk) -> None:
    draft = desk.write()
    log = desk.reports.attach(draft.id, b"one", name="serial.log", role="log", media="text/plain", work=Work())
    with pytest.raises(Unreviewed) as found:
        desk.reports.queue(draft.id, Work())
    assert (found.value.names, found.value.positions) == (("serial.log",), (log.pos,))
    desk.reports.set_reviewed(draft.id, log.pos)
    desk.reports.set_redaction(draft.id, log.pos, {"restored": []})
    with pytest.raises(Unreviewed):
        desk.reports.queue(draft.id, Work())
    desk.reports.set_included(draft.id, log.pos, False)
    assert desk.reports.queue(draft.id, Work()).state == "queued"


def test_a_file_of_unknown_kind_is_redacted_when_it_is_text(desk: Desk, hub: FakeHub) -> None:
    draft = desk.write()
    for name, data in (("notes.ini", b"key=hunter2"), ("trace.pcap", b"\0\1hunter2")):
        pos = desk.reports.attach(draft.id, data, name=name, role="file", media="application/octet-stream", work=Work()).pos
        desk.reports.set_reviewed(draft.id, pos)
    _words, notes, trace = desk.reports.outgoing(draft.id, Work())
    assert notes.path is not None
    assert notes.path.read_bytes() == b"key=[secret 1]"
    assert trace.path is not None
    assert trace.path.read_bytes() == b"\0\1hunter2", "a capture goes as it is, after the tester has looked"


def test_a_picture_gets_the_ending_of_what_it_became(desk: Desk) -> None:
    draft = desk.write()
    desk.reports.attach(draft.id, b"RIFF", name="shot.webp", role="file", media="image/webp", work=Work())
    made = desk.reports.outgoing(draft.id, Work())[1]
    assert (made.name, made.media, made.purpose) == ("shot.png", "image/png", "picture")


@pytest.mark.parametrize(("name", "role", "media"), [("IMG_1.log", "log", "text/plain"), ("bug.zip", "bugreport", "application/zip")])
def test_a_photo_under_the_name_of_a_log_leaves_as_a_picture(desk: Desk, name: str, role: str, media: str) -> None:
    draft = desk.write()
    made = desk.reports.attach(draft.id, b"\xff\xd8\xff\xe1Exif of a place", name=name, role=role, media=media, work=Work())
    assert (made.role, made.media) == ("picture", "image/jpeg")
    out = desk.reports.outgoing(draft.id, Work())[1]
    assert out.purpose == "picture"


@pytest.mark.parametrize("head", [b"\0\0\0\x18ftyphevc", b"\0\0\0\x18ftypcrx ", b"\xff\x0a\xfa", b"IIU\0\x18", b"\0\0\0\x0cjP  \r\n\x87\n"])
def test_a_picture_that_nobody_here_reads_is_no_file_that_leaves_as_it_is(desk: Desk, head: bytes) -> None:
    made = desk.reports.attach(desk.write().id, head + bytes(40), name="x", role="file", media="application/octet-stream", work=Work())
    assert made.is_picture


def test_hidden_places_are_counted() -> None:
    assert hidden_in(None) == 0
    assert hidden_in({"shapes": [{"kind": "hide"}, {"kind": "arrow"}, {"kind": "mosaic"}, "odd"]}) == 2


def test_the_same_file_twice_is_one_blob_and_two_rows(desk: Desk, hub: FakeHub) -> None:
    draft = desk.write(picture=b"raw")
    desk.reports.attach(draft.id, b"raw", name="again.png", role="picture", media="image/png", work=Work())
    desk.reports.queue(draft.id, Work())
    assert desk.drain_after().sent == 1
    assert len(hub.blobs) == 1
    assert [a.name for a in hub.reports[draft.id].form.attachments] == ["status.png", "again.png"]


def test_a_file_of_no_bytes_arrives(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue(log=b"")
    desk.drain_after()
    assert hub.reports[draft.id].form.attachments[0].size == 0


def test_the_clock_is_corrected_when_it_is_far_off(desk: Desk) -> None:
    with desk.db.write() as tx:
        tx.execute("UPDATE account SET skew_ms = 7200000 WHERE id = 1")
    body = json.loads(desk.reports.outgoing(desk.write().id, Work())[0].body)
    assert body["environment"] == {"clock_skew_ms": "7200000"}
