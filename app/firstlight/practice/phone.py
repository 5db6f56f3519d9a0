# SPDX-License-Identifier: Apache-2.0
"""A practice phone: an emulated A1 that speaks fastboot and adb over TCP on 127.0.0.1 and can have its cable pulled.

The real `fastboot -s tcp:127.0.0.1:PORT` flashes it, the real `adb connect 127.0.0.1:PORT` talks to it once it has started or
stands in its recovery. Started, its fastboot address answers `getvar` and `reboot-bootloader` too, so that practising needs no
adb. It runs in threads of its own, as it plays a thing outside this program; what it keeps survives them (`memory.py`), and
everything that comes in is written down (`phone_record.py`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from firstlight.practice.bootloader import WHOLE_BUILD, Bootloader
from firstlight.practice.faults import Faults
from firstlight.practice.memory import Memory, Storage
from firstlight.practice.phone_adb import STATES, PhoneAdb, PhoneParts
from firstlight.practice.phone_fastboot import FastbootWire
from firstlight.practice.phone_line import Gone, Line
from firstlight.practice.phone_record import Received, Record

log = logging.getLogger(__name__)
_FASTBOOT_MODES = ("bootloader", "fastbootd", "system")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class PhoneFacts:
    """What the practice panel shows."""

    serial: str
    address: str
    mode: str
    build: str
    battery: int
    is_plugged: bool
    image_bytes: int
    adb_address: str = ""
    slot: str = "a"


class PracticePhone:
    """One phone. `start` makes it answer, `stop` switches it off with everything kept.

    `bytes_per_s` slows the cable down to what a real one does; `boot_s` is how long a start takes. `made_as` changes the facts of
    a new phone (`product`, `extra`, …).
    """

    def __init__(
        self,
        folder: Path,
        *,
        serial: str = "PRACTICE-4F7C",
        factory_build: str = "26.46",
        faults: Faults = Faults(),  # noqa: B008  frozen
        bytes_per_s: int = 0,
        boot_s: float = 3.0,
        now: Callable[[], datetime] = _now,
        made_as: Mapping[str, object] | None = None,
    ) -> None:
        self._storage = Storage(folder)
        new = replace(Memory(serial=serial), **(made_as or {}))  # type: ignore[arg-type]  # names of Memory's own fields
        self._memory = self._storage.load() or self._storage.make_in_factory(new, factory_build)
        self.faults = faults
        self.bytes_per_s = bytes_per_s
        self._boot_s = boot_s
        self.whole_bytes = WHOLE_BUILD
        """What the percentages of faults are of; less for guides with small files."""
        self._lock = threading.RLock()
        self._record = Record(folder, now)
        self._bootloader = Bootloader(
            self._storage, lambda: self._memory, self._keep, lambda: self.faults, self._bad_block, self._set_locked
        )
        wire = FastbootWire(
            self._bootloader, self._record, mode=lambda: self._memory.mode, takes=self._take_fastboot, leaves=self._leave_for
        )
        self._fastboot = Line("practice phone", wire.talk)
        parts = PhoneParts(
            self._storage, self._bootloader, self._record, lambda: self._memory, self._keep, lambda: self.faults, self._bad_block
        )
        self._adb_side = PhoneAdb(parts, takes=self._take_adb, leaves=self._leave_for)
        self._adb = Line("practice phone adb", self._adb_side.talk)
        self._is_plugged = True
        self._stopped = threading.Event()
        self._stopped.set()
        self._timer: threading.Timer | None = None
        self._image_bytes = 0

    # -- what a person does ------------------------------------------------------------------------------------------

    def start(self) -> str:
        """Switch on; the answer is the address for `fastboot -s`. A phone that was starting when the program ended has started."""
        if self._memory.mode == "starting" and not self.faults.reboot_loop:
            self._keep(self._storage.start(self._memory))
        self._stopped.clear()
        self._fastboot.open()
        self._adb.open()  # both once, so that both ports are known from now on
        self._listen()
        return self.address

    def stop(self) -> None:
        """Switch off."""
        self._stopped.set()
        if self._timer:
            self._timer.cancel()
        self._leave_bus()
        self._fastboot.join(5)
        self._adb.join(5)

    def pull_cable(self) -> None:
        """Now, in the middle of whatever is going on."""
        with self._lock:
            self._is_plugged = False
        self._leave_bus()

    def plug_in(self) -> None:
        """The cable goes back in; a fault that pulled it is spent, and so is a stall."""
        with self._lock:
            self._is_plugged = True
            self.faults = replace(self.faults, cable_out=None, stall=None)
        if not self._stopped.is_set() and self._memory.mode != "starting":
            self._listen()

    def into_bootloader(self) -> None:
        """Hold power and volume down, whatever it does."""
        self._hold("bootloader")

    def into_recovery(self) -> None:
        """Hold power and volume up."""
        self._hold("recovery")

    def allow(self) -> None:
        """Touch "Allow" when a PC asks."""
        self.faults = replace(self.faults, unauthorised=False)
        self._adb.close()
        self._listen()

    def __enter__(self) -> PracticePhone:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- what can be seen --------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """For `fastboot -s`; the port stays the same until the program ends."""
        return f"tcp:127.0.0.1:{self._fastboot.port}"

    @property
    def adb_address(self) -> str:
        """For `adb connect`; the port stays the same until the program ends."""
        return f"127.0.0.1:{self._adb.port}"

    @property
    def is_plugged(self) -> bool:
        """Whether the cable is in."""
        return self._is_plugged

    @property
    def memory(self) -> Memory:
        """What the phone keeps."""
        return self._memory

    @property
    def storage(self) -> Storage:
        """The phone's partitions."""
        return self._storage

    @property
    def files(self) -> Path:
        """The folder that plays its file system."""
        return self._storage.folder / "files"

    @property
    def record(self) -> tuple[Received, ...]:
        """Everything that came in since the phone was made, oldest first."""
        return self._record.received

    @property
    def image_bytes(self) -> int:
        """Bytes of images, packages and files that came in since the phone was made."""
        return self._record.bytes

    def facts(self) -> PhoneFacts:
        """For the practice panel."""
        memory = self._memory
        return PhoneFacts(
            serial=memory.serial,
            address=self.address,
            mode=memory.mode,
            build=memory.build,
            battery=self._bootloader.battery(),
            is_plugged=self._is_plugged,
            image_bytes=self.image_bytes,
            adb_address=self.adb_address,
            slot=memory.slot,
        )

    # -- the lines ---------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        """Each line as the mode wants it."""
        if not self._is_plugged or self._stopped.is_set():
            return
        with self._lock:
            mode = self._memory.mode
            for line, is_there in ((self._fastboot, mode in _FASTBOOT_MODES), (self._adb, mode in STATES)):
                if is_there:
                    line.open()
                else:
                    line.close()

    def _leave_bus(self) -> None:
        self._fastboot.close()
        self._adb.close()

    def _set_locked(self, is_open: bool) -> None:
        self.faults = replace(self.faults, locked=not is_open and self.faults.locked)

    def _percent(self) -> float:
        return self._image_bytes * 100 / max(self.whole_bytes, 1)

    def _bad_block(self) -> str:
        at = self.faults.bad_block
        return "" if at is None or self._percent() < at else "FAILwrite error: block 517: Input/output error"

    def _take_fastboot(self, size: int) -> None:
        self._take(size, self._fastboot)

    def _take_adb(self, size: int) -> None:
        self._take(size, self._adb)

    def _take(self, size: int, line: Line) -> None:
        """A piece came: as slow as the cable is, then whatever fault is due."""
        if self.bytes_per_s and line.cut.wait(size / self.bytes_per_s):
            raise Gone
        self._image_bytes += size
        self._act_up(line)

    def _act_up(self, line: Line) -> None:
        if self.faults.cable_out is not None and self._percent() >= self.faults.cable_out:
            self.pull_cable()
            raise Gone
        if self.faults.stall is not None and self._percent() >= self.faults.stall:
            line.cut.wait()
            raise Gone

    # -- starting ----------------------------------------------------------------------------------------------------

    def _hold(self, mode: str) -> None:
        if self._timer:
            self._timer.cancel()
        self._keep(replace(self._memory, mode=mode))
        self._image_bytes = 0
        self._listen()

    def _leave_for(self, mode: str) -> None:
        self._keep(replace(self._memory, mode="starting"))
        self._image_bytes = 0
        self._leave_bus()
        self._timer = threading.Timer(self._boot_s, self._come_up, args=(mode,))
        self._timer.daemon = True
        self._timer.start()

    def _come_up(self, mode: str) -> None:
        if mode != "system":
            self._keep(replace(self._memory, mode=mode))
        elif self.faults.reboot_loop:
            log.info("practice phone %s starts again and again", self._memory.serial)
            return  # it stays "starting": nobody answers until somebody holds its keys
        elif self.faults.boot_fails:
            self._keep(replace(self._memory, mode="bootloader", boot_fault="boot"))
        else:
            self._keep(self._storage.start(self._memory))
        log.info("practice phone %s is in %s", self._memory.serial, self._memory.mode)
        self._listen()

    def _keep(self, memory: Memory) -> None:
        # Keys are held, timers end and commands come in threads of their own: one of them writes at a time.
        with self._lock:
            self._memory = memory
            self._storage.save(memory)
