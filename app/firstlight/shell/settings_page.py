# SPDX-License-Identifier: Apache-2.0
"""Settings: account, look, network, storage, tools, keys, about. Every change is kept at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.settings import Settings
from firstlight.kit import figures
from firstlight.kit.buttons import Button, Segmented, Switch
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Card, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label
from firstlight.kit.pages import Page

KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+1 … 4", "sections"),
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
    """Who is signed in, "" when nobody is."""

    name: str
    email: str
    hub: str
    number: int


@dataclasses.dataclass(frozen=True)
class StorageFacts:
    """What takes space, in bytes."""

    reports: int
    builds: int
    guides: int
    free: int


class SettingsPage(Page):
    """Signals: changed(Settings), sign_out_asked(), join_asked(str code)."""

    changed = Signal(object)
    sign_out_asked = Signal()
    join_asked = Signal(str)

    def __init__(
        self,
        kit: Kit,
        *,
        settings: Settings,
        account: AccountFacts | None,
        measure: Callable[..., StorageFacts],
        clean: Callable[..., int],
        tools: Callable[..., dict[str, str]],
        folder: Path,
        version: str,
    ) -> None:
        super().__init__(kit, self.tr("Settings"))
        self._settings = settings
        self._measure = measure
        self._clean = clean
        self._folder = folder
        if account is not None:
            self.body.addWidget(self._account_card(account))
        self.body.addWidget(self._look_card())
        self.body.addWidget(self._network_card())
        self.body.addWidget(self._storage_card())
        self.body.addWidget(self._tools_card())
        self.body.addWidget(self._keys_card())
        self.body.addWidget(self._about_card(version))
        self.body.addStretch()
        self._start(measure, self._on_measured)
        self._start(tools, self._on_tools)

    def _start(self, fn: Callable[..., Any], done: Callable[[Any], None]) -> None:
        job = self.kit.jobs.start(fn, lane="look", owner=self)
        job.finished.connect(done)
        job.failed.connect(self._on_failed)

    def _change(self, **what: object) -> None:
        self._settings = dataclasses.replace(self._settings, **what)  # type: ignore[arg-type]
        self.changed.emit(self._settings)

    # -- cards ---------------------------------------------------------------------------------------------------------

    def _card(self, title: str) -> Card:
        card = Card(16, 10)
        card.box.addWidget(label(title, "h2"))
        return card

    def _row(self, card: Card, name: str, text: str, control: QWidget) -> None:
        card.box.addWidget(Separator())
        row = QHBoxLayout()
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(name, "smallstrong"))
        if text:
            words.addWidget(label(text, "cap", tone="2"))
        row.addLayout(words, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        card.box.addLayout(row)

    def _account_card(self, account: AccountFacts) -> Card:
        card = self._card(self.tr("Account"))
        out = Button(self.kit, self.tr("Sign out"), icon="sign-out")
        out.clicked.connect(self.sign_out_asked)
        who = self.tr("{name}, tester no. {number}").format(name=account.name, number=account.number) if account.number else account.name
        self._row(
            card,
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
        self._row(card, self.tr("Join another programme"), self.tr("With an F-code of the same maker."), both)
        return card

    def _look_card(self) -> Card:
        card = self._card(self.tr("Look"))
        languages = Segmented(self.kit, (("en", "English"), ("zh_CN", "简体中文")), self.kit.language, name=self.tr("Language"))
        languages.chosen.connect(lambda key: self._change(language=key))
        self._row(card, self.tr("Language"), self.tr("At once, also for guides."), languages)
        themes = Segmented(
            self.kit,
            (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))),
            self._settings.theme,
            name=self.tr("Theme"),
        )
        themes.chosen.connect(lambda key: self._change(theme=key))
        self._row(card, self.tr("Theme"), "", themes)
        sizes = Segmented(
            self.kit,
            tuple((str(n), figures.percent(n, self.kit.language)) for n in (90, 100, 125, 150, 200)),
            str(self._settings.text_percent if self._settings.text_percent in (90, 100, 125, 150, 200) else 100),
            name=self.tr("Text size"),
        )
        sizes.chosen.connect(lambda key: self._change(text_percent=int(key)))
        self._row(
            card, self.tr("Text size"), self.tr("On top of your system's own size. From 150 % on, columns stand below each other."), sizes
        )
        motion = Switch(self.kit, self.tr("Less motion"), self._settings.less_motion)
        motion.toggled.connect(lambda on: self._change(less_motion=on))
        self._row(card, self.tr("Less motion"), self.tr("No animations."), motion)
        return card

    def _network_card(self) -> Card:
        card = self._card(self.tr("Hub and network"))
        offline = Switch(self.kit, self.tr("Work offline"), self._settings.work_offline)
        offline.toggled.connect(lambda on: self._change(work_offline=on))
        self._row(
            card,
            self.tr("Work offline"),
            self.tr("Nothing is asked of the network until you switch this off. Everything you write waits in the outbox."),
            offline,
        )
        self._row(card, self.tr("Hub"), self._settings.hub or self.tr("No hub yet"), QWidget())
        return card

    def _storage_card(self) -> Card:
        card = self._card(self.tr("Storage"))
        self._sizes = label(self.tr("Measuring"), "small", tone="2")
        open_it = Button(self.kit, self.tr("Open the folder"), icon="folder-open")
        open_it.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))))
        self._row(card, self.tr("Where it lies"), str(self._folder), open_it)
        card.box.addWidget(Separator())
        row = QHBoxLayout()
        row.addWidget(self._sizes, 1)
        clean = Button(self.kit, self.tr("Remove fetched builds"), icon="trash")
        clean.clicked.connect(lambda: self._start(self._clean, self._on_cleaned))
        row.addWidget(clean)
        card.box.addLayout(row)
        return card

    def _tools_card(self) -> Card:
        card = self._card(self.tr("Tools"))
        self._tools: dict[str, ElidedLabel] = {}
        for name in ("adb", "fastboot"):
            said = ElidedLabel(self.tr("Looking"), "cap", tone="2", mode="middle")
            said.setMinimumWidth(self.kit.theme.px(220))
            self._tools[name] = said
            choose = Button(self.kit, self.tr("Choose"))
            choose.setAccessibleName(self.tr("Choose {tool}").format(tool=name))
            choose.clicked.connect(lambda _=False, name=name: self._choose_tool(name))
            both = QWidget()
            row = QHBoxLayout(both)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(said)
            row.addWidget(choose)
            self._row(card, name, "", both)
        return card

    def _keys_card(self) -> Card:
        card = self._card(self.tr("Keys"))
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
        card = self._card(self.tr("About"))
        licences = Button(self.kit, self.tr("Licences"))
        licences.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.kit.resources / "licences"))))
        self._row(card, f"Firstlight {version}", self.tr("Apache-2.0. Icons: Phosphor. Type: Inter and JetBrains Mono."), licences)
        return card

    # -- answers -------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_measured(self, facts: StorageFacts) -> None:
        size = QLocale().formattedDataSize
        self._sizes.setText(
            self.tr("Reports and pictures {reports}, fetched builds {builds}, guides {guides}. {free} free on this disk.").format(
                reports=size(facts.reports), builds=size(facts.builds), guides=size(facts.guides), free=size(facts.free)
            )
        )

    @Slot(object)
    def _on_cleaned(self, freed: int) -> None:
        self.kit.toasts.show(
            self.tr("{size} freed. Builds are fetched again when you need them.").format(size=QLocale().formattedDataSize(freed)), None, 6
        )
        self._start(self._measure, self._on_measured)

    @Slot(object)
    def _on_tools(self, found: dict[str, str]) -> None:
        for name, path in found.items():
            self._tools[name].setText(path or self.tr("Not found. Firstlight's own client is used where that is safe."))

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        self.body.insertWidget(0, ErrorCard(self.kit, error))

    def _choose_tool(self, name: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose {tool}").format(tool=name))
        if path:
            self._tools[name].setText(path)
            self._change(**{name: path})
