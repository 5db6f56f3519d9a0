# SPDX-License-Identifier: Apache-2.0
"""oManual, there and back, and hostile packages of it; iFixit's answers and dumps; OpenWrt's profiles. All samples are our own."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from fakes.odd_shapes import misshapen
from firstlight.base.paths import resources
from firstlight.guides.check import check
from firstlight.guides.document import read
from firstlight.guides.exchange import assembly, ifixit, omanual_read, omanual_write, openwrt
from firstlight.guides.exchange.draft import Draft, Fate, Imported, keep
from firstlight_contract.guides import Guide
from firstlight_contract.wire import words_in

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
MANUAL = """<?xml version="1.0" encoding="UTF-8"?>
<guide locale="en" xmlns="http://omanual.com/">
  <title subject="Fan" type="replacement">Put a fan in</title>
  <summary>A fan.</summary><author id="1">Ann</author><time_required>30 - 45 minutes</time_required>
  <difficulty>Moderate</difficulty><category>Example Router</category>
  <introduction introduction_raw="'''Careful''' with [link|https://example.org|the page] [video|https://example.org/v]"><p>Careful</p></introduction>
  <tools><tool name="Screwdriver" quantity="2" notes="small" url="https://example.org/t" thumbnail="" type=""/></tools>
  <flags><flag id="X" title="In progress">Not finished.</flag></flags>
  <documents><document>media/sheet.pdf</document></documents>
  <prerequisites><prerequisite id="2"><title>Open it</title><path>../x/guide.xml</path></prerequisite></prerequisites>
  <steps>
    <step number="0" title="Screws"><lines>
      <line bullet="red" level="0" text_raw="Take ''two'' screws.">Take two screws.</line>
      <line bullet="icon_caution" level="1" text_raw="Sharp.">Sharp.</line>
      <line bullet="pink" level="0" text_raw="Pink.">Pink.</line>
    </lines><media type="image"><image>../media/screws.png</image><image>http://example.org/x.jpg</image></media></step>
    <step number="1" title=""><lines>LINES</lines><media type="video"><video>https://example.org/v</video></media></step>
  </steps>
  <conclusion><p>Done.</p><p>Really.</p></conclusion>
