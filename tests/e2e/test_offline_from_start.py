# SPDX-License-Identifier: Apache-2.0
"""After one sign-in the hub is never reached again: everything but signing in and fetching works, and says what waits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.pc import Pc
from firstlight.account.tokens import TokenStore
from firstlight.base.paths import resources
from firstlight.base.work import Work
from firstlight.hublink.local import LocalHub


@pytest.fixture
def in_ring(ring: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """This process and its children use the throw-away key ring."""
    import keyring

    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    monkeypatch.delattr(keyring.backend.get_all_keyring, "saved_result", raising=False)
    for name, value in ring.items():
        monkeypatch.setenv(name, value)
    yield ring
    monkeypatch.undo()
    vars(keyring.backend.get_all_keyring).pop("saved_result", None)


@pytest.mark.long
@pytest.mark.parametrize("has_pulled", [True, False], ids=["the news of the hub are here", "only the sign-in"])
def test_a_new_start_without_a_hub_works_and_says_what_waits(tmp_path: Path, in_ring: dict[str, str], has_pulled: bool) -> None:
    hub = LocalHub(data=tmp_path / "hub", resources=resources())
    info = hub.start(Work())
    pc = Pc(tmp_path / "pc", TokenStore())
    pc.sign_in(info)
    if has_pulled:
        pc.profile.puller.pull(Work())
    hub.stop()
    pc.profile.close()

    out = tmp_path / "out"
    out.mkdir()
    env = in_ring | {
        "FIRSTLIGHT_HOME": str(pc.folder),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "e2e.offline_window", str(out)], env=env, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    saw = json.loads(done.stdout.splitlines()[-1])
    assert not saw["welcome"], "an unreachable hub sent a signed-in tester back to the sign-in"
    assert saw["built"].startswith("14 steps, 2 photos")
    assert saw["section"] == "outbox"
    assert saw["waiting"] == 2  # the report, and that a guide was finished
    assert "2 waiting" in saw["navigation"]
    assert "R1" in saw["guides"]
    assert "mossbyte" in saw["settings"]
    if has_pulled:
        assert "26." in saw["week"]
        assert "FL-" in saw["reports"]

    again = LocalHub(data=tmp_path / "hub", resources=resources())
    try:
        assert again.start(Work()).url == info.url
        pc.open()
        pc.send_all()
        pc.profile.puller.pull(Work())
        pc.send_all()  # who asks for news for the first time says again what was delivered before
        assert pc.section(saw["report"]) == "team"
        assert pc.profile.outbox.waiting(pc.account_id).acts == 0
        pc.profile.close()
    finally:
        again.stop()
