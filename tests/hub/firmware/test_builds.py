# SPDX-License-Identifier: Apache-2.0
"""Builds: drafts are staff's, published ones stand, their files are open to the programme's testers and to nobody else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from firstlight_contract.feed import FeedKind
from firstlight_contract.firmware import ChangeKind
from firstlight_contract.firmware import Release as ReleaseView
from firstlight_hub.base.models import Audit, FeedItem
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.base.shelf import keep
from firstlight_hub.devices.services import define_model
from firstlight_hub.firmware import services
from firstlight_hub.firmware.models import Release
from hub.conftest import Caller, Cast

IMAGE = os.urandom(300_000)


@pytest.fixture
def draft(cast: Cast, tmp_path: Path) -> Release:
    model = define_model(cast.programme, "a1", "Aurora A1")
    release = Release.objects.create(programme=cast.programme, device=model, version="26.47", week="2026-W47", guide="a1-weekly")
    image = tmp_path / "boot.img"
    image.write_bytes(IMAGE)
    services.add_file(release, image, partition="boot")
    services.add_change(release, ChangeKind.NEW, {"en": "Keyboard"}, {"en": "One-handed."})
    return release


def sha(release: Release) -> str:
    return str(release.files.get().sha256)


def fetch(who: Caller, sha256: str, **headers: str) -> Any:
    return who.call("GET", f"/files/{sha256}", **headers)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_draft_reaches_nobody_and_a_published_build_the_programme(cast: Cast, draft: Release) -> None:
    assert not FeedItem.objects.filter(kind="release").exists()
    assert fetch(cast.bob, sha(draft)).status_code == 404
    services.publish(draft, actor=cast.alice.user)
    item = FeedItem.objects.get(kind=FeedKind.RELEASE.value)
    view = ReleaseView.model_validate(item.body)
    assert (item.audience, view.version, view.device_name, len(view.changes)) == ("p:aurora", "26.47", "Aurora A1", 1)
    answer = fetch(cast.bob, view.files[0].sha256)
    assert (answer.status_code, body(answer)) == (200, IMAGE)
    assert Audit.objects.filter(action="release.publish").count() == 1


def test_a_published_build_stands_and_is_published_once(cast: Cast, draft: Release, tmp_path: Path) -> None:
    services.publish(draft)
    for act in (lambda: services.publish(draft), lambda: services.add_file(draft, tmp_path / "boot.img", name="other.img")):
        with pytest.raises(ProblemError) as refused:
            act()
        assert refused.value.problem.status == 409


def test_a_withdrawn_build_leaves_every_desktop(cast: Cast, draft: Release) -> None:
    services.publish(draft)
    services.withdraw(draft)
    assert FeedItem.objects.get(kind="release").deleted


def test_files_are_for_the_programmes_testers_alone(cast: Cast, draft: Release, tmp_path: Path) -> None:
    services.publish(draft)
    assert fetch(cast.carol, sha(draft)).status_code == 404
    assert Client().get(f"/api/v1/files/{sha(draft)}").status_code == 401
    secret = tmp_path / "attachment"
    secret.write_bytes(b"a tester's log")
    assert fetch(cast.bob, keep(secret).sha256).status_code == 404, "stored, but published to nobody"
    for name in ("0" * 64, "x", "..", "A" * 64):
        assert fetch(cast.bob, name).status_code == 404


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-99", slice(0, 100)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-50", slice(-50, None)),
        ("bytes=299999-", slice(299_999, None)),
        ("bytes=0-99999999", slice(0, None)),
    ],
)
def test_a_part_is_that_part(cast: Cast, draft: Release, asked: str, part: slice) -> None:
    services.publish(draft)
    answer = fetch(cast.bob, sha(draft), Range=asked)
    start, stop, _ = part.indices(len(IMAGE))
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(IMAGE)}"
    assert answer.headers["Content-Length"] == str(stop - start)
    assert body(answer) == IMAGE[part]


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=5-2", "bytes=x", "items=0-5", "bytes=-", "bytes=" + "9" * 40 + "-"])
def test_a_range_that_we_do_not_serve_gives_the_whole(cast: Cast, draft: Release, asked: str) -> None:
    services.publish(draft)
    answer = fetch(cast.bob, sha(draft), Range=asked)
    assert (answer.status_code, len(body(answer))) == (200, len(IMAGE))


def test_a_part_beyond_the_end_is_refused_with_the_length(cast: Cast, draft: Release) -> None:
    services.publish(draft)
    for asked in ("bytes=300000-", "bytes=400000-500000", "bytes=-0"):
        answer = fetch(cast.bob, sha(draft), Range=asked)
        assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */300000")


def test_a_file_may_be_kept_for_ever_and_is_never_shown_as_a_page(cast: Cast, draft: Release) -> None:
    services.publish(draft)
    answer = fetch(cast.bob, sha(draft))
    body(answer)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"] == "attachment"
    tag = answer.headers["ETag"]
    assert fetch(cast.bob, sha(draft), **{"If-None-Match": tag}).status_code == 304
    stale = fetch(cast.bob, sha(draft), Range="bytes=0-9", **{"If-Range": '"other"'})
    assert (stale.status_code, len(body(stale))) == (200, len(IMAGE))
    head = cast.bob.call("HEAD", f"/files/{sha(draft)}")
    assert (head.status_code, head.headers["Content-Length"], head.content) == (200, str(len(IMAGE)), b"")
    assert cast.bob.call("POST", f"/files/{sha(draft)}").status_code == 405


def test_staff_publish_and_withdraw_by_the_admin(cast: Cast, draft: Release) -> None:
    pages = Client()
    pages.force_login(cast.alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert pages.get(f"/admin/hub_firmware/release/{draft.pk}/change/").status_code == 200
    for action, state in (("publish", "published"), ("publish", "published"), ("withdraw", "withdrawn")):
        answer = pages.post("/admin/hub_firmware/release/", {"action": action, "_selected_action": [str(draft.pk)]})
        assert answer.status_code == 302
        draft.refresh_from_db()
        assert draft.state == state
    assert pages.get(f"/admin/hub_firmware/release/{draft.pk}/change/").status_code == 200


def test_the_page_of_a_published_build_has_nothing_to_save(cast: Cast, draft: Release) -> None:
    pages = Client()
    pages.force_login(cast.alice.user)
    address = f"/admin/hub_firmware/release/{draft.pk}/change/"
    assert b'name="_save"' in pages.get(address).content
    services.publish(draft, actor=cast.alice.user)
    page = pages.get(address)
    assert (page.status_code, b"26.47" in page.content, b'name="_save"' in page.content) == (200, True, False)
