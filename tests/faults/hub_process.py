# SPDX-License-Identifier: Apache-2.0
"""A real hub in a process of its own that a test may kill, stop and start again at the same address, and look into from outside."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from firstlight.base.events import Events
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import SessionExpired
from firstlight.hublink.reachability import Reachability
from hub.prepared import people
from hub.serving import clean_environment, tables


class Tokens:
    """A token source: `access` now, `renewed` after the hub refused that; None: the tester must sign in again."""

    def __init__(self, access: str, renewed: str | None = None) -> None:
        self.access = access
        self.renewed = renewed
        self.renewals = 0

    def access_token(self, *, renew: bool) -> str:
        if renew:
            self.renewals += 1
            if self.renewed is None:
                raise SessionExpired(reason="revoked")
            self.access = self.renewed
        return self.access


class HubProcess:
    """Use as a context manager. `environment` reaches the process: crash points, limits, a database."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.environment = environment
        self.url = ""
        self.tokens: dict[str, str] = {}
        self._child: subprocess.Popen[str] | None = None
        self._errors = data.parent / f"{data.name}-stderr.txt"

    def __enter__(self) -> HubProcess:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if not self.data.exists():
            self.data.mkdir(mode=0o700)
            shutil.copy(tables(), self.data / "hub.sqlite3")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.start()
        self.tokens = people(self.data)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
        said = self._errors.read_text()
        assert "Traceback" not in said, said[-4000:]

    def start(self, *, preload: str = "", **more: str) -> None:
        """Start, or start again; returns once it listens and has said so."""
        env = clean_environment() | self.environment | more
        if preload:
            env["LD_PRELOAD"] = preload
        args = [sys.executable, "-m", "firstlight_hub", "serve", "--data", str(self.data), "--port", str(self._port)]
        with self._errors.open("a") as stderr:
            self._child = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr, text=True, env=env)
        assert self._child.stdout is not None
        first = self._child.stdout.readline()
        self._child.stdout.close()
        if not first and self._child.wait(20) < 0:
            return  # it was told to die at its start
        assert first, f"the hub said nothing but {self._errors.read_text()[-4000:]}"
        self.url = first.split()[-1]

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def kill(self) -> None:
        """kill -9."""
        if self._child is not None:
            self._child.kill()
            self._child.wait(20)

    def wait_dead(self, seconds: float = 20) -> None:
        """Until it has died where it was told to."""
        assert self._child is not None
        self._child.wait(seconds)

    def stop(self) -> None:
        """Politely."""
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(20)
                return
            self._child.kill()
            self._child.wait(20)

    def client(self, tokens: Tokens, url: str, timeout_s: tuple[float, float] = (2, 5)) -> HubClient:
        """Somebody's client, at the hub's address or a proxy's."""
        return HubClient(url, tokens=tokens, reach=Reachability(Events(), time.time), language=lambda: "en", timeout_s=timeout_s)

    # -- looked at from outside ------------------------------------------------------------------------------------------------

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """Rows of its database."""
        with closing(sqlite3.connect(f"file:{self.data / 'hub.sqlite3'}?mode=ro", uri=True, timeout=20)) as tx:
            tx.row_factory = sqlite3.Row
            return tx.execute(query, values).fetchall()

    def change(self, query: str, *values: Any) -> int:
        """Somebody of the staff, or fate, changes a row."""
        with closing(sqlite3.connect(self.data / "hub.sqlite3", timeout=20)) as tx, tx:
            return tx.execute(query, values).rowcount

    def reports(self) -> dict[str, dict[str, Any]]:
        """Every report by its name: title, revision, number and files."""
        found = {}
        for row in self.rows("SELECT id, title, rev, number FROM hub_reports_report"):
            id = row["id"]
            files = self.rows("SELECT sha256, name, size FROM hub_reports_attachment WHERE report_id = ? ORDER BY pos", id)
            plain = f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
            found[plain] = {"title": row["title"], "rev": row["rev"], "number": row["number"], "files": [tuple(f) for f in files]}
        return found

    def comments(self) -> list[str]:
        """Every word that a tester said."""
        return [row["text"] for row in self.rows("SELECT text FROM hub_reports_comment WHERE staff = 0 ORDER BY at")]

    def file(self, sha256: str) -> Path:
        """Where the hub keeps this content."""
        return self.data / "files" / sha256[:2] / sha256


def run_hub_program(data: Path, *args: str) -> str:
    """A command of the hub on a folder that no hub runs on."""
    command = [sys.executable, "-m", "firstlight_hub", *args, "--data", str(data)]
    done = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def said(problem: int, code: str, *, headers: str = "", **facts: Any) -> bytes:
    """A whole answer of a hub that refuses, as bytes for the proxy."""
    body = json.dumps({"code": code, "status": problem} | facts).encode()
    head = f"HTTP/1.1 {problem} No\r\nX-Hub: 1\r\nContent-Type: application/problem+json\r\nContent-Length: {len(body)}\r\n{headers}"
    return head.encode() + b"Connection: close\r\n\r\n" + body


def environment_of(label: str) -> dict[str, str]:
    """What makes a hub die at a labelled point."""
    return {"FIRSTLIGHT_HUB_CRASH_AT": label, "PYTHONUNBUFFERED": os.environ.get("PYTHONUNBUFFERED", "1")}
