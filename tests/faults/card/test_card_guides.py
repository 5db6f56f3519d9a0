# SPDX-License-Identifier: Apache-2.0
"""Guides onto practice cards: gates that refuse send nothing, faults end in a journal that goes on, kill -9 at every stage of the write.
What came to the card is its own record.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from fakes import card_child
from fakes import card_images as images
from firstlight.base.work import Work
from firstlight.guides.actions.card import _Follow
from firstlight.guides.aftermath import ways_on
from firstlight.guides.errors import ActionFailed, GateClosed
from firstlight.guides.runs import Runs
from firstlight.guides.state import PartState
from firstlight.imaging.pace import Moved, Stage
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import Faults, parse

MIB = 1 << 20
DATA = images.raw(7)
LIMIT_S = 60
GUIDE = """
guide: 1
id: r1-card
title: A card
kind: image
way: card
files: {{image.zst: {{size: {size}, sha256: {sha256}}}}}
steps:
  - {{id: find, title: Put it in, do: [{{card.find: 1}}]}}
  - id: write
    title: Write
    danger: data_loss
    gate: [{{card.expect: {{size: 8MiB, at_most: 64MiB}}}}]
    do: [{{image.write: image.zst}}]
    after: [{{image.verify: image.zst}}]
"""


class WatchedCard(PracticeCard):
    """Calls `on_request` with the count of requests that moved bytes, before it obeys."""

    on_request: Callable[[int], None] = staticmethod(lambda _: None)
    requests = 0
    written_as = ""

    def _obey(self, fd: int, kind: int, at: int, length: int, data: bytes) -> tuple[int, bytes]:
        self.requests += 1
        if kind == 1 and not self.written_as:
            self.written_as = self._serial
        self.on_request(self.requests)
        return super()._obey(fd, kind, at, length, data)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    (tmp_path / "guide").mkdir()
    packed = images.pack(DATA, "zst", tmp_path).read_bytes()
    (tmp_path / "files" / "image.zst").write_bytes(packed)
    text = GUIDE.format(size=len(packed), sha256=hashlib.sha256(packed).hexdigest())
    (tmp_path / "guide" / "guide.yaml").write_text(text)
    return tmp_path


@pytest.fixture
def opened(root: Path) -> Iterator[Callable[[str], Runs]]:
    """Opens the runs of the root, and closes them whatever happens."""
    made: list[Runs] = []

    def open_(address: str) -> Runs:
        made.append(card_child.open_runs(root, address))
        return made[-1]

    yield open_
    for runs in made:
        runs.close()


def card(root: Path, *faults: str) -> WatchedCard:
    return WatchedCard(root / "card", size=16 * MIB, expects=len(DATA), faults=parse(faults, "card"))


def test_a_guide_writes_reads_back_and_compares_once_more(root: Path, opened: Callable[[str], Runs]) -> None:
    with card(root) as made:
        runs = opened(made.address)
        player = runs.start(root / "guide", account_id=1)
        card_child.play(player, Work())
        assert made.path.read_bytes()[: len(DATA)] == DATA
        assert player.state.parts[0].done == len(DATA)


@pytest.mark.parametrize(("fault", "gate"), [("too-small", "card"), ("read-only", "")])
def test_a_card_that_is_refused_gets_no_byte(root: Path, opened: Callable[[str], Runs], fault: str, gate: str) -> None:
    with card(root, fault) as made:
        runs = opened(made.address)
        player = runs.start(root / "guide", account_id=1)
        with pytest.raises((GateClosed, ActionFailed)) as caught:
            card_child.play(player, Work())
        assert gate in str(caught.value.facts.get("failed", ""))
        assert (made.written, made.writes) == (0, 0)
        assert {p.state for p in player.state.parts} <= {PartState.WAITING}, "nobody is told that it is half written"


def test_the_bar_goes_forward_alone_through_all_stages() -> None:
    """Each stage of the writer counts bytes of its own: the last is one MiB long."""
    seen: list[tuple[int, int]] = []
    follow = _Follow(SimpleNamespace(said=lambda *_: None, moved=lambda _part, done, total: seen.append((done, total))))  # type: ignore[arg-type]
    stages = ((Stage.WRITE, 2, 8), (Stage.WRITE, 8, 8), (Stage.SYNC, 0, 0), (Stage.VERIFY, 0, 7), (Stage.VERIFY, 7, 7), (Stage.FIRST, 0, 1))
    for stage, done, total in (*stages, (Stage.FIRST, 1, 1)):
        follow._moved(Moved(stage, done * MIB, total * MIB))
    assert {total for _, total in seen} == {8 * MIB}
    assert [done / MIB for done, _ in seen] == [1, 4, 4, 4, 8, 8, 8]


@pytest.mark.parametrize("looks", [3, *(pytest.param(n, marks=pytest.mark.long) for n in (1, 2, 4, 5))])
def test_another_card_at_any_moment_before_the_first_byte_gets_none(root: Path, opened: Callable[[str], Runs], looks: int) -> None:
    """The card is swapped after so many looks: between binding and gate, gate and recheck, recheck and writer."""
    with card(root) as made:
        runs = opened(made.address)
        player = runs.start(root / "guide", account_id=1)
        player.run("find", Work())
        began, swapped = made.looks, []
        original = made._look

        def look() -> str:
            if made.looks - began == looks:
                swapped.append(made.written_as)
                made.swap()
            return original()

        made._look = look  # type: ignore[method-assign]
        player.agree("write", player.word_for("write"))
        with suppress(GateClosed, ActionFailed):
            player.run("write", Work())
        assert len(swapped) == 1, "it was never looked at so often"
        assert made.written_as in ("", "PRACTICE-CA4D")
        assert made.written_as == "" or looks > 2, "it was written before it was looked at again"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("cable-out:40", "imaging.gone"),
        pytest.param("bad-block:50", "imaging.bad_block", marks=pytest.mark.long),
        pytest.param("full:60", "imaging.full", marks=pytest.mark.long),
        pytest.param("fake-size:31", "imaging.not_verified", marks=pytest.mark.long),
        ("fake-size:25", "imaging.not_verified"),
    ],
)
def test_a_fault_ends_in_its_page_and_the_same_run_goes_on(root: Path, opened: Callable[[str], Runs], fault: str, code: str) -> None:
    with card(root, fault) as made:
        runs = opened(made.address)
        player = runs.start(root / "guide", account_id=1)
        with pytest.raises(ActionFailed) as caught:
            card_child.play(player, Work())
        assert caught.value.facts["cause"] == code
        assert player.state.failure is not None
        assert player.state.failure.part == "card"
        first = ways_on(player.state)[0]
        assert (first.id, "to be sure" in first.title["en"]) == ("again", player.state.failure.facts.get("reason") == "wraps")
        assert (fault == "fake-size:25") == (player.state.failure.facts.get("reason") == "wraps")
        made.faults = Faults()
        if not made.facts().is_plugged:
            made.plug_in()
        runs.close()
        again = opened(made.address)
        card_child.play(again.resume(again.unfinished(1)[0].run_id), Work())
        assert made.path.read_bytes()[: len(DATA)] == DATA


# Requests of one write of 7 MiB: 1 empties the first MiB, 2 flushes, 3 to 5 write runs, 6 flushes, 7 to 9 read back, 10 writes the first
# MiB, 11 flushes, 12 and on read again and compare for `after`.
@pytest.mark.parametrize("at", [10, *(pytest.param(n, marks=pytest.mark.long) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14))])
def test_killed_at_any_request_the_run_goes_on_to_the_right_bytes(root: Path, at: int) -> None:
    command = [sys.executable, card_child.__file__, str(root), ""]
    with card(root) as made:
        command[-1] = made.address
        child: subprocess.Popen[bytes] | None = None

        def kill(count: int) -> None:
            if count == at and child is not None:
                os.kill(child.pid, signal.SIGKILL)
                child.wait()

        made.on_request = kill  # type: ignore[method-assign]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert child.wait(LIMIT_S) == -signal.SIGKILL
        before = made.path.read_bytes()
        made.on_request = lambda _: None  # type: ignore[method-assign]
        if at < 10:
            assert before[:MIB] != DATA[:MIB], "a torn card looks bootable"
        assert subprocess.run(command, stdout=subprocess.DEVNULL, timeout=LIMIT_S, check=False).returncode == 0
        assert made.path.read_bytes()[: len(DATA)] == DATA
