# SPDX-License-Identifier: Apache-2.0
"""A rescue on the loopback: free ports, a plan, and the rescue in a thread of its own, as a page would run it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from firstlight.base.work import Work
from firstlight.practice.recovery import PracticeRecovery
from firstlight.recovery import news
from firstlight.recovery.plan import Plan, Ports
from firstlight.recovery.push import Push
from firstlight.recovery.rescue import Rescue, Served

OURS = "127.0.0.1"
LEASE = "127.0.0.2"
MAC = "02:0f:1a:00:9a:2e"


def free_ports(count: int = 3) -> list[int]:
    """UDP ports that nobody uses."""
    socks = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(count)]
    for sock in socks:
        sock.bind((OURS, 0))
    ports = [sock.getsockname()[1] for sock in socks]
    for sock in socks:
        sock.close()
    return ports


def plan_for(practice: PracticeRecovery, file: Path, **more: Any) -> Plan:
    """What a tester would set for this practice router."""
    where = {"router_ip": practice.ip} if "router=" in practice.address else {"lease": practice.ip}
    defaults: dict[str, Any] = {"names": ("rescue.bin",), "netmask": "255.0.0.0", "everybody": OURS, "seconds": 20, "linger_s": 0.3}
    return Plan(ip=OURS, mac=practice.mac, file=file, ports=Ports(**practice.ports), **(where | defaults | more))


def fixed(image: Path, **more: object) -> Plan:
    """A router with an address of its own: TFTP alone, as for the usual clients."""
    ports = free_ports()
    what = {"names": ("rescue.bin",), "router_ip": LEASE, "seconds": 10, "linger_s": 0.1, "stall_s": 1.0} | more
    return Plan(ip=OURS, mac=MAC, file=image, ports=Ports(*ports), **what)  # type: ignore[arg-type]


class Running:
    """A rescue or push in a thread; `wait` gives what it gave, or raises what it raised."""

    def __init__(self, plan: Plan, *, before: Callable[[], None] = lambda: None, is_push: bool = False, probe_s: float = 0.1) -> None:
        self.events: list[news.Event] = []
        self.work = Work()
        self.ready = threading.Event()
        job = Push(plan, tell=self._told, before=before) if is_push else Rescue(plan, tell=self._told, before=before, probe_s=probe_s)
        self._result: Served | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(job,), daemon=True)
        self._thread.start()

    def _told(self, event: news.Event) -> None:
        self.events.append(event)
        if isinstance(event, news.Listening):
            self.ready.set()

    def _run(self, job: Rescue | Push) -> None:
        try:
            self._result = job.run(self.work)
        except BaseException as error:  # noqa: BLE001  handed to whoever waits
            self._error = error

    def wait(self, seconds: float = 30) -> Served:
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "it never ended"
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result

    def of(self, kind: type[news.Event]) -> list[Any]:
        """The events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]


def ask(to: tuple[str, int], packet: bytes, *, ip: str = "127.0.0.2", seconds: float = 2) -> bytes:
    """Send one datagram and give the answer; b"" for silence."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as sock:
        sock.bind((ip, 0))
        sock.settimeout(seconds)
        sock.sendto(packet, to)
        try:
            return sock.recv(4096)
        except TimeoutError:
            return b""
