# SPDX-License-Identifier: Apache-2.0
"""`firstlight sync`: send what waits, fetch what is new, once."""

from __future__ import annotations

import argparse
import time

from firstlight.base.errors import FirstlightError
from firstlight.cli.core import Core
from firstlight.sync.sender import Drained

_PATIENCE_S = 15.0
"""What was queued a moment ago can still be taken back; for so long this command waits for it."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("sync", help="send what waits, fetch what is new")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, core: Core) -> int:
    """Send, then fetch; status 1 when the network or the hub stood in the way, with everything kept."""
    del args
    account = core.account()
    core.sender.wake(account.id)
    if not core.puller.has_asked(account.id):
        core.signed.catch_up(core.work)  # whoever asks for news for the first time says again what was delivered before
    drained = _drain(core)
    pulled = core.signed.catch_up(core.work)
    stopped: FirstlightError | None = drained.stopped.get(account.id) or pulled.stopped.get(account.id)
    waiting = core.outbox.waiting(account.id)
    core.out.line(f"Sent {drained.sent}, waiting {waiting.acts - waiting.parked}, needs you {waiting.parked}, news {pulled.new_items}.")
    if stopped is not None:
        core.out.fault(stopped)
        return 1
    told = {"sent": drained.sent, "waiting": waiting.acts - waiting.parked, "needs_you": waiting.parked, "news": pulled.new_items}
    core.out.result({"ok": True} | told)
    return 0


def _drain(core: Core) -> Drained:
    """Send until nothing is due, and wait for what will be in a moment."""
    sent = parked = 0
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        drained = core.sender.drain(core.work)
        sent, parked = sent + drained.sent, parked + drained.parked
        pause_s = core.sender.pause_s()
        if drained.stopped or pause_s is None or time.monotonic() + pause_s > deadline:
            return Drained(sent, drained.waiting, parked, drained.stopped)
        core.work.wait(pause_s)
