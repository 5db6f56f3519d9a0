# SPDX-License-Identifier: Apache-2.0
"""A request that says what it should be is held against that; one that says nothing is of a desktop of before, and passes."""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from firstlight_contract.endpoint import API, CHECK_HEADER, HUB_HEADER, check_of
from hub.prepared import people
from hub.serving import running
from hub.stored import report


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    data: Path = tmp_path_factory.mktemp("intact") / "hub"
    with running(data) as url:
        yield url, people(data)["bob"]


def put(hub: tuple[str, str], check: str | None, *, path: str = "", spoil: bytes = b"") -> tuple[int, dict[str, str]]:
    url, token = hub
    body = json.dumps(report(attachments=[])).encode()
    path = path or f"{API}/reports/{uuid.uuid4()}"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if check is not None:
        headers[CHECK_HEADER] = check or check_of("PUT", path, body)
    line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    line.request("PUT", path, body.replace(b'"', spoil, 1) if spoil else body, headers)
    answer = line.getresponse()
    said = json.loads(answer.read())
    line.close()
    assert answer.headers[HUB_HEADER] == "1"
    return answer.status, said


def test_what_arrives_as_it_was_sent_is_taken_with_and_without_the_header(hub: tuple[str, str]) -> None:
    assert put(hub, "")[0] in (200, 201)
    assert put(hub, None)[0] in (200, 201)


def test_another_body_another_name_and_another_check_are_not_believed(hub: tuple[str, str]) -> None:
    for status, said in (
        put(hub, "", spoil=b"'"),
        put(hub, check_of("PUT", f"{API}/reports/{uuid.uuid4()}", b"")),
        put(hub, "é".encode().hex()),
    ):
        assert (status, said["code"]) == (460, "checksum")
