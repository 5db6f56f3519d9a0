# SPDX-License-Identifier: Apache-2.0
"""Commands on profiles and words as a stranger may have them: damaged, of a newer version, of nobody; each gets a sentence."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from firstlight.cli.program import main

NEW = ["report", "new", "--title", "Wi-Fi drops", "--text", "It drops", "--draft"]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a profile that nobody has used yet."""
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    return tmp_path / "home" / "data"


def listed(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """The titles of all reports, and what was said beside them."""
    capsys.readouterr()
    assert main(["report", "list", "--json"]) == 0
    told = capsys.readouterr()
    return [row["title"] for row in json.loads(told.out)["reports"]], told.err


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_store_that_was_rebuilt_is_told_once(data: Path, is_empty: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(NEW) == 0
    shutil.copy(data / "firstlight.db", data / "firstlight.db.day-020000.backup")
    (data / "firstlight.db").write_bytes(b"" if is_empty else b"no database" * 1000)
    titles, said = listed(capsys)
    assert titles == ["Wi-Fi drops"]
    assert "was damaged and was rebuilt: 0 reports read from it, 1 from the last backup" in said
    assert listed(capsys) == (["Wi-Fi drops"], "")


def test_doctor_looks_at_everything_beside_a_store_of_a_newer_version(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(NEW) == 0
    db = sqlite3.connect(data / "firstlight.db")
    db.execute("PRAGMA user_version = 999")
    db.close()
    capsys.readouterr()
    assert main(["report", "list"]) == 1
    assert "A newer Firstlight has used this profile" in capsys.readouterr().err
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert next(check for check in told["checks"] if check["name"] == "store")["found"] == "store.newer_schema"


def test_a_home_of_nobody_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FIRSTLIGHT_HOME", "~nobody-of-this-pc/firstlight")
    assert main(["report", "list", "--json"]) == 1
    assert "FIRSTLIGHT_HOME" in json.loads(capsys.readouterr().out)["text"]


@pytest.mark.parametrize(
    "address",
    ["http://[::1", "https://hub..example.org", "https://hub\u2100.example.org", "https://h\udcffb.example.org", f"https://{'a' * 70}.org"],
)
def test_what_the_network_cannot_write_is_no_address(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sign-in", "--hub", address, "--no-browser"]) == 1
    assert "is not the address of a hub" in capsys.readouterr().err


def test_without_any_address_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["sign-in"])
    assert ended.value.code == 2
    assert "--hub is wanted" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "why"), [("/tmp", "it is a folder"), ("/dev/null", "it is no file"), ("/nowhere", "there is no such file")]
)
def test_what_cannot_be_attached_is_said_as_it_is(path: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*NEW, "--attach", path]) == 1
    assert why in capsys.readouterr().err
    assert listed(capsys)[0] == []


@pytest.mark.parametrize("target", ["-o", "--findings"])
def test_a_file_that_cannot_stand_where_it_shall_is_named(data: Path, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    log = data.parent.parent / "x.log"
    log.write_text("a line")
    out = {"-o": str(log.with_suffix(".out"))} | {target: "/nowhere/at-all"}
    assert main(["redact", str(log), *(word for pair in out.items() for word in pair)]) == 1
    assert "/nowhere/at-all cannot be used" in capsys.readouterr().err


def test_bytes_that_are_no_text_are_kept_as_far_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "new", "--title", "Caf\udce9 drops", "--text", "x", "--draft"]) == 0
    assert listed(capsys)[0][0].replace("\ufffd", "") == "Caf drops"
    assert main(["report", "send", "no\udcff"]) == 1
    assert "not on this PC" in capsys.readouterr().err


def test_a_log_that_cannot_be_written_says_nothing_in_between(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data.parent / "logs" / "firstlight.log").mkdir(parents=True)
    assert main(NEW) == 0
    (data / "firstlight.db").write_bytes(b"no database" * 1000)
    titles, said = listed(capsys)
    assert titles == []
    assert len(said.splitlines()) == 1, said


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_an_output_of_few_letters_gets_json_all_the_same(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    title = "Café 测试 🔧"
    assert main(["report", "new", "--title", title, "--text", "x", "--draft"]) == 0
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr("sys.stdout", out)
    assert main(["report", "list", "--json"]) == 0
    assert json.loads(out.buffer.getvalue().decode(encoding))["reports"][0]["title"] == title
