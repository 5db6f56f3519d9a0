# SPDX-License-Identifier: Apache-2.0
"""Downloads of real build images through a network that fails: resumed, never longer than listed, named only when whole."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from fakes.fault_proxy import PORTAL, Fault, FaultProxy
from firstlight.base.errors import Cancelled
from firstlight.base.work import Progress, Work
from firstlight.hublink import downloads
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import FileDamaged, NotAHub, Refused, Unreachable
from firstlight.store.errors import DiskFull, ReadOnly
from firstlight_contract.feed import SYNC, FeedKind
from firstlight_contract.firmware import ImageFile, Release

MIB = 1 << 20


@pytest.fixture
def image(client: HubClient) -> ImageFile:
    """The smallest image of a build that the tester's programme published."""
    cursor, images = "", []
    while True:
        page = client.call(SYNC, query={"cursor": cursor, "limit": 200})
        for item in page.items:
            if item.kind is FeedKind.RELEASE and not item.deleted:
                images += Release.model_validate(item.body).files
        cursor = page.cursor
        if not page.more:
            return min((i for i in images if i.size > MIB), key=lambda i: i.size)


def fetch(client: HubClient, image: ImageFile, target: Path, work: Work | None = None) -> None:
    downloads.fetch(client, sha256=image.sha256, size=image.size, target=target, work=work or Work())


def is_right(image: ImageFile, target: Path) -> bool:
    return hashlib.sha256(target.read_bytes()).hexdigest() == image.sha256 and not target.with_name(target.name + ".part").exists()


def test_an_image_arrives_whole_and_is_not_fetched_again(client: HubClient, proxy: FaultProxy, image: ImageFile, tmp_path: Path) -> None:
    target = tmp_path / "builds" / "boot.img"
    fetch(client, image, target)
    assert is_right(image, target)
    before = proxy.bytes_down
    fetch(client, image, target)
    assert proxy.bytes_down == before


def test_cuts_are_resumed(client: HubClient, proxy: FaultProxy, image: ImageFile, tmp_path: Path) -> None:
    target = tmp_path / "boot.img"
    client._local.session.close()
    proxy.always = Fault(cut_down=MIB // 2)
    proxy.bytes_down = 0
    fetch(client, image, target)
    assert is_right(image, target)
    assert proxy.connections > 4
    assert proxy.bytes_down < image.size + MIB


def test_a_stop_keeps_the_part_and_the_next_try_fetches_the_rest(
    client: HubClient, proxy: FaultProxy, image: ImageFile, tmp_path: Path
) -> None:
    target = tmp_path / "boot.img"

    class StopsHalfway(Work):
        def _said(self, progress: Progress) -> None:
            if progress.stage == "fetch" and progress.done > MIB:
                self.cancel()

    with pytest.raises(Cancelled):
        fetch(client, image, target, StopsHalfway())
    assert not target.exists()
    part = target.with_name("boot.img.part").stat().st_size
    assert MIB <= part < image.size
    fetch(client, image, target)
    assert is_right(image, target)


def test_a_damaged_image_is_thrown_away_and_fetched_again(client: HubClient, proxy: FaultProxy, image: ImageFile, tmp_path: Path) -> None:
    target = tmp_path / "boot.img"
    client._local.session.close()
    proxy.next(Fault(flip_down=MIB))
    fetch(client, image, target)
    assert is_right(image, target)


def test_garbage_in_the_part_file_is_found_out(client: HubClient, image: ImageFile, tmp_path: Path) -> None:
    target = tmp_path / "boot.img"
    target.with_name("boot.img.part").write_bytes(b"x" * MIB)
    fetch(client, image, target)
    assert is_right(image, target)
    target.unlink()
    target.with_name("boot.img.part").write_bytes(b"x" * (image.size + 5))
    fetch(client, image, target)
    assert is_right(image, target)


def test_an_image_that_is_never_what_was_listed_gets_no_name(client: HubClient, image: ImageFile, tmp_path: Path) -> None:
    target = tmp_path / "boot.img"
    lying = image.model_copy(update={"size": image.size - 1})
    with pytest.raises(FileDamaged):
        fetch(client, lying, target)
    assert [path.name for path in tmp_path.iterdir()] == [downloads.LOCK]


def test_a_network_that_never_gets_a_byte_through_is_given_up(
    client: HubClient, proxy: FaultProxy, image: ImageFile, tmp_path: Path
) -> None:
    client._local.session.close()
    proxy.always = Fault(cut_down=0)
    with pytest.raises(Unreachable):
        fetch(client, image, tmp_path / "boot.img")
    proxy.always = Fault(reply=PORTAL)
    with pytest.raises(NotAHub):
        fetch(client, image, tmp_path / "boot.img")


def test_what_nobody_published_is_not_there(client: HubClient, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        downloads.fetch(client, sha256="0" * 64, size=5, target=tmp_path / "x", work=Work())
    assert caught.value.facts["reason"] == "not_found"
    assert [path.name for path in tmp_path.iterdir()] == [downloads.LOCK]


@pytest.mark.skipif(sys.platform == "win32", reason="limits on the size of files are POSIX's")
def test_a_disk_that_becomes_full_is_told_as_such_and_what_arrived_is_used_later(
    client: HubClient, proxy: FaultProxy, image: ImageFile, tmp_path: Path
) -> None:
    import resource  # not on Windows

    target = tmp_path / "boot.img"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MIB // 2 + 100, hard))
    try:
        with pytest.raises(DiskFull):
            fetch(client, image, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.with_name("boot.img.part").stat().st_size == MIB // 2 + 100
    proxy.bytes_down = 0
    fetch(client, image, target)
    assert is_right(image, target)
    assert proxy.bytes_down < image.size


def test_a_place_that_takes_no_file_is_told_as_such(client: HubClient, image: ImageFile, tmp_path: Path) -> None:
    (tmp_path / "builds").write_text("a file where a folder should be")
    with pytest.raises(ReadOnly):
        fetch(client, image, tmp_path / "builds" / "boot.img")
