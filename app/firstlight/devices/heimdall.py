# SPDX-License-Identifier: Apache-2.0
"""Phones in a download mode that only the program `heimdall` speaks. It is not part of this app: who has none is told so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices import tool
from firstlight.devices.errors import DeviceLost, DeviceNotFound, DeviceStalled, ToolFailed, ToolMissing
from firstlight.devices.fastboot import Watch, flash_deadline_s
from firstlight.devices.tool import Tool

_ASK_S = 10.0
_LOOK_EVERY_S = 2.0
_UPLOADING = re.compile(r"Uploading (\S{1,40})")


@dataclass(frozen=True)
class Heimdall:
    """The program `tool`."""

    tool: Tool

    def is_there(self) -> bool:
        """Whether a phone in its download mode is attached."""
        return self.tool.run("detect", deadline_s=_ASK_S).is_ok

    def wait(self, seconds: float, work: Work) -> None:
        """Until one is; DeviceNotFound."""
        waited = 0.0
        while not self.is_there():
            if waited >= seconds:
                raise DeviceNotFound(serial="", tail="", seconds=int(seconds))
            work.say("wait", int(waited), int(seconds))
            work.wait(_LOOK_EVERY_S)
            waited += _LOOK_EVERY_S

    def flash(self, images: Mapping[str, Path], watch: Watch) -> None:
        """All images in one call; the phone restarts after it."""
        if not self.is_there():
            raise DeviceNotFound(serial="", tail="", seconds=0)
        words = [word for name, image in images.items() for word in (f"--{name}", str(image))]
        size = sum(image.stat().st_size for image in images.values())

        def said(text: str) -> None:
            for line in text.splitlines():
                if _UPLOADING.search(line):
                    watch.said(line.strip()[:200], "plain")

        outcome = self.tool.run("flash", *words, deadline_s=flash_deadline_s(size), on_text=said, on_silence=watch.silent)
        if outcome.exit is None:
            raise DeviceStalled(address="heimdall", seconds=int(outcome.seconds))
        if "failed to access device" in outcome.output.lower():
            raise DeviceLost(address="heimdall", why="it went away")
        if not outcome.is_ok:
            raise ToolFailed(tool="heimdall", exit=outcome.exit, said=outcome.output.strip()[-300:])


def find() -> Heimdall:
    """The program on this PC; ToolMissing."""
    found = tool.find("heimdall")
    if found is None:
        raise ToolMissing(tool="heimdall")
    return Heimdall(found)
