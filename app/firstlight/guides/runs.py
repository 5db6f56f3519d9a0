# SPDX-License-Identifier: Apache-2.0
"""All runs of this PC: a folder each with a copy of its guide, its journal, its console and what was kept of the device.

A run carries its own guide: a guide that changes at the hub, or goes, never changes a run that has begun. The journal names the
copy's hash; a copy that was changed by hand is refused.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from firstlight.base.events import Events
from firstlight.devices.inventory import Inventory
from firstlight.firmware.errors import NoBuild
from firstlight.firmware.images import Images
from firstlight.guides.backends import BackEnds
from firstlight.guides.document import parse, picture, read_bytes
from firstlight.guides.editions import read_kept
from firstlight.guides.errors import GuideInvalid, RunBusy, RunDamaged
from firstlight.guides.files import GuideFiles
from firstlight.guides.machine import Machine
from firstlight.guides.news import News, news_of
from firstlight.guides.player import KeepPhoto, Player
from firstlight.guides.record import RunRecord
from firstlight.guides.replay import Replay
from firstlight.guides.state import RunState
from firstlight.guides.uses import Whole, expand
from firstlight.store import journal
from firstlight.store.disk import Disk, fault_of
from firstlight.store.errors import StoreError
from firstlight.store.journal import Journal
from firstlight.store.lock import FileLock
from firstlight_contract.firmware import Release
from firstlight_contract.guides import EDITION, Guide

log = logging.getLogger(__name__)
_JOURNAL = "journal.jsonl"


class Runs:
    """Starts and resumes runs; each open run has one player, whoever asks. `devices`: phones alone, or all back-ends."""

    def __init__(
        self,
        *,
        root: Path,
        devices: Inventory | BackEnds,
        images: Images,
        releases: Callable[[int], tuple[Release, ...]],
        keep_photo: KeepPhoto,
        tell: Callable[[News], None],
        events: Events,
        now: Callable[[], datetime],
    ) -> None:
        self._root = root
        self._backends = devices if isinstance(devices, BackEnds) else BackEnds(devices)
        self._images = images
        self._releases = releases
        self._keep_photo = keep_photo
        self._tell = tell
        self._events = events
        self._now = now
        self._open: dict[str, Player] = {}
        self._lock = threading.RLock()

    def start(self, guide_folder: Path, *, account_id: int, is_signed: bool = False) -> Player:
        """A new run of the guide in a folder (guide.yaml and its pictures). GuideInvalid. `is_signed`: it came with the program, or
        the maker's signature was checked.
        """
        text = read_bytes(guide_folder / "guide.yaml")
        whole = expand(parse(text, str(guide_folder / "guide.yaml")), guide_folder, self._backends.find_guide)
        if whole.guides:
            text = json.dumps(whole.guide.as_document(), ensure_ascii=False, indent=1).encode()
        return self._begin(whole, text, account_id, {"signed": is_signed, "guides": whole.guides})

    def roll_back(self, run_id: str) -> Player:
        """A new run that puts the build before that of a run on its device again. NoBuild, RunDamaged."""
        folder = self._root / str(_uuid(run_id, self._root))
        state = self._state(folder)
        if state.release is None or state.previous is None or state.device is None:
            raise NoBuild(device=state.guide.device)
        whole = Whole(state.guide, {name: state.folder / name for name in state.guide.pictures()})
        about = {"signed": state.is_signed, "guides": dict(state.guides), "rolls_back": run_id}
        player = self._begin(whole, read_bytes(state.folder / "guide.yaml"), state.account_id, about)
        if state.guide.ask:
            player.answer(dict(state.answers))
        player.take_over(state.device, state.previous, state.release, told_apart=state.told_apart)
        return player

    def _begin(self, whole: Whole, text: bytes, account_id: int, about: dict[str, Any]) -> Player:
        guide, run_id = whole.guide, str(uuid4())
        folder = self._root / run_id
        try:
            _keep(whole, text, folder / "guide")
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise fault_of(error, folder) from error
        lock = _lock(folder)
        file = Journal.open(folder / _JOURNAL)
        start = {"run": run_id, "guide": guide.id, "version": guide.version, "hash": _hash(folder / "guide"), "account": account_id}
        file.append({"e": "start", "t": self._now().isoformat(), "edition": EDITION} | start | about)
        player = self._player(guide, file, lock)
        if guide.prerequisites:
            finished = {s.guide.id for s in self.finished(account_id)}
            for slug in guide.prerequisites:
                if slug in finished:
                    player.meet(slug)
        return player

    def resume(self, run_id: str) -> Player:
        """The player of a run, made anew when it is not open. RunBusy, RunDamaged, or StoreError when its journal cannot be read."""
        with self._lock:
            if run_id in self._open:
                return self._open[run_id]
            folder = self._root / str(_uuid(run_id, self._root))
            records = journal.read(folder / _JOURNAL)
            _check(records, folder)
            guide, lock = _guide(folder, records), _lock(folder)
            return self._player(guide, Journal.open(folder / _JOURNAL), lock)

    def guide_called(self, slug: str) -> tuple[Guide, Path] | None:
        """Another guide of this PC and its folder; None when there is none of that name."""
        return self._backends.find_guide(slug)

    def unfinished(self, account_id: int) -> tuple[RunState, ...]:
        """Runs to carry on, newest first. A run that cannot be read is left out and logged: it must not hide the others."""
        return tuple(s for s in self._states(account_id) if s.finished_at is None)

    def finished(self, account_id: int) -> tuple[RunState, ...]:
        """Runs that are through, newest first; without those given up."""
        return tuple(s for s in self._states(account_id) if s.finished_at is not None and not s.is_given_up)

    def tell_untold(self, account_id: int) -> None:
        """Hand on what a crash kept from being handed on; called once after the start."""
        for state in self._states(account_id):
            told = {r.get("what") for r in journal.read(self._root / state.run_id / _JOURNAL) if r.get("e") == "told"}
            if any(str(n.id) not in told for n in news_of(state)):
                try:
                    self.resume(state.run_id).tell()
                except RunBusy:
                    log.info("run %s is played elsewhere, which tells it", state.run_id)

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            players, self._open = tuple(self._open.values()), {}
        for player in players:
            player.close()

    def _states(self, account_id: int) -> list[RunState]:
        states = []
        for folder in sorted(self._root.glob("*-*-*-*-*")) if self._root.is_dir() else ():
            try:
                records = journal.read(folder / _JOURNAL)
                _check(records, folder)
                if records[0]["account"] == account_id:
                    states.append(Replay(_guide(folder, records), folder / "guide", records).state())
            except (GuideInvalid, RunDamaged, StoreError, KeyError, TypeError, ValueError) as error:
                log.warning("run %s cannot be read: %s", folder.name, error)
        return sorted(states, key=lambda s: s.kept_at, reverse=True)

    def _state(self, folder: Path) -> RunState:
        records = journal.read(folder / _JOURNAL)
        _check(records, folder)
        return Replay(_guide(folder, records), folder / "guide", records).state()

    def _player(self, guide: Guide, file: Journal, lock: FileLock) -> Player:
        folder = file.path.parent
        record = RunRecord(guide=guide, folder=folder, journal=file, lock=lock, events=self._events, now=self._now)
        account_id = record.state.account_id

        machine = Machine(
            record=record,
            backends=self._backends,
            images=self._images,
            files=GuideFiles(
                guide=guide,
                folder=folder / "files",
                given=self._backends.given_files,
                kept=self._backends.kept_files / guide.id if self._backends.kept_files else None,
                bring=self._backends.bring,
                signed=self._images.signed_files(account_id, guide.for_.device, record.running),
            ),
            releases=lambda: self._releases(account_id),
        )
        player = Player(record=record, machine=machine, backends=self._backends, keep_photo=self._keep_photo, tell=self._tell)
        with self._lock:
            return self._open.setdefault(record.run_id, player)


def _keep(whole: Whole, text: bytes, copy: Path) -> None:
    """The guide and those of its pictures that are there, for the run to keep. The guide is on the medium before its journal begins:
    a run without it could not be carried on.
    """
    disk = Disk()
    disk.make_folder(copy)
    with disk.open_new(copy / "guide.yaml") as file:
        file.write(text)
        disk.sync(file)
    for name, shown_as in whole.pictures.items():
        shown = picture(shown_as.parent, shown_as.name)
        if shown is not None:
            shutil.copyfile(shown, copy / name)
    disk.sync_folder(copy)


def _guide(folder: Path, records: tuple[dict[str, Any], ...]) -> Guide:
    """The copy of a run, in the edition that its journal names; the first one named none."""
    return read_kept(folder / "guide" / "guide.yaml", int(records[0].get("edition", 1)))


def _lock(folder: Path) -> FileLock:
    """One program at a time plays a run: two would not know of each other's writes."""
    lock = FileLock.take(folder / "lock")
    if lock is None:
        raise RunBusy(run=folder.name)
    return lock


def _hash(folder: Path) -> str:
    return hashlib.sha256((folder / "guide.yaml").read_bytes()).hexdigest()


def _uuid(text: str, root: Path) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise RunDamaged(path=str(root), why="no run of that name") from None


def _check(records: tuple[dict[str, Any], ...], folder: Path) -> None:
    if not records or records[0].get("e") != "start" or records[0].get("run") != folder.name:
        raise RunDamaged(path=str(folder), why="its journal has no beginning")
    try:
        is_same = records[0].get("hash") == _hash(folder / "guide")
    except OSError as error:
        raise RunDamaged(path=str(folder), why=str(error)) from error
    if not is_same:
        raise RunDamaged(path=str(folder), why="its guide was changed")
