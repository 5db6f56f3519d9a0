# SPDX-License-Identifier: Apache-2.0
"""UBports device files, in a small one of our own that uses every action there is: nothing is left out in silence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from fakes.odd_shapes import misshapen
from firstlight.guides.document import parse
from firstlight.guides.exchange import ubports
from firstlight.guides.exchange.draft import Fate, Imported, text_of
from firstlight_contract.guides import Guide

SHA = "a" * 64
ONE = (Path(__file__).parents[3] / "recordings" / "ubports" / "one.yml").read_text("utf-8")
_ACTION = re.compile(r'"(?:core|adb|fastboot|heimdall|systemimage|postmarketos|lineage_os|asteroid_os):[a-z_]+"')


def read(tmp_path: Path, text: str) -> tuple[Imported, list[Guide]]:
    path = tmp_path / "one.yml"
    path.write_text(text, "utf-8")
    found = Imported()
    ubports.read(path, found)
    return found, [parse(text_of(draft)) for draft in found.drafts]


def test_every_action_of_their_format_has_a_place(tmp_path: Path) -> None:
    found, (guide,) = read(tmp_path, ONE)
    assert [r for r in found.remarks if r.fate is Fate.UNMAPPED] == []
    assert found.actions == len([a for a in _ACTION.findall(ONE) if a != '"systemimage:channels"'])
    assert guide.for_.device == ("one", "one_plus")
    assert guide.for_.not_ == ("two",)


def test_what_writes_asks_for_the_right_phone_and_a_typed_word(tmp_path: Path) -> None:
    _, (guide,) = read(tmp_path, ONE)
    writing = [s for s in guide.steps if s.writes]
    assert writing
    for step in writing:
        if any(d.verb.startswith(("fastboot.", "adb.")) for d in step.do):
            assert step.gate[0].verb in ("fastboot.device", "adb.device"), step.id
        assert step.needs_word, step.id
        assert len({d.verb for d in step.do if d.writes}) == 1, f"{step.id} ends in more than one state"


def test_conditions_files_and_rescue_keep_their_meaning(tmp_path: Path) -> None:
    _, (guide,) = read(tmp_path, ONE)
    slot = next(s for s in guide.steps if any(d.verb == "fastboot.set_active" for d in s.do))
    assert slot.if_ is not None
    assert slot.if_.holds({"kind": "g", "wipe": False, "channel": "stable"})
    assert not slot.if_.holds({"kind": "g", "wipe": False, "channel": "devel"})
    assert not slot.if_.holds({"kind": "l", "wipe": True})
    assert guide.files["boot.img"].sha256 == SHA
    assert guide.files["by-hand.zip"].by_hand
    unpack = next(d for s in guide.steps for d in s.do if d.verb == "files.unpack")
    assert unpack.pick == {"all/vbmeta.img": "vbmeta.img"}  # type: ignore[attr-defined]
    assert guide.rescue["bootloader_locked"][0].verb == "fastboot.unlock"


def test_what_is_unknown_is_named_item_by_item(tmp_path: Path) -> None:
    text = ONE.replace('"fastboot:continue": null', '"fastboot:dance": {how: slowly}').replace("formfactor: phone", "smell: sweet")
    found, _ = read(tmp_path, text)
    lost = {r.what.split(" ")[0] for r in found.remarks if r.fate is Fate.UNMAPPED}
    assert lost == {"fastboot:dance", "sweet"}


@pytest.mark.parametrize(
    "text",
    ["a: &a [1]\nb: *a", "- 1", "{", "codename: x", "\t", "codename: x\noperating_systems: 3", "x: !!python/object/apply:os.system [ls]"],
)
def test_a_file_that_is_none_makes_a_remark_and_no_guide(tmp_path: Path, text: str) -> None:
    found, guides = read(tmp_path, text)
    assert guides == []
    assert found.remarks[0].fate is Fate.UNMAPPED


def test_a_place_of_another_shape_is_a_remark_and_never_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "one.yml"
    for data in misshapen(yaml.safe_load(ONE), every=37):
        path.write_text(json.dumps(data), "utf-8")  # which is YAML too, and quicker to read
        found = Imported()
        ubports.read(path, found)
        assert found.drafts or found.remarks, "neither a guide nor a word"
        assert not any("\x1b" in r.what + r.where + r.why for r in found.remarks)


def test_steps_that_are_no_list_are_named(tmp_path: Path) -> None:
    data = yaml.safe_load(ONE)
    data["operating_systems"] = [data["operating_systems"][0] | {"steps": 5}, "neither"]
    path = tmp_path / "one.yml"
    path.write_text(json.dumps(data), "utf-8")
    found = Imported()
    ubports.read(path, found)
    assert {"steps 5", "neither"} <= {r.what for r in found.remarks if r.fate is Fate.UNMAPPED}
