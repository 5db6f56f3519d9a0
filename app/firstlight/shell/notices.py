# SPDX-License-Identifier: Apache-2.0
"""Good news and calls for the tester, said once and quietly: a badge, an answer, a sign-in that has run out."""

from __future__ import annotations

from PySide6.QtCore import QObject

from firstlight.base.errors import FirstlightError
from firstlight.honour.badges import Honour
from firstlight.kit.error_text import explain
from firstlight.shell.parts import DeskTop
from firstlight.sync.news import InboxChanged
from firstlight_contract.wire import words_in


class Notices(QObject):
    """Short notices in the window. Only what happened since this start is said; what came before stands on its page."""

    def __init__(self, desk: DeskTop, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._honour = Honour(desk.profile.db, desk.profile.inbox)
        self._said: set[str] = set()
        self._is_first = True
        self.has_asked = False

    def news(self, event: InboxChanged) -> None:
        """The hub told something."""
        if "badge" not in event.kinds:
            return
        earned = [b for b in self._honour.newly_earned(event.account_id) if b.slug not in self._said]
        self._said.update(b.slug for b in earned)
        if self._is_first:  # a first pull brings years of badges: they stand on their page
            self._is_first = False
            return
        for badge in earned[-1:]:
            name = words_in(badge.name, self._desk.kit.language)
            self._desk.kit.toasts.show(self.tr("Badge earned: {name}").format(name=name), None, 8)

    def sign_in_again(self, error: FirstlightError) -> None:
        """The hub wants the tester to sign in; said once a start."""
        if self.has_asked:
            return
        self.has_asked = True
        said = explain(error)
        self._desk.kit.toasts.show(said.text, None, 20)
