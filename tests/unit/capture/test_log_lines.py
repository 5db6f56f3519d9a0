# SPDX-License-Identifier: Apache-2.0
"""Reading logs of several makers: levels, tags, times; finding lines; cutting to a span."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.capture import log_lines
from firstlight.capture.log_lines import Query, head_of, read, trim

LOG = b"""--------- beginning of main
2026-11-22 10:11:12.345 +0800  1234  1250 I FanService: 2104 rpm
2026-11-22 10:11:42.000 +0800  1234  1250 E FanService: tach lost
    at com.aurora.Fan.read(Fan.java:12)
2026-11-22 10:12:12.000 +0800   900   911 W thermal : 81 C
2026-11-22 10:21:12.000 +0800  1234  1250 D FanService: still lost
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "a.log"
    path.write_bytes(LOG)
    return path


@pytest.mark.parametrize(
    ("line", "level", "tag"),
    [
        (b"11-22 10:11:12.345  1234  1250 E AndroidRuntime: FATAL", "error", "AndroidRuntime"),
        (b"2026-11-22 10:11:12.345 +0800 u0_a12  1234  1250 V Tag with space: x", "verbose", "Tag with space"),
        (b"W/Fan(  12): lost", "warn", "Fan"),
        (b"Sun Nov 22 10:11:12 2026 daemon.err hostapd: x", "error", "hostapd"),
        (b"Sun Nov 22 10:11:12 2026 kern.emerg kernel[1]: x", "fatal", "kernel"),
        (b"Nov 22 10:11:12 pc sshd[12]: x", "", "sshd"),
        (b"[   12.345678] usb 1-1: new", "", "usb"),
        (b"<6>[   12.345678] ath10k: up", "", "ath10k"),
        (b"2026-11-22T10:11:12Z WARN cloudd: x", "warn", "cloudd"),
        (b"2026-11-22 10:11:12,345 ERROR firstlight.sync: x", "error", "firstlight.sync"),
        (b"2026-11-22 10:11:12.345+08:00 DRAM: 1 GiB", "", "DRAM"),
    ],
)
def test_the_forms_that_are_known(line: bytes, level: str, tag: str) -> None:
    head = head_of(line)
    assert head is not None
    assert (head.level, head.tag) == (level, tag)


@pytest.mark.parametrize(
    "line", [b"", b"    at com.aurora.Fan", b"--------- beginning of main", b"99-99 99:99:99.000  1  2 I x: y", b"\xff" * 300]
)
def test_what_is_no_head_does_no_harm(line: bytes) -> None:
    head = head_of(line)
    assert head is None or head.at is None


def numbers(log: Path, **query: object) -> list[int]:
    return [line.number for line in read(log, Query(**query), Work()).lines]


def test_lines_are_found_by_text_level_tag_and_time(log: Path) -> None:
    assert numbers(log, text="TACH") == [3]
    assert numbers(log, level="warn") == [3, 4, 5]
    assert numbers(log, tag="thermal") == [5]
    assert numbers(log, last_s=600) == [2, 3, 4, 5, 6]
    assert numbers(log, last_s=570) == [3, 4, 5, 6]
    assert numbers(log, text="lost", tag="FanService", level="error") == [3]
    whole = read(log, Query(), Work())
    assert (whole.matched, whole.total, whole.tags) == (6, 6, ("FanService", "thermal"))
    assert whole.levels == {"info": 1, "error": 1, "warn": 1, "debug": 1}
    assert whole.seconds == pytest.approx(599.655)


def test_a_log_is_cut_to_a_span(log: Path, tmp_path: Path) -> None:
    assert trim(log, tmp_path / "b.log", 3, 4, Work()) == 2
    assert (tmp_path / "b.log").read_bytes() == b"".join(LOG.splitlines(keepends=True)[2:4])


def test_of_many_lines_the_newest_are_shown_and_all_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_lines, "MOST_SHOWN", 10)
    path = tmp_path / "a.log"
    path.write_bytes(b"".join(b"[%5d.000000] fan: x\n" % n for n in range(500)) + b"y" * 3_000_000)
    found = read(path, Query(text="x", last_s=100), Work())
    assert (found.matched, found.total, len(found.lines), found.lines[-1].number) == (101, 503, 10, 500)


def test_reading_can_be_stopped(log: Path) -> None:
    work = Work()
    work.cancel()
    with pytest.raises(Cancelled):
        read(log, Query(), work)
