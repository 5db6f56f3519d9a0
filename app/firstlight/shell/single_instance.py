# SPDX-License-Identifier: Apache-2.0
"""The second start of a profile raises the first one's window and ends; one process writes the store.

The lock is the store's own and costs no Qt module; the door at which a second start knocks opens after the first paint.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket


def _name(data: Path) -> str:
    return "firstlight-" + hashlib.sha256(str(data).encode()).hexdigest()[:20]


def knock(data: Path) -> bool:
    """Ask whoever has this profile open to raise its window; False when nobody answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(data))
    if not socket.waitForConnected(1000):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(1000)
    socket.disconnectFromServer()
    return True


class Door(QObject):
    """Where a second start knocks.

    Signals: knocked().
    """

    knocked = Signal()

    def __init__(self, data: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(_name(data))  # we hold the lock: what lies there is left over
        self._server.listen(_name(data))

    @Slot()
    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.knocked.emit()
