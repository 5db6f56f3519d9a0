# SPDX-License-Identifier: Apache-2.0
"""What the system knows of the network: a hint when to try and what may cost money, never a reason not to try."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QNetworkInformation

SETTLE_MS = 2_000
"""Networks come in steps (link, address, names): one word after the last of them."""


class NetworkWatch(QObject):
    """Signals: changed(), when the network came, went to another kind, or began or ceased to cost money."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.changed)
        self._info: QNetworkInformation | None = None
        if QNetworkInformation.loadDefaultBackend():
            self._info = QNetworkInformation.instance()
            self._info.reachabilityChanged.connect(self._on_changed)
            self._info.isMeteredChanged.connect(self._on_changed)

    def is_metered(self) -> bool:
        """Whether the system says that this network costs money; False where it cannot tell."""
        return self._info is not None and self._info.isMetered()

    @Slot()
    def _on_changed(self) -> None:
        self._settle.start()
