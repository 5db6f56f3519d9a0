# SPDX-License-Identifier: Apache-2.0
"""Commands on a PC that has nothing: no hub, no key ring, no screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fakes.typing_desk import Desk
from fakes.typing_desk import bare_desk as make
from firstlight.base.errors import FirstlightError
from firstlight.kit import sentences


@pytest.fixture
def bare_desk(tmp_path: Path) -> Desk:
    return make(tmp_path)


def test_a_file_that_is_not_there_leaves_no_draft(bare_desk: Desk) -> None:
    said = bare_desk.type("report", "new", "--title", "T", "--text", "T", "--attach", "/nowhere/x.log")
    assert said.status == 1
    assert "/nowhere/x.log" in said.err
    assert bare_desk.type("report", "list", "--json").json["reports"] == []


@pytest.mark.parametrize("address", ["http://hub.example.org", "ftp://hub.example.org", "no address", "https://user@hub.example.org"])
def test_an_address_that_is_none_or_unsafe_is_refused(bare_desk: Desk, address: str) -> None:
    said = bare_desk.type("sign-in", "--hub", address, "--no-browser")
    assert said.status == 1
    assert "is not" in said.err


def test_wrong_usage_is_2_and_help_names_every_command(bare_desk: Desk) -> None:
    assert bare_desk.type("no-such-command").status == 2
    assert bare_desk.type("report", "new", "--title", "only").status == 2
    listed = bare_desk.type("--help").out
    for command in ("sign-in", "sign-out", "join", "report", "sync", "guide", "practice", "redact", "doctor", "demo", "tour"):
        assert command in listed


def test_damaged_settings_name_their_line(bare_desk: Desk) -> None:
    (bare_desk.home / "config").mkdir(parents=True)
    (bare_desk.home / "config" / "settings.json").write_text("{\n oops")
    said = bare_desk.type("report", "list")
    assert said.status == 1
    assert "settings.json cannot be read" in said.err


def test_doctor_looks_at_everything_and_says_what_to_do(bare_desk: Desk) -> None:
    found = {check["name"]: check for check in bare_desk.type("doctor", "--json").json["checks"]}
    assert set(found) == {"screen", "keyring", "adb", "fastboot", "udev", "fwupd", "power", "sleep", "network", "hub", "disk", "store"}
    assert found["keyring"]["ok"] is False
    assert found["screen"]["ok"] is not True
    assert found["disk"]["ok"] is not False
    for check in found.values():
        assert check["found"]
        assert check["means"]
        assert check["do"] or check["ok"]


def test_every_known_fault_of_these_rooms_has_its_sentences() -> None:
    from firstlight.account import errors as account
    from firstlight.base import errors as base
    from firstlight.cli import pictures
    from firstlight.hublink import errors as hublink

    modules = (base, account, hublink, pictures)
    kinds = [kind for module in modules for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, FirstlightError)]
    unspoken = {FirstlightError, base.Cancelled}
    missing = {kind.code for kind in kinds if kind not in unspoken and kind.code not in sentences.table()}
    assert missing == set()
    for code, parts in sentences.table().items():
        assert len(parts) == 3, code
        assert not any("!" in part or "please" in part.lower() or "oops" in part.lower() for part in parts), code
        assert all(part.endswith((".", "}")) for part in parts if part), code


def test_no_command_needs_qt(bare_desk: Desk) -> None:
    script = "import sys; import firstlight.cli.program; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], env=bare_desk.env, check=False).returncode == 0
