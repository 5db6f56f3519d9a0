# SPDX-License-Identifier: Apache-2.0
"""When to send and when to ask: after a change in the outbox, when the network is back, on the tester's word, and now and then.

No timer runs while the window is hidden and nothing waits. The work itself is `sender.drain` and `puller.pull`, once per call.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.hublink.reachability import ReachabilityChanged
from firstlight.kit.bridge import Bridge
from firstlight.kit.jobs import Job, Jobs
from firstlight.sync.news import OutboxChanged
from firstlight.sync.outbox import Outbox

ASK_EVERY_MS = 5 * 60_000
"""How often the hub is asked for news while the window shows."""
SOON_MS = 150
LONGEST_MS = 4 * 3600_000


class Clockwork(QObject):
    """Sends and asks for one account.

    Signals: checked() after the hub answered a pull; stopped(FirstlightError) when the account needs the tester (sign in again).
    """

    checked = Signal()
    stopped = Signal(object)

    def __init__(
        self,
        *,
        jobs: Jobs,
        events: Events,
        outbox: Outbox,
        drain: Callable[..., Any],
        pull: Callable[..., Any],
        account_id: Callable[[], int],
        is_offline: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._outbox = outbox
        self._drain = drain
        self._pull = pull
        self._account_id = account_id
        self._is_offline = is_offline
        self._sending: Job | None = None
        self._asking: Job | None = None
        self._again = False
        self._has_ended = False
        self.last_checked: float | None = None
        self.trouble: FirstlightError | None = None
        self._send_timer = QTimer(self)
        self._send_timer.setSingleShot(True)
        self._send_timer.timeout.connect(self.send)
        self._ask_timer = QTimer(self)
        self._ask_timer.setInterval(ASK_EVERY_MS)
        self._ask_timer.timeout.connect(self.ask)
        bridge = Bridge(events, self)
        bridge.on(OutboxChanged, self._on_outbox)
        bridge.on(ReachabilityChanged, self._on_reachability)

    def start(self) -> None:
        """Somebody is signed in: send what waits from before, ask for news."""
        self.trouble = None
        self.ask()
        self._send_timer.start(SOON_MS)

    @Slot()
    def wake(self) -> None:
        """The window shows: ask now and then."""
        if not self._ask_timer.isActive():
            self._ask_timer.start()

    @Slot()
    def rest(self) -> None:
        """The window is hidden: ask no more; what waits still goes out."""
        self._ask_timer.stop()

    def stop(self) -> None:
        """Before the window closes; news that is still under way wakes nothing any more."""
        self._has_ended = True
        self._send_timer.stop()
        self._ask_timer.stop()
        for job in (self._sending, self._asking):
            if job is not None:
                job.mute()  # the store closes next: what the job brought would find none

    @Slot()
    def now(self) -> None:
        """'Try now' and 'Send now'."""
        if self._account_id():
            self._outbox.hurry(self._account_id())
        self.ask()
        self.send()

    def _is_idle(self) -> bool:
        """Whether there is nobody to send and ask for, now."""
        return self._has_ended or not self._account_id() or self._is_offline()

    @Slot()
    def send(self) -> None:
        """Empty the line as far as it goes."""
        if self._sending is not None:
            self._again = True
            return
        if self._is_idle():
            return
        self._again = False
        self._sending = self._jobs.start(self._drain, lane="sync", owner=self)
        self._sending.finished.connect(self._on_drained)
        self._sending.failed.connect(self._on_failed)
        self._sending.ended.connect(self._on_sent)

    @Slot()
    def ask(self) -> None:
        """Fetch what is new."""
        if self._asking is not None or self._is_idle():
            return
        self._asking = self._jobs.start(self._pull, lane="sync.ask", owner=self)
        self._asking.finished.connect(self._on_asked)
        self._asking.failed.connect(self._on_failed)
        self._asking.ended.connect(self._on_ask_ended)

    def ask_if_older_than(self, seconds: float) -> None:
        """Fetch what is new, unless that was done a moment ago."""
        if self.last_checked is None or not 0 <= time.time() - self.last_checked < seconds:
            self.ask()

    @Slot(object)
    def _on_asked(self, pulled: Any) -> None:
        error = pulled.stopped.get(self._account_id())
        if error is not None:
            self._on_failed(error)
            return
        self.last_checked = time.time()
        self.trouble = None
        self.checked.emit()

    @Slot(object)
    def _on_drained(self, drained: Any) -> None:
        error = drained.stopped.get(self._account_id())
        if error is not None:
            self._on_failed(error)

    @Slot()
    def _on_ask_ended(self) -> None:
        self._asking = None

    @Slot()
    def _on_sent(self) -> None:
        self._sending = None
        if self._again:
            self._send_timer.start(SOON_MS)
            return
        self._plan()

    def _plan(self) -> None:
        """Wake up when the next one may go; a single shot, no polling."""
        if self._is_idle():
            return
        waiting = self._outbox.waiting(self._account_id())
        if waiting.next_ms:
            wait = max(SOON_MS, waiting.next_ms - self._outbox.now_ms())
            self._send_timer.start(min(wait, LONGEST_MS))

    def _on_outbox(self, event: OutboxChanged) -> None:
        if event.account_id == self._account_id() and self._sending is None:
            self._plan()

    def _on_reachability(self, event: ReachabilityChanged) -> None:
        if event.is_online:
            self._send_timer.start(SOON_MS)
            if self._asking is None and self.last_checked is None:
                self.ask()

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        if error.code == "hub.session_expired" or error.code.startswith("account."):
            self.trouble = error
            self.stopped.emit(error)
