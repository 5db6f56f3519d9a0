# SPDX-License-Identifier: Apache-2.0
"""Starts that cannot be: each ends before Qt with a sentence and its status, and with JSON where that was asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from firstlight.compose import run_window
from firstlight.shell.screen import Screen

OFFSCREEN, SEEN = Screen(False, "offscreen", why="no display"), Screen(True)


@pytest.mark.parametrize("size", ["wide", "1180", "1180x", "0x0", "99999x99999", "-1x5"])
def test_a_size_that_no_window_has_is_wrong_usage(tmp_path: Path, size: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run_window(["tour", "--out", str(tmp_path / "out"), f"--size={size}"], OFFSCREEN)
    assert ended.value.code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--out", "--home"])
def test_a_tour_into_what_is_no_folder_says_so_and_tells_programs_nothing_happened(
    tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    asked = {"--out": str(tmp_path / "out")} | {option: str(tmp_path / "file")}
    assert run_window(["tour", "--json", *(word for pair in asked.items() for word in pair)], OFFSCREEN) == 1
    told = capsys.readouterr()
    assert json.loads(told.out) == {"steps": [], "pictures": []}
    assert str(tmp_path / "file") in told.err


def test_what_an_earlier_tour_told_is_not_told_for_this_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tour.json").write_text('{"steps": [{"name": "sign in", "ok": true, "detail": ""}], "pictures": []}')
    (tmp_path / "file").touch()
    assert run_window(["tour", "--json", "--out", str(tmp_path), "--home", str(tmp_path / "file")], OFFSCREEN) == 1
    assert json.loads(capsys.readouterr().out)["steps"] == []
    assert not (tmp_path / "tour.json").exists()


@pytest.mark.parametrize("harm", ["file", "lock", "nobody"])
def test_a_profile_that_cannot_be_used_is_named_before_a_window_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], harm: str
) -> None:
    home = tmp_path / "home"
    if harm == "file":
        home.touch()
    elif harm == "lock":
        (home / "data" / "window.lock").mkdir(parents=True)
    monkeypatch.setenv("FIRSTLIGHT_HOME", "~nobody-of-this-pc/x" if harm == "nobody" else str(home))
    assert run_window([], SEEN) == 1
    assert "cannot be used" in capsys.readouterr().err


def test_without_qt_the_package_is_named_and_no_library() -> None:
    program = "import sys; sys.modules['PySide6.QtWidgets'] = None; from firstlight.__main__ import main; sys.exit(main([]))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install PySide6-Essentials" in done.stderr
    assert "apt-get" not in done.stderr
