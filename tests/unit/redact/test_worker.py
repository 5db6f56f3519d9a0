# SPDX-License-Identifier: Apache-2.0
"""The process that reads strangers' logs: it may die, hang or ask for all memory; the file then stays as it is, and nothing is left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest

from firstlight.base.work import Work
from firstlight.redact import worker
from firstlight.redact.errors import WorkerDied
from firstlight.redact.mask import Text, redact_files
from firstlight.redact.worker import Limits
from unit.redact import logs


@pytest.fixture
def long_log(tmp_path: Path) -> Path:
    path = tmp_path / "in.log"
    path.write_bytes(logs.make(3, 2000)[0] * 40)
    return path


def run(source: Path, limits: Limits | None = None) -> object:
    return worker.run("redact", ([Text(source, source.with_name("out.log"), {})], []), Work(), limits or Limits())


def nothing_is_left(source: Path) -> bool:
    return sorted(p.name for p in source.parent.iterdir()) == [source.name] and not multiprocessing.active_children()


def test_a_process_that_is_killed_is_an_error_that_may_be_tried_again(long_log: Path) -> None:
    class Killing(Work):
        def _said(self, _progress: object) -> None:
            for child in multiprocessing.active_children():
                if child.pid:
                    os.kill(child.pid, signal.SIGKILL)

    with pytest.raises(WorkerDied) as found:
        redact_files([(long_log, long_log.with_name("out.log"), {})], [], Killing())
    assert found.value.facts == {"name": "in.log", "status": -signal.SIGKILL}
    assert found.value.retryable
    assert nothing_is_left(long_log)


def test_a_process_that_says_nothing_is_ended(long_log: Path) -> None:
    with pytest.raises(WorkerDied):
        run(long_log, limits=Limits(silence_s=0.0))
    assert nothing_is_left(long_log)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix limits the memory of a process")
def test_a_process_that_wants_more_memory_than_it_may_have_ends_without_a_word_to_the_tester(long_log: Path, capfd) -> None:
    with pytest.raises(WorkerDied):
        run(long_log, limits=Limits(memory_bytes=40 << 20))
    assert nothing_is_left(long_log)
    capfd.readouterr()


def test_two_texts_at_once_do_not_know_of_each_other(tmp_path: Path) -> None:
    results: dict[str, object] = {}

    def one(name: str, text: bytes) -> None:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "in.log").write_bytes(text)
        run(folder / "in.log")
        results[name] = (folder / "out.log").read_bytes()

    threads = [threading.Thread(target=one, args=(n, b"user %s@moss.example\n" % n.encode())) for n in ("ann", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert results == {"ann": b"user [mail 1]\n", "bob": b"user [mail 1]\n"}
