# SPDX-License-Identifier: Apache-2.0
"""A program of its own for test_offline_from_start: opens the window on a profile whose hub is gone, and does a tester's work in it.

Says on its last line, as JSON, what it saw. Whatever raises in the window ends it with status 3.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtWidgets import QApplication

from fakes.window import words_of
from firstlight.base import paths, settings
from firstlight.reports.report import Section
from firstlight.reports.ui.report_page import ReportPage
from firstlight.shell import tour_hands, tour_report, tour_runs
from firstlight.shell.application import Application, Mode
from firstlight.shell.tour_guide import Guide
from firstlight.shell.tour_people import TesterBrowser
from firstlight_contract import __version__


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(3)


def _write(guide: Guide) -> str:
    """A report with a picture and a log, as in the tour, with the network down instead of switched off."""
    desk = guide.desk
    desk.new_report()
    page = tour_hands.page_of(guide, ReportPage, "the composer")
    guide.until(lambda: page.report_id, "the draft is kept")
    tour_hands.type_into(page.form.title, "Written without a hub")
    tour_hands.type_into(page.form.text, "Nothing answered.")
    tour_report.attach(guide, page)
    guide.until(lambda: page.keeper.draft is not None and len(page.keeper.draft.attachments) == 2, "the page shows both")
    tour_report.look_over(guide, page)
    guide.until(page.bar.queue.isEnabled, "it can go into the outbox", 30)
    report_id = page.report_id
    tour_hands.click(page.bar.queue)
    guide.until(lambda: _section(guide, report_id) is Section.OUTBOX, "it waits in the outbox")
    return report_id


def _section(guide: Guide, report_id: str) -> Section | None:
    desk = guide.desk
    row = desk.profile.reports.row(desk.account_id, report_id)
    return row.section if row else None


def _visit(guide: Guide, key: str) -> str:
    page = guide.desk.window.visit(key)
    guide.picture(key)
    return words_of(page)


def main(out: Path) -> int:
    profile = paths.find().make()
    app = QApplication(["firstlight"])
    application = Application(app, profile, settings.load(profile.settings), version=__version__, mode=Mode())
    application.show()
    guide = Guide(application, out)
    guide.until(lambda: application.desk is not None, "the store opens")
    sys.excepthook = _end  # in place of the box that a tester would see
    desk = guide.desk
    # What a tester does while the hub is away is played by the same hands as in the tour; its practice phone is the demo's alone.
    saw: dict[str, Any] = {key: _visit(guide, key) for key in ("week", "guides", "reports", "honour", "settings")}
    saw["built"] = tour_runs.build_router(guide, TesterBrowser())
    saw["report"] = _write(guide)
    desk.clockwork.now()
    guide.until(lambda: desk.profile.reach.is_online is False or desk.notices.has_asked, "nobody answers", 30)
    guide.until(lambda: not desk.kit.jobs.is_busy(), "all is quiet", 30)
    saw["outbox"] = _visit(guide, "reports")
    assert desk.window.navigation is not None
    desk.show_network()
    saw["navigation"] = words_of(desk.window.navigation)
    waiting = desk.profile.outbox.waiting(desk.account_id)
    saw["waiting"] = waiting.acts
    saw["section"] = _section(guide, saw["report"])
    saw["welcome"] = desk.window.current == "welcome"
    application.close()
    print(json.dumps(saw))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
