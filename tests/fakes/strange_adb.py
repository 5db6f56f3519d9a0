# SPDX-License-Identifier: Apache-2.0
"""Something where the adb server should be, that says whatever a test tells it to and then hangs up."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType


class StrangeAdb:
    """Says `words` to each caller, whatever that says."""

    def __init__(self, words: bytes) -> None:
        self._words = words
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> StrangeAdb:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(10)
                connection.sendall(self._words)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
