# SPDX-License-Identifier: Apache-2.0
"""The steps of the tour, in order. Each does what a tester does with the window, and answers with what it saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from firstlight.account.ui.welcome_page import WelcomePage
from firstlight.annotate.ui.editor import EditorPage
from firstlight.guides.player import Player
from firstlight.guides.state import RunState, StepMark
from firstlight.guides.ui.assembly_player import AssemblyPlayer
from firstlight.guides.ui.danger_dialog import DangerDialog
from firstlight.guides.ui.failure_page import FailurePage
from firstlight.guides.ui.finish_page import FinishPage
from firstlight.guides.ui.flash_player import FlashPlayer
from firstlight.guides.ui.guides_page import GuidesPage
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_page import Stage, stage_of
from firstlight.reports.report import Section
from firstlight.reports.ui.report_page import ReportPage
from firstlight.reports.ui.reports_page import ReportsPage
from firstlight.shell import tour_material
from firstlight.shell.tour_guide import Guide, TourStopped
from firstlight.shell.tour_people import TeamMember, TesterBrowser
from firstlight_contract.feed import FeedKind
from firstlight_contract.reports import ReportView, State

W = TypeVar("W", bound=QWidget)
BUILD, FLASH = "r1-build", "a1-weekly"
PULL_AT = 0.4
TOUR_CABLE = 5_000_000
"""Bytes a second: a tour has less time than a person who wants to see it."""


@dataclass(frozen=True)
class TourStep:
    """`do` answers with one sentence about what happened, or raises TourStopped."""

    name: str
    do: Callable[[Guide, TesterBrowser], str]


def _click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _type(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    field.setFocus()
    if isinstance(field, QLineEdit):
        field.clear()
    else:
        field.setPlainText("")
    if text.isascii() and "\n" not in text:
        QTest.keyClicks(field, text)
    elif isinstance(field, QLineEdit):
        field.insert(text)  # as an input method would
    else:
        field.insertPlainText(text)


def _page(guide: Guide, kind: type[W], what: str, limit_s: float = 30) -> W:
    found: list[W] = []

    def is_there() -> bool:
        page = guide.desk.window.page(guide.desk.window.current)
        found[:] = [page] if isinstance(page, kind) else []
        return bool(found)

    guide.until(is_there, what, limit_s)
    return found[0]


def _said(guide: Guide, en: str, zh: str) -> str:
    return zh if guide.desk.kit.language == "zh_CN" else en


# -- signing in --------------------------------------------------------------------------------------------------------


def sign_in(guide: Guide, browser: TesterBrowser) -> str:
    """Through the welcome page and the hub's own sign-in page."""
    desk = guide.desk
    info = desk.hub_info
    assert info is not None, "the hub runs"
    browser.account = next(a for a in info.accounts if not a.staff)
    desk.keep(work_offline=False)  # a tour that was killed may have left it on
    desk.clockwork.now()
    if desk.account_id and desk.profile.sessions.current() is not None:
        if _has_key(guide):
            guide.until(lambda: desk.clockwork.last_checked, "the hub was asked")
            return "signed in before, and still"
        desk.keep(account=0)
        desk.show_welcome()
    page = desk.window.page("welcome") or desk.window.page("")
    if not isinstance(page, WelcomePage):
        raise TourStopped(step="sign in", why="there is no welcome page", out=str(guide.out))
    guide.until(page.has_programme, "the F-code is looked up")
    guide.picture("01-welcome")
    _click(page.continue_button)
    guide.until(lambda: desk.account_id or page.is_waiting or page.has_error, "the browser opens")
    guide.until(lambda: desk.account_id or page.has_error, "the browser comes back")
    if not desk.account_id and page.has_error:
        guide.picture("01-welcome-keyring")
        page.session_only()  # no key ring here: the tester says so
        guide.until(lambda: desk.account_id, "signed in for this session")
    guide.until(lambda: desk.clockwork.last_checked, "the hub was asked")
    account = desk.profile.account()
    return f"{account.name} at {account.hub} through {browser.seen[-1] if browser.seen else 'no page'}"


def _has_key(guide: Guide) -> bool:
    """Whether the sign-in outlived the restart; without a key ring it does not."""
    profile = guide.desk.profile
    account = profile.account()
    guide.until(lambda: guide.desk.clockwork.last_checked or guide.desk.notices.has_asked, "the hub was asked", 20)
    return guide.desk.clockwork.last_checked is not None and bool(account)


