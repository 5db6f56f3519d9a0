# SPDX-License-Identifier: Apache-2.0
"""Who looks elsewhere while a device is written is told how it ended: that it is written, or that it stopped and waits for them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from firstlight.guides.state import RunState, StepMark
from firstlight.kit.toasts import Offer
from firstlight.shell.parts import DeskTop
from firstlight.shell.tray import Tray
from firstlight_contract.wire import words_in

RUN = "run:"
"""Before a run's id, what a notice is about, and the name of its page."""
SHOWN_S = 20.0


class RunNotices(QObject):
    """Listens to all runs; says nothing to whoever has the run before their eyes, and nothing in the window where its page says it already.
    These are said also to those who want no notices of news.
    """

    def __init__(self, desk: DeskTop, tray: Tray, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tray = tray
        self._writing: dict[str, str] = {}
        desk.host.busy_changed.connect(self._on_busy_changed)

    @Slot(str)
    def _on_busy_changed(self, run_id: str) -> None:
        host = self._desk.host
        if host.is_writing_run(run_id):
            self._writing.setdefault(run_id, host.player(run_id).state.now.step.id)
        elif not host.is_busy(run_id) and run_id in self._writing:
            self._ended(host.player(run_id).state, self._writing.pop(run_id))

    def _ended(self, state: RunState, step_id: str) -> None:
        window = self._desk.window
        if window.current == f"{RUN}{state.run_id}" and window.isActiveWindow():
            return
        guide = words_in(state.guide.title, self._desk.kit.language)
        if state.failure is not None or self._desk.host.error(state.run_id) is not None:
            self._say(
                self.tr("{guide} has stopped and waits for you.").format(guide=guide),
                self.tr("See what is safe, and how to go on."),
                state.run_id,
            )
        elif state.step(step_id).mark is StepMark.DONE:
            self._say(self.tr("{guide}: it is written.").format(guide=guide), self.tr("You can go on."), state.run_id)

    def _say(self, title: str, text: str, run_id: str) -> None:
        about = f"{RUN}{run_id}"
        if not self._tray.tell(title, text, about) and self._desk.window.current != about:
            offer = Offer(self.tr("Open"), lambda: self._tray.open_asked.emit(about), leads_to=about)
            self._desk.kit.toasts.show(f"{title} {text}", offer, SHOWN_S)
