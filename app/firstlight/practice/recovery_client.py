# SPDX-License-Identifier: Apache-2.0
"""What a bootloader says to be rescued: DHCP, then TFTP, in its own words and not by the code that answers it.

Sockets are bound to the leased address on the loopback. Everything here waits in short steps and gives up when told so.
"""

from __future__ import annotations

import ipaddress
import random
import socket
import struct
from collections.abc import Callable

_DHCP = struct.Struct("!BBBBIHH4s4s4s4s16s64s128s")
_COOKIE = b"\x63\x82\x53\x63"
_STEP_S = 0.05
_DHCP_TRIES, _RETRY_S = 400, 0.4
SERVER = "127.0.0.1"


class GaveUp(Exception):
    """Told to stop, or nobody answers, or the server refused: `said`."""


class Client:
    """One try to be rescued. `is_over` says when to give up; `carries(done)` is the cable and the memory: it may raise GaveUp."""

    def __init__(self, *, ip: str, mac: str, is_over: Callable[[float], bool]) -> None:
        self._ip, self._mac, self._is_over = ip, bytes.fromhex(mac.replace(":", "")), is_over

    def ask_address(self, port: int) -> str:
        """DISCOVER and REQUEST; the answer is the name of the file that the server tells."""
        with self._socket() as sock:
            xid = random.getrandbits(32)
            offer = self._exchange(sock, port, xid, 1, b"")
            server = offer.get(54, b"")
            ack = self._exchange(sock, port, xid, 3, bytes([54, 4]) + server + bytes([50, 4]) + ipaddress.IPv4Address(self._ip).packed)
            return ack.get(67, b"").rstrip(b"\0").decode("ascii", "replace")

    def _exchange(self, sock: socket.socket, port: int, xid: int, kind: int, more: bytes) -> dict[int, bytes]:
        head = _DHCP.pack(1, 1, 6, 0, xid, 0, 0x8000, b"", b"", b"", b"", self._mac, b"", b"")
        packet = head + _COOKIE + bytes([53, 1, kind]) + more + b"\x3c\x08practice\xff"
        for _ in range(_DHCP_TRIES):
            self._send(sock, packet, (SERVER, port))
            data = self._receive(sock, _RETRY_S)
            if data and len(data) > _DHCP.size + 4 and data[0] == 2 and data[4:8] == struct.pack("!I", xid):
                return _options(data[_DHCP.size + 4 :])
        raise GaveUp("no address")

    def fetch(self, port: int, name: str, carries: Callable[[bytes, int], bytes], block: int = 1468) -> bytes:
        """Read a file; GaveUp with the server's words when it refuses."""
        with self._socket() as sock:
            ask = struct.pack("!H", 1) + b"\0".join([name.encode(), b"octet", b"blksize", str(block).encode(), b"tsize", b"0", b""])
            whole, wanted, peer = bytearray(), 1, None
            packet, to = ask, (SERVER, port)
            size, tries = 512, 0
            while True:
                self._send(sock, packet, to)
                data = self._receive(sock, 1.0)
                if not data:
                    tries += 1
                    if tries > 30:
                        raise GaveUp("silence")
                    continue
                tries = 0
                kind, number = struct.unpack_from("!HH", data)
                peer = peer or self.sender
                if kind == 5:
                    raise GaveUp(data[4:].rstrip(b"\0").decode("ascii", "replace"))
                if kind == 6:
                    size, packet, to = block, struct.pack("!HH", 4, 0), peer
                elif kind == 3 and number == wanted & 0xFFFF:
                    whole += carries(data[4:], len(whole))
                    packet, to = struct.pack("!HH", 4, number), peer
                    wanted += 1
                    if len(data) - 4 < size:
                        self._send(sock, packet, to)
                        return bytes(whole)

    def take(self, sock: socket.socket, carries: Callable[[bytes, int], bytes]) -> bytes:
        """Serve one WRQ at `sock` (push): take the file and say so after the last block is kept."""
        while True:
            data = self._receive(sock, 0.2)
            if data and data[:2] == b"\0\x02":
                break
        client = self.sender
        with self._socket() as own:
            whole, wanted, last = bytearray(), 1, struct.pack("!HH", 4, 0)
            for _ in range(2_000_000):
                self._send(own, last, client)
                data = self._receive(own, 1.0)
                if not data or data[:2] == b"\0\x05":
                    if data:
                        raise GaveUp("stopped")
                    continue
                kind, number = struct.unpack_from("!HH", data)
                if kind == 3 and number == wanted & 0xFFFF:
                    whole += carries(data[4:], len(whole))
                    last = struct.pack("!HH", 4, number)
                    wanted += 1
                    if len(data) - 4 < 512:
                        self._send(own, last, client)
                        return bytes(whole)
        raise GaveUp("endless")

    def _socket(self) -> socket.socket:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((self._ip, 0))
        sock.settimeout(_STEP_S)
        return sock

    def _send(self, sock: socket.socket, packet: bytes, to: tuple[str, int]) -> None:
        if self._is_over(0):
            raise GaveUp("switched off")
        try:
            sock.sendto(packet, to)
        except OSError:
            return  # nobody there yet

    def _receive(self, sock: socket.socket, seconds: float) -> bytes:
        for _ in range(max(1, round(seconds / _STEP_S))):
            if self._is_over(0):
                raise GaveUp("switched off")
            try:
                data, self.sender = sock.recvfrom(4096)
            except TimeoutError:
                continue
            except OSError:
                self._is_over(_STEP_S)
                continue
            if len(data) >= 4:
                return data
        return b""


def _options(data: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at + 1 < len(data) and data[at] != 255:
        found[data[at]] = data[at + 2 : at + 2 + data[at + 1]]
        at += 2 + data[at + 1]
    return found