def this_week(guide: Guide, _browser: TesterBrowser) -> str:
    """The first page, with the build of Friday."""
    desk = guide.desk
    guide.until(lambda: desk.bench.releases(desk.account_id), "the builds are here")
    desk.window.visit("week")
    guide.picture("02-week")
    newest = max(desk.bench.releases(desk.account_id), key=lambda r: r.published_at)
    return f"build {newest.version}, {len(newest.changes)} changes"


# -- guides ------------------------------------------------------------------------------------------------------------


def library(guide: Guide, _browser: TesterBrowser) -> str:
    """The guides as cards."""
    desk = guide.desk
    page = desk.window.visit("guides")
    assert isinstance(page, GuidesPage)
    entries = desk.bench.library.entries(desk.account_id)
    guide.picture("03-guides")
    return ", ".join(e.slug for e in entries)


def _run_of(guide: Guide, slug: str) -> RunState | None:
    runs = (*guide.desk.bench.unfinished(), *guide.desk.bench.finished())
    return next((s for s in runs if s.guide.id == slug), None)


def _open(guide: Guide, slug: str) -> str:
    """Open a guide from the library, as a click on its card does; the answer is the run."""
    desk = guide.desk
    begun = _run_of(guide, slug)
    if begun is not None:
        desk.pages.open_run(begun.run_id)
        guide.says(f"{slug} goes on at step {desk.host.player(begun.run_id).state.current + 1}")
        return begun.run_id
    page = desk.window.visit("guides")
    assert isinstance(page, GuidesPage)
    guide.until(lambda: not desk.kit.jobs.is_busy("look"), "the library is read")
    entry = desk.bench.library.entry(desk.account_id, slug)
    if entry is None:
        raise TourStopped(step=slug, why="the library does not have it", out=str(guide.out))
    page.open(entry)
    guide.until(lambda: desk.window.current.startswith("run:"), "the player opens")
    return desk.window.current.partition(":")[2]


def build_router(guide: Guide, _browser: TesterBrowser) -> str:
    """The R1 from its kit: fourteen steps, two photos, a timer, one step undone and done again."""
    desk = guide.desk
    done = _run_of(guide, BUILD)
    if done is not None and done.finished_at is not None:
        return f"finished before, {done.photos} photos"
    run_id = _open(guide, BUILD)
    player = desk.host.player(run_id)
    resumed = player.state.current
    while player.state.finished_at is None:
        page = _page(guide, AssemblyPlayer, "the assembly player")
        state = player.state
        step = state.now
        if not step.photos and (state.current in (5, 13) or any(p.required for p in step.step.prove if p.kind == "photo")):
            desk.host.add_photo(run_id, step.step.id, tour_material.photo(guide.out, state.current))
            guide.until(partial(_has_photo, player, step.step.id), "the photo is kept")
        if state.current == 5:
            _fan_step(guide, page, run_id)
        _prove(guide, page, run_id)
        at = player.state.current
        if at == 13:
            guide.picture("04-player-last")
        guide.until(page.done_button.isEnabled, f"step {at + 1} can be ticked", 20)
        _click(page.done_button)
        guide.until(partial(_has_moved, player, at), f"step {at + 1} is ticked")
    _page(guide, FinishPage, "the end of the build")
    guide.picture("04-finish")
    state = player.state
    return f"{len(state.steps)} steps, {state.photos} photos, went on at step {resumed + 1}"


def _fan_step(guide: Guide, page: AssemblyPlayer, run_id: str) -> None:
    timer = guide.desk.host.player(run_id).state.now.timer
    if page.side.timer is not None and (timer is None or not timer.is_running):
        _click(page.side.timer.button)
    guide.rest(300)
    guide.picture("04-player-assembly")


def _prove(guide: Guide, page: AssemblyPlayer, run_id: str) -> None:
    """Counts and texts that a step wants."""
    player = guide.desk.host.player(run_id)
    step = player.state.now
    for proof in step.step.prove:
        if proof.kind in ("count", "measure", "text") and not any(e.kind == proof.kind for e in step.evidence):
            player.add_proof(step.step.id, proof.kind, "4" if proof.kind != "text" else "R1E-004217")


