# SPDX-License-Identifier: Apache-2.0
"""'Report a problem here' and 'I have this too' stand on every step of both players, and name the step that is shown."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("guide", ["r1-build", "a1-weekly"])
def test_both_buttons_name_the_step_that_is_shown(desk, guide):
    run_id = desk.start(guide)
    page = desk.page(run_id)
    player = desk.host.player(run_id)
    asked = []
    page.report_requested.connect(asked.append)
    steps = player.state.guide.steps if guide == "r1-build" else player.state.guide.steps[:1]
    for index, step in enumerate(steps):
        if index:
            player.go_to(index)
            page.refresh()
        for button in (page.report_button, page.too_button):
            assert button.isVisibleTo(page) and button.isEnabled()
            button.click()
        here, too = asked[-2:]
        assert (here.step, too.step) == (step.id, step.id)
        assert (here.title, too.title) == ("", too.step_title)
        assert here.files, "the journal goes with it"
