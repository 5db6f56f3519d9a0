# SPDX-License-Identifier: Apache-2.0
"""kill -9 of the window at random moments of the journey: the next start goes on, nothing is lost, nothing happens twice.

FIRSTLIGHT_KILLS and FIRSTLIGHT_KILLS_SEED choose how many and which moments.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from e2e.journey import STEPS, Journey

MANY = 25
IN_ONE_JOURNEY = {True: 13, False: 6}
"""By whether there is a key ring: without one each life signs in again, and the hub lets nobody look an F-code up without end."""
SHORTEST_S, LONGEST_S = 0.3, 13.0
"""How long a life lasts: from the first moments of the start to the middle of the journey."""


def moments(seed: int) -> Iterator[float]:
    """How long each life lasts."""
    random = Random(seed)
    while True:
        yield random.uniform(SHORTEST_S, LONGEST_S)


def go_on_until_done(journey: Journey, lives: Iterator[float], kills: int) -> int:
    """Be killed up to `kills` times, then go on to the end; how often it was killed. What is kept is checked at each death."""
    killed = 0
    while True:
        journals, expected = journey.journals(), journey.steps_to_go_on_at()
        status = journey.live_for(next(lives)) if killed < kills else journey.run()
        said = "\n".join(journey.last_life)
        assert "Traceback" not in said, said
        for guide, step in journey.steps_gone_on_at().items():
            assert step == expected[guide], f"{guide} went on at step {step}, its journal says {expected[guide]}"
        now = journey.journals()
        for run, before in journals.items():
            assert now[run].startswith(before), f"the journal of {run} lost records"
        journey.check_store()
        if status is not None:
            assert status == 0, said
            assert [(s["name"], s["ok"]) for s in journey.told["steps"]] == [(name, True) for name in STEPS], said
            return killed
        killed += 1


def check(journey: Journey) -> None:
    """Everything arrived, each once."""
    journey.check_report()
    journey.check_activity()
    journey.check_badges()
    ends = time.monotonic() + 20
    while journey.processes() and time.monotonic() < ends:
        threading.Event().wait(0.1)
    assert journey.processes() == [], "a hub outlived its window"


@pytest.mark.long
def test_killed_in_the_middle_the_journey_ends_with_everything_once(tmp_path: Path, ring: dict[str, str]) -> None:
    journey = Journey(tmp_path, ring)
    assert go_on_until_done(journey, iter((11.0, 1e9)), 1) == 1
    check(journey)


@pytest.mark.long
@pytest.mark.parametrize("has_ring", [True, False], ids=["key ring", "no key ring"])
def test_killed_at_many_moments_every_journey_ends_with_everything_once(
    tmp_path: Path, ring: dict[str, str], no_ring: dict[str, str], has_ring: bool
) -> None:
    wanted = int(os.environ.get("FIRSTLIGHT_KILLS", MANY))
    lives = moments(int(os.environ.get("FIRSTLIGHT_KILLS_SEED", 1)))
    killed = number = 0
    while killed < wanted:
        number += 1
        journey = Journey(tmp_path / f"journey-{number}", ring if has_ring else no_ring)
        killed += go_on_until_done(journey, lives, min(wanted - killed, IN_ONE_JOURNEY[has_ring]))
        check(journey)
        print(f"journey {number} is through, {killed} kills so far")
