# SPDX-License-Identifier: Apache-2.0
"""Reads signed metadata that lies on this PC, by `tuf.api` alone: root -> targets -> the product line, each by the keys above it.

Only offline keys count here. Snapshot and timestamp, which the hub signs for freshness, say nothing to a PC without network.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from firstlight.firmware.errors import NotKnown, NotSigned, OlderBuild, StepNeeded, Untrusted
from firstlight_contract.signing import DEMO_FIELD, Facts, SignedFile, TargetPath, is_older

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root, Targets

MOST_BYTES = 5_000_000
_PATH: TypeAdapter[str] = TypeAdapter(TargetPath)


@dataclass(frozen=True)
class Signed:
    """A file as it was signed. `line` is the role that lists it, `key` the id of that role's key; `expires` the earliest of the chain."""

    path: str
    length: int
    sha256: str
    facts: Facts
    line: str
    key: str
    expires: datetime
    is_expired: bool

    @property
    def name(self) -> str:
        """Its name without the line."""
        return self.path.rpartition("/")[2]

    @property
    def version(self) -> str:
        """The build that it belongs to."""
        return self.facts.version

    @property
    def device(self) -> str:
        """The device model that it is for."""
        return self.facts.device

    @property
    def min_from(self) -> str:
        """The oldest build that it may be written over; "" any."""
        return self.facts.min_from

    @property
    def downgrade_ok(self) -> bool:
        """Whether it may be written over a newer build."""
        return self.facts.downgrade_ok

    @cached_property
    def files(self) -> dict[str, SignedFile]:
        """The files that a signed guide shows, by name."""
        return {file.name: file for file in self.facts.files}


def may_follow(signed: Signed, running: str) -> None:
    """Whether a build may be written over the one that runs ("" unknown): OlderBuild, StepNeeded. TUF knows nothing of that."""
    if is_older(signed.version, running) and not signed.downgrade_ok:
        raise OlderBuild(version=signed.version, running=running)
    if signed.min_from and is_older(running, signed.min_from):
        raise StepNeeded(version=signed.version, running=running, min_from=signed.min_from)


class Chain:
    """The chain from a pinned root down to the lines, verified when first asked for and again whenever a file of it has changed."""

    def __init__(self, metadata: Path) -> None:
        self._metadata = metadata
        self._stamp: object = None
        self._root: Root | None = None
        self._targets: Targets | None = None
        self._lines: dict[str, Targets] = {}

    def top(self, pinned: bytes) -> tuple[Root, Targets]:
        """Root and targets as they stand."""
        stamp = (hashlib.sha256(pinned).digest(), _stamp(self._metadata))
        if stamp != self._stamp or self._root is None or self._targets is None:
            self._stamp, self._lines = None, {}
            self._root = _root(self._metadata, pinned)
            self._targets = _verified(self._root, "targets", self._metadata / "targets.json")
            self._stamp = stamp
        return self._root, self._targets

    def line(self, role: str) -> Targets:
        """A product line, after `top`."""
        known = self._lines.get(role)
        if known is None:
            if self._targets is None:
                raise NotKnown(hub="")
            known = self._lines[role] = _verified(self._targets, role, self._metadata / f"{quote(role, '')}.json")
        return known


def find(chain: Chain, pinned: bytes, path: str, now: datetime) -> Signed:
    """The signed file of that path; NotKnown, NotSigned, Untrusted."""
    try:
        _PATH.validate_python(path)
    except ValidationError:
        raise NotSigned(name=path[:200]) from None
    root, targets = chain.top(pinned)
    for role, terminating in targets.delegations.get_roles_for_target(path) if targets.delegations else ():
        line = chain.line(role)
        file = line.targets.get(path)
        if file is not None:
            expires = min(root.expires, targets.expires, line.expires)
            key = targets.get_delegated_role(role).keyids[0]
            return _signed(path, file, role, key, expires, now)
        if terminating:
            break
    raise NotSigned(name=path)


def fingerprint(root: bytes) -> str:
    """The first half of the SHA-256 over the ids of the root keys, in groups to be read out."""
    digest = hashlib.sha256("\n".join(sorted(_parsed(root, "root").signed.roles["root"].keyids)).encode()).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def is_demo(root: bytes) -> bool:
    """Whether the hub says in its root that it made all keys itself."""
    return _parsed(root, "root").signed.unrecognized_fields.get(DEMO_FIELD) is True


def check_root(root: bytes) -> None:
    """Whether this is root metadata, signed by the keys that it names; Untrusted."""
    metadata = _parsed(root, "root")
    _verify(metadata.signed, "root", metadata)


def _root(folder: Path, pinned: bytes) -> Root:
    """The newest root that follows from the pinned one, each signed by the one before and by itself."""
    check_root(pinned)
    root: Root = _parsed(pinned, "root").signed
    while True:
        data = _read(folder / "root_history" / f"{root.version + 1}.root.json")
        if data is None:
            return root
        fresh = _parsed(data, "root")
        _verify(root, "root", fresh)
        _verify(fresh.signed, "root", fresh)
        if fresh.signed.version != root.version + 1:
            raise Untrusted(reason="rollback", what="root")
        root = fresh.signed


def _verified(delegator: Root | Targets, role: str, path: Path) -> Targets:
    data = _read(path)
    if data is None:
        raise NotKnown(hub="")
    metadata = _parsed(data, "targets", role)
    _verify(delegator, role, metadata)
    signed: Targets = metadata.signed
    return signed


def _signed(path: str, file: Any, role: str, key: str, expires: datetime, now: datetime) -> Signed:
    sha256 = file.hashes.get("sha256", "")
    custom = file.custom
    try:
        facts = Facts.model_validate(custom if isinstance(custom, dict) else {})
    except ValidationError as error:
        raise Untrusted(reason="damaged", what=path) from error
    if len(sha256) != 64:
        raise Untrusted(reason="damaged", what=path)
    return Signed(path, file.length, sha256, facts, role, key, expires, expires <= now)


def _parsed(data: bytes, kind: str, what: str = "") -> Metadata[Any]:
    from tuf.api.exceptions import RepositoryError  # noqa: PLC0415  # heavy: python-tuf
    from tuf.api.metadata import Metadata  # noqa: PLC0415  # heavy: python-tuf

    try:
        metadata: Metadata[Any] = Metadata.from_bytes(data)
    except (RepositoryError, ValueError, RecursionError) as error:
        raise Untrusted(reason="damaged", what=what or kind) from error
    if metadata.signed.type != kind:
        raise Untrusted(reason="mixed", what=what or kind)
    return metadata


def _verify(delegator: Root | Targets, role: str, metadata: Metadata[Any]) -> None:
    from tuf.api.exceptions import RepositoryError  # noqa: PLC0415  # heavy: python-tuf

    try:
        delegator.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except (RepositoryError, ValueError) as error:
        raise Untrusted(reason="signature", what=role) from error


def _stamp(folder: Path) -> tuple[tuple[str, int, int, int], ...]:
    """What changes when a file of the cache is replaced or written to."""
    found = []
    for path in (*folder.glob("*.json"), *(folder / "root_history").glob("*.json")):
        try:
            known = path.stat()
        except OSError:
            continue
        found.append((path.name, known.st_ino, known.st_size, known.st_mtime_ns))
    return tuple(sorted(found))


def _read(path: Path) -> bytes | None:
    """A file of the cache, bounded; None when it is not there."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return None
    if len(data) > MOST_BYTES:
        raise Untrusted(reason="endless", what=path.name)
    return data
