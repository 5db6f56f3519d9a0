# SPDX-License-Identifier: Apache-2.0
"""Resumable uploads as bytes on a wire: a real hub, cut connections, lying hashes, strangers, and a client that somebody else wrote."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tusclient.client import TusClient

from hub.prepared import Desk, people
from hub.serving import running

CHUNK = "application/offset+octet-stream"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str], Path]]:
    """A hub in a process of its own; its address, tokens, folder."""
    data = tmp_path_factory.mktemp("uploads") / "hub"
    with running(data) as url:
        yield url, people(data), data


@pytest.fixture
def bob(hub: tuple[str, dict[str, str], Path]) -> Desk:
    return Desk(hub[0], hub[1]["bob"])


def metadata(**said: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())


def create(desk: Desk, content: bytes, *, sha256: str = "", size: int | None = None) -> str:
    """Announce `content`; the upload's address below /api/v1."""
    sha256 = sha256 or hashlib.sha256(content).hexdigest()
    length = len(content) if size is None else size
    said = metadata(sha256=sha256, filename="log.txt", filetype="text/plain")
    answer = desk.tus("POST", "/uploads", **{"Upload-Length": str(length), "Upload-Metadata": said})
    assert answer.status_code == 201, answer.text
    place = answer.headers["Location"]
    assert place.endswith(f"/uploads/{sha256}")
    return place.removeprefix("/api/v1")


def patch(desk: Desk, place: str, at: int, content: bytes, **headers: str) -> object:
    said = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(at), "Content-Type": CHUNK} | headers
    return desk.call("PATCH", place, data=content, headers=said)


