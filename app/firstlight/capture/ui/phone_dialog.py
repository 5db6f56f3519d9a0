# SPDX-License-Identifier: Apache-2.0
"""Photos from the tester's phone: a code to scan, and what happens meanwhile. Closing it ends the page on the phone."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Progress
from firstlight.capture import adapters
from firstlight.capture.adapters import Adapter
from firstlight.capture.drop import LIMIT_S, OPEN, receive_photos
from firstlight.capture.errors import NoNetwork
from firstlight.capture.ui import qr
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Bar
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.layouts import clear

_CODE = 264


class PhoneDialog(QDialog):
    """Shows the code of one session after the other until photos came or it is closed.

    Signals: received(tuple of bytes) clean JPEG, in their order; the dialog closes by itself then.
    """

    received = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None, *, found: tuple[Adapter, ...] | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._seconds = 0
        self._job: Job | None = None
        self.setWindowTitle(self.tr("Photos from your phone"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(kit.theme.px(560))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(24)
        self._code = QLabel()
        self._code.setFixedSize(_CODE, _CODE)
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._code, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(10)
        words.addWidget(label(self.tr("Scan this with your phone"), "h2"))
        words.addWidget(
            label(
                self.tr("Phone and PC must be in the same network. The internet is not needed: the photos go from one to the other."),
                "small",
            )
        )
        words.addWidget(label(self.tr("Place and camera details are removed on this PC before anything is kept."), "small", tone="2"))
        self._network = QComboBox()
        self._network.setAccessibleName(self.tr("Network"))
        self._network_name = label(self.tr("Network"), "cap", tone="2")
        words.addWidget(self._network_name)
        words.addWidget(self._network)
        self.address = label("", "mono")
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.address.setAccessibleName(self.tr("Address for the phone's browser"))
        self._or = label(self.tr("Or type this in the phone's browser:"), "cap", tone="2")
        words.addStretch()
        row.addLayout(words, 1)
        box.addLayout(row)
        # Over the whole width: an address may stand in one piece that no column beside the code has room for.
        typed = QVBoxLayout()
        typed.setSpacing(4)
        typed.addWidget(self._or)
        typed.addWidget(self.address)
        box.addLayout(typed)
        self._notes = QVBoxLayout()
        box.addLayout(self._notes)
        box.addStretch(1)  # without a code there is room left: it is not the card's
        box.addLayout(self._foot())
        self._bar = Bar(kit, name=self.tr("Photos coming in"))
        box.addWidget(self._bar)
        self._bar.setVisible(False)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._say_time)
        for adapter in adapters.local() if found is None else found:
            self._network.addItem(f"{adapter.name}  {adapter.address}", adapter.address)
        for widget in (self._network, self._network_name):
            widget.setVisible(self._network.count() > 1)
        self._network.currentIndexChanged.connect(lambda _at: self.begin())
        self.finished.connect(self._stop)
        self.begin()

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self._state = label("", "small", tone="2")
        foot.addWidget(self._state, 1)
        self.again_button = Button(self._kit, self.tr("Show a new code"))
        self.again_button.clicked.connect(self.begin)
        foot.addWidget(self.again_button)
        close = Button(self._kit, self.tr("Close"))
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        return foot

    def begin(self) -> None:
        """A new session with a new code; the one before is over."""
        self._stop()
        clear(self._notes)
        self._bar.setVisible(False)
        self.again_button.setVisible(False)
        address = str(self._network.currentData() or "")
        if not address:
            self._fail(NoNetwork())
            return
        self._job = self._kit.jobs.start(receive_photos, address, self._kit.language, lane="phone photos", owner=self)
        self._job.progressed.connect(self._on_progress)
        self._job.finished.connect(self._on_received)
        self._job.failed.connect(self._fail)

    def _show_place_of_code(self, is_shown: bool) -> None:
        for widget in (self._code, self._or, self.address):
            widget.setVisible(is_shown)

    def _show_code(self, url: str) -> None:
        """The page is up."""
        self._show_place_of_code(True)
        ratio = self.devicePixelRatioF()
        code = QPixmap.fromImage(qr.picture(url, round(_CODE * ratio)))
        code.setDevicePixelRatio(ratio)
        self._code.setPixmap(code)
        self._code.setAccessibleName(self.tr("QR code of {address}").format(address=url))
        self.address.setText(url)
        self._seconds = round(LIMIT_S)
        self._tick.start()
        self._say_time()

    def _say_time(self) -> None:
        minutes, seconds = divmod(max(0, self._seconds), 60)
        self._seconds -= 1
        self._state.setText(self.tr("Good for {minutes}:{seconds:02d}, once").format(minutes=minutes, seconds=seconds))

    def _on_progress(self, progress: Progress) -> None:
        if progress.stage == OPEN:
            self._show_code(progress.note)
            return
        self._tick.stop()
        self._state.setText(self.tr("Photos are coming in"))
        self._bar.setVisible(True)
        self._bar.set_value(progress.done, progress.total)

    def _on_received(self, photos: tuple[bytes, ...]) -> None:
        self._job = None
        self.received.emit(photos)
        self.accept()

    def _fail(self, error: FirstlightError) -> None:
        self._tick.stop()
        self._job = None
        self._show_place_of_code(False)
        self._state.setText("")
        self._bar.setVisible(False)
        self._notes.addWidget(ErrorCard(self._kit, error))
        self.again_button.setVisible(True)

    def _stop(self, _result: int = 0) -> None:
        self._tick.stop()
        if self._job is not None:
            self._job.mute()
            self._job = None
