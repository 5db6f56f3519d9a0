# SPDX-License-Identifier: Apache-2.0
"""The whole journey through the real window: every step happens, every page has its picture."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PIL import Image

from e2e.journey import STEPS, Journey

PICTURES = {
    "01-welcome",
    "02-week",
    "03-guides",
    "04-player-assembly",
    "04-finish",
    "05-safety-checks",
    "05-player-flash",
    "06-flash-failed",
    "05-finish",
    "07-annotate",
    "08-report",
    "09-outbox-offline",
    "09-arrived",
    "09-status-back",
    "11-profile",
    "12-settings",
    "13-week-done",
}
IN_THE_SUITE = ("zh_CN", "dark", "900x600")
LOOKS = [
    pytest.param(*look, marks=[pytest.mark.slow if look == IN_THE_SUITE else pytest.mark.long])
    for look in itertools.product(("en", "zh_CN"), ("light", "dark"), ("900x600", "1180x760"))
]


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_every_step_of_the_tour_happens_and_has_its_picture(
    tmp_path: Path, no_ring: dict[str, str], language: str, theme: str, size: str
) -> None:
    journey = Journey(tmp_path, no_ring, language, theme, size)
    status = journey.run()
    said = "\n".join(journey.last_life)
    assert [(step["name"], step["ok"]) for step in journey.told["steps"]] == [(name, True) for name in STEPS], said
    assert status == 0, said
    assert "Traceback" not in said, said
    width, height = (int(part) for part in size.split("x"))
    pictures = {Path(name).stem: journey.out / name for name in journey.told["pictures"]}
    assert set(pictures) >= PICTURES
    for path in pictures.values():
        with Image.open(path) as picture:
            assert picture.size == (width, height), path.name
            assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 40, f"{path.name} is empty"
    if language == "en":
        journey.check_report()
    journey.check_activity()
    journey.check_store()
    assert journey.processes() == []
