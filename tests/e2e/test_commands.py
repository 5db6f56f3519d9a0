# SPDX-License-Identifier: Apache-2.0
"""A tester's week by typed commands alone, on the real hub and the real key ring: each says one JSON object and ends with its status."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from fakes.typing_desk import Desk
from firstlight.base.paths import resources
from firstlight.base.work import Work
from firstlight.hublink.local import LocalHub, LocalHubInfo
from hub.seeded import seeded

GUIDES = resources() / "guides"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seeded(tmp_path_factory.mktemp("demo") / "hub")


@pytest.fixture(scope="module")
def hub(data: Path) -> Iterator[LocalHubInfo]:
    hub = LocalHub(data=data, resources=resources())
    yield hub.start(Work())
    hub.stop()


@pytest.fixture
def desk(tmp_path: Path, ring: dict[str, str]) -> Desk:
    return Desk(ring | {"FIRSTLIGHT_HOME": str(tmp_path / "profile"), "PYTHONPATH": os.pathsep.join(sys.path)}, tmp_path / "profile")


def test_a_week_by_commands_alone(desk: Desk, hub: LocalHubInfo, data: Path, tmp_path: Path) -> None:
    def type_(*words: str, status: int = 0) -> dict[str, object]:
        said = desk.type(*words, "--json")
        assert said.status == status, said
        (line,) = said.out.splitlines()
        body: dict[str, object] = json.loads(line)
        assert body["ok"] is (status == 0), body
        if status:
            assert said.err.strip() == body["text"]
        return body

    assert type_("sync", status=1)["error"] == "account.not_signed_in"
    newcomer = next(account for account in hub.accounts if account.name == "newcomer")
    signed_in = desk.sign_in(hub.url, newcomer, "--json")
    assert signed_in.status == 0
    opened, done = (json.loads(line) for line in signed_in.out.splitlines())
    assert opened["open"].startswith(f"{hub.url}/o/authorize/?")
    assert (done["name"], done["programmes"]) == ("newcomer", [])

    assert type_("join", "F-AAAA-AAAA-A1", status=1)["error"] == "account.code_refused"
    assert type_("join", hub.code)["programme"] == "aurora"

    log, picture = tmp_path / "logread.txt", tmp_path / "shot.png"
    log.write_text("hostapd: station 02:1b:44:11:3a:b7 joined\n" * 50)
    Image.new("RGB", (64, 48), "teal").save(picture)
    attached = ("--attach", str(log), "--attach", str(picture))
    written = type_("report", "new", "--title", "By commands", "--text", "It drops", *attached)
    missing = type_("report", "new", "--title", "T", "--text", "T", "--attach", str(tmp_path / "gone"), status=1)
    assert missing["error"] == "store.source_unreadable"
    (row,) = type_("report", "list")["reports"]
    assert (row["id"], row["section"]) == (written["id"], "outbox")

    assert type_("sync")["sent"] == 1
    (row,) = type_("report", "list")["reports"]
    assert (row["section"], row["number"][:3]) == ("team", "FL-")
    assert type_("sync")["sent"] == 0
    db = sqlite3.connect(data / "hub.sqlite3")
    assert db.execute("SELECT count(*) FROM hub_reports_report WHERE title = 'By commands'").fetchone() == (1,)
    db.close()

    guides = {guide["slug"]: guide for guide in type_("guide", "list")["guides"]}
    assert guides["r1-build"]["steps"] == 14
    assert {"a1-weekly", "r1-build"} <= set(guides)
    doctor = desk.type("doctor", "--json")
    assert doctor.status == 0
    checks = {check["name"]: check for check in doctor.json["checks"]}
    assert len(checks) >= 6
    assert all(check["means"] for check in checks.values())
    assert desk.type("sign-out", "--json").status == 0


def test_guide_check_names_every_mistake(desk: Desk, tmp_path: Path) -> None:
    sound = [str(path) for path in sorted(GUIDES.glob("*/guide.yaml"))]
    said = desk.type("guide", "check", *sound, "--json")
    assert (said.status, said.json) == (0, {"ok": True, "mistakes": []})
    broken = tmp_path / "guide.yaml"
    broken.write_text((GUIDES / "r1-build" / "guide.yaml").read_text().replace("steps:", "stepz:", 1))
    said = desk.type("guide", "check", str(broken), "--json")
    assert said.status == 1
    assert said.json["mistakes"]
    assert all(mistake["mend"] and mistake["line"] for mistake in said.json["mistakes"])


@pytest.mark.parametrize("words", [(), ("sing-in",), ("report",), ("report", "new", "--title", "T"), ("join",), ("guide", "check")])
def test_wrong_usage_is_status_two(words: tuple[str, ...]) -> None:
    if not words:
        words = ("--no-such-option",)
    done = subprocess.run([sys.executable, "-m", "firstlight", *words], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "usage" in done.stderr
    assert "Traceback" not in done.stderr
