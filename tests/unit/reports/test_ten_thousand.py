# SPDX-License-Identifier: Apache-2.0
"""A line of ten thousand is listed as a short one: counted in steps of SQLite's machine, which no busy PC can blur."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from fakes.desk import Desk

STEPS_OF = 100


def fill(desk: Desk, count: int) -> None:
    """So many queued reports with a file each, and as many that the team has."""
    body = '{"kind": "bug", "device_model": "R1", "build": "1"}'
    told = '{"title": "t", "state": "seen", "changed_at": "2026-01-01T00:00:00Z"}'
    numbers = range(count)
    with desk.db.write() as tx:
        tx.executemany(
            "INSERT INTO report (id, account_id, state, rev, title, body, captured_wall_ms, changed_ms)"
            " VALUES (?, 1, 'queued', 1, 't', ?, 1, ?)",
            [(f"r{n}", body, n) for n in numbers],
        )
        tx.executemany("INSERT INTO blob VALUES (?, 1000, 'a/b', 1, 1)", [(f"{n:064x}",) for n in numbers])
        for kind, name in (("blob", "{:064x}"), ("report", "r{}")):
            tx.executemany(
                "INSERT INTO op (account_id, kind, subject, payload, state, made_ms) VALUES (1, ?, ?, '{}', 'ready', 1)",
                [(kind, name.format(n)) for n in numbers],
            )
        tx.executemany(
            "INSERT INTO op_blob (seq, sha256) SELECT seq, ? FROM op WHERE account_id = 1 AND kind = 'report' AND subject = ?",
            [(f"{n:064x}", f"r{n}") for n in numbers],
        )
        facets = ("seen", "fixed", "planned")
        tx.executemany(
            "INSERT INTO inbox (account_id, kind, key, seq, facet, body) VALUES (1, 'report', ?, ?, ?, ?)",
            [(f"s{n}", n, facets[n % 3], told) for n in numbers],
        )


def steps(desk: Desk, act: Callable[[], object]) -> int:
    """How many hundreds of steps SQLite takes for `act`."""
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    act()
    connections: list[sqlite3.Connection] = [*desk.db._idle, desk.db._connection]
    for connection in connections:
        connection.set_progress_handler(step, STEPS_OF)
    act()
    for connection in connections:
        connection.set_progress_handler(None, 0)
    return count


@pytest.mark.parametrize(
    ("act", "at_most"),
    [
        (lambda desk: desk.reports.listing(1, limit=50), 2),
        (lambda desk: desk.reports.listing(1, limit=50, section="team"), 5),
        (lambda desk: desk.reports.listing(1, limit=50, section="fixed"), 5),
        (lambda desk: desk.outbox.due(1, limit=20), 2),
    ],
)
def test_a_window_of_ten_thousand_costs_what_one_of_a_hundred_costs(desk: Desk, act: Callable[[Desk], object], at_most: float) -> None:
    fill(desk, 100)
    few = steps(desk, lambda: act(desk))
    with desk.db.write() as tx:
        for table in ("op_blob", "op", "report", "blob", "inbox"):
            tx.execute(f"DELETE FROM {table}")
    fill(desk, 10_000)
    many = steps(desk, lambda: act(desk))
    assert few > 0
    assert many <= at_most * few + 3


@pytest.mark.parametrize("act", [lambda desk: desk.reports.counts(1), lambda desk: desk.outbox.waiting(1)])
def test_sums_grow_with_the_line_and_not_with_its_square(desk: Desk, act: Callable[[Desk], object]) -> None:
    fill(desk, 10_000)
    assert steps(desk, lambda: act(desk)) < 15_000
