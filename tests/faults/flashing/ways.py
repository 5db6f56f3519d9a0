# SPDX-License-Identifier: Apache-2.0
"""The four ways of flashing as a killer sees them: a practice device that lives in the test, a guide with files of its own, and the
real program playing it in a process that can be killed at every entry of its journal.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firstlight.guides.document import parse
from firstlight.guides.rehearsal_others import CardStand, RecoveryStand, RouterStand, stand_for
from firstlight.guides.rehearsal_phone import PhoneStand
from firstlight.guides.rehearsal_stand import Stand
from firstlight.practice.faults import Faults
from firstlight.store import journal

APP = Path(__file__).resolve().parents[3] / "app"
LIMIT_S = 150
_HEAD = "guide: 1\nid: {name}\ntitle: T\nfor: {{device: [{device}]}}\n"
PHONE = (
    _HEAD.format(name="kill-phone", device="a1")
    + """files: {boot.img: {}, vendor.img: {}}
steps:
  - {id: connect, do: [{device.find: 60}]}
  - {id: keep, do: [{backup.keep: [settings]}]}
  - id: write
    danger: brick
    gate: [{fastboot.device: {product: [a1_eng]}}, fastboot.unlocked, {fastboot.battery: 40}, {files.here: boot.img}, backup.kept]
    do: [{fastboot.flash: [{partition: boot, file: boot.img}, {partition: vendor, file: vendor.img}]}]
  - {id: erase, danger: data_loss, gate: [fastboot.unlocked], do: [{fastboot.erase: {partition: cache}}]}
  - {id: start, do: [{fastboot.reboot: system}, {device.back: 60}]}
"""
)
ROUTER = (
    _HEAD.format(name="kill-router", device="r1")
    + """files: {firmware.bin: {}}
steps:
  - {id: connect, do: [{ssh.find: 30}]}
  - {id: keep, do: [ssh.backup]}
  - id: write
    danger: brick
    gate: [{ssh.board: ["aurora,r1"]}, {ssh.compat: {file: firmware.bin}}, {ssh.space: firmware.bin}, ssh.kept]
    do: [{ssh.upload: firmware.bin}, {ssh.check_image: {}}, {ssh.sysupgrade: {file: firmware.bin}}]
  - {id: back, do: [{ssh.wait: {seconds: 60, build: "26.47"}}], after: [{ssh.expect: {name: build, is: "26.47"}}]}
"""
)
SIDELOAD = (
    _HEAD.format(name="kill-sideload", device="a1")
    + """files: {update.zip: {}}
steps:
  - {id: connect, do: [{adb.wait: {mode: any, seconds: 30}}]}
  - id: install
    danger: brick
    gate: [{adb.device: a1_eng}, {adb.expect: {name: ro.boot.hardware.revision, is: C}}, {adb.battery: 40}, {files.here: update.zip}]
    do: [{adb.sideload: update.zip}]
  - {id: start, do: [{adb.reboot: system}, {device.back: 60}], after: [{adb.installed: update.zip}]}
"""
)
RECOVERY = (
    _HEAD.format(name="kill-recovery", device="r1")
    + """files: {rescue.bin: {}}
steps:
  - id: rescue
    danger: brick
    gate: [{files.here: rescue.bin}, tftp.alone]
    do: [{tftp.serve: {file: rescue.bin, any_name: true, seconds: 60}}]
  - {id: back, do: [{router.back: {seconds: 60, build: "26.47"}}]}
"""
)
CARD = (
    _HEAD.format(name="kill-card", device="r1")
    + """files: {card.img: {}}
steps:
  - {id: card, do: [{card.find: 30}]}
  - {id: write, danger: data_loss, gate: [{files.here: card.img}, {card.expect: {}}], do: [{image.write: card.img}]}
  - {id: verify, gate: [{image.verify: card.img}]}
