# SPDX-License-Identifier: Apache-2.0
"""A practice router that no longer starts: its bootloader asks for a rescue image by DHCP and TFTP, or takes one that is pushed.

It is the practice router of `router.py` with nothing on its flash: once it has a whole image it starts and answers SSH. It writes
down how many bytes of images came, so that a test can prove that none came.
"""

from __future__ import annotations

import json
import logging
import socket
import threading
from dataclasses import dataclass, replace
from pathlib import Path

from firstlight.practice.faults import Faults
from firstlight.practice.recovery_client import SERVER, Client, GaveUp
from firstlight.practice.router import PracticeRouter
from firstlight.practice.router_memory import IMAGE_BYTES, RouterMemory, RouterStorage

log = logging.getLogger(__name__)
_PAUSE_S = 0.3
OTHER_MAC = "02:0f:1a:00:66:66"


@dataclass(frozen=True)
class PracticeRecoveryFacts:
    """What the practice panel shows; `mode` waiting | fetching | running | dead."""

    serial: str
    address: str
    ssh: str
    mode: str
    build: str
    is_plugged: bool
    image_bytes: int
    said: str


class PracticeRecovery:
    """One router without a system. `start` switches it on, `stop` off; `is_pushed` waits for a push instead of asking."""

    def __init__(
        self,
        folder: Path,
        *,
        faults: Faults = Faults(),  # noqa: B008  frozen
        is_pushed: bool = False,
        boot_s: float = 1.0,
        image_bytes: int = IMAGE_BYTES,
    ) -> None:
        self.faults = faults
        self._storage = RouterStorage(folder)
        self._boot_s, self._image_bytes, self._is_pushed = boot_s, image_bytes, is_pushed
        memory = self._storage.load()
        if memory is None:
            memory = RouterMemory(state="dead")
            self._storage.tmp.mkdir(parents=True, exist_ok=True)
            self._storage.save(memory)
        self.router = PracticeRouter(folder, boot_s=boot_s)
        self.ip = _own_address()
        ports = _free_ports()
        self.ports = {"dhcp": ports[0], "client": ports[1], "tftp": ports[2]}
        self.ssh_port = self.router.reserve_port()
        self.mode, self.said, self.image_bytes = "waiting", "", 0
        self._over, self._quiet, self._cycled = threading.Event(), threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._listener: socket.socket | None = None

    # -- what a person does ------------------------------------------------------------------------------------------

    def start(self) -> str:
        """Switch on with the reset button held; the answer is the address for `--device`."""
        self._over.clear()
        if self._is_pushed:
            self._listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._listener.bind((self.ip, self.ports["tftp"]))
            self._listener.settimeout(0.05)
        self._thread = threading.Thread(target=self._live, name="practice recovery", daemon=True)
        self._thread.start()
        return self.address

    def stop(self) -> None:
        """Switch off."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(5)
        if self._listener is not None:
            self._listener.close()
        self.router.stop()

    def pull_cable(self) -> None:
        """Now."""
        self._quiet.set()

    def plug_in(self) -> None:
        """The cable goes back in; a fault that pulled it is spent, and so is a stall. It is switched off and on by that."""
        self.faults = replace(self.faults, cable_out=None, stall=None)
        self._quiet.clear()
        self._cycled.set()

    def __enter__(self) -> PracticeRecovery:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- what can be seen --------------------------------------------------------------------------------------------

    @property
    def mac(self) -> str:
        """The number on its label."""
        return self.router.memory.mac

    @property
    def address(self) -> str:
        """For `--device`: where to serve, for which router."""
        ports = ",".join(f"{name}={port}" for name, port in self.ports.items())
        where = f"router={self.ip}" if self._is_pushed else f"lease={self.ip}"
        return f"recovery:{SERVER},mac={self.mac},{where},{ports}"

    @property
    def ssh(self) -> str:
        """Where it answers once it runs."""
        return f"ssh:root@127.0.0.1:{self.ssh_port}"

    @property
    def holds(self) -> bytes:
        """What is on its flash."""
        return self._storage.flash.read_bytes() if self._storage.flash.exists() else b""

    def facts(self) -> PracticeRecoveryFacts:
        """For the practice panel."""
        memory = self.router.memory
        return PracticeRecoveryFacts(
            memory.hostname, self.address, self.ssh, self.mode, memory.build, not self._quiet.is_set(), self.image_bytes, self.said
        )

    # -- its bootloader ----------------------------------------------------------------------------------------------

    def _live(self) -> None:
        while not self._over.is_set():
            self._cycled.clear()
            try:
                image = self._take_pushed() if self._is_pushed else self._ask()
            except GaveUp as error:
                self.said = str(error)
                self.mode = "waiting"
                self._over.wait(_PAUSE_S)
                continue
            if self.faults.reboot_loop:
                self._over.wait(_PAUSE_S)
                continue
            if self._boot(image):
                return
            self.mode = "dead"
            while not (self._over.wait(0.05) or self._cycled.is_set()):
                pass
            self.mode = "waiting"

    def _ask(self) -> bytes:
        client = Client(ip=self.ip, mac=OTHER_MAC if self.faults.wrong_mac else self.mac, is_over=self._is_over)
        name = client.ask_address(self.ports["dhcp"])
        if self.faults.asks_outside:
            try:
                client.fetch(self.ports["tftp"], "../../etc/passwd", self._carries)
            except GaveUp as error:
                self.said = str(error)
        self.mode = "fetching"
        return client.fetch(self.ports["tftp"], name, self._carries)

    def _take_pushed(self) -> bytes:
        assert self._listener is not None
        return Client(ip=self.ip, mac=self.mac, is_over=self._is_over).take(self._listener, self._carries)

    def _is_over(self, seconds: float) -> bool:
        return (self._over.wait(seconds) if seconds else self._over.is_set()) or self._cycled.is_set()

    def _carries(self, piece: bytes, done: int) -> bytes:
        """A block comes in: count it, and do what the faults say."""
        self.image_bytes += len(piece)
        with (self._storage.folder / "received.jsonl").open("a", encoding="utf-8") as file:
            if done == 0:
                file.write(json.dumps({"command": "tftp", "bytes": len(piece)}) + "\n")
        percent = (done + len(piece)) * 100 / self._image_bytes
        for at in (self.faults.cable_out, self.faults.stall):
            if at is not None and percent >= at:
                self._quiet.set()
        while self._quiet.is_set():
            if self._over.wait(0.05):
                raise GaveUp("switched off")
            if not self._quiet.is_set():
                raise GaveUp("switched off and on")
        if self.faults.bad_block is not None and percent >= self.faults.bad_block:
            return piece[:-1] + bytes([piece[-1] ^ 1]) if piece else piece
        return piece

    def _boot(self, image: bytes) -> bool:
        self._storage.flash.with_suffix(".next").write_bytes(image)
        if self._storage.label(self._storage.flash.with_suffix(".next")) is None:
            return False
        self.router.wake()
        self.mode = "running"
        log.info("practice recovery starts")
        return True


def _own_address() -> str:
    """An address of the loopback for the router; macOS has but one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.bind(("127.0.0.2", 0))
        except OSError:
            return SERVER
    return "127.0.0.2"


def _free_ports() -> list[int]:
    socks = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(3)]
    try:
        for sock in socks:
            sock.bind((SERVER, 0))
        return [int(sock.getsockname()[1]) for sock in socks]
    finally:
        for sock in socks:
            sock.close()
