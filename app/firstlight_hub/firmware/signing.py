# SPDX-License-Identifier: Apache-2.0
"""What is done with keys in hand: make, extend and sign TUF metadata. Knows no hub, no database and no network; `tuf.api` only.

Each function takes metadata as bytes and answers the next version as bytes; the hub admits it or not (admission.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from securesystemslib.signer import CryptoSigner, Key
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

from firstlight_contract.signing import DEMO_FIELD, Facts

LIVES = {
    "root": timedelta(days=365),
    "targets": timedelta(days=365),
    "line": timedelta(days=180),
    "snapshot": timedelta(days=14),
    "timestamp": timedelta(days=7),
}
"""How long each role is good for. A small maker's hub may be off over a weekend, so the timestamp lives a week."""
_WRITE = JSONSerializer(compact=True)
T = TypeVar("T", Root, Targets, Snapshot, Timestamp)


def first(
    *,
    online: Key,
    roots: Sequence[CryptoSigner],
    threshold: int,
    targets: CryptoSigner,
    lines: Mapping[str, CryptoSigner],
    now: datetime,
    is_demo: bool = False,
) -> dict[str, bytes]:
    """Root, targets and one role a product line, each at version 1. A demo says in its root that it is one."""
    said = {DEMO_FIELD: True} if is_demo else {}
    root = Root(expires=until("root", now), consistent_snapshot=True, unrecognized_fields=said)
    for signer in roots:
        root.add_key(signer.public_key, "root")
    root.roles["root"].threshold = threshold
    root.add_key(targets.public_key, "targets")
    root.add_key(online, "snapshot")
    root.add_key(online, "timestamp")
    top = Targets(expires=until("targets", now), delegations=Delegations({}, {}))
    for name, signer in lines.items():
        _delegate(top, name, signer.public_key)
    made = {"root": signed(root, roots), "targets": signed(top, [targets])}
    return made | {name: signed(Targets(expires=until("line", now)), [signer]) for name, signer in lines.items()}


def with_files(line: bytes, signer: CryptoSigner, files: Sequence[TargetFile], now: datetime) -> bytes:
    """The line with more files, next version."""
    metadata = targets_of(line)
    for file in files:
        metadata.targets[file.path] = file
    return _next(metadata, [signer], "line", now)


def target(path: str, *, sha256: str, size: int, facts: Facts) -> TargetFile:
    """A file as a line lists it."""
    custom = facts.model_dump(mode="json", exclude_defaults=True, exclude_none=True) | {"version": facts.version}
    return TargetFile(size, {"sha256": sha256}, path, {"custom": custom})


def renewed(role: str, content: bytes, signers: Sequence[CryptoSigner], now: datetime) -> bytes:
    """The same once more with a later expiry, next version."""
    if role == "root":
        return _next(root_of(content), signers, "root", now)
    return _next(targets_of(content), signers, "targets" if role == "targets" else "line", now)


def with_line(top: bytes, line: bytes | None, name: str, key: CryptoSigner, signer: CryptoSigner, now: datetime) -> dict[str, bytes]:
    """Targets that delegates `name` to `key` (a new line, or a line whose key was stolen or lost), and the line signed by that key."""
    metadata = targets_of(top)
    _delegate(metadata, name, key.public_key)
    made = {"targets": _next(metadata, [signer], "targets", now)}
    fresh = signed(Targets(expires=until("line", now)), [key]) if line is None else _next(targets_of(line), [key], "line", now)
    return made | {name: fresh}


def with_online(root: bytes, online: Key, signers: Sequence[CryptoSigner], now: datetime) -> bytes:
    """Root that names another online key. Whatever the old one signed is worth nothing from then on."""
    metadata = root_of(root)
    for role in ("snapshot", "timestamp"):
        for keyid in list(metadata.roles[role].keyids):
            metadata.revoke_key(keyid, role)
        metadata.add_key(online, role)
    return _next(metadata, signers, "root", now)


def with_root_key(root: bytes, lost: str, fresh: CryptoSigner, signers: Sequence[CryptoSigner], now: datetime) -> bytes:
    """Root with one of its own keys replaced. Signed by the remaining old keys (old clients) and by the new one."""
    metadata = root_of(root)
    metadata.revoke_key(lost, "root")
    metadata.add_key(fresh.public_key, "root")
    return _next(metadata, [*signers, fresh], "root", now)


def with_targets_key(root: bytes, top: bytes, fresh: CryptoSigner, signers: Sequence[CryptoSigner], now: datetime) -> dict[str, bytes]:
    """Root that names another targets key, and targets signed by it."""
    metadata = root_of(root)
    for keyid in list(metadata.roles["targets"].keyids):
        metadata.revoke_key(keyid, "targets")
    metadata.add_key(fresh.public_key, "targets")
    return {"root": _next(metadata, signers, "root", now), "targets": _next(targets_of(top), [fresh], "targets", now)}


def until(role: str, now: datetime) -> datetime:
    """When a role that is signed now is over; TUF counts whole seconds."""
    return (now + LIVES[role]).replace(microsecond=0)


def signed(payload: T, signers: Sequence[CryptoSigner]) -> bytes:
    """The payload with the signatures of all `signers`."""
    metadata = Metadata(payload)
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata.to_bytes(_WRITE)


def root_of(content: bytes) -> Root:
    """What stands in root metadata; its signatures are not looked at."""
    return Metadata[Root].from_bytes(content).signed


def targets_of(content: bytes) -> Targets:
    """What stands in targets metadata; its signatures are not looked at."""
    return Metadata[Targets].from_bytes(content).signed


def _next(payload: T, signers: Sequence[CryptoSigner], life: str, now: datetime) -> bytes:
    payload.version += 1
    payload.expires = until(life, now)
    return signed(payload, signers)


def _delegate(top: Targets, name: str, key: Key) -> None:
    """One terminating delegation of `name/*` to exactly this key: nobody further down the list is asked for such a path."""
    delegations = top.delegations or Delegations({}, {})
    roles = delegations.roles or {}
    if name in roles:
        for keyid in list(roles[name].keyids):
            top.revoke_key(keyid, name)
    roles[name] = DelegatedRole(name, [], 1, terminating=True, paths=[f"{name}/*"])
    delegations.roles = roles
    top.delegations = delegations
    top.add_key(key, name)
