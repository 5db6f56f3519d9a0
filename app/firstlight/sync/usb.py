# SPDX-License-Identifier: Apache-2.0
"""'Save to a USB stick': what waits in the outbox as signed zips (firstlight_contract.bundles), and bringing such a zip to the hub.

Saving changes nothing in the line: whatever gets there first counts, and the other finds it known. Bringing is an act of the
outbox like any other, so it survives cuts and crashes, and works for a stranger's bundle too.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from firstlight.base.errors import BadInput
from firstlight.base.work import Work
from firstlight.store.blobs import CHUNK, Blobs
from firstlight.store.db import Database, Tx
from firstlight.store.disk import Disk, fault_of
from firstlight.store.errors import DiskFull
from firstlight.sync.entry import Op, OpKind
from firstlight.sync.errors import BundleInvalid, NothingWaits
from firstlight.sync.outbox import Outbox

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from firstlight_contract.bundles import BundledBlob, Manifest

MOST_BYTES = 1 << 30
"""A zip ends here and the next begins; one report that is larger by itself gets a zip of its own."""
_KEY, _PC = "bundle.key", "bundle.pc"
_ORDER = {OpKind.DEVICE: 0, OpKind.REPORT: 1}


@dataclass(frozen=True)
class Saved:
    """What was written: `acts` without files, into `paths`."""

    paths: tuple[Path, ...]
    acts: int
    size: int


@dataclass(frozen=True)
class Carried:
    """A bundle that this PC will bring to the hub: whose (`subject`), how much, and the name of its act."""

    id: str
    subject: str
    acts: int
    is_own: bool


class Bundles:
    """Writes and takes in bundles. Blocking; knows no window."""

    def __init__(self, db: Database, blobs: Blobs, outbox: Outbox, now: Callable[[], float], disk: Disk | None = None) -> None:
        self._db = db
        self._blobs = blobs
        self._outbox = outbox
        self._now = now
        self._disk = disk or Disk()

    def introduce(self, account_id: int) -> None:
        """Have the hub told this PC's key, once: then anybody may bring what it signs."""
        pc, key = self._identity()
        with self._db.write() as tx:
            if self._outbox.find(tx, account_id, OpKind.PC, pc) is None:
                self._outbox.add(tx, account_id, OpKind.PC, pc, json.dumps({"public_key": _public(key)}))

    def save(self, account_id: int, folder: Path, work: Work, *, about: str | None = None) -> Saved:
        """Write everything of this account that waits (also what rests after a failure) into `folder`. NothingWaits, DiskFull, ReadOnly.

        With `about`, what belongs to one report, also when the hub refused it: so that it can be handed on or kept.
        """
        which = "state = 'ready'" if about is None else "state IN ('ready', 'parked') AND about = :about"
        with self._db.read() as tx:
            named = {"account": account_id, "about": about}
            found = tx.execute(f"SELECT * FROM op WHERE account_id = :account AND {which} ORDER BY seq", named).fetchall()
            account = tx.execute("SELECT hub, subject FROM account WHERE id = ?", (account_id,)).fetchone()
            ops = [op for op in map(Op.of, found) if op.kind not in (OpKind.BLOB, OpKind.PC, OpKind.BUNDLE)]
            needs = {op.seq: _needs(tx, op) for op in ops}
        if not ops:
            raise NothingWaits
        ops.sort(key=lambda op: (_ORDER.get(op.kind, 2), op.seq))
        paths = [self._write(folder, account["hub"], account["subject"], part, needs, work) for part in self._parts(ops, needs)]
        return Saved(tuple(paths), len(ops), sum(path.stat().st_size for path in paths))

    def take_in(self, account_id: int, path: Path, work: Work) -> Carried:
        """Bring the bundle at `path` to the hub of this account, with its outbox. BundleInvalid when it is none or was changed."""
        manifest = read(path, work)
        with self._db.read() as tx:
            account = tx.execute("SELECT hub, subject FROM account WHERE id = ?", (account_id,)).fetchone()
        if manifest.hub != account["hub"]:
            raise BundleInvalid(path=str(path), why=f"it is for {manifest.hub}")
        blob = self._blobs.put(path, media="application/zip", work=work, collectable=True)
        payload = json.dumps({"sha256": blob.sha256})
        with self._db.write() as tx:
            self._outbox.add(tx, account_id, OpKind.BUNDLE, str(manifest.id), payload, needs={blob.sha256: path.name})
        self._outbox.changed(account_id)
        return Carried(str(manifest.id), manifest.subject, len(manifest.acts), manifest.subject == account["subject"])

    def _identity(self) -> tuple[str, Ed25519PrivateKey]:
        """This PC's name and key, made when first needed. It opens nothing: it only says that this PC wrote something."""
        # heavy: not before the first paint
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

        with self._db.read() as tx:
            kept = {row["key"]: row["value"] for row in tx.execute("SELECT key, value FROM note WHERE key IN (?, ?)", (_KEY, _PC))}
        if len(kept) < 2:
            made = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
            with self._db.write() as tx:
                tx.executemany("INSERT OR IGNORE INTO note (key, value) VALUES (?, ?)", [(_KEY, made), (_PC, str(uuid.uuid4()))])
            return self._identity()
        return kept[_PC], Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept[_KEY]))

    def _parts(self, ops: list[Op], needs: dict[int, dict[str, str]]) -> Iterator[list[Op]]:
        part: list[Op] = []
        size = 0
        for op in ops:
            own = sum(self._blobs.get(sha256).size for sha256 in needs[op.seq]) + len(op.payload)
            if part and (size + own > MOST_BYTES or len(part) >= 1000):
                yield part
                part, size = [], 0
            part.append(op)
            size += own
        yield part

    def _write(self, folder: Path, hub: str, subject: str, ops: list[Op], needs: dict[int, dict[str, str]], work: Work) -> Path:
        from firstlight_contract import bundles  # noqa: PLC0415  # heavy: not before the first paint

        blobs = self._blobs_of(ops, needs)
        pc, key = self._identity()
        acts = tuple(
            bundles.BundledAct(kind=op.kind, subject=uuid.UUID(op.subject), file=n, sha256=hashlib.sha256(op.payload.encode()).hexdigest())
            for n, op in enumerate(ops)
        )
        made_at = datetime.fromtimestamp(self._now(), UTC)
        # Named by what is in it: the same acts saved again are the same bundle, and bringing both is bringing one.
        name = uuid.uuid5(uuid.UUID(pc), "\n".join(f"{act.subject} {act.sha256}" for act in acts))
        manifest = bundles.Manifest(
            format=bundles.FORMAT, id=name, hub=hub, subject=subject, pc=uuid.UUID(pc), public_key=_public(key),
            made_at=made_at, acts=acts, blobs=blobs,
        )  # fmt: skip
        target = folder / f"{made_at:%Y-%m-%d}-{str(name)[:8]}{bundles.ENDING}"
        part = target.with_name(target.name + ".part")
        said = manifest.model_dump_json().encode()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped:
                    zipped.writestr(bundles.MANIFEST, said)
                    zipped.writestr(bundles.SIGNATURE, base64.b64encode(key.sign(said)))
                    for n, op in enumerate(ops):
                        zipped.writestr(f"acts/{n}.json", op.payload)
                    self._write_blobs(zipped, blobs, work)
                self._disk.sync(file)
            self._disk.replace(part, target, work.wait)
            self._disk.sync_folder(folder)
        except OSError as error:
            fault = fault_of(error, folder, need=sum(blob.size for blob in blobs))
            # Not the profile refuses but the stick: another one may be named.
            raise (fault if isinstance(fault, DiskFull) else _unusable(folder, error)) from error
        finally:
            with suppress(OSError):
                self._disk.remove(part)
        return target

    def _blobs_of(self, ops: list[Op], needs: dict[int, dict[str, str]]) -> tuple[BundledBlob, ...]:
        from firstlight_contract.bundles import BundledBlob  # noqa: PLC0415  # heavy: not before the first paint

        named = {sha256: name for op in ops for sha256, name in needs[op.seq].items()}
        kept = {sha256: self._blobs.get(sha256) for sha256 in named}
        return tuple(
            BundledBlob(sha256=sha256, size=kept[sha256].size, name=name, media=kept[sha256].media) for sha256, name in named.items()
        )

    def _write_blobs(self, zipped: zipfile.ZipFile, blobs: tuple[BundledBlob, ...], work: Work) -> None:
        total, done = sum(blob.size for blob in blobs), 0
        for blob in blobs:
            entry = zipfile.ZipInfo(f"blobs/{blob.sha256}")
            source = self._blobs.verify(blob.sha256, work)
            with source.open("rb") as file, zipped.open(entry, "w", force_zip64=blob.size > 1 << 31) as out:
                while piece := file.read(CHUNK):
                    work.check()
                    done += out.write(piece)
                    work.say("bundle", done, total)


