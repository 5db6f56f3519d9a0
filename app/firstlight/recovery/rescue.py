# SPDX-License-Identifier: Apache-2.0
"""The rescue: answer DHCP or BOOTP and TFTP on one adapter for one router, until it has its file, and not a moment longer.

One loop in the caller's thread over all sockets. Whoever is not the expected router gets no address and no byte, and is told in the
log. A cancel stops it between two packets: a bootloader writes only what it has whole, so that is always safe.
"""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import BinaryIO

from firstlight.base.work import Work
from firstlight.recovery import dhcp_packet, news
from firstlight.recovery import tftp_packet as tftp
from firstlight.recovery.adapters import Adapter, adapter_of, listen, mac_of
from firstlight.recovery.dhcp_packet import Kind, Message
from firstlight.recovery.errors import ImageChanged, NobodyAsked, OtherDhcpServer, RescueLoop, RescueStalled
from firstlight.recovery.plan import Plan
from firstlight.recovery.probe import PROBE_S, refuse_other_server
from firstlight.recovery.sending import Agreed, Sending

MAX_TIMES, MAX_BROKEN = 3, 12
"""A router that fetches the whole file so often starts over and over; one that asks so often and never comes to its end has a bad line."""
_MAX_OTHERS = 50
_MAX_REFUSALS = 200
_SAY_EVERY_S = 0.2
_SILENT_S = 5.0


@dataclass(frozen=True)
class Served:
    """How it ended well: bytes of the file, seconds of the last transfer, and how often it was fetched."""

    size: int
    seconds: float
    times: int


def _now() -> datetime:
    return datetime.now(UTC)


def _nothing() -> None:
    """Nobody looks again."""


