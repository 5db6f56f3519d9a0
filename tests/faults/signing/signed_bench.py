# SPDX-License-Identifier: Apache-2.0
"""A desktop, its hub and the maker who signs: what the tests of signed files stand on."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from fakes.signed_hub import HostileHub, Maker
from firstlight.base.work import Work
from firstlight.firmware.trust import Trust
from firstlight_contract.signing import TARGETS_PATH

IMAGE = os.urandom(300_000)
PATH, PLACE = "a1/26.47-boot.img", TARGETS_PATH + "a1/.*boot.img"


class Bench:
    """A desktop that may ask a hub which serves what a maker signed."""

    def __init__(self, hub: HostileHub, maker: Maker, folder: Path) -> None:
        self.hub, self.maker, self.folder = hub, maker, folder
        client = hub.client()
        self.now = datetime.now(UTC)
        self.trust = Trust(folder / "trust", lambda: client, now=lambda: self.now)
        self.builds = folder / "builds"

    def fetch(self, work: Work | None = None) -> Path:
        return self.trust.fetch(PATH, self.builds, work or Work())

    @property
    def part(self) -> Path:
        return self.builds / "26.47-boot.img.part"

    def ranges(self) -> list[str]:
        return [asked for path, asked in self.hub.asked if path.startswith(TARGETS_PATH)]
