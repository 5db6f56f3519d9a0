# SPDX-License-Identifier: Apache-2.0
"""The page of devices: nothing, phones, routers, recoveries, cards and why one is hidden, practice devices, the router dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gallery.stage import Stage


def empty(stage: Stage) -> QWidget:
    """This very PC: whatever it lacks, and no device."""
    desk = stage.desk()
    desk.window.visit("devices")
    stage.settle()
    return stage.window


SCENES = {"empty": empty}
