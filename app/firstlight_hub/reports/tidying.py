# SPDX-License-Identifier: Apache-2.0
"""What of reports and uploads goes with time: uploads that nobody finished or attached, files of reports that are long done.

Each tick does a bounded piece. A file goes last, after every row that names it, and only if none came meanwhile.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from firstlight_contract.reports import FILES_KEPT_DAYS
from firstlight_hub.base.points import reached
from firstlight_hub.base.shelf import files
from firstlight_hub.reports import parts
from firstlight_hub.reports.models import Attachment, Upload
from firstlight_hub.reports.services import DONE

KEPT_AFTER = timedelta(days=FILES_KEPT_DAYS)
"""So long the team may look at the files of a report that is done; then they go, and the words stay."""
PIECE = 200
_YOUNG = timedelta(days=1)


def on_ticked(sender: Any, now: datetime, **_facts: Any) -> None:
    """Receives base.signals.ticked."""
    forget_attachments(now)
    forget_uploads(now)
    parts.sweep_all(now)
    files().sweep((now - _YOUNG).timestamp())


def forget_attachments(now: datetime) -> int:
    """Files of reports that were done 180 days ago; answers how many."""
    old = Attachment.objects.filter(report__state__in=DONE, report__changed_at__lt=now - KEPT_AFTER)
    gone = list(old.values_list("pk", "sha256")[:PIECE])
    Attachment.objects.filter(pk__in=[pk for pk, _sha256 in gone]).delete()
    return len(gone)


def forget_uploads(now: datetime) -> int:
    """Uploads whose time is over and that no report shows, with their files when nothing else names them; answers how many."""
    count = 0
    old = Upload.objects.filter(expires_at__lt=now).order_by("expires_at", "pk")
    for upload in old.exclude(stored_at=None).exclude(sha256__in=Attachment.objects.values("sha256"))[:PIECE]:
        if not parts.is_shown(upload):
            parts.drop(upload)
            drop_file(upload.sha256, now)
            count += 1
    for upload in old.filter(stored_at=None)[:PIECE]:
        parts.drop(upload)
        count += 1
    return count


def drop_file(sha256: str, now: datetime) -> bool:
    """Remove a stored file that no row names; False when one does, or when it came again just now."""
    place = files().path(sha256)
    if _is_named(sha256) or not place.is_file():
        return False
    # Set aside first and looked at again: an upload that ends in this moment puts the name back, and nothing is lost.
    aside = place.with_name(f".gone-{secrets.token_hex(6)}")
    place.replace(aside)
    reached("file.set_aside")
    is_young = aside.stat().st_mtime > (now - _YOUNG).timestamp()
    with transaction.atomic():
        if is_young or _is_named(sha256):
            aside.replace(place)
            return False
    aside.unlink()
    return True


def _is_named(sha256: str) -> bool:
    """Whether any table has a row for this content: every app calls such a column `sha256`."""
    return any(model.objects.filter(sha256=sha256).exists() for model in _naming())


def _naming() -> list[type[Model]]:
    return [model for model in apps.get_models() if any(field.name == "sha256" for field in model._meta.concrete_fields)]  # noqa: SLF001
