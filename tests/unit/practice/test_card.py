# SPDX-License-Identifier: Apache-2.0
"""A practice card that has stalled holds up whoever talks to it, until it is pulled; then it is as good as new."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from firstlight.imaging.errors import TargetGone
from firstlight.imaging.nbd import NbdMedium
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import parse

MIB = 1 << 20


def test_a_stalled_card_lets_go_when_it_is_pulled(tmp_path: Path) -> None:
    with PracticeCard(tmp_path, size=4 * MIB, faults=parse(["stall:50"], "card")) as card:
        host, port = card.address.removeprefix("card:nbd:").split(":")
        medium = NbdMedium(host, int(port))
        medium.write(0, bytes(MIB))
        ended = threading.Event()

        def write() -> None:
            with pytest.raises(TargetGone):
                medium.write(MIB, bytes(2 * MIB))
            ended.set()

        writing = threading.Thread(target=write)
        writing.start()
        while card.writes < 2:
            assert not ended.wait(0.01), "it answered"
        assert not ended.wait(0.1), "it answered"
        card.pull_cable()
        assert ended.wait(5)
        writing.join()
        card.plug_in()
        again = NbdMedium(host, int(port))
        again.write(0, bytes(4 * MIB))
        again.close()
        assert card.looks == 2
