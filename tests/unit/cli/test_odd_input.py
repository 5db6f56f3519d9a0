# SPDX-License-Identifier: Apache-2.0
"""What a stranger types by mistake, and files that are not what their names say: a sentence, the right status, JSON where asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fakes.bench_with_phone import GUIDES
from firstlight.cli.guide_answers import read_answers
from firstlight.cli.program import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["guide", "run", "r1-update", "--device", "shh:192.168.1.1"], "begins with"),
        (["guide", "run", "r1-card", "--device", "card:/home/me/photos.img"], "/dev/sdX"),
        (["guide", "run", "r1-recovery", "--device", "recovery:eth0"], "MAC is wanted"),
        (["devices", "--device", "recovery:eth0,mac=zz"], "not a MAC"),
        (["practice", "card", "--size", "nan"], "a number from"),
        (["practice", "card", "--size", "1e30"], "a number from"),
        (["practice", "card", "--size", "-5"], "a number from"),
        (["practice", "phone", "--speed", "inf"], "a number from"),
        (["practice", "router", "--boot", "-1"], "a number from"),
    ],
)
def test_what_no_option_takes_is_wrong_usage_before_anything_begins(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_folder_that_the_system_refuses_is_told_to_programs_too(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "file").write_text("x")
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(home / "file"))
    assert main(["guide", "list", "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["error"] == "system"
    assert str(home / "file") in told.err


def test_words_of_strangers_give_the_terminal_no_orders(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide = home / "guide.yaml"
    guide.write_text('guide: 1\n"\\e[2Jkey": 1\nid: x\ntitle: "clear \\e[2J"\nsteps: [{id: a, title: "\\e]0;x\\a"}]\n')
    assert main(["guide", "check", str(guide)]) == 1
    out = capsys.readouterr().out
    assert "do not show" in out
    assert not set(out) - {"\n"} & {chr(c) for c in range(32)}
    (home / "in").mkdir()
    (home / "in" / "x.json").write_text(json.dumps([{"\x1b[2J": 1}]))
    assert main(["guide", "import", "ifixit", str(home / "in"), "--out", str(home / "out")]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_a_name_that_is_no_text_is_told_and_no_crash(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "check", "bad\udcff.yaml"]) == 1
    assert "cannot be read" in capfd.readouterr().out


def test_what_has_no_line_is_told_without_one(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "run", "r1-build", "--answers", str(home / "none.yaml")]) == 1
    assert main(["guide", "run", str(home / "none" / "guide.yaml")]) == 1
    assert main(["guide", "rehearse", str(GUIDES / "r1-card"), "--fault", "nosuch"]) == 1
    told = capsys.readouterr()
    assert "line 0" not in told.err.casefold()
    assert "there are cable-out" in told.err
    assert "finished" not in told.out, "nothing is played before the faults are known to be some"


def test_a_guide_for_a_router_without_one_says_how_to_name_it(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "g").mkdir()
    (home / "g" / "guide.yaml").write_text("guide: 1\nid: g\ntitle: G\nway: network\nsteps: [{id: find, do: [{ssh.find: 1}]}]\n")
    assert main(["guide", "run", str(home / "g" / "guide.yaml")]) == 1
    assert "--device" in capsys.readouterr().err


def test_an_import_of_nothing_says_what_was_missing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(home / "out")]
    assert main(["guide", "import", "omanual", str(home / "nowhere"), *out]) == 1
    assert "there is no such file" in capsys.readouterr().err
    (home / "empty").mkdir()
    assert main(["guide", "import", "omanual", str(home / "empty"), *out]) == 1
    assert ".omanual" in capsys.readouterr().out
    for name in ("one", "two"):
        (home / "many" / name).mkdir(parents=True)
        (home / "many" / name / "profiles.json").write_text("[]")
    assert main(["guide", "import", "openwrt", str(home / "many"), *out, "--json"]) == 1
    remarks = json.loads(capsys.readouterr().out)["remarks"]
    assert [r["source"] for r in remarks] == [str(Path("one", "profiles.json")), str(Path("two", "profiles.json"))]


def test_a_package_in_a_language_that_the_guide_does_not_speak_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = home / "x.omanual"
    assert main(["guide", "export", "omanual", str(GUIDES / "r1-build"), "--out", str(out), "--lang", "xx"]) == 1
    assert "only in en, zh_CN" in capsys.readouterr().err
    assert not out.exists()


def test_the_manual_is_one_object_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "manual", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["manual"].startswith("#")


def test_a_step_that_the_guide_has_not_is_a_mistake_of_the_answers(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "answers.yaml").write_text("note: {scrwes: Rough.}\n")
    assert main(["guide", "run", "r1-build", "--yes", "--answers", str(home / "answers.yaml")]) == 1
    assert "no step scrwes" in capsys.readouterr().err


def test_the_end_of_a_serial_number_keeps_its_zeros(home: Path) -> None:
    (home / "answers.yaml").write_text("confirm: {write: 0042, more: 12}\nanswers: {n: 7}\n")
    told = read_answers(home / "answers.yaml")
    assert (told.confirm, told.answers) == ({"write": "0042", "more": "12"}, {"n": 7})