</guide>""".replace("LINES", "".join(f'<line bullet="black" level="0">Line {n}</line>' for n in range(11)))


def package(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def imported(reader: object, path: Path, out: Path) -> tuple[Imported, list[Guide]]:
    found = Imported()
    reader(path, found)  # type: ignore[operator]
    kept = keep(found, out)
    assert [m for p in kept for m in check(p) if not getattr(m, "is_warning", False)] == []
    return found, [read(p) for p in kept]


def test_a_package_becomes_a_sound_guide_and_what_has_no_place_is_named(tmp_path: Path) -> None:
    path = package(
        tmp_path / "x.omanual",
        {"guide-1/guide.xml": MANUAL.encode(), "media/screws.png": PNG, "media/sheet.pdf": b"%PDF", "category.xml": b"<category/>"},
    )
    found, (guide,) = imported(omanual_read.read, path, tmp_path / "out")
    assert (words_in(guide.title, "en"), guide.span, guide.tools[0].qty) == ("Put a fan in", (30, 45), 2)
    assert [s.id for s in guide.steps] == ["before", "step-1", "step-2", "step-2.2", "after"]
    screws = guide.steps[1]
    assert [(words_in(x.text, "en"), x.colour and x.colour.value, x.tone.value, x.level) for x in screws.say] == [
        ("Take two screws.", "red", "plain", 0),
        ("Sharp.", None, "caution", 1),
        ("Pink.", None, "plain", 0),
    ]
    assert screws.show[0].img == "screws.png"
    assert (tmp_path / "out" / guide.id / "screws.png").read_bytes() == PNG
    assert len(guide.steps[2].say) + len(guide.steps[3].say) == 11
    told = {(r.fate, r.what) for r in found.remarks}
    for lost in ("video https://example.org/v", "bullet pink", "media/sheet.pdf"):
        assert (Fate.UNMAPPED, lost) in told
    assert (Fate.MISSING, "http://example.org/x.jpg") in told


def test_there_and_back_keeps_words_bullets_tools_and_pictures(tmp_path: Path) -> None:
    folder = resources() / "guides" / "r1-build"
    before = read(folder / "guide.yaml")
    told = omanual_write.write(before, folder, tmp_path / "1.omanual")
    assert any(r.fate is Fate.UNMAPPED and "prove" in r.what for r in told.remarks)
    found, (after,) = imported(omanual_read.read, tmp_path / "1.omanual", tmp_path / "out")
    assert [r for r in found.remarks if r.fate in (Fate.UNMAPPED, Fate.MISSING)] == []
    assert words_in(after.title, "en") == words_in(before.title, "en")
    assert len(after.steps) == len(before.steps)
    for ours, theirs in zip(before.steps, after.steps, strict=True):
        assert words_in(theirs.title, "en") == words_in(ours.title, "en")
        assert [x.tone for x in theirs.say] == [x.tone for x in ours.say]
        said = [" ".join(w for w in (words_in(x.strong, "en"), words_in(x.text, "en")) if w) for x in ours.say]
        assert [words_in(x.text, "en") for x in theirs.say] == said
        assert [p.img for p in theirs.show] == [p.img for p in ours.show]
    for name in after.pictures():
        assert (tmp_path / "out" / after.id / name).read_bytes() == (folder / name).read_bytes()
    omanual_write.write(after, tmp_path / "out" / after.id, tmp_path / "2.omanual")
    _, (again,) = imported(omanual_read.read, tmp_path / "2.omanual", tmp_path / "out2")
    assert again == after


@pytest.mark.parametrize("name", ["../../evil.png", "/etc/passwd", "media/../../evil.png", "C:\\evil.png"])
def test_a_picture_outside_of_its_package_is_not_taken(tmp_path: Path, name: str) -> None:
    (tmp_path / "evil.png").write_bytes(PNG)
    xml = MANUAL.replace("../media/screws.png", name).encode()
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "guide.xml").write_bytes(xml)
    for path in (package(tmp_path / "x.omanual", {"g/guide.xml": xml, name.lstrip("/"): PNG}), tmp_path / "a" / "b"):
        found = Imported()
        omanual_read.read(path, found)
        assert found.drafts[0].files == {}
        assert any(r.fate is Fate.MISSING for r in found.remarks)


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><guide><title>&b;</title></guide>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><guide><title>&e;</title></guide>',
        b"<a>" * 3000,
        b"<guide>" + b"<x/>" * 300_000 + b"</guide>",
        b"no xml",
        b"<other/>",
    ],
    ids=["laughs", "external", "deep", "many", "text", "other"],
)
def test_hostile_xml_is_a_remark(tmp_path: Path, xml: bytes) -> None:
    found = Imported()
    omanual_read.read(package(tmp_path / "x.omanual", {"g/guide.xml": xml}), found)
    assert found.drafts == []
    assert found.remarks[0].fate is Fate.UNMAPPED


def test_a_bomb_inside_of_a_package_is_not_unpacked(tmp_path: Path) -> None:
    path = package(tmp_path / "x.omanual", {"g/guide.xml": MANUAL.encode(), "media/screws.png": bytes(40 << 20)})
    found = Imported()
    omanual_read.read(path, found)
    assert found.drafts[0].files == {}


ANSWER = {
    "guideid": 7,
    "title": "Swap the battery",
    "category": "Example Phone",
    "difficulty": "Very difficult",
    "time_required_min": 600,
    "time_required_max": 5400,
    "summary": "Out and in.",
    "introduction_raw": "Read [guide|3|this] first.\r\nAnd ''this''.",
    "author": {"username": "ann"},
    "tools": [{"text": "Spudger", "quantity": 1, "url": "/relative", "notes": None}],
    "parts": [{"text": "Battery", "quantity": 2, "url": "https://example.org/b"}],
    "flags": [{"text": "Careful"}],
    "prerequisites": [{"title": "Open it"}],
    "documents": [],
    "comments": [{"text": "me too"}],
    "weird": "new field",
    "steps": [
        {
            "orderby": 2,
            "title": "Second",
            "lines": [{"text_raw": "B", "bullet": "icon_reminder", "level": 1}],
            "media": {"type": "embed", "data": {}},
        },
        {
            "orderby": 1,
            "title": "",
            "lines": [{"text_raw": "A " * 700, "bullet": "light_blue", "level": 0}],
            "media": {"type": "image", "data": [{"original": "https://example.org/1.jpg", "markup": "circle"}]},
            "comments": [{"text": "x"}],
        },
    ],
}
DUMPED = {
    "Title": "Remove the fan",
    "Category": "Example",
    "Subject": "Fan",
    "Toolbox": [{"Name": "Driver", "Url": "/x", "Thumbnail": None}],
    "Url": "https://example.org/g",
    "Steps": [
        {
            "Order": 0,
            "Lines": [{"Text": "lower"}],
            "Text_raw": "Upper Case.",
            "Images": ["https://example.org/i"],
            "Tools_extracted": ["NA", "Driver"],
        }
    ],
}


def test_an_answer_of_the_api_in_the_order_of_its_steps(tmp_path: Path) -> None:
    path = tmp_path / "7.json"
    path.write_text(json.dumps(ANSWER))
    found, (guide,) = imported(ifixit.read, path, tmp_path / "out")
    assert [words_in(s.title, "en") for s in guide.steps] == ["Before you begin", "Step 1", "Second"]
    assert (guide.difficulty.value, guide.span) == ("careful", (10, 90))
    assert len(guide.steps[1].say) == 3 and {x.colour and x.colour.value for x in guide.steps[1].say} == {"light_blue"}
    assert guide.steps[2].say[0].tone.value == "reminder"
    told = [(r.fate, r.what) for r in found.remarks]
    for item in [
        (Fate.UNMAPPED, "new field"),
        (Fate.MISSING, "https://example.org/1.jpg"),
        (Fate.UNMAPPED, "embed"),
        (Fate.UNMAPPED, "1 comments"),
    ]:
        assert item in told


def test_a_dump_of_one_guide_a_line(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_text("".join(json.dumps(DUMPED | {"Title": f"Guide {n}"}) + "\n" for n in range(3)))
    found, guides = imported(ifixit.read, path, tmp_path / "out")
    assert [words_in(g.title, "en") for g in guides] == ["Guide 0", "Guide 1", "Guide 2"]
    assert words_in(guides[0].steps[0].say[0].text, "en") == "Upper Case."
    assert found.count(Fate.MISSING) == 3


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 1}', '{"a": 1}\n{"b"', "[" * 100_000, "\x00"])
def test_a_json_that_is_none_is_a_remark(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    for reader in (ifixit.read, openwrt.read):
        found = Imported()
        reader(path, found)
        assert found.drafts == []
        assert found.remarks


PROFILES = {
    "metadata_version": 1,
    "target": "mediatek/filogic",
    "version_number": "23.05.4",
    "profiles": {
        "aurora_r1": {
            "titles": [{"vendor": "Aurora", "model": "R1"}],
            "supported_devices": ["aurora,r1"],
            "device_packages": ["a", "b"],
            "images": [
                {"name": "r1-squashfs-sysupgrade.itb", "type": "sysupgrade", "sha256": "b" * 64},
                {"name": "r1-squashfs-sdcard.img.gz", "type": "sdcard", "sha256": "c" * 64},
                {"name": "r1-recovery.itb", "type": "recovery", "sha256": "d" * 64},
                {"name": "r1-factory.bin", "type": "factory", "sha256": "e" * 64},
                {"name": "r1-kernel.bin", "type": "kernel", "sha256": "f" * 64},
            ],
        },
        "other_x-1": {"titles": [{"title": "Other"}], "images": [{"name": "../x", "type": "sysupgrade", "sha256": "0" * 64}]},
        "third_y": {"titles": [], "images": [{"name": "y.bin", "type": "sysupgrade", "sha256": "short"}]},
    },
}


def test_each_purpose_of_a_routers_images_is_a_guide(tmp_path: Path) -> None:
    path = tmp_path / "profiles.json"
    path.write_text(json.dumps(PROFILES))
    found, guides = imported(openwrt.read, path, tmp_path / "out")
    assert sorted(g.id for g in guides) == [
        "openwrt-aurora_r1-card",
        "openwrt-aurora_r1-install",
        "openwrt-aurora_r1-rescue",
        "openwrt-aurora_r1-update",
        "openwrt-third_y-update",
    ]
    update = next(g for g in guides if g.id.endswith("r1-update"))
    assert update.files["r1-squashfs-sysupgrade.itb"].sha256 == "b" * 64
    assert update.files["r1-squashfs-sysupgrade.itb"].url == (
        "https://downloads.openwrt.org/releases/23.05.4/targets/mediatek/filogic/r1-squashfs-sysupgrade.itb"
    )
    told = {(r.fate, r.what) for r in found.remarks}
    assert {(Fate.UNMAPPED, "r1-kernel.bin (kernel)"), (Fate.UNMAPPED, "../x"), (Fate.ADDED, "supported_devices")} <= told


@pytest.mark.parametrize("kind", ["answer", "dump", "profiles"])
def test_a_place_of_another_shape_is_a_remark_and_never_a_crash(kind: str, tmp_path: Path) -> None:
    reader, whole = {"answer": (ifixit.read, ANSWER), "dump": (ifixit.read, DUMPED), "profiles": (openwrt.read, PROFILES)}[kind]
    path = tmp_path / "one.json"
    for data in misshapen(whole, every=13):
        path.write_text(json.dumps(data))
        found = Imported()
        reader(path, found)
        keep(found, tmp_path / "out")
        assert not any("\x1b" in r.what + r.where + r.why for r in found.remarks)


def test_a_list_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "profiles.json"
    path.write_text(json.dumps(PROFILES | {"profiles": {"aurora_r1": {"images": 5, "titles": True}}}))
    found = Imported()
    openwrt.read(path, found)
    assert {"images 5", "titles True"} <= {r.what for r in found.remarks if r.fate is Fate.UNMAPPED}


def test_a_torn_package_says_what_it_lost_or_lost_nothing(tmp_path: Path) -> None:
    path = package(tmp_path / "x.omanual", {"a/guide.xml": MANUAL.encode(), "media/screws.png": PNG})
    whole, whole_found = path.read_bytes(), Imported()
    omanual_read.read(path, whole_found)
    assert len(whole_found.drafts) == 1
    for at in range(30, len(whole) - 30, 13):
        for torn in (whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :], whole[:at]):
            path.write_bytes(torn)
            found = Imported()
            omanual_read.read(path, found)
            assert found.remarks, at
            assert found.drafts == [] or found.drafts == whole_found.drafts or len(found.remarks) > len(whole_found.remarks), at


def test_times_pictures_and_names(tmp_path: Path) -> None:
    assert assembly.minutes("One Hour") == [60]
    assert assembly.minutes("30 - 45 minutes") == [30, 45]
    assert assembly.minutes("1.5 hours") == [90]
    assert assembly.minutes("no time") == []
    assert assembly.picture_kind(b"GIF89a") == ""
    found = Imported()
    for _ in range(3):
        found.add(Draft("same", {"id": "same", "steps": []}), "x")
    assert [d.id for d in found.drafts] == ["same", "same-2", "same-3"]
