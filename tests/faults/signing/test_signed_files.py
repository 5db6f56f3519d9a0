# SPDX-License-Identifier: Apache-2.0
"""Signed files on their way here and on this disk: resumed past cuts, never longer than signed, named only when whole."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fakes.signed_hub import cut, endless, trickle
from faults.signing.signed_bench import IMAGE, PATH, PLACE, Bench
from firstlight.base.errors import Cancelled
from firstlight.base.work import Progress, Work
from firstlight.firmware.errors import NotSigned
from firstlight.hublink import downloads
from firstlight.hublink.errors import FileDamaged, Refused, Unreachable
from firstlight_contract.signing import TARGETS_PATH


def test_a_signed_file_is_fetched_by_its_signed_name_and_known_offline(bench: Bench) -> None:
    place = bench.fetch()
    assert place.read_bytes() == IMAGE
    assert any(path == f"{TARGETS_PATH}a1/{hashlib.sha256(IMAGE).hexdigest()}.26.47-boot.img" for path, _ in bench.hub.asked)
    bench.hub.content = {}
    signed = bench.trust.check_offline(place, PATH, Work())
    assert (signed.version, signed.device, signed.line, signed.is_expired) == ("26.47", "a1", "a1", False)


def test_six_cuts_are_resumed(bench: Bench) -> None:
    bench.hub.lies[PLACE] = cut(IMAGE, 50_000)
    assert bench.fetch().read_bytes() == IMAGE
    assert bench.ranges() == ["", *(f"bytes={at}-" for at in range(50_000, 300_000, 50_000))]


def test_a_stop_keeps_what_arrived(bench: Bench) -> None:
    class Stopping(Work):
        def _said(self, progress: Progress) -> None:
            if progress.stage == "fetch" and progress.done >= 100_000:
                self.cancel()

    bench.hub.lies[PLACE] = cut(IMAGE, 120_000)
    with pytest.raises(Cancelled):
        bench.fetch(Stopping())
    assert bench.part.stat().st_size >= 100_000
    bench.hub.lies.clear()
    bench.hub.asked.clear()
    assert bench.fetch().read_bytes() == IMAGE
    assert bench.ranges()[0].startswith("bytes=1")


def test_a_server_without_ranges_starts_over(bench: Bench) -> None:
    bench.builds.mkdir()
    bench.part.write_bytes(b"x" * 1000)
    bench.hub.serves_ranges = False
    assert bench.fetch().read_bytes() == IMAGE


@pytest.mark.parametrize(
    "said",
    [
        "bytes 0-299999/300000",
        "bytes 1000-299998/300000",
        "bytes 1000-299999/300001",
        "bytes 1000-299999/*",
        "bytes 2000-299999/300000",
        "items 1000-299999/300000",
        "",
        "bytes 1000-299999/300000, bytes 0-1/2",
        "bytes " + "9" * 5000 + "-1/1",
        "bytes ١٠٠٠-299999/300000",
    ],
)
def test_a_lying_range_is_never_appended(bench: Bench, said: str) -> None:
    """What came before is right; the server answers with other bytes and says that they belong behind it."""
    bench.builds.mkdir()
    bench.part.write_bytes(IMAGE[:1000])
    evil = b"e" * 299_000

    def lie(handler: Any) -> None:
        headers = {"Content-Range": said.encode("utf-8").decode("latin-1")} if handler.headers.get("Range") else {}
        handler.answer(206 if handler.headers.get("Range") else 200, evil if headers or handler.headers.get("Range") else IMAGE, headers)

    bench.hub.lies[PLACE] = lie
    assert bench.fetch().read_bytes() == IMAGE
    assert len(bench.ranges()) <= 4


def test_a_server_that_lies_of_ranges_for_ever_is_left(bench: Bench) -> None:
    bench.hub.lies[PLACE] = lambda handler: handler.answer(206, IMAGE, {"Content-Range": "bytes 5-9/10"})
    with pytest.raises(Unreachable):
        bench.fetch()
    assert len(bench.ranges()) <= downloads.TRIES


def test_garbage_of_the_right_length_is_found_and_fetched_anew(bench: Bench) -> None:
    bench.builds.mkdir()
    bench.part.write_bytes(b"g" * len(IMAGE))
    assert bench.fetch().read_bytes() == IMAGE


def test_more_than_was_signed_is_thrown_away(bench: Bench) -> None:
    bench.builds.mkdir()
    bench.part.write_bytes(b"g" * (len(IMAGE) + 1))
    assert bench.fetch().read_bytes() == IMAGE


def test_wrong_content_is_deleted_and_tried_twice_again(bench: Bench) -> None:
    bench.hub.lies[PLACE] = IMAGE[:-1] + b"!"
    with pytest.raises(FileDamaged):
        bench.fetch()
    assert len(bench.ranges()) == 3
    assert [path.name for path in bench.builds.iterdir()] == [downloads.LOCK]


def test_an_endless_file_never_grows_beyond_what_was_signed(bench: Bench) -> None:
    bench.hub.lies[PLACE] = endless()
    largest = 0

    class Watching(Work):
        def _said(self, progress: Progress) -> None:
            nonlocal largest
            largest = max(largest, progress.done, bench.part.stat().st_size)

    with pytest.raises(FileDamaged):
        bench.fetch(Watching())
    assert largest <= len(IMAGE)
    assert [path.name for path in bench.builds.iterdir()] == [downloads.LOCK]


def test_a_file_that_trickles_is_left(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "SLOWEST_S", 0.1)
    bench.hub.lies[PLACE] = trickle(IMAGE, 0.03)
    with pytest.raises(Unreachable):
        bench.fetch()
    assert len(bench.ranges()) == downloads.TRIES


def test_what_is_not_there_is_refused(bench: Bench) -> None:
    bench.hub.lies[PLACE] = lambda handler: handler.answer(404, b"{}")
    with pytest.raises(Refused):
        bench.fetch()


@pytest.mark.parametrize(
    "path", ["", "a1", "../a1/x", "a1/../r1/x", "a1/.hidden", "a1/x/y", "/a1/x", "a1\\x", "A1/x", "a1/x\n", "a1/" + "x" * 500]
)
def test_a_path_that_is_none_touches_nothing(bench: Bench, path: str) -> None:
    bench.fetch()
    before = sorted(bench.folder.rglob("*"))
    with pytest.raises(NotSigned):
        bench.trust.fetch(path, bench.builds, Work())
    with pytest.raises(NotSigned):
        bench.trust.signed(path)
    assert sorted(bench.folder.rglob("*")) == before


@example(said="bytes 0-00/1", size=1)
@given(said=st.text(max_size=60) | st.from_regex(r"bytes [0-9]{0,30}-[0-9]{0,30}/[0-9*]{0,30}"), size=st.integers(1, 10_000))
def test_a_content_range_is_the_exact_rest_or_worth_nothing(said: str, size: int) -> None:
    class Answer:
        status_code = 206
        headers = {"Content-Range": said}

    start = downloads._start_of(Answer(), size)  # type: ignore[arg-type]
    if start != -1:  # as numbers: RFC 9110 (14.4) allows zeros before them
        found = re.fullmatch(r"bytes ([0-9]+)-([0-9]+)/([0-9]+)", said)
        assert found and tuple(map(int, found.groups())) == (start, size - 1, size)
