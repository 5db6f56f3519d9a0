# SPDX-License-Identifier: Apache-2.0
"""Several routers are named: the player has a button for each, and the run goes on with the one that was pressed."""

from __future__ import annotations

from datetime import UTC, datetime

from fakes.router_runs import RESCUE, RouterBench
from fakes.routers import image_bytes
from firstlight.devices.address import parse
from firstlight.guides.ui.run_host import RunHost
from firstlight.kit.buttons import Button
from firstlight.practice.recovery import PracticeRecovery


def test_a_button_for_each_named_router_and_the_rescue_goes_on_with_one(desk, qtbot, tmp_path):
    stranded = PracticeRecovery(tmp_path / "stranded", boot_s=0.1, image_bytes=1 << 20)
    stranded.start()
    pc = RouterBench(tmp_path / "pc", (stranded.address, stranded.ssh, "ssh:127.0.0.1:1"), image_bytes(), RESCUE)
    try:
        desk.host = RunHost(desk.kit.jobs, pc.runs._events, pc.runs, now=lambda: datetime.now(UTC))
        desk.host.setParent(desk.dressed.look.jobs)
        run_id = desk.host.start(pc.root / "guide", 1)
        page = desk.page(run_id)
        page.act_button.click()
        qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=10_000)
        wanted = str(parse(stranded.ssh))

        def offered():
            return [b for b in page.findChildren(Button) if b.toolTip().startswith("ssh:") and b.isVisibleTo(page)]

        # Two that are named, and where a router without settings answers.
        qtbot.waitUntil(lambda: len(offered()) == 3)
        assert stranded.image_bytes == 0
        next(b for b in offered() if b.toolTip() == wanted).click()
        qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=10_000)
        state = desk.host.player(run_id).state
        assert state.chosen == {"router": wanted}
        assert state.step("find").mark == "done"
    finally:
        pc.close()
        stranded.stop()
