# SPDX-License-Identifier: Apache-2.0
"""Uploads at their limits: too many, too old, no room, whole but not yet stored."""

from __future__ import annotations

import base64
import hashlib
import os
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from firstlight_hub.reports import parts
from firstlight_hub.reports.models import Upload
from hub.conftest import Caller, Cast
from hub.stored import report, sent

TUS = {"Tus-Resumable": "1.0.0"}


def create(who: Caller, content: bytes, size: int | None = None) -> Any:
    name = base64.b64encode(hashlib.sha256(content).hexdigest().encode()).decode()
    length = str(len(content) if size is None else size)
    return who.call("POST", "/uploads", **TUS, **{"Upload-Length": length, "Upload-Metadata": f"sha256 {name}"})


def head(who: Caller, content: bytes) -> Any:
    return who.call("HEAD", f"/uploads/{hashlib.sha256(content).hexdigest()}", **TUS)


def patch(who: Caller, content: bytes, at: int = 0) -> Any:
    headers = TUS | {"Upload-Offset": str(at)}
    path = f"/api/v1/uploads/{hashlib.sha256(content).hexdigest()}"
    return who.client.generic("PATCH", path, content[at:], content_type="application/offset+octet-stream", headers=headers)


@pytest.fixture(autouse=True)
def empty(cast: Cast) -> None:
    """Part files are named by rows, and rows of another test are taken back."""
    folder = parts._folder(cast.bob.user.pk)
    for file in folder.glob("*"):
        file.unlink()


def test_too_many_open_uploads_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_OPEN", 2)
    assert create(cast.bob, b"one").status_code == 201
    assert create(cast.bob, b"two").status_code == 201
    answer = create(cast.bob, b"three")
    assert (answer.status_code, answer.json()["code"], int(answer.headers["Retry-After"]) > 0) == (429, "too_many", True)
    assert create(cast.bob, b"one").status_code == 201, "a repeat finds the same upload"
    assert create(cast.alice, b"three").status_code == 201, "everybody has a limit of their own"


def test_too_many_open_bytes_wait_but_one_large_file_goes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "OPEN_BYTES", 1000)
    assert create(cast.bob, b"large", size=5000).status_code == 201
    assert create(cast.bob, b"more", size=10).status_code == 429


def test_a_tester_has_a_quota(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(cast.bob.user, b"x" * 90)
    monkeypatch.setattr(parts, "TESTER_BYTES", 100)
    answer = create(cast.bob, b"more", size=20)
    assert (answer.status_code, answer.json()["limit"]) == (413, 10)


def test_an_upload_whose_time_is_over_is_gone_and_can_begin_anew(cast: Cast) -> None:
    create(cast.bob, b"old news")
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert head(cast.bob, b"old news").status_code == 410
    assert head(cast.bob, b"old news").status_code == 404
    assert create(cast.bob, b"old news").headers["Upload-Offset"] == "0"


def test_what_a_report_shows_is_never_forgotten(cast: Cast) -> None:
    shown, unused = sent(cast.bob.user, b"shown"), sent(cast.bob.user, b"unused")
    form = report(attachments=[shown])
    assert cast.bob.call("PUT", "/reports/6f1c0f5e-8f0a-4c5e-9a3e-2f4d3f1f6a11", form).status_code == 201
    parts.forget_old(cast.bob.user, timezone.now() + timedelta(days=30))
    assert list(Upload.objects.values_list("sha256", flat=True)) == [shown["sha256"]]
    assert parts.files().has(unused["sha256"]), "the bytes may be another tester's too"


def test_what_was_whole_when_the_hub_died_is_stored_when_it_is_asked_for(cast: Cast) -> None:
    content = os.urandom(4000)
    create(cast.bob, content)
    upload = Upload.objects.get()
    parts._opened(parts._part(upload)).close()
    parts._part(upload).write_bytes(content)
    answer = head(cast.bob, content)
    assert (answer.status_code, answer.headers["X-Blob"]) == (200, "stored")
    assert not parts._part(upload).exists()


def test_a_full_disk_is_told_and_nothing_is_acknowledged(cast: Cast) -> None:
    content = os.urandom(4000)
    create(cast.bob, content)
    part = parts._part(Upload.objects.get())
    part.parent.mkdir(parents=True, exist_ok=True)
    part.symlink_to("/dev/full")
    answer = patch(cast.bob, content)
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (503, "unavailable", "300")
    part.unlink()
    assert head(cast.bob, content).headers["Upload-Offset"] == "0"
    assert patch(cast.bob, content).headers["X-Blob"] == "stored"


def test_what_dying_requests_left_is_swept_after_a_day(cast: Cast) -> None:
    create(cast.bob, b"open")
    folder = parts._folder(cast.bob.user.pk)
    folder.mkdir(parents=True, exist_ok=True)
    left = [folder / "999999.part", folder / "5.abc.chunk"]
    for file in left:
        file.write_bytes(b"left")
    parts.forget_old(cast.bob.user, timezone.now())
    assert all(file.exists() for file in left)
    parts.forget_old(cast.bob.user, timezone.now() + timedelta(days=2))
    assert not any(file.exists() for file in left)


def test_a_dropped_upload_leaves_no_byte_behind(cast: Cast) -> None:
    create(cast.bob, b"right")
    path = f"/api/v1/uploads/{hashlib.sha256(b'right').hexdigest()}"
    answer = cast.bob.client.generic(
        "PATCH", path, b"wrong", content_type="application/offset+octet-stream", headers=TUS | {"Upload-Offset": "0"}
    )
    assert answer.status_code == 460
    assert list(parts._folder(cast.bob.user.pk).glob("*")) == []


def test_a_stored_file_has_one_length(cast: Cast) -> None:
    create(cast.bob, b"known")
    assert patch(cast.bob, b"known").headers["X-Blob"] == "stored"
    assert create(cast.bob, b"known", size=999).status_code == 422
    assert head(cast.bob, b"known").headers["X-Blob"] == "stored"
