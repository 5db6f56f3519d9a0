# SPDX-License-Identifier: Apache-2.0
"""`adb.installed`: what a package says of itself, read from strangers' files without trust."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from firstlight.guides.actions.android_package import holds
from firstlight.practice.phone_update import make_package

METADATA = "META-INF/com/android/metadata"


def package(tmp_path: Path, text: bytes, *, how: int = zipfile.ZIP_STORED) -> Path:
    path = tmp_path / "update.zip"
    with zipfile.ZipFile(path, "w", how) as file:
        file.writestr(METADATA, text)
    return path


def test_a_package_names_its_build_and_fingerprint(tmp_path: Path) -> None:
    path = package(tmp_path, b"ota-type=AB\npost-build=maker/a1/a1:14/X/7:user/keys|maker/b1\npost-build-incremental = 7\n\xff\xfe=\n")
    told = holds(path)
    assert (told["post-build-incremental"], told["post-build"]) == ("7", "maker/a1/a1:14/X/7:user/keys|maker/b1")
    (tmp_path / "practice.zip").write_bytes(make_package("a1_eng", {}, "26.47"))
    assert holds(tmp_path / "practice.zip")["post-build-incremental"] == "26.47"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"\x00" * 4096])
def test_what_is_no_package_says_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(content)
    assert holds(path) == {}
    assert holds(tmp_path / "missing.zip") == {}


def test_metadata_that_unpack_to_very_much_are_read_no_further_than_they_may(tmp_path: Path) -> None:
    path = package(tmp_path, b"post-build-incremental=7\n" + b"x" * (8 << 20), how=zipfile.ZIP_DEFLATED)
    told = holds(path)
    assert told["post-build-incremental"] == "7"
    assert sum(len(key) + len(value) for key, value in told.items()) < 70_000
