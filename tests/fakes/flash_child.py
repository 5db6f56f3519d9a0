# SPDX-License-Identifier: Apache-2.0
"""A process of its own that plays the weekly guide on a phone that lives elsewhere, to be killed in the middle.

flash_child.py ROOT ADDRESS program|own      plays the unfinished run, or starts one, to its end
"""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "app"), str(Path(__file__).resolve().parents[1])]

from fakes.bench_with_phone import GUIDES, STEPS, make_release  # noqa: E402
from firstlight.base.events import Events  # noqa: E402
from firstlight.base.work import Work  # noqa: E402
from firstlight.devices import tool  # noqa: E402
from firstlight.devices.inventory import Inventory  # noqa: E402
from firstlight.firmware.images import Images  # noqa: E402
from firstlight.guides.errors import ActionFailed, GateClosed  # noqa: E402
from firstlight.guides.runs import Runs  # noqa: E402


def main(root: Path, address: str, client: str) -> None:
    builds = (make_release(root / "hub", "26.46", "26.45"), make_release(root / "hub", "26.47", "26.46", 1))
    told = root / "told.txt"

    def tell(news: object) -> None:
        with told.open("a", encoding="utf-8") as file:
            file.write(f"{news.id} {news.kind}\n")  # type: ignore[attr-defined]

    runs = Runs(
        root=root / "runs",
        devices=Inventory(fastboot=(lambda: tool.find("fastboot")) if client == "program" else (lambda: None), network=lambda: (address,)),
        images=Images(root / "builds", lambda account, file, target, work: target.write_bytes((root / "hub" / file.sha256).read_bytes())),
        releases=lambda account_id: builds,
        keep_photo=lambda source, work: hashlib.sha256(bytes(source)).hexdigest(),  # type: ignore[arg-type]
        tell=tell,
        events=Events(),
        now=lambda: datetime.now(UTC),
    )
    work = Work()
    unfinished = runs.unfinished(1)
    runs.tell_untold(1)
    if not unfinished and runs.finished(1):
        return
    player = runs.resume(unfinished[0].run_id) if unfinished else runs.start(GUIDES / "a1-weekly", account_id=1)
    player.settle(work)
    for step_id in STEPS:
        while player.state.step(step_id).mark not in ("done", "skipped"):
            try:
                if player.word_for(step_id) and not player.state.step(step_id).is_agreed:
                    player.agree(step_id, player.word_for(step_id))
                player.run(step_id, work)
            except (GateClosed, ActionFailed) as error:
                # A fastboot that outlived its killed parent may hold the phone for a moment yet.
                print(error, file=sys.stderr)
                work.wait(0.3)
    player.done("tell")
    player.finish()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
