# SPDX-License-Identifier: Apache-2.0
"""UBports device files, in a small one of our own that uses every action there is: nothing is left out in silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from firstlight.guides.document import parse
from firstlight.guides.exchange import ubports
from firstlight.guides.exchange.draft import Fate, Imported, text_of
from firstlight_contract.guides import Guide

SHA = "a" * 64
ONE = f"""
name: Example One
codename: one
formfactor: phone
aliases: [one_plus]
doppelgangers: [two]
user_actions:
  confirm: {{title: Confirm your model, description: "It must be a One."}}
  bootloader: {{title: To the bootloader, description: Hold both keys., image: phone_power_up, button: true}}
  recovery: {{title: To the recovery, description: Hold the other key.}}
  unlock: {{title: Unlock it, description: See the page., link: "https://example.org/unlock"}}
unlock: [confirm]
handlers: {{bootloader_locked: {{actions: [{{"fastboot:oem_unlock": {{code_url: "https://example.org/code"}}}}]}}}}
operating_systems:
  - name: Some System
    compatible_installer: ">=0.9"
    options:
      - {{var: channel, name: Channel, type: select, remote_values: {{"systemimage:channels": null}}}}
      - {{var: wipe, name: Wipe, tooltip: Everything goes., type: checkbox}}
      - {{var: kind, name: Kind, type: select, values: [{{value: g, label: G}}, {{value: l, label: L}}]}}
    prerequisites: [unlock]
    steps:
      - actions: [{{"adb:reboot": {{to_state: bootloader}}}}]
        fallback: [{{"core:user_action": {{action: bootloader}}}}]
      - actions: [{{"fastboot:wait": null}}]
      - actions: [{{"fastboot:assert_var": {{variable: unlocked, value: "yes"}}}}]
        fallback: [{{"core:user_action": {{action: unlock}}}}]
      - actions: [{{"fastboot:assert_var": {{variable: product, regex: {{pattern: "^(one|one_plus)$"}}}}}}]
      - actions: [{{"fastboot:set_active": {{slot: a}}}}]
        condition: {{AND: [{{var: kind, value: g}}, {{OR: [{{var: wipe, value: true}}, {{var: channel, value: stable}}]}}]}}
      - actions:
          - "core:download":
              group: firmware
              files:
                - {{url: "https://example.org/a/boot.img", checksum: {{sum: "{SHA}", algorithm: sha256}}}}
                - {{url: "https://example.org/a/system.tar.gz", name: all.tar.gz}}
      - actions:
          - "core:unpack": {{group: firmware, files: [{{archive: all.tar.gz, dir: unpacked}}]}}
          - "core:unpack": {{group: firmware, files: [{{archive: unpacked/all.tar, dir: unpacked}}]}}
          - "core:unpack_move": {{group: firmware, files: [{{src: unpacked/all, dst: unpacked}}]}}
      - actions:
          - "fastboot:flash":
              partitions:
                - {{partition: boot, file: boot.img, group: firmware, raw: true}}
                - {{partition: vbmeta, file: unpacked/vbmeta.img, group: firmware, flags: [--disable-verity]}}
          - "fastboot:erase": {{partition: cache}}
          - "fastboot:format": {{partition: userdata, type: ext4, size: 1000}}
        condition: {{var: wipe, value: true}}
      - actions: [{{"fastboot:reboot_fastboot": null}}, {{"fastboot:delete_logical_partition": {{partition: product_a}}}}]
      - actions: [{{"fastboot:create_logical_partition": {{partition: x_a, size: 4096}}}}, {{"fastboot:resize_logical_partition": {{partition: x_a, size: 8192}}}}]
      - actions: [{{"fastboot:wipe_super": {{image: {{file: boot.img, group: firmware}}}}}}, {{"fastboot:boot": {{file: boot.img, group: firmware}}}}]
      - actions: [{{"fastboot:reboot_recovery": null}}, {{"core:user_action": {{action: recovery}}}}, {{"adb:sideload": {{file: all.tar.gz, group: firmware}}}}]
        optional: true
      - actions: [{{"adb:push": {{group: firmware, files: [boot.img], dest: /cache/x}}}}, {{"adb:format": {{partition: userdata}}}}, {{"adb:shell": [mount, /data]}}]
      - actions: [{{"adb:assert_prop": {{prop: ro.x, value: y}}}}, {{"adb:preparesystemimage": null}}, {{"adb:wait": null}}]
      - actions: [{{"heimdall:flash": {{partitions: [{{partition: BOOT, file: boot.img, group: firmware}}]}}}}, {{"heimdall:wait": null}}]
      - actions: [{{"systemimage:install": null}}, {{"postmarketos:download": null}}, {{"lineage_os:download": null}}, {{"asteroid_os:download": null}}]
      - actions: [{{"core:manual_download": {{group: firmware, file: {{name: by-hand.zip, url: "https://example.org/b"}}}}}}]
      - actions: [{{"core:info": {{info: some words}}}}, {{"core:group": [{{actions: [{{"fastboot:continue": null}}, {{"fastboot:reboot": null}}]}}]}}]
      - actions: [{{"fastboot:update": {{file: all.tar.gz, group: firmware}}}}, {{"fastboot:reboot_bootloader": null}}, {{"core:end": null}}]
      - actions: [{{"core:user_action": {{action: bootloader}}}}, {{"fastboot:flashing_unlock": null}}]
    slideshow: []
"""


def read(tmp_path: Path, text: str) -> tuple[Imported, list[Guide]]:
    path = tmp_path / "one.yml"
    path.write_text(text, "utf-8")
    found = Imported()
    ubports.read(path, found)
    return found, [parse(text_of(draft)) for draft in found.drafts]


def test_every_action_of_their_format_has_a_place(tmp_path: Path) -> None:
    found, (guide,) = read(tmp_path, ONE)
    assert [r for r in found.remarks if r.fate is Fate.UNMAPPED] == []
    assert (
        found.actions == len(re.findall(r"(?:core|adb|fastboot|heimdall|systemimage|postmarketos|lineage_os|asteroid_os):[a-z_]+", ONE)) - 1
    )
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