"""
)


@dataclass(frozen=True)
class WayKilled:
    """One way: its guide, whether the device holds the right bytes, and how often an action that must not be repeated came."""

    name: str
    text: str
    holds: Callable[[Any], bool]
    unsafe: Callable[[Any], Counter[str]]

    @property
    def kind(self) -> str:
        """Of its practice device."""
        return "phone" if self.name == "sideload" else self.name


def _phone_holds(stand: PhoneStand) -> bool:
    phone = stand.phone
    images = {p: phone.storage.path(p, phone.memory.slot).read_bytes() for p in ("boot", "vendor")}
    return all(images[p] == stand.content(f"{p}.img") for p in images) and phone.memory.mode == "system"


def _sideload_holds(stand: PhoneStand) -> bool:
    phone = stand.phone
    return (phone.memory.mode, phone.memory.build) == ("system", "26.47")


def _phone_unsafe(stand: PhoneStand) -> Counter[str]:
    return Counter(r.command for r in stand.phone.record if r.command.startswith("reboot"))


def _router_holds(stand: RouterStand) -> bool:
    return stand.router.memory.build == "26.47" and stand.router.storage.flash.read_bytes() == stand.content("firmware.bin")


def _router_unsafe(stand: RouterStand) -> Counter[str]:
    return Counter("sysupgrade" for r in stand.router.record if r.command.startswith("sysupgrade /tmp/"))


def _recovery_holds(stand: RecoveryStand) -> bool:
    return stand.recovery.facts().build == "26.47"


def _card_holds(stand: CardStand) -> bool:
    image = stand.content("card.img")
    return hashlib.sha256(stand.card.path.read_bytes()[: len(image)]).digest() == hashlib.sha256(image).digest()


WAYS = {
    way.name: way
    for way in (
        WayKilled("phone", PHONE, _phone_holds, _phone_unsafe),
        WayKilled("sideload", SIDELOAD, _sideload_holds, lambda _: Counter()),
        WayKilled("router", ROUTER, _router_holds, _router_unsafe),
        WayKilled("recovery", RECOVERY, _recovery_holds, lambda _: Counter()),
        WayKilled("card", CARD, _card_holds, lambda _: Counter()),
    )
}


@dataclass(frozen=True)
class Played:
    """How one start of the program ended, and what it said on the way."""

    returncode: int
    events: tuple[dict[str, Any], ...]
    stderr: str

    @property
    def outcome(self) -> str:
        """The gate that refused, or the code of the fault; "ended" of a run that was through."""
        for event in reversed(self.events):
            if event.get("event") == "refused":
                return f"refused: {event['failed']}"
            if event.get("event") == "failed":
                reason = event["facts"].get("reason", "")
                return str(event["code"]) + (f".{reason}" if reason else "")
        return "ended" if self.returncode == 0 else "killed" if self.returncode == -9 else f"status {self.returncode}"


@dataclass
class Killer:
    """One device and one profile in a folder; `play` runs the program until it ends or dies."""

    way: WayKilled
    root: Path
    faults: Faults = Faults()  # noqa: RUF009  frozen

    def __enter__(self) -> Killer:
        self.stand: Stand = stand_for(parse(self.way.text.encode()), self.root / "stand", self.faults)
        folder = self.root / "guide"
        folder.mkdir()
        (folder / "guide.yaml").write_text(json.dumps(self.stand.document()), "utf-8")
        self.stand.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.stand.__exit__()

    def play(self, *, crash_at: str = "", resume: bool = False, again: bool = False) -> Played:
        """The real program, from its command line. When it tells that nothing is heard of the device, the cable is pulled."""
        env = dict(os.environ) | {"FIRSTLIGHT_HOME": str(self.root / "home"), "PYTHONPATH": str(APP), "HOME": str(self.root)}
        env |= {"FIRSTLIGHT_CRASH_AT": crash_at} if crash_at else {}
        devices = [word for address in self.stand.addresses for word in ("--device", str(address))]
        command = [sys.executable, "-m", "firstlight", "guide", "run", str(self.root / "guide" / "guide.yaml"), *devices]
        words = [word for word, is_said in (("--resume", resume), ("--again", again)) if is_said]
        command += ["--files", str(self.stand.files), "--yes", "--json", *words]
        events = []
        with (self.root / "stderr").open("w+") as errors:
            process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=errors, text=True)
            limit = threading.Timer(LIMIT_S, process.kill)
            limit.start()
            assert process.stdout is not None
            try:
                for line in process.stdout:
                    event = json.loads(line)
                    events.append(event)
                    if event.get("event") == "silent" and event["seconds"]:
                        self.stand.pull()
                process.wait()
            finally:
                assert limit.is_alive(), (self.way.name, crash_at, events[-5:])
                limit.cancel()
                process.stdout.close()
            errors.seek(0)
            return Played(process.returncode, tuple(events), errors.read())

    def records(self) -> tuple[dict[str, Any], ...]:
        """The run's journal, as the killed program left it."""
        found = (journal.read(path) for path in (self.root / "home" / "data" / "runs").glob("*/journal.jsonl"))
        return max(found, key=len, default=())

    def go_on(self, tries: int = 6) -> int:
        """Start the program until the run is through; how many starts it took, 0 when it never came to its end. What did not help twice is
        done as the program says by then: the step that wrote once more.
        """
        ways: set[str] = set()
        for start in range(1, tries + 1):
            if any(r.get("e") == "finish" for r in self.records()):
                return start
            has_run = any(r.get("e") == "start" for r in self.records())
            played = self.play(resume=has_run, again="write" in ways)
            if played.returncode == 0:
                return start
            ways = {e["id"] for e in played.events if e.get("event") == "way"}
            self.stand.mend()
        return 0


def stage_of(record: dict[str, Any]) -> str:
    """An entry of the journal as a line of the table."""
    about = record.get("verb") or record.get("name") or record.get("step") or ""
    return " ".join(str(word) for word in (record["e"], about, record.get("state", "")) if word)
