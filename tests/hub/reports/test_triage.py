# SPDX-License-Identifier: Apache-2.0
"""What the team does with a report: told to its tester, counted for honour, written down; and the staff's pages that do it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from firstlight_contract.firmware import ChangeKind
from firstlight_contract.reports import State
from firstlight_hub.account.models import User
from firstlight_hub.base.models import Audit, FeedItem
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.devices.services import define_model
from firstlight_hub.firmware import services as firmware
from firstlight_hub.firmware.models import Release
from firstlight_hub.honour.models import Event
from firstlight_hub.programme.services import enrol
from firstlight_hub.reports import triage
from firstlight_hub.reports.models import Comment, Report
from hub.conftest import Caller, Cast, caller
from hub.stored import news, report, sent


def arrived(who: Caller, **form: Any) -> Report:
    name = uuid.uuid4()
    assert who.call("PUT", f"/reports/{name}", report(**form)).status_code == 201
    return Report.objects.get(pk=name)


def build(cast: Cast, version: str = "26.47") -> Release:
    model = define_model(cast.programme, "a1", "Aurora A1")
    return Release.objects.create(programme=cast.programme, device=model, version=version, week="2026-W47", guide="a1-weekly")


def last(who: Caller, kind: str = "report") -> dict[str, Any]:
    return news(who.user, kind)[-1]


def kinds(who: Caller) -> list[str]:
    return sorted(Event.objects.filter(user=who.user).exclude(kind="tester.joined").values_list("kind", flat=True))


@pytest.fixture
def dora(cast: Cast) -> Caller:
    user = User.objects.create_user("dora@example.org", name="dora")
    enrol(user, cast.programme)
    return caller(user)


def test_a_decision_is_told_counted_once_and_written_down(cast: Cast) -> None:
    filed = arrived(cast.bob)
    for state in (State.CONFIRMED, State.SEEN, State.CONFIRMED):
        triage.decide(filed, triage.Verdict(state), actor=cast.alice.user)
    assert last(cast.bob)["state"] == "confirmed"
    assert kinds(cast.bob) == ["report.confirmed", "report.sent"]
    lines = Audit.objects.filter(action="report.decide", object=filed.number)
    assert [(line.before["state"], line.after["state"]) for line in reversed(lines)] == [
        ("new", "confirmed"), ("confirmed", "seen"), ("seen", "confirmed"),
    ]  # fmt: skip
    assert lines[0].actor == str(cast.alice.user.subject)


def test_a_question_waits_for_the_tester_and_their_answer_puts_the_state_back(cast: Cast) -> None:
    filed = arrived(cast.bob)
    triage.decide(filed, triage.Verdict(State.PLANNED, planned_for="26.48"), actor=cast.alice.user)
    triage.say(filed, "Which car kit is it?", actor=cast.alice.user, asks=True)
    assert (last(cast.bob)["state"], last(cast.bob)["planned_for"]) == ("question", "26.48")
    asked = last(cast.bob, "comment")
    assert (asked["asks"], asked["staff"], asked["author"], asked["text"]) == (True, True, "alice", "Which car kit is it?")
    cast.bob.call("PUT", f"/comments/{uuid.uuid4()}", {"report": str(filed.pk), "text": "The old one."})
    assert last(cast.bob)["state"] == "planned"


def test_an_edit_after_the_team_is_done_comes_too_late(cast: Cast) -> None:
    filed = arrived(cast.bob)
    triage.decide(filed, triage.Verdict(State.CLOSED), actor=cast.alice.user)
    answer = cast.bob.call("PUT", f"/reports/{filed.pk}", report(rev=2, title="wait"))
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert cast.bob.call("PUT", f"/reports/{filed.pk}", report()).status_code == 200


def test_publishing_a_build_fixes_what_its_change_list_names_and_marks_the_lines_as_yours(cast: Cast, dora: Caller) -> None:
    first, same = arrived(cast.bob), arrived(dora)
    triage.decide(same, triage.Verdict(State.DUPLICATE, same_as=first), actor=cast.alice.user)
    assert (last(dora)["state"], last(dora)["same_as"], last(cast.bob)["joined"]) == ("duplicate", first.number, 1)
    release = build(cast)
    firmware.add_change(release, ChangeKind.NEW, {"en": "Keyboard"}, {"en": "One-handed."})
    firmware.add_change(release, ChangeKind.FIXED, {"en": "Camera"}, {"en": "Froze."}, fixes=(first.number,))
    firmware.publish(release, actor=cast.alice.user)
    for who in (cast.bob, dora):
        assert (last(who)["state"], last(who)["fixed_in"]) == ("fixed", "26.47")
        assert [change["yours"] for change in last(who, "release")["changes"]] == [False, True]
        assert kinds(who) == ["report.confirmed", "report.fixed", "report.sent"]
    everybody = FeedItem.objects.get(audience="p:aurora", kind="release")
    assert [change["yours"] for change in everybody.body["changes"]] == [False, False]
    own = FeedItem.objects.get(audience=f"u:{cast.bob.user.pk}", kind="release")
    assert own.pk > everybody.pk, "the later item wins on the desktop"
    firmware.withdraw(release, actor=cast.alice.user)
    assert not FeedItem.objects.filter(kind="release", deleted=False).exists(), "their own copies go too"


def test_a_testers_verdict_after_the_fix_is_kept(cast: Cast) -> None:
    filed, release = arrived(cast.bob), firmware.publish(build(cast))
    triage.decide(filed, triage.Verdict(State.FIXED, fixed_in=release), actor=cast.alice.user)
    cast.bob.call("PUT", f"/comments/{uuid.uuid4()}", {"report": str(filed.pk), "verdict": "still"})
    assert (last(cast.bob)["verdict"], last(cast.bob)["state"]) == ("still", "fixed")


def test_a_decision_that_lacks_something_is_refused(cast: Cast) -> None:
    filed = arrived(cast.bob)
    for verdict in (triage.Verdict(State.FIXED), triage.Verdict(State.DUPLICATE), triage.Verdict(State.DUPLICATE, same_as=filed)):
        with pytest.raises(ProblemError):
            triage.decide(filed, verdict, actor=cast.alice.user)
    filed.refresh_from_db()
    assert filed.state == "new"


def test_duplicates_of_a_duplicate_are_joined_with_the_first(cast: Cast) -> None:
    root, middle, leaf = arrived(cast.bob), arrived(cast.bob), arrived(cast.bob)
    triage.decide(leaf, triage.Verdict(State.DUPLICATE, same_as=middle), actor=None)
    triage.decide(middle, triage.Verdict(State.DUPLICATE, same_as=root), actor=None)
    leaf.refresh_from_db()
    assert leaf.same_as == root
    assert root.joined_reports.count() == 2


class Pages:
    """Alice in the admin."""

    def __init__(self, cast: Cast, filed: Report) -> None:
        self.client = Client()
        self.client.force_login(cast.alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.page = f"/admin/hub_reports/report/{filed.pk}/change/"
        self.filed = filed

    def save(self, **said: Any) -> Any:
        """Send the form of the report."""
        files = self.filed.attachments.count()
        words = Comment.objects.filter(report=self.filed)
        form: dict[str, Any] = {"state": "seen", "planned_for": "", "fixed_in": "", "same_as": "", "word": ""}
        form |= {"attachments-TOTAL_FORMS": files, "attachments-INITIAL_FORMS": files}
        form |= {f"attachments-{i}-id": a.pk for i, a in enumerate(self.filed.attachments.all())}
        form |= {"comments-TOTAL_FORMS": words.count(), "comments-INITIAL_FORMS": words.count()}
        form |= {f"comments-{i}-id": c.pk for i, c in enumerate(words)}
        form |= {f"attachments-{i}-report": self.filed.pk for i in range(files)} | {
            f"comments-{i}-report": self.filed.pk for i in range(words.count())
        }
        return self.client.post(self.page, form | said)


def test_opening_a_report_in_the_admin_tells_its_tester_that_it_was_read(cast: Cast) -> None:
    filed = arrived(cast.bob)
    assert Pages(cast, filed).client.get(f"/admin/hub_reports/report/{filed.pk}/change/").status_code == 200
    assert last(cast.bob)["state"] == "seen"


def test_a_decision_and_a_question_by_the_admin_reach_the_tester(cast: Cast) -> None:
    filed = arrived(cast.bob, attachments=[sent(cast.bob.user, b"x")])
    pages = Pages(cast, filed)
    assert pages.save(state="confirmed").status_code == 302
    assert (last(cast.bob)["state"], kinds(cast.bob)) == ("confirmed", ["report.confirmed", "report.sent"])
    assert pages.save(state="confirmed", word="Which build?", asks="on").status_code == 302
    assert (last(cast.bob)["state"], last(cast.bob, "comment")["text"]) == ("question", "Which build?")
    assert pages.save(state="planned", planned_for="26.48").status_code == 302
    assert (last(cast.bob)["state"], last(cast.bob)["planned_for"]) == ("planned", "26.48")


def test_the_admin_names_what_a_decision_lacks(cast: Cast) -> None:
    pages = Pages(cast, arrived(cast.bob))
    for said in ({"state": "fixed"}, {"state": "duplicate"}, {"state": "planned"}, {"asks": "on"}):
        answer = pages.save(**said)
        assert answer.status_code == 200, said
        assert "errorlist" in answer.content.decode()
    assert news(cast.bob.user, "report")[-1]["state"] == "new"


def test_a_hostile_attachment_is_only_handed_out_as_a_download_and_the_look_is_written_down(cast: Cast) -> None:
    evil = sent(cast.bob.user, b"<script>alert(1)</script>", name='evil";\u202e<b>.html', media="text/html", role="file")
    filed = arrived(cast.bob, attachments=[evil])
    pages = Pages(cast, filed)
    page = pages.client.get(pages.page).content.decode()
    assert "<b>.html" not in page
    address = f"/admin/hub_reports/report/attachment/{filed.attachments.get().pk}/"
    assert address in page
    answer = pages.client.get(address)
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert Audit.objects.filter(action="attachment.read", actor=str(cast.alice.user.subject)).count() == 1


def test_nobody_but_the_staff_gets_an_attachment(cast: Cast) -> None:
    filed = arrived(cast.bob, attachments=[sent(cast.bob.user, b"private")])
    address = f"/admin/hub_reports/report/attachment/{filed.attachments.get().pk}/"
    for who in (None, cast.bob.user, cast.carol.user):
        client = Client()
        if who is not None:
            client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = client.get(address)
        assert answer.headers["Location"].startswith("/admin/login/")
        assert b"private" not in answer.content
    assert not Audit.objects.filter(action="attachment.read").exists()
