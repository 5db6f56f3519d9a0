# SPDX-License-Identifier: Apache-2.0
"""`firstlight redact` by its arguments, exit status and JSON."""

from __future__ import annotations

import json
import os

import pytest

from firstlight.cli.program import main


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path


def test_a_log_is_written_without_its_details(home, capsys):
    source, target = home / "in.log", home / "out.log"
    source.write_text("user a.b@c.example on R1E-004217\nred bike\n")
    arguments = [
        "redact",
        str(source),
        "-o",
        str(target),
        "--keep",
        "serial",
        "--hide",
        "red bike",
        "--findings",
        str(home / "f.jsonl"),
        "--json",
    ]
    assert main(arguments) == 0
    assert target.read_text() == "user [mail 1] on R1E-004217\n[hidden 1]\n"
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["hidden"], told["found"], told["lines"]) == (True, 2, 3, 2)
    assert len((home / "f.jsonl").read_text().splitlines()) == 2


def test_the_input_is_never_overwritten(home, capsys):
    source = home / "in.log"
    source.write_text("user a.b@c.example\n")
    assert main(["redact", str(source), "-o", str(source)]) == 1
    assert source.read_text() == "user a.b@c.example\n"
    assert "in.log" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said_in_a_sentence(home, capsys):
    assert main(["redact", str(home / "none.log"), "-o", str(home / "o.log")]) == 1
    assert "none.log" in capsys.readouterr().err


@pytest.mark.parametrize("listing", ["in.log", "out.log"])
def test_a_listing_never_takes_the_place_of_a_log(home, listing):
    source, target = home / "in.log", home / "out.log"
    source.write_text("user a.b@c.example\n")
    assert main(["redact", str(source), "-o", str(target), "--findings", str(home / listing)]) == 1
    assert source.read_text() == "user a.b@c.example\n"
    assert not target.exists()


def test_what_is_no_file_is_refused_and_not_waited_for(home, capsys):
    os.mkfifo(home / "pipe")
    assert main(["redact", str(home / "pipe"), "-o", str(home / "out.log")]) == 1
    assert "pipe" in capsys.readouterr().err
