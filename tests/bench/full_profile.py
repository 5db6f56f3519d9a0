# SPDX-License-Identifier: Apache-2.0
"""A profile of a tester of long standing: signed in, thousands of reports told by the hub, a few hundred drafts, all by the real store."""

from __future__ import annotations

import dataclasses
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes import told
from firstlight.base import paths, settings
from firstlight.base.paths import Paths
from firstlight.profile import Profile
from firstlight.sync.inbox import learn

STATES = ("new", "seen", "confirmed", "planned", "fixed", "closed")


def fill(its: Paths, reports: int = 5000, drafts: int = 200) -> None:
    """Make the profile at `its` paths. Its hub is a port of this PC where nobody listens, as on a train."""
    chosen = dataclasses.replace(settings.load(its.make().settings), account=1, hub="http://127.0.0.1:9", language="en", theme="light")
    settings.save(its.settings, chosen)
    profile = Profile(its, chosen, flatten=lambda original, _marks: original.read_bytes())
    with profile.db.write() as tx:
        tx.execute("INSERT INTO account (id, hub, subject, name) VALUES (1, ?, ?, 'mossbyte')", (chosen.hub, str(uuid.UUID(int=1))))
    told.tell_week(profile.db)
    now = datetime.now(UTC)
    with profile.db.write() as tx:
        for n in range(reports):
            body = told.report(str(uuid.UUID(int=10_000 + n)), f"FL-{3000 + n}", f"What happened on day {n}", STATES[n % 6], n / 24)
            body["received_at"] = body["changed_at"] = (now - timedelta(hours=n)).isoformat()
            learn(tx, 1, "report", body["id"], body, seq=100_000 + n, seen=True)
    for n in range(drafts):
        profile.reports.new(1, title=f"Half a thought, number {n}", text="Seen once, on the train.")
    profile.close()


def main() -> int:
    """usage: python tests/bench/full_profile.py, with FIRSTLIGHT_HOME set."""
    began = time.perf_counter()
    fill(paths.find())
    sys.stdout.write(f"filled in {time.perf_counter() - began:.1f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
