# SPDX-License-Identifier: Apache-2.0
"""What the team does with reports. Every act is told to the reporter, counted for honour, and written down, in one transaction."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from django.utils import timezone

from firstlight_contract.feed import FeedKind
from firstlight_contract.honour import ActivityKind
from firstlight_contract.problem import Code
from firstlight_contract.reports import Kind, SimilarView, State
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import announce, lock, programme_audience, user_audience, writing
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.base.signals import tell
from firstlight_hub.firmware import services as firmware
from firstlight_hub.firmware.models import Release, ReleaseState
from firstlight_hub.reports.models import Comment, Report
from firstlight_hub.reports.services import comment_view, tell_reporter

_CONFIRMING = frozenset({State.CONFIRMED, State.PLANNED, State.FIXED})
_SHARED = frozenset({State.CONFIRMED, State.PLANNED, State.FIXED, State.CLOSED})
"""What becomes of a report becomes of those that were joined with it."""


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What the team decided about a report."""

    state: State
    planned_for: str = ""
    fixed_in: Release | None = None
    same_as: Report | None = None


def decide(report: Report, verdict: Verdict, *, actor: User | None) -> Report:
    """Set a report's state, and that of the reports joined with it; testers learn of it by the feed."""
    with writing():
        if verdict.state is State.DUPLICATE:
            # Two that are joined at once, each with what the other one leaves, would make a chain or a ring.
            lock(f"joins {report.programme_id}")
        report = Report.objects.select_for_update().get(pk=report.pk)
        verdict = _checked(report, verdict)
        before = _facts(report)
        family = _family(report) if verdict.state in _SHARED else [report]
        for member in family:
            _apply(member, verdict if member.pk == report.pk else dataclasses.replace(verdict, same_as=report))
        record(actor, "report.decide", report.number, before=before, after=_facts(report))
        if verdict.state is State.DUPLICATE and verdict.same_as is not None:
            _tell_family(verdict.same_as)
        return report


def seen(report: Report, *, actor: User | None) -> None:
    """Somebody of the team opened a new report. What another of the team decided since it was read stands."""
    if report.state != State.NEW:
        return
    with writing():
        if Report.objects.select_for_update().filter(pk=report.pk, state=State.NEW.value).exists():
            decide(report, Verdict(State.SEEN), actor=actor)


def say(report: Report, text: str, *, actor: User, asks: bool) -> Comment:
    """A word of the team to the reporter; with `asks` the report waits for an answer."""
    if not text.strip():
        raise ProblemError(Code.INVALID, 422, fields=("text",))
    with writing():
        report = Report.objects.select_for_update().get(pk=report.pk)
        comment = Comment.objects.create(pk=uuid.uuid4(), report=report, user=actor, staff=True, asks=asks, text=text.strip())
        announce(user_audience(report.user_id), FeedKind.COMMENT, str(comment.pk), comment_view(comment))
        if asks and report.state != State.QUESTION:
            report.state_before, report.state = report.state, State.QUESTION.value
        report.changed_at = comment.at
        report.save(update_fields=["state", "state_before", "changed_at"])
        tell_reporter(report)
        record(actor, "report.ask" if asks else "report.say", report.number, after={"comment": str(comment.pk)})
        return comment


def credit(release: Release, *, actor: User | None) -> None:
    """A build is out: reports that its change list names are fixed in it, and their testers get the list with their lines marked."""
    numbers = [number for change in release.changes.all() for number in change.fixes]
    # In one order, so that two builds that are published at once do not wait for each other.
    roots = Report.objects.filter(programme=release.programme, number__in=numbers).order_by("user_id", "pk")
    for report in list(roots):
        decide(report, Verdict(State.FIXED, planned_for=report.planned_for, fixed_in=release), actor=actor)


def on_published(sender: Any, release: Release, actor: User | None, **_facts: Any) -> None:
    """Receives base.signals.published."""
    credit(release, actor=actor)


