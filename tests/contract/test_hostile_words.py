# SPDX-License-Identifier: Apache-2.0
"""Words that databases choke on, in every place where a stranger may put some: refused or taken, never a fault of the hub.

PostgreSQL stores no NUL, SQLite no integer above 2**63; `running` fails when the hub wrote a traceback.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from firstlight_contract.endpoints import ALL
from hub.prepared import Desk, people
from hub.serving import postgres, postgres_programs, running
from hub.stored import report

WORDS = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202egpj.exe",
    "x" * 30_000,
    "\uffff",
    "'; DROP TABLE x; --",
    "%s%n",
    "../../etc/passwd",
    "",
    "🦊" * 300,
]
NUMBERS = [-1, 0, 2**31, 2**63, 2**64, 10**40, 1.5, True, None, "NaN"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def bob(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Bob's PC at a real hub."""
    data = tmp_path_factory.mktemp("hostile") / "hub"
    if request.param == "sqlite":
        with running(data) as url:
            yield Desk(url, people(data)["bob"])
        return
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed here (Debian: apt-get install postgresql)")
    with postgres(programs) as database, running(data, database=database) as url:
        yield Desk(url, people(data, database=database)["bob"])


def forms(endpoint: Any) -> Iterator[dict[str, Any]]:
    """A good form with one field gone bad, each field and each way."""
    now = "2026-11-20T21:14:00+01:00"
    file = {"sha256": "0" * 64, "name": "a.txt", "size": 1, "media": "text/plain", "role": "log"}
    photo = {"sha256": "0" * 64, "name": "a.jpg", "size": 1, "media": "image/jpeg", "words": "x"}
    step = {"step": "screws", "repeats": 1, "seconds": 1, "stopped": False}
    run = {"programme": "aurora", "guide": "router-one", "guide_version": "2"}
    good: dict[str, Any] = {
        "/reports/{id}": report(attachments=[], environment={"os": "Linux"}),
        "/comments/{id}": {"report": str(uuid.uuid4()), "text": "x"},
        "/activity/{id}": {"programme": "aurora", "kind": "build.installed", "at": now, "facts": {"build": "1"}},
        "/devices/{id}": {"programme": "aurora", "model": "a1"},
        "/pcs/{id}": {"public_key": "A" * 43 + "="},
        "/bundles/{id}": {"sha256": "0" * 64},
        "/votes/{id}": {"choice": "yes"},
        "/experiences/{id}": {"release": str(uuid.uuid4()), "best": "x"},
        "/rsvps/{id}": {"going": True},
        "/albums/{id}": run | {"title": "x", "photos": [photo]},
        "/claims/{id}": {"programme": "aurora", "badge": "pioneer", "words": "x"},
        "/statistics/{id}": run | {"steps": [step]},
        "/programmes/join": {"code": "F-0000-0000-00", "display_name": "bob"},
    }[endpoint.path]
    for field, model in endpoint.request.model_fields.items():
        for bad in (*WORDS, *NUMBERS):
            yield good | {field: bad}
        if "dict" in str(model.annotation):
            yield from (good | {field: {word: "v"}} for word in WORDS)
            yield from (good | {field: {"k": word}} for word in WORDS)
        parts = {"attachments": file, "photos": photo, "steps": step}
        if part := parts.get(field):
            yield from (good | {field: [part | {key: bad}]} for key in part for bad in (*WORDS, *NUMBERS))


@pytest.mark.parametrize("endpoint", [e for e in ALL if e.request], ids=lambda endpoint: endpoint.path)
def test_no_field_of_a_form_brings_the_hub_down(bob: Desk, endpoint: Any) -> None:
    for form in forms(endpoint):
        path = endpoint.path.format(id=uuid.uuid4())
        body = json.dumps(form, ensure_ascii=True).encode()
        answer = bob.call(endpoint.method, path, data=body, headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, (path, form, answer.text)


@pytest.mark.parametrize(
    "word", ["%00", "a%00b", "%ed%a0%80", "%F0%9F%A6%8A", "x" * 3000, "..%2f..%2f", "%ff", "%25s", "99999999999999999999999"]
)
def test_no_word_in_an_address_brings_the_hub_down(bob: Desk, word: str) -> None:
    addresses = [f"{e.path.split('{')[0]}{word}" for e in ALL if "{" in e.path]
    addresses += [f"/sync?cursor={word}", f"/sync?limit={word}", f"/files/{word}", f"/{word}"]
    for address in addresses:
        for method in ("GET", "PUT", "DELETE"):
            assert bob.call(method, address).status_code < 500, (method, address)
    for method in ("HEAD", "PATCH", "DELETE"):
        said = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        assert bob.tus(method, f"/uploads/{word}", **said).status_code < 500, (method, word)


def test_no_metadata_of_an_upload_brings_the_hub_down(bob: Desk) -> None:
    for word in [*WORDS[:6], b"\xff\xfe\x00".decode("latin-1"), "x" * 3000]:
        said = base64.b64encode(word.encode("utf-8", "surrogatepass")).decode()
        for header in (
            f"filename {said}",
            f"filetype {said}",
            f"sha256 {said}",
            f"{said}",
            "filename",
            ",,,",
            f"filename {said},filename {said}",
        ):
            answer = bob.tus("POST", "/uploads", **{"Upload-Length": "0", "Upload-Metadata": header})
            assert answer.status_code < 500, header


def test_a_cursor_of_hostile_words_brings_nothing_down(bob: Desk) -> None:
    for said in (
        {"p:aurora\x00": 1},
        {"p:aurora": 10**30},
        {"p:aurora": -1},
        {"p:aurora": 1.5},
        {"p:aurora": True},
        [1],
        {"": 0},
        "x",
        None,
    ):
        cursor = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
        assert bob.call("GET", f"/sync?cursor={cursor}").status_code in (200, 410)
