# SPDX-License-Identifier: Apache-2.0
"""Guides for routers and the Runs that play them: over real folders, against a router at an address, with the real back-ends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.devices.address import parse
from firstlight.devices.inventory import Inventory
from firstlight.devices.router_keys import Login
from firstlight.devices.routers import Routers
from firstlight.firmware.images import Images
from firstlight.guides.backends import BackEnds
from firstlight.guides.news import News
from firstlight.guides.player import Player
from firstlight.guides.recoveries import Recoveries
from firstlight.guides.runs import Runs

FLASH = """
guide: 1
id: r1-weekly
version: "1.0"
title: The weekly build on a router
kind: flash
for: {{device: [r1]}}
ask: [{{id: keep, type: yes_no, label: Keep my settings, default: true}}]
files: {{firmware.bin: {{size: {size}, sha256: {sha256}}}}}
steps:
  - {{id: connect, title: Connect, do: [{{ssh.find: 5}}]}}
  - {{id: backup, title: Keep the settings, do: [ssh.backup]}}
  - id: flash
    title: Flash
    danger: brick
    gate:
      - ssh.board: "aurora,r1"
      - ssh.compat: {{file: firmware.bin, keep_if: keep}}
      - ssh.space: firmware.bin
      - ssh.kept
    do:
      - ssh.upload: firmware.bin
      - ssh.check_image: {{keep_if: keep}}
      - ssh.sysupgrade: {{file: firmware.bin, keep_if: keep}}
      - ssh.wait: {{seconds: {wait_s}, build: "26.47"}}
    after: [{{ssh.expect: {{name: build, is: "26.47"}}}}]
"""
RESCUE = """
guide: 1
id: r1-rescue
version: "1.0"
title: Bring a router back
kind: recover
for: {{device: [r1]}}
files: {{rescue.bin: {{size: {size}, sha256: {sha256}}}}}
steps:
  - {{id: find, title: Find it, do: [tftp.find]}}
  - id: rescue
    title: Rescue
    danger: brick
    gate: [tftp.alone]
    do:
      - {verb}: {{file: rescue.bin, seconds: {wait_s}}}
      - {{router.back: {{seconds: {wait_s}, build: "26.47", board: "aurora,r1"}}}}
"""


@dataclass
class RouterBench:
    """A folder with the file and the guide, and the addresses that the tester named."""

    root: Path
    addresses: tuple[str, ...]
    image: bytes
    text: str = FLASH
    verb: str = "tftp.serve"
    wait_s: int = 10
    told: list[News] = field(default_factory=list)
    work: Work = field(default_factory=Work)

    def __post_init__(self) -> None:
        name = "rescue.bin" if self.text is RESCUE else "firmware.bin"
        (self.root / "files").mkdir(parents=True, exist_ok=True)
        (self.root / "files" / name).write_bytes(self.image)
        (self.root / "guide").mkdir(exist_ok=True)
        sha256 = hashlib.sha256(self.image).hexdigest()
        text = self.text.format(size=len(self.image), sha256=sha256, wait_s=self.wait_s, verb=self.verb)
        (self.root / "guide" / "guide.yaml").write_text(text)
        self.runs = self.open_runs()

    def open_runs(self) -> Runs:
        """As after a start of the program."""
        self.routers = Routers(self.root, Login(key_files=tuple, has_agent=False))
        backends = BackEnds(
            Inventory(),
            routers=self.routers,
            recoveries=Recoveries(probe_s=0.1, linger_s=0.2, stall_s=1.0),
            given=lambda: tuple(parse(a) for a in self.addresses),
            given_files=self.root / "files",
        )
        return Runs(
            root=self.root / "runs",
            devices=backends,
            images=Images(self.root / "builds", lambda *_: None),
            releases=lambda account_id: (),
            keep_photo=lambda source, work: "",
            tell=self.told.append,
            events=Events(),
            now=lambda: datetime.now(UTC),
        )

    def start(self, *, keep: bool = True) -> Player:
        """A new run, its question answered."""
        player = self.runs.start(self.root / "guide", account_id=1)
        if player.state.guide.ask:
            player.answer({"keep": keep})
        return player

    def resume(self) -> Player:
        """The program was started again."""
        self.close()
        self.runs = self.open_runs()
        (state,) = self.runs.unfinished(1)
        return self.runs.resume(state.run_id)

    def close(self) -> None:
        """The program ends."""
        self.runs.close()
        self.routers.close()

    def play(self, player: Player, until: str = "", before: Callable[[str], None] = lambda step: None) -> None:
        """All steps that are not through, up to but without `until`; the word of a dangerous step is typed."""
        for step in player.state.guide.steps:
            if step.id == until:
                return
            if player.state.step(step.id).mark in ("done", "skipped"):
                continue
            before(step.id)
            if player.state.device is not None and player.word_for(step.id):
                player.agree(step.id, player.state.device.tail)
            player.run(step.id, self.work)