def _checked(report: Report, verdict: Verdict) -> Verdict:
    if verdict.state is State.DUPLICATE:
        # As it is now, not as it was when somebody chose it.
        chosen = Report.objects.select_related("same_as").filter(pk=verdict.same_as.pk).first() if verdict.same_as else None
        root = chosen and (chosen.same_as or chosen)
        if root is None or root.pk == report.pk or root.programme_id != report.programme_id:
            raise ProblemError(Code.INVALID, 422, fields=("same_as",), title="name the other report")
        return dataclasses.replace(verdict, same_as=root)
    if verdict.fixed_in is not None and verdict.fixed_in.programme_id != report.programme_id:
        raise ProblemError(Code.INVALID, 422, fields=("fixed_in",))
    if verdict.state is State.FIXED and verdict.fixed_in is None:
        raise ProblemError(Code.INVALID, 422, fields=("fixed_in",), title="name the build")
    return dataclasses.replace(verdict, same_as=None)


def _family(report: Report) -> list[Report]:
    """The report and those that were joined with it, by tester: honour is reckoned under a lock of each tester that is held to the end,
    so two families of the same testers must take them in one order."""
    joined = Report.objects.select_for_update().filter(same_as=report).order_by("user_id", "pk")
    return sorted([report, *joined], key=lambda member: (member.user_id, member.pk))


def _apply(report: Report, verdict: Verdict) -> None:
    report.state, report.state_before = verdict.state.value, ""
    report.planned_for, report.fixed_in, report.same_as = verdict.planned_for, verdict.fixed_in, verdict.same_as
    report.changed_at = timezone.now()
    report.save(update_fields=["state", "state_before", "planned_for", "fixed_in", "same_as", "changed_at"])
    if verdict.state is State.DUPLICATE:
        Report.objects.filter(same_as=report).update(same_as=verdict.same_as)
    tell_reporter(report)
    _tell_programme(report)
    if verdict.state in _CONFIRMING:
        evidence = ",".join(sorted(set(report.attachments.values_list("role", flat=True))))
        facts = {"evidence": evidence, "kind": report.kind}
        tell(report.user, report.programme, ActivityKind.REPORT_CONFIRMED, at=report.changed_at, object_id=report.pk, facts=facts)
    if verdict.state is State.FIXED and verdict.fixed_in is not None:
        facts = {"build": verdict.fixed_in.version}
        tell(report.user, report.programme, ActivityKind.REPORT_FIXED, at=report.changed_at, object_id=report.pk, facts=facts)
        _tell_release(verdict.fixed_in, report.user)


def _tell_programme(report: Report) -> None:
    """What everybody may know of it, so that nobody writes what is known. One that was joined with another is not shown beside it."""
    if not report.programme.shares_titles:
        return
    view = SimilarView(
        number=report.number,
        title=report.title,
        state=State(report.state),
        kind=Kind(report.kind),
        device_model=report.device_model,
        build=report.build,
        fixed_in=report.fixed_in.version if report.fixed_in else "",
        joined=report.joined_reports.count(),
    )
    is_gone = report.state in (State.DUPLICATE, State.CLOSED)
    announce(programme_audience(report.programme.slug), FeedKind.SIMILAR, report.number, view, deleted=is_gone)


def _tell_release(release: Release, user: User) -> None:
    """The change list with all lines marked that fix a report of this tester, or one that theirs was joined with."""
    if release.state != ReleaseState.PUBLISHED:
        return
    own = Report.objects.filter(user=user, programme=release.programme).select_related("same_as")
    listed = {number for change in release.changes.all() for number in change.fixes}
    yours = frozenset((report.same_as or report).number for report in own) & listed
    if yours:
        firmware.tell_reporter(release, user, yours)


def _tell_family(root: Report) -> None:
    """How many reports were joined is shown on each of them."""
    for report in (root, *Report.objects.filter(same_as=root).order_by("user_id", "pk")):
        tell_reporter(report)
    _tell_programme(root)


def _facts(report: Report) -> dict[str, object]:
    return {
        "state": report.state,
        "planned_for": report.planned_for,
        "fixed_in": report.fixed_in.version if report.fixed_in else "",
        "same_as": report.same_as.number if report.same_as else "",
    }
