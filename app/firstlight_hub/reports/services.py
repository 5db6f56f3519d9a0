# SPDX-License-Identifier: Apache-2.0
"""What testers write: reports and comments, each PUT to the name that the PC gave it, so that a repeat is harmless for ever."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.utils import timezone

from firstlight_contract import reports as wire
from firstlight_contract.feed import FeedKind
from firstlight_contract.honour import ActivityKind
from firstlight_contract.problem import Code
from firstlight_hub.account.limits import spend
from firstlight_hub.account.models import User
from firstlight_hub.base.counter import next_number
from firstlight_hub.base.feed import announce, lock, user_audience, writing
from firstlight_hub.base.forms import digest, storable
from firstlight_hub.base.points import reached
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.base.signals import tell
from firstlight_hub.programme.membership import place
from firstlight_hub.programme.models import Enrolment, Programme
from firstlight_hub.reports import parts
from firstlight_hub.reports.models import Attachment, Comment, Report

FIRST_NUMBER = 2200
PER_HOUR: int = settings.HUB_REPORTS_PER_HOUR
"""New reports, and new comments, of one tester: a fortnight's outbox of a busy tester still goes out in one go."""
DONE = frozenset({wire.State.FIXED, wire.State.CLOSED, wire.State.DUPLICATE})
"""A report in one of these states is the team's: an edit comes too late and becomes a comment."""


def put_report(user: User, report_id: uuid.UUID, form: wire.ReportPut) -> tuple[Report, bool]:
    """Keep the highest revision of a report; also says whether the report is new.

    404 when the name belongs to another tester, 424 when files are yet to be sent, 409 when the team is done with it.
    """
    storable(form)
    with writing():
        programme = place(user, form.programme).programme
        lock(f"report {report_id}")
        report = Report.objects.select_for_update().filter(pk=report_id).first()
        if report is None:
            return _create(user, programme, report_id, form), True
        if report.user_id != user.pk:
            raise not_found()
        if _is_known(report, form):
            return report, False
        if report.state in DONE:
            raise ProblemError(Code.CONFLICT, 409, title=f"the report is {report.state}")
        _check_files(user, form)
        _fill(report, form)
        report.save()
        report.attachments.all().delete()
        _attach(report, form)
        tell_reporter(report)
        reached("report.before_commit")
        return report, False


def get_report(user: User, report_id: uuid.UUID) -> Report:
    """The tester's own report; another's is not there (404)."""
    report = Report.objects.filter(pk=report_id, user=user).first()
    if report is None:
        raise not_found()
    return report


def put_comment(user: User, comment_id: uuid.UUID, form: wire.CommentPut) -> tuple[Comment, bool]:
    """A tester's word on their own report; it answers a question of the team, and may say whether a fix works."""
    storable(form)
    if not form.text.strip() and not form.verdict:
        raise ProblemError(Code.INVALID, 422, fields=("text",))
    with writing():
        lock(f"comment {comment_id}")
        report = Report.objects.select_for_update().filter(pk=form.report, user=user).first()
        if report is None:
            raise not_found()
        known = Comment.objects.filter(pk=comment_id).first()
        if known is not None:
            return _known_comment(known, user, form), False
        spend("comment", str(user.pk), times=PER_HOUR, seconds=3600)
        comment = Comment.objects.create(pk=comment_id, report=report, user=user, text=form.text, verdict=form.verdict)
        _answered(report, comment)
        tell(user, report.programme, ActivityKind.COMMENT_SENT, at=comment.at, object_id=comment.pk)
        announce(user_audience(user.pk), FeedKind.COMMENT, str(comment.pk), comment_view(comment))
        reached("comment.before_commit")
        return comment, True


def tell_reporter(report: Report) -> None:
    """Announce the report's newest state to its tester, and to nobody else."""
    announce(user_audience(report.user_id), FeedKind.REPORT, str(report.pk), view(report))


def view(report: Report) -> wire.ReportView:
    """A report as its tester reads it."""
    root = report.same_as or report
    return wire.ReportView(
        id=report.pk,
        number=report.number,
        rev=report.rev,
        programme=report.programme.slug,
        title=report.title,
        state=wire.State(report.state),
        received_at=report.received_at,
        changed_at=report.changed_at,
        device_model=report.device_model,
        build=report.build,
        planned_for=report.planned_for,
        fixed_in=report.fixed_in.version if report.fixed_in else "",
        same_as=report.same_as.number if report.same_as else "",
        joined=root.joined_reports.count(),
        verdict=report.verdict,
        attachments=report.attachments.count(),
    )


