# SPDX-License-Identifier: Apache-2.0
"""A practice router: an emulated R1 that speaks SSH on 127.0.0.1, takes images by `sysupgrade` and can have its cable pulled.

It plays a thing outside this program, so it runs in threads of its own; what it keeps survives them (`router_memory.py`). It writes
down every command and how many bytes came with it, so that a test can prove that none came.
"""

from __future__ import annotations

import json
import logging
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from firstlight.practice.faults import Faults
from firstlight.practice.router_memory import IMAGE_BYTES, LOOK_ALIKE, TMP_BYTES, RouterMemory, RouterStorage
from firstlight.practice.router_shell import RouterShell

if TYPE_CHECKING:
    from firstlight.practice.router_wire import Wire

log = logging.getLogger(__name__)
_TMP = re.compile(r"/tmp/([A-Za-z0-9][A-Za-z0-9._-]{0,63})")
_FULL_FREE = 1 << 20
_LOOP_S = 0.4
"""How long a router in a reboot loop is in sight, and out of it."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class RouterReceived:
    """One command that came in, and the bytes that came with it."""

    at: datetime
    command: str
    data_bytes: int


@dataclass(frozen=True)
class PracticeRouterFacts:
    """What the practice panel shows."""

    serial: str
    address: str
    mode: str
    build: str
    is_plugged: bool
    image_bytes: int


class PracticeRouter:
    """One router. `start` switches it on, `stop` off with everything kept.

    `bytes_per_s` slows its cable down; `boot_s` is how long a start takes; `password` "" is a router that asks for none.
    """

    def __init__(
        self,
        folder: Path,
        *,
        factory_build: str = "26.46",
        faults: Faults = Faults(),  # noqa: B008  frozen
        password: str = "",
        bytes_per_s: int = 0,
        boot_s: float = 3.0,
        image_bytes: int = IMAGE_BYTES,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.storage = RouterStorage(folder)
        self.memory = self.storage.load() or self.storage.make_in_factory(RouterMemory(), factory_build)
        self.faults = faults
        self.password = password
        self.bytes_per_s = bytes_per_s
        self.shell = RouterShell(self)
        self.is_half_up = False
        self._boot_s, self._image_bytes, self._now = boot_s, image_bytes, now
        self._lock = threading.RLock()
        self._records: list[RouterReceived] = []
        self._wire: Wire | None = None
        self._port = 0
        self._is_plugged = True
        self._quiet = threading.Event()  # set: whoever waits for the cable gives up
        self._stopped = threading.Event()
        self._stopped.set()
        self._boot: threading.Thread | None = None

    # -- what a person does ------------------------------------------------------------------------------------------

    def start(self) -> str:
        """Switch on; the answer is its address. A router that was starting when the program ended starts now."""
        self._stopped.clear()
        if self.memory.state == "starting":
            self._begin_boot()
        elif self.memory.state == "running":
            self._join_network()
        return self.address

    def stop(self) -> None:
        """Switch off."""
        self._stopped.set()
        self._leave_network()
        if self._boot is not None and self._boot is not threading.current_thread():
            self._boot.join(5)

    def pull_cable(self) -> None:
        """Now, in the middle of whatever is going on."""
        self._is_plugged = False
        self._leave_network()

    def plug_in(self) -> None:
        """The cable goes back in; a fault that pulled it is spent, and so is a stall."""
        self._is_plugged = True
        self.faults = replace(self.faults, cable_out=None, stall=None)
        if not self._stopped.is_set() and self.memory.state == "running":
            self._join_network()

    def __enter__(self) -> PracticeRouter:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- what can be seen --------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """For `--device`; the port stays the same until the program ends."""
        return f"ssh:root@127.0.0.1:{self._port}"

    @property
    def record(self) -> tuple[RouterReceived, ...]:
        """Everything that came in, oldest first."""
        with self._lock:
            return tuple(self._records)

    @property
    def image_bytes(self) -> int:
        """Bytes that came into its memory since it was made."""
        return sum(r.data_bytes for r in self.record)

    @property
    def is_plugged(self) -> bool:
        """Whether the cable is in."""
        return self._is_plugged

    @property
    def board(self) -> str:
        """What it names itself."""
        return LOOK_ALIKE if self.faults.wrong_product else self.memory.board

    def facts(self) -> PracticeRouterFacts:
        """For the practice panel."""
        memory = self.memory
        return PracticeRouterFacts(memory.hostname, self.address, memory.state, memory.build, self._is_plugged, self.image_bytes)

    # -- for its shell and its wire ----------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """Bytes that fit into /tmp now."""
        return self.tmp_free

    @property
    def tmp_free(self) -> int:
        """Free bytes of /tmp."""
        if self.faults.full_cache:
            return _FULL_FREE
        return max(0, TMP_BYTES - sum(p.stat().st_size for p in self.storage.tmp.iterdir()))

    def tmp_file(self, name: str) -> Path | None:
        """The file behind a name of /tmp; None for any other place."""
        match = _TMP.fullmatch(name)
        return self.storage.tmp / match[1] if match else None

    def is_whole(self, path: Path) -> bool:
        """Whether an image is one, without a byte changed."""
        return self.storage.label(path) is not None

    def write_down(self, command: str, data_bytes: int) -> None:
        """Into the record, in memory and beside the router's own files."""
        received = RouterReceived(self._now(), command[:500], data_bytes)
        with self._lock:
            self._records.append(received)
            del self._records[:-5000]
            with (self.storage.folder / "received.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps({"at": received.at.isoformat(), "command": received.command, "bytes": data_bytes}) + "\n")

    def take(self, size: int, got: int) -> None:
        """A piece comes in: pace it, and do what the faults say. OSError when the cable is out."""
        if self.bytes_per_s and self._quiet.wait(size / self.bytes_per_s):
            raise ConnectionResetError
        percent = (got + size) * 100 / self._image_bytes
        if self.faults.cable_out is not None and percent >= self.faults.cable_out:
            self.pull_cable()
            raise ConnectionResetError
        if self.faults.stall is not None and percent >= self.faults.stall:
            self.wait_if_stalled(now=True)

    def wait_if_stalled(self, *, now: bool = False) -> None:
        """A router that has stalled says nothing until its cable moves."""
        if now or (self.faults.stall is not None and any(r.data_bytes for r in self.record)):
            self._quiet.wait()
            raise ConnectionResetError

    def spoil(self, piece: bytes, got: int) -> bytes:
        """The piece as it sticks in memory."""
        if self.faults.bad_block is None or (got + len(piece)) * 100 / self._image_bytes < self.faults.bad_block:
            return piece
        return piece[:-1] + bytes([piece[-1] ^ 1])

    def flash(self, image: Path, *, keep: bool) -> None:
        """Write the image and start; the line dies as on a real router, in the middle of a sentence."""
        with self._lock:
            self._leave_network()
            before = self.storage.flash
            new = before.with_suffix(".next")
            image.replace(new)
            self._keep(replace(self.memory, state="starting", color=self.memory.color if keep else "default"))
            if not keep:
                (self.storage.folder / "host_key").unlink(missing_ok=True)
        self._begin_boot()

    def reserve_port(self) -> int:
        """Choose the port that it will answer at once it runs."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        return self._port

    def wake(self) -> None:
        """Start what its bootloader has put beside the flash."""
        self._stopped.clear()
        self._keep(replace(self.memory, state="starting"))
        self._begin_boot()

    # -- starting ----------------------------------------------------------------------------------------------------

    def _begin_boot(self) -> None:
        self._boot = threading.Thread(target=self._come_up, name="practice router starts", daemon=True)
        self._boot.start()

    def _come_up(self) -> None:
        if self._stopped.wait(self._boot_s):
            return
        if self.faults.never_back:
            self._keep(replace(self.memory, state="dead"))
            return
        while self.faults.reboot_loop:
            self._join_network(half=True)
            gone = self._stopped.wait(_LOOP_S)
            self._leave_network()
            if gone or self._stopped.wait(_LOOP_S):
                return
        new = self.storage.flash.with_suffix(".next")
        label = self.storage.label(new)
        memory = replace(self.memory, state="running", boots=self.memory.boots + 1)
        if label is not None and not self.faults.boot_fails:
            new.replace(self.storage.flash)
            memory = replace(memory, build=label.build)
        new.unlink(missing_ok=True)
        self.storage.forget_tmp()
        self._keep(memory)
        log.info("practice router %s runs %s", memory.hostname, memory.build)
        if self._is_plugged and not self._stopped.is_set():
            self._join_network()

    def _join_network(self, *, half: bool = False) -> None:
        from firstlight.practice.router_wire import Wire, host_key  # noqa: PLC0415  # heavy: paramiko

        with self._lock:
            if self._wire is not None:
                return
            self._quiet.clear()
            self.is_half_up = half
            self._wire = Wire(self, host_key(self.storage.folder / "host_key"))
            self._port = self._wire.listen(self._port)

    def _leave_network(self) -> None:
        self._quiet.set()
        with self._lock:
            wire, self._wire = self._wire, None
        if wire is not None:
            wire.cut()

    def _keep(self, memory: RouterMemory) -> None:
        self.memory = memory
        self.storage.save(memory)
