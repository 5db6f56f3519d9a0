# SPDX-License-Identifier: Apache-2.0
"""The second start of a profile raises the first one's window and ends; one process writes the store."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket


class SingleInstance(QObject):
    """Holds the profile's lock while it lives.

    Signals: raise_asked() when a second start asked for the window.
    """

    raise_asked = Signal()

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "firstlight-" + hashlib.sha256(str(data).encode()).hexdigest()[:20]
        self._lock = QLockFile(str(data / "window.lock"))
        self._lock.setStaleLockTime(0)  # a lock is stale only when its process is gone
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def is_first(self) -> bool:
        """Take the lock; when somebody has it, ask them to raise their window and say False."""
        if self._lock.tryLock(100):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
            return True
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(1000):
            socket.write(b"raise\n")
            socket.waitForBytesWritten(1000)
            socket.disconnectFromServer()
        return False

    def close(self) -> None:
        """Let another start be the first."""
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raise_asked.emit()
