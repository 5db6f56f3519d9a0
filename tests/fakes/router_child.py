# SPDX-License-Identifier: Apache-2.0
"""A process of its own that plays a router's guide to its end, to be killed in the middle.

router_child.py ROOT flash|rescue ADDRESS…      plays the unfinished run, or starts one
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "app"), str(Path(__file__).resolve().parents[1])]

from fakes.router_runs import FLASH, RESCUE, RouterBench  # noqa: E402
from firstlight.guides.actions import router as verbs  # noqa: E402
from firstlight.guides.errors import ActionFailed, GateClosed  # noqa: E402


def main(root: Path, what: str, addresses: tuple[str, ...]) -> int:
    verbs.SETTLE_S = 1.5
    text = RESCUE if what == "rescue" else FLASH
    name = "rescue.bin" if what == "rescue" else "firmware.bin"
    pc = RouterBench(root, addresses, (root / "files" / name).read_bytes(), text, wait_s=8)
    unfinished = pc.runs.unfinished(1)
    if not unfinished and pc.runs.finished(1):
        return 0
    player = pc.runs.resume(unfinished[0].run_id) if unfinished else pc.runs.start(root / "guide", account_id=1)
    if player.state.guide.ask and not player.state.is_answered:
        player.answer({"keep": True})
    player.settle(pc.work)
    for _ in range(40):
        try:
            pc.play(player)
            break
        except (GateClosed, ActionFailed) as error:
            print(error, file=sys.stderr)
            pc.work.wait(0.2)
    else:
        return 8
    player.finish()
    pc.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], tuple(sys.argv[3:])))
