# SPDX-License-Identifier: Apache-2.0
"""Takes bundles: every act under the name that it has, by the service that its endpoint uses, so that it counts once by whatever way."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from pydantic import ValidationError

from firstlight_contract import bundles as wire
from firstlight_contract.problem import Code
from firstlight_hub.account.limits import spend
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import lock
from firstlight_hub.base.points import reached
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.base.shelf import files
from firstlight_hub.bundles.models import Bundle, Pc
from firstlight_hub.bundles.reading import Opened, opened
from firstlight_hub.bundles.table import TABLE
from firstlight_hub.reports import parts

MOST_PCS = 50
"""Of one tester."""


@transaction.atomic
def introduce(user: User, pc_id: uuid.UUID, form: wire.PcPut) -> tuple[Pc, bool]:
    """Keep the key of a tester's PC; it never changes. Another tester's PC is not there (404)."""
    lock(f"pc {pc_id}")
    known = Pc.objects.filter(pk=pc_id).first()
    if known is not None:
        if known.user_id != user.pk:
            raise not_found()
        if known.public_key != form.public_key:
            raise ProblemError(Code.CONFLICT, 409, title="this PC has another key")
        return known, False
    spend("pc", str(user.pk), times=20, seconds=24 * 3600)
    if Pc.objects.filter(user=user).count() >= MOST_PCS:
        raise ProblemError(Code.TOO_MANY, 429, retry_after=24 * 3600, limit=MOST_PCS)
    return Pc.objects.create(pk=pc_id, user=user, public_key=form.public_key), True


def put_bundle(user: User, bundle_id: uuid.UUID, form: wire.BundlePut) -> tuple[wire.BundleView, bool]:
    """Take a bundle that `user` has uploaded; 424 while the hub does not have it. Also says whether it was never brought before."""
    if not parts.sizes(user, {form.sha256}):
        raise ProblemError(Code.MISSING_BLOBS, 424, missing=(form.sha256,))
    return take(files().path(form.sha256), user, expected=bundle_id)


def take(path: Path, bringer: User, *, expected: uuid.UUID | None = None) -> tuple[wire.BundleView, bool]:
    """Take the bundle at `path`, act by act; what cannot be taken is named. ProblemError 403 when nobody proves whose it is.

    429 when the author has had enough for an hour: what came until then is kept, and bringing it again goes on there.
    """
    with opened(path) as bundle:
        manifest = bundle.manifest
        if expected is not None and manifest.id != expected:
            raise ProblemError(Code.INVALID, 422, fields=("id",))
        author = _author(manifest, bringer)
        for blob in manifest.blobs:
            if not parts.sizes(author, {blob.sha256}):
                parts.keep(author, bundle.blob(blob), sha256=blob.sha256, size=blob.size, file_name=blob.name, media=blob.media)
                reached("bundle.blob")
        new, refused, rest = _acts(bundle, author)
    is_first = _remember(manifest, author, bringer, new, refused)
    if rest is not None:
        raise rest
    return wire.BundleView(id=manifest.id, acts=len(manifest.acts), new=new, refused=tuple(refused)), is_first


def _author(manifest: wire.Manifest, bringer: User) -> User:
    """Whose bundle it is: of the tester whose PC told the hub this key, or of whoever is signed in as that tester."""
    try:
        subject = uuid.UUID(manifest.subject)
    except ValueError as error:
        raise ProblemError(Code.INVALID, 422, fields=("subject",)) from error
    if bringer.subject == subject:
        return bringer
    pc = Pc.objects.select_related("user").filter(pk=manifest.pc, user__subject=subject, user__is_active=True).first()
    if pc is None or pc.public_key != manifest.public_key:
        raise ProblemError(Code.FORBIDDEN, 403, title="signed by a PC that its tester never told the hub of")
    return pc.user


def _acts(bundle: Opened, author: User) -> tuple[int, list[wire.BundleRefusal], ProblemError | None]:
    new = 0
    refused: list[wire.BundleRefusal] = []
    for act in bundle.manifest.acts:
        try:
            new += _act(author, act, bundle.act(act))
        except ProblemError as error:
            if error.problem.status == 429:
                return new, refused, error
            refused.append(wire.BundleRefusal(kind=act.kind, subject=act.subject, code=error.problem.code.value))
        reached("bundle.act")
    return new, refused, None


def _act(author: User, act: wire.BundledAct, data: bytes) -> bool:
    """Whether the hub had not known it."""
    if act.kind not in TABLE:
        raise ProblemError(Code.INVALID, 422, fields=("kind",))
    form, service = TABLE[act.kind]
    try:
        said = form.model_validate_json(data)
    except ValidationError as error:
        raise ProblemError(Code.INVALID, 422, fields=(act.kind,)) from error
    return service(author, act.subject, said)[1]


@transaction.atomic
def _remember(manifest: wire.Manifest, author: User, bringer: User, new: int, refused: list[wire.BundleRefusal]) -> bool:
    told = [line.model_dump(mode="json") for line in refused]
    _, is_first = Bundle.objects.get_or_create(pk=manifest.id, defaults={"author": author})
    Bundle.objects.filter(pk=manifest.id).update(
        bringer=bringer, brought_at=timezone.now(), times=F("times") + 1, acts=len(manifest.acts), new=F("new") + new, refused=told
    )
    if bringer.pk != author.pk:
        record(bringer, "bundle.take", str(manifest.id), after={"author": str(author.subject), "acts": len(manifest.acts), "new": new})
    return is_first
