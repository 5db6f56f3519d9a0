# SPDX-License-Identifier: Apache-2.0
"""Images are fetched once, hashed before use, and a spoiled one is never handed on."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.firmware.errors import Corrupt, ImageMissing
from firstlight.firmware.images import Images, file_for, newest_for
from firstlight_contract.firmware import ImageFile, Release

DATA = {"boot": b"b" * 1000, "system": b"s" * 3_000_000}


def release(version: str = "26.47", before: str = "26.46", device: str = "a1", day: int = 20) -> Release:
    files = tuple(ImageFile(name=f"{p}.img", partition=p, sha256=hashlib.sha256(d).hexdigest(), size=len(d)) for p, d in DATA.items())
    return Release(
        id=uuid4(),
        programme="aurora",
        device=device,
        device_name="A",
        version=version,
        from_version=before,
        week="2026-W47",
        published_at=datetime(2026, 11, day, tzinfo=UTC),
        keeps_data=True,
        minutes=9,
        guide="a1-weekly",
        files=files,
        changes=(),
    )


class Hub:
    def __init__(self, spoiled: str = "") -> None:
        self.served: list[str] = []
        self._spoiled = spoiled

    def __call__(self, account_id: int, file: ImageFile, target: Path, work: Work) -> None:
        self.served.append(file.name)
        data = DATA[file.partition]
        target.write_bytes(data[:-1] + b"!" if file.partition == self._spoiled else data)


def test_images_are_fetched_once(tmp_path: Path) -> None:
    hub = Hub()
    images = Images(tmp_path, hub)
    assert len(images.missing(release())) == 2
    assert images.fetch(release(), 1, Work()) == sum(map(len, DATA.values()))
    assert images.fetch(release(), 1, Work()) == 0
    assert hub.served == ["boot.img", "system.img"]
    images.check(release(), Work())


def test_a_wrong_hash_is_named_and_the_file_goes(tmp_path: Path) -> None:
    images = Images(tmp_path, Hub(spoiled="system"))
    with pytest.raises(Corrupt) as error:
        images.fetch(release(), 1, Work())
    assert error.value.facts["name"] == "system.img"
    assert [f.name for f in images.missing(release())] == ["system.img"]
    assert Images(tmp_path, Hub()).fetch(release(), 1, Work()) == len(DATA["system"])


def test_a_missing_image_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImageMissing):
        Images(tmp_path, Hub()).check(release(), Work())
    with pytest.raises(ImageMissing):
        file_for(release(), "radio")


def test_a_stop_leaves_what_is_there(tmp_path: Path) -> None:
    images = Images(tmp_path, Hub())
    work = Work()
    work.cancel()
    with pytest.raises(Cancelled):
        images.fetch(release(), 1, work)
    assert len(images.missing(release())) == 2


def test_the_newest_build_of_the_device_comes_with_the_one_before_it() -> None:
    old, new = release("26.46", "26.45", day=13), release("26.47", "26.46", day=20)
    other = release("1.2", "1.1", device="r1", day=21)
    assert newest_for((old, other, new), "a1") == (new, old)
    assert newest_for((new,), "a1") == (new, None)
    assert newest_for((other,), "a1") == (None, None)
