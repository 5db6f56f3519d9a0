# SPDX-License-Identifier: Apache-2.0
"""What a rehearsal stands on: a practice device of the guide's kind, stand-ins for its files, builds that no hub listed.

The stand-ins are as the practice device wants them; the guide's own hashes are replaced by theirs, as the real files are neither
here nor needed. Times are shortened: a rehearsal is no test of patience.
"""

from __future__ import annotations

import hashlib
import random
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from firstlight.base.work import Work
from firstlight.devices.address import Address, parse
from firstlight.guides.errors import RehearsalUnfit
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import Faults
from firstlight.practice.memory import SIZES, SLOTTED
from firstlight.practice.phone import PracticePhone
from firstlight.practice.phone_update import make_package
from firstlight_contract.firmware import ImageFile, Release
from firstlight_contract.guides import Guide, Way
from firstlight_contract.practice import make_image
from firstlight_contract.verbs.android import AdbDevice, AdbExpect, FastbootDevice, FastbootExpect
from firstlight_contract.verbs.android_deeds import AdbSideload, FastbootFlash

OLD_BUILD = "26.46"
NEW_BUILD = "26.47"
_SMALL = 64 * 1024
_CARD_IMAGE = 8 << 20
_KNOWN = frozenset(("product", "unlocked", "serialno", "current-slot", "battery-soc", "rollback-index", "mode", "is-userspace", "build"))
_BUILD_PROPERTIES = ("ro.build.display.id", "ro.build.version.incremental")
_MOST_SECONDS = 20


