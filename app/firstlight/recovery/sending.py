# SPDX-License-Identifier: Apache-2.0
"""One file on its way to one router by TFTP: block after block, each once it was asked for, resent when silence lasts.

A block is sent again only after silence, never because an answer came twice (else two streams would chase each other for the rest
of the file). A damaged block is not noticed by TFTP: whoever needs to be sure compares the build afterwards.
"""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass
from typing import BinaryIO

from firstlight.recovery import tftp_packet as tftp
from firstlight.recovery.errors import ImageChanged, RescueRefused

RESEND_S = 1.0
MOST_BLOCK = 1468
"""What fits into one Ethernet frame; larger blocks would be cut into pieces that bootloaders cannot put together."""


@dataclass(frozen=True)
class Agreed:
    """What router and PC agreed on; `told` goes back to the router, empty when it asked for nothing."""

    block: int
    resend_s: float
    told: dict[str, object]

    @classmethod
    def of(cls, request: tftp.Request, size: int) -> Agreed:
        """The options of a request that we can keep."""
        told: dict[str, object] = {}
        block = request.number("blksize", tftp.LEAST_BLOCK, tftp.MOST_BLOCK)
        if block is not None:
            told["blksize"] = block = min(block, MOST_BLOCK)
        seconds = request.number("timeout", 1, 255)
        if seconds is not None:
            told["timeout"] = seconds
        if "tsize" in request.options:
            told["tsize"] = size
        return cls(block or tftp.BLOCK, min(float(seconds or RESEND_S), 10.0), told)


class Sending:
    """From the first block to the last answer. `router` is where it listens; nobody else is heard. Close it at the end."""

    def __init__(self, ip: str, router: tuple[str, int], name: str, file: BinaryIO, size: int, agreed: Agreed) -> None:
        self.name, self.size, self.agreed, self.router = name, size, agreed, router
        self.started = self.heard_at = self._sent_at = time.monotonic()
        self._file = file
        self._block = 0  # the last that was sent; 0 is the agreement
        self._is_agreeing = bool(agreed.told)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.setblocking(False)
        self.sock.bind((ip, 0))
        self._packet = b""
        self.is_whole = False

    def close(self) -> None:
        """No more."""
        self.sock.close()

    def begin(self) -> None:
        """Send the agreement, or the first block."""
        if self._is_agreeing:
            self._send(tftp.options_ack(self.agreed.told))
        else:
            self._send_block(1)

    @property
    def blocks(self) -> int:
        """How many there are: the last is shorter than a whole one, empty when need be."""
        return self.size // self.agreed.block + 1

    @property
    def done(self) -> int:
        """Bytes that the router has said it has."""
        return min(self.size, max(0, self._block - (0 if self.is_whole else 1)) * self.agreed.block)

    @property
    def has_moved(self) -> bool:
        """Whether the router has answered a block: if it asks for the file after that, it starts over, from whatever port."""
        return self._block > 1

    def hear(self) -> None:
        """Take one packet. RescueRefused when the router says no, ImageChanged."""
        try:
            data, sender = self.sock.recvfrom(2048)
        except (BlockingIOError, ConnectionError):
            return  # a port that closed on its side shows as a reset on Windows; silence will tell
        if sender != self.router:
            self._answer(tftp.error(tftp.UNKNOWN_PORT, "not your transfer"), sender)
            return
        packet = tftp.read(data)
        if packet is None:
            return
        if packet.kind == tftp.ERROR:
            raise RescueRefused(name=self.name, said=packet.text or f"error {packet.number}")
        if packet.kind != tftp.ACK:
            return
        if packet.number != self._block & 0xFFFF:
            return  # an answer that comes again moves nothing: a router that never gets the next block is as good as silent
        self.heard_at = time.monotonic()
        if self._block == self.blocks:
            self.is_whole = True
        else:
            self._send_block(self._block + 1)

    def tick(self) -> None:
        """Send again what was not answered in time."""
        if time.monotonic() - self._sent_at >= self.agreed.resend_s:
            self._send(self._packet)

    def end(self, why: str) -> None:
        """Tell the router that nothing more comes."""
        self._answer(tftp.error(0, why), self.router)

    def _send_block(self, number: int) -> None:
        start = (number - 1) * self.agreed.block
        wanted = min(self.agreed.block, self.size - start)
        data = os.pread(self._file.fileno(), wanted, start) if hasattr(os, "pread") else self._read(start, wanted)
        if len(data) < wanted:
            self.end("the file changed")
            raise ImageChanged(name=self.name)
        self._block = number
        self._send(tftp.data_packet(number, data))

    def _read(self, start: int, wanted: int) -> bytes:
        self._file.seek(start)
        return self._file.read(wanted)

    def _send(self, packet: bytes) -> None:
        self._packet, self._sent_at = packet, time.monotonic()
        self._answer(packet, self.router)

    def _answer(self, packet: bytes, to: tuple[str, int]) -> None:
        try:
            self.sock.sendto(packet, to)
        except OSError:
            return  # no cable this moment: it is sent again, and the watch over silence decides
