# SPDX-License-Identifier: Apache-2.0
"""`firstlight guide rehearse` as an author's CI calls it: by the command line, several side by side, each with an adb server of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from firstlight.devices import tool

APP = Path(__file__).resolve().parents[3] / "app"
SIDE_BY_SIDE = 4
"""Most of a rehearsal is waiting for silence."""
LIMIT_S = 1800
Row = dict[str, Any]


@contextmanager
def _environment(root: Path) -> Iterator[dict[str, str]]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    env = os.environ | {"FIRSTLIGHT_HOME": str(root / "home"), "HOME": str(root), "PYTHONPATH": str(APP), "ANDROID_ADB_SERVER_PORT": port}
    try:
        yield env
    finally:
        adb = tool.find("adb")
        if adb is not None:
            subprocess.run([str(adb.path), "kill-server"], env=env, timeout=30, check=False, capture_output=True)


def command(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The real program, with a profile of its own."""
    root.mkdir(parents=True, exist_ok=True)
    with _environment(root) as env:
        whole = [sys.executable, "-m", "firstlight", *words]
        return subprocess.run(whole, env=env, capture_output=True, text=True, timeout=LIMIT_S, check=False)


def rehearse(guide: Path, root: Path, *faults: str) -> dict[str, Row]:
    """Fault -> its row, "none" first; all faults of the guide's kind of device when none is named."""
    named = [word for fault in faults for word in ("--fault", fault)]
    done = command(root, "guide", "rehearse", str(guide), *named, "--json")
    assert done.stdout, (guide, done.stderr[-2000:])
    told = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode == 0) is told["ok"], (guide, done.returncode)
    return {row["fault"]: row for row in told["rows"]}


def all_of(guides: Sequence[Path], root: Path) -> dict[str, dict[str, Row]]:
    """Folder's name -> rows, of several guides."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        rows = pool.map(lambda guide: rehearse(guide, root / guide.parent.name), guides)
        return dict(zip((guide.parent.name for guide in guides), rows, strict=True))


def told(row: Row) -> str:
    """How a row begins: "refused battery", "stopped device.lost", "finished"."""
    return f"{row['first']} {row['code']}".strip()


def table(name: str, rows: dict[str, Row]) -> str:
    """For people."""

    def line(fault: str, row: Row) -> str:
        return f"{name:<24}{fault:<16}{told(row):<46}{row['sent']:>10}  {'ended' if row['ended'] else 'stuck'}"

    return "\n".join(line(fault, row) for fault, row in rows.items())
