# SPDX-License-Identifier: Apache-2.0
"""Does somebody else hand out addresses on this cable? Asked as a new device would, before we answer anybody."""

from __future__ import annotations

import random
import select
import time
from contextlib import suppress

from firstlight.base.work import Work
from firstlight.recovery import dhcp_packet
from firstlight.recovery.adapters import Adapter, listen
from firstlight.recovery.errors import OtherDhcpServer
from firstlight.recovery.plan import Plan

PROBE_S = 4.5
"""Servers look first whether an address is free: busybox's takes two seconds for it, dnsmasq three."""
_ASK_EVERY_S = 1.0


def refuse_other_server(plan: Plan, adapter: Adapter, work: Work, *, seconds: float = PROBE_S) -> None:
    """OtherDhcpServer when one answers within `seconds`; PortNeedsRights, PortTaken."""
    xid = random.getrandbits(32)
    mac = "02:" + ":".join(f"{random.getrandbits(8):02x}" for _ in range(5))  # locally administered: nobody's
    asked = dhcp_packet.question(xid=xid, mac=mac)
    end, next_ = time.monotonic() + seconds, 0.0
    with listen(adapter, plan.ip, plan.ports.client, hears_broadcasts=True) as sock:
        while (now := time.monotonic()) < end:
            work.check()
            if now >= next_:
                with suppress(OSError):  # no cable yet: nobody to ask, and nobody to fight with
                    sock.sendto(asked, (plan.everybody, plan.ports.dhcp))
                next_ = now + _ASK_EVERY_S
            if not select.select([sock], [], [], 0.1)[0]:
                continue
            with suppress(OSError):
                data, sender = sock.recvfrom(2048)
                told = dhcp_packet.read(data)
                if told is not None and told.is_answer and told.xid == xid and told.mac == mac:
                    raise OtherDhcpServer(server=told.server or sender[0])
