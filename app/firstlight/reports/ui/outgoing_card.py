# SPDX-License-Identifier: Apache-2.0
"""What will be sent: every file with its size as it leaves, a way to look at each, and what stays on this PC."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Progress
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Card, IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.layouts import clear
from firstlight.reports.report import PICTURES, Draft, Outgoing


@dataclass(frozen=True)
class Address:
    """Whose hub gets it, and under which name the team sees it; "" when nobody is signed in yet."""

    maker: str = ""
    tester: str = ""


class OutgoingCard(Card):
    """The list is made by `reports.outgoing` alone; this card only shows it.

    Signals: looked(Outgoing): view it; review_asked(pos): a text that nobody looked at yet; retried().
    """

    looked = Signal(object)
    review_asked = Signal(int)
    retried = Signal()

    def __init__(self, kit: Kit, address: Address) -> None:
        super().__init__(16, 8)
        self._kit = kit
        self._maker, self._tester = address.maker, address.tester
        self._names: dict[int, str] = {}
        self._shown: tuple[object, ...] = ()
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("What will be sent"), "h2"), 1)
        self._sum = label("", "cap", tone="2", wrap=False)
        heading.addWidget(self._sum)
        self.box.addLayout(heading)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.box.addLayout(self._rows)
        self._kept = label("", "cap", tone="2")
        self._kept.hide()
        self.box.addWidget(self._kept)
        self.box.addWidget(self._staying())
        self.box.addStretch()
        self.show_busy(None)

    def _staying(self) -> QFrame:
        note = QFrame()
        note.setProperty("card", "sunken")
        row = QHBoxLayout(note)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(10)
        row.addWidget(IconLabel(self._kit, "lock-key", "text-2", 16))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(self.tr("Stays on this PC"), "capstrong"))
        stays = self.tr("The original logs and pictures, and what you hid in them.")
        sees = self.tr("The report goes out as “{name}”. The hub knows your e-mail address from your account; no report names it.")
        sees = sees.format(name=self._tester)
        words.addWidget(label(figures.sentences((stays, sees if self._tester else ""), self._kit.language), "cap", tone="2"))
        row.addLayout(words, 1)
        return note

    def show_busy(self, progress: Progress | None) -> None:
        """It is being made."""
        if progress is not None and progress.total:
            percent = min(99, progress.done * 100 // progress.total)
            self._sum.setText(self.tr("getting it ready, {percent} %").format(percent=percent))
        else:
            self._sum.setText(self.tr("getting it ready"))

    def show_error(self, error: FirstlightError) -> None:
        """It could not be made; nothing was sent."""
        self._shown = ()
        clear(self._rows)
        again = Button(self._kit, self.tr("Try again"), size="small")
        again.clicked.connect(self.retried)
        self._rows.addWidget(ErrorCard(self._kit, error, (again,)))
        self._sum.setText("")

    def show_outgoing(self, draft: Draft, outgoing: tuple[Outgoing, ...]) -> None:
        """What `reports.outgoing` answered for `draft`; the same again keeps the rows and their focus."""
        self._say_sum(sum(one.size for one in outgoing))
        if self._shown == (draft.attachments, outgoing):
            return
        self._shown = (draft.attachments, outgoing)
        clear(self._rows)
        unseen = {a.pos for a in draft.attachments if a.needs_review}
        self._names = {a.pos: a.name for a in draft.attachments}
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, one in enumerate(outgoing):
            self._add_row(grid, at, one, is_unseen=one.pos in unseen)
        self._rows.addLayout(grid)
        self._say_kept(has_files=len(outgoing) > 1)

    def _say_kept(self, *, has_files: bool) -> None:
        """How long the maker keeps it: the hub does as the contract says."""
        from firstlight_contract.reports import FILES_KEPT_DAYS  # noqa: PLC0415  # heavy: not before the first paint

        words = self.tr("The hub deletes the files %n days after the report is done. Your words stay with the report.", "", FILES_KEPT_DAYS)
        self._kept.setText(words)
        self._kept.setVisible(has_files)

    def _say_sum(self, size_bytes: int) -> None:
        size = figures.size(size_bytes)
        if self._maker:
            self._sum.setText(self.tr("to the hub of {maker} only, {size}").format(maker=self._maker, size=size))
        else:
            self._sum.setText(self.tr("to your hub only, {size}").format(size=size))

    def _add_row(self, grid: QGridLayout, at: int, one: Outgoing, *, is_unseen: bool) -> None:
        kit = self._kit
        icon, words = self._words(one)
        grid.addWidget(IconLabel(kit, "warning-circle" if is_unseen else icon, "warn" if is_unseen else "text-2", 16), at, 0)
        if is_unseen:
            unseen = self.tr("{name}, not looked at yet").format(name=self._name(one))
            grid.addWidget(label(unseen, "capstrong"), at, 1)
        else:
            lines = QVBoxLayout()
            lines.setSpacing(0)
            lines.addWidget(label(words, "cap"))
            lines.addWidget(label(self._purpose(one), "cap", tone="3"))
            if one.seen:
                private = self.tr("%n details in them look private. Your words leave as you wrote them.", "", one.seen)
                lines.addWidget(label(private, "cap", tone="warn"))
            grid.addLayout(lines, at, 1)
        size = label(figures.size(one.size), "cap", tone="2", wrap=False)
        size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(size, at, 2)
        button = Button(kit, self.tr("Look now") if is_unseen else self.tr("View"), kind="link", size="small")
        named = self.tr("Look at {name} now") if is_unseen else self.tr("View {name}")
        button.setAccessibleName(named.format(name=self._name(one) or self.tr("your words")))
        if is_unseen:
            button.clicked.connect(lambda _=False, pos=one.pos: self.review_asked.emit(pos))
        else:
            button.clicked.connect(lambda _=False, one=one: self.looked.emit(one))
        grid.addWidget(button, at, 3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _purpose(self, one: Outgoing) -> str:
        """What the team needs it for."""
        return {
            "words": self.tr("tells the team what happened, and on what"),
            "picture": self.tr("shows the team what you saw"),
            "photo": self.tr("shows the team what you saw"),
            "log": self.tr("shows what the device did meanwhile"),
            "bugreport": self.tr("shows what the phone knows of itself"),
        }.get(one.purpose, self.tr("sent because you allowed it"))

    def _name(self, one: Outgoing) -> str:
        """The tester's name of the file; packed ones are called otherwise at the hub."""
        return self._names.get(one.pos, one.name)

    def _words(self, one: Outgoing) -> tuple[str, str]:
        if one.purpose == "words":
            return "chat-text", self.tr("Your words, device model, build and guide step")
        if one.purpose in PICTURES:
            if one.hidden:
                hidden = self.tr("%n areas hidden", "", one.hidden)
                return "image", self.tr("{name}, {hidden}, facts of the file removed").format(name=self._name(one), hidden=hidden)
            return "image", self.tr("{name}, facts of the file removed").format(name=self._name(one))
        if one.hidden or one.purpose != "file":
            hidden = self.tr("%n details hidden", "", one.hidden)
            return "file-text", self.tr("{name}, {hidden}").format(name=self._name(one), hidden=hidden)
        return "file", self.tr("{name}, as it is").format(name=self._name(one))
