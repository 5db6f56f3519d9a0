# SPDX-License-Identifier: Apache-2.0
"""A bench for flashing: a practice phone, two builds that a pretended hub lists, and Runs over real folders. All parts but the
hub's download are the real ones; the download copies what the hub would serve.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.devices import tool
from firstlight.devices.inventory import Inventory
from firstlight.firmware.images import Images
from firstlight.guides.news import News
from firstlight.guides.player import Player
from firstlight.guides.runs import Runs
from firstlight.practice.faults import Faults
from firstlight.practice.memory import SIZES
from firstlight.practice.phone import PracticePhone
from firstlight_contract.firmware import ImageFile, Release
from firstlight_contract.practice import make_image

GUIDES = Path(__file__).resolve().parents[2] / "resources" / "guides"
STEPS = ("connect", "choose", "backup", "checks", "flash", "first-start")
WHOLE = sum(SIZES.values())


class Clock:
    """A wall clock that tests move; it ticks a millisecond per look, so that times differ."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@cache
def image(partition: str, version: str, rollback_index: int) -> bytes:
    """An image; made once in a test run."""
    size = SIZES[partition]
    return b"".join(make_image(device="a1", partition=partition, build=version, rollback_index=rollback_index, size=size))


def make_release(folder: Path, version: str, before: str, rollback_index: int = 0) -> Release:
    """A build whose images lie in `folder` by hash, as a hub keeps them."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for partition, size in SIZES.items():
        data = image(partition, version, rollback_index)
        sha256 = hashlib.sha256(data).hexdigest()
        (folder / sha256).write_bytes(data)
        files.append(ImageFile(name=f"{partition}.img", partition=partition, sha256=sha256, size=size))
    return Release(
        id=uuid5(NAMESPACE_URL, version),
        programme="aurora",
        device="a1",
        device_name="Aurora A1",
        version=version,
        from_version=before,
        week="2026-W47",
        published_at=datetime(2026, 11, int(version[-2:]) - 30, tzinfo=UTC),
        keeps_data=True,
        minutes=9,
        guide="a1-weekly",
        rollback_index=rollback_index,
        files=tuple(files),
        changes=(),
    )


@dataclass
class Bench:
    """Everything a flash needs. `with_program` picks the real fastboot or our own client."""

    root: Path
    phone: PracticePhone
    with_program: bool = True
    now: Clock = field(default_factory=Clock)
    events: Events = field(default_factory=Events)
    told: list[News] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    rollback_index: int = 1

    def __post_init__(self) -> None:
        self.before = make_release(self.root / "hub", "26.46", "26.45")
        self.newest = make_release(self.root / "hub", "26.47", "26.46", self.rollback_index)
        self.work = Work()
        self.inventory = Inventory(
            fastboot=(lambda: tool.find("fastboot")) if self.with_program else (lambda: None),
            network=lambda: (self.phone.address,),
        )
        self.images = Images(self.root / "builds", self._download)
        self.runs = self.open_runs()

    def _download(self, account_id: int, file: ImageFile, target: Path, work: Work) -> None:
        self.fetched.append(file.sha256)
        target.write_bytes((self.root / "hub" / file.sha256).read_bytes())

    def open_runs(self) -> Runs:
        """Runs as after a restart of the program."""
        return Runs(
            root=self.root / "runs",
            devices=self.inventory,
            images=self.images,
            releases=lambda account_id: (self.before, self.newest),
            keep_photo=lambda source, work: hashlib.sha256(source if isinstance(source, bytes) else source.read_bytes()).hexdigest(),
            tell=self.told.append,
            events=self.events,
            now=self.now,
        )

    def restart(self, run_id: str) -> Player:
        """Close all and open the run anew."""
        self.runs.close()
        self.runs = self.open_runs()
        return self.runs.resume(run_id)

    def start(self, guide: str = "a1-weekly") -> Player:
        return self.runs.start(GUIDES / guide, account_id=1)

    def play(self, player: Player, *, until: str = "tell") -> None:
        """Run the machine steps that are not through, up to but without `until`; words that danger asks for are typed."""
        for step_id in STEPS:
            if player.state.device is not None and player.word_for(step_id):
                player.agree(step_id, player.state.device.tail)
            if step_id == until:
                return
            if player.state.step(step_id).mark not in ("done", "skipped"):
                player.run(step_id, self.work)

    def on_phone(self, partition: str) -> bytes:
        memory = self.phone.memory
        return self.phone.storage.path(partition, memory.slot).read_bytes()

    def holds(self, release: Release) -> bool:
        """Whether every byte of a build is on the phone."""
        return all(hashlib.sha256(self.on_phone(f.partition)).hexdigest() == f.sha256 for f in release.files)


def make_bench(root: Path, *, with_program: bool = True, faults: Faults | None = None, **more: object) -> Bench:
    phone = PracticePhone(root / "phone", boot_s=0.05, faults=faults or Faults(), **more)  # type: ignore[arg-type]
    phone.start()
    return Bench(root, phone, with_program)


HAS_FASTBOOT = tool.find("fastboot") is not None
"""The suite runs without the program too, with our own client alone."""
CLIENTS: tuple[bool, ...] = (True, False) if HAS_FASTBOOT else (False,)
Opener = Callable[..., Bench]
