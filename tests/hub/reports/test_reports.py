# SPDX-License-Identifier: Apache-2.0
"""Reports by PUT: harmless to repeat, the highest revision stays, files must have been sent, nobody reads another's."""

from __future__ import annotations

import uuid

import pytest

from firstlight_hub.base.models import FeedItem
from firstlight_hub.honour.models import ActivityDay
from firstlight_hub.reports import services
from firstlight_hub.reports.models import Attachment, Comment, Report
from hub.conftest import Cast
from hub.stored import news, report, sent, unsent


def place() -> str:
    return f"/reports/{uuid.uuid4()}"


def test_a_report_arrives_once_however_often_it_is_sent(cast: Cast) -> None:
    where, form = place(), report(attachments=[sent(cast.bob.user, b"a log")])
    first = cast.bob.call("PUT", where, form)
    assert first.status_code == 201, first.content
    said = first.json()
    assert said["number"].startswith("FL-22")
    assert (said["state"], said["rev"], said["attachments"]) == ("new", 1, 1)
    for _ in range(3):
        again = cast.bob.call("PUT", where, form)
        assert (again.status_code, again.json()) == (200, said)
    assert Report.objects.count() == 1
    assert Attachment.objects.count() == 1
    assert [body["number"] for body in news(cast.bob.user, "report")] == [said["number"]]
    assert ActivityDay.objects.get(user=cast.bob.user, kind="report.sent").n == 1
    assert cast.bob.call("GET", where).json() == said


def test_numbers_grow_by_one(cast: Cast) -> None:
    numbers = [int(cast.bob.call("PUT", place(), report()).json()["number"].removeprefix("FL-")) for _ in range(3)]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


def test_the_highest_revision_stays_whatever_the_order(cast: Cast) -> None:
    where = place()
    assert cast.bob.call("PUT", where, report(rev=3, title="third")).status_code == 201
    late = cast.bob.call("PUT", where, report(rev=2, title="second"))
    assert (late.status_code, late.json()["rev"], late.json()["title"]) == (200, 3, "third")
    newer = cast.bob.call("PUT", where, report(rev=4, title="fourth"))
    assert (newer.status_code, newer.json()["rev"], newer.json()["title"]) == (200, 4, "fourth")


def test_two_texts_under_one_revision_are_refused(cast: Cast) -> None:
    where = place()
    cast.bob.call("PUT", where, report(title="one"))
    answer = cast.bob.call("PUT", where, report(title="another"))
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert Report.objects.get().title == "one"


def test_a_file_that_was_not_sent_is_asked_for(cast: Cast) -> None:
    have, lack = sent(cast.bob.user, b"here"), unsent(b"not here")
    answer = cast.bob.call("PUT", place(), report(attachments=[have, lack, lack]))
    assert (answer.status_code, answer.json()["code"], answer.json()["missing"]) == (424, "missing_blobs", [lack["sha256"]])
    assert not Report.objects.exists()


def test_a_file_of_another_tester_is_not_mine_to_attach(cast: Cast) -> None:
    file = sent(cast.alice.user, b"hers")
    assert cast.bob.call("PUT", place(), report(attachments=[file])).status_code == 424


def test_a_file_that_the_hub_lost_is_asked_for_again(cast: Cast) -> None:
    file = sent(cast.bob.user, b"soon lost")
    where = place()
    assert cast.bob.call("PUT", where, report(attachments=[file])).status_code == 201
    services.parts.files().path(file["sha256"]).unlink()
    answer = cast.bob.call("PUT", where, report(rev=2, attachments=[file]))
    assert (answer.status_code, answer.json()["missing"]) == (424, [file["sha256"]])


def test_a_wrong_size_is_named(cast: Cast) -> None:
    file = sent(cast.bob.user, b"twelve bytes") | {"size": 13}
    answer = cast.bob.call("PUT", place(), report(attachments=[file]))
    assert (answer.status_code, answer.json()["fields"]) == (422, ["attachments.0.size"])


