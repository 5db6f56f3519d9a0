# SPDX-License-Identifier: Apache-2.0
"""The desktop's own screenshot dialog on Wayland, by xdg-desktop-portal: the only way there, and the tester's choice each time."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage

from firstlight.base.errors import FirstlightError
from firstlight.capture.errors import NothingCaptured

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_REQUEST = "org.freedesktop.portal.Request"
LIMIT_MS = 180_000


class PortalShot(QObject):
    """One request. Calls `done` with PNG bytes or `failed`, once; lives as long as its parent or until then."""

    def __init__(self, done: Callable[[bytes], None], failed: Callable[[FirstlightError], None], parent: QObject) -> None:
        super().__init__(parent)
        self._done = done
        self._failed = failed
        self._is_over = False
        self._bus = QDBusConnection.sessionBus()
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_limit)

    def start(self) -> None:
        """Ask. The answer's signal is subscribed before the question: it may come at once."""
        sender = self._bus.baseService().removeprefix(":").replace(".", "_")
        token = f"firstlight_{secrets.token_hex(8)}"
        handle = f"{_PATH}/request/{sender}/{token}"
        # WORKAROUND(PySide6 6.11): the signature with a slot string is the one that the bindings carry.
        is_heard = self._bus.connect(_SERVICE, handle, _REQUEST, "Response", self, b"1_on_response(QDBusMessage)")
        portal = QDBusInterface(_SERVICE, _PATH, "org.freedesktop.portal.Screenshot", self._bus)
        if not is_heard or not portal.isValid():
            self._fail("no_portal")
            return
        answer = portal.call("Screenshot", "", {"interactive": True, "handle_token": token})
        if answer.type() == QDBusMessage.MessageType.ErrorMessage:
            self._fail("no_portal", answer.errorMessage())
            return
        self._limit.start(LIMIT_MS)

    @Slot(QDBusMessage)
    def _on_response(self, message: QDBusMessage) -> None:
        status, results = (*message.arguments(), 2, {})[:2]
        if status != 0:
            self._fail("cancelled" if status == 1 else "denied")
            return
        uri = results.get("uri", "") if isinstance(results, dict) else ""
        path = Path(QUrl(str(uri)).toLocalFile())
        try:
            data = path.read_bytes()
            # The portal's copy lies in the tester's pictures; only ours is kept.
            path.unlink(missing_ok=True)
        except OSError as error:
            self._fail("empty", str(error))
            return
        if not self._end():
            self._done(data)

    @Slot()
    def _on_limit(self) -> None:
        self._fail("timeout")

    def _fail(self, reason: str, why: str = "") -> None:
        if not self._end():
            self._failed(NothingCaptured(why=why, reason=reason))

    def _end(self) -> bool:
        """Whether it was over already."""
        was, self._is_over = self._is_over, True
        self._limit.stop()
        self.deleteLater()
        return was
