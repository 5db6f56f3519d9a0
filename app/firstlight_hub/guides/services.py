# SPDX-License-Identifier: Apache-2.0
"""Everything that is written about guides: publish a folder, retire a guide. A published version never changes its content."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from django.utils import timezone

from firstlight_contract.feed import FeedKind, GuideView
from firstlight_contract.feed import GuideFile as GuideFileView
from firstlight_contract.guides import MAX_DOCUMENT, MAX_PICTURE
from firstlight_contract.guides import Guide as Document
from firstlight_contract.problem import Code
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import announce, lock, programme_audience, take_back, writing
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.base.shelf import Content, keep, open_to
from firstlight_hub.guides.document import read
from firstlight_hub.guides.models import Guide, GuideFile, GuideState
from firstlight_hub.programme.models import Programme

DOCUMENT = "guide.yaml"


def publish(programme: Programme, folder: Path, *, actor: User | None = None) -> Guide:
    """Publish `folder`/guide.yaml with the files that it shows; the same content again changes nothing."""
    text = _document(folder)
    document = read(text)
    contents = {name: _picture(folder, name) for name in document.pictures()}
    sha256 = hashlib.sha256(text).hexdigest()
    with writing():
        lock(f"guide {programme.pk} {document.id}")
        known = Guide.objects.filter(programme=programme, slug=document.id, version=document.version).first()
        if known is not None:
            return _same(known, sha256, contents)
        Guide.objects.filter(programme=programme, slug=document.id, state=GuideState.PUBLISHED).update(state=GuideState.REPLACED)
        guide = _create(programme, document, text.decode(), sha256)
        GuideFile.objects.bulk_create(
            GuideFile(guide=guide, name=name, sha256=content.sha256, size=content.size) for name, content in contents.items()
        )
        audience = programme_audience(programme.slug)
        for name, content in contents.items():
            open_to(audience, content, mimetypes.guess_type(name)[0] or "application/octet-stream")
        announce(audience, FeedKind.GUIDE, f"{programme.slug}/{guide.slug}", view(guide))
        record(actor, "guide.publish", f"{programme.slug}/{guide}", after={"sha256": sha256})
    return guide


def retire(guide: Guide, *, actor: User | None = None) -> Guide:
    """Take a guide away from every desktop."""
    with writing():
        if not Guide.objects.filter(pk=guide.pk, state=GuideState.PUBLISHED).update(state=GuideState.RETIRED):
            raise ProblemError(Code.CONFLICT, 409, title=f"the guide is {guide.state}")
        take_back(FeedKind.GUIDE, f"{guide.programme.slug}/{guide.slug}", view(guide))
        record(actor, "guide.retire", f"{guide.programme.slug}/{guide}")
    guide.refresh_from_db()
    return guide


def view(guide: Guide) -> GuideView:
    """A guide as a desktop reads it."""
    return GuideView(
        slug=guide.slug,
        programme=guide.programme.slug,
        version=guide.version,
        title=guide.title,
        sha256=guide.sha256,
        document=guide.document,
        files=tuple(GuideFileView(name=file.name, sha256=file.sha256, size=file.size) for file in guide.files.all()),
    )


def _create(programme: Programme, document: Document, text: str, sha256: str) -> Guide:
    return Guide.objects.create(
        programme=programme,
        slug=document.id,
        version=document.version,
        title=dict(document.title),
        sha256=sha256,
        document=text,
        published_at=timezone.now(),
    )


def _document(folder: Path) -> bytes:
    try:
        # One byte more than may be tells that it is too much, without reading it all.
        with (folder / DOCUMENT).open("rb") as file:
            return file.read(MAX_DOCUMENT + 1)
    except FileNotFoundError as error:
        raise not_found() from error


def _picture(folder: Path, name: str) -> Content:
    path = folder / name
    # The contract lets no separator into a name; a link could still lead out of the folder.
    if path.is_symlink() or not path.is_file():
        raise ProblemError(Code.INVALID, 422, fields=(name,), title=f"{name} does not lie beside the guide")
    if path.stat().st_size > MAX_PICTURE:
        raise ProblemError(Code.TOO_LARGE, 413, limit=MAX_PICTURE, fields=(name,))
    return keep(path)


def _same(known: Guide, sha256: str, contents: dict[str, Content]) -> Guide:
    files = {file.name: Content(file.sha256, file.size) for file in known.files.all()}
    if known.sha256 != sha256 or files != contents:
        raise ProblemError(Code.CONFLICT, 409, title=f"{known} is published with other content; give it a new version")
    return known
