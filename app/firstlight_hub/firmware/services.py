# SPDX-License-Identifier: Apache-2.0
"""Everything that is written about builds. A published build never changes, except that its change list may learn what was fixed."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from pydantic import ValidationError

from firstlight_contract import firmware as wire
from firstlight_contract.feed import FeedKind
from firstlight_contract.problem import Code
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import announce, programme_audience, take_back, user_audience, writing
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.base.shelf import Content, keep, open_to
from firstlight_hub.base.signals import published
from firstlight_hub.firmware import repository
from firstlight_hub.firmware.models import Change, Release, ReleaseFile, ReleaseState

_NAME = re.compile(r"[^/\\\x00-\x1f]{1,200}")


def add_file(release: Release, path: Path, *, name: str = "", partition: str = "", actor: User | None = None) -> ReleaseFile:
    """Store an image and put it into a draft."""
    content = keep(path)
    with writing():
        _must_be(release, ReleaseState.DRAFT)
        name = name or path.name
        if not _NAME.fullmatch(name):
            raise ProblemError(Code.INVALID, 422, fields=("name",))
        file, _ = ReleaseFile.objects.update_or_create(
            release=release, name=name, defaults={"partition": partition, "sha256": content.sha256, "size": content.size}
        )
        record(actor, "release.file", f"{release.pk}/{name}", after={"sha256": content.sha256, "size": content.size})
    return file


def add_change(
    release: Release, kind: wire.ChangeKind, title: dict[str, str], body: dict[str, str], *, fixes: tuple[str, ...] = ()
) -> Change:
    """Append a line to the change list."""
    order = release.changes.count() + 1
    return Change.objects.create(release=release, order=order, kind=kind.value, title=title, body=body, fixes=list(fixes))


def publish(release: Release, *, actor: User | None = None, at: datetime | None = None) -> Release:
    """Give a draft to the programme's testers; reports that its change list names as fixed learn of it (see base.signals)."""
    with writing():
        _must_be(release, ReleaseState.DRAFT)
        release.state, release.published_at = ReleaseState.PUBLISHED, at or release.published_at or timezone.now()
        release.save()
        _must_fit(release)
        _must_be_signed(release)
        audience = programme_audience(release.programme.slug)
        for file in release.files.all():
            open_to(audience, Content(file.sha256, file.size))
        tell_all(release)
        record(actor, "release.publish", str(release.pk), after={"version": release.version})
        published.send(sender=Release, release=release, actor=actor)
    return release


def keep_draft(release: Release, *, actor: User | None = None) -> Release:
    """Keep a draft that staff wrote, new or changed."""
    with writing():
        if Release.objects.filter(pk=release.pk).exists():
            _must_be(release, ReleaseState.DRAFT)
        release.save()
        record(actor, "release.draft", str(release.pk), after={"version": release.version, "device": release.device.slug})
    return release


def withdraw(release: Release, *, actor: User | None = None) -> Release:
    """Take a build away from every desktop."""
    with writing():
        _must_be(release, ReleaseState.PUBLISHED)
        release.state = ReleaseState.WITHDRAWN
        release.save(update_fields=["state"])
        take_back(FeedKind.RELEASE, str(release.pk), view(release))
        record(actor, "release.withdraw", str(release.pk), after={"version": release.version})
    return release


def resign_due(now: datetime) -> bool:
    """Sign the repository's snapshot and timestamp when they have little life left; whether it did. To be called now and then."""
    return repository.resign_due(now)


def on_ticked(*, now: datetime, **_other: object) -> None:
    """Receives base.signals.ticked."""
    resign_due(now)


def tell_all(release: Release) -> None:
    """Announce a published build to its programme."""
    announce(programme_audience(release.programme.slug), FeedKind.RELEASE, str(release.pk), view(release))


def tell_reporter(release: Release, user: User, numbers: frozenset[str]) -> None:
    """Announce to one tester the copy in which the lines that fix their reports are marked as theirs."""
    announce(user_audience(user.pk), FeedKind.RELEASE, str(release.pk), view(release, yours=numbers))


def view(release: Release, *, yours: frozenset[str] = frozenset()) -> wire.Release:
    """A build as a desktop reads it; lines that fix one of the reports in `yours` are marked."""
    return wire.Release(
        id=release.pk,
        programme=release.programme.slug,
        device=release.device.slug,
        device_name=release.device.name,
        version=release.version,
        from_version=release.from_version,
        week=release.week,
        published_at=release.published_at or timezone.now(),
        keeps_data=release.keeps_data,
        minutes=release.minutes,
        guide=release.guide,
        rollback_index=release.rollback_index,
        files=tuple(_file(file) for file in release.files.all()),
        changes=tuple(_line(change, yours) for change in release.changes.all()),
    )


def _file(file: ReleaseFile) -> wire.ImageFile:
    return wire.ImageFile(name=file.name, partition=file.partition, sha256=file.sha256, size=file.size, target=file.target)


def _line(change: Change, yours: frozenset[str]) -> wire.Change:
    return wire.Change(
        id=change.pk,
        kind=wire.ChangeKind(change.kind),
        title=change.title,
        body=change.body,
        fixes=tuple(change.fixes),
        yours=not yours.isdisjoint(change.fixes),
        comments=change.comments,
    )


def _must_fit(release: Release) -> None:
    """Staff type words and numbers by hand: what a desktop could not read is refused before anybody gets it."""
    try:
        view(release)
    except ValidationError as error:
        places = tuple(".".join(str(part) for part in mistake["loc"]) for mistake in error.errors())
        raise ProblemError(Code.INVALID, 422, fields=places, title=f"does not fit: {', '.join(places)}") from error
    if any("en" not in words for change in release.changes.all() for words in (change.title, change.body or {"en": ""})):
        raise ProblemError(Code.INVALID, 422, fields=("changes",), title="every line of the change list needs English words")


def _must_be_signed(release: Release) -> None:
    """Once the hub signs, desktops flash nothing else: staff's button cannot bring out what no key has signed."""
    if repository.exists() and release.files.filter(target="").exists():
        names = tuple(release.files.filter(target="").values_list("name", flat=True))
        raise ProblemError(Code.CONFLICT, 409, fields=names, title=f"not signed: {', '.join(names)}")


def _must_be(release: Release, state: str) -> None:
    """Checked on the locked row: two of the staff may press the button at once."""
    now = Release.objects.select_for_update().get(pk=release.pk).state
    if now != state:
        raise ProblemError(Code.CONFLICT, 409, title=f"the build is {now}")
