# SPDX-License-Identifier: Apache-2.0
"""What the hub lets into its repository of signed metadata. Whoever sends it: only what the right offline keys signed gets in.

A submission is admitted whole, under one lock and in one transaction, or not at all:
- each role is one version after what stands (of two that are sent at once, one loses), its expiry neither over nor absurd;
- root by the threshold of the old root and of itself, naming an online key that lies here, and the first one only from this machine;
- targets by root, listing no file, delegating `LINE/*` and nothing else, terminating, and forgetting no line;
- a line by the key that targets names for it, its files inside the line, their bytes here with the signed length and hash, and every
  name that was ever published with the same content and facts as then;
- the hub then signs snapshot and timestamp. Whole: afterwards every role verifies under the one above it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from pydantic import TypeAdapter, ValidationError
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import DelegatedRole, Metadata, Root, TargetFile, Targets

from firstlight_contract.problem import Code
from firstlight_contract.signing import MOST_METADATA, Facts, LineName, Submission, TargetPath
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import lock, writing
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.base.shelf import files
from firstlight_hub.base.signals import admitted
from firstlight_hub.firmware import announcing, repository, signing
from firstlight_hub.firmware.models import ProductLine, SignedTarget
from firstlight_hub.programme.models import Programme

SHORTEST, LONGEST = timedelta(days=1), 2
"""Metadata must be good for a day, and for no more than twice its usual life."""
_PATH: TypeAdapter[str] = TypeAdapter(TargetPath)
_NAME: TypeAdapter[str] = TypeAdapter(LineName)


def admit(form: Submission, *, actor: User | None, now: datetime, is_local: bool = False) -> None:
    """Let a submission in; ProblemError says why not. `is_local`: somebody at this machine, who alone may begin a repository."""
    if sum(map(len, form.metadata.values())) > MOST_METADATA:
        raise ProblemError(Code.TOO_LARGE, 413, limit=MOST_METADATA)
    parsed = {role: _parsed(role, text) for role, text in form.metadata.items()}
    if repository.content("root") is None and not is_local:
        raise ProblemError(Code.FORBIDDEN, 403, title="a repository is begun on the hub's own machine: firstlight-hub keys init")
    _check(parsed, now)
    # Gigabytes are read here, before anything is locked; only what the right keys signed is read at all.
    here = _here(parsed)
    with writing():
        lock(repository.LOCK)
        _check(parsed, now)
        _own_lines(form)
        fresh = [made for role in _lines(parsed) for made in _keep_files(role, parsed[role].signed, here)]
        for role, text in form.metadata.items():
            repository.keep(role, text.encode())
        repository.resign(now)
        announcing.tell(form.build, fresh, actor=actor)
        for target in fresh:
            admitted.send(sender=SignedTarget, target=target, actor=actor)
        for role, metadata in parsed.items():
            files_of = [target.path for target in fresh if target.line.slug == role]
            record(actor, "signing.admit", f"{metadata.signed.version}.{role}", after={"files": files_of})
        if "root" in parsed:
            keyid = parsed["root"].signed.roles["timestamp"].keyids[0]
            # Only once it is sure that the new root stands: before that the old key may still be needed.
            transaction.on_commit(lambda: repository.online_keys().keep_only(keyid))


def _parsed(role: str, text: str) -> Metadata[Any]:
    kind = {"root": Root}.get(role, Targets)
    if role in ("snapshot", "timestamp"):
        raise _no("only the hub signs snapshot and timestamp", role)
    try:
        if role not in ("root", "targets"):
            _NAME.validate_python(role)
        metadata: Metadata[Any] = Metadata.from_bytes(text.encode())
    except (RepositoryError, ValidationError, ValueError, RecursionError) as error:
        raise _no("this is no metadata", role) from error
    if not isinstance(metadata.signed, kind):
        raise _no(f"this is {metadata.signed.type} metadata", role)
    return metadata


def _check(parsed: dict[str, Metadata[Any]], now: datetime) -> None:
    for role, metadata in parsed.items():
        _check_version(role, metadata.signed.version)
        life = signing.LIVES.get(role, signing.LIVES["line"])
        if not now + SHORTEST <= metadata.signed.expires <= now + LONGEST * life:
            raise _no(f"it is over at {metadata.signed.expires:%Y-%m-%d}", role)
    root = _check_root(parsed.get("root"))
    targets = _check_targets(parsed.get("targets"), root)
    for role in parsed:
        if role not in ("root", "targets") and role not in _roles(targets):
            raise _no("no such product line", role)
    for role in _roles(targets):
        line = parsed.get(role) or _standing(role)
        if line is None:
            raise _no("a delegated line needs metadata of its own", role)
        _verify(targets, role, line)


def _check_version(role: str, version: int) -> None:
    standing = _standing(role)
    wanted = standing.signed.version + 1 if standing else 1
    if version != wanted:
        raise ProblemError(Code.CONFLICT, 409, fields=(role,), title=f"version {wanted} is next, this is {version}")


def _check_root(fresh: Metadata[Root] | None) -> Root:
    standing: Metadata[Root] | None = _standing("root")
    if fresh is None:
        if standing is None:
            raise _no("a repository begins with root", "root")
        return standing.signed
    root = fresh.signed
    try:
        (standing.signed if standing else root).verify_delegate("root", fresh.signed_bytes, fresh.signatures)
        root.verify_delegate("root", fresh.signed_bytes, fresh.signatures)
    except (RepositoryError, ValueError) as error:
        raise _unsigned("root") from error
    online = root.roles["timestamp"].keyids
    if len(online) != 1 or root.roles["snapshot"].keyids != online:
        raise _no("snapshot and timestamp share one online key", "root")
    if online[0] in (*root.roles["root"].keyids, *root.roles["targets"].keyids):
        raise _no("the online key may sign nothing else", "root")
    if repository.online_keys().find(online[0]) is None:
        raise _no("the online key that it names is not in the hub's folder", "root")
    if not root.consistent_snapshot:
        raise _no("snapshots must be consistent", "root")
    return root


def _check_targets(fresh: Metadata[Targets] | None, root: Root) -> Targets:
    standing: Metadata[Targets] | None = _standing("targets")
    metadata = fresh or standing
    if metadata is None:
        raise _no("a repository needs targets", "targets")
    _verify(root, "targets", metadata)
    targets = metadata.signed
    roles = _roles(targets)
    if targets.targets:
        raise _no("files stand in product lines alone", "targets")
    if standing is not None and not set(_roles(standing.signed)) <= set(roles):
        raise _no("no product line is ever forgotten", "targets")
    online = root.roles["timestamp"].keyids[0]
    for name, role in roles.items():
        try:
            _NAME.validate_python(name)
        except ValidationError as error:
            raise _no("this is no name of a product line", name) from error
        if not role.terminating or role.paths != [f"{name}/*"] or online in role.keyids:
            raise _no("a line is delegated its own paths, terminating, and never to the online key", name)
    return targets


def _lines(parsed: dict[str, Metadata[Any]]) -> list[str]:
    return [role for role in parsed if role not in ("root", "targets")]


def _here(parsed: dict[str, Metadata[Any]]) -> frozenset[tuple[str, int]]:
    """Of the contents that are new in the lines, by hash and size: those whose bytes are stored, whole and right."""
    found = set()
    for role in _lines(parsed):
        listed = parsed[role].signed.targets
        known = set(SignedTarget.objects.filter(line__slug=role).values_list("path", flat=True))
        for path, file in listed.items():
            if path not in known:
                found |= {wanted for wanted in _contents(file, _facts(role, path, file)) if _is_here(*wanted)}
    return frozenset(found)


def _contents(file: TargetFile, facts: Facts) -> list[tuple[str, int]]:
    return [(file.hashes["sha256"], file.length), *((part.sha256, part.size) for part in facts.files)]


def _keep_files(name: str, line: Targets, here: frozenset[tuple[str, int]]) -> list[SignedTarget]:
    """Check every file of a line, and write down those that are new."""
    if line.delegations is not None:
        raise _no("a line delegates to nobody", name)
    owner = ProductLine.objects.get(slug=name)
    known = {target.path: target for target in owner.targets.all()}
    fresh = []
    for path, file in line.targets.items():
        facts = _facts(name, path, file)
        before = known.get(path)
        if before is None:
            fresh.append(_new_file(owner, file, facts, here))
        elif (before.sha256, before.size, Facts.model_validate(before.facts)) != (file.hashes["sha256"], file.length, facts):
            raise ProblemError(Code.CONFLICT, 409, fields=(path,), title="a published name never changes; give the file another")
    return fresh


def _facts(line: str, path: str, file: TargetFile) -> Facts:
    try:
        _PATH.validate_python(path)
        if not path.startswith(f"{line}/"):
            raise _no("it stands outside the line", path)
        if set(file.hashes) != {"sha256"}:
            raise _no("a file is named by its SHA-256", path)
        return Facts.model_validate(file.custom if isinstance(file.custom, dict) else {})
    except ValidationError as error:
        raise _no("its path or what is signed with it does not fit", path) from error


def _new_file(owner: ProductLine, file: TargetFile, facts: Facts, here: frozenset[tuple[str, int]]) -> SignedTarget:
    for wanted in _contents(file, facts):
        if wanted not in here:
            raise ProblemError(Code.MISSING_BLOBS, 424, fields=(file.path,), missing=(wanted[0],) if len(wanted[0]) == 64 else ())
    return SignedTarget.objects.create(
        path=file.path, line=owner, sha256=file.hashes["sha256"], size=file.length, facts=facts.model_dump(mode="json")
    )


def _is_here(sha256: str, size: int) -> bool:
    """Whether the bytes are stored, whole and right: read once more, as what is signed is fetched for years."""
    store = files()
    try:
        if store.size(sha256) != size:
            return False
        with store.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except (ValueError, FileNotFoundError):
        return False


def _own_lines(form: Submission) -> None:
    """Whose each line is, told with its first metadata; a line stays with its programme."""
    told = {line.name: line for line in form.lines}
    for name in form.metadata:
        if name in ("root", "targets") or ProductLine.objects.filter(slug=name).exists():
            continue
        line = told.get(name)
        programme = Programme.objects.filter(slug=line.programme).first() if line and line.programme else None
        if line is not None and line.programme and programme is None:
            raise _no(f"there is no programme {line.programme}", name)
        ProductLine.objects.create(slug=name, programme=programme, is_public=bool(line and line.is_public))


def _roles(targets: Targets) -> dict[str, DelegatedRole]:
    delegations = targets.delegations
    if delegations is None or delegations.roles is None:
        raise _no("targets delegates to product lines by name", "targets")
    return delegations.roles


def _verify(delegator: Root | Targets, role: str, metadata: Metadata[Any]) -> None:
    try:
        delegator.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except (RepositoryError, ValueError) as error:
        raise _unsigned(role) from error


def _standing(role: str) -> Metadata[Any] | None:
    data = repository.content(role)
    return Metadata.from_bytes(data) if data is not None else None


def _unsigned(role: str) -> ProblemError:
    return ProblemError(Code.FORBIDDEN, 403, fields=(role,), title=f"{role} is not signed by the keys that it needs")


def _no(why: str, where: str) -> ProblemError:
    return ProblemError(Code.INVALID, 422, fields=(where[:200],), title=f"{where[:80]}: {why}")
