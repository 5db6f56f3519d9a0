# SPDX-License-Identifier: Apache-2.0
"""`firstlight devices`: who is plugged in, as people and programs read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.typing_desk import Desk
from fakes.typing_desk import bare_desk as make
from firstlight.devices.address import parse
from firstlight.practice.phone import PracticePhone


@pytest.fixture
def bare_desk(tmp_path: Path) -> Desk:
    return make(tmp_path)


def test_a_phone_at_an_address_is_listed_with_the_address_to_use(bare_desk: Desk, tmp_path: Path) -> None:
    with PracticePhone(tmp_path / "p") as phone:
        listed = bare_desk.type("devices", "--device", f"fastboot:{phone.address}", "--json").json["devices"]
        (device,) = [d for d in listed if d["kind"] == "phone"]
        assert (device["serial"], device["product"], device["build"], device["battery"]) == ("PRACTICE-4F7C", "a1_eng", "26.46", 78)
        assert device["practice"] is True
        assert parse(device["address"]).where == phone.address
        said = bare_desk.type("devices", "--device", f"fastboot:{phone.address}")
        assert f"--device fastboot:{phone.address}" in said.out


def test_disks_that_are_never_offered_are_shown_with_the_reason_when_asked_for(bare_desk: Desk) -> None:
    shown = bare_desk.type("devices", "--json").json["devices"]
    hidden = bare_desk.type("devices", "--hidden", "--json").json["devices"]
    assert not [d for d in shown if d.get("why_hidden")]
    assert len(hidden) >= len(shown)


def test_an_address_where_nobody_is_is_said(bare_desk: Desk) -> None:
    said = bare_desk.type("devices", "--device", "fastboot:tcp:127.0.0.1:1", "--json")
    assert said.status == 1
    assert said.json["missing"] == ["fastboot:tcp:127.0.0.1:1"]
    assert "nobody answers" in said.err


def test_what_is_no_address_is_wrong_usage(bare_desk: Desk) -> None:
    assert bare_desk.type("devices", "--device", "-P 1").status == 2
