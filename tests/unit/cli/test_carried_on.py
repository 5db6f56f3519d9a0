# SPDX-License-Identifier: Apache-2.0
"""`guide run --resume` as a stranger types it: the same words once more, the device in another reader, or another device."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstlight.cli.program import main
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import parse

MIB = 1 << 20
DATA = bytes(range(256)) * 4096 * 3
GUIDE = f"""
guide: 1
id: my-card
title: A card
kind: image
way: card
ask: [{{id: colour, type: choice, label: Colour, values: [red, blue]}}]
files: {{image.raw: {{sha256: {hashlib.sha256(DATA).hexdigest()}, by_hand: true}}}}
steps:
  - {{id: find, do: [{{card.find: 1}}]}}
  - {{id: write, danger: data_loss, gate: [{{card.expect: {{}}}}], do: [{{image.write: image.raw}}]}}
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    for name in ("g", "my files"):
        (tmp_path / name).mkdir()
    (tmp_path / "g" / "guide.yaml").write_text(GUIDE)
    (tmp_path / "my files" / "image.raw").write_bytes(DATA)
    (tmp_path / "answers.yaml").write_text("answers: {colour: red}\n")
    return tmp_path


@pytest.fixture
def half(home: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[PracticeCard]:
    """A card that left in the middle, and is in again."""
    with PracticeCard(
        home / "card", serial="PRACTICE-CA01", size=8 * MIB, expects=len(DATA), faults=parse(["cable-out:40"], "card")
    ) as card:
        assert main(words(home, card)) == 1
        card.faults = parse([], "card")
        card.plug_in()
        yield card


def words(home: Path, card: PracticeCard, *more: str) -> list[str]:
    """The command as it was typed first."""
    return [
        *("guide", "run", str(home / "g" / "guide.yaml"), "--device", card.address),
        *("--answers", str(home / "answers.yaml"), "--files", str(home / "my files"), "--yes", *more),
    ]


def test_the_words_to_go_on_are_whole_and_take_the_same_answers(half: PracticeCard, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hint = next(line for line in capsys.readouterr().err.splitlines() if line.startswith("Carry on with: "))
    for word in (half.address, "--answers", f"'{home / 'my files'}'", "--resume"):
        assert word in hint
    assert main(words(home, half, "--resume")) == 0
    assert "has changed" not in capsys.readouterr().err
    assert (home / "card" / "card.img").read_bytes()[: len(DATA)] == DATA


def test_a_guide_that_was_changed_since_is_said_and_not_played(half: PracticeCard, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "g" / "guide.yaml").write_text(GUIDE + "  - {id: more}\n")
    assert main(words(home, half, "--resume", "--json")) == 0
    told = capsys.readouterr()
    assert "goes on with the guide as it was" in told.err
    assert '"step": "more"' not in told.out


def test_other_answers_are_refused_once_something_is_written(half: PracticeCard, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "answers.yaml").write_text("answers: {colour: blue}\n")
    assert main(words(home, half, "--resume", "--json")) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["facts"]["reason"] == "written"


def test_another_card_is_refused_and_gets_nothing(half: PracticeCard, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with PracticeCard(home / "other", serial="PRACTICE-CA02", size=8 * MIB) as other:
        assert main(words(home, other, "--resume")) == 1
        assert other.written == 0
    assert "Another device answers there" in capsys.readouterr().err


def test_the_same_card_in_another_reader_is_written_there(half: PracticeCard, home: Path) -> None:
    half.stop()
    with PracticeCard(home / "card", serial="PRACTICE-CA01", size=8 * MIB) as again:
        assert again.address != half.address
        assert main(words(home, again, "--resume")) == 0
    assert (home / "card" / "card.img").read_bytes()[: len(DATA)] == DATA


def test_what_is_in_another_reader_is_agreed_to_anew(half: PracticeCard, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half.stop()
    with PracticeCard(home / "card", serial="PRACTICE-CA01", size=8 * MIB) as again:
        assert main([w for w in words(home, again, "--resume") if w != "--yes"]) == 1
        assert again.written == 0
    assert "was not agreed to" in capsys.readouterr().err


def test_a_step_is_taken_back_as_the_guide_says_and_what_stands_on_it_falls(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = home / "g" / "guide.yaml"
    guide.write_text(
        "guide: 1\nid: g\ntitle: G\nsteps:\n"
        "  - {id: one, do: [{note.say: there}], undo: [{note.say: and back}]}\n  - {id: two, do: [{note.say: two}]}\n  - {id: hands}\n"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["guide", "run", str(guide)]) == 1
    with pytest.raises(SystemExit) as wrong:
        main(["guide", "run", str(guide), "--undo", "one"])
    assert wrong.value.code == 2, "there is nothing to take back in a run that begins"
    capsys.readouterr()
    assert main(["guide", "run", str(guide), "--resume", "--undo", "nix"]) == 1
    assert "no step nix" in capsys.readouterr().err
    assert main(["guide", "run", str(guide), "--resume", "--undo", "one", "--yes", "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert next(e for e in events if e["event"] == "undone") == {"event": "undone", "step": "one", "also": ["two"]}
    assert [e["text"] for e in events if e["event"] == "console"] == ["and back", "there", "two"]
    assert [e["step"] for e in events if e["event"] == "done"] == ["one", "two", "hands"]


class Terminal(io.StringIO):
    """Somebody types."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize(("typed", "status"), [("right", 0), ("wrong", 1), ("", 1)])
def test_who_sits_at_a_terminal_is_asked_which_of_those_that_look_alike_it_is(
    typed: str, status: int, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    apart = "for: {device: [r1], not: [r1-lite], tell_apart: {question: How many sockets?, right: Four, wrong: Two}}\nask: ["
    (home / "g" / "guide.yaml").write_text(GUIDE.replace("ask: [", apart))
    with PracticeCard(home / "card", serial="PRACTICE-CA01", size=8 * MIB) as card:
        monkeypatch.setattr("sys.stdin", Terminal(f"{typed}\nCA01\n"))
        assert main([w for w in words(home, card) if w != "--yes"]) == status
        assert bool(card.written) == (status == 0)
    assert "How many sockets?" in capsys.readouterr().err
