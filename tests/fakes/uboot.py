# SPDX-License-Identifier: Apache-2.0
"""A real U-Boot in QEMU whose network card ends in this process: no root, no bridge, no tap.

QEMU carries Ethernet frames in UDP datagrams. `Wire` answers ARP and passes UDP between the guest and our servers on the loopback,
translating only ports: our servers cannot listen below 1024, U-Boot asks nowhere else. The guest's disk is a file, to compare what
it wrote.
"""

from __future__ import annotations

import os
import select
import shutil
import socket
import struct
import subprocess
import threading
from pathlib import Path

QEMU = shutil.which("qemu-system-aarch64")
UBOOT = Path("/usr/lib/u-boot/qemu_arm64/u-boot.bin")
MAC = "02:02:02:02:02:02"
"""This U-Boot reads the first byte of its card's address six times; so all six are the same."""
LEASE = "127.0.0.2"
_OUR_MAC = bytes.fromhex("020f1a00aaaa")


def why_not() -> str:
    """Why it cannot run here; "" when it can."""
    return "" if QEMU and UBOOT.exists() else "qemu-system-arm or u-boot-qemu is not installed"


def _checksum(data: bytes) -> int:
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Wire:
    """Carries between a guest and servers at 127.0.0.1; `drop` says how many packets from the guest to lose from now on."""

    def __init__(self, *, dhcp: int, tftp: int) -> None:
        self._ports = {67: dhcp, 69: tftp}
        self._back = {port: known for known, port in self._ports.items()}
        self.out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # frames from QEMU come here
        self.out.bind(("127.0.0.1", 0))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            self.guest_port = free.getsockname()[1]
        self.port = self.out.getsockname()[1]
        self.is_cut = False
        self.frames = 0
        self._inner: dict[tuple[int, int], socket.socket] = {}
        self._guest_mac = bytes(6)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join(5)
        for sock in (self.out, *self._inner.values()):
            sock.close()

    def _run(self) -> None:
        while not self._over.is_set():
            names = {sock: key for key, sock in self._inner.items()}
            for sock in select.select([self.out, *names], [], [], 0.05)[0]:
                if sock is self.out:
                    self._from_guest(sock.recv(4096))
                else:
                    self._to_guest(sock, names[sock][0])

    def _from_guest(self, frame: bytes) -> None:
        self.frames += 1
        if self.is_cut or len(frame) < 34:
            return
        self._guest_mac = frame[6:12]
        kind = frame[12:14]
        if kind == b"\x08\x06" and frame[20:22] == b"\x00\x01" and frame[38:42] == socket.inet_aton("127.0.0.1"):
            answer = frame[14:20] + b"\x00\x02" + _OUR_MAC + frame[38:42] + frame[22:32]
            self._frame(b"\x08\x06", answer)
        elif kind == b"\x08\x00" and frame[23] == 17:
            head = (frame[14] & 15) * 4
            source_port, port, length = struct.unpack_from("!HHH", frame, 14 + head)
            payload = frame[14 + head + 8 : 14 + head + length]
            sock = self._inner.get((source_port, port))
            if sock is None:
                sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                sock.bind((LEASE, 0))
                self._inner[(source_port, port)] = sock
            sock.sendto(payload, ("127.0.0.1", self._ports.get(port, port)))

    def _to_guest(self, sock: socket.socket, port: int) -> None:
        try:
            payload, sender = sock.recvfrom(4096)
        except ConnectionError:
            return
        if self.is_cut:
            return
        source_port = self._back.get(sender[1], sender[1])
        if source_port not in self._back.values():
            # The server's answers come from a port of their own; what the guest sends there goes out by the same socket.
            self._inner[(port, source_port)] = sock
        udp = struct.pack("!HHHH", source_port, port, 8 + len(payload), 0) + payload
        to = b"\xff" * 4 if port == 68 else socket.inet_aton(LEASE)
        head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, socket.inet_aton("127.0.0.1"), to)
        head = head[:10] + struct.pack("!H", _checksum(head)) + head[12:]
        self._frame(b"\x08\x00", head + udp)

    def _frame(self, kind: bytes, payload: bytes) -> None:
        frame = (self._guest_mac + _OUR_MAC + kind + payload).ljust(60, b"\0")
        self.out.sendto(frame, ("127.0.0.1", self.guest_port))


class UBoot:
    """One machine that stands at U-Boot's prompt; use as a context manager."""

    def __init__(self, folder: Path, *, dhcp: int, tftp: int, disk_bytes: int = 16 << 20) -> None:
        self.disk = folder / "disk.img"
        with self.disk.open("wb") as file:
            file.truncate(disk_bytes)
        self._ports = {"dhcp": dhcp, "tftp": tftp}
        self.console = ""

    def __enter__(self) -> UBoot:
        self.wire = Wire(**self._ports)
        network = f"socket,id=n0,udp=127.0.0.1:{self.wire.port},localaddr=127.0.0.1:{self.wire.guest_port}"
        words = f"-M virt -cpu cortex-a57 -m 256 -display none -monitor none -serial stdio -no-reboot -bios {UBOOT} -netdev {network}"
        words += f" -device virtio-net-pci,netdev=n0,mac={MAC},romfile= -device virtio-blk-pci,drive=d0,romfile="
        self._process = subprocess.Popen(
            [str(QEMU), *words.split(), "-drive", f"if=none,id=d0,format=raw,file={self.disk}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.expect("autoboot", 30)
        self.type("")
        self.expect("=> ", 10)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self.wire.close()

    def type(self, line: str) -> None:
        """A line and Enter."""
        assert self._process.stdin
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def expect(self, text: str, seconds: float) -> str:
        """Read until `text` is said; the answer is what came before. TimeoutError."""
        assert self._process.stdout
        stdout = self._process.stdout.fileno()
        while text not in self.console:
            if not select.select([stdout], [], [], seconds)[0]:
                raise TimeoutError(f"no {text!r} in {self.console[-500:]!r}")
            piece = os.read(stdout, 4096)
            if not piece:
                raise EOFError(self.console[-500:])
            self.console += piece.decode("latin-1")
        before, _, self.console = self.console.partition(text)
        return before

    def run(self, line: str, seconds: float = 30) -> str:
        """A command and what it says."""
        self.type(line)
        return self.expect("\n=> ", seconds)
