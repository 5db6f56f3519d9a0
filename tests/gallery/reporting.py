# SPDX-License-Identifier: Apache-2.0
"""Reports for scenes: written by the core's own functions, sent by the real sender to a hub in memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fakes import hub as fake
from fakes.hub import FakeHub, Net
from firstlight.base.work import Work
from firstlight.reports.report import Draft
from firstlight.reports.ui.report_page import ReportPage
from firstlight.reports.ui.reports_page import ReportsPage
from firstlight.shell import tour_material
from firstlight.sync.puller import Puller
from firstlight.sync.sender import Sender
from gallery.stage import Stage

STEPS = {"en": "1. Power on with the case closed\n2. Copy a 20 GB file to the disk\n3. Wait about 14 min"}
STEPS["zh_CN"] = "1. 合上机壳开机\n2. 向硬盘复制 20 GB 文件\n3. 等约 14 分钟"
TEXT = {"en": "The fan ran at about 2,100 rpm, then dropped to 0 and never came back. The processor went from 58 to 81 °C in 15 min."}
TEXT["zh_CN"] = "风扇以约 2100 转运行，随后降到 0，再没有恢复。处理器在 15 分钟内从 58 °C 升到 81 °C。"
TITLES = {
    "fan": ("Fan stops after 14 min and the R1 gets hot", "风扇 14 分钟后停转，R1 变烫"),
    "torch": ("Torch icon stays lit after the torch is off", "关掉手电筒后图标仍亮着"),
    "alarm": ("Alarm rings twice on Mondays", "周一的闹钟会响两次"),
    "long": (
        "After the update the notification shade opens halfway, shows yesterday's weather and stays until the screen is locked",
        "更新之后通知栏只拉开一半，显示的是昨天的天气，并且在锁屏之前怎么也收不回去，重新启动也一样，需要再锁一次屏幕",
    ),
}


class Reporting:
    """A tester's outbox over the profile of the stage; `net` says what the next exchanges meet."""

    def __init__(self, stage: Stage, **desk_facts: Any) -> None:
        self.stage = stage
        self.desk = stage.desk(**desk_facts)
        profile = self.profile = self.desk.profile
        self.hub = FakeHub(clock=datetime.now(UTC))
        self.net = Net.OK
        self._go_on = threading.Event()
        client: Callable[[int], Any] = lambda _account: self.hub.client("anna", lambda: self.net)  # noqa: E731
        self.sender = Sender(profile.db, profile.blobs, profile.outbox, client, profile.events, upload=self._upload)
        self.puller = Puller(profile.db, profile.outbox, client, profile.events)
        self._stops_at = 1.0
        self._then: Net | None = None
        self.work = Work()
        stage.at_end(self._go_on.set)

    def _said(self, name: str) -> str:
        return TITLES[name][self.stage.view.language == "zh_CN"]

    # -- the tester ----------------------------------------------------------------------------------------------------

    def write(self, name: str, *, size: int = 0, picture: bool = False, log: bool = False, seen: bool = True, **words: Any) -> Draft:
        """A draft; `size` attaches a video of so many bytes, `log` a router's log with private details, `seen` or not yet."""
        language = self.stage.view.language
        known: dict[str, Any] = {"device_model": "R1", "build": "1.2-26.47", "often": "always", "severity": "hard"} | words
        reports = self.profile.reports
        draft = reports.new(1, title=self._said(name), text=TEXT[language], steps=STEPS[language], **known)
        if picture:
            photo = tour_material.photo(self.stage.home, 3)
            reports.attach(draft.id, photo, name="fan.jpg", role="photo", media="image/jpeg", work=Work())
        if size:
            reports.attach(draft.id, os.urandom(size), name="fan.mp4", role="file", media="video/mp4", work=Work())
        if log:
            source = tour_material.log_source(self.stage.home)
            kept = reports.attach(draft.id, source.data, name=source.name, role=source.role, media=source.media, work=Work())
            if seen:
                reports.set_reviewed(draft.id, kept.pos)
        return reports.get(draft.id)

    def queue(self, name: str, *, at_once: bool = True, **more: Any) -> Draft:
        """Written, and in the outbox; `at_once`: the seconds for taking it back are over."""
        draft = self.write(name, **more)
        for attachment in draft.attachments:
            self.profile.reports.set_reviewed(draft.id, attachment.pos)
        return self.profile.reports.queue(draft.id, Work(), undo_ms=0 if at_once else 600_000)

    # -- the line ------------------------------------------------------------------------------------------------------

    def drain(self) -> None:
        """Send what is due."""
        self.hub.clock = datetime.now(UTC)
        self.sender.drain(Work())

    def pull(self) -> None:
        """Ask for news."""
        self.hub.clock = datetime.now(UTC)
        self.puller.pull(Work())

    def drain_until(self, part: float) -> None:
        """Send in the background, and stand still when so much of a file is over."""
        self._stops_at = part
        thread = threading.Thread(target=self.drain, daemon=True)
        self.stage.at_end(thread.join)
        self.stage.at_end(self._go_on.set)
        thread.start()
        self.stage.rest(300)

    def stops_at(self, part: float, net: Net) -> None:
        """The network becomes `net` when so much of a file is over."""
        self._stops_at, self._then = part, net

    def _upload(self, client: Any, *, path: Path, sha256: str, size: int, name: str, media: str, work: Work) -> None:
        stands = _Stands(work, self._stops_at, self._stand)
        fake.upload(client, path=path, sha256=sha256, size=size, name=name, media=media, work=stands)

    def _stand(self) -> None:
        if self._then is None:
            self._go_on.wait(120)
        else:
            self.net = self._then

    # -- pages ---------------------------------------------------------------------------------------------------------

    def list(self, chosen: str = "") -> ReportsPage:
        """The page of reports, with one chosen."""
        page = self.desk.window.visit("reports")
        assert isinstance(page, ReportsPage)
        self.desk.show_network()
        self.stage.settle()
        if chosen:
            page.choose(chosen)
            self.stage.settle()
        return page

    def composer(self, draft: Draft) -> ReportPage:
        """The composer with a draft, when what would leave is made."""
        self.desk.pages.open_report(draft.id)
        page = self.desk.window.page("report")
        assert isinstance(page, ReportPage)
        self.stage.until(lambda: page.report_id == draft.id, "the draft is open")
        self.settle()
        return page

    def settle(self) -> None:
        """Until the composer has what it needs."""
        self.stage.settle(lanes=("look", "disk", "clean"))


class _Stands(Work):
    """Lets an upload go on until a part of it is over."""

    def __init__(self, outer: Work, part: float, then: Callable[[], object]) -> None:
        super().__init__()
        self._outer, self._part, self._then = outer, part, then

    def check(self) -> None:
        self._outer.check()

    def say(self, step: str, done: int = 0, total: int = 0) -> None:
        self._outer.say(step, done, total)
        if total and self._part < 1 and done >= self._part * total:
            self._then()
