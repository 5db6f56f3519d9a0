# SPDX-License-Identifier: Apache-2.0
"""The hub on this PC: starts, stays at its address, stops with its parent, and says why when it cannot start."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from firstlight.base.errors import Cancelled
from firstlight.base.paths import resources
from firstlight.base.work import Progress, Work
from firstlight.hublink.errors import LocalHubFailed
from firstlight.hublink.local import LocalHub


def crashing(script: str) -> tuple[str, ...]:
    return (sys.executable, "-c", script)


@pytest.mark.slow
def test_it_starts_keeps_its_address_and_stops(tmp_path: Path) -> None:
    hub = LocalHub(data=tmp_path / "hub", resources=resources())
    first = hub.start(Work())
    assert hub.is_running
    assert requests.get(f"{first.url}/health", timeout=10).status_code == 200
    assert {account.name for account in first.accounts} >= {"mossbyte", "newcomer", "ines"}
    assert first.code.startswith("F-")
    assert not any(account.password in repr(first) for account in first.accounts)
    hub.stop()
    assert not hub.is_running
    again = hub.start(Work())
    assert (again.url, again.accounts, again.moved_from) == (first.url, first.accounts, "")
    hub.stop()
    with socket.create_server(("127.0.0.1", int(first.url.rpartition(":")[2]))):
        moved = hub.start(Work())
    assert moved.url != first.url
    assert moved.moved_from == first.url
    hub.stop()
    hub.stop()


def test_a_hub_that_crashes_says_its_last_words(tmp_path: Path) -> None:
    hub = LocalHub(data=tmp_path, resources=resources(), command=crashing("import sys; sys.exit('no disk\\nno hope')"))
    with pytest.raises(LocalHubFailed) as caught:
        hub.start(Work())
    assert caught.value.lines == "no disk\nno hope"
    assert caught.value.facts["status"] == 1
    assert not hub.is_running


def test_a_hub_that_says_nonsense_is_no_hub(tmp_path: Path) -> None:
    hub = LocalHub(data=tmp_path, resources=resources(), command=crashing("print('[1]'); input()"))
    with pytest.raises(LocalHubFailed):
        hub.start(Work())
    assert not hub.is_running


def test_a_hub_that_never_gets_ready_is_ended(tmp_path: Path) -> None:
    hub = LocalHub(data=tmp_path, resources=resources(), command=crashing("input()"), start_limit_s=0.5)
    with pytest.raises(LocalHubFailed) as caught:
        hub.start(Work())
    assert caught.value.facts["reason"] == "timeout"
    assert not hub.is_running


def test_starting_can_be_stopped(tmp_path: Path) -> None:
    class Impatient(Work):
        def _said(self, progress: Progress) -> None:
            self.cancel()

    hub = LocalHub(data=tmp_path, resources=resources(), command=crashing("input()"))
    with pytest.raises(Cancelled):
        hub.start(Impatient())
    assert not hub.is_running


def test_a_hub_whose_parent_was_killed_ends_by_itself(tmp_path: Path) -> None:
    """The child waits for the end of its input, which comes however the parent dies."""
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from firstlight.hublink.local import LocalHub; from firstlight.base.work import Work;"
            "hub = LocalHub(data=Path(sys.argv[1]), resources=Path('.'), command=(sys.executable, '-c', sys.argv[2]));"
            "hub.start(Work()); print(hub._process.pid, flush=True); input()",
            str(tmp_path),
            'import json, sys; print(json.dumps({"url": "http://127.0.0.1:1", "accounts": [], "code": "F-1"}), flush=True);'
            'sys.stdin.read(); open("gone", "w").close()',
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert parent.stdout is not None
    assert parent.stdout.readline().strip().isdigit()
    parent.kill()
    parent.wait(10)
    parent.stdout.close()
    assert parent.stdin is not None
    parent.stdin.close()
    watch = Work()
    for _ in range(200):
        if (tmp_path / "gone").exists():
            return
        watch.wait(0.05)
    pytest.fail("the child outlived its parent")
