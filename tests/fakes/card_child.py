# SPDX-License-Identifier: Apache-2.0
"""A process of its own that plays a guide onto a card that lives elsewhere, to be killed in the middle.

card_child.py ROOT CARD-ADDRESS      plays the unfinished run, or starts one, to its end
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "app"), str(Path(__file__).resolve().parents[1])]

from firstlight.base.events import Events  # noqa: E402
from firstlight.base.work import Work  # noqa: E402
from firstlight.devices.address import parse  # noqa: E402
from firstlight.devices.inventory import Inventory  # noqa: E402
from firstlight.firmware.images import Images  # noqa: E402
from firstlight.guides.backends import BackEnds  # noqa: E402
from firstlight.guides.cards import Cards  # noqa: E402
from firstlight.guides.player import Player  # noqa: E402
from firstlight.guides.runs import Runs  # noqa: E402


def open_runs(root: Path, address: str) -> Runs:
    """Over the folders of a test."""
    given = (parse(address),)
    return Runs(
        root=root / "runs",
        devices=BackEnds(Inventory(), cards=Cards(), given=lambda: given, given_files=root / "files"),
        images=Images(root / "builds", lambda *_: None),
        releases=lambda account_id: (),
        keep_photo=lambda source, work: "",
        tell=lambda news: None,
        events=Events(),
        now=lambda: datetime.now(UTC),
    )


def play(player: Player, work: Work) -> None:
    """Every step that is open; ActionFailed, GateClosed."""
    player.settle(work)
    for state in player.state.steps:
        step_id = state.step.id
        if player.state.step(step_id).mark in ("done", "skipped"):
            continue
        if player.word_for(step_id) and not player.state.step(step_id).is_agreed:
            player.agree(step_id, player.word_for(step_id))
        player.run(step_id, work)
    player.finish()


def main(root: Path, address: str) -> int:
    runs = open_runs(root, address)
    unfinished = runs.unfinished(1)
    play(runs.resume(unfinished[0].run_id) if unfinished else runs.start(root / "guide", account_id=1), Work())
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