def cut_patch(desk: Desk, place: str, at: int, content: bytes, *, announced: int) -> None:
    """Send `content` of a body that was announced longer, and hang up."""
    address = urlsplit(desk.hub)
    head = (
        f"PATCH /api/v1{place} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {desk.token}\r\nTus-Resumable: 1.0.0\r\n"
        f"Upload-Offset: {at}\r\nContent-Type: {CHUNK}\r\nContent-Length: {announced}\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=10) as wire:
        wire.sendall(head.encode() + content)
        wire.shutdown(socket.SHUT_RDWR)


def offset(desk: Desk, place: str) -> int:
    answer = desk.tus("HEAD", place)
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def finish(desk: Desk, place: str, content: bytes) -> object:
    """Send the rest as a client does: a dying request may still be writing, then the offset is asked for again."""
    for _ in range(50):
        at = offset(desk, place)
        answer = patch(desk, place, at, content[at:])
        if answer.status_code != 409:
            return answer
    raise AssertionError("the offset never settled")


def test_the_hub_says_what_it_can(bob: Desk) -> None:
    answer = bob.call("OPTIONS", "/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) >= {"creation", "checksum", "expiration", "termination"}
    assert int(answer.headers["Tus-Max-Size"]) > 2 * 1024**3
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert answer.headers["X-Hub"]


def test_a_file_in_two_chunks_is_stored_and_says_so(bob: Desk, hub: tuple[str, dict[str, str], Path]) -> None:
    content = os.urandom(700_000)
    place = create(bob, content)
    first = patch(bob, place, 0, content[:500_000])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "500000")
    assert "X-Blob" not in first.headers
    second = patch(bob, place, 500_000, content[500_000:])
    assert (second.status_code, second.headers["X-Blob"]) == (204, "stored")
    sha256 = hashlib.sha256(content).hexdigest()
    assert (hub[2] / "files" / sha256[:2] / sha256).read_bytes() == content
    again = bob.tus("HEAD", place)
    assert (again.headers["X-Blob"], again.headers["Upload-Offset"], again.headers["Upload-Length"]) == ("stored", "700000", "700000")
    assert create(bob, content) == place


def test_a_cut_connection_keeps_what_had_arrived_and_the_rest_follows(bob: Desk) -> None:
    content = os.urandom(3 * 1024 * 1024)
    place = create(bob, content)
    cut_patch(bob, place, 0, content[:2_000_000], announced=len(content))
    until = time.monotonic() + 10
    while (at := offset(bob, place)) < 1_900_000 and time.monotonic() < until:
        pass
    assert 1_900_000 <= at <= 2_000_000
    assert finish(bob, place, content).headers["X-Blob"] == "stored"


def test_a_wrong_offset_is_told_and_changes_nothing(bob: Desk) -> None:
    content = os.urandom(1000)
    place = create(bob, content)
    assert patch(bob, place, 0, content[:400]).status_code == 204
    answer = patch(bob, place, 0, content)
    assert (answer.status_code, answer.json()["code"]) == (409, "offset")
    assert offset(bob, place) == 400


def test_an_empty_file_is_stored_at_its_announcement(bob: Desk) -> None:
    answer = bob.tus("POST", "/uploads", **{"Upload-Length": "0", "Upload-Metadata": metadata(sha256=hashlib.sha256(b"").hexdigest())})
    assert (answer.status_code, answer.headers["X-Blob"]) == (201, "stored")


def test_bytes_that_are_not_those_announced_are_dropped_and_can_be_sent_again(bob: Desk) -> None:
    content = os.urandom(5000)
    place = create(bob, content)
    flipped = bytes([content[0] ^ 1]) + content[1:]
    answer = patch(bob, place, 0, flipped)
    assert (answer.status_code, answer.json()["code"]) == (460, "checksum")
    assert bob.tus("HEAD", place).status_code == 404
    assert patch(bob, create(bob, content), 0, content).headers["X-Blob"] == "stored"


def test_a_chunk_whose_checksum_does_not_fit_leaves_no_byte(bob: Desk) -> None:
    content = os.urandom(5000)
    place = create(bob, content)
    right = base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()
    answer = patch(bob, place, 0, bytes(5000), **{"Upload-Checksum": f"sha1 {right}"})
    assert answer.status_code == 460
    assert offset(bob, place) == 0
    assert patch(bob, place, 0, content, **{"Upload-Checksum": f"sha1 {right}"}).headers["X-Blob"] == "stored"
    assert patch(bob, create(bob, b"x"), 0, b"x", **{"Upload-Checksum": "md5 AAAA"}).status_code == 400


def test_more_bytes_than_announced_are_refused(bob: Desk) -> None:
    place = create(bob, b"abcd")
    assert patch(bob, place, 0, b"abcdefgh").status_code == 413
    assert offset(bob, place) <= 4


def test_another_testers_upload_is_not_there_and_a_known_hash_is_no_file(bob: Desk, hub: tuple[str, dict[str, str], Path]) -> None:
    content = os.urandom(2000)
    place = create(bob, content)
    assert patch(bob, place, 0, content).headers["X-Blob"] == "stored"
    dora = Desk(hub[0], hub[1]["dora"])
    assert dora.tus("HEAD", place).status_code == 404
    assert patch(dora, place, 0, content).status_code == 404
    assert dora.tus("DELETE", place).status_code == 404
    assert create(dora, content) == place
    assert "X-Blob" not in dora.tus("HEAD", place).headers
    assert offset(dora, place) == 0
    assert offset(bob, place) == 2000


def test_a_dropped_upload_is_gone(bob: Desk) -> None:
    place = create(bob, b"some words")
    assert bob.tus("DELETE", place).status_code == 204
    assert bob.tus("HEAD", place).status_code == 404
    assert bob.tus("DELETE", place).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2", "Upload-Length": "5"}, 412),
        ({"Tus-Resumable": "1.0.0"}, 400),
        ({"Tus-Resumable": "1.0.0", "Upload-Length": "-1"}, 400),
        ({"Tus-Resumable": "1.0.0", "Upload-Length": "9" * 40}, 400),
        ({"Tus-Resumable": "1.0.0", "Upload-Length": str(3 * 1024**3)}, 413),
        ({"Tus-Resumable": "1.0.0", "Upload-Defer-Length": "1"}, 400),
        ({"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": "sha256 ***"}, 400),
        ({"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": metadata(sha256="../../etc/passwd")}, 400),
    ],
)
def test_an_announcement_that_does_not_fit_is_refused(bob: Desk, headers: dict[str, str], status: int) -> None:
    answer = bob.call("POST", "/uploads", headers=headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_nobody_uploads_without_a_token(bob: Desk) -> None:
    stranger = Desk(bob.hub, "nonsense")
    assert stranger.tus("POST", "/uploads", **{"Upload-Length": "5"}).status_code == 401
    assert stranger.tus("HEAD", "/uploads/" + "0" * 64).status_code == 401
    assert patch(stranger, "/uploads/" + "0" * 64, 0, b"x").status_code == 401


def test_a_name_that_is_a_path_leads_nowhere(bob: Desk) -> None:
    assert bob.tus("HEAD", "/uploads/..%2f..%2fhub.sqlite3").status_code == 404


def test_the_first_bytes_may_come_with_the_announcement(bob: Desk) -> None:
    content = os.urandom(3000)
    said = {"Upload-Length": "3000", "Upload-Metadata": metadata(sha256=hashlib.sha256(content).hexdigest()), "Content-Type": CHUNK}
    answer = bob.call("POST", "/uploads", data=content[:1000], headers={"Tus-Resumable": "1.0.0"} | said)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "1000")