def flash_phone(guide: Guide, _browser: TesterBrowser) -> str:
    """The practice phone, with the cable pulled in the middle, and back."""
    desk = guide.desk
    done = _run_of(guide, FLASH)
    if done is not None and done.finished_at is not None:
        return "finished before"
    phone = desk.bench.rack.phone
    assert phone is not None, "the demo has a practice phone"
    phone.bytes_per_s = TOUR_CABLE
    run_id = _open(guide, FLASH)
    player = desk.host.player(run_id)
    was_pulled = player.state.failed_once
    answers = QTimer()
    answers.setInterval(50)
    answers.timeout.connect(lambda: _agree(phone.memory.serial[-4:]))
    answers.start()
    while player.state.finished_at is None:
        state = player.state
        if stage_of(state) is Stage.FAILURE:
            _recover(guide, run_id)
            continue
        page = _page(guide, FlashPlayer, "the flash player")
        at = state.current
        if state.uncertain is not None and not desk.host.is_busy(run_id):
            desk.host.settle(run_id)
            guide.until(lambda: not desk.host.is_busy(run_id), "the phone was asked")
            continue
        guide.until(partial(_can_go_on, page, desk.host, run_id), f"step {at + 1} can go on", 30)
        if state.now.step.id == "flash":
            guide.picture("05-safety-checks")
        _click(page.act_button)
        if state.now.step.id == "flash" and state.now.mark is not StepMark.DONE:
            was_pulled = _write(guide, run_id, pull=not was_pulled) or was_pulled
        guide.until(lambda: not desk.host.is_busy(run_id), f"step {at + 1} is done", 120)
        guide.until(
            partial(_has_end, player, desk.host, at),
            f"step {at + 1} has an end",
            30,
        )
        error = desk.host.error(run_id)
        if error is not None:
            raise TourStopped(step="flash", why=str(error), out=str(guide.out))
    answers.stop()
    _page(guide, FinishPage, "the end of the flash")
    guide.picture("05-finish")
    state = player.state
    if not state.failed_once:
        raise TourStopped(step="flash", why="the cable was not pulled", out=str(guide.out))
    return f"{phone.memory.build} runs, {phone.image_bytes} bytes written, cable pulled once and recovered"


def _has_photo(player: Player, step_id: str) -> bool:
    return bool(player.state.step(step_id).photos)


def _has_moved(player: Player, at: int) -> bool:
    return player.state.current != at or player.state.finished_at is not None


def _can_go_on(page: FlashPlayer, host: RunHost, run_id: str) -> bool:
    return page.act_button.isEnabled() or host.is_busy(run_id)


def _has_end(player: Player, host: RunHost, at: int) -> bool:
    state = player.state
    is_over = state.failure is not None or state.finished_at is not None or host.error(state.run_id) is not None
    return is_over or state.current != at or state.steps[at].mark is StepMark.DONE


def _is_reviewed(guide: Guide, page: ReportPage, pos: int) -> bool:
    return any(a.reviewed for a in _attachments(guide, page) if a.pos == pos)


def _choose(page: QWidget, report_id: str) -> None:
    assert isinstance(page, ReportsPage)
    page.choose(report_id)


def _agree(word: str) -> None:
    """The tester reads the question, types the last four of the serial number, waits, and presses the button."""
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, DangerDialog):
        if dialog.field.text() != word:
            dialog.field.setFocus()
            QTest.keyClicks(dialog.field, word)
        elif dialog.act_button.isEnabled():
            _click(dialog.act_button)


def _write(guide: Guide, run_id: str, *, pull: bool) -> bool:
    """Watch the write; pull the cable in the middle when that was not done yet."""
    desk = guide.desk
    phone = desk.bench.rack.phone
    assert phone is not None, "the demo has a practice phone"

    def part() -> float:
        parts = [p for p in desk.host.parts(run_id) if p.total]
        return sum(p.done for p in parts) / sum(p.total for p in parts) if parts else 0.0

    guide.until(lambda: part() > PULL_AT or not desk.host.is_busy(run_id), "the write goes on", 120)
    if desk.host.is_busy(run_id):
        guide.picture("05-player-flash")
    if pull and desk.host.is_busy(run_id):
        phone.pull_cable()
        return True
    return False


