# SPDX-License-Identifier: Apache-2.0
"""The short notice at the lower edge of the window, with Undo while it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from firstlight.kit.buttons import Button
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.toasts import Offer


class ToastView(QFrame):
    """One notice at a time; a new one takes the place of the old, whose act then stands."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._above = max(84, kit.theme.px(84))
        self.setObjectName("toast")
        self._undo: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        self._words = label("", "small")
        row.addWidget(self._words)
        self._button = Button(kit, self.tr("Undo"), size="small")
        self._button.clicked.connect(self._on_undo)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        kit.toasts.asked.connect(self._on_asked)
        self.hide()

    @Slot(str, object, float)
    def _on_asked(self, text: str, undo: Callable[[], None] | None, seconds: float) -> None:
        self._undo = undo
        self._words.setText(text)
        self._button.setText(undo.words if isinstance(undo, Offer) else self.tr("Undo"))
        self._button.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._timer.start(round(seconds * 1000))
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def seen(self, page: str) -> None:
        """The tester has come to `page`: a notice that leads there goes, for it would lie on what it tells of."""
        if isinstance(self._undo, Offer) and self._undo.leads_to == page:
            self._leave()

    def _leave(self) -> None:
        self.hide()
        self._timer.stop()

    @Slot()
    def _on_undo(self) -> None:
        self._leave()
        if self._undo is not None:
            self._undo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Stay at the lower edge."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        words = self._words.text()
        wanted = self._words.fontMetrics().horizontalAdvance(words) + 8
        self._words.setFixedWidth(min(wanted, max(240, min(560, self._window.width() - 240))))
        self._words.setMinimumHeight(0)  # a label never says it needs less than its minimum, here the words before
        self._words.setFixedHeight(max(0, self._words.heightForWidth(self._words.width())))
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, self._window.height() - self.height() - self._above)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