class Stand(ABC):
    """One practice device with everything that a guide wants of it. A context: the device answers inside."""

    kind: str

    def __init__(self, guide: Guide, folder: Path) -> None:
        self.guide = guide
        self.folder = folder
        self.files = folder / "files"
        self.files.mkdir(parents=True)

    @abstractmethod
    def __enter__(self) -> Stand: ...

    @abstractmethod
    def __exit__(self, *_: object) -> None: ...

    @property
    @abstractmethod
    def addresses(self) -> tuple[Address, ...]:
        """Where it answers."""

    @property
    @abstractmethod
    def bytes_taken(self) -> int:
        """Bytes of images that came in."""

    @abstractmethod
    def break_(self, faults: Faults) -> None:
        """From now on this goes wrong."""

    @abstractmethod
    def mend(self) -> None:
        """As a tester would: cable in, charged, unlocked, the right device."""

    @abstractmethod
    def pull(self) -> None:
        """The cable out, by a hand that has waited long enough."""

    @abstractmethod
    def content(self, name: str) -> bytes:
        """A stand-in for a file of the guide."""

    def releases(self) -> tuple[Release, ...]:
        """Builds that a hub might list."""
        return ()

    def download(self, account_id: int, file: Any, target: Path, work: Work) -> None:
        """An image of one of them."""
        del account_id, work
        target.write_bytes((self.folder / "hub" / file.sha256).read_bytes())

    def document(self) -> dict[str, Any]:
        """The guide as it is rehearsed."""
        data: dict[str, Any] = _quick(self.guide.as_document())
        wanted = {name for _, deed in self.guide.deeds() for name in deed.file_names()} | set(self.guide.files)
        listed: dict[str, Any] = {}
        for name in sorted(wanted):
            content = self.content(name)
            (self.files / name).write_bytes(content)
            listed[name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        if listed:
            data["files"] = listed
        data.pop("prerequisites", None)
        return data


def stand_for(guide: Guide, folder: Path) -> Stand:
    """The practice device that a guide needs; RehearsalUnfit when there is none of its kind."""
    stands: Mapping[Way, type[Stand]] = {Way.USB: PhoneStand, Way.CARD: CardStand, Way.HANDS: NoStand}
    stand = stands.get(guide.way)
    if stand is None:
        raise RehearsalUnfit(guide=guide.id, way=guide.way.value)
    return stand(guide, folder)


def _quick(node: Any) -> Any:
    """With no wait above some seconds."""
    if isinstance(node, dict):
        return {k: min(v, _MOST_SECONDS) if k in ("seconds", "timeout") and isinstance(v, int) else _quick(v) for k, v in node.items()}
    return [_quick(item) for item in node] if isinstance(node, list) else node


def _noise(name: str, size: int) -> bytes:
    return random.Random(name).randbytes(size)  # not for secrets: the same bytes everywhere are the point


class NoStand(Stand):
    """A guide for hands alone."""

    kind = "hands"
    addresses: tuple[Address, ...] = ()
    bytes_taken = 0

    def __enter__(self) -> NoStand:
        return self

    def __exit__(self, *_: object) -> None: ...

    def break_(self, faults: Faults) -> None:
        """Nothing can."""

    def mend(self) -> None:
        """Nothing to."""

    def pull(self) -> None:
        """Nothing to."""

    def content(self, name: str) -> bytes:
        """Any bytes."""
        return _noise(name, _SMALL)


class PhoneStand(Stand):
    """A phone that says what the guide's checks want to hear."""

    kind = "phone"

    def __init__(self, guide: Guide, folder: Path) -> None:
        super().__init__(guide, folder)
        self._tells: dict[str, str] = {}
        self._made_as: dict[str, object] = {}
        self.build = guide.for_.to_build or NEW_BUILD
        self._listen_to_checks()
        parts = [p for _, deed in guide.deeds() if isinstance(deed, FastbootFlash) for p in deed.parts]
        self._partition_of = {p.file: p.partition for p in parts if p.file}
        extra = {p.partition: _SMALL for p in parts if p.partition.removesuffix("_a").removesuffix("_b") not in SLOTTED}
        self._made_as |= {"tells": self._tells, "extra": extra, "starts_anything": bool(self._partition_of) or self._has_foreign_files()}
        self.phone = PracticePhone(folder / "phone", factory_build=OLD_BUILD, boot_s=0.2, made_as=self._made_as)

    def _has_foreign_files(self) -> bool:
        return any(deed.file_names() and not isinstance(deed, AdbSideload) for _, deed in self.guide.deeds() if deed.writes)

    def _listen_to_checks(self) -> None:
        for step in self.guide.steps:
            for check in (*step.gate, *step.after):
                if isinstance(check, FastbootDevice):
                    self._made_as |= {"product": check.product[0]} | ({"board": check.board[0]} if check.board else {})
                elif isinstance(check, AdbDevice):
                    self._made_as["product"] = check.product[0]
                elif isinstance(check, FastbootExpect | AdbExpect):
                    self._listen(check.name, check.wanted[0])

    def _listen(self, name: str, value: str) -> None:
        if name in ("product", "ro.product.device"):
            self._made_as["product"] = value
        elif name in _BUILD_PROPERTIES:
            self.build = value
        elif name not in _KNOWN:
            self._tells[name] = value

    def __enter__(self) -> PhoneStand:
        self.phone.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.phone.stop()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Both of its doors."""
        return (parse(f"fastboot:{self.phone.address}"), parse(f"adb:{self.phone.adb_address}"))

    @property
    def bytes_taken(self) -> int:
        """By both."""
        return self.phone.image_bytes

    def break_(self, faults: Faults) -> None:
        """The phone's own faults."""
        self.phone.faults = faults

    def mend(self) -> None:
        """All of it, and into the bootloader when it never started."""
        was_looping = self.phone.faults.reboot_loop
        self.phone.faults = Faults()
        self.phone.allow()
        if was_looping:
            self.phone.into_bootloader()
        self.phone.pull_cable()
        self.phone.plug_in()

    def pull(self) -> None:
        """Of the phone."""
        self.phone.pull_cable()

    def content(self, name: str) -> bytes:
        """An image for its partition, a package for the recovery, else any bytes."""
        if any(isinstance(deed, AdbSideload) and deed.file == name for _, deed in self.guide.deeds()):
            device = str(self._made_as.get("product", "a1_eng"))
            images = {p: b"".join(self._image(p, self.build)) for p in ("boot", "vendor", "system", "product")}
            return make_package(device, images)
        partition = self._partition_of.get(name, "").removesuffix("_a").removesuffix("_b")
        return b"".join(self._image(partition, self.build)) if partition in SIZES else _noise(name, _SMALL)

    def _image(self, partition: str, build: str, rollback_index: int = 0) -> Any:
        return make_image(device="a1", partition=partition, build=build, rollback_index=rollback_index, size=SIZES[partition])

    def releases(self) -> tuple[Release, ...]:
        """The build that runs and the one to write."""
        old = self._release(OLD_BUILD, "", 0)
        return (old, self._release(self.build, OLD_BUILD, 1))

    def _release(self, build: str, before: str, age: int) -> Release:
        hub = self.folder / "hub"
        hub.mkdir(exist_ok=True)
        files = []
        for partition in SIZES:
            data = b"".join(self._image(partition, build))
            sha256 = hashlib.sha256(data).hexdigest()
            (hub / sha256).write_bytes(data)
            files.append(ImageFile(name=f"{partition}.img", partition=partition, sha256=sha256, size=len(data)))
        return Release(
            id=uuid5(NAMESPACE_URL, build),
            programme="rehearsal",
            device=self.guide.device or "a1",
            device_name="Practice phone",
            version=build,
            from_version=before,
            week="2026-W47",
            published_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=age),
            keeps_data=True,
            minutes=1,
            guide=self.guide.id,
            files=tuple(files),
            changes=(),
        )


class CardStand(Stand):
    """A card large enough."""

    kind = "card"

    def __init__(self, guide: Guide, folder: Path) -> None:
        super().__init__(guide, folder)
        self.card = PracticeCard(folder / "card", expects=_CARD_IMAGE)

    def __enter__(self) -> CardStand:
        self.card.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.card.stop()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Of the reader."""
        return (parse(self.card.address),)

    @property
    def bytes_taken(self) -> int:
        """That it was asked to write."""
        return self.card.written

    def break_(self, faults: Faults) -> None:
        """The card's own faults."""
        self.card.faults = faults

    def mend(self) -> None:
        """Another, sound card of the same name: what is broken in a card stays broken."""
        self.card.faults = replace(Faults())
        self.card.pull_cable()
        self.card.plug_in()

    def pull(self) -> None:
        """Out of the reader."""
        self.card.pull_cable()

    def content(self, name: str) -> bytes:
        """Any image; a map is one of that image."""
        return _noise(name, _CARD_IMAGE)