class Rescue:
    """One rescue; `run` does it all. `tell` gets the log, `before` is asked right before the first byte goes out."""

    def __init__(
        self,
        plan: Plan,
        *,
        tell: news.Tell,
        before: Callable[[], None] = _nothing,
        probe_s: float = PROBE_S,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._plan = plan
        self._tell = tell
        self._before = before
        self._probe_s = probe_s
        self._now = now
        self._others: list[str] = []
        self._refusals = 0
        self._is_leased = False
        self._sending: Sending | None = None
        self._times = self._broken = 0
        self._told_at = 0.0
        self._told_silent = 0
        self._last: Served | None = None
        self._whole_at = 0.0

    def run(self, work: Work) -> Served:
        """Until the router has the file. Raises RecoveryError, Cancelled, OSError of the file, and what `before` raises."""
        plan = self._plan
        adapter = adapter_of(plan.ip)
        if plan.lease:
            refuse_other_server(plan, adapter, work, seconds=self._probe_s)
        with ExitStack() as open_, plan.file.open("rb") as file:
            dhcp = open_.enter_context(listen(adapter, plan.ip, plan.ports.dhcp, hears_broadcasts=True)) if plan.lease else None
            asked = open_.enter_context(listen(adapter, plan.ip, plan.ports.tftp))
            self._tell(news.Listening(self._now(), adapter.name, plan.ip, plan.mac))
            try:
                return self._loop(work, dhcp, asked, file, adapter)
            finally:
                if self._sending is not None:
                    self._sending.end("stopped")
                    self._sending.close()
                self._tell(news.Stopped(self._now()))

    def _loop(self, work: Work, dhcp: socket.socket | None, asked: socket.socket, file: BinaryIO, adapter: Adapter) -> Served:
        end = time.monotonic() + self._plan.seconds
        stamp = _stamp(file)
        while True:
            work.check()
            sending = self._sending
            sockets = [s for s in (dhcp, asked, sending.sock if sending else None) if s is not None]
            ready = select.select(sockets, [], [], 0.05)[0]
            if dhcp in ready and dhcp is not None:
                self._hear_dhcp(dhcp, adapter)
            if asked in ready:
                self._hear_request(asked, file)
            if sending is not None and sending is self._sending:
                if sending.sock in ready:
                    sending.hear()
                self._watch(sending, work)
                if sending.is_whole:
                    if _stamp(file) != stamp:
                        raise ImageChanged(name=sending.name)
                    self._is_whole(sending)
            now = time.monotonic()
            if self._last is not None and self._sending is None and now - self._whole_at >= self._plan.linger_s:
                return self._last
            if now >= end and self._sending is None and self._last is None:
                self._nobody()

    # -- addresses ---------------------------------------------------------------------------------------------------

    def _hear_dhcp(self, sock: socket.socket, adapter: Adapter) -> None:
        plan = self._plan
        data, sender = b"", ("", 0)
        with suppress(OSError):
            data, sender = sock.recvfrom(2048)
        asked = dhcp_packet.read(data)
        if asked is None or asked.is_answer or asked.relay:
            return
        if asked.mac != plan.mac:
            self._stranger(asked.mac, asked.vendor)
            return
        if asked.kind is Kind.REQUEST and asked.server and asked.server != plan.ip:
            raise OtherDhcpServer(server=asked.server)
        if asked.kind in (Kind.DISCOVER, Kind.BOOTP):
            self._tell(news.Asked(self._now(), asked.mac, True, asked.vendor))
        answer = self._answer(asked)
        if answer is None:
            return
        to = (plan.everybody, plan.ports.client) if sender[0] == "0.0.0.0" else sender
        with suppress(OSError):
            sock.sendto(answer, to)

    def _answer(self, asked: Message) -> bytes | None:
        plan = self._plan
        wanted = asked.wanted_ip or asked.own_ip
        kinds = {Kind.DISCOVER: Kind.OFFER, Kind.BOOTP: Kind.BOOTP, Kind.REQUEST: Kind.ACK}
        kind = kinds.get(asked.kind)
        if kind is None:
            return None
        if kind is Kind.ACK and wanted and wanted != plan.lease:
            kind = Kind.NAK
        if kind in (Kind.ACK, Kind.BOOTP):
            self._is_leased = True
            self._tell(news.Leased(self._now(), asked.mac, plan.lease, plan.bootfile))
        ip = "" if kind is Kind.NAK else plan.lease
        return dhcp_packet.answer(asked, kind=kind, your_ip=ip, netmask=plan.netmask, server=plan.ip, file=plan.bootfile)

    def _stranger(self, mac: str, vendor: str = "") -> None:
        if mac not in self._others and len(self._others) < _MAX_OTHERS:
            self._others.append(mac)
            self._tell(news.Asked(self._now(), mac, False, vendor))

    # -- files -------------------------------------------------------------------------------------------------------

    def _hear_request(self, sock: socket.socket, file: BinaryIO) -> None:
        data, sender = b"", ("", 0)
        with suppress(OSError):
            data, sender = sock.recvfrom(2048)
        request = tftp.read_request(data)
        if request is None:
            return
        refused = self._why_not(request, sender)
        if refused is not None:
            code, why, words = refused
            self._refuse(sender, request.name, why)
            with suppress(OSError):
                sock.sendto(tftp.error(code, words), sender)
            return
        if self._sending is not None:
            if self._sending.router == sender and not self._sending.has_moved:
                return  # it asked twice; the first answer is on its way and is sent again by itself
            self._start_over(self._sending)
        try:
            self._before()
        except BaseException:
            with suppress(OSError):
                sock.sendto(tftp.error(tftp.FORBIDDEN, "a check refused"), sender)
            raise
        size = file.seek(0, 2)
        agreed = Agreed.of(request, size)
        self._sending = Sending(self._plan.ip, sender, request.name, file, size, agreed)
        self._told_silent = 0
        self._tell(news.FileAsked(self._now(), request.name, size, agreed.block))
        self._sending.begin()

    def _start_over(self, sending: Sending) -> None:
        """The router gave up and asks from the start; one that never comes to the end does not do so for ever."""
        sending.close()
        self._sending = None
        self._broken += 1
        if self._broken >= MAX_BROKEN:
            percent = 100 * sending.done // max(1, sending.size)
            raise RescueStalled(seconds=int(time.monotonic() - sending.started), name=sending.name, percent=percent)

    def _why_not(self, request: tftp.Request, sender: tuple[str, int]) -> tuple[int, str, str] | None:
        plan = self._plan
        if sender[0] != plan.peer or (plan.lease and not self._is_leased) or not self._is_neighbour(sender[0]):
            return tftp.FORBIDDEN, "stranger", "not for you"
        if request.is_write:
            return tftp.FORBIDDEN, "write", "nothing is taken here"
        if request.mode not in ("octet", "binary"):
            return tftp.ILLEGAL, "mode", "octets only"
        if _is_outside(request.name):
            return tftp.FORBIDDEN, "outside", "outside of what is offered"
        if not plan.any_name and request.name.lstrip("/\\") not in plan.names:
            return tftp.NOT_FOUND, "not_offered", "no such file"
        return None

    def _is_neighbour(self, ip: str) -> bool:
        """Whether the PC reaches the expected router there; where it cannot be told, the address alone decides."""
        known = mac_of(ip)
        if known and known != self._plan.mac:
            self._stranger(known)
            return False
        return True

    def _refuse(self, sender: tuple[str, int], name: str, why: str) -> None:
        self._refusals += 1
        if self._refusals <= _MAX_REFUSALS:
            self._tell(news.Refused(self._now(), sender[0], name, why))

    # -- progress ----------------------------------------------------------------------------------------------------

    def _watch(self, sending: Sending, work: Work) -> None:
        now = time.monotonic()
        silent = now - sending.heard_at
        if silent >= self._plan.stall_s:
            percent = 100 * sending.done // max(1, sending.size)
            raise RescueStalled(seconds=int(silent), name=sending.name, percent=percent)
        if silent >= _SILENT_S * (self._told_silent + 1):
            self._told_silent += 1
            self._tell(news.Silent(self._now(), int(silent)))
        elif silent < _SILENT_S and self._told_silent:
            self._told_silent = 0
        sending.tick()
        if now - self._told_at >= _SAY_EVERY_S or sending.is_whole:
            self._told_at = now
            work.say("send", sending.done, sending.size)
            self._tell(news.Sent(self._now(), sending.name, sending.done, sending.size))

    def _is_whole(self, sending: Sending) -> None:
        self._times += 1
        seconds = time.monotonic() - sending.started
        self._last = Served(sending.size, seconds, self._times)
        self._whole_at = time.monotonic()
        self._tell(news.Whole(self._now(), sending.name, sending.size, round(seconds, 1), self._times))
        sending.close()
        self._sending = None
        if self._times >= MAX_TIMES:
            raise RescueLoop(times=self._times, name=sending.name)

    def _nobody(self) -> None:
        facts = {"seconds": int(self._plan.seconds), "mac": self._plan.mac, "others": ", ".join(self._others[:5])}
        raise NobodyAsked(**facts, **({"reason": "others"} if self._others else {}))


def _is_outside(name: str) -> bool:
    """A path that would leave a folder, by dots or by a drive. No path is ever followed here; who asks so is told in the log."""
    word = name.replace("\\", "/")
    return ".." in PurePosixPath(word).parts or ":" in word


def _stamp(file: BinaryIO) -> tuple[int, int]:
    state = os.fstat(file.fileno())
    return state.st_size, state.st_mtime_ns
