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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from uuid import NAMESPACE_URL, uuid5

from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.guides.actions.table import DEEDS
from firstlight.guides.rehearsal_provider import archive
from firstlight.practice.faults import Faults
from firstlight_contract.firmware import ImageFile, Release
from firstlight_contract.guides import Guide

OLD_BUILD = "26.46"
NEW_BUILD = "26.47"
SMALL = 64 * 1024
_MOST_SECONDS = 12
_TIMED = frozenset(get_args(deed.model_fields["verb"].annotation)[0] for deed in DEEDS if "seconds" in deed.model_fields)
"""Verbs that wait; also where the guide leaves the time to their default."""
_LOGICAL = ("fastboot.create_logical_partition", "fastboot.resize_logical_partition")
_SMALL_PART = 16 * 1024


class Stand(ABC):
    """One practice device, with its faults, and everything that a guide wants of it. A context: the device answers inside."""

    kind: str

    def __init__(self, guide: Guide, folder: Path, faults: Faults) -> None:
        del faults  # of the device, which a stand of its kind makes
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
    def mend(self, stood: str = "") -> None:
        """As a tester would: cable in, charged, unlocked, the right device. `stood`: as `standing` told before the step that comes next;
        a device that does not start is brought there by its keys.
        """

    @property
    def standing(self) -> str:
        """The mode that it is in, for `mend`."""
        return ""

    @abstractmethod
    def ails(self) -> str:
        """What a tester who looks at the device sees: "" when it is as the guide wants it, dead | fell_back | other_build | other_bytes."""

    @abstractmethod
    def pull(self) -> None:
        """The cable out, by a hand that has waited long enough."""

    def hands(self, awaited: str) -> None:
        """What hands do in a step of theirs: bring the device to where the next step waits for it (the verb of that wait)."""
        del awaited

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
            content = archive(self.guide, name) or self.content(name)
            (self.files / name).write_bytes(content)
            listed[name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        if listed:
            data["files"] = listed
        data.pop("prerequisites", None)
        return data

    def release(self, build: str, before: str, age: int, images: Mapping[str, bytes]) -> Release:
        """A build whose images lie where `download` finds them."""
        hub = self.folder / "hub"
        hub.mkdir(exist_ok=True)
        files = []
        for partition, data in images.items():
            sha256 = hashlib.sha256(data).hexdigest()
            (hub / sha256).write_bytes(data)
            files.append(ImageFile(name=f"{partition}.img", partition=partition, sha256=sha256, size=len(data)))
        return Release(
            id=uuid5(NAMESPACE_URL, build),
            programme="rehearsal",
            device=self.guide.device or "a1",
            device_name="Practice device",
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


def _quick(node: Any) -> Any:
    """With no wait above some seconds."""
    if isinstance(node, dict):
        # A practice phone's super is small.
        if node.get("verb") in _LOGICAL:
            node = node | {"size": min(node["size"], _SMALL_PART)}
        if node.get("verb") in _TIMED:
            node = {"seconds": _MOST_SECONDS} | node
        return {k: min(v, _MOST_SECONDS) if k in ("seconds", "timeout") and isinstance(v, int) else _quick(v) for k, v in node.items()}
    return [_quick(item) for item in node] if isinstance(node, list) else node


def noise(name: str, size: int) -> bytes:
    return random.Random(name).randbytes(size)  # not for secrets: the same bytes everywhere are the point


class NoStand(Stand):
    """A guide for hands alone."""

    kind = "hands"
    addresses: tuple[Address, ...] = ()
    bytes_taken = 0

    def __enter__(self) -> NoStand:
        return self

    def __exit__(self, *_: object) -> None: ...

    def mend(self, stood: str = "") -> None:
        """Nothing to."""

    def ails(self) -> str:
        """Nothing does."""
        return ""

    def pull(self) -> None:
        """Nothing to."""

    def content(self, name: str) -> bytes:
        """Any bytes."""
        return noise(name, SMALL)
