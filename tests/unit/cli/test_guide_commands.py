# SPDX-License-Identifier: Apache-2.0
"""`guide` and `practice` in a terminal."""

from __future__ import annotations

import io
import json
from contextlib import closing
from pathlib import Path

import pytest

from fakes.bench_with_phone import GUIDES
from firstlight.base.paths import find
from firstlight.cli.core import Core
from firstlight.cli.program import main
from firstlight.cli.terminal import Terminal


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


def test_a_report_from_where_a_run_stands_names_step_and_build_and_carries_the_journal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What "Report a problem here" and "I have this too" do in the window."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n\n"))
    assert main(["guide", "run", "r1-build", "--json"]) == 1
    run_id = json.loads(capsys.readouterr().out.splitlines()[0])["run"]
    with pytest.raises(SystemExit) as wrong:
        main(["report", "new", "--run", run_id, "--json"])
    assert wrong.value.code == 2, "a problem wants words"
    capsys.readouterr()
    for more in (["--text", "It does not fit.", "--draft"], ["--too", "--draft"]):
        assert main(["report", "new", "--run", run_id, *more, "--json"]) == 0
        draft = json.loads(capsys.readouterr().out.splitlines()[-1])["id"]
        with closing(Core(paths=find(), out=Terminal(as_json=False))) as core:
            kept = core.reports.get(draft)
        assert kept.guide_step.startswith("Build your R1 from the kit: ")
        assert kept.title == kept.guide_step.partition(": ")[2]
        assert kept.text == ("I have this too." if "--too" in more else "It does not fit.")
        assert [a.name for a in kept.attachments][:1] == ["journal.jsonl"]


def test_conditions_options_sub_guides_notes_and_proofs_without_a_window(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in {
        "inner": "guide: 1\nid: inner\ntitle: Inner\nask: [{id: way, type: choice, label: Way, values: [a, b]}]\n"
        "steps: [{id: look, if: {is: {way: b}}, prove: [{kind: count, expect: 4, required: true}]}, {id: never, if: {is: {way: a}}}]\n",
        "outer": "guide: 1\nid: outer\ntitle: Outer\nprerequisites: [before]\n"
        "steps: [{id: one}, {id: in, uses: inner}, {id: extra, optional: true}, {id: end}]\n",
    }.items():
        (home / name).mkdir()
        (home / name / "guide.yaml").write_text(text)
    said = home / "answers.yaml"
    said.write_text("answers: {way: b}\ndone: [before]\nskip: [extra]\nnote: {one: rough}\nproof: {in.look: {count: 4}}\n")
    guide = str(home / "outer" / "guide.yaml")
    assert main(["guide", "run", guide, "--yes", "--json"]) == 1, "a question without an answer stops it"
    capsys.readouterr()
    assert main(["guide", "run", guide, "--yes", "--answers", str(said), "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [e["step"] for e in events if e["event"] == "done"] == ["one", "in.look", "end"]
    assert [e["step"] for e in events if e["event"] == "skipped"] == ["extra"]
    kept = [json.loads(line) for line in Path(events[0]["journal"]).read_text().splitlines()]
    assert [(r["kind"], r["value"]) for r in kept if r["e"] == "photo"] == [("count", "4")]
    assert [r["text"] for r in kept if r["e"] == "note"] == ["rough"]
