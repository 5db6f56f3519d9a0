# SPDX-License-Identifier: Apache-2.0
"""What the tester does from the list: answers, judges a fix, takes back, sends in spite of a rule. Each a short job of the disk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from firstlight.base.work import Work
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.reports.drafts import Reports
from firstlight.reports.ui import undoing
from firstlight.sync.inbox import Inbox
from firstlight.sync.outbox import Outbox


class TesterActs(QObject):
    """Acts of one account; without one, what needs it does nothing. Signals: done(); failed(error)."""

    done = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, reports: Reports, outbox: Outbox, inbox: Inbox, account_id: int | None, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._reports, self._outbox, self._inbox, self._account_id = kit, reports, outbox, inbox, account_id

    def answer(self, id: str, text: str) -> None:
        """A word to the team."""
        self._say(id, text, "", self.tr("Your answer is in the outbox."))

    def judge(self, id: str, verdict: str) -> None:
        """Whether the fix works."""
        self._say(id, "", verdict, self.tr("Your word on the fix is in the outbox."))

    def _say(self, id: str, text: str, verdict: str, said: str) -> None:
        account = self._account_id
        if account is None:
            return
        job = self._run(lambda: self._reports.answer(account, id, text, verdict))
        job.finished.connect(lambda word: self._offer_undo(account, str(word), said))

    def _offer_undo(self, account: int, word: str, said: str) -> None:
        reports = self._reports
        undoing.offer(self._kit, said, lambda: reports.take_back_answer(account, word))

    def take_back(self, id: str) -> None:
        """A report that waits is a draft again."""
        self._run(lambda: self._reports.take_back(id))

    def send_again(self, id: str) -> None:
        """A report that the hub did not take goes once more as it is."""
        self._run(lambda: self._reports.send_again(id))

    def send_as_answer(self, id: str) -> None:
        """Its words go as an answer: the hub takes no newer revision."""
        self._run(lambda: self._reports.as_answer(id))

    def mark_seen(self, id: str) -> None:
        """The tester looks at what is new of a report."""
        if self._account_id is not None:
            self._kit.jobs.start(self._see, self._account_id, id, lane="disk", owner=self)

    def _see(self, account_id: int, id: str, *, work: Work) -> None:
        work.check()
        self._inbox.mark_seen(account_id, "report", (id,))

    def hurry(self) -> None:
        """Nothing waits for its next try any more."""
        account = self._account_id
        if account is not None:
            self._run(lambda: self._outbox.hurry(account))

    def send_anyway(self, ids: list[str]) -> None:
        """The files of these reports that wait for a free network go over this one."""

        def send() -> None:
            for id in ids:
                self._reports.send_anyway(id)

        self._run(send)

    def _run(self, act: Callable[[], object]) -> Job:
        """A short act of the core that takes no `work`."""
        job = self._kit.jobs.start(lambda *, work: act(), lane="disk", owner=self)
        job.finished.connect(lambda _answer: self.done.emit())
        job.failed.connect(self.failed)
        return job
