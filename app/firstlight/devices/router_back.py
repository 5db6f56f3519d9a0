# SPDX-License-Identifier: Apache-2.0
"""After a flash: did the router come back, and with which build? Told apart: new, rolled back, other, unchanged, still booting, brick.

What a router does while it starts, seen from a PC: silence (no network yet), then its kernel answers with "nobody listens here",
then SSH. A router that shows one of the latter two is alive; one that shows nothing for the whole time is a brick as far as we
can know. On the loopback, where practice routers live, "nobody listens here" says nothing: it is this PC that answers.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from enum import StrEnum

from firstlight.base.work import Work
from firstlight.devices.errors import DeviceError, HostKeyChanged, LoginRefused, RouterNotBack, RouterNotFound
from firstlight.devices.router_facts import RouterFacts
from firstlight.devices.ssh import Router

LOOK_EVERY_S = 1.0
UNCHANGED_S = 60.0
"""A router that still runs the same start so long after it was told to flash has not flashed."""


class Came(StrEnum):
    """How it ended."""

    NEW = "new"
    ROLLED_BACK = "rolled_back"
    """The old build, freshly started: its boot counter or its own check put it back."""
    OTHER = "other"
    UNCHANGED = "unchanged"
    """It never started again."""
    STILL_BOOTING = "still_booting"
    BRICK = "brick"


@dataclass(frozen=True)
class Back:
    """What is known. `facts` None when it did not answer; `starts`: how often it came into sight."""

    came: Came
    facts: RouterFacts | None
    seconds: int
    starts: int = 0

    def require(self, wanted: str) -> RouterFacts:
        """The facts of a router that runs the new build; else RouterNotBack."""
        if self.came is Came.NEW and self.facts is not None:
            return self.facts
        build = self.facts.build if self.facts else "?"
        raise RouterNotBack(reason=str(self.came), build=build, wanted=wanted, seconds=self.seconds, starts=self.starts)


class _Sight(StrEnum):
    NOTHING = "nothing"
    ALIVE = "alive"
    """Something answers, no log-in yet."""


def wait_back(
    router: Router,
    *,
    before: RouterFacts,
    wanted: str,
    seconds: float,
    work: Work,
    unchanged_s: float = UNCHANGED_S,
    look_every_s: float | None = None,
) -> Back:
    """Look until it is clear, at most `seconds`. Raises HostKeyChanged and LoginRefused, which need the tester, and Cancelled."""
    started = time.monotonic()
    starts, last = 0, ""
    while True:
        passed = time.monotonic() - started
        work.say("wait", int(passed), int(seconds))
        facts, sight = _look(router, work)
        if facts is not None:
            came = _came(facts, before, wanted)
            if came is not Came.UNCHANGED or passed >= min(seconds, unchanged_s):
                return Back(came, facts, int(passed), starts)
        starts += sight is _Sight.ALIVE and last == _Sight.NOTHING
        last = sight
        if passed >= seconds:
            return Back(Came.STILL_BOOTING if sight is _Sight.ALIVE and starts < 2 else Came.BRICK, None, int(passed), starts)
        work.wait(LOOK_EVERY_S if look_every_s is None else look_every_s)


def _look(router: Router, work: Work) -> tuple[RouterFacts | None, _Sight]:
    try:
        return router.facts(work), _Sight.ALIVE
    except (HostKeyChanged, LoginRefused):
        raise
    except RouterNotFound as error:
        router.close()
        is_kernel = error.facts.get("why") == "refused" and not _is_loopback(router.address.host)
        return None, _Sight.ALIVE if is_kernel else _Sight.NOTHING
    except DeviceError:
        router.close()
        return None, _Sight.ALIVE  # it took the connection and went no further


def _came(now: RouterFacts, before: RouterFacts, wanted: str) -> Came:
    is_restarted = now.boot_id != before.boot_id if now.boot_id and before.boot_id else now.build != before.build
    if not is_restarted:
        return Came.UNCHANGED
    if now.runs(wanted):
        return Came.NEW
    same = (now.build, now.revision) == (before.build, before.revision)
    return Came.ROLLED_BACK if same else Came.OTHER


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"
