# SPDX-License-Identifier: Apache-2.0
"""The repository of signed metadata as this hub holds it, and what the hub itself signs of it: snapshot and timestamp, by its online key.

Nothing here can sign a build: the online key is named by root for those two roles alone.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from securesystemslib.signer import Key
from tuf.api.metadata import Metadata, MetaFile, Snapshot, Timestamp

from firstlight_contract.problem import Code
from firstlight_contract.signing import TOP_ROLES, LineState, RoleState, State
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import lock, writing
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.firmware import signing
from firstlight_hub.firmware.keys import OnlineKeys
from firstlight_hub.firmware.models import ProductLine, SignedMetadata

log = logging.getLogger(__name__)

LOCK = "signing"
RENEW_BEFORE = {"timestamp": timedelta(days=4), "snapshot": timedelta(days=7)}
"""With so much life left the hub signs anew, so that a desktop that was away for days still has time."""
_KEPT = {"timestamp": 3, "snapshot": 20}
"""Older versions that stay for desktops that are in the middle of a refresh. Every other role is kept for ever."""


def content(role: str, version: int | None = None) -> bytes | None:
    """The newest metadata of a role, or one version of it."""
    rows = SignedMetadata.objects.filter(role=role)
    row = rows.order_by("-version").first() if version is None else rows.filter(version=version).first()
    return bytes(row.content) if row is not None else None


def exists() -> bool:
    """Whether this hub signs at all."""
    return SignedMetadata.objects.filter(role="root").exists()


def online_keys() -> OnlineKeys:
    """The hub's online keys."""
    return OnlineKeys(settings.HUB_DATA / "keys" / "online")


def fresh_online() -> Key:
    """The public part of an online key that is not in use yet: it waits in the hub's folder until a root names it."""
    root = content("root")
    return online_keys().prepare(signing.root_of(root).roles["timestamp"].keyids[0] if root else "")


def has_offline_keys() -> bool:
    """Whether keys that belong on a release manager's PC lie in the hub's own folder: a demo, and no protection of a maker's builds."""
    return bool((settings.HUB_DATA / "keys" / "offline").is_dir())


def keep(role: str, data: bytes) -> None:
    """Add a version. The caller has checked it, and holds the lock."""
    payload = Metadata.from_bytes(data).signed
    SignedMetadata.objects.create(role=role, version=payload.version, content=data, expires=payload.expires)


def resign(now: datetime) -> None:
    """Sign snapshot and timestamp of what stands now. Inside a transaction that holds the lock; ProblemError when the key is gone."""
    root = content("root")
    if root is None:
        return
    keyid = signing.root_of(root).roles["timestamp"].keyids[0]
    signer = online_keys().find(keyid)
    if signer is None:
        raise ProblemError(Code.UNAVAILABLE, 503, title="the hub's online key is not in its folder; rotate it with the root keys")
    snapshot = Snapshot(version=_version("snapshot") + 1, expires=signing.until("snapshot", now), meta=_listed())
    data = signing.signed(snapshot, [signer])
    keep("snapshot", data)
    meta = MetaFile.from_data(snapshot.version, data, ["sha256"])
    timestamp = Timestamp(version=_version("timestamp") + 1, expires=signing.until("timestamp", now), snapshot_meta=meta)
    keep("timestamp", signing.signed(timestamp, [signer]))
    for role, kept in _KEPT.items():
        old = SignedMetadata.objects.filter(role=role).order_by("-version").values_list("pk", flat=True)[kept:]
        SignedMetadata.objects.filter(pk__in=list(old)).delete()


def resign_due(now: datetime) -> bool:
    """Sign snapshot and timestamp when one of them has little life left; whether it did. Cheap when there is nothing to do.

    A hub that has lost its online key says so in the log and goes on: desktops then refuse new builds once the timestamp is over.
    """
    if not _is_due(now):
        return False
    try:
        with writing():
            lock(LOCK)
            if not _is_due(now):
                return False  # another process was first
            resign(now)
            record(None, "signing.renew", "timestamp")
    except ProblemError as error:
        log.error("snapshot and timestamp were not signed: %s", error.problem.title)
        return False
    return True


def state() -> State:
    """What the hub holds, for staff and for the commands."""
    root = content("root")
    if root is None:
        waiting = fresh_online()
        return State(roles=(), lines=(), online_id=waiting.keyid, online=waiting.to_dict(), online_ok=False)
    top = signing.root_of(root)
    keyid = top.roles["timestamp"].keyids[0]
    return State(
        roles=tuple(_role(role) for role in (*TOP_ROLES, *_line_names())),
        lines=tuple(
            LineState(name=line.slug, programme=line.programme.slug if line.programme else "", is_public=line.is_public)
            for line in ProductLine.objects.select_related("programme").order_by("slug")
        ),
        online_id=keyid,
        online=top.keys[keyid].to_dict(),
        online_ok=online_keys().find(keyid) is not None,
        demo=has_offline_keys(),
    )


def _line_names() -> tuple[str, ...]:
    top = content("targets")
    delegations = signing.targets_of(top).delegations if top else None
    return tuple(delegations.roles or ()) if delegations else ()


def _role(name: str) -> RoleState:
    row = SignedMetadata.objects.filter(role=name).order_by("-version").first()
    root = signing.root_of(content("root") or b"")
    delegator = root if name in root.roles else signing.targets_of(content("targets") or b"")
    role = delegator.get_delegated_role(name)
    version, expires = (row.version, row.expires) if row else (0, root.expires)
    return RoleState(role=name, version=version, expires=expires, keys=tuple(role.keyids), threshold=role.threshold)


def _listed() -> dict[str, MetaFile]:
    """Targets and every line by version, length and hash. What was listed once stays listed: clients refuse anything less."""
    listed: dict[str, MetaFile] = {}
    before = content("snapshot")
    if before is not None:
        listed |= Metadata[Snapshot].from_bytes(before).signed.meta
    for role in ("targets", *_line_names()):
        data = content(role)
        if data is not None:
            listed[f"{role}.json"] = MetaFile.from_data(signing.targets_of(data).version, data, ["sha256"])
    return listed


def _version(role: str) -> int:
    row = SignedMetadata.objects.filter(role=role).order_by("-version").values_list("version", flat=True).first()
    return row or 0


def _is_due(now: datetime) -> bool:
    if not exists():
        return False
    for role, before in RENEW_BEFORE.items():
        expires = SignedMetadata.objects.filter(role=role).order_by("-version").values_list("expires", flat=True).first()
        if expires is None or expires - now < before:
            return True
    return False