def test_the_same_file_may_be_attached_twice(cast: Cast) -> None:
    file = sent(cast.bob.user, b"")
    assert cast.bob.call("PUT", place(), report(attachments=[file, file | {"name": "again.txt"}])).json()["attachments"] == 2


def test_a_report_of_another_is_not_there(cast: Cast) -> None:
    where = place()
    cast.bob.call("PUT", where, report())
    for other in (cast.alice, cast.carol):
        assert other.call("GET", where).status_code == 404
    assert cast.alice.call("PUT", where, report(title="mine now")).status_code == 404
    assert Report.objects.get().title == "Camera froze"


def test_who_is_in_no_programme_reports_nothing(cast: Cast) -> None:
    answer = cast.carol.call("PUT", place(), report())
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert cast.bob.call("PUT", place(), report(programme="nowhere")).status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"rev": 0}, "rev"),
        ({"rev": 2**70}, "rev"),
        ({"captured_at": "2026-11-20T21:14:00"}, "captured_at"),
        ({"text": "a\x00b"}, "text"),
        ({"environment": {"k\x00": "v"}}, "environment"),
        ({"kind": "rumour"}, "kind"),
        ({"device": "not-a-uuid"}, "device"),
    ],
)
def test_a_form_that_does_not_fit_is_named(cast: Cast, change: dict[str, object], field: str) -> None:
    answer = cast.bob.call("PUT", place(), report(**change))
    assert (answer.status_code, answer.json()["code"], answer.json()["fields"]) == (422, "invalid", [field])


def test_half_a_character_is_refused_and_no_fault_of_the_hub(cast: Cast) -> None:
    body = b'{"programme":"aurora","rev":1,"title":"\\ud800","captured_at":"2026-11-20T21:14:00+01:00"}'
    assert cast.bob.call("PUT", place(), body).status_code == 422


def test_too_many_new_reports_wait_and_a_repeat_costs_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "PER_HOUR", 2)
    known = place()
    assert cast.bob.call("PUT", known, report()).status_code == 201
    assert cast.bob.call("PUT", place(), report()).status_code == 201
    answer = cast.bob.call("PUT", place(), report())
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert int(answer.headers["Retry-After"]) > 0
    assert cast.bob.call("PUT", known, report()).status_code == 200


def test_a_word_arrives_once_and_shows_the_name_in_the_programme(cast: Cast) -> None:
    where = place()
    cast.bob.call("PUT", where, report())
    talk, form = f"/comments/{uuid.uuid4()}", {"report": where.split("/")[-1], "text": "It happened again."}
    first = cast.bob.call("PUT", talk, form)
    assert (first.status_code, first.json()["author"], first.json()["staff"]) == (201, "bob", False)
    assert cast.bob.call("PUT", talk, form).status_code == 200
    assert Comment.objects.count() == 1
    changed = cast.bob.call("PUT", talk, form | {"text": "other"})
    assert (changed.status_code, changed.json()["code"]) == (409, "conflict")
    assert cast.bob.call("PUT", f"/comments/{uuid.uuid4()}", form | {"text": "  "}).status_code == 422
    assert [body["text"] for body in news(cast.bob.user, "comment")] == ["It happened again."]


def test_nobody_talks_in_another_testers_report(cast: Cast) -> None:
    where = place()
    cast.bob.call("PUT", where, report())
    form = {"report": where.split("/")[-1], "text": "hello"}
    assert cast.alice.call("PUT", f"/comments/{uuid.uuid4()}", form).status_code == 404
    assert cast.carol.call("PUT", f"/comments/{uuid.uuid4()}", form).status_code == 404
    assert cast.bob.call("PUT", f"/comments/{uuid.uuid4()}", form | {"report": str(uuid.uuid4())}).status_code == 404


def test_a_report_is_news_to_its_tester_alone(cast: Cast) -> None:
    cast.bob.call("PUT", place(), report())
    assert set(FeedItem.objects.filter(kind="report").values_list("audience", flat=True)) == {f"u:{cast.bob.user.pk}"}
