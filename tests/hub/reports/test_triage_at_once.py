# SPDX-License-Identifier: Apache-2.0
"""Two of the team at once: what one of them looked at a moment ago is no longer so when it is written."""

from __future__ import annotations

import uuid

import pytest

from firstlight_contract.reports import State
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.reports import triage
from firstlight_hub.reports.models import Report
from hub.conftest import Caller, Cast
from hub.prepared import on_postgres
from hub.stored import news, report


def arrived(who: Caller) -> Report:
    name = uuid.uuid4()
    assert who.call("PUT", f"/reports/{name}", report()).status_code == 201
    return Report.objects.get(pk=name)


def test_opening_a_report_takes_back_no_decision_that_came_meanwhile(cast: Cast) -> None:
    opened = arrived(cast.bob)
    triage.decide(Report.objects.get(pk=opened.pk), triage.Verdict(State.CONFIRMED), actor=cast.alice.user)
    assert opened.state == "new", "as it was when the page was asked for"
    triage.seen(opened, actor=cast.alice.user)
    assert news(cast.bob.user, "report")[-1]["state"] == "confirmed"


def test_what_was_joined_with_another_meanwhile_leads_to_the_first(cast: Cast) -> None:
    """The form of the leaf was opened while its parent still stood alone: a chain would never hear of the fix."""
    root, middle, leaf = arrived(cast.bob), arrived(cast.bob), arrived(cast.bob)
    chosen = Report.objects.get(pk=middle.pk)
    triage.decide(middle, triage.Verdict(State.DUPLICATE, same_as=root), actor=None)
    triage.decide(leaf, triage.Verdict(State.DUPLICATE, same_as=chosen), actor=None)
    leaf.refresh_from_db()
    assert leaf.same_as == root
    triage.decide(root, triage.Verdict(State.CONFIRMED), actor=None)
    leaf.refresh_from_db()
    assert leaf.state == "confirmed"


def test_two_reports_are_not_joined_with_each_other(cast: Cast) -> None:
    one, other = arrived(cast.bob), arrived(cast.bob)
    chosen = Report.objects.get(pk=one.pk)
    triage.decide(one, triage.Verdict(State.DUPLICATE, same_as=other), actor=None)
    with pytest.raises(ProblemError):
        triage.decide(other, triage.Verdict(State.DUPLICATE, same_as=chosen), actor=None)
    assert Report.objects.get(pk=one.pk).same_as == other
    assert Report.objects.get(pk=other.pk).same_as is None


_CROSSWISE = """
import json, threading, uuid
import django
django.setup()
from django.db import DatabaseError, connection
from firstlight_contract.reports import ReportPut, State
from firstlight_hub.account.models import User
from firstlight_hub.reports import triage
from firstlight_hub.reports.services import put_report

ROUNDS = 25
bob = User.objects.get(email="bob@example.org")
dora = User.objects.get(email="dora@example.org")
form = ReportPut(programme="aurora", rev=1, title="x", captured_at="2026-11-20T21:14:00+01:00")

def filed(user):
    return put_report(user, uuid.uuid4(), form)[0]

def family(first, second):
    root = filed(first)
    triage.decide(filed(second), triage.Verdict(State.DUPLICATE, same_as=root), actor=None)
    return root

roots = [[family(bob, dora) for _ in range(ROUNDS)], [family(dora, bob) for _ in range(ROUNDS)]]
together, faults = threading.Barrier(2), []
def confirm(mine):
    for root in mine:
        together.wait()
        try:
            triage.decide(root, triage.Verdict(State.CONFIRMED), actor=None)
        except DatabaseError as error:
            faults.append(type(error).__name__)
    connection.close()
threads = [threading.Thread(target=confirm, args=(mine,)) for mine in roots]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps(faults))
"""


def test_families_of_the_same_testers_do_not_wait_for_each_other(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One of two transactions that wait for each other is thrown away by PostgreSQL."""
    assert on_postgres(tmp_path_factory, _CROSSWISE) == []
