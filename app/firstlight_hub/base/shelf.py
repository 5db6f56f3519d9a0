# SPDX-License-Identifier: Apache-2.0
"""The hub's stored files, and which of them an audience may fetch by `GET /files/{sha256}`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from firstlight_hub.base.models import PublicFile
from firstlight_hub.base.storage import Files


class Content(NamedTuple):
    """What a file is known by."""

    sha256: str
    size: int


def files() -> Files:
    """The files of this hub."""
    return Files(settings.HUB_DATA / "files")


def keep(path: Path) -> Content:
    """Store a copy of `path`."""
    return Content(*files().put_file(path))


def open_to(audience: str, content: Content, media: str = "application/octet-stream") -> None:
    """Let `audience` fetch a stored file."""
    PublicFile.objects.bulk_create(
        [PublicFile(sha256=content.sha256, audience=audience, size=content.size, media=media)], ignore_conflicts=True
    )


def opened_to(audiences: tuple[str, ...], sha256: str) -> PublicFile | None:
    """The file if one of `audiences` may fetch it."""
    return PublicFile.objects.filter(sha256=sha256, audience__in=audiences).first()
