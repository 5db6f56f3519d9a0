# SPDX-License-Identifier: Apache-2.0
"""What the parts of the shell see of each other, so that none has to import the one that builds it."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtWidgets import QApplication

from firstlight.account.ui.welcome_page import WelcomePage
from firstlight.base.settings import Settings
from firstlight.guides.ui.run_host import RunHost
from firstlight.kit.kit import Kit
from firstlight.profile import Profile
from firstlight.shell.bench import Bench
from firstlight.shell.clockwork import Clockwork
from firstlight.shell.look import Look
from firstlight.shell.window import MainWindow


class House(Protocol):
    """The application, as the desk sees it."""

    app: QApplication
    settings: Settings
    version: str
    look: Look
    kit: Kit
    window: MainWindow

    @property
    def is_demo(self) -> bool:
        """Whether the hub of this PC is meant."""

    def welcome_page(self, hub: str = "") -> WelcomePage:
        """A page with the three ways in."""


class DeskTop(Protocol):
    """The desk, as pages and notices see it."""

    profile: Profile
    window: MainWindow
    bench: Bench
    host: RunHost
    clockwork: Clockwork

    @property
    def kit(self) -> Kit:
        """The look of now."""

    @property
    def version(self) -> str:
        """Of Firstlight."""

    @property
    def account_id(self) -> int:
        """Row of the account in use; 0 when nobody is signed in."""

    def new_welcome_page(self) -> WelcomePage:
        """A welcome page that leads here."""

    def new_report(self) -> None:
        """An empty report."""

    def report_from_run(self, context: Any) -> None:
        """A report from a step of a guide."""

    def sign_in_again(self) -> None:
        """The way in, beside everything that is kept."""

    def sign_out(self) -> None:
        """Drop the key; everything else stays."""

    def join(self, code: str) -> None:
        """Join another programme."""

    def keep(self, **what: object) -> None:
        """Change settings, on the disk first."""

    def on_settings_changed(self, changed: Settings) -> None:
        """The settings page changed something."""
