# SPDX-License-Identifier: Apache-2.0
"""Everything that is written about guides: publish a folder, retire a guide. A published version never changes its content."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path
from typing import Any

from django.utils import timezone

from firstlight_contract.feed import FeedKind, GuideView
from firstlight_contract.feed import GuideFile as GuideFileView
from firstlight_contract.guides import MAX_DOCUMENT, MAX_PICTURE
from firstlight_contract.guides import Guide as Document
from firstlight_contract.problem import Code
from firstlight_contract.signing import GUIDE_DOCUMENT, Facts, Kind
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import announce, lock, programme_audience, take_back, writing
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.base.shelf import Content, files, keep, open_to
from firstlight_hub.guides.document import read
from firstlight_hub.guides.models import Guide, GuideFile, GuideState
from firstlight_hub.programme.models import Programme


def publish(programme: Programme, folder: Path, *, actor: User | None = None) -> Guide:
    """Publish `folder`/guide.yaml with the files that it shows; the same content again changes nothing."""
    text = _document(folder)
    contents = {name: _picture(folder, name) for name in read(text).pictures()}
    return _publish(programme, text, contents, actor=actor)


def on_admitted(*, target: Any, actor: User | None, **_other: object) -> None:
    """A guide was signed: its programme's testers get it, from the bytes that were signed. In the transaction of the admission."""
    facts = Facts.model_validate(target.facts)
    if facts.kind is not Kind.GUIDE:
        return
    if target.line.programme is None:
        raise ProblemError(Code.INVALID, 422, fields=(target.path,), title="a guide's line belongs to a programme")
    with files().open(target.sha256) as file:
        text = file.read(MAX_DOCUMENT + 1)
    document = read(text)
    contents = {file.name: Content(file.sha256, file.size) for file in facts.files}
    if document.version != facts.version or set(contents) != set(document.pictures()):
        raise ProblemError(Code.INVALID, 422, fields=(target.path,), title="what is signed is not what the guide says")
    guide = _publish(target.line.programme, text, contents, actor=actor, target=target.path)
    if guide.target != target.path:
        # It was published before it was signed: testers learn its name among the signed files.
        Guide.objects.filter(pk=guide.pk).update(target=target.path)
        guide.target = target.path
        if guide.state == GuideState.PUBLISHED:
            announce(programme_audience(guide.programme.slug), FeedKind.GUIDE, f"{guide.programme.slug}/{guide.slug}", view(guide))


def _publish(programme: Programme, text: bytes, contents: dict[str, Content], *, actor: User | None, target: str = "") -> Guide:
    document, sha256 = read(text), hashlib.sha256(text).hexdigest()
    with writing():
        lock(f"guide {programme.pk} {document.id}")
        known = Guide.objects.filter(programme=programme, slug=document.id, version=document.version).first()
        if known is not None:
            return _same(known, sha256, contents)
        Guide.objects.filter(programme=programme, slug=document.id, state=GuideState.PUBLISHED).update(state=GuideState.REPLACED)
        guide = _create(programme, document, text.decode(), sha256, target)
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
        target=guide.target,
        files=tuple(GuideFileView(name=file.name, sha256=file.sha256, size=file.size) for file in guide.files.all()),
    )


def _create(programme: Programme, document: Document, text: str, sha256: str, target: str) -> Guide:
    return Guide.objects.create(
        programme=programme,
        slug=document.id,
        version=document.version,
        title=dict(document.title),
        sha256=sha256,
        document=text,
        target=target,
        published_at=timezone.now(),
    )


def _document(folder: Path) -> bytes:
    try:
        # One byte more than may be tells that it is too much, without reading it all.
        with (folder / GUIDE_DOCUMENT).open("rb") as file:
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
