# SPDX-License-Identifier: Apache-2.0
"""A tester's PC without a window: everything real but the clock, speaking to a real hub through a proxy; and its violent ends."""

from __future__ import annotations

import os
import sqlite3
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from fakes.desk import Desk
from fakes.fault_proxy import FaultProxy
from fakes.hub import FakeHub
from faults.hub_process import HubProcess, Tokens
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.hublink import uploads
from firstlight.reports.report import Draft, Local
from firstlight.store import points
from firstlight.store.disk import Disk
from firstlight.sync.puller import Puller
from firstlight.sync.sender import Sender
from firstlight.sync.usb import Bundles


class Pc(Desk):
    """Account 1 is `who` at the real hub, account 2 is `second`; both have reports and clients of their own."""

    def __init__(
        self,
        folder: Path,
        hub: HubProcess,
        proxy: FaultProxy,
        *,
        who: str = "bob",
        second: str = "dora",
        disk: Disk | None = None,
        timeout_s: tuple[float, float] = (3, 5),
    ) -> None:
        self.real = hub
        self.proxy = proxy
        self.timeout_s = timeout_s
        self.tokens = {1: Tokens(hub.tokens[who]), 2: Tokens(hub.tokens[second])}
        self._clients: dict[int, Any] = {}
        self._names = {1: who, 2: second}
        # A seed of its own: the hub is shared, and what another case has sent would need no byte here.
        super().__init__(folder, FakeHub(), disk=disk, seed=int.from_bytes(os.urandom(8), "big"))
        self.signed_in = dict(self._names)

    def open(self) -> None:
        """Start the program, with the real way to the hub."""
        self.events = Events()
        super().open()
        subjects = self.real.rows("SELECT email, subject FROM hub_account_user")
        known = {row["email"].partition("@")[0]: row["subject"] for row in subjects}
        with self.db.write() as tx:
            for account, name in self._names.items():
                text = known[name]
                subject = f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
                tx.execute("UPDATE account SET subject = ?, hub = 'http://hub' WHERE id = ?", (subject, account))
        self._clients = {}
        self.sender = Sender(self.db, self.blobs, self.outbox, self.client, self.events, rng=self.rng, upload=uploads.upload)
        self.puller = Puller(self.db, self.outbox, self.client, self.events)
        self.bundles = Bundles(self.db, self.blobs, self.outbox, self.clock)

    def client(self, account_id: int) -> Any:
        """The real client while that account is signed in."""
        if account_id not in self.signed_in:
            return None
        if account_id not in self._clients:
            self._clients[account_id] = self.real.client(self.tokens[account_id], self.proxy.address, self.timeout_s)
        return self._clients[account_id]

    def hang_up(self) -> None:
        """Close kept connections, so that the next request makes a new one and meets the proxy's next fault."""
        for client in self._clients.values():
            session = getattr(client._local, "session", None)
            if session is not None:
                session.close()

    def meets(self, *faults: Any) -> None:
        """The next connections fare so."""
        self.hang_up()
        self.proxy.next(*faults)

    def send(self, seconds: float = 11) -> Any:
        """Let time pass, forget every wait, send once."""
        self.clock.pass_(seconds)
        self.sender.wake(1)
        return self.drain()

    def send_all(self, rounds: int = 300) -> None:
        """Until nothing waits any more."""
        self.sender.wake(1)
        self.drain_all(rounds=rounds)
        with self.db.read() as tx:
            left = [tuple(row) for row in tx.execute("SELECT kind, state, attempts, last_error FROM op WHERE state = 'ready' LIMIT 5")]
        assert self.sender.pause_s() is None, f"it never got through: {left}"

    def state(self, id: str) -> Local:
        return self.reports.get(id).state

    def at_hub(self, id: str) -> dict[str, Any] | None:
        return self.real.reports().get(id)

    def big(self, size: int, title: str = "big") -> Draft:
        """A queued report with a file of so many bytes that no rule touches."""
        draft = self.reports.new(1, title=title)
        data = b"\0" + self.rng.randbytes(size - 1)
        attached = self.reports.attach(draft.id, data, name="capture.bin", role="file", media="application/octet-stream", work=Work())
        self.reports.set_reviewed(draft.id, attached.pos)
        return self.reports.queue(draft.id, Work())

    def close(self) -> None:
        self.hang_up()
        with suppress(sqlite3.Error, OSError):  # a PC that was pulled apart on purpose need not close well
            self.db.close()


def dies(act: Callable[[], None], at: str) -> bool:
    """`act` in a process of its own that is killed at a labelled point; True when it was."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            points.arm(at)
            act()
            status = 0
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
            raise
        finally:
            os._exit(status)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"it ended with a fault of its own before {at}"
    return os.WIFSIGNALED(status)
