# SPDX-License-Identifier: Apache-2.0
"""The sidebar of 216 px and the icon rail of 56 px: sections, report a problem, settings, the state of the network."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from firstlight.kit.buttons import Button, IconButton
from firstlight.kit.frames import IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label


@dataclass(frozen=True)
class Section:
    """One entry: `key` names the page, `count` shows a number that waits for the tester."""

    key: str
    name: str
    icon: str
    count: int = 0


@dataclass(frozen=True)
class Network:
    """What the foot of the sidebar says."""

    is_online: bool
    title: str
    detail: str
    icon: str


class NavButton(QPushButton):
    """A section of the sidebar: bar at the left edge when chosen, number at the right."""

    def __init__(self, kit: Kit, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(f" {section.name}", parent)
        self._kit = kit
        self._section = section
        self.setProperty("nav", True)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(18, 18))
        self.toggled.connect(self._on_toggled)
        self._on_toggled(False)
        self.set_count(section.count)

    def set_count(self, count: int) -> None:
        """How many things there wait for the tester."""
        self._count = count
        self.setAccessibleName(f"{self._section.name}, {count}" if count else self._section.name)
        self.update()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.setIcon(self._kit.icons.icon(self._section.icon, "accent-text" if on else "text-2", 18))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The style's button, then our bar and number: a border-left with a radius would bend."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme = self._kit.theme
        if self.isChecked():
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(QRectF(0, 9, 3, self.height() - 18), 1.5, 1.5)
        if self._count:
            text = str(self._count)
            font = theme.font(12, 600)
            painter.setFont(font)
            width = max(20, painter.fontMetrics().horizontalAdvance(text) + 12)
            area = QRectF(self.width() - width - 10, (self.height() - 20) / 2, width, 20)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(area, 10, 10)
            painter.setPen(theme.color("on-accent"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


class RailButton(QToolButton):
    """A section of the rail: icon alone, name as tooltip and for readers."""

    def __init__(self, kit: Kit, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._section = section
        self.setCheckable(True)
        self.setProperty("flat", True)
        self.setFixedSize(40, 40)
        self.setIconSize(QSize(20, 20))
        self.setToolTip(section.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._on_toggled)
        self._on_toggled(False)
        self.set_count(section.count)

    def set_count(self, count: int) -> None:
        """A dot says that something waits."""
        self._count = count
        self.setAccessibleName(f"{self._section.name}, {count}" if count else self._section.name)
        self.update()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.setIcon(self._kit.icons.icon(self._section.icon, "accent-text" if on else "text-2", 20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Bar when chosen, dot when something waits."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._kit.theme.color("accent"))
        if self.isChecked():
            painter.drawRoundedRect(QRectF(0, 10, 3, self.height() - 20), 1.5, 1.5)
        if self._count:
            painter.drawEllipse(QRectF(27, 6, 8, 8))


def programme_mark(kit: Kit, size: int) -> QPixmap:
    """The maker's mark, sharp."""
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(str(kit.resources / "images" / "aurora-mark.svg")).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap


