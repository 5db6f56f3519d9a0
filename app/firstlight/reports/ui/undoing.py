# SPDX-License-Identifier: Apache-2.0
"""Undo in a short notice: it outlives the page that offers it, which another language or theme may have replaced by then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from shiboken6 import isValid

from firstlight.kit.error_text import explain
from firstlight.kit.kit import Kit

Act = Callable[[], object]


def offer(kit: Kit, said: str, undo: Act, *, page: QObject | None = None, then: Act | None = None) -> None:
    """Say what is done. `undo` is a short act of the core; `then` follows in `page`, when that still stands.

    Pages that stand learn of it by the core's own news; a fault is told by a notice.
    """

    def act() -> None:
        job = kit.jobs.start(lambda *, work: undo(), lane="disk")
        job.failed.connect(lambda error: kit.toasts.show(explain(error).text, None, 15))
        if then is not None and page is not None:
            job.finished.connect(lambda _answer: then() if isValid(page) else None)

    kit.toasts.show(said, act)
