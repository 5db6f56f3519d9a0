# SPDX-License-Identifier: Apache-2.0
"""Good news and calls for the tester, said once and quietly: an answer, a fix, a badge, a sign-in that has run out.

Only what happened since this start is said; what came before stands on its page. In the window it is a short notice; while the
tester looks elsewhere it is one of the system's, unless they want it quiet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Slot

from firstlight.base.errors import FirstlightError
from firstlight.honour.badges import Honour
from firstlight.kit.error_text import explain
from firstlight.kit.toasts import Offer
from firstlight.shell.parts import DeskTop
from firstlight.shell.tray import Tray
from firstlight.sync.inbox import Inbox
from firstlight.sync.news import InboxChanged
from firstlight_contract.wire import words_in

LOUD = ("question", "fixed")
"""States of a report that call for the tester, or thank them."""


@dataclass(frozen=True)
class Heard:
    """What the tester has not looked at yet: `reports` as (id, number, state, build of the fix), and names of badges by slug."""

    reports: tuple[tuple[str, str, str, str], ...]
    badges: tuple[tuple[str, dict[str, str]], ...]


class Notices(QObject):
    """Says each thing once."""

    def __init__(self, desk: DeskTop, tray: Tray, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tray = tray
        self._honour = Honour(desk.profile.db, desk.profile.inbox)
        self._said: set[str] = set()
        self._begun: set[str] = set()
        self.has_asked = False

    def news(self, event: InboxChanged) -> None:
        """The hub told something."""
        kinds = event.kinds & {"badge", "report"}
        if not kinds:
            return
        # A first pull brings years of badges and reports: they stand on their pages.
        is_first = bool(kinds - self._begun)
        self._begun |= kinds
        job = self._desk.kit.jobs.start(_listen, self._honour, self._desk.profile.inbox, event.account_id, lane="look", owner=self)
        job.finished.connect(self._on_first if is_first else self._on_heard)

    @Slot(object)
    def _on_first(self, heard: Heard) -> None:
        self._said.update(f"{id} {state}" for id, _, state, _ in heard.reports)
        self._said.update(slug for slug, _ in heard.badges)

    @Slot(object)
    def _on_heard(self, heard: Heard) -> None:
        badges = [(slug, name) for slug, name in heard.badges if slug not in self._said]
        reports = [r for r in heard.reports if f"{r[0]} {r[2]}" not in self._said]
        self._on_first(heard)
        for _, name in badges[-1:]:
            self._say(self.tr("Badge earned: {name}").format(name=words_in(name, self._desk.kit.language)), "", "honour")
        for id, number, state, build in reports[-1:]:
            if len(reports) > 1:
                self._say(self.tr("%n of your reports have news.", "", len(reports)), "", "reports")
            elif state == "fixed" and build:
                self._say(self.tr("{number} is fixed in {build}.").format(number=number, build=build), self.tr("Does it work for you?"), id)
            elif state == "fixed":
                self._say(self.tr("{number} is fixed.").format(number=number), self.tr("Does it work for you?"), id)
            else:
                self._say(self.tr("The team asks you something about {number}.").format(number=number), "", id)

    def _say(self, title: str, text: str, about: str) -> None:
        if not self._desk.profile.settings.quiet and self._tray.tell(title, text, about):
            return
        self._desk.kit.toasts.show(f"{title} {text}".strip(), None, 8)

    def sign_in_again(self, error: FirstlightError) -> None:
        """The hub wants the tester to sign in; said once a start."""
        if self.has_asked:
            return
        self.has_asked = True
        offer = Offer(self.tr("Sign in again"), self._desk.sign_in_again)
        self._desk.kit.toasts.show(explain(error).text, offer, 20)


def _listen(honour: Honour, inbox: Inbox, account_id: int, *, work: Any) -> Heard:
    work.check()
    reports = []
    for key in inbox.unseen_keys(account_id, "report"):
        body = inbox.body(account_id, "report", key) or {}
        if body.get("state") in LOUD:
            reports.append((key, str(body.get("number", "")), str(body["state"]), str(body.get("fixed_in", ""))))
    badges = tuple((b.slug, dict(b.name)) for b in honour.newly_earned(account_id))
    return Heard(tuple(reports), badges)
