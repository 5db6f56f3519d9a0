# SPDX-License-Identifier: Apache-2.0
"""What goes with time, and what stays for ever; a fault of one app keeps no other from tidying."""

from __future__ import annotations

import hashlib
import logging
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from firstlight_hub.account.models import Bucket
from firstlight_hub.base.models import PublicFile
from firstlight_hub.base.shelf import files
from firstlight_hub.base.signals import ticked
from firstlight_hub.reports import tidying
from firstlight_hub.reports.models import Attachment, Report, Upload
from firstlight_hub.site.tick import tick
from hub.conftest import Cast
from hub.stored import report, sent


def age(sha256: str, days: int = 30) -> None:
    """As if the file had been kept so long ago."""
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(files().path(sha256), (then, then))


def expire() -> None:
    Upload.objects.update(expires_at=timezone.now() - timedelta(days=1))


def test_an_upload_that_no_report_shows_goes_with_its_file_after_a_week(cast: Cast) -> None:
    forgotten = sent(cast.bob.user, b"sent, and never attached")["sha256"]
    shown = sent(cast.bob.user, b"shown in a report")
    assert cast.bob.call("PUT", f"/reports/{cast.bobs_place.pk}", report(attachments=[shown])).status_code == 201
    age(forgotten)
    age(shown["sha256"])
    assert tick()
    assert files().has(forgotten), "its week is not over"
    expire()
    assert tick()
    assert not files().has(forgotten)
    assert files().has(shown["sha256"])
    assert Upload.objects.filter(sha256=shown["sha256"]).exists()


@pytest.mark.parametrize("holder", ["another tester", "a build", "a moment ago"])
def test_content_that_somebody_else_needs_stays(cast: Cast, holder: str) -> None:
    sha256 = sent(cast.bob.user, b"the same bytes")["sha256"]
    expire()
    if holder == "another tester":
        sent(cast.alice.user, b"the same bytes")
    elif holder == "a build":
        PublicFile.objects.create(sha256=sha256, audience="p:aurora", size=1)
    if holder != "a moment ago":
        age(sha256)
    tick()
    assert files().has(sha256)
    assert not Upload.objects.filter(user=cast.bob.user, sha256=sha256).exists()


def test_files_of_a_report_go_half_a_year_after_it_is_done_and_its_words_stay(cast: Cast) -> None:
    file = sent(cast.bob.user, b"a long log")
    cast.bob.call("PUT", f"/reports/{cast.bobs_place.pk}", report(attachments=[file]))
    now = timezone.now()
    assert tidying.forget_attachments(now + timedelta(days=400)) == 0, "it is not done"
    Report.objects.update(state="fixed", changed_at=now)
    assert tidying.forget_attachments(now + timedelta(days=179)) == 0
    assert tidying.forget_attachments(now + timedelta(days=181)) == 1
    age(file["sha256"])
    expire()
    tick()
    assert not files().has(file["sha256"])
    assert not Attachment.objects.exists()
    assert Report.objects.get().text


def test_what_crashes_left_goes_after_a_day(cast: Cast) -> None:
    root: Path = settings.HUB_DATA / "files"
    (root / "ab").mkdir(parents=True, exist_ok=True)
    left = [root / ".new-1-x", root / "ab" / ".gone-x"]
    for path in left:
        path.write_bytes(b"half")
    tick()
    assert all(path.exists() for path in left)
    for path in left:
        os.utime(path, (1, 1))
    tick()
    assert not any(path.exists() for path in left)


def test_empty_limits_are_forgotten(cast: Cast) -> None:
    Bucket.objects.create(key="x|y", until=timezone.now() - timedelta(hours=1))
    tick()
    assert not Bucket.objects.filter(key="x|y").exists()


def test_a_fault_of_one_app_is_told_and_stops_no_other(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    def broken(sender: Any, **_facts: Any) -> None:
        raise RuntimeError("a bug")

    Bucket.objects.create(key="x|z", until=timezone.now() - timedelta(hours=1))
    ticked.connect(broken)
    try:
        with caplog.at_level(logging.ERROR, "firstlight_hub.site.tick"):
            assert tick()
    finally:
        ticked.disconnect(broken)
    assert "broken failed" in caplog.text
    assert not Bucket.objects.filter(key="x|z").exists()


def test_a_file_that_comes_again_while_it_is_being_dropped_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"dropped and brought again"
    sha256 = hashlib.sha256(data).hexdigest()
    files().put([data])
    age(sha256)

    def brought_again(label: str) -> None:
        if label == "file.set_aside":
            sent(cast.bob.user, data)

    monkeypatch.setattr(tidying, "reached", brought_again)
    assert not tidying.drop_file(sha256, timezone.now())
    assert files().has(sha256)
