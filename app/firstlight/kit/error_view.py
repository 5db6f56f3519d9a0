# SPDX-License-Identifier: Apache-2.0
"""A known fault on a page: what happened in bold, what is safe and what to do next below."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from firstlight.base.errors import FirstlightError
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.error_text import explain
from firstlight.kit.frames import Banner
from firstlight.kit.kit import Kit


class ErrorCard(Banner):
    """A banner for `error`, with actions."""

    def __init__(
        self, kit: Kit, error: FirstlightError, actions: tuple[Button, ...] = (), *, kind: str = "danger", parent: QWidget | None = None
    ) -> None:
        said = explain(error)
        text = figures.sentences((said.safe, said.next), kit.language)
        super().__init__(kit, kind, text, bold=said.happened, actions=actions, is_stacked=len(actions) > 1, parent=parent)
        self.setToolTip(said.code)
