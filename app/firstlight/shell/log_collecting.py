# SPDX-License-Identifier: Apache-2.0
"""Logs on their way into a report: the dialog, the recording that outlives it, and what both reach devices with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from PySide6.QtCore import QObject

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.capture import log_sources, logs
from firstlight.capture.ui.log_dialog import Collected, LogDialog
from firstlight.capture.ui.log_means import LogMeans
from firstlight.capture.ui.log_recorder import LogRecorder
from firstlight.devices import tool
from firstlight.devices.address import parse
from firstlight.devices.device import Device, Kind
from firstlight.devices.router_keys import Login
from firstlight.devices.routers import Routers
from firstlight.devices.ssh import Router
from firstlight.reports.report import Attachment
from firstlight.shell.parts import DeskTop


class LogCollecting(QObject):
    """Opens the dialog for a report. `failed` hears of what went wrong; `attached(report)` that one is kept now."""

    def __init__(
        self, desk: DeskTop, parent: QObject, *, failed: Callable[[FirstlightError], None], attached: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failed = failed
        self._attached = attached
        self._recorder: LogRecorder | None = None

    def collect(self, report_id: str) -> None:
        """Ask the tester where from."""
        desk = self._desk
        if self._recorder is None:
            self._recorder = LogRecorder(desk.kit, self)
            began = desk.kit.now().timestamp()
            desk.kit.jobs.start(lambda *, work: _sweep(desk.profile.paths.cache / "logs", began, work), lane="disk")
        dialog = LogDialog(desk.kit, self._means(), self._recorder, desk.window)
        dialog.collected.connect(lambda log: self._attach(report_id, log))
        dialog.open()

    def _means(self) -> LogMeans:
        profile = self._desk.profile

        def router(address: str, password: str) -> AbstractContextManager[Router]:
            return Routers(profile.paths.data, Login(password=lambda _: password or None)).open(parse(f"ssh:{address}"))

        return LogMeans(
            adb=lambda: tool.find("adb", profile.settings.adb),
            phones=self._phones,
            router=router,
            own_log=lambda: logs.own_log(profile.paths.logs),
            ports=log_sources.serial_ports,
            folder=profile.paths.cache / "logs",
        )

    def _phones(self, work: Work) -> tuple[Device, ...]:
        return tuple(d for d in self._desk.bench.devices.devices(work) if d.kind is Kind.PHONE)

    def _attach(self, report_id: str, log: Collected) -> None:
        # In the draft's own lane: 'Send' waits for it, and no log comes too late for its report.
        job = self._desk.kit.jobs.start(self._put, report_id, log, lane=f"draft:{report_id}")
        job.finished.connect(lambda _made: self._attached(report_id))
        job.failed.connect(self._failed)

    def _put(self, report_id: str, log: Collected, *, work: Work) -> Attachment:
        try:
            return self._desk.profile.reports.attach(report_id, log.path, name=log.name, role=log.role, media=log.media, work=work)
        finally:
            Path(log.path).unlink(missing_ok=True)


def _sweep(folder: Path, before: float, work: Work) -> None:
    """Logs as they came from a device, which nobody attached before the program was killed."""
    for path in folder.glob("*"):
        work.check()
        with suppress(OSError):  # the next start tries again
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink()