def _recover(guide: Guide, run_id: str) -> None:
    """The page after the failure: plug the cable in, write the part again."""
    desk = guide.desk
    phone = desk.bench.rack.phone
    assert phone is not None, "the demo has a practice phone"
    page = _page(guide, FailurePage, "the page after the failure")
    guide.until(lambda: not desk.host.is_asking(run_id), "the phone was asked", 40)
    guide.picture("06-flash-failed")
    phone.plug_in()
    guide.until(lambda: page.way_buttons, "there is a way on")
    guide.rest(400)
    _click(page.way_buttons[0])
    guide.until(lambda: desk.host.is_busy(run_id) or desk.host.player(run_id).state.failure is None, "the way on is taken", 30)
    guide.until(lambda: not desk.host.is_busy(run_id), "the part is written again", 120)


# -- the report --------------------------------------------------------------------------------------------------------


def _title(guide: Guide) -> str:
    return _said(guide, "Fan stops after 14 minutes and the R1 gets hot", "风扇 14 分钟后停转，R1 变烫")


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
    page = _page(guide, ReportPage, "the composer")
    guide.until(lambda: page.report_id, "the draft is kept")
    _type(page.form.title, _title(guide))
    _type(
        page.form.text,
        _said(
            guide,
            "The fan ran at about 2,100 rpm, then dropped to 0 and never came back.",
            "风扇以约 2100 转运行，随后降到 0，再没有恢复。",
        ),
    )
    _type(
        page.form.steps,
        _said(
            guide,
            "1. Power on with the case closed\n2. Copy a 20 GB file to the disk\n3. Wait about 14 min",
            "1. 合上机壳开机\n2. 向硬盘复制 20 GB 文件\n3. 等约 14 分钟",
        ),
    )
    _attach(guide, page)
    _draw(guide, page)
    page = _page(guide, ReportPage, "the composer again")
    guide.until(lambda: page.report_id, "the draft is open again")
    _look_over(guide, page)
    guide.picture("08-report")
    guide.until(page.bar.queue.isEnabled, "it can go into the outbox", 30)
    _click(page.bar.queue)
    guide.until(lambda: (found := _row(guide)) is not None and found.section is Section.OUTBOX, "it waits in the outbox")
    desk.window.visit("reports")
    guide.picture("09-outbox-offline")
    return f"{len(desk.profile.reports.get(_row(guide).id).attachments)} files, waiting with the network off"


def _attachments(guide: Guide, page: ReportPage) -> tuple[Any, ...]:
    return guide.desk.profile.reports.get(page.report_id).attachments


def _attach(guide: Guide, page: ReportPage) -> None:
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
    editor = _page(guide, EditorPage, "the editor")
    guide.rest(300)
    tour_material.draw(guide, editor)
    guide.picture("07-annotate")
    editor.use_picture()
    guide.until(lambda: desk.window.current == "report", "back in the report")
    guide.until(lambda: page.report_id, "the draft is open again")
    guide.until(lambda: bool(next(a for a in _attachments(guide, page) if a.is_picture).annotations), "what was drawn is kept")


def _look_over(guide: Guide, page: ReportPage) -> None:
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
        word = _said(guide, "Your log shows it at once, thank you.", "你的日志一眼就看出了问题，谢谢。")
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


def badges(guide: Guide, _browser: TesterBrowser) -> str:
    """The badges that the hub gave for all this."""
    desk = guide.desk
    wanted = {"first-light", "first-flash", "hand-built", "bug-spotter"}

    def earned() -> set[str]:
        return {b.slug for b in desk.pages.honour.badges(desk.account_id) if b.earned_at is not None}

    desk.clockwork.now()
    guide.until(lambda: wanted <= earned() or desk.clockwork.send() or desk.clockwork.ask(), "the badges are earned", 60)
    desk.window.visit("honour")
    guide.rest(300)
    guide.picture("11-profile")
    return ", ".join(sorted(wanted & earned()))


def the_rest(guide: Guide, _browser: TesterBrowser) -> str:
    """Settings, and the week once more with everything done."""
    desk = guide.desk
    desk.window.visit("settings")
    guide.rest(300)
    guide.picture("12-settings")
    desk.window.visit("week")
    guide.picture("13-week-done")
    return "settings, the week at its end"


STEPS: tuple[TourStep, ...] = (
    TourStep("signed in", sign_in),
    TourStep("this week", this_week),
    TourStep("guide library", library),
    TourStep("guide finished", build_router),
    TourStep("flashed", flash_phone),
    TourStep("report queued offline", write_report),
    TourStep("arrived", go_online),
    TourStep("status back", status_back),
    TourStep("badge earned", badges),
    TourStep("settings", the_rest),
)