class Navigation(QFrame):
    """Sidebar or rail; the shell switches by `set_narrow`.

    Signals: chosen(str key), report_asked(), network_asked(), menu_chosen(str).
    """

    chosen = Signal(str)
    report_asked = Signal()
    network_asked = Signal()
    menu_chosen = Signal(str)

    def __init__(self, kit: Kit, sections: tuple[Section, ...], programme: tuple[str, str], menu: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._kit = kit
        self._sections = sections
        self._programme = programme
        self._menu = menu
        self._is_narrow = False
        self._buttons: dict[str, NavButton | RailButton] = {}
        self._current = ""
        self._network = Network(True, "", "", "cloud-check")
        self._layout = QVBoxLayout(self)
        self._inner: QWidget | None = None
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._build()

    def set_narrow(self, narrow: bool) -> None:
        """Rail instead of sidebar, or back."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._build()

    def set_current(self, key: str) -> None:
        """Mark a section as the one in view; "" marks none."""
        self._current = key
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def set_count(self, key: str, count: int) -> None:
        """How many things of a section wait for the tester."""
        self._sections = tuple(Section(s.key, s.name, s.icon, count if s.key == key else s.count) for s in self._sections)
        if key in self._buttons:
            self._buttons[key].set_count(count)

    def set_network(self, network: Network) -> None:
        """Say what the network is like."""
        self._network = network
        self._show_network()

    def _build(self) -> None:
        if self._inner is not None:
            self._inner.hide()
            self._inner.deleteLater()
        self._buttons = {}
        self._inner = self._rail() if self._is_narrow else self._sidebar()
        self._layout.addWidget(self._inner)
        self.setFixedWidth(56 if self._is_narrow else max(216, self._kit.theme.px(216)))
        self.set_current(self._current)
        self._show_network()

    def _group(self, parent: QWidget) -> QButtonGroup:
        group = QButtonGroup(parent)
        group.setExclusive(False)
        return group

    def _sidebar(self) -> QWidget:
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        box = QVBoxLayout()
        box.setContentsMargins(12, 12, 12, 0)
        box.setSpacing(2)
        outer.addLayout(box, 1)
        box.addWidget(self._programme_button())
        box.addSpacing(8)
        for section in self._sections:
            if section.key == "settings":
                continue
            box.addWidget(self._nav(NavButton(self._kit, section, inner), section.key))
        box.addStretch(1)
        report = Button(self._kit, self.tr("Report a problem"), icon="bug-beetle")
        report.clicked.connect(self.report_asked)
        box.addWidget(report)
        box.addSpacing(4)
        for section in self._sections:
            if section.key == "settings":
                box.addWidget(self._nav(NavButton(self._kit, section, inner), section.key))
        outer.addWidget(self._network_foot())
        return inner

    def _nav(self, button: NavButton | RailButton, key: str) -> NavButton | RailButton:
        button.clicked.connect(lambda: self._on_clicked(key))
        self._buttons[key] = button
        return button

    def _on_clicked(self, key: str) -> None:
        self.set_current(self._current)
        self.chosen.emit(key)

    def _programme_button(self) -> QWidget:
        button = QToolButton()
        button.setProperty("flat", True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setFixedHeight(self._kit.theme.px(50))
        button.setMinimumWidth(190)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(button)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(10)
        mark = label("", wrap=False)
        mark.setPixmap(programme_mark(self._kit, 28))
        row.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(self._programme[0], "smallstrong"))
        words.addWidget(ElidedLabel(self._programme[1], "cap", tone="2"))
        row.addLayout(words, 1)
        row.addWidget(IconLabel(self._kit, "caret-down", "text-2", 16))
        button.setAccessibleName(f"{self._programme[0]}, {self._programme[1]}")
        button.setMenu(self._account_menu(button))
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        return button

    def _account_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        for key, text in self._menu:
            if not key:
                menu.addSeparator() if not text else menu.addAction(text).setEnabled(False)
                continue
            menu.addAction(text).triggered.connect(lambda _=False, key=key: self.menu_chosen.emit(key))
        return menu

    def _network_foot(self) -> QWidget:
        foot = QToolButton()
        foot.setObjectName("network")
        foot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        foot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        foot.setFixedHeight(self._kit.theme.px(54))
        foot.clicked.connect(self.network_asked)
        row = QHBoxLayout(foot)
        row.setContentsMargins(22, 10, 12, 12)
        row.setSpacing(10)
        self._net_icon = IconLabel(self._kit, "cloud-check", "ok", 20)
        row.addWidget(self._net_icon)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._net_title = ElidedLabel("", "capstrong")
        self._net_detail = ElidedLabel("", "cap", tone="2")
        words.addWidget(self._net_title)
        words.addWidget(self._net_detail)
        row.addLayout(words, 1)
        self._net_foot = foot
        return foot

    def _rail(self) -> QWidget:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(8, 12, 8, 10)
        box.setSpacing(4)
        mark = QToolButton()
        mark.setProperty("flat", True)
        mark.setFixedSize(40, 40)
        mark.setIcon(programme_mark(self._kit, 28))
        mark.setIconSize(QSize(28, 28))
        mark.setAccessibleName(f"{self._programme[0]}, {self._programme[1]}")
        mark.setToolTip(self._programme[0])
        mark.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        mark.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        mark.setMenu(self._account_menu(mark))
        mark.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        box.addWidget(mark)
        box.addSpacing(6)
        for section in self._sections:
            if section.key != "settings":
                box.addWidget(self._nav(RailButton(self._kit, section, inner), section.key))
        box.addStretch(1)
        report = IconButton(self._kit, "bug-beetle", self.tr("Report a problem"), size="large", role="text-2")
        report.setProperty("flat", True)
        report.clicked.connect(self.report_asked)
        box.addWidget(report)
        for section in self._sections:
            if section.key == "settings":
                box.addWidget(self._nav(RailButton(self._kit, section, inner), section.key))
        self._net_button = IconButton(self._kit, "cloud-check", "", size="large", role="ok")
        self._net_button.setProperty("flat", True)
        self._net_button.clicked.connect(self.network_asked)
        box.addWidget(self._net_button)
        return inner

    def _show_network(self) -> None:
        state = self._network
        role = "ok" if state.is_online else "warn"
        if self._is_narrow:
            self._net_button.setIcon(self._kit.icons.icon(state.icon, role, 20))
            words = f"{state.title}. {state.detail}".strip()
            self._net_button.setToolTip(words)
            self._net_button.setAccessibleName(words)
            return
        self._net_icon.set_icon(state.icon, role)
        self._net_title.setText(state.title)
        self._net_detail.setText(state.detail)
        self._net_detail.setVisible(bool(state.detail))
        self._net_foot.setAccessibleName(f"{state.title}. {state.detail}".strip())
        self._net_foot.setProperty("offline", not state.is_online)
        self._net_foot.style().unpolish(self._net_foot)
        self._net_foot.style().polish(self._net_foot)
