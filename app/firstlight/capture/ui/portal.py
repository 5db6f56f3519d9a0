# SPDX-License-Identifier: Apache-2.0
"""The desktop's own screenshot dialog on Wayland, by xdg-desktop-portal: the only way there, and the tester's choice each time."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QObject, QTimer, QUrl, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.capture.errors import NothingCaptured, TooLarge
from firstlight.kit.kit import Kit

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_REQUEST = "org.freedesktop.portal.Request"
# WORKAROUND(PySide6 6.11): its stubs ask for bytes here, and with bytes every call is refused.
_SLOT: Any = SLOT("_on_response(uint,QVariantMap)")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff")
LIMIT_MS = 180_000
LIMIT_BYTES = 256 << 20


class PortalShot(QObject):
    """One request. Calls `done` with the picture's bytes or `failed`, once; lives as long as its parent or until then."""

    def __init__(
        self,
        done: Callable[[bytes], None],
        failed: Callable[[FirstlightError], None],
        kit: Kit,
        parent: QObject,
        *,
        limit_ms: int = LIMIT_MS,
    ) -> None:
        super().__init__(parent)
        self._done = done
        self._failed = failed
        self._kit = kit
        self._is_over = False
        self._handles: list[str] = []
        self._bus = QDBusConnection.sessionBus()
        self._asked: QDBusPendingCallWatcher | None = None
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(limit_ms)
        self._limit.timeout.connect(self._on_limit)

    def start(self) -> None:
        """Ask. The answer's signal is subscribed before the question: it may come at once."""
        sender = self._bus.baseService().removeprefix(":").replace(".", "_")
        token = f"firstlight_{secrets.token_hex(8)}"
        if not self._bus.isConnected() or not self._hear(f"{_PATH}/request/{sender}/{token}"):
            self._fail("no_portal")
            return
        question = QDBusMessage.createMethodCall(_SERVICE, _PATH, "org.freedesktop.portal.Screenshot", "Screenshot")
        question.setArguments(["", {"interactive": True, "handle_token": token}])
        # A portal that is just being started answers late: the window must not wait for it.
        self._asked = QDBusPendingCallWatcher(self._bus.asyncCall(question), self)
        self._asked.finished.connect(self._on_asked)
        self._limit.start()

    def _hear(self, handle: str) -> bool:
        self._handles.append(handle)
        return bool(self._bus.connect(_SERVICE, handle, _REQUEST, "Response", self, _SLOT))

    @Slot(QDBusPendingCallWatcher)
    def _on_asked(self, watcher: QDBusPendingCallWatcher) -> None:
        reply = watcher.reply()
        if reply.type() == QDBusMessage.MessageType.ErrorMessage:
            self._fail("no_portal", reply.errorMessage())
            return
        arguments = reply.arguments()
        handle = arguments[0].path() if arguments and hasattr(arguments[0], "path") else ""
        if handle and handle not in self._handles:  # portals before 0.9 chose a handle of their own
            self._hear(handle)

    @Slot("uint", "QVariantMap")
    def _on_response(self, status: int, results: dict[str, Any]) -> None:
        if status != 0:
            self._fail("cancelled" if status == 1 else "denied")
            return
        path = Path(QUrl(str(results.get("uri", ""))).toLocalFile())
        job = self._kit.jobs.start(_taken, path, lane="disk", owner=self)
        job.finished.connect(self._on_read)
        job.failed.connect(self._on_failed)

    def _on_read(self, data: bytes) -> None:
        if not self._end():
            self._done(data)

    def _on_failed(self, error: FirstlightError) -> None:
        if not self._end():
            self._failed(error)

    @Slot()
    def _on_limit(self) -> None:
        self._fail("late")
        # The dialog may still stand open; the picture is not wanted any more.
        for handle in self._handles:
            self._bus.asyncCall(QDBusMessage.createMethodCall(_SERVICE, handle, _REQUEST, "Close"))

    def _fail(self, reason: str, why: str = "") -> None:
        if not self._end():
            self._failed(NothingCaptured(why=why, reason=reason))

    def _end(self) -> bool:
        """Whether it was over already."""
        was, self._is_over = self._is_over, True
        self._limit.stop()
        if not was:
            for handle in self._handles:
                self._bus.disconnect(_SERVICE, handle, _REQUEST, "Response", self, _SLOT)
            self.deleteLater()
        return was


def _taken(path: Path, *, work: Work) -> bytes:
    """The picture; the portal's copy lies among the tester's pictures, where it would stay for ever: only ours is kept."""
    work.check()
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise TooLarge(name=path.name, limit_bytes=LIMIT_BYTES)
        data = path.read_bytes()
        if data.startswith(_PICTURES):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise NothingCaptured(why=str(error), reason="empty") from error
    return data
