# SPDX-License-Identifier: Apache-2.0
"""What the hub lists and what guides name, held against what was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from faults.signing.signed_bench import IMAGE, PATH, Bench
from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.firmware.errors import Corrupt, NotKnown, NotSigned, OlderBuild, StepNeeded, Untrusted
from firstlight.firmware.images import Images
from firstlight.firmware.targets import SignedFiles
from firstlight.guides.files import GuideFiles
from firstlight_contract.feed import GuideFile, GuideView
from firstlight_contract.firmware import ImageFile, Release
from firstlight_contract.guides import Guide
from firstlight_contract.signing import Kind


def listed(**other: Any) -> Release:
    file = {"name": "boot.img", "partition": "boot", "sha256": hashlib.sha256(IMAGE).hexdigest(), "size": len(IMAGE), "target": PATH}
    file |= {name: other.pop(name) for name in list(other) if name in file}
    known: dict[str, Any] = {
        "id": uuid4(),
        "programme": "aurora",
        "device": "a1",
        "device_name": "Aurora A1",
        "version": "26.47",
        "from_version": "26.46",
        "week": "2026-W47",
        "published_at": datetime.now(UTC),
        "keeps_data": True,
        "minutes": 9,
        "guide": "a1-weekly",
        "changes": (),
    }
    return Release(**(known | {"files": (ImageFile(**file),)} | other))


def images(bench: Bench) -> Images:
    def no_other_way(*_: object) -> None:
        raise AssertionError("a signed build is fetched by its signed name")

    return Images(bench.builds, no_other_way, lambda _account: bench.trust)


def test_a_signed_build_is_fetched_and_vouched_for(bench: Bench) -> None:
    found = images(bench)
    assert found.fetch(listed(), 1, Work()) == len(IMAGE)
    vouched = found.vouch(listed(), 1)
    assert (vouched.is_signed, vouched.lines, vouched.is_expired) == (True, ("a1",), False)
    bench.hub.content = {}
    assert found.fetch(listed(), 1, Work()) == 0, "nothing is missing, nothing is asked"


LIES: dict[str, tuple[dict[str, Any], type[FirstlightError]]] = {
    "not signed": ({"target": ""}, NotSigned),
    "another name": ({"target": "a1/26.48-boot.img"}, NotSigned),
    "no files": ({"files": ()}, NotSigned),
    "other bytes": ({"sha256": "0" * 64}, Untrusted),
    "another size": ({"size": 5}, Untrusted),
    "another partition": ({"partition": "system"}, Untrusted),
    "another version": ({"version": "26.48"}, Untrusted),
    "another device": ({"device": "r1"}, Untrusted),
    "a higher rollback index": ({"rollback_index": 9}, Untrusted),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_build_that_the_hub_lists_otherwise_is_refused_before_a_byte_comes(bench: Bench, lie: str) -> None:
    said, error = LIES[lie]
    bench.trust.refresh(Work())
    bench.hub.asked.clear()
    with pytest.raises(error):
        images(bench).fetch(listed(**said), 1, Work())
    assert bench.ranges() == []
    with pytest.raises(error):
        images(bench).vouch(listed(**said), 1)


def test_once_a_hub_signs_an_unsigned_build_is_refused_also_when_its_images_are_here(bench: Bench) -> None:
    bench.builds.mkdir()
    old = Images(bench.builds, lambda _account, _file, place, _work: place.write_bytes(IMAGE) and None)
    old.fetch(listed(target=""), 1, Work())
    bench.trust.refresh(Work())
    with pytest.raises(NotSigned):
        images(bench).fetch(listed(target=""), 1, Work())


@pytest.mark.parametrize(
    ("facts", "running", "error"),
    [
        ({}, "26.46", None),
        ({}, "26.47", None),
        ({}, "", None),
        ({}, "26.48", OlderBuild),
        ({"downgrade_ok": True}, "26.48", None),
        ({"min_from": "26.46"}, "26.46", None),
        ({"min_from": "26.46"}, "26.45", StepNeeded),
        ({"min_from": "26.46"}, "", None),
        ({}, "26.47.1", OlderBuild),
        ({}, "26.47-rc1", None),
    ],
)
def test_an_older_build_needs_a_signature_for_going_back(
    bench: Bench, facts: dict[str, Any], running: str, error: type[FirstlightError] | None
) -> None:
    path = "a1/26.47-again.img"
    bench.maker.publish(path, IMAGE, partition="boot", **facts)
    bench.hub.content = bench.maker.served()
    bench.trust.refresh(Work())
    act: Callable[[], object] = lambda: images(bench).vouch(listed(target=path), 1, running)  # noqa: E731  read beside its expectation
    if error is None:
        act()
        return
    with pytest.raises(error):
        act()


def test_a_signed_guide_is_known_by_document_and_pictures(bench: Bench) -> None:
    text, picture = "guide: 1", b"jpeg"
    files = [{"name": "a.jpg", "sha256": hashlib.sha256(picture).hexdigest(), "size": len(picture)}]
    path = "guides/weekly-1.yaml"
    bench.maker.publish(path, text.encode(), kind=Kind.GUIDE, version="1", device="", files=files)
    bench.hub.content = bench.maker.served()
    view = GuideView(
        slug="weekly",
        programme="aurora",
        version="1",
        title={},
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        document=text,
        files=tuple(GuideFile(**file) for file in files),
        target=path,
    )
    assert not bench.trust.vouch_guide(view), "never seen to sign"
    bench.trust.refresh(Work())
    assert bench.trust.vouch_guide(view)
    for lie in ({"sha256": "0" * 64}, {"files": ()}, {"version": "2"}, {"target": PATH}):
        with pytest.raises(Untrusted):
            bench.trust.vouch_guide(view.model_copy(update=lie))
    with pytest.raises(NotSigned):
        bench.trust.vouch_guide(view.model_copy(update={"target": ""}))


def guide_files(bench: Bench, folder: Path, *, device: str = "a1", is_signed_in: bool = True, **file: Any) -> GuideFiles:
    """The files of a guide that names one by its signed path."""
    guide = {"guide": 1, "id": "x", "version": "1", "title": "X", "for": {"device": [device]}, "files": {"boot.img": file}}
    step = {"id": "a", "title": "A", "show": []}
    signed = SignedFiles(bench.trust if is_signed_in else None, (device,))
    return GuideFiles(guide=Guide.model_validate(guide | {"steps": [step]}), folder=folder / "run", given=folder / "given", signed=signed)


def test_a_file_that_a_guide_names_by_its_signed_path_is_fetched_and_checked(bench: Bench, tmp_path: Path) -> None:
    found = guide_files(bench, tmp_path, target=PATH)
    assert found.fetch("boot.img", Work()).read_bytes() == IMAGE
    bench.hub.content = {}
    found.path("boot.img", Work()).write_bytes(IMAGE[:-1] + b"!")
    with pytest.raises(Corrupt):
        found.path("boot.img", Work())


def test_a_testers_own_copy_is_held_against_the_signature(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    own = tmp_path / "given" / "boot.img"
    own.write_bytes(b"something else")
    found = guide_files(bench, tmp_path, target=PATH)
    with pytest.raises(NotKnown):
        found.path("boot.img", Work())
    bench.trust.refresh(Work())
    with pytest.raises(Corrupt):
        found.path("boot.img", Work())
    own.write_bytes(IMAGE)
    assert found.path("boot.img", Work()) == own
    with pytest.raises(Untrusted):
        guide_files(bench, tmp_path, device="r1", target=PATH).path("boot.img", Work())


def test_a_guides_signed_file_may_not_be_older_than_what_runs(bench: Bench, tmp_path: Path) -> None:
    running = ""
    found = SignedFiles(bench.trust, ("a1",), lambda: running)
    place = bench.fetch()
    found.check(PATH, place, Work())
    running = "26.48"
    for act in (lambda: found.check(PATH, place, Work()), lambda: found.bring(PATH, tmp_path / "again", Work())):
        with pytest.raises(OlderBuild):
            act()
    assert not (tmp_path / "again").exists()


def test_without_an_account_the_guides_own_hash_must_do(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "boot.img").write_bytes(IMAGE)
    with pytest.raises(NotKnown):
        guide_files(bench, tmp_path, is_signed_in=False, target=PATH).path("boot.img", Work())
    sha256 = hashlib.sha256(IMAGE).hexdigest()
    assert guide_files(bench, tmp_path, is_signed_in=False, target=PATH, sha256=sha256).path("boot.img", Work())