def read(path: Path, work: Work) -> Manifest:
    """The manifest of a bundle whose signature fits it and whose every member is what the manifest says. BundleInvalid otherwise;
    BadInput where the file cannot be read."""
    from pydantic import ValidationError  # noqa: PLC0415  # heavy: not before the first paint

    try:
        with zipfile.ZipFile(path) as zipped:
            return _checked(zipped, path, work)
    except OSError as error:
        raise _unusable(path, error) from error
    except (zipfile.BadZipFile, ValidationError, KeyError, ValueError, EOFError, RuntimeError) as error:  # the last: a locked member
        raise BundleInvalid(path=str(path), why=type(error).__name__) from error


def _unusable(path: Path, error: OSError) -> BadInput:
    return BadInput(path=str(path), line=0, why=error.strerror or str(error))


def _checked(zipped: zipfile.ZipFile, path: Path, work: Work) -> Manifest:
    # heavy: not before the first paint
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    from firstlight_contract import bundles  # noqa: PLC0415

    if any(entry.compress_type != zipfile.ZIP_STORED for entry in zipped.infolist()):
        raise BundleInvalid(path=str(path), why="a member is compressed")
    said = _member(zipped, bundles.MANIFEST, bundles.MOST_MANIFEST_BYTES)
    manifest = bundles.Manifest.model_validate_json(said)
    try:
        signature = base64.b64decode(_member(zipped, bundles.SIGNATURE, 200), validate=True)
        Ed25519PublicKey.from_public_bytes(base64.b64decode(manifest.public_key)).verify(signature, said)
    except InvalidSignature as error:
        raise BundleInvalid(path=str(path), why="it was changed after it was signed") from error
    named = {f"acts/{act.file}.json": (act.sha256, bundles.MOST_ACT_BYTES) for act in manifest.acts}
    named |= {f"blobs/{blob.sha256}": (blob.sha256, blob.size) for blob in manifest.blobs}
    for name, (sha256, most) in named.items():
        if _digest(zipped, name, most, work) != sha256:
            raise BundleInvalid(path=str(path), why=f"{name} was changed")
    return manifest


def _member(zipped: zipfile.ZipFile, name: str, most: int) -> bytes:
    with zipped.open(name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"{name} is too large")
    return data


def _digest(zipped: zipfile.ZipFile, name: str, most: int, work: Work) -> str:
    digest, size = hashlib.sha256(), 0
    with zipped.open(name) as file:
        while piece := file.read(CHUNK):
            work.check()
            digest.update(piece)
            size += len(piece)
            if size > most:
                raise ValueError(f"{name} is too large")
    return digest.hexdigest()


def _needs(tx: Tx, op: Op) -> dict[str, str]:
    found = tx.execute("SELECT sha256, name FROM op_blob WHERE seq = ?", (op.seq,))
    return {row["sha256"]: row["name"] or row["sha256"] for row in found}


def _public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def sticks() -> tuple[Path, ...]:
    """Folders where this PC usually shows a stick, for a file dialogue to begin in."""
    roots = [Path("/media") / os.environ.get("USER", ""), Path("/run/media") / os.environ.get("USER", ""), Path("/Volumes")]
    return tuple(folder for root in roots if root.is_dir() for folder in sorted(root.iterdir()) if folder.is_dir())
