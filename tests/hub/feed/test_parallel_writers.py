# SPDX-License-Identifier: Apache-2.0
"""Many writers and one reader at once, on both databases: a desktop that follows its cursor misses nothing.

A plain id cursor lost 412 of 900 rows on PostgreSQL, because ids commit out of their order. The same holds for two PUTs of one
report and for badges that two events reach together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.prepared import people, program
from hub.serving import postgres, postgres_programs, running

_SETUP = """
import json, random, threading, time, uuid
import django
django.setup()
from django.db import connection, transaction
from firstlight_hub.account.models import User
from firstlight_hub.programme.models import Programme

def together(act, count):
    faults = []
    def run(number):
        try:
            act(number)
        except Exception as error:
            faults.append(repr(error))
        finally:
            connection.close()
    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads: thread.start()
    return threads, faults

bob = User.objects.get(email="bob@example.org")
aurora = Programme.objects.get(slug="aurora")
"""

_WRITERS = (
    _SETUP
    + """
from firstlight_contract.account import ProgrammeCard
from firstlight_contract.feed import FeedKind
from firstlight_hub.base.feed import announce, writing
from firstlight_hub.feed.queries import read

card = ProgrammeCard(slug="aurora", name="Aurora", ring="x", maker="x", seats=1, seats_left=1)
WRITERS, EACH = 8, 40
def write(number):
    dice = random.Random(number)
    for n in range(EACH):
        with writing():
            announce("p:aurora", FeedKind.PROGRAMME, f"{number}-{n}", card)
            if n % 4 == 0:
                announce(f"u:{number % 2}", FeedKind.PROGRAMME, f"{number}-{n}", card)
        if n % 5 == 0:
            # Straight into the transaction, which then stays open for a while: the late committer.
            with transaction.atomic():
                announce("p:aurora", FeedKind.PROGRAMME, f"{number}-{n}-late", card)
                time.sleep(dice.random() / 200)  # house: the late committer's own delay, nobody waits for it

threads, faults = together(write, WRITERS)
audiences, cursor, seen, twice = ("p:aurora", "u:0", "u:1"), "", {}, 0
while True:
    alive = any(thread.is_alive() for thread in threads)
    answer = read(audiences, cursor, 50)
    for item in answer.page.items:
        name = (item.key, item.seq)
        twice += name in seen
        seen[name] = item
    cursor = answer.cursor
    if not alive and not answer.page.more and not answer.page.items:
        break
keys = {item.key for item in seen.values()}
wanted = {f"{w}-{n}" for w in range(WRITERS) for n in range(EACH)} | {f"{w}-{n}-late" for w in range(WRITERS) for n in range(0, EACH, 5)}
print(json.dumps({"missed": len(wanted - keys), "twice": twice, "faults": faults}))
"""
)

_PUTS = (
    _SETUP
    + """
from firstlight_contract.reports import ReportPut
from firstlight_hub.honour.models import ActivityDay
from firstlight_hub.reports.models import Report
from firstlight_hub.reports.services import put_report

names = [uuid.uuid4() for _ in range(6)]
def put(number):
    dice = random.Random(number)
    for name in names:
        for rev in dice.sample(range(1, 9), 8):
            form = ReportPut(programme="aurora", rev=rev, title=f"revision {rev}", captured_at="2026-11-20T21:14:00+01:00")
            put_report(bob, name, form)
threads, faults = together(put, 4)
for thread in threads: thread.join()
kept = [(report.rev, report.title) for report in Report.objects.filter(pk__in=names)]
numbers = {report.number for report in Report.objects.filter(pk__in=names)}
days = list(ActivityDay.objects.filter(user=bob, kind="report.sent").values_list("n", flat=True))
print(json.dumps({"kept": kept, "numbers": len(numbers), "sent": days, "faults": faults}))
"""
)

_EVENTS = (
    _SETUP
    + """
from django.utils import timezone
from firstlight_contract.honour import ActivityPut
from firstlight_hub.honour.models import Award, Badge
from firstlight_hub.honour.services import put_activity

Badge.objects.get_or_create(programme=aurora, slug="eight", defaults={"picture": "x", "rule": {"kind": "device.recovered", "count": 8}})
names = [uuid.uuid4() for _ in range(8)]
def put(number):
    # Each event twice, by two threads.
    form = ActivityPut(programme="aurora", kind="device.recovered", at=timezone.now())
    put_activity(bob, names[number % 8], form)
threads, faults = together(put, 16)
for thread in threads: thread.join()
print(json.dumps({"awards": Award.objects.filter(user=bob, badge__slug="eight").count(), "faults": faults}))
"""
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def rows(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A hub's folder and database with Bob in Aurora."""
    data = tmp_path_factory.mktemp("writers") / "hub"
    if request.param == "sqlite":
        with running(data):
            people(data)
        yield data, ""
        return
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed here (Debian: apt-get install postgresql)")
    with postgres(programs) as database:
        with running(data, database=database):
            people(data, database=database)
        yield data, database


def run(rows: tuple[Path, str], text: str) -> dict[str, object]:
    return dict(json.loads(program(rows[0], text, database=rows[1])))


def test_a_reader_among_many_writers_misses_nothing_and_reads_nothing_twice(rows: tuple[Path, str]) -> None:
    assert run(rows, _WRITERS) == {"missed": 0, "twice": 0, "faults": []}


def test_of_many_revisions_at_once_the_highest_stays_in_one_report(rows: tuple[Path, str]) -> None:
    assert run(rows, _PUTS) == {"kept": [[8, "revision 8"]] * 6, "numbers": 6, "sent": [6], "faults": []}


def test_events_that_reach_a_badge_together_earn_it_once(rows: tuple[Path, str]) -> None:
    assert run(rows, _EVENTS) == {"awards": 1, "faults": []}
