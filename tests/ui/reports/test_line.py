# SPDX-License-Identifier: Apache-2.0
"""What the tester's own rules do to the line is said on the page, and ended there."""

from __future__ import annotations

import pytest

from fakes.window import words_of
from firstlight.base.work import Work
from firstlight.reports.report import Local
from firstlight.reports.ui.attachments_view import AttachmentTile
from firstlight.reports.ui.report_model import LOOK, RowLook
from firstlight.reports.ui.reports_page import ReportsPage
from firstlight.sync.rules import Rules


@pytest.fixture
def page(qtbot, dressed, desk, reach):
    made = ReportsPage(
        dressed.kit, reports=desk.reports, outbox=desk.outbox, inbox=desk.inbox, events=desk.events, reachability=reach, account_id=1
    )
    qtbot.addWidget(made)
    made.resize(964, 700)
    made.show()
    qtbot.waitUntil(dressed.is_idle)
    return made


def states(page):
    looks = [page.model.index(row).data(LOOK) for row in range(page.model.rowCount())]
    return [look.state for look in looks if isinstance(look, RowLook)]


def change(qtbot, dressed, desk, rules):
    desk.rules = rules
    desk.outbox.rules_changed()
    qtbot.waitUntil(dressed.is_idle)


def test_a_paused_line_says_so_in_every_row_and_offers_to_go_on(qtbot, dressed, desk, page):
    desk.queue("Torch stays lit")
    change(qtbot, dressed, desk, Rules(is_paused=True))
    assert "You paused sending." in words_of(page.line_banner)
    assert states(page) == ["Paused, place 1"]
    with qtbot.waitSignal(page.go_on_requested):
        page.line_banner._button.click()
    change(qtbot, dressed, desk, Rules())
    assert page.line_banner.isHidden()


def test_on_a_metered_network_a_large_file_waits_until_the_tester_sends_it_anyway(qtbot, dressed, desk, page):
    draft = desk.queue("Fan stops", log=b"a line of the log\n" * 400)
    change(qtbot, dressed, desk, Rules(is_metered=True, big_bytes=5000))
    assert "1 large file waits: this network is metered." in words_of(page.line_banner)
    desk.drain_after()
    assert desk.reports.get(draft.id).state is Local.QUEUED
    with qtbot.waitSignal(page.sync_requested):
        page.line_banner._button.click()
    qtbot.waitUntil(dressed.is_idle)
    desk.drain_after()
    assert desk.reports.get(draft.id).state is Local.DELIVERED


def test_the_stick_is_offered_while_something_waits_and_no_network_is_there(qtbot, dressed, desk, reach, page):
    reach.failed("dns")
    page.shown()
    qtbot.waitUntil(dressed.is_idle)
    assert page.offline_banner.isVisible()
    assert page.offline_banner.stick_button.isHidden()
    desk.queue("Torch stays lit")
    page.shown()
    qtbot.waitUntil(dressed.is_idle)
    with qtbot.waitSignal(page.stick_requested):
        page.offline_banner.stick_button.click()


def test_one_attachment_has_a_way_of_its_own_over_metered_networks(qtbot, dressed, desk):
    draft = desk.write("Fan stops")
    attached = desk.reports.attach(draft.id, b"x" * 50, name="status.png", role="picture", media="image/png", work=Work())
    tile = AttachmentTile(dressed.kit, attached, None, is_chosen=False)
    qtbot.addWidget(tile)
    menu = tile.build_menu()
    assert [a.text() for a in menu.actions() if a.isChecked()] == ["By size"]
    free = next(a for a in menu.actions() if a.text() == "Wait for a free network")
    with qtbot.waitSignal(tile.travel_chosen) as chosen:
        free.trigger()
    desk.reports.set_travel(draft.id, attached.pos, *chosen.args)
    assert desk.reports.get(draft.id).attachments[0].travel == "free"
