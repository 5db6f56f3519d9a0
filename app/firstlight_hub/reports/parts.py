# SPDX-License-Identifier: Apache-2.0
"""Uploads on the disk: one part file each, whose size is the offset.

No lock and no row a chunk: a resumed request may overlap a dying one, then both write the same bytes at the same place. What a
cut connection brought is kept. Only a whole file whose hash fits becomes `stored`, once. It is stored as a copy: a request that
still has the part file open could otherwise write into what was already found right.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Sum
from django.http import UnreadablePostError
from django.utils import timezone

from firstlight_contract.problem import Code
from firstlight_contract.uploads import MAX_BYTES
from firstlight_hub.account.limits import spend
from firstlight_hub.account.models import User
from firstlight_hub.base.points import reached
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.base.shelf import files
from firstlight_hub.reports.models import Attachment, Upload

CHECKSUMS = ("sha1", "sha256")
LIFE = timedelta(days=7)
MOST_OPEN = 40
OPEN_BYTES = 5 * 1024**3
TESTER_BYTES = 50 * 1024**3
FILES_A_REPORT = 5
"""New uploads in an hour, for each report that a tester may send in it."""
_BLOCK = 256 * 1024
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Checksum(NamedTuple):
    """What the bytes of one request must hash to."""

    algorithm: str
    digest: bytes


class Body(Protocol):
    """A request's body."""

    def read(self, size: int) -> bytes: ...


def create(user: User, *, size: int, sha256: str, file_name: str, media: str, now: datetime) -> Upload:
    """The upload of this tester and content, new or as it stands; its name is the hash when the client told one."""
    if size > MAX_BYTES:
        raise ProblemError(Code.TOO_LARGE, 413, limit=MAX_BYTES)
    forget_old(user, now)
    name = sha256 or secrets.token_urlsafe(24)
    with transaction.atomic():
        known = Upload.objects.select_for_update().filter(user=user, name=name).first()
        if known is not None and known.size == size:
            Upload.objects.filter(pk=known.pk).update(expires_at=now + LIFE)
            return _still_there(known)
        if known is not None and known.stored_at is not None:
            raise ProblemError(Code.INVALID, 422, fields=("Upload-Length",))
        if known is not None:
            # The same content cannot have two lengths: the earlier announcement was wrong.
            drop(known)
        _within_limits(user, size)
        fresh = Upload(
            user=user, name=name, sha256=sha256, size=size, file_name=file_name, media=media, created_at=now, expires_at=now + LIFE
        )
        Upload.objects.bulk_create([fresh], ignore_conflicts=True)
        return Upload.objects.get(user=user, name=name)


def find(user: User, name: str) -> Upload:
    """This tester's upload of that name; 404 when there is none or it is somebody else's, 410 when its time is over."""
    upload = Upload.objects.filter(user=user, name=name).first() if _NAME.fullmatch(name) else None
    if upload is None:
        raise not_found()
    if upload.stored_at is None and upload.expires_at < timezone.now():
        drop(upload)
        raise ProblemError(Code.GONE, 410)
    return _still_there(upload)


def standing(user: User, name: str) -> Upload:
    """As `find`; what is whole and not yet stored, because the hub died in between, is stored now."""
    return settle(find(user, name))


def offset(upload: Upload) -> int:
    """How many bytes are here."""
    try:
        return _part(upload).stat().st_size
    except FileNotFoundError:
        return 0


def append(upload: Upload, at: int, body: Body, checksum: Checksum | None) -> None:
    """Write what `body` brings at `at`, which must be where the upload stands; what came before a cut is kept."""
    if at != offset(upload):
        raise ProblemError(Code.OFFSET, 409)
    room = upload.size - at
    try:
        if checksum is not None:
            _append_checked(upload, at, _read(body, room), checksum)
            return
        with _opened(_part(upload)) as part:
            part.seek(at)
            for block in _read(body, room):
                part.write(block)
                reached("part.written")
    except OSError as error:
        raise _no_room(error) from error


