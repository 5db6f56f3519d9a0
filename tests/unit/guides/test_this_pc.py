# SPDX-License-Identifier: Apache-2.0
"""This PC before a step fetches or writes: no room refuses, a battery waits for a word, sleep is held off while bytes go out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from fakes.bench_with_phone import Bench, make_bench
from firstlight.devices.host.awake import Held, awake
from firstlight.devices.host.preflight import Places
from firstlight.devices.inventory import Inventory
from firstlight.devices.routers import Routers
from firstlight.guides.backends import BackEnds
from firstlight.guides.errors import GateClosed
from firstlight.guides.library import Library
from firstlight.guides.player import Player
from firstlight.guides.reach import reach
from firstlight.guides.state import GateResult, PartMoved


class Pc:
    """Folders that stand for /sys, /proc and /etc, and a lock against sleep that is written down."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("sys/class/power_supply", "sys/class/net", "proc/1", "etc/ufw", "rules"):
            (root / folder).mkdir(parents=True)
        (root / "proc/1/comm").write_text("init\n")
        self.places = Places(root / "sys", root / "proc", root / "etc", (root / "rules",))
        self.is_held = False
        self.can_hold = True

    def on_battery(self, level: int) -> None:
        for name, facts in (("AC", {"type": "Mains", "online": "0"}), ("BAT0", {"type": "Battery", "capacity": str(level)})):
            folder = self.root / "sys/class/power_supply" / name
            folder.mkdir(exist_ok=True)
            for key, value in facts.items():
                (folder / key).write_text(value + "\n")

    def plug_in(self) -> None:
        (self.root / "sys/class/power_supply/AC/online").write_text("1\n")

    def run_fwupd(self) -> None:
        (self.root / "proc/77").mkdir()
        (self.root / "proc/77/comm").write_text("fwupd\n")

    @contextmanager
    def awake(self, _reason: str) -> Iterator[Held]:
        self.is_held = self.can_hold
        yield Held(self.can_hold, "logind" if self.can_hold else "", "" if self.can_hold else "nothing here")
        self.is_held = False


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path / "pc")


@pytest.fixture
def bench(tmp_path: Path, pc: Pc) -> Iterator[Bench]:
    made = make_bench(tmp_path, with_program=False)
    made.runs._backends = BackEnds(made.inventory, places=pc.places, awake=pc.awake)
    yield made
    made.runs.close()
    made.phone.stop()


def real(bench: Bench) -> None:
    """The phone is nobody's practice device: what is on it matters."""
    bench.phone._keep(replace(bench.phone.memory, serial="REAL-4F7C"))


def row(player: Player, step: str, name: str) -> GateResult | None:
    return next((g for g in player.state.step(step).gates if g.id == name), None)


def test_without_room_nothing_is_fetched_and_nothing_written(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    player = bench.start()
    bench.play(player, until="choose")
    whole = shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(**whole(path)._asdict() | {"free": 20_000_000}))
    with pytest.raises(GateClosed) as closed:
        player.run("choose", bench.work)
    assert closed.value.facts["failed"] == "pc.space"
    assert bench.fetched == []
    refused = row(player, "choose", "pc.space")
    assert refused is not None and refused.measured["en"].startswith("20 MB are free, ") and not refused.overridable
    with pytest.raises(GateClosed):
        player.override("choose", "pc.space", "4F7C")
    monkeypatch.undo()
    player.run("choose", bench.work)
    assert bench.fetched


def test_on_battery_nothing_is_written_before_the_tester_says_so(bench: Bench, pc: Pc) -> None:
    real(bench)
    player = bench.start()
    bench.play(player, until="flash")
    pc.on_battery(57)
    player.agree("flash", "4F7C")
    with pytest.raises(GateClosed) as closed:
        player.run("flash", bench.work)
    assert closed.value.facts["failed"] == "pc.power"
    assert bench.phone.image_bytes == 0
    player.override("flash", "pc.power", "4F7C")
    pc.on_battery(49)
    with pytest.raises(GateClosed):
        player.run("flash", bench.work)
    assert bench.phone.image_bytes == 0, "the answer was for another level"
    player.override("flash", "pc.power", "4F7C")
    pc.on_battery(41)
    player.run("flash", bench.work)
    assert bench.phone.image_bytes > 0
    kept = row(player, "flash", "pc.power")
    assert kept is not None and kept.is_overridden, "what the tester chose stands in the journal"


def test_plugged_in_there_is_nothing_to_say(bench: Bench, pc: Pc) -> None:
    real(bench)
    pc.on_battery(30)
    pc.plug_in()
    player = bench.start()
    bench.play(player, until="first-start")
    fit = row(player, "flash", "pc.fit")
    assert fit is not None and "sleep is held off" in fit.measured["en"]
    assert row(player, "flash", "pc.power") is None


def test_what_holds_phones_is_told_where_they_are_looked_for_and_stops_the_write(bench: Bench, pc: Pc) -> None:
    real(bench)
    pc.run_fwupd()
    player = bench.start()
    player.run("connect", bench.work)
    told = row(player, "connect", "pc.fwupd")
    assert told is not None and told.is_hint and "systemctl stop fwupd" in told.mend["en"]
    needs_rules = sys.platform.startswith("linux") and os.geteuid() != 0
    assert (row(player, "connect", "pc.udev") is not None) is needs_rules, "root needs none"
    (pc.root / "proc/77/comm").unlink()
    bench.play(player, until="flash")
    (pc.root / "proc/77/comm").write_text("fwupd\n")
    player.agree("flash", "4F7C")
    with pytest.raises(GateClosed):
        player.run("flash", bench.work)
    assert bench.phone.image_bytes == 0


def test_a_practice_phone_is_written_on_battery_with_a_hint(bench: Bench, pc: Pc) -> None:
    pc.on_battery(12)
    pc.can_hold = False
    player = bench.start()
    bench.play(player, until="first-start")
    for name in ("pc.power", "pc.awake"):
        hint = row(player, "flash", name)
        assert hint is not None and hint.is_hint and hint.ok is None and hint.mend["zh_CN"]
    assert row(bench.restart(player.run_id), "flash", "pc.power") == row(player, "flash", "pc.power"), "the journal keeps it"


def test_sleep_is_held_off_for_every_byte_and_let_go_afterwards(bench: Bench, pc: Pc) -> None:
    player = bench.start()
    bench.play(player, until="flash")
    seen: set[bool] = set()
    bench.events.subscribe(PartMoved, lambda _moved: seen.add(pc.is_held))
    bench.play(player, until="first-start")
    assert seen == {True}
    assert not pc.is_held


def test_window_and_commands_build_runs_that_ask_this_pc_and_hold_sleep_off(tmp_path: Path) -> None:
    library = Library(built_in=tmp_path, fetched=tmp_path)
    made = reach(Inventory(), library=library, routers=Routers(tmp_path), account=lambda: 0)
    assert made.places == Places()
    assert made.awake is awake
