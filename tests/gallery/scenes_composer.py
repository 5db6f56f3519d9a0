# SPDX-License-Identifier: Apache-2.0
"""The composer: empty and full, a report that reads alike, the review of a log beside what will leave, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from firstlight.redact.ui.review_view import ReviewView
from firstlight.reports.ui.attachment_source import of_file
from firstlight.reports.ui.report_page import ReportPage
from firstlight.store.disk import Disk
from firstlight.sync.inbox import learn
from gallery.reporting import Reporting
from gallery.stage import Stage

ALIKE = {"en": "Camera froze after a long video call", "zh_CN": "Camera froze after a video call 又来了"}


class NoRoom(Disk):
    """A disk that is almost full."""

    def free(self, folder: Path) -> int:
        return 4_000_000


def new(stage: Stage, **facts: bool) -> QWidget:
    """Nothing written yet."""
    made = Reporting(stage, **facts)
    made.desk.new_report()
    made.settle()
    return stage.window


def which_device(stage: Stage) -> QWidget:
    """This PC worked on two devices: the tester says which."""
    made = Reporting(stage)
    made.desk.new_report()
    made.settle()
    page = stage.window.page("report")
    assert isinstance(page, ReportPage)
    page.form.about_row.known = lambda work: (("Aurora A1", "26.47"), ("R1", ""))
    page.start()
    stage.until(lambda: not page.form.about_row.isHidden(), "it asks which")
    made.settle()
    return stage.window


def from_guide(
    stage: Stage, *, reach: str = "", log: bool = True, seen: bool = True, review: bool = False, scroll: bool = False
) -> QWidget:
    """A whole report with a picture and a log, from a step of a guide; `review` looks at the log."""
    made = Reporting(stage)
    if reach:
        made.profile.reach.failed(reach)
    step = "“自己组装 R1”第 13 步" if stage.view.language == "zh_CN" else "step 13 of “Build your R1”"
    draft = made.write("fan", picture=True, log=log, seen=seen, guide_step=step)
    page = made.composer(draft)
    if review:
        page.files.opened.emit(draft.attachments[-1].pos)
        stage.until(lambda: page.findChildren(ReviewView), "the log is looked at")
        made.settle()
        stage.rest(300)
    if scroll:
        for area in page.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    stage.rest(100)
    return stage.window


def kinds_off(stage: Stage) -> QWidget:
    """Two kinds stay readable."""
    made = Reporting(stage)
    draft = made.write("fan", log=True)
    made.profile.reports.set_redaction(draft.id, draft.attachments[0].pos, {"off_kinds": ["serial", "ipv4"], "restored": [], "extra": []})
    page = made.composer(made.profile.reports.get(draft.id))
    page.files.opened.emit(draft.attachments[0].pos)
    stage.until(lambda: page.findChildren(ReviewView), "the log is looked at")
    made.settle()
    stage.rest(300)
    return stage.window


def similar(stage: Stage, *, shared: bool = False) -> QWidget:
    """It reads like one that is known."""
    made = Reporting(stage, told_week=not shared)
    if shared:
        view = {"number": "FL-2318", "title": "Fan stops after 14 minutes", "state": "fixed", "fixed_in": "1.2-26.48", "kind": "bug"}
        with made.profile.db.write() as tx:
            learn(tx, 1, "similar", "FL-2318", view, seq=70)
    draft = made.write("fan")
    page = made.composer(draft)
    page.form.title.setText("Fan stops after 14 minutes" if shared else ALIKE[stage.view.language])
    page.form.title.textEdited.emit(page.form.title.text())
    page.keeper.save()
    stage.until(lambda: not page.similar.isHidden(), "one that reads alike is found")
    made.settle()
    return stage.window


def many(stage: Stage) -> QWidget:
    """More files than a row holds, one with a long name, one that is no text."""
    made = Reporting(stage)
    draft = made.write("fan", picture=True, log=True, size=3_000_000)
    for name in ("a-very-long-name-of-a-log-that-somebody-gave-it-on-2026-11-22.txt", "dmesg.txt", "core.bin"):
        file = stage.home / name
        file.write_bytes(b"thermal: 69 C\n" * 40 if name.endswith("txt") else bytes(range(256)) * 40)
        source = of_file(file)
        made.profile.reports.attach(draft.id, source.data, name=name, role=source.role, media=source.media, work=made.work)
    made.composer(made.profile.reports.get(draft.id))
    stage.rest(200)
    return stage.window


def unreadable(stage: Stage) -> QWidget:
    """A file that is no text is decided on."""
    made = Reporting(stage)
    draft = made.write("fan", size=3_000_000)
    page = made.composer(draft)
    page.files.opened.emit(draft.attachments[0].pos)
    made.settle()
    return stage.window


def disk_full(stage: Stage) -> QWidget:
    """A file does not fit on the disk."""
    made = Reporting(stage)
    page = made.composer(made.write("fan"))
    file = stage.home / "fan.mp4"
    file.write_bytes(bytes(3_000_000))
    made.profile.blobs._disk = NoRoom()
    page.attach(of_file(file))
    made.settle()
    return stage.window


def too_long(stage: Stage) -> QWidget:
    """Words that are longer than the hub takes."""
    made = Reporting(stage)
    page = made.composer(made.write("long"))
    page.form.title.setText("word " * 60)
    page.form.title.textEdited.emit(page.form.title.text())
    made.settle()
    return stage.window


def idea(stage: Stage) -> QWidget:
    """An idea needs less."""
    made = Reporting(stage)
    made.composer(made.write("torch", kind="idea", device_model="A1", build="26.47"))
    return stage.window


def looked_at(stage: Stage) -> QWidget:
    """One thing as it will leave."""
    from_guide(stage)
    page = stage.window.page("report")
    assert isinstance(page, ReportPage)
    page.outgoing.looked.emit(page._outgoing[0])
    stage.until(lambda: page.findChildren(QDialog), "the dialog is open")
    stage.rest(200)
    return page.findChildren(QDialog)[0]


def queued(stage: Stage) -> QWidget:
    """In the outbox, with Undo."""
    made = Reporting(stage)
    page = made.composer(made.write("fan", picture=True))
    stage.until(page.bar.queue.isEnabled, "it can go")
    page.bar.queue.click()
    made.settle()
    return stage.window


def taken_off(stage: Stage) -> QWidget:
    """A file was taken off, with Undo."""
    made = Reporting(stage)
    draft = made.write("fan", picture=True, log=True)
    page = made.composer(draft)
    page.files.removed.emit(draft.attachments[0].pos)
    made.settle()
    stage.rest(200)
    return stage.window


def reopened(stage: Stage) -> QWidget:
    """A report of the week that arrived is written on."""
    made = Reporting(stage)
    kept = made.queue("fan", log=True)
    made.drain()
    made.desk.pages.open_report(kept.id)
    made.settle()
    return stage.window


SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "new": new,
    "new-work-offline": partial(new, is_online=False),
    "which-device": which_device,
    "whole": from_guide,
    "whole-end": partial(from_guide, scroll=True),
    "offline": partial(from_guide, reach="dns", seen=False),
    "review": partial(from_guide, review=True),
    "review-unseen": partial(from_guide, review=True, seen=False),
    "kinds-off": kinds_off,
    "similar": similar,
    "similar-shared": partial(similar, shared=True),
    "many-files": many,
    "no-text": unreadable,
    "disk-full": disk_full,
    "too-long": too_long,
    "idea": idea,
    "view": looked_at,
    "queued": queued,
    "taken-off": taken_off,
    "reopened": reopened,
}