def settle(upload: Upload) -> Upload:
    """Store the upload if all its bytes are here; ProblemError 460 and a fresh start when they are not what was announced."""
    if upload.stored_at is not None or offset(upload) != upload.size:
        return upload
    copy = _part(upload).with_suffix(f".{secrets.token_hex(6)}.whole")
    try:
        sha256 = _copied(upload, copy)
        reached("settle.copied")
        if upload.sha256 and upload.sha256 != sha256:
            drop(upload)
            raise ProblemError(Code.CHECKSUM, 460)
        files().adopt(copy, sha256)
    except FileNotFoundError:
        # Another request has just stored it, and its part file is gone; or it was dropped.
        return find(upload.user, upload.name)
    except OSError as error:
        raise _no_room(error) from error
    finally:
        copy.unlink(missing_ok=True)
    Upload.objects.filter(pk=upload.pk, stored_at=None).update(sha256=sha256, stored_at=timezone.now())
    reached("settle.row")
    _part(upload).unlink(missing_ok=True)
    return find(upload.user, upload.name)


def drop(upload: Upload) -> None:
    """Forget the upload; stored content stays while a report shows it."""
    part = _part(upload)
    upload.delete()
    part.unlink(missing_ok=True)


def keep(user: User, source: Iterator[bytes], *, sha256: str, size: int, file_name: str, media: str) -> None:
    """Keep content that came another way (a bundle) as if this tester had uploaded it; within their quota, and only if it is `sha256`."""
    _within_quota(user, size)
    found, _size = files().put(source)
    if found != sha256:
        raise ProblemError(Code.CHECKSUM, 460)
    now = timezone.now()
    with transaction.atomic():
        Upload.objects.filter(user=user, name=sha256, stored_at=None).delete()
        row = Upload(
            user=user,
            name=sha256,
            sha256=sha256,
            size=size,
            file_name=file_name,
            media=media,
            created_at=now,
            expires_at=now + LIFE,
            stored_at=now,
        )
        Upload.objects.bulk_create([row], ignore_conflicts=True)


def sizes(user: User, wanted: set[str], *, hold: bool = False) -> dict[str, int]:
    """Those of `wanted` (hashes) that this tester has sent and that are here, with their sizes.

    `hold`, within a transaction that will name them: whoever tidies waits for its end, and finds them named.
    """
    rows = Upload.objects.filter(user=user, sha256__in=wanted).exclude(stored_at=None)
    if hold:
        rows = rows.order_by("pk").select_for_update(no_key=True)
    return {sha256: size for sha256, size in rows.values_list("sha256", "size") if _kept(sha256, size)}


def forget_old(user: User, now: datetime) -> None:
    """Drop this tester's uploads whose time is over and that no report of theirs shows."""
    shown = Attachment.objects.filter(sha256=OuterRef("sha256"), report__user=user.pk)
    for upload in Upload.objects.filter(user=user, expires_at__lt=now).exclude(Exists(shown), stored_at__isnull=False)[:100]:
        drop(upload)
    _sweep(user.pk, now - timedelta(days=1))


def is_shown(upload: Upload) -> bool:
    """Whether a report of its tester shows this content."""
    return Attachment.objects.filter(sha256=upload.sha256, report__user=upload.user_id).exists()


def sweep_all(now: datetime) -> None:
    """What dying requests left of all testers' uploads."""
    root: Path = settings.HUB_DATA / "uploads"
    for folder in root.glob("[0-9]*"):
        _sweep(int(folder.name), now - timedelta(days=1))


def _sweep(user: int, before: datetime) -> None:
    """Remove what dying requests left of uploads that are no more."""
    for file in _folder(user).glob("*.*"):
        row = file.name.partition(".")[0]
        try:
            is_old = file.stat().st_mtime < before.timestamp()
        except FileNotFoundError:
            continue
        if is_old and (file.suffix != ".part" or not Upload.objects.filter(pk=row, stored_at=None).exists()):
            file.unlink(missing_ok=True)


