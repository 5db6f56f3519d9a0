# SPDX-License-Identifier: Apache-2.0
"""How the line to the hub stands, said in the sidebar and the tray: online or not, what waits, what needs the tester."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal, Slot

from firstlight.base.errors import FirstlightError
from firstlight.hublink.reachability import ReachabilityChanged
from firstlight.kit import figures
from firstlight.kit.bridge import Bridge
from firstlight.shell.navigation import Network
from firstlight.shell.network_watch import NetworkWatch
from firstlight.shell.notices import Notices
from firstlight.shell.parts import DeskTop
from firstlight.shell.run_notices import RunNotices
from firstlight.shell.tray import Tray
from firstlight.sync.news import InboxChanged, OutboxChanged
from firstlight.sync.outbox import Waiting


class HubLine(QObject):
    """Owns tray, notices and the watch over the system's network. Signals: opened(key): from the tray, at what a notice was about or ""."""

    opened = Signal(str)

    def __init__(self, desk: DeskTop, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        profile = desk.profile
        self.tray = Tray(desk.kit, desk.window, self)
        self.tray.open_asked.connect(self.opened)
        self.tray.send_asked.connect(desk.clockwork.now)
        self.tray.paused.connect(lambda on: desk.on_settings_changed(dataclasses.replace(profile.settings, pause_sending=on)))
        self.tray.quit_asked.connect(desk.window.close)
        self.notices = Notices(desk, self.tray, self)
        self.run_notices = RunNotices(desk, self.tray, self)
        self.network = NetworkWatch(self)
        self.network.changed.connect(self._on_network_changed)
        profile.is_metered = self.network.is_metered
        bridge = Bridge(profile.events, self)
        bridge.on(ReachabilityChanged, lambda _event: self.show())
        bridge.on(OutboxChanged, lambda _event: self.show())
        bridge.on(InboxChanged, self._on_news)
        desk.clockwork.checked.connect(self.show)
        desk.clockwork.stopped.connect(self._on_stopped)

    @Slot()
    def show(self) -> None:
        """Say whether everything has arrived."""
        desk = self._desk
        navigation = desk.window.navigation
        if navigation is None or not desk.account_id:
            return
        waiting = desk.profile.outbox.waiting(desk.account_id)
        navigation.set_count("reports", desk.profile.reports.counts(desk.account_id).needs_you)
        network = self._network(waiting)
        navigation.set_network(network)
        self.tray.show_state(network, is_paused=desk.profile.settings.pause_sending)

    def _network(self, waiting: Waiting) -> Network:
        """How the line stands, in words."""
        reach, acts = self._desk.profile.reach, waiting.acts
        if reach.is_online is False:
            since = figures.clock(datetime.fromtimestamp(reach.since, UTC))
            title = self.tr("Offline, %n waiting", "", acts) if acts else self.tr("Offline")
            detail = self.tr("You chose to work offline") if reach.forced_offline else self.tr("Since {time}").format(time=since)
            return Network(False, title, detail, "cloud-slash")
        if self._desk.clockwork.trouble is not None:
            detail = self.tr("%n waiting to go out", "", acts) if acts else self.tr("Everything is kept here")
            return Network(False, self.tr("Sign in again"), detail, "warning")
        if self._desk.profile.settings.pause_sending:
            detail = self.tr("%n waiting to go out", "", acts) if acts else self.tr("Nothing waits")
            return Network(False, self.tr("Sending is paused"), detail, "pause")
        checked = self._desk.clockwork.last_checked
        detail = ""
        if checked:
            at = datetime.fromtimestamp(checked, UTC).astimezone()
            detail = self.tr("Checked {time}").format(time=figures.clock(at))
        if acts:
            title = self.tr("%n waiting to go out", "", acts)
        elif waiting.parked:
            title = self.tr("%n could not be sent", "", waiting.parked)
        else:
            title = self.tr("Everything sent")
        return Network(True, title, detail, "warning" if waiting.parked and not acts else "cloud-check")

    @Slot(object)
    def _on_stopped(self, error: FirstlightError) -> None:
        self.show()
        self.notices.sign_in_again(error)

    @Slot()
    def _on_network_changed(self) -> None:
        """The system has another network: rules may hold or end, and what rested may go."""
        profile = self._desk.profile
        profile.outbox.rules_changed()
        if self._desk.account_id and not profile.settings.work_offline:
            self._desk.clockwork.now()

    def _on_news(self, event: InboxChanged) -> None:
        if event.account_id == self._desk.account_id:
            self.show()
            self.notices.news(event)
