# SPDX-License-Identifier: Apache-2.0
"""Slips of a release manager: a programme that there is not, an image that a build left empty. Nothing is signed, nothing stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstlight_contract.signing import State, Submission
from firstlight_hub.__main__ import main
from firstlight_hub.firmware import keys
from firstlight_hub.site import key_commands, release_commands
from firstlight_hub.site.start import Refused


class Hub:
    """A hub that knows the programme aurora alone, and counts what is brought."""

    uploads = 0

    def upload(self, path: Path) -> tuple[str, int]:
        """Counted."""
        self.uploads += 1
        return "0" * 64, path.stat().st_size

    def state(self) -> State:
        """Nothing yet, and an online key."""
        public = keys.new().public_key
        return State(roles=(), lines=(), online_id=public.keyid, online=public.to_dict())

    def submit(self, form: Submission) -> State:
        """Refused for another programme."""
        if form.lines[0].programme != "aurora":
            raise Refused("The hub refused: there is no such programme.")
        return self.state()


def test_keys_that_the_hub_refused_are_not_left_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hub = Hub()
    monkeypatch.setattr(key_commands, "desk", lambda _: hub)
    begin = ["keys", "init", "--data", str(tmp_path / "hub"), "--out", str(tmp_path / "stick"), "--plain", "--line"]
    assert main([*begin, "r1=arora"]) == 1
    assert "no such programme" in capsys.readouterr().err
    assert list((tmp_path / "stick").iterdir()) == []
    assert main([*begin, "r1=aurora"]) == 0
    assert {p.name for p in (tmp_path / "stick").iterdir()} == {"root1.pem", "root2.pem", "root3.pem", "targets.pem", "line-r1.pem"}


def test_an_empty_image_is_not_brought_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    hub, key, image = Hub(), tmp_path / "line.pem", tmp_path / "boot.img"
    keys.write(keys.new(), key, "")
    image.touch()
    monkeypatch.setattr(release_commands, "desk", lambda _: hub)
    words = ["release", "publish", f"boot={image}", "--version", "1", "--device", "a1", "--line", "a1", "--key", str(key), "--data", "x"]
    assert main(words) == 1
    assert f"{image} is empty" in capsys.readouterr().err
    assert hub.uploads == 0
