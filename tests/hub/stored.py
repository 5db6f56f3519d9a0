# SPDX-License-Identifier: Apache-2.0
"""Forms as a desktop sends them, and files as if they had been uploaded."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone

from firstlight_hub.account.models import User
from firstlight_hub.base.models import FeedItem
from firstlight_hub.base.shelf import files
from firstlight_hub.reports.models import Upload


def report(**other: Any) -> dict[str, Any]:
    """A report's form, first revision."""
    form = {"programme": "aurora", "rev": 1, "title": "Camera froze", "text": "After a call.", "captured_at": "2026-11-20T21:14:00+01:00"}
    return form | other


def sent(user: User, content: bytes, *, name: str = "log.txt", role: str = "log", media: str = "text/plain") -> dict[str, Any]:
    """`content` as if this tester had uploaded it; its entry in a report's form."""
    sha256, size = files().put([content])
    now = timezone.now()
    known = {"size": size, "sha256": sha256, "stored_at": now, "expires_at": now + timedelta(days=7)}
    Upload.objects.update_or_create(user=user, name=sha256, defaults=known)
    return {"sha256": sha256, "name": name, "size": size, "media": media, "role": role}


def unsent(content: bytes) -> dict[str, Any]:
    """An entry in a report's form for what nobody has uploaded."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "name": "x.txt", "size": len(content), "media": "text/plain", "role": "log"}


def news(user: User, kind: str) -> list[dict[str, Any]]:
    """What the person's own feed says of one kind, oldest first."""
    return [item.body for item in FeedItem.objects.filter(audience=f"u:{user.pk}", kind=kind, deleted=False).order_by("id")]
