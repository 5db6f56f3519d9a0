# SPDX-License-Identifier: Apache-2.0
"""What is dragged in from elsewhere is copied, never moved: a file manager that heard "moved" would delete the tester's file."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent


def accept_as_copy(event: QDropEvent) -> None:
    """Take it (also when it only enters), whatever was proposed."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def is_for_keeping(mime: QMimeData) -> bool:
    """Whether it is files or a picture, and no words for a field."""
    return any(url.isLocalFile() for url in mime.urls()) or (mime.hasImage() and not mime.hasText())
