# SPDX-License-Identifier: Apache-2.0
"""What a bug looks like to the tester: said plainly, nothing sent, the log at hand."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.log import hide_secrets

log = logging.getLogger(__name__)


class CrashBox(QObject):
    """Takes the place of sys.excepthook while it lives; one box at a time, at most three in a run."""

    _met = Signal(str)

    def __init__(self, window: Callable[[], QWidget | None], log_file: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._log_file = log_file
        self._shown = 0
        self._met.connect(self._on_met)
        sys.excepthook = self._hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, Cancelled):
            return
        log.error("bug", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        code = error.code if isinstance(error, FirstlightError) else kind.__name__
        self._met.emit(hide_secrets(f"{code}: {error}")[:500])

    @Slot(str)
    def _on_met(self, what: str) -> None:
        self._shown += 1
        if self._shown <= 3:
            QTimer.singleShot(0, self, lambda: self._show(what))

    def _show(self, what: str) -> None:
        box = QMessageBox(self._window())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Firstlight met a fault of its own"))
        box.setText(self.tr("Firstlight met a fault of its own. What you wrote and collected is kept on this PC. You can go on working."))
        box.setInformativeText(self.tr("Nothing was sent. The log has the details, without passwords or tokens."))
        box.setDetailedText(f"{what}\n{self._log_file}")
        copy = box.addButton(self.tr("Copy the log's place"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(self.tr("Go on"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        if box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(str(self._log_file))