def test_a_body_in_http_chunks_arrives_too(bob: Desk) -> None:
    content = os.urandom(300_000)
    place = create(bob, content)
    pieces = (content[at : at + 70_000] for at in range(0, len(content), 70_000))
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": CHUNK}
    answer = bob.call("PATCH", place, data=pieces, headers=headers)
    assert (answer.status_code, answer.headers.get("X-Blob")) == (204, "stored")
    assert bob.call("GET", "/me").status_code == 200


def test_a_client_that_somebody_else_wrote_uploads_too(bob: Desk) -> None:
    content = os.urandom(1_500_000)
    client = TusClient(f"{bob.hub}/api/v1/uploads", headers={"Authorization": f"Bearer {bob.token}"})
    uploader = client.uploader(file_stream=io.BytesIO(content), chunk_size=400_000, metadata={"filename": "log.txt"}, upload_checksum=True)
    uploader.upload()
    head = bob.session.head(uploader.url, headers={"Tus-Resumable": "1.0.0"}, timeout=10)
    assert (head.headers["Upload-Offset"], head.headers["X-Blob"]) == ("1500000", "stored")


def test_a_refusal_of_many_bytes_leaves_the_connection_in_order(bob: Desk) -> None:
    for _ in range(3):
        answer = patch(bob, "/uploads/" + "1" * 64, 0, bytes(300_000))
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert bob.tus("HEAD", "/uploads/" + "1" * 64).status_code == 404
        assert bob.call("GET", "/me").json()["name"] == "bob"


def test_a_dying_request_cannot_change_what_was_stored(bob: Desk, hub: tuple[str, dict[str, str], Path]) -> None:
    """Two requests at one upload: the slow one goes on writing other bytes after the quick one has completed the file."""
    content = os.urandom(600_000)
    place = create(bob, content)
    address = urlsplit(bob.hub)
    head = (
        f"PATCH /api/v1{place} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {bob.token}\r\nTus-Resumable: 1.0.0\r\n"
        f"Upload-Offset: 0\r\nContent-Type: {CHUNK}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=10) as slow:
        slow.sendall(head.encode() + content[:300_000])
        until = time.monotonic() + 10
        while offset(bob, place) < 256 * 1024 and time.monotonic() < until:
            pass
        assert finish(bob, place, content).headers["X-Blob"] == "stored"
        slow.sendall(bytes(300_000))
        slow.recv(4096)
    sha256 = hashlib.sha256(content).hexdigest()
    assert (hub[2] / "files" / sha256[:2] / sha256).read_bytes() == content


def test_an_upload_goes_on_after_the_hub_was_killed(tmp_path: Path) -> None:
    content, data = os.urandom(800_000), tmp_path / "hub"
    with running(data) as url:
        tokens = people(data)
        place = create(Desk(url, tokens["bob"]), content)
        assert patch(Desk(url, tokens["bob"]), place, 0, content[:500_000]).status_code == 204
    with running(data) as url:
        desk = Desk(url, tokens["bob"])
        assert offset(desk, place) == 500_000
        assert finish(desk, place, content).headers["X-Blob"] == "stored"
