# SPDX-License-Identifier: Apache-2.0
"""Built-in guides and those that a hub published."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fakes.bench_with_phone import GUIDES
from firstlight.base.paths import resources
from firstlight.base.work import Work
from firstlight.guides.library import Library, Origin
from firstlight_contract.feed import GuideFile, GuideView

FILES = {"a.png": b"picture"}


def document(version: str, picture: str = "a.png") -> str:
    return f"""guide: 1
id: hub-guide
version: "{version}"
title: T
summary: S
kind: check
for: {{device: [r1]}}
minutes: 1
difficulty: easy
effect: erases_nothing
way: hands
steps:
  - id: one
    title: One
    show: [{{img: {picture}, alt: x}}]
"""


def view(text: str, version: str = "1", slug: str = "hub-guide", name: str = "a.png", sha256: str = "") -> GuideView:
    data = FILES["a.png"]
    file = GuideFile(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    digest = sha256 or hashlib.sha256(text.encode()).hexdigest()
    return GuideView(slug=slug, programme="aurora", version=version, title={"en": "T"}, sha256=digest, document=text, files=(file,))


def library(tmp_path: Path, *views: GuideView) -> Library:
    return Library(
        built_in=GUIDES,
        fetched=tmp_path / "guides",
        published=lambda account_id: views if account_id == 1 else (),
        download=lambda account_id, file, target, work: target.write_bytes(FILES[file.name]) and None,
    )


def test_the_built_in_guides_are_there_without_any_network(tmp_path: Path) -> None:
    entries = library(tmp_path).entries(0)
    assert {"a1-weekly", "r1-build", "r1-update", "r1-recovery", "r1-card", "a1-sideload"} <= {e.slug for e in entries}
    assert all((e.origin, e.is_offline, e.is_signed) == (Origin.BUILT_IN, True, True) for e in entries)
    assert all(e.cover for e in entries)


def test_a_published_guide_fetches_its_pictures_once(tmp_path: Path) -> None:
    shelf = library(tmp_path, view(document("1")))
    entry = shelf.entry(1, "hub-guide")
    assert entry is not None
    assert (entry.origin, entry.missing_bytes) == (Origin.HUB, len(FILES["a.png"]))
    entry = shelf.fetch(1, entry, Work())
    assert entry.is_offline
    assert (entry.folder / "a.png").read_bytes() == FILES["a.png"]
    assert shelf.entry(2, "hub-guide") is None


def test_a_newer_version_takes_the_place_of_an_older(tmp_path: Path) -> None:
    for views in ((view(document("1.9")), view(document("1.10"))), (view(document("1.10")), view(document("1.9")))):
        entry = library(tmp_path, *views).entry(1, "hub-guide")
        assert entry is not None
        assert entry.guide.version == "1.10"


def test_a_guide_that_is_not_what_the_hub_listed_or_no_guide_is_left_out(tmp_path: Path) -> None:
    shelf = library(tmp_path, view(document("1"), sha256="0" * 64), view("shell: rm -rf", slug="bad"), view("x: *a", slug="worse"))
    assert {e.slug for e in shelf.entries(1)} == {p.parent.name for p in (resources() / "guides").glob("*/guide.yaml")}


def test_a_file_with_a_path_for_a_name_is_never_fetched(tmp_path: Path) -> None:
    shelf = library(tmp_path, view(document("1"), name="../../evil.png"))
    entry = shelf.entry(1, "hub-guide")
    assert entry is not None
    shelf.fetch(1, entry, Work())
    assert not list(tmp_path.rglob("evil.png"))


def test_the_programmes_own_copy_of_a_built_in_guide_needs_no_network(tmp_path: Path) -> None:
    text = (GUIDES / "r1-build" / "guide.yaml").read_text("utf-8")
    files = tuple(
        GuideFile(name=p.name, sha256=hashlib.sha256(p.read_bytes()).hexdigest(), size=p.stat().st_size)
        for p in sorted((GUIDES / "r1-build").glob("*.svg"))
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    published = GuideView(slug="r1-build", programme="aurora", version="1.0", title={"en": "T"}, sha256=digest, document=text, files=files)
    entry = library(tmp_path, published).entry(1, "r1-build")
    assert entry is not None
    assert entry.is_offline
