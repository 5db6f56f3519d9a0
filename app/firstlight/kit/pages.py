# SPDX-License-Identifier: Apache-2.0
"""The frame of a page: a header with a title, a body that scrolls; and the frame of players and editors.

A page says what is wide by `wide`, kept by the shell: at 1040 px of window and more the sidebar shows, below it the rail.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from firstlight.kit.bare_page import BasePage
from firstlight.kit.buttons import IconButton
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label


class Page(BasePage):
    """A page of the sidebar: put widgets into `body`, small things into `header_right`."""

    def __init__(self, kit: Kit, title: str, subtitle: str = "", *, scroll: bool = True, back: bool = False) -> None:
        super().__init__(kit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._add_header(outer, title, subtitle, back)
        self._inner = inner = QWidget()
        inner.setObjectName("pageBody")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(24, 0, 24, 20)
        self.body.setSpacing(16)
        if scroll:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(inner)
            outer.addWidget(area, 1)
            self.scroll_area: QScrollArea | None = area
        else:
            outer.addWidget(inner, 1)
            self.scroll_area = None
        self.footer = QVBoxLayout()
        outer.addLayout(self.footer)

    def regions(self) -> tuple[QWidget, ...]:
        """Header, page, action bar."""
        return (self.header, self._inner, *_widgets(self.footer))

    def _add_header(self, outer: QVBoxLayout, title: str, subtitle: str, back: bool) -> None:
        kit = self.kit
        self.header = QWidget()
        row = QHBoxLayout(self.header)
        row.setContentsMargins(24, 18, 24, 14)
        row.setSpacing(12)
        self.back_button = IconButton(kit, "arrow-left", self.tr("Back"))
        self.back_button.setProperty("flat", True)
        if not back:
            self.back_button.hide()
        row.addWidget(self.back_button)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = label(title, "title", wrap=False)
        self._title.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._subtitle = ElidedLabel(subtitle, "small", tone="2")
        if not subtitle:
            self._subtitle.hide()
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        row.addLayout(words, 1)
        self.header_right = QHBoxLayout()
        self.header_right.setSpacing(8)
        row.addLayout(self.header_right)
        outer.addWidget(self.header)

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)

    def set_subtitle(self, subtitle: str) -> None:
        """Another line below the title."""
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))


class PlayerPage(BasePage):
    """The frame of players and editors: top bar 56, `columns` (rail, centre, side), action bar 64.

    Signals: back_requested().
    """

    back_requested = Signal()
    hides_sidebar = True

    def __init__(self, kit: Kit, title: str, subtitle: str = "") -> None:
        super().__init__(kit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._top = top = QFrame()
        top.setObjectName("playerTop")
        top.setFixedHeight(kit.theme.px(56))
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 0, 20, 0)
        row.setSpacing(12)
        back = IconButton(kit, "arrow-left", self.tr("Back"))
        back.setProperty("flat", True)
        back.clicked.connect(self.back_requested)
        row.addWidget(back)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        self._title = ElidedLabel(title, "strong")
        self._subtitle = ElidedLabel(subtitle, "cap", tone="2")
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        words.addStretch()
        self.top_words = QWidget()
        self.top_words.setLayout(words)
        row.addWidget(self.top_words)
        self.top_middle = QHBoxLayout()
        row.addLayout(self.top_middle)
        row.addStretch(1)
        self.top_right = QHBoxLayout()
        self.top_right.setSpacing(8)
        row.addLayout(self.top_right)
        outer.addWidget(top)
        middle = QWidget()
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.columns = QHBoxLayout(middle)
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(0)
        outer.addWidget(middle, 1)
        self._bottom = bottom = QFrame()
        bottom.setObjectName("playerActions")
        bottom.setMinimumHeight(kit.theme.px(64))
        self.action_bar = QHBoxLayout(bottom)
        self.action_bar.setContentsMargins(20, 11, 20, 11)
        self.action_bar.setSpacing(12)
        outer.addWidget(bottom)

    def regions(self) -> tuple[QWidget, ...]:
        """Top bar, each column, action bar."""
        return (self._top, *_widgets(self.columns), self._bottom)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Another title and line below."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))


def _widgets(layout: QLayout) -> tuple[QWidget, ...]:
    items = (layout.itemAt(at) for at in range(layout.count()))
    return tuple(widget for item in items if item is not None and (widget := item.widget()) is not None)


class RailColumn(QFrame):
    """The left column of a player, on its own ground; `box` holds its rows."""

    def __init__(self, width: int, *, side: str = "left") -> None:
        super().__init__()
        self.setObjectName("playerRail" if side == "left" else "playerSide")
        self.setFixedWidth(width)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(10, 12, 10, 12) if side == "left" else self.box.setContentsMargins(20, 16, 20, 16)
        self.box.setSpacing(2 if side == "left" else 12)
