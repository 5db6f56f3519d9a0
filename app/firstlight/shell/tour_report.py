# SPDX-License-Identifier: Apache-2.0
"""The tour reports: writes offline with a picture and a log, goes online, and sees the status come back."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from firstlight.annotate.ui.editor import EditorPage
from firstlight.reports.report import Section
from firstlight.reports.ui.report_page import ReportPage
from firstlight.reports.ui.reports_page import ReportsPage
from firstlight.shell import tour_material
from firstlight.shell.tour_guide import Guide, TourStopped
from firstlight.shell.tour_hands import click, page_of, said, type_into
from firstlight.shell.tour_people import TeamMember, TesterBrowser
from firstlight_contract.feed import FeedKind
from firstlight_contract.reports import ReportView, State


def _is_reviewed(guide: Guide, page: ReportPage, pos: int) -> bool:
    return any(a.reviewed for a in _attachments(guide, page) if a.pos == pos)


def _choose(page: QWidget, report_id: str) -> None:
    assert isinstance(page, ReportsPage)
    page.choose(report_id)


def _title(guide: Guide) -> str:
    return said(guide, "Fan stops after 14 minutes and the R1 gets hot", "风扇 14 分钟后停转，R1 变烫")


def _row(guide: Guide) -> Any:
    desk = guide.desk
    return next((r for r in desk.profile.reports.listing(desk.account_id) if r.title == _title(guide)), None)


def write_report(guide: Guide, _browser: TesterBrowser) -> str:
    """Offline: words, a picture with things drawn and hidden, a log that was looked at, into the outbox."""
    desk = guide.desk
    row = _row(guide)
    if row is not None and row.section is not Section.DRAFT:
        return "in the outbox or further, from before"
    desk.keep(work_offline=True)
    desk.show_network()
    if row is not None:
        desk.pages.open_report(row.id)
    else:
        desk.new_report()
    page = page_of(guide, ReportPage, "the composer")
    guide.until(lambda: page.report_id, "the draft is kept")
    guide.until(lambda: not page.form.about_row.isHidden(), "it asks which device it is about")
    box = page.form.about_row.box
    box.setCurrentIndex(box.findText("R1"))
    type_into(page.form.title, _title(guide))
    type_into(
        page.form.text,
        said(
            guide,
            "The fan ran at about 2,100 rpm, then dropped to 0 and never came back.",
            "风扇以约 2100 转运行，随后降到 0，再没有恢复。",
        ),
    )
    type_into(
        page.form.steps,
        said(
            guide,
            "1. Power on with the case closed\n2. Copy a 20 GB file to the disk\n3. Wait about 14 min",
            "1. 合上机壳开机\n2. 向硬盘复制 20 GB 文件\n3. 等约 14 分钟",
        ),
    )
    attach(guide, page)
    _draw(guide, page)
    page = page_of(guide, ReportPage, "the composer again")
    guide.until(lambda: page.report_id, "the draft is open again")
    look_over(guide, page)
    guide.picture("08-report")
    guide.until(page.bar.queue.isEnabled, "it can go into the outbox", 30)
    click(page.bar.queue)
    guide.until(lambda: (found := _row(guide)) is not None and found.section is Section.OUTBOX, "it waits in the outbox")
    desk.window.visit("reports")
    guide.picture("09-outbox-offline")
    return f"{len(desk.profile.reports.get(_row(guide).id).attachments)} files, waiting with the network off"


def _attachments(guide: Guide, page: ReportPage) -> tuple[Any, ...]:
    return guide.desk.profile.reports.get(page.report_id).attachments


def attach(guide: Guide, page: ReportPage) -> None:
    names = {a.name for a in _attachments(guide, page)}
    if not any(name.endswith(".png") for name in names):
        page.attach_picture(tour_material.png(guide.application.window.grab().toImage()), "screen")
        guide.until(lambda: any(a.is_picture for a in _attachments(guide, page)), "the picture is kept")
    if "logread.txt" not in names:
        page.attach(tour_material.log_source(guide.out))
        guide.until(lambda: any(a.name == "logread.txt" for a in _attachments(guide, page)), "the log is kept")


def _draw(guide: Guide, page: ReportPage) -> None:
    """The picture in the editor: arrow, box, text, two numbers, one area hidden, one stroke undone."""
    desk = guide.desk
    picture = next(a for a in _attachments(guide, page) if a.is_picture)
    if picture.annotations and len(picture.annotations.get("layers", picture.annotations.get("shapes", ()))) >= 5:
        return
    page.picture_opened.emit(page.report_id, picture.pos)
    editor = page_of(guide, EditorPage, "the editor")
    guide.rest(300)
    tour_material.draw(guide, editor)
    guide.picture("07-annotate")
    editor.use_picture()
    guide.until(lambda: desk.window.current == "report", "back in the report")
    guide.until(lambda: page.report_id, "the draft is open again")
    guide.until(lambda: bool(next(a for a in _attachments(guide, page) if a.is_picture).annotations), "what was drawn is kept")


def look_over(guide: Guide, page: ReportPage) -> None:
    for attachment in _attachments(guide, page):
        if not attachment.is_picture and not attachment.reviewed:
            page.files.opened.emit(attachment.pos)
            guide.until(partial(_is_reviewed, guide, page, attachment.pos), "the log was looked at", 30)


def go_online(guide: Guide, _browser: TesterBrowser) -> str:
    """The network comes back, and the report arrives."""
    desk = guide.desk
    desk.keep(work_offline=False)
    desk.clockwork.now()
    guide.until(lambda: (row := _row(guide)) is not None and row.section not in (Section.OUTBOX, Section.DRAFT), "the report arrives", 90)
    view = desk.profile.inbox.body(desk.account_id, FeedKind.REPORT, _row(guide).id)
    page = desk.window.visit("reports")
    _choose(page, _row(guide).id)
    guide.rest(300)
    guide.picture("09-arrived")
    return f"{view['number'] if view else '?'} arrived"


def status_back(guide: Guide, _browser: TesterBrowser) -> str:
    """The team answers in the administration; the answer comes back by the feed."""
    desk = guide.desk
    report_id = _row(guide).id
    if _state(guide, report_id) is not State.FIXED:
        info = desk.hub_info
        assert info is not None, "the hub runs"
        member = TeamMember(info.url, next(a for a in info.accounts if a.staff))
        build = max(desk.bench.releases(desk.account_id), key=lambda r: r.published_at).version
        word = said(guide, "Your log shows it at once, thank you.", "你的日志一眼就看出了问题，谢谢。")
        took = member.answer(report_id, state="fixed", word=word, fixed_in=build)
        member.close()
        if not took:
            raise TourStopped(step="status back", why="the administration did not take the answer", out=str(guide.out))
    desk.clockwork.now()
    guide.until(lambda: _state(guide, report_id) is State.FIXED, "the status comes back", 60)
    page = desk.window.visit("reports")
    _choose(page, report_id)
    guide.rest(300)
    guide.picture("09-status-back")
    return f"fixed in {desk.profile.inbox.body(desk.account_id, FeedKind.REPORT, report_id)['fixed_in']}"  # type: ignore[index]


def _state(guide: Guide, report_id: str) -> State | None:
    desk = guide.desk
    found = desk.profile.inbox.of(desk.account_id, FeedKind.REPORT, ReportView)
    return next((r.state for r in found if str(r.id) == report_id), None)
