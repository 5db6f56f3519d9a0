# SPDX-License-Identifier: Apache-2.0
"""`guide` and `practice` in a terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from fakes.bench_with_phone import GUIDES
from firstlight.cli.program import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_guides_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    steps = {g["slug"]: g["steps"] for g in told["guides"]}
    assert (steps["a1-weekly"], steps["r1-build"]) == (7, 14)
    assert set(steps) == {path.parent.name for path in GUIDES.glob("*/guide.yaml")}


def test_check_names_line_and_mend_and_ends_with_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = home / "guide.yaml"
    bad.write_text("guide: 1\nid: x\nshell: [a\n", "utf-8")
    assert main(["guide", "check", str(bad), str(GUIDES / "r1-build" / "guide.yaml")]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith(f"{bad}:4:")
    assert "Mend:" in out[0]
    assert out[1].endswith("sound")


def test_a_guide_for_hands_is_played_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "run", "r1-build", "--yes", "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [e["event"] for e in events].count("done") == 14
    assert events[-1]["event"] == "finished"


def test_a_run_without_hands_stops_and_is_carried_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n\n"))
    assert main(["guide", "run", "r1-build"]) == 1
    assert "waits for hands" in capsys.readouterr().err
    assert main(["guide", "run", "r1-build", "--resume", "--yes", "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [e["event"] for e in events].count("done") == 12


@pytest.mark.parametrize("arguments", [["nix"], ["r1-build", "--resume"], ["other.yaml"]])
def test_a_guide_that_is_not_there_gets_a_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "run", *arguments]) == 1
    assert capsys.readouterr().err


def test_a_practice_phone_obeys(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("pull\nplug\nsing\nquit\n"))
    assert main(["practice", "phone", "--json", "--fault", "cable-out:62"]) == 0
    captured = capsys.readouterr()
    assert [json.loads(line)["is_plugged"] for line in captured.out.splitlines()] == [True, False, True]
    assert "No such order" in captured.err


def test_a_fault_that_is_none_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["practice", "phone", "--fault", "nonsense"])
    assert ended.value.code == 2
