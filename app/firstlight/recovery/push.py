# SPDX-License-Identifier: Apache-2.0
"""Push: the router serves TFTP for a moment while it starts, and we put the file there, asking anew each second until it answers.

Old routers know no options, so the second question comes without any. Nothing of the file is sent before the router has answered
and is known to be the expected one.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from firstlight.base.work import Work
from firstlight.recovery import news
from firstlight.recovery import tftp_packet as tftp
from firstlight.recovery.adapters import adapter_of, listen, mac_of
from firstlight.recovery.errors import NobodyAsked, RescueRefused, RescueStalled, WrongRouter
from firstlight.recovery.plan import Plan
from firstlight.recovery.rescue import Served

KNOCK_EVERY_S = 1.0
_RESEND_S = 1.0
_SAY_EVERY_S = 0.2


def _now() -> datetime:
    return datetime.now(UTC)


def _nothing() -> None:
    """Nobody looks again."""


class Push:
    """One push of `plan.file` to `plan.router_ip`; `before` is asked when the router has answered, before the first byte."""

    def __init__(self, plan: Plan, *, tell: news.Tell, before: Callable[[], None] = _nothing, now: Callable[[], datetime] = _now) -> None:
        self._plan, self._tell, self._before, self._now = plan, tell, before, now
        self._router = (plan.peer, plan.ports.tftp)
        self._block = tftp.BLOCK

    def run(self, work: Work) -> Served:
        """Until the router has said that it has all. Raises RecoveryError, Cancelled, what `before` raises, OSError of the file."""
        plan = self._plan
        adapter = adapter_of(plan.ip)
        data = plan.file.read_bytes()
        with listen(adapter, plan.ip, 0) as sock:
            self._tell(news.Listening(self._now(), adapter.name, plan.ip, plan.mac))
            try:
                self._knock(sock, len(data), work)
                known = mac_of(plan.peer)
                if known and known != plan.mac:
                    raise WrongRouter(mac=plan.mac, got=known)
                self._before()
                return self._send(sock, data, work)
            except BaseException:
                with suppress(OSError):
                    sock.sendto(tftp.error(0, "stopped"), self._router)
                raise
            finally:
                self._tell(news.Stopped(self._now()))

    def _knock(self, sock: socket.socket, size: int, work: Work) -> None:
        """Ask until somebody answers; from then on the router's port is the one that it answered from."""
        plan = self._plan
        end, next_, times = time.monotonic() + plan.seconds, 0.0, 0
        while (now := time.monotonic()) < end:
            work.check()
            if now >= next_:
                options = {"blksize": 1468, "tsize": size} if times % 2 == 0 else {}
                with suppress(OSError):  # no cable, or nobody there yet
                    sock.sendto(tftp.request(tftp.WRITE, plan.bootfile, options), (plan.peer, plan.ports.tftp))
                times += 1
                self._tell(news.Knocked(self._now(), plan.peer, times))
                next_ = now + KNOCK_EVERY_S
            packet, sender = self._hear(sock, 0.1)
            if packet is None or sender[0] != plan.peer:
                continue
            if packet.kind == tftp.ERROR and packet.number != tftp.BAD_OPTION:
                raise RescueRefused(name=plan.bootfile, said=packet.text or f"error {packet.number}")
            if packet.kind == tftp.OPTIONS:
                word = packet.options.get("blksize", "")
                agreed = int(word) if word.isascii() and word.isdecimal() and len(word) < 6 else tftp.BLOCK
                self._block = agreed if tftp.LEAST_BLOCK <= agreed <= 1468 else tftp.BLOCK
                self._router = sender
                return
            if packet.kind == tftp.ACK and packet.number == 0:
                self._router = sender
                return
        raise NobodyAsked(seconds=int(plan.seconds), mac=plan.mac, others="")

    def _send(self, sock: socket.socket, data: bytes, work: Work) -> Served:
        name, started, told = self._plan.bootfile, time.monotonic(), 0.0
        self._tell(news.FileAsked(self._now(), name, len(data), self._block))
        for number in range(1, len(data) // self._block + 2):
            start = (number - 1) * self._block
            self._one(sock, tftp.data_packet(number, data[start : start + self._block]), number, start * 100 // max(1, len(data)), work)
            done = min(len(data), start + self._block)
            if time.monotonic() - told >= _SAY_EVERY_S or done == len(data):
                told = time.monotonic()
                work.say("send", done, len(data))
                self._tell(news.Sent(self._now(), name, done, len(data)))
        seconds = time.monotonic() - started
        self._tell(news.Whole(self._now(), name, len(data), round(seconds, 1), 1))
        return Served(len(data), seconds, 1)

    def _one(self, sock: socket.socket, packet: bytes, number: int, percent: int, work: Work) -> None:
        """Send one block until it is answered. The last answer may take long: the router stores the file before it gives it."""
        began, sent = time.monotonic(), 0.0
        while True:
            work.check()
            now = time.monotonic()
            if now - began >= self._plan.stall_s:
                raise RescueStalled(seconds=int(now - began), name=self._plan.bootfile, percent=percent)
            if now - sent >= _RESEND_S:
                with suppress(OSError):
                    sock.sendto(packet, self._router)
                sent = now
            answer, sender = self._hear(sock, 0.1)
            if answer is None or sender != self._router:
                continue
            if answer.kind == tftp.ERROR:
                raise RescueRefused(name=self._plan.bootfile, said=answer.text or f"error {answer.number}")
            if answer.kind == tftp.ACK and answer.number == number & 0xFFFF:
                return

    def _hear(self, sock: socket.socket, seconds: float) -> tuple[tftp.Packet | None, tuple[str, int]]:
        if not select.select([sock], [], [], seconds)[0]:
            return None, ("", 0)
        try:
            data, sender = sock.recvfrom(2048)
        except OSError:
            return None, ("", 0)  # refused: nobody serves there yet
        return tftp.read(data), sender
