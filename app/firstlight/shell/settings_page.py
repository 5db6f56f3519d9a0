# SPDX-License-Identifier: Apache-2.0
"""Settings: account, look, network, storage, tools, keys, about. Every change is kept at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.settings import Settings
from firstlight.kit import figures
from firstlight.kit.buttons import Button, Segmented, Switch
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Card, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label
from firstlight.kit.pages import Page
from firstlight.shell.sending_card import SendingCard
from firstlight.shell.settings_card import SettingsCard
from firstlight.shell.storage_card import StorageCard, StorageFacts

if TYPE_CHECKING:
    from firstlight.firmware.trust import Pin

KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+1 … 5", "sections"),
    ("Ctrl+N", "new"),
    ("Ctrl+Shift+R", "here"),
    ("Ctrl+Enter", "next"),
    ("Ctrl+Z, Ctrl+Shift+Z", "undo"),
    ("Alt+Left", "back"),
    ("V A R T N H X", "tools"),
    ("F6", "region"),
    ("Ctrl+,", "settings"),
)


@dataclasses.dataclass(frozen=True)
class AccountFacts:
    """Who is signed in, "" when nobody is. `pin`: whose signed builds are taken; None while the hub was never seen to sign."""

    name: str
    email: str
    hub: str
    number: int
    pin: Pin | None = None


class SettingsPage(Page):
    """Signals: changed(Settings), sign_out_asked(), join_asked(str code), save_asked() and bring_asked() of bundles for a stick."""

    changed = Signal(object)
    sign_out_asked = Signal()
    join_asked = Signal(str)
    save_asked = Signal()
    bring_asked = Signal()

    def __init__(
        self,
        kit: Kit,
        *,
        settings: Settings,
        account: AccountFacts | None,
        measure: Callable[..., StorageFacts],
        wipe: Callable[..., int],
        tools: Callable[..., dict[str, str]],
        folder: Path,
        version: str,
    ) -> None:
        super().__init__(kit, self.tr("Settings"))
        self._settings = settings
        self._find_tools = tools
        self._failure: ErrorCard | None = None
        if account is not None:
            self.body.addWidget(self._account_card(account))
        self.body.addWidget(self._look_card())
        self.body.addWidget(self._network_card())
        self.body.addWidget(self._sending_card())
        self._storage = StorageCard(kit, folder=folder, measure=measure, wipe=wipe)
        self._storage.failed.connect(self._on_failed)
        self.body.addWidget(self._storage)
        self.body.addWidget(self._tools_card())
        self.body.addWidget(self._keys_card())
        self.body.addWidget(self._about_card(version))
        self.body.addStretch()

    def shown(self) -> None:
        """What waits, what is free and which tools there are may have changed since."""
        if self._failure is not None:
            self._failure.hide()
            self._failure.deleteLater()
            self._failure = None
        self._storage.refresh()
        self._start(self._find_tools, self._on_tools)

    def _start(self, fn: Callable[..., Any], done: Callable[[Any], None]) -> None:
        job = self.kit.jobs.start(fn, lane="look", owner=self)
        job.finished.connect(done)
        job.failed.connect(self._on_failed)

    def _change(self, **what: object) -> None:
        self._settings = dataclasses.replace(self._settings, **what)  # type: ignore[arg-type]
        self.changed.emit(self._settings)

    # -- cards ---------------------------------------------------------------------------------------------------------

    def _account_card(self, account: AccountFacts) -> Card:
        card = SettingsCard(self.tr("Account"))
        out = Button(self.kit, self.tr("Sign out"), icon="sign-out")
        out.clicked.connect(self.sign_out_asked)
        who = self.tr("{name}, tester no. {number}").format(name=account.name, number=account.number) if account.number else account.name
        card.row(
            who,
            self.tr(
                "{email} at {hub}. Signing out keeps your reports, drafts and builds on this PC; what waits goes out when you are back."
            ).format(email=account.email, hub=account.hub),
            out,
        )
        code = QLineEdit()
        code.setProperty("mono", True)
        code.setPlaceholderText("F-XXXX-XXXX-XX")
        code.setFixedWidth(self.kit.theme.px(190))
        code.setAccessibleName(self.tr("F-code"))
        join = Button(self.kit, self.tr("Join"))
        join.clicked.connect(lambda: self.join_asked.emit(code.text().strip()) if code.text().strip() else code.setFocus())
        code.returnPressed.connect(join.click)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(code)
        row.addWidget(join)
        card.row(self.tr("Signed builds"), self._signed_words(account), None)
        card.row(self.tr("Join another programme"), self.tr("With an F-code of the same maker."), both)
        return card

    def _signed_words(self, account: AccountFacts) -> str:
        if account.pin is None:
            return self.tr("This hub was never seen to sign its builds; they are compared with what it lists.")
        if account.pin.is_demo:
            return self.tr(
                "Taken only when they are signed under the root {root}. This is a practice hub: it made all keys itself."
            ).format(root=account.pin.fingerprint)
        return self.tr(
            "Taken only when they are signed under the root {root}, trusted since {day}. Compare it with what the maker publishes."
        ).format(root=account.pin.fingerprint, day=figures.day_of_year(account.pin.day, self.kit.language))

    def _look_card(self) -> Card:
        card = SettingsCard(self.tr("Look"))
        languages = Segmented(self.kit, (("en", "English"), ("zh_CN", "简体中文")), self.kit.language, name=self.tr("Language"))
        languages.chosen.connect(lambda key: self._change(language=key))
        card.row(self.tr("Language"), self.tr("At once, also for guides."), languages)
        themes = Segmented(
            self.kit,
            (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))),
            self._settings.theme,
            name=self.tr("Theme"),
        )
        themes.chosen.connect(lambda key: self._change(theme=key))
        card.row(self.tr("Theme"), "", themes)
        sizes = Segmented(
            self.kit,
            tuple((str(n), figures.percent(n, self.kit.language)) for n in (90, 100, 125, 150, 200)),
            str(self._settings.text_percent if self._settings.text_percent in (90, 100, 125, 150, 200) else 100),
            name=self.tr("Text size"),
        )
        sizes.chosen.connect(lambda key: self._change(text_percent=int(key)))
        card.row(self.tr("Text size"), self.tr("On top of your system's own size. From 150 % on, columns stand below each other."), sizes)
        motion = Switch(self.kit, self.tr("Less motion"), self._settings.less_motion)
        motion.toggled.connect(lambda on: self._change(less_motion=on))
        card.row(self.tr("Less motion"), self.tr("No animations."), motion)
        return card

    def _network_card(self) -> Card:
        card = SettingsCard(self.tr("Hub and network"))
        offline = Switch(self.kit, self.tr("Work offline"), self._settings.work_offline)
        offline.toggled.connect(lambda on: self._change(work_offline=on))
        card.row(
            self.tr("Work offline"),
            self.tr("Nothing is asked of the network until you switch this off. Everything you write waits in the outbox."),
            offline,
        )
        card.row(self.tr("Hub"), self._settings.hub or self.tr("No hub yet"), QWidget())
        return card

    def _sending_card(self) -> Card:
        card = SendingCard(self.kit, self._settings)
        card.changed.connect(lambda name, value: self._change(**{name: value}))
        card.save_asked.connect(self.save_asked)
        card.bring_asked.connect(self.bring_asked)
        return card

    def _tools_card(self) -> Card:
        card = SettingsCard(self.tr("Tools"))
        self._tools: dict[str, ElidedLabel] = {}
        for name in ("adb", "fastboot"):
            said = ElidedLabel(self.tr("Looking"), "cap", tone="2", mode="middle")
            said.setMinimumWidth(self.kit.theme.px(220))
            said.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._tools[name] = said
            choose = Button(self.kit, self.tr("Choose"))
            choose.setAccessibleName(self.tr("Choose {tool}").format(tool=name))
            choose.clicked.connect(lambda _=False, name=name: self._choose_tool(name))
            both = QWidget()
            row = QHBoxLayout(both)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(said)
            row.addWidget(choose)
            card.row(name, "", both)
        return card

    def _keys_card(self) -> Card:
        card = SettingsCard(self.tr("Keys"))
        words = {
            "sections": self.tr("Go to a section"),
            "new": self.tr("New report"),
            "here": self.tr("Report a problem from anywhere"),
            "next": self.tr("Done and next, put in the outbox"),
            "undo": self.tr("Undo, redo"),
            "back": self.tr("Back"),
            "tools": self.tr("Tools of the picture editor"),
            "region": self.tr("Next part of the window"),
            "settings": self.tr("Settings"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        for at, (keys, what) in enumerate(KEYS):
            column = 2 * (at % 2)
            grid.addWidget(label(keys, "mono", wrap=False), at // 2, column)
            grid.addWidget(label(words[what], "small"), at // 2, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        card.box.addWidget(Separator())
        card.box.addLayout(grid)
        return card

    def _about_card(self, version: str) -> Card:
        card = SettingsCard(self.tr("About"))
        licences = Button(self.kit, self.tr("Licences"))
        licences.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.kit.resources / "licences"))))
        card.row(f"Firstlight {version}", self.tr("Apache-2.0. Icons: Phosphor. Type: Inter and JetBrains Mono."), licences)
        return card

    # -- answers -------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_tools(self, found: dict[str, str]) -> None:
        for name, path in found.items():
            self._tools[name].setText(path or self.tr("Not found. Firstlight's own client is used where that is safe."))

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        if self._failure is not None:
            self._failure.deleteLater()
        self._failure = ErrorCard(self.kit, error)
        self.body.insertWidget(0, self._failure)

    def _choose_tool(self, name: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose {tool}").format(tool=name))
        if path:
            self._tools[name].setText(path)
            self._change(**{name: path})
