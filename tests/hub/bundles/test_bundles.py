# SPDX-License-Identifier: Apache-2.0
"""Bundles from sticks: once, in whatever mixture with the network; only by whom they claim; and hostile ones do no harm."""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from firstlight_hub.base.models import Audit
from firstlight_hub.bundles.models import Bundle
from firstlight_hub.reports import parts
from firstlight_hub.reports import services as reports
from firstlight_hub.reports.models import Comment, Report, Upload
from hub.conftest import Cast
from hub.sticks import Stick
from hub.stored import report, sent

LOG = b"a log that came by stick " * 100


def written(cast: Cast, **more: Any) -> Stick:
    """A report with a log, and a word about it, by Bob's PC."""
    name = uuid.uuid4()
    file = {"sha256": hashlib.sha256(LOG).hexdigest(), "name": "log.txt", "size": len(LOG), "media": "text/plain", "role": "log"}
    acts = [
        ("report", name, report(attachments=[file])),
        ("comment", uuid.uuid4(), {"report": str(name), "text": "and it is loud"}),
    ]
    return Stick(str(cast.bob.user.subject), acts=acts, blobs=[LOG], **more)


def introduce(cast: Cast, stick: Stick) -> None:
    assert cast.bob.call("PUT", f"/pcs/{stick.pc}", {"public_key": stick.public_key}).status_code in (200, 201)


def bring(caller: Any, stick: Stick, data: bytes | None = None) -> Any:
    """Upload it and have it taken."""
    file = sent(caller.user, stick.zip() if data is None else data)
    return caller.call("PUT", f"/bundles/{stick.id}", {"sha256": file["sha256"]})


def counts() -> tuple[int, int]:
    return Report.objects.count(), Comment.objects.count()


def test_it_counts_once_however_often_and_by_whomever_it_is_brought(cast: Cast) -> None:
    stick = written(cast)
    introduce(cast, stick)
    first = bring(cast.carol, stick)
    assert (first.status_code, first.json()["new"], first.json()["refused"]) == (201, 2, [])
    for who in (cast.carol, cast.bob, cast.alice):
        again = bring(who, stick)
        assert (again.status_code, again.json()["new"]) == (200, 0)
    assert counts() == (1, 1)
    kept = Report.objects.get()
    assert (kept.user, kept.attachments.get().sha256) == (cast.bob.user, hashlib.sha256(LOG).hexdigest())
    assert Bundle.objects.get().times == 4


def test_what_the_network_had_brought_before_is_known(cast: Cast) -> None:
    stick = written(cast)
    sent(cast.bob.user, LOG)
    assert cast.bob.call("PUT", f"/reports/{stick.acts[0][1]}", stick.acts[0][2]).status_code == 201
    answer = bring(cast.bob, stick)
    assert (answer.json()["acts"], answer.json()["new"]) == (2, 1)
    assert cast.bob.call("PUT", f"/reports/{stick.acts[0][1]}", stick.acts[0][2]).status_code == 200
    assert counts() == (1, 1)


def test_a_newer_revision_from_the_network_is_not_taken_back_by_an_old_stick(cast: Cast) -> None:
    stick = written(cast)
    name = stick.acts[0][1]
    cast.bob.call("PUT", f"/reports/{name}", report(rev=2, title="newer"))
    bring(cast.bob, stick)
    assert (Report.objects.get().rev, Report.objects.get().title) == (2, "newer")


def test_nobody_can_speak_for_another(cast: Cast) -> None:
    unknown = written(cast)
    assert bring(cast.carol, unknown).status_code == 403
    known = written(cast)
    introduce(cast, known)
    forged = Stick(known.subject, acts=known.acts, blobs=known.blobs, pc=known.pc)
    assert bring(cast.carol, forged).status_code == 403, "another key under the PC's name"
    other = written(cast, manifest={"subject": str(cast.alice.user.subject)}, pc=known.pc, key=known.key)
    assert bring(cast.carol, other).status_code == 403, "Bob's PC speaks for Alice"
    assert counts() == (0, 0)
    assert cast.carol.call("PUT", f"/pcs/{known.pc}", {"public_key": forged.public_key}).status_code == 404
    assert cast.bob.call("PUT", f"/pcs/{known.pc}", {"public_key": forged.public_key}).status_code == 409


def test_a_key_cannot_come_by_what_it_signed(cast: Cast) -> None:
    stick = written(cast)
    stick.acts.append(("pc", uuid.uuid4(), {"public_key": stick.public_key}))
    answer = bring(cast.bob, stick)
    assert [line["kind"] for line in answer.json()["refused"]] == ["pc"]
    assert not cast.bob.user.pcs.exists()


