# SPDX-License-Identifier: Apache-2.0
"""A tester's PC without a window: one real profile on a folder, and what a tester does with it."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

from fakes.visitor import Visitor
from firstlight.account.session import Account
from firstlight.account.tokens import TokenStore
from firstlight.base import settings
from firstlight.base.errors import FirstlightError
from firstlight.base.paths import Paths, resources
from firstlight.base.work import Work
from firstlight.cli.pictures import flatten
from firstlight.hublink.local import DemoAccount, LocalHubInfo
from firstlight.kit.error_text import Explained, explain
from firstlight.profile import Profile
from firstlight.reports.report import Draft, Section
from firstlight.sync.sender import Drained


class Pc:
    """`tokens` is the key ring; it outlives a restart as a real one does."""

    def __init__(self, folder: Path, tokens: TokenStore) -> None:
        self.folder = folder
        self.tokens = tokens
        self.open()

    def open(self) -> None:
        """Start the program."""
        paths = Paths(self.folder / "data", self.folder / "cache", self.folder / "logs", self.folder / "config", resources()).make()
        self.profile = Profile(paths, settings.load(paths.settings), flatten=flatten)
        self.profile.tokens = self.tokens

    def restart(self) -> None:
        """End it and start again: what was only in memory is gone, but for the key ring."""
        self.profile.close()
        self.open()

    def sign_in(self, hub: LocalHubInfo, who: DemoAccount | None = None, *, session_only: bool = False) -> Account:
        """Through the hub's pages."""
        who = who or demo_tester(hub)
        visitor = Visitor(who.email, who.password)
        account = self.profile.sessions.sign_in(hub.url, open_browser=visitor.open, work=Work(), limit_s=30, session_only=session_only)
        visitor.wait()
        self.profile.keep_settings(dataclasses.replace(self.profile.settings, account=account.id, hub=account.hub))
        return account

    @property
    def account_id(self) -> int:
        return self.profile.settings.account

    def queue(self, title: str, log: Path | bytes = b"16:16:12 fanctl: tach lost\n") -> Draft:
        """A report with a log that was looked at, in the outbox, free to leave."""
        reports = self.profile.reports
        draft = reports.new(self.account_id, title=title, text="It dropped to 0.")
        attached = reports.attach(draft.id, log, name="logread.txt", role="log", media="text/plain", work=Work())
        reports.set_reviewed(draft.id, attached.pos)
        return reports.queue(draft.id, Work(), undo_ms=0)

    def send(self) -> Drained:
        """'Try now'."""
        self.profile.outbox.hurry(self.account_id)
        self.profile.sender.wake(self.account_id)
        return self.profile.sender.drain(Work())

    def send_all(self) -> None:
        """Send until the line is empty; what was queued a moment ago leaves when it can no longer be taken back."""
        while not (drained := self.send()).stopped and (pause := self.profile.sender.pause_s()) is not None:
            assert pause < 20, drained
            Work().wait(pause)

    def trouble(self) -> FirstlightError:
        """Why the line stands."""
        return self.send().stopped[self.account_id]

    def section(self, report_id: str) -> Section:
        """Where the report stands in the list."""
        row = self.profile.reports.row(self.account_id, report_id)
        assert row is not None
        return row.section

    def files(self) -> list[Path]:
        """Everything that the profile has on the disk."""
        return [path for path in self.folder.rglob("*") if path.is_file()]


def demo_tester(hub: LocalHubInfo) -> DemoAccount:
    """Who the demo is played as."""
    return next(account for account in hub.accounts if not account.staff)


def at_hub(data: Path, title: str) -> int:
    """How many reports of that title the hub has."""
    db = sqlite3.connect(data / "hub.sqlite3")
    try:
        (found,) = db.execute("SELECT count(*) FROM hub_reports_report WHERE title = ?", (title,)).fetchone()
    finally:
        db.close()
    return int(found)


def three_sentences(error: FirstlightError) -> Explained:
    """What the tester reads: what happened, what is safe, what to do next, each there and with nothing left open."""
    told = explain(error)
    for sentence in (told.happened, told.safe, told.next):
        assert sentence, error
        assert "…" not in sentence, sentence
        assert "{" not in sentence, sentence
        assert sentence.endswith((".", ")")), sentence
    return told
