# SPDX-License-Identifier: Apache-2.0
"""What other testers reported, as far as the programme shares it; it came with the feed, so it reads offline."""

from __future__ import annotations

import json

from firstlight.reports.report import ReportRow, Section
from firstlight.store.db import Tx


def rows(tx: Tx, account_id: int | None, *, limit: int) -> tuple[ReportRow, ...]:
    """The newest of them. Their `id` is "": there is no page of somebody else's report."""
    found = tx.execute("SELECT body FROM inbox WHERE account_id = ? AND kind = 'similar' ORDER BY seq DESC LIMIT ?", (account_id, limit))
    return tuple(_row(json.loads(row["body"])) for row in found)


def _row(body: dict[str, object]) -> ReportRow:
    title, number, state, fixed_in = (str(body.get(name, "")) for name in ("title", "number", "state", "fixed_in"))
    section = Section.FIXED if state == "fixed" else Section.TEAM
    return ReportRow("", section, title, number=number, state=state, fixed_in=fixed_in)
