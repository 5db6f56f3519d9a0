# SPDX-License-Identifier: Apache-2.0
"""A tester who has sent much: the next file costs what the first one cost."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firstlight_hub.reports import parts
from firstlight_hub.reports.models import Upload
from hub.conftest import Cast
from hub.stored import report, sent


def questions(cast: Cast) -> int:
    """How many questions to the database a new upload costs."""
    with CaptureQueriesContext(connection) as asked:
        parts.create(cast.bob.user, size=5, sha256="", file_name="x", media="text/plain", now=timezone.now())
    return len(asked)


def test_files_that_reports_show_are_not_asked_after_one_by_one(cast: Cast) -> None:
    questions(cast)  # the first one also makes the row that counts them
    before = questions(cast)
    files = [sent(cast.bob.user, f"log {n}".encode()) for n in range(20)]
    assert cast.bob.call("PUT", f"/reports/{uuid.uuid4()}", report(attachments=files)).status_code == 201
    spare = sent(cast.bob.user, b"attached nowhere")
    Upload.objects.filter(user=cast.bob.user).exclude(stored_at=None).update(expires_at=timezone.now() - timedelta(days=1))
    first = questions(cast)
    assert not Upload.objects.filter(sha256=spare["sha256"]).exists(), "nobody shows it, and its time is over"
    assert Upload.objects.filter(user=cast.bob.user).exclude(stored_at=None).count() == 20
    assert first - before <= 4, "what it costs to drop the one"
    assert questions(cast) == before
