# SPDX-License-Identifier: Apache-2.0
"""A process of its own that plays a guide on a phone that lives elsewhere, to be killed in the middle.

android_child.py ROOT FASTBOOT-ADDRESS ADB-ADDRESS ADB-PORT program|own      plays the unfinished run, or starts one, to its end
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "app"), str(Path(__file__).resolve().parents[1])]

from firstlight.base.events import Events  # noqa: E402
from firstlight.base.work import Work  # noqa: E402
from firstlight.devices import tool  # noqa: E402
from firstlight.devices.inventory import Inventory  # noqa: E402
from firstlight.firmware.images import Images  # noqa: E402
from firstlight.guides.backends import BackEnds  # noqa: E402
from firstlight.guides.errors import ActionFailed, GateClosed  # noqa: E402
from firstlight.guides.runs import Runs  # noqa: E402

SERIAL = "PRACTICE-4F7C"


def main(root: Path, fastboot: str, adb: str, adb_port: int, client: str) -> int:
    inventory = Inventory(
        fastboot=(lambda: tool.find("fastboot")) if client == "program" else (lambda: None),
        adb=lambda: tool.find("adb"),
        adb_port=adb_port,
        network=lambda: (fastboot, f"adb:{adb}"),
    )
    runs = Runs(
        root=root / "runs",
        devices=BackEnds(inventory, given_files=root / "files"),
        images=Images(root / "builds", lambda *_: None),
        releases=lambda account_id: (),
        keep_photo=lambda source, work: "",
        tell=lambda news: None,
        events=Events(),
        now=lambda: datetime.now(UTC),
    )
    work = Work()
    unfinished = runs.unfinished(1)
    if not unfinished and runs.finished(1):
        return 0
    player = runs.resume(unfinished[0].run_id) if unfinished else runs.start(root / "guide", account_id=1)
    if player.state.device is None:
        player.bind(SERIAL, work)
    player.settle(work)
    tries = 0
    for state in player.state.steps:
        step_id = state.step.id
        while player.state.step(step_id).mark not in ("done", "skipped"):
            try:
                if player.word_for(step_id) and not player.state.step(step_id).is_agreed:
                    player.agree(step_id, player.word_for(step_id))
                player.run(step_id, work)
            except (GateClosed, ActionFailed) as error:
                print(error, file=sys.stderr)
                if error.facts.get("cause") == "guide.unsettled":
                    return 7
                tries += 1
                if tries > 60:
                    return 8
                work.wait(0.3)
    player.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5]))
