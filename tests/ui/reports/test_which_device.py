# SPDX-License-Identifier: Apache-2.0
"""A report begun from anywhere says which device it is about: what this PC worked on is offered, nothing is guessed between two."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from firstlight.redact.mask import redact_files
from firstlight.reports.drafts import Reports
from firstlight.reports.ui.report_page import ReportPage

PHONE, ROUTER = ("Aurora A1", "26.47"), ("R1", "")


@pytest.fixture
def reports(told_desk):
    return Reports(
        told_desk.db,
        told_desk.blobs,
        told_desk.outbox,
        told_desk.events,
        now=told_desk.clock,
        flatten=lambda original, _: original.read_bytes(),
        redact_files=redact_files,
    )


@pytest.fixture
def opened(qtbot, dressed, told_desk, reports, reach):
    """Opens a new report where this PC worked on these devices."""

    def open_with(*known, **words):
        page = ReportPage(dressed.kit, reports=reports, blobs=told_desk.blobs, events=told_desk.events, reachability=reach, account_id=1)
        page.form.about_row.known = lambda work: known
        qtbot.addWidget(page)
        page.resize(964, 728)
        page.show()
        page.start(words)
        qtbot.waitUntil(lambda: page.keeper.draft is not None)
        qtbot.waitUntil(dressed.is_idle)
        return page

    return open_with


def kept(qtbot, dressed, reports, page):
    page.keeper.flush()
    qtbot.waitUntil(dressed.is_idle)
    draft = reports.get(page.report_id)
    return draft.device_model, draft.build


def test_the_only_device_is_filled_in_and_can_be_taken_out(qtbot, dressed, reports, opened):
    page = opened(PHONE)
    box = page.form.about_row.box
    assert (page.form.about_row.isVisible(), box.currentText()) == (True, "Aurora A1, build 26.47")
    assert kept(qtbot, dressed, reports, page) == PHONE
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert box.currentText() == "Which device?"
    assert kept(qtbot, dressed, reports, page) == ("", "")


def test_between_two_the_tester_says_which(qtbot, dressed, reports, opened):
    page = opened(PHONE, ROUTER)
    box = page.form.about_row.box
    assert [box.itemText(i) for i in range(box.count())] == ["Aurora A1, build 26.47", "R1", "Which device?"]
    assert kept(qtbot, dressed, reports, page) == ("", "")
    box.setCurrentIndex(1)
    assert kept(qtbot, dressed, reports, page) == ROUTER
    page.open(page.report_id)
    qtbot.waitUntil(dressed.is_idle)
    assert box.currentText() == "R1"


def test_where_a_step_or_nobody_says_it_there_is_no_question(qtbot, dressed, reports, opened):
    page = opened(PHONE, ROUTER, guide_step="Flash the weekly build: Flash", device_model="Aurora A1", build="26.46")
    assert not page.form.about_row.isVisible()
    qtbot.keyClicks(page.form.title, "It stops")
    assert kept(qtbot, dressed, reports, page) == ("Aurora A1", "26.46")
    assert not opened().form.about_row.isVisible()
