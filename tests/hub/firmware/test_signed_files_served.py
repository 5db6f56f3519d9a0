# SPDX-License-Identifier: Apache-2.0
"""What the hub serves of its repository, to whom, and that it signs its timestamp in time."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tuf.api.metadata import Metadata

from firstlight_contract.signing import METADATA_PATH, TARGETS_PATH, file_name
from firstlight_hub.firmware import files as served_files
from firstlight_hub.firmware import repository, services
from firstlight_hub.firmware.models import SignedMetadata
from hub.conftest import Caller, Cast
from hub.firmware.conftest import IMAGE, Manager

NAME = file_name("a1/26.47-boot.img", hashlib.sha256(IMAGE).hexdigest())


def get(who: Caller | Client, path: str, **headers: str) -> Any:
    return getattr(who, "client", who).get(path, headers=headers)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_metadata_is_for_everybody_and_only_the_timestamp_changes(manager: Manager) -> None:
    stamp = get(Client(), METADATA_PATH + "timestamp.json")
    assert (stamp.status_code, stamp.content) == (200, repository.content("timestamp"))
    assert "immutable" not in stamp.headers["Cache-Control"]
    assert get(Client(), METADATA_PATH + "timestamp.json", **{"If-None-Match": stamp.headers["ETag"]}).status_code == 304
    for name in ("1.root", "1.targets", "1.a1", "1.snapshot"):
        answer = get(Client(), f"{METADATA_PATH}{name}.json")
        assert (answer.status_code, "immutable" in answer.headers["Cache-Control"]) == (200, True), name
        assert answer.headers["X-Hub"]


NO_NAMES = (
    "root.json",
    "a1.json",
    "2.root.json",
    "0.root.json",
    "1.timestamp.json",
    "9" * 30 + ".root.json",
    "..",
    "%2e%2e/keys",
    "1.A1.json",
)


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_metadata_is_not_there(manager: Manager, name: str) -> None:
    assert get(Client(), METADATA_PATH + name).status_code == 404


def test_files_are_for_the_lines_testers_and_public_ones_for_everybody(manager: Manager, cast: Cast) -> None:
    tool = b"a tool"
    manager.submit(manager.line(manager.file()))
    manager.submit(manager.line(manager.file("tools/flash-1.zip", tool, device="", partition=""), name="tools"))
    answer = get(cast.bob, TARGETS_PATH + NAME)
    assert (answer.status_code, body(answer)) == (200, IMAGE)
    assert get(cast.carol, TARGETS_PATH + NAME).status_code == 404
    assert get(Client(), TARGETS_PATH + NAME).status_code == 401
    public = get(Client(), TARGETS_PATH + file_name("tools/flash-1.zip", hashlib.sha256(tool).hexdigest()))
    assert (public.status_code, body(public)) == (200, tool)
    assert public.headers["Cache-Control"].startswith("public")


def test_a_part_of_a_signed_file(manager: Manager, cast: Cast) -> None:
    manager.submit(manager.line(manager.file()))
    answer = get(cast.bob, TARGETS_PATH + NAME, Range="bytes=1000-")
    assert (answer.status_code, answer.headers["Content-Range"]) == (206, f"bytes 1000-{len(IMAGE) - 1}/{len(IMAGE)}")
    assert body(answer) == IMAGE[1000:]
    assert get(cast.bob, TARGETS_PATH + NAME, Range=f"bytes={len(IMAGE)}-").status_code == 416


@pytest.mark.parametrize("change", ["other hash", "other name", "other line", "no hash", "up"])
def test_only_the_exact_signed_name_is_there(manager: Manager, cast: Cast, change: str) -> None:
    manager.submit(manager.line(manager.file()))
    sha256 = hashlib.sha256(IMAGE).hexdigest()
    name = {
        "other hash": f"a1/{'0' * 64}.26.47-boot.img",
        "other name": f"a1/{sha256}.26.48-boot.img",
        "other line": f"guides/{sha256}.26.47-boot.img",
        "no hash": "a1/26.47-boot.img",
        "up": f"a1/../a1/{sha256}.26.47-boot.img",
    }[change]
    assert get(cast.bob, TARGETS_PATH + name).status_code == 404


def test_the_timestamp_is_signed_in_time_and_not_more_often(manager: Manager) -> None:
    def version() -> int:
        return int(Metadata.from_bytes(repository.content("timestamp") or b"").signed.version)

    first, now = version(), timezone.now()
    assert not services.resign_due(now)
    assert not services.resign_due(now + timedelta(days=2))
    assert services.resign_due(now + timedelta(days=4))
    assert version() == first + 1
    SignedMetadata.objects.filter(role="timestamp").update(expires=now + timedelta(hours=1))
    assert get(Client(), METADATA_PATH + "timestamp.json").content == repository.content("timestamp")
    assert version() == first + 2, "a request for a timestamp about to end has it signed first"


def test_old_timestamps_go_and_every_root_stays(manager: Manager) -> None:
    for days in range(4, 40, 4):
        services.resign_due(timezone.now() + timedelta(days=days))
    assert SignedMetadata.objects.filter(role="timestamp").count() == 3
    assert SignedMetadata.objects.filter(role="root", version=1).exists()


def test_a_lost_online_key_stops_nothing_but_signing(manager: Manager, caplog: pytest.LogCaptureFixture) -> None:
    for path in repository.online_keys().folder.glob("*.pem"):
        path.unlink()
    with caplog.at_level(logging.ERROR):
        assert not services.resign_due(timezone.now() + timedelta(days=5))
    assert "online key" in caplog.text
    assert not repository.state().online_ok
    assert get(Client(), METADATA_PATH + "timestamp.json").status_code == 200


def test_the_online_key_is_for_the_hubs_user_alone(manager: Manager) -> None:
    (found,) = repository.online_keys().folder.glob("*.pem")
    assert found.stat().st_mode & 0o777 == 0o600


def test_the_admin_has_no_page_that_signs(manager: Manager, cast: Cast) -> None:
    pages = Client()
    pages.force_login(cast.alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = pages.get("/admin/").content.decode()
    for model in ("signedmetadata", "signedtarget", "productline"):
        assert model not in shown
        assert pages.get(f"/admin/hub_firmware/{model}/").status_code == 404


@given(header=st.text(max_size=50) | st.from_regex(r"bytes=[0-9]{0,25}-[0-9]{0,25}"), size=st.integers(0, 10_000))
def test_any_range_is_a_part_of_the_file_or_none(header: str, size: int) -> None:
    part = served_files._asked(header, size)
    assert part is None or (0 <= part.start <= part.stop <= size or not part)