@pytest.mark.parametrize("harm", ["act", "blob", "signature", "text", "packed", "locked", "endless", "many", "lying size", "no file"])
def test_a_hostile_file_is_refused_and_leaves_nothing_wrong(cast: Cast, harm: str) -> None:
    stick = written(cast)
    data = stick.zip()
    if harm == "act":
        data = stick.zip(harm={"acts/0.json": b'{"programme": "aurora"}'})
    elif harm == "blob":
        data = stick.zip(harm={f"blobs/{hashlib.sha256(LOG).hexdigest()}": LOG[:-1] + b"!"})
    elif harm == "signature":
        data = stick.zip(sign_with=Ed25519PrivateKey.generate())
    elif harm == "text":
        data = b"PK no zip at all"
    elif harm == "packed":
        stick.compression = zipfile.ZIP_DEFLATED
        data = stick.zip()
    elif harm == "locked":
        locked = bytearray(stick.zip())
        locked[locked.index(b"PK\x01\x02") + 8] |= 1
        data = bytes(locked)
    elif harm == "endless":
        data = stick.zip(harm={"manifest.json": b" " * (9 << 20)})
    elif harm == "many":
        act = {"kind": "report", "subject": str(uuid.uuid4()), "file": 0, "sha256": "0" * 64}
        data = written(cast, manifest={"acts": [act] * 5001}).zip()
    elif harm == "lying size":
        said = {"sha256": hashlib.sha256(LOG).hexdigest(), "size": 5, "name": "log.txt", "media": "text/plain"}
        stick.manifest = {"blobs": [said]}
        data = stick.zip()
    else:
        stick.manifest = {"blobs": [{"sha256": "0" * 64, "size": 5, "name": "log.txt", "media": "text/plain"}]}
        data = stick.zip()
    answer = bring(cast.bob, stick, data)
    if harm == "act":
        assert answer.json()["refused"][0]["code"] == "invalid"
    else:
        assert answer.status_code in (422, 460), answer.content
    assert Report.objects.count() == 0
    assert not Upload.objects.filter(user=cast.bob.user, sha256=hashlib.sha256(LOG).hexdigest(), size=5).exists()


def test_a_bundle_that_was_not_uploaded_is_asked_for(cast: Cast) -> None:
    answer = cast.bob.call("PUT", f"/bundles/{uuid.uuid4()}", {"sha256": "0" * 64})
    assert (answer.status_code, answer.json()["missing"]) == (424, ["0" * 64])


def test_the_name_in_the_address_is_the_bundles_own(cast: Cast) -> None:
    stick = written(cast)
    file = sent(cast.bob.user, stick.zip())
    assert cast.bob.call("PUT", f"/bundles/{uuid.uuid4()}", {"sha256": file["sha256"]}).status_code == 422


def test_an_act_that_cannot_be_taken_is_named_and_the_others_are(cast: Cast) -> None:
    stick = written(cast)
    stick.acts.insert(0, ("report", uuid.uuid4(), report(programme="nobody-here")))
    stick.acts.append(("wish", uuid.uuid4(), {}))
    answer = bring(cast.bob, stick).json()
    assert (answer["new"], [line["kind"] for line in answer["refused"]]) == (2, ["report", "wish"])


def test_beyond_the_limit_it_waits_and_goes_on_where_it_stood(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "PER_HOUR", 3)
    stick = Stick(str(cast.bob.user.subject), acts=[("report", uuid.uuid4(), report(title=f"r{n}")) for n in range(5)])
    answer = bring(cast.bob, stick)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert Report.objects.count() == 3
    monkeypatch.setattr(reports, "PER_HOUR", 1_000_000)
    assert bring(cast.bob, stick).json()["new"] == 2
    assert Report.objects.count() == 5


def test_a_quota_holds_for_sticks_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = written(cast)
    file = sent(cast.bob.user, stick.zip())
    monkeypatch.setattr(parts, "TESTER_BYTES", 100)
    assert cast.bob.call("PUT", f"/bundles/{stick.id}", {"sha256": file["sha256"]}).status_code == 413
    assert Report.objects.count() == 0


def test_the_staffs_page_takes_a_file_and_writes_down_who_brought_it(cast: Cast) -> None:
    stick = written(cast)
    introduce(cast, stick)
    alice = Client()
    alice.force_login(cast.alice.user)
    for _twice in range(2):
        file = io.BytesIO(stick.zip())
        file.name = "2026-11-20.firstlight"
        answer = alice.post("/admin/hub_bundles/bundle/add/", {"file": file}, follow=True)
        assert answer.status_code == 200
    assert b"0 of 2 were new" in answer.content
    assert counts() == (1, 1)
    assert Audit.objects.filter(action="bundle.take", actor=str(cast.alice.user.subject)).count() == 2
    bad = io.BytesIO(b"nonsense")
    bad.name = "x.firstlight"
    assert b"no bundle" in alice.post("/admin/hub_bundles/bundle/add/", {"file": bad}, follow=True).content
    assert b'type="file"' in alice.get("/admin/hub_bundles/bundle/add/").content


def test_a_tester_cannot_reach_the_staffs_page(cast: Cast) -> None:
    bob = Client()
    bob.force_login(cast.bob.user)
    assert bob.get("/admin/hub_bundles/bundle/add/").status_code == 302
