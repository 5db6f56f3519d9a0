# SPDX-License-Identifier: Apache-2.0
"""Language, theme and text size as Qt sees them: translators, fonts, the style sheet; a new Kit after each change."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QLocale, QObject, QTranslator
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from firstlight.base.settings import Settings
from firstlight.kit.icons import Icons
from firstlight.kit.jobs import Jobs
from firstlight.kit.kit import Kit
from firstlight.kit.theme import FAMILIES, Theme, load_fonts, system_theme
from firstlight.kit.toasts import Toasts

if TYPE_CHECKING:
    from datetime import datetime


def language_of(settings: Settings) -> str:
    """The language of the window: the tester's choice, else the system's where we speak it, else English."""
    if settings.language:
        return settings.language
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def new_application() -> QApplication:
    """Qt's application in the style that ours stands on. Asked for by argument: the setter answers with a style object, and to bring
    that to Python costs a tenth of the whole start."""
    return QApplication([*sys.argv[:1], "-style", "fusion"])


class Look(QObject):
    """Owns what of the look belongs to the whole application. `apply` returns the Kit that pages are built with."""

    def __init__(self, app: QApplication, resources: Path, now: Callable[[], datetime]) -> None:
        super().__init__(app)
        self._app = app
        self._resources = resources
        self._now = now
        self._translators: list[QTranslator] = []
        self._language = ""
        self._is_dressed = False
        self.jobs = Jobs(self)
        self.toasts = Toasts(self)
        load_fonts(resources / "fonts")

    def show_icon(self) -> None:
        """The program's picture, for the task bar; after the first paint."""
        self._app.setWindowIcon(QtGui.QIcon(str(self._resources / "images" / "logo.svg")))

    def apply(self, settings: Settings) -> Kit:
        """Dress the application as `settings` say."""
        kit = self.prepare(settings)
        self.dress(kit)
        return kit

    def dress(self, kit: Kit) -> None:
        """The style sheet. Before the first paint this comes last: each widget is then looked at once, and not at each step of its building."""
        sheet = kit.theme.style_sheet()
        if sheet != self._app.styleSheet():  # Qt would look at every widget again, also at those that another language throws away
            self._app.setStyleSheet(sheet)

    def prepare(self, settings: Settings) -> Kit:
        """Language, fonts and colours: what building pages needs."""
        language = language_of(settings)
        if language != self._language:
            self._speak(language)
        name = self._system_theme() if settings.theme == "system" else settings.theme
        theme = Theme(self._resources, name=name, percent=settings.text_percent)
        font = theme.font(14)
        font.setFamilies(list(FAMILIES))
        self._app.setFont(font)
        self._app.setPalette(_palette(theme))
        self._is_dressed = True
        return Kit(
            theme=theme,
            icons=Icons(theme, self._resources / "icons"),
            jobs=self.jobs,
            toasts=self.toasts,
            language=language,
            now=self._now,
            resources=self._resources,
        )

    def _system_theme(self) -> str:
        # As long as nobody painted over it, the palette is the desktop's own and says it too, without the namespace `Qt`.
        if self._is_dressed:
            return system_theme()
        return "dark" if self._app.palette().color(QPalette.ColorRole.Window).lightness() < 128 else "light"

    def _speak(self, language: str) -> None:
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = []
        QLocale.setDefault(QLocale("zh_CN" if language == "zh_CN" else "en_GB"))
        files = [*sorted((self._resources / "i18n" / language).glob("*.qm"))]
        if language != "en":
            files.append(Path(QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{language}.qm")
        for file in files:
            translator = QTranslator(self)
            if file.is_file() and translator.load(str(file)):
                self._app.installTranslator(translator)
                self._translators.append(translator)
        self._language = language


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface-2",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "selected",
        QPalette.ColorRole.HighlightedText: "text",
        QPalette.ColorRole.PlaceholderText: "text-3",
        QPalette.ColorRole.Link: "accent-text",
        QPalette.ColorRole.ToolTipBase: "tip",
        QPalette.ColorRole.ToolTipText: "tip-text",
        QPalette.ColorRole.Mid: "line",
    }
    for role, name in roles.items():
        palette.setColor(role, theme.color(name))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, theme.color("text-3"))
    return palette