def comment_view(comment: Comment) -> wire.CommentView:
    """A comment as the report's tester reads it; of the staff they see the name, of themselves their name in the programme."""
    author = comment.user.shown_name
    if not comment.staff:
        own = Enrolment.objects.filter(programme=comment.report.programme_id, user=comment.user).first()
        author = own.display_name if own else author
    return wire.CommentView(
        id=comment.pk,
        report=comment.report_id,
        author=author,
        staff=comment.staff,
        asks=comment.asks,
        text=comment.text,
        verdict=comment.verdict,
        at=comment.at,
    )


def _create(user: User, programme: Programme, report_id: uuid.UUID, form: wire.ReportPut) -> Report:
    _check_files(user, form)
    spend("report", str(user.pk), times=PER_HOUR, seconds=3600)
    number = f"FL-{next_number('report', first=FIRST_NUMBER)}"
    report = Report(pk=report_id, user=user, programme=programme, number=number)
    _fill(report, form)
    report.received_at = report.changed_at
    report.save(force_insert=True)
    _attach(report, form)
    roles = sorted({item.role.value for item in form.attachments})
    facts = {"kind": form.kind.value, "evidence": ",".join(roles)}
    tell(user, programme, ActivityKind.REPORT_SENT, at=report.received_at, object_id=report.pk, facts=facts)
    tell_reporter(report)
    reached("report.before_commit")
    return report


def _is_known(report: Report, form: wire.ReportPut) -> bool:
    """Whether this revision is here already; a second text under the same revision is refused, so that none is lost silently."""
    if form.programme != report.programme.slug:
        raise ProblemError(Code.INVALID, 422, fields=("programme",))
    if form.rev == report.rev and digest(form) != report.digest:
        raise ProblemError(Code.CONFLICT, 409, title="another text stands under this revision")
    return form.rev <= report.rev


def _check_files(user: User, form: wire.ReportPut) -> None:
    """A file must have been sent by this tester: to know a hash is not to have the file."""
    sizes = parts.sizes(user, {item.sha256 for item in form.attachments}, hold=True)
    missing = tuple(dict.fromkeys(item.sha256 for item in form.attachments if item.sha256 not in sizes))
    if missing:
        raise ProblemError(Code.MISSING_BLOBS, 424, missing=missing)
    wrong = tuple(f"attachments.{pos}.size" for pos, item in enumerate(form.attachments) if sizes[item.sha256] != item.size)
    if wrong:
        raise ProblemError(Code.INVALID, 422, fields=wrong)


def _fill(report: Report, form: wire.ReportPut) -> None:
    report.rev, report.digest = form.rev, digest(form)
    report.kind, report.title, report.text, report.steps = form.kind.value, form.title, form.text, form.steps
    report.often, report.severity = form.often.value, form.severity.value
    report.device, report.device_model, report.build = form.device, form.device_model, form.build
    report.guide_step, report.captured_at, report.environment = form.guide_step, form.captured_at, dict(form.environment)
    report.changed_at = timezone.now()


def _attach(report: Report, form: wire.ReportPut) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            report=report,
            pos=pos,
            sha256=item.sha256,
            name=item.name,
            size=item.size,
            media=item.media,
            role=item.role.value,
            hidden=item.hidden,
        )
        for pos, item in enumerate(form.attachments)
    )


def _known_comment(known: Comment, user: User, form: wire.CommentPut) -> Comment:
    if known.user_id != user.pk or known.report_id != form.report:
        raise not_found()
    if (known.text, known.verdict) != (form.text, form.verdict):
        raise ProblemError(Code.CONFLICT, 409, title="another text stands under this name")
    return known


def _answered(report: Report, comment: Comment) -> None:
    if comment.verdict:
        report.verdict = comment.verdict
    elif report.state == wire.State.QUESTION:
        report.state, report.state_before = report.state_before or wire.State.SEEN.value, ""
    else:
        return
    report.changed_at = comment.at
    report.save(update_fields=["verdict", "state", "state_before", "changed_at"])
    tell_reporter(report)
