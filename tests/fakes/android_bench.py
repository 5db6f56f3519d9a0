# SPDX-License-Identifier: Apache-2.0
"""A bench for guides that name their own files: a practice phone, the real adb and fastboot or our own client, Runs over real folders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fakes.bench_with_phone import Clock, image
from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.devices import tool
from firstlight.devices.adb import Adb
from firstlight.devices.inventory import Inventory
from firstlight.firmware.images import Images
from firstlight.guides.backends import BackEnds
from firstlight.guides.errors import ActionFailed
from firstlight.guides.player import Player
from firstlight.guides.runs import Runs
from firstlight.practice.phone import PracticePhone

BUILD = ("boot", "vendor", "system", "product")
Steps = Sequence[Mapping[str, Any]]


@dataclass
class AndroidBench:
    """`adb` None: there is no adb program on this PC. `with_program`: the real fastboot, else our own client."""

    root: Path
    phone: PracticePhone
    adb: Adb | None
    with_program: bool
    now: Clock = field(default_factory=Clock)
    work: Work = field(default_factory=Work)

    def __post_init__(self) -> None:
        self.files = self.root / "files"
        self.files.mkdir(parents=True)
        self.inventory = Inventory(
            fastboot=(lambda: tool.find("fastboot")) if self.with_program else (lambda: None),
            adb=lambda: self.adb.tool if self.adb else None,
            adb_port=self.adb.port if self.adb else 0,
            network=lambda: (self.phone.address, f"adb:{self.phone.adb_address}"),
        )
        self.runs = self.open_runs()

    def open_runs(self) -> Runs:
        """As after a restart of the program."""
        return Runs(
            root=self.root / "runs",
            devices=BackEnds(self.inventory, given_files=self.files),
            images=Images(self.root / "builds", lambda *_: None),
            releases=lambda account_id: (),
            keep_photo=lambda source, work: "",
            tell=lambda news: None,
            events=Events(),
            now=self.now,
        )

    def give(self, name: str, data: bytes) -> dict[str, object]:
        """Put a file where the tester keeps them; what the guide says of it."""
        (self.files / name).write_bytes(data)
        return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}

    def give_build(self, version: str = "26.47", index: int = 1) -> dict[str, dict[str, object]]:
        """All images of a build as files of a guide."""
        return {f"{p}.img": self.give(f"{p}.img", image(p, version, index)) for p in BUILD}

    def start(self, steps: Steps, files: Mapping[str, object] | None = None, *, is_signed: bool = False, **more: object) -> Player:
        """A new run of a guide with these steps, bound to the phone."""
        folder = self.write_guide(steps, files, **more)
        player = self.runs.start(folder, account_id=1, is_signed=is_signed)
        player.bind(self.phone.memory.serial, self.work)
        return player

    def write_guide(self, steps: Steps, files: Mapping[str, object] | None = None, **more: object) -> Path:
        """The folder of a guide with these steps."""
        folder = self.root / "guide"
        folder.mkdir(exist_ok=True)
        guide = {"guide": 1, "id": "try", "title": "Try", "steps": list(steps)} | ({"files": files} if files else {}) | more
        (folder / "guide.yaml").write_text(json.dumps(guide), "utf-8")
        return folder

    def restart(self, player: Player) -> Player:
        """Close all and open the run anew."""
        self.runs.close()
        self.runs = self.open_runs()
        return self.runs.resume(player.run_id)

    def play(self, player: Player, *only: str) -> None:
        """Run the steps that are not through, or these; words that danger asks for are typed."""
        for state in player.state.steps:
            if (only and state.step.id not in only) or player.state.step(state.step.id).mark in ("done", "skipped"):
                continue
            if player.word_for(state.step.id):
                player.agree(state.step.id, self.phone.memory.serial[-4:])
            player.run(state.step.id, self.work)

    def fails(self, player: Player, *only: str) -> str:
        """Run on; the code of the fault at which the run stops."""
        try:
            self.play(player, *only)
        except ActionFailed as error:
            return str(error.facts["cause"])
        except FirstlightError as error:
            return error.code
        return ""

    def on_phone(self, partition: str, slot: str) -> bytes:
        """What a partition holds."""
        return self.phone.storage.path(partition, slot).read_bytes()

    def holds_build(self, slot: str, version: str = "26.47", index: int = 1) -> bool:
        """Whether every byte of a build lies in a slot."""
        return all(self.on_phone(p, slot) == image(p, version, index) for p in BUILD)

    def sent(self, word: str) -> list[str]:
        """What came to the phone that begins so."""
        return [r.command for r in self.phone.record if r.command.startswith(word)]

    def close(self) -> None:
        """Let go."""
        self.runs.close()
        self.phone.stop()


def make_bench(root: Path, adb: Adb | None, *, with_program: bool, mode: str = "system", **made_as: object) -> AndroidBench:
    phone = PracticePhone(root / "phone", boot_s=0.05, made_as={"mode": mode, **made_as})
    phone.start()
    return AndroidBench(root, phone, adb, with_program)