def _within_limits(user: User, size: int) -> None:
    spend("upload", str(user.pk), times=FILES_A_REPORT * settings.HUB_REPORTS_PER_HOUR, seconds=3600)
    opened = Upload.objects.filter(user=user, stored_at=None)
    waiting = opened.aggregate(total=Sum("size"))["total"] or 0
    if opened.count() >= MOST_OPEN or (waiting and waiting + size > OPEN_BYTES):
        raise ProblemError(Code.TOO_MANY, 429, retry_after=3600)
    _within_quota(user, size)


def _within_quota(user: User, size: int) -> None:
    held = Upload.objects.filter(user=user).exclude(stored_at=None).aggregate(total=Sum("size"))["total"] or 0
    if held + size > TESTER_BYTES:
        raise ProblemError(Code.TOO_LARGE, 413, limit=max(0, TESTER_BYTES - held))


def _still_there(upload: Upload) -> Upload:
    # A stored file that the hub lost is simply sent again: the row goes back to open.
    if upload.stored_at is not None and not _kept(upload.sha256, upload.size):
        Upload.objects.filter(pk=upload.pk).update(stored_at=None, expires_at=timezone.now() + LIFE)
        upload.refresh_from_db()
    return upload


def _kept(sha256: str, size: int) -> bool:
    store = files()
    return store.has(sha256) and store.size(sha256) == size


def _copied(upload: Upload, target: Path) -> str:
    """Copy the whole part file to `target`, on the disk; the hash of what was copied."""
    digest, left = hashlib.sha256(), upload.size
    _part(upload).parent.mkdir(parents=True, exist_ok=True)
    if not upload.size:
        _part(upload).touch()
    with _part(upload).open("rb") as part, target.open("xb") as whole:
        while left and (block := part.read(min(_BLOCK, left))):
            digest.update(block)
            left -= whole.write(block)
        whole.flush()
        os.fsync(whole.fileno())
    return digest.hexdigest()


def _no_room(error: OSError) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ProblemError(Code.UNAVAILABLE, 503, retry_after=300, title="no room")
    return error


def _part(upload: Upload) -> Path:
    # Named by the row: what a dying request still writes for a dropped upload never meets a new one of the same name.
    return _folder(upload.user_id) / f"{upload.pk}.part"


def _folder(user: int) -> Path:
    folder: Path = settings.HUB_DATA / "uploads" / str(user)
    return folder


def _read(body: Body, room: int) -> Iterator[bytes]:
    """The body's blocks, `room` bytes at most; a cut connection ends it. Bytes beyond the announced length are refused."""
    while True:
        try:
            block = body.read(min(_BLOCK, room + 1))
        except (UnreadablePostError, ConnectionError, TimeoutError):
            return
        if not block:
            return
        if len(block) > room:
            raise ProblemError(Code.TOO_LARGE, 413, limit=room)
        room -= len(block)
        yield block


def _append_checked(upload: Upload, at: int, blocks: Iterator[bytes], checksum: Checksum) -> None:
    """All of the body or nothing: it waits in a file of its own until its hash is known."""
    chunk = _part(upload).with_suffix(f".{secrets.token_hex(6)}.chunk")
    digest = hashlib.new(checksum.algorithm, usedforsecurity=False)
    try:
        with chunk.open("xb") as kept:
            for block in blocks:
                digest.update(block)
                kept.write(block)
        if digest.digest() != checksum.digest:
            raise ProblemError(Code.CHECKSUM, 460)
        with chunk.open("rb") as kept, _opened(_part(upload)) as part:
            part.seek(at)
            while block := kept.read(_BLOCK):
                part.write(block)
    finally:
        chunk.unlink(missing_ok=True)


def _opened(part: Path) -> BinaryIO:
    """The part file for writing in place; made anew when a clean-up took it."""
    part.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "r+b")
