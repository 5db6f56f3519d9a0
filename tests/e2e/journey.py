# SPDX-License-Identifier: Apache-2.0
"""The tour as a program of its own, on a profile that outlives it; and what is true of that profile and its hub afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from firstlight.guides.document import read
from firstlight.guides.news import news_of
from firstlight.guides.replay import Replay
from firstlight.guides.state import RunState
from firstlight.store import journal

STEPS = (
    "signed in",
    "this week",
    "guide library",
    "devices",
    "guide finished",
    "flashed",
    "report queued offline",
    "arrived",
    "status back",
    "badge earned",
    "settings",
)
TITLE = "Fan stops after 14 minutes and the R1 gets hot"
LIMIT_S = 240


@dataclass
class Journey:
    """The tour in `folder`; `env` leads to a key ring or to none."""

    folder: Path
    env: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    language: str = "en"
    theme: str = "light"
    size: str = "1180x760"

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.home, self.out, self.said = self.folder / "home", self.folder / "out", self.folder / "said.txt"

    # -- the program ---------------------------------------------------------------------------------------------------

    def start(self) -> subprocess.Popen[bytes]:
        """Begin, or go on."""
        where = ("--out", str(self.out), "--home", str(self.home))
        look = ("--lang", self.language, "--theme", self.theme, "--size", self.size)
        env = self.env | {"QT_QPA_PLATFORM": "offscreen", "FIRSTLIGHT_TOUR_SAYS": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
        with self.said.open("ab") as said:
            said.write(b"-- a life begins\n")
            said.flush()
            return subprocess.Popen((sys.executable, "-m", "firstlight", "tour", *where, *look), env=env, stdout=said, stderr=said)

    def run(self) -> int:
        """From begin to end; the exit status."""
        return self.start().wait(LIMIT_S)

    def live_for(self, seconds: float) -> int | None:
        """Go on and be killed after `seconds`; the exit status when the journey was over before."""
        child = self.start()
        try:
            return child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait(10)
            return None

    @property
    def last_life(self) -> list[str]:
        """What the last start said, line by line."""
        return self.said.read_text("utf-8", "replace").rpartition("-- a life begins\n")[2].splitlines()

    @property
    def told(self) -> dict[str, Any]:
        """tour.json."""
        body: dict[str, Any] = json.loads((self.out / "tour.json").read_text("utf-8"))
        return body

    # -- what is on the disk -------------------------------------------------------------------------------------------

    def runs(self) -> Iterator[RunState]:
        """Every run, from its journal alone."""
        for folder in sorted((self.home / "data" / "runs").glob("*-*-*-*-*")):
            records = journal.read(folder / "journal.jsonl")
            if records:  # killed between making the folder and the first record: no run yet
                yield Replay(read(folder / "guide" / "guide.yaml"), folder / "guide", records).state()

    def steps_to_go_on_at(self) -> dict[str, int]:
        """Guide -> number of the step at which its unfinished run stands."""
        return {state.guide.id: state.current + 1 for state in self.runs() if state.finished_at is None}

    def steps_gone_on_at(self) -> dict[str, int]:
        """Guide -> number of the step at which the last life says that its window went on."""
        found = [line.removeprefix("tour: ").partition(" goes on at step ") for line in self.last_life if " goes on at step " in line]
        return {guide: int(step) for guide, _, step in found}

    def journals(self) -> dict[str, bytes]:
        """The whole lines of each run's journal."""
        found = {}
        for path in (self.home / "data" / "runs").glob("*/journal.jsonl"):
            data = path.read_bytes()
            found[path.parent.name] = data[: data.rfind(b"\n") + 1]
        return found

    def check_store(self) -> None:
        """The store is sound, looked at in a copy, as the next start would find it."""
        store = self.home / "data" / "firstlight.db"
        if not store.exists():
            return
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for path in store.parent.glob("firstlight.db*"):
            shutil.copy(path, copy)
        with sqlite3.connect(copy / store.name) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            names = [row[0] for row in db.execute("SELECT sha256 FROM blob")] if _has_table(db, "blob") else []
        db.close()
        for name in names:
            assert _hash(store.parent / "blobs" / name[:2] / name) == name

    # -- what the hub has ----------------------------------------------------------------------------------------------

    def ask_hub(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Rows of the hub's database."""
        db = sqlite3.connect(self.home / "data" / "demo-hub" / "hub.sqlite3")
        db.row_factory = sqlite3.Row
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()

    def check_report(self) -> None:
        """One report of that title, with its files whole; nothing waits here; the next start would find it delivered."""
        (report,) = self.ask_hub(
            "SELECT r.id, r.rev, u.name FROM hub_reports_report r JOIN hub_account_user u ON u.id = r.user_id WHERE r.title = ?", TITLE
        )
        assert report["name"] == "mossbyte"
        files = self.ask_hub("SELECT sha256, name, size, role FROM hub_reports_attachment WHERE report_id = ? ORDER BY pos", report["id"])
        assert [file["role"] for file in files] == ["picture", "log"]
        for file in files:
            kept = self.home / "data" / "demo-hub" / "files" / file["sha256"][:2] / file["sha256"]
            assert kept.stat().st_size == file["size"]
            assert _hash(kept) == file["sha256"]
        comments = self.ask_hub("SELECT text FROM hub_reports_comment WHERE report_id = ?", report["id"])
        assert len(comments) == len({row["text"] for row in comments})
        db = sqlite3.connect(self.home / "data" / "firstlight.db")
        try:
            own = db.execute("SELECT id, state, rev, sent_rev FROM report WHERE title = ?", (TITLE,)).fetchall()
            (waiting,) = db.execute("SELECT count(*) FROM op WHERE state <> 'done'").fetchone()
        finally:
            db.close()
        assert [(UUID(row[0]), row[1], row[2]) for row in own] == [(UUID(report["id"]), "delivered", row[3]) for row in own]
        assert waiting == 0

    def check_activity(self) -> None:
        """Everything that the runs achieved is at the hub, each once, and counted once."""
        achieved = {news.id: news.kind.value for state in self.runs() for news in news_of(state)}
        assert sorted(achieved.values()) == ["build.installed", "device.recovered", "guide.finished", "guide.finished"]
        at_hub = {UUID(row["id"]): row["kind"] for row in self.ask_hub("SELECT id, kind FROM hub_honour_event")}
        assert achieved.items() <= at_hub.items()
        events = self.ask_hub("SELECT user_id, kind, count(*) AS n FROM hub_honour_event GROUP BY user_id, kind")
        counted = self.ask_hub("SELECT user_id, kind, sum(n) AS n FROM hub_honour_activityday GROUP BY user_id, kind")
        assert {tuple(row) for row in counted} == {tuple(row) for row in events}

    def check_badges(self) -> None:
        """Each badge at most once."""
        awards = self.ask_hub("SELECT badge_id, user_id FROM hub_honour_award")
        assert len(awards) == len({tuple(row) for row in awards})

    def processes(self) -> list[int]:
        """Programs that still run on this profile."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if str(self.home).encode() in path.read_bytes():
                    found.append(int(path.parent.name))
            except OSError:  # gone while we looked
                continue
        return found


def _has_table(db: sqlite3.Connection, name: str) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone() is not None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
