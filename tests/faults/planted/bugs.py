# SPDX-License-Identifier: Apache-2.0
"""Bugs to plant, each as it has been met in some queue: the state machine must catch every one. `python tests/faults/planted/bugs.py`.

Each is planted in a process of its own and the machine runs until it fails; a bug that it lets through is printed and the exit
status is 1. With names as arguments, only those.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    _TESTS = Path(__file__).parents[2]
    sys.path[:0] = [str(_TESTS), str(_TESTS.parent / "app")]

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from fakes.desk import Desk
from firstlight.hublink.errors import Busy, NotAHub, SessionExpired, Unreachable
from firstlight.reports import submit
from firstlight.store import sweep
from firstlight.sync import answers, outbox, puller, rest, sender
from firstlight.sync.entry import OpKind, Why
from firstlight.sync.rules import Rules

BUGS: dict[str, Callable[[], None]] = {}


def bug(plant: Callable[[], None]) -> Callable[[], None]:
    """Add it to the list, under its own words."""
    BUGS[plant.__name__.replace("_", " ")] = plant
    return plant


@bug
def an_answer_to_old_words_confirms_the_new() -> None:
    def done(tx: Any, op: Any, now_ms: int) -> bool:
        tx.execute("UPDATE op SET state = 'done', done_ms = ? WHERE seq = ?", (now_ms, op.seq))
        return True

    outbox.Outbox.done = staticmethod(done)
    original = answers.landed

    def landed(tx: Any, op: Any, reply: Any, now_ms: int) -> Any:
        found = original(tx, op, reply, now_ms)
        if op.kind == OpKind.REPORT:
            tx.execute("UPDATE report SET state = 'delivered' WHERE id = ? AND state = 'queued'", (op.subject,))
        return found

    answers.landed = landed


@bug
def what_the_hub_lacks_is_not_sent_again() -> None:
    answers.blobs_missing = lambda _tx, _op, _missing: True


@bug
def what_was_taken_back_still_leaves() -> None:
    outbox.Outbox.remove = lambda *_all: None


@bug
def what_is_open_for_editing_still_leaves() -> None:
    outbox.Outbox.hold = lambda *_all: None


@bug
def a_busy_hub_counts_as_a_refusal() -> None:
    original = sender._Round._failed

    def failed(self: Any, op: Any, error: Any, moved: int) -> None:
        if isinstance(error, Busy):
            self._park(op, error)
        else:
            original(self, op, error, moved)

    sender._Round._failed = failed


@bug
def a_lost_answer_counts_as_success() -> None:
    original = sender._Round._failed

    def failed(self: Any, op: Any, error: Any, moved: int) -> None:
        if isinstance(error, Unreachable):
            self._landed(self._means.client_for(op.account_id), op, None)
        else:
            original(self, op, error, moved)

    sender._Round._failed = failed


@bug
def the_page_of_a_hotel_counts_as_success() -> None:
    original = sender._Round._failed

    def failed(self: Any, op: Any, error: Any, moved: int) -> None:
        if isinstance(error, NotAHub):
            self._landed(self._means.client_for(op.account_id), op, None)
        else:
            original(self, op, error, moved)

    sender._Round._failed = failed


@bug
def an_expired_sign_in_sets_reports_aside() -> None:
    original = sender._Round._failed

    def failed(self: Any, op: Any, error: Any, moved: int) -> None:
        if isinstance(error, SessionExpired):
            self._park(op, error)
        else:
            original(self, op, error, moved)

    sender._Round._failed = failed


@bug
def tries_end_after_a_dozen() -> None:
    original = outbox.Outbox.later

    def later(tx: Any, op: Any, why: Why, not_before_ms: int, *, moved: int = 0) -> None:
        original(tx, op, why, not_before_ms, moved=moved)
        tx.execute("UPDATE op SET state = 'parked' WHERE seq = ? AND attempts >= 12", (op.seq,))

    outbox.Outbox.later = staticmethod(later)


@bug
def another_account_sends_it() -> None:
    original = Desk.client
    Desk.client = lambda self, _account: original(self, min(self.signed_in, default=1))


@bug
def a_clock_set_back_makes_waits_of_years() -> None:
    outbox.Outbox.clamp = lambda _self: None


@bug
def a_rest_outlives_the_clock() -> None:
    rest.Rests.is_resting = lambda self, account: self._until.get(account, 0) > self._now_ms()
    sender.Sender.wake = lambda self, account_id=None: None
    outbox.Outbox.clamp = lambda _self: None


@bug
def the_cursor_moves_before_its_page_is_kept() -> None:
    original = puller._take
    puller._take = lambda tx, account, item, *, seen: False if item.seq % 3 == 0 else original(tx, account, item, seen=seen)


@bug
def an_edit_keeps_its_revision() -> None:
    original = submit._put
    submit._put = lambda db, draft, files, *, rev: original(db, draft, files, rev=max(1, rev - 1))


@bug
def what_was_thrown_away_still_leaves() -> None:
    submit._hold = lambda *_all: None


@bug
def what_was_thrown_away_and_restored_waits_for_ever() -> None:
    outbox.Outbox.release = lambda *_all: None


@bug
def a_word_leaves_before_its_report_and_is_set_aside() -> None:
    # Leaving early alone is healed by the 404 rule, as leaving before its files is by the 424 rule.
    answers.report_missing = lambda _tx, _op: False
    outbox._FREE_TO_GO = outbox._FREE_TO_GO.partition("AND NOT (op.kind = 'comment'")[0]


@bug
def a_report_leaves_before_its_files_and_is_set_aside() -> None:
    outbox._FREE_TO_GO = "1"
    original = sender._Round._blobs_missing
    sender._Round._blobs_missing = lambda self, op, error: self._park(op, error) if original else None


@bug
def the_clean_up_takes_files_that_wait() -> None:
    sweep._FORGOTTEN = "SELECT sha256 FROM blob WHERE made_ms < ? + 86400000"
    from firstlight.store.blobs import Blobs

    original = Blobs.drop

    def drop(self: Any, sha256: str) -> None:
        with self._db.write() as tx:
            tx.execute("PRAGMA defer_foreign_keys=ON")
        self._place(sha256).unlink(missing_ok=True)
        with contextlib.suppress(Exception):
            original(self, sha256)

    Blobs.drop = drop


@bug
def the_clean_up_takes_reports_that_wait() -> None:
    original = sweep._forget_old

    def forget(db: Any) -> int:
        with db.write() as tx:
            tx.execute("DELETE FROM op WHERE kind = 'report' AND state = 'ready' AND attempts > 2")
        return original(db)

    sweep._forget_old = forget


@bug
def empty_files_are_never_announced() -> None:
    original = outbox.Outbox.due

    def due(self: Any, account_id: int, *, limit: int = 100) -> Any:
        with self._db.write() as tx:
            tx.execute("UPDATE op SET state = 'done' WHERE kind = 'blob' AND (SELECT size FROM blob WHERE sha256 = op.subject) = 0")
        return original(self, account_id, limit=limit)

    outbox.Outbox.due = due
    answers.blobs_missing = lambda _tx, _op, _missing: True


@bug
def a_hub_put_back_is_told_nothing_again() -> None:
    outbox.Outbox.repeat_delivered = lambda *_all, **_which: 0


@bug
def a_hub_put_back_is_told_the_reports_but_not_the_words() -> None:
    original = outbox.Outbox.repeat_delivered

    def repeat(self: Any, tx: Any, account_id: int, since_ms: int, **which: Any) -> int:
        found = original(self, tx, account_id, since_ms, **which)
        tx.execute("UPDATE op SET state = 'done' WHERE kind = 'comment' AND account_id = ? AND done_ms > 0", (account_id,))
        return found

    outbox.Outbox.repeat_delivered = repeat


@bug
def big_files_use_a_metered_network() -> None:
    Rules.keeps_back = lambda *_all: False
    outbox._may_go = lambda _rules: outbox._FREE_TO_GO


@bug
def a_paused_line_still_sends() -> None:
    original = outbox.Outbox.due

    def due(self: Any, account_id: int, *, limit: int = 100) -> Any:
        rules, self.rules = self.rules, lambda: dataclasses.replace(rules(), is_paused=False)
        try:
            return original(self, account_id, limit=limit)
        finally:
            self.rules = rules

    outbox.Outbox.due = due


@bug
def one_that_fails_is_tried_again_at_once() -> None:
    sender.wait_ms = lambda *_all, **_more: 0
    rest.wait_ms = lambda *_all, **_more: 0
    original = sender._Round.run

    def run(self: Any, work: Any) -> None:
        for _again in range(300):
            with contextlib.suppress(Exception):
                original(self, work)

    sender._Round.run = run


@bug
def a_refused_report_stops_all_behind_it() -> None:
    original = outbox.Outbox.due

    def due(self: Any, account_id: int, *, limit: int = 100) -> Any:
        with self._db.read() as tx:
            failed = tx.execute(
                "SELECT min(seq) FROM op WHERE account_id = ? AND attempts > 1 AND kind = 'report'", (account_id,)
            ).fetchone()[0]
        return tuple(op for op in original(self, account_id, limit=limit) if failed is None or op.seq < failed)

    outbox.Outbox.due = due


@bug
def news_of_the_hub_overwrite_what_is_newer() -> None:
    original = answers.learn

    def learn(tx: Any, account_id: int, kind: str, key: str, body: dict[str, Any], **more: Any) -> bool:
        if kind == "report":
            body = body | {"state": "new", "changed_at": "2999-01-01T00:00:00Z"}
        return original(tx, account_id, kind, key, body, **more)

    answers.learn = learn


def caught(name: str, *, tries: int = 30) -> tuple[bool, str, float]:
    """Plant one bug in a process of its own and let the machine look for it; what it said when it found it."""
    read, write = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(read)
        found = ""
        try:
            BUGS[name]()
            found = _look(tries)
        finally:
            os.write(write, found.encode()[:4000])
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    os.waitpid(child, 0)
    return bool(said), said, time.monotonic() - began


def _look(tries: int) -> str:
    from unit.sync.test_any_order import Anything

    for seed in range(tries):
        quiet = settings(
            max_examples=60,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            database=None,
            verbosity=Verbosity.quiet,
            report_multiple_bugs=False,
        )
        Anything._hypothesis_internal_use_seed = seed
        with _silence():
            try:
                run_state_machine_as_test(Anything, settings=quiet)
            except BaseException as error:  # noqa: BLE001  whatever ends the machine is how it found the bug
                return f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error) else ''}"
    return ""


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


def main(names: list[str]) -> int:
    """The table; 1 when a bug got through."""
    through = 0
    for name in names or list(BUGS):
        is_caught, said, seconds = caught(name)
        through += not is_caught
        print(f"{'caught' if is_caught else 'NOT CAUGHT':10} {name:64} {seconds:5.1f} s  {said[:90]}", flush=True)
    total = len(names or BUGS)
    print(f"{total - through} of {total} planted bugs were caught")
    return 1 if through else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
