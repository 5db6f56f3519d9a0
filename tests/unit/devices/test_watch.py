# SPDX-License-Identifier: Apache-2.0
"""News of devices: told at once, by those who know, and ended at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.devices import watch
from firstlight.devices.adb import Adb
from firstlight.practice.phone import PracticePhone


@contextmanager
def following(**options: object) -> Iterator[threading.Semaphore]:
    """News as they come; followed in a thread, as a page does."""
    work, news = Work(), threading.Semaphore(0)

    def run() -> None:
        try:
            watch.follow(work, news.release, **options)  # type: ignore[arg-type]
        except Cancelled:
            return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield news
    finally:
        work.cancel()
        thread.join(5)
        assert not thread.is_alive(), "it ends when it is told to"


def test_a_phone_that_connects_is_news(adb_of_tests: Adb, tmp_path: Path) -> None:
    phone = PracticePhone(tmp_path / "p", made_as={"mode": "system"})
    with phone, following(adb_port=adb_of_tests.server_port, is_adb_running=True) as news:
        assert news.acquire(timeout=10), "the list as it is"
        adb_of_tests.connect(phone.adb_address)
        assert news.acquire(timeout=10)


def hears_the_kernel() -> bool:
    line = watch._kernel_line()
    if line is not None:
        line.close()
    return line is not None


@pytest.mark.skipif(not hears_the_kernel(), reason="only Linux's kernel tells of what is plugged in, and not to every program")
def test_nothing_is_asked_while_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_NEWS", watch.re.compile(rb"never"))
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.1)
    monkeypatch.setattr(watch, "_POLL_S", 0.05)
    with following() as news:
        assert not news.acquire(timeout=0.8)


def test_where_nobody_tells_it_looks_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_kernel_line", lambda: None)
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.2)
    monkeypatch.setattr(watch, "_POLL_S", 0.05)
    monkeypatch.setattr(watch, "_CALM_S", 0.01)
    with following() as news:
        assert news.acquire(timeout=5)
        assert news.acquire(timeout=5)


@pytest.mark.parametrize(
    ("message", "news"),
    [
        (b"add@/devices/usb1\0ACTION=add\0DEVPATH=/devices/usb1\0SUBSYSTEM=usb\0", True),
        (b"change@/block/sdb\0ACTION=change\0SUBSYSTEM=block\0", True),
        (b"add@/x\0ACTION=add\0SUBSYSTEM=cpu\0", False),
        (b"offline@/x\0ACTION=offline\0SUBSYSTEM=usb\0", False),
        (b"", False),
        (b"\xff" * 4096, False),
    ],
)
def test_the_kernels_words_are_told_apart(message: bytes, news: bool) -> None:
    assert watch.is_news(message) is news
