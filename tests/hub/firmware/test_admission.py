# SPDX-License-Identifier: Apache-2.0
"""What the hub admits into its repository: the admissions of signed metadata, each with the attack that it refuses.

Whatever is refused leaves nothing behind: no row, no timestamp, no word to testers.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tuf.api.metadata import Metadata, TargetFile

from firstlight_contract.feed import FeedKind
from firstlight_contract.firmware import Release as ReleaseView
from firstlight_contract.problem import Problem
from firstlight_contract.signing import Facts, Kind, LineState, SignedFile, State, Submission
from firstlight_hub.base.models import Audit, FeedItem
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.base.shelf import files
from firstlight_hub.devices.services import define_model
from firstlight_hub.firmware import keys, repository, services, signing
from firstlight_hub.firmware.models import Release
from firstlight_hub.guides.models import Guide
from hub.conftest import Cast
from hub.firmware.admitting import note, payload, refused
from hub.firmware.conftest import IMAGE, Manager

# -- what is admitted -----------------------------------------------------------------------------------------------------


def test_a_signed_build_is_admitted_and_reaches_the_testers(manager: Manager, cast: Cast) -> None:
    define_model(cast.programme, "a1", "Aurora A1")
    manager.submit(manager.line(manager.file(rollback_index=3)), build=note(), actor=cast.alice.user)
    view = ReleaseView.model_validate(FeedItem.objects.get(kind=FeedKind.RELEASE.value).body)
    (file,) = view.files
    assert (file.target, file.partition, file.sha256) == ("a1/26.47-boot.img", "boot", hashlib.sha256(IMAGE).hexdigest())
    assert (view.rollback_index, view.changes[0].kind.value) == (3, "fixed")
    assert payload("snapshot").meta["a1.json"].version == 2
    assert payload("timestamp").snapshot_meta.version == payload("snapshot").version
    assert {"signing.admit", "release.publish"} <= set(Audit.objects.values_list("action", flat=True))


def test_a_signed_build_may_wait_as_a_draft_until_staff_publish_it(manager: Manager, cast: Cast) -> None:
    define_model(cast.programme, "a1", "Aurora A1")
    manager.submit(manager.line(manager.file()), build=note(is_draft=True))
    assert not FeedItem.objects.filter(kind="release").exists()
    services.publish(Release.objects.get(), actor=cast.alice.user)
    assert FeedItem.objects.filter(kind="release").exists()


def test_a_guide_is_published_by_its_signature(manager: Manager) -> None:
    text = GUIDE.encode()
    target = manager.file("guides/wipe-1.yaml", text, kind=Kind.GUIDE, version="1", device="", partition="")
    manager.submit(manager.line(target, name="guides"))
    assert Guide.objects.get().target == "guides/wipe-1.yaml"
    assert FeedItem.objects.get(kind="guide").body["target"] == "guides/wipe-1.yaml"


def test_a_guide_that_is_none_or_says_otherwise_is_refused_whole(manager: Manager) -> None:
    facts = {"kind": Kind.GUIDE, "device": "", "partition": ""}
    bad = (
        manager.file("guides/wipe-1.yaml", b"guide: [", version="1", **facts),
        manager.file("guides/wipe-1.yaml", GUIDE.encode(), version="2", **facts),
        manager.file(
            "guides/wipe-1.yaml",
            GUIDE.encode(),
            version="1",
            files=(SignedFile(name="x.jpg", sha256=hashlib.sha256(IMAGE).hexdigest(), size=len(IMAGE)),),
            **facts,
        ),
    )
    files().put([IMAGE])
    for target in bad:
        refused(lambda target=target: manager.submit(manager.line(target, name="guides")), 422)


def test_another_line_is_begun_by_the_targets_key(manager: Manager) -> None:
    fresh = keys.new()
    made = signing.with_line(repository.content("targets") or b"", None, "r1", fresh, manager.top, timezone.now())
    manager.submit(made, lines=(LineState(name="r1", programme="aurora"),))
    assert {line.name: line.programme for line in repository.state().lines}["r1"] == "aurora"


def test_keys_are_rotated(manager: Manager) -> None:
    now = timezone.now
    stolen, old_online = manager.lines["a1"], repository.state().online_id
    manager.lines["a1"] = keys.new()
    top, line = repository.content("targets") or b"", repository.content("a1")
    manager.submit(signing.with_line(top, line, "a1", manager.lines["a1"], manager.top, now()))
    refused(lambda: manager.submit(manager.line(manager.file(), key=stolen)), 403)
    manager.submit(manager.line(manager.file()))
    fresh = repository.fresh_online()
    manager.submit({"root": signing.with_online(repository.content("root") or b"", fresh, manager.roots[:2], now())})
    assert repository.state().online_id == fresh.keyid != old_online
    Metadata.from_bytes(repository.content("root") or b"").signed.verify_delegate("timestamp", *_signed("timestamp"))


def _signed(role: str) -> tuple[bytes, Any]:
    metadata = Metadata.from_bytes(repository.content(role) or b"")
    return metadata.signed_bytes, metadata.signatures


def test_a_role_is_signed_once_more_before_it_is_over(manager: Manager) -> None:
    for role, signers in (("a1", [manager.lines["a1"]]), ("targets", [manager.top]), ("root", manager.roots[1:])):
        manager.submit({role: signing.renewed(role, repository.content(role) or b"", signers, timezone.now())})
        assert payload(role).version == 2


# -- 1 to 4: signed by the line's key only ---------------------------------------------------------------------------------


@pytest.mark.parametrize("whose", ["online", "another line", "targets", "stranger"])
def test_only_the_lines_own_key_brings_a_file_out(manager: Manager, whose: str) -> None:
    thief = {"online": manager.online(), "another line": manager.lines["guides"], "targets": manager.top, "stranger": keys.new()}[whose]
    refused(lambda: manager.submit(manager.line(manager.file(), key=thief)), 403)


def test_a_signature_over_something_else_is_none(manager: Manager) -> None:
    made = json.loads(manager.line(manager.file())["a1"])
    made["signed"]["targets"]["a1/26.47-boot.img"]["custom"]["downgrade_ok"] = True
    refused(lambda: manager.submit({"a1": json.dumps(made).encode()}), 403)


# -- 5, 6: version exactly one more (the race: test_signing_over_http.py) --------------------------------------------------------


def test_a_version_comes_once_and_none_is_skipped(manager: Manager) -> None:
    made = manager.line(manager.file())
    manager.submit(made)
    refused(lambda: manager.submit(made), 409)
    skipping = signing.with_files(manager.line(manager.file("a1/b.img"))["a1"], manager.lines["a1"], [], timezone.now())
    refused(lambda: manager.submit({"a1": skipping}), 409)


# -- 7, 8: paths inside the line --------------------------------------------------------------------------------------------


OUTSIDE = ("guides/x", "a1/../guides/x", "../a1/x", "a1/..", "a1/.hidden", "a1/a/b", "/a1/x", "a1//x", "a1", "")
ODD = ("A1/x", "a1/x y", "a1/x\x00", "a1/\u202ex", "a1/" + "x" * 300)


@pytest.mark.parametrize("path", [*OUTSIDE, *ODD])
def test_a_path_outside_the_line_is_refused(manager: Manager, path: str) -> None:
    target = TargetFile(len(IMAGE), {"sha256": hashlib.sha256(IMAGE).hexdigest()}, path, {"custom": {"version": "1"}})
    files().put([IMAGE])
    refused(lambda: manager.submit(manager.line(target)), 422)


# -- 9, 10: bytes are here and right ----------------------------------------------------------------------------------------


def test_bytes_that_nobody_uploaded_are_asked_for(manager: Manager) -> None:
    problem = refused(lambda: manager.submit(manager.line(manager.file(is_sent=False))), 424)
    assert problem.missing == (hashlib.sha256(IMAGE).hexdigest(),)


def test_a_wrong_length_and_a_spoiled_file_are_refused(manager: Manager) -> None:
    target = manager.file()
    target.length += 1
    refused(lambda: manager.submit(manager.line(target)), 424)
    place = files().path(hashlib.sha256(IMAGE).hexdigest())
    place.write_bytes(IMAGE[:-1] + b"!")
    refused(lambda: manager.submit(manager.line(manager.file(is_sent=False))), 424)


@pytest.mark.parametrize(
    "hashes", [{"md5": "0" * 32}, {"sha512": "0" * 128}, {"sha256": "0" * 64, "sha512": "0" * 128}, {"sha256": "../../etc"}]
)
def test_a_file_is_named_by_its_sha256_alone(manager: Manager, hashes: dict[str, str]) -> None:
    target = TargetFile(5, hashes, "a1/x", {"custom": {"version": "1"}})
    with pytest.raises(ProblemError) as error:
        manager.submit(manager.line(target))
    assert error.value.problem.status in (422, 424)


# -- 11: no published name ever changes -------------------------------------------------------------------------------------


def test_a_published_name_never_changes(manager: Manager) -> None:
    manager.submit(manager.line(manager.file()))
    refused(lambda: manager.submit(manager.line(manager.file(content=b"other"))), 409)
    refused(lambda: manager.submit(manager.line(manager.file(downgrade_ok=True))), 409)
    refused(lambda: manager.submit(manager.line(manager.file(version="26.48"))), 409)


def test_a_name_that_was_taken_out_never_means_anything_else(manager: Manager) -> None:
    manager.submit(manager.line(manager.file()))
    empty = payload("a1")
    empty.targets.clear()
    empty.version += 1
    manager.submit({"a1": signing.signed(empty, [manager.lines["a1"]])})
    refused(lambda: manager.submit(manager.line(manager.file(content=b"other"))), 409)
    manager.submit(manager.line(manager.file()))


# -- 12: expiry sane --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-1, 0, 1000])
def test_an_absurd_expiry_is_refused(manager: Manager, days: int) -> None:
    line = payload("a1")
    line.version, line.expires = 2, (timezone.now() + timedelta(days=days)).replace(microsecond=0)
    refused(lambda: manager.submit({"a1": signing.signed(line, [manager.lines["a1"]])}), 422)


# -- builds -----------------------------------------------------------------------------------------------------------------


def test_what_is_told_must_be_what_is_signed(manager: Manager, cast: Cast) -> None:
    define_model(cast.programme, "a1", "Aurora A1")
    for said in ({"version": "26.48"}, {"device": "nothing"}, {"programme": "other"}):
        refused(lambda said=said: manager.submit(manager.line(manager.file()), build=note(**said)), 422)
    assert not Release.objects.exists()


def test_staffs_button_brings_nothing_out_that_no_key_has_signed(manager: Manager, cast: Cast) -> None:
    model = define_model(cast.programme, "a1", "Aurora A1")
    release = Release.objects.create(programme=cast.programme, device=model, version="26.47", week="2026-W47", guide="a1-weekly")
    place = repository.online_keys().folder.parent / "boot.img"
    place.write_bytes(IMAGE)
    services.add_file(release, place, partition="boot")
    problem = refused(lambda: services.publish(release, actor=cast.alice.user), 409)
    assert problem.fields == ("boot.img",)
    manager.submit(manager.line(manager.file()), build=note())
    assert [(file.name, file.target) for file in release.files.all()] == [("boot.img", "a1/26.47-boot.img")]


def test_a_build_that_came_out_before_the_hub_signed_is_signed_afterwards(unstarted: Manager, cast: Cast) -> None:
    model = define_model(cast.programme, "a1", "Aurora A1")
    release = Release.objects.create(programme=cast.programme, device=model, version="26.47", week="2026-W47", guide="a1-weekly")
    place = repository.online_keys().folder.parent.parent / "boot.img"
    place.parent.mkdir(parents=True)
    place.write_bytes(IMAGE)
    services.add_file(release, place, partition="boot")
    services.publish(release)
    unstarted.begin()
    for other in (unstarted.file(content=b"other"), unstarted.file(partition="system")):
        refused(lambda other=other: unstarted.submit(unstarted.line(other), build=note()), 409)
    unstarted.submit(unstarted.line(unstarted.file()), build=note())
    assert FeedItem.objects.get(kind="release").body["files"][0]["target"] == "a1/26.47-boot.img"
    refused(lambda: unstarted.submit(unstarted.line(unstarted.file("a1/26.47-more.img")), build=note()), 409)


# -- over the wire ----------------------------------------------------------------------------------------------------------


def test_staff_bring_it_by_their_token_and_nobody_else_may(manager: Manager, cast: Cast) -> None:
    form = Submission(metadata={"a1": manager.line(manager.file())["a1"].decode()}).model_dump(mode="json")
    for who in (cast.bob, cast.carol):
        assert who.call("PUT", "/staff/signing", form).status_code == 404
        assert who.call("GET", "/staff/signing").status_code == 404
        assert who.call("POST", "/staff/signing/online").status_code == 404
    assert Client().put("/api/v1/staff/signing", form, content_type="application/json").status_code == 401
    answer = cast.alice.call("PUT", "/staff/signing", form)
    assert answer.status_code == 200, answer.content
    state = State.model_validate_json(answer.content)
    assert next(role.version for role in state.roles if role.role == "a1") == 2
    assert (state.online_ok, state.demo) == (True, False)
    waiting = State.model_validate_json(cast.alice.call("POST", "/staff/signing/online").content)
    assert waiting.online_id != state.online_id


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{", b"\xff", b'{"metadata": {}}', b'{"metadata": {"a1": 5}}', b"[" * 100_000, b"x" * 2_000_000]
)
def test_a_form_that_is_none_is_refused_politely(manager: Manager, cast: Cast, body: bytes) -> None:
    answer = cast.alice.client.generic("PUT", "/api/v1/staff/signing", body, content_type="application/json")
    assert answer.status_code in (400, 413, 422)
    Problem.model_validate(answer.json())


def test_facts_that_do_not_fit_are_refused(manager: Manager) -> None:
    for custom in (
        {},
        {"version": ""},
        {"version": "x" * 50},
        {"version": "1", "rollback_index": -1},
        {"version": "1", "files": "x"},
        [],
        "x",
        5,
    ):
        files().put([IMAGE])
        target = TargetFile(len(IMAGE), {"sha256": hashlib.sha256(IMAGE).hexdigest()}, "a1/x", {"custom": custom})
        refused(lambda target=target: manager.submit(manager.line(target)), 422)


def test_facts_survive_the_way() -> None:
    facts = Facts(version="26.47", device="a1", partition="boot", min_from="26.40", notes="a\nb", downgrade_ok=True, rollback_index=4)
    target = signing.target("a1/x", sha256="0" * 64, size=1, facts=facts)
    assert Facts.model_validate(target.custom) == facts


GUIDE = """\
guide: 1
id: wipe
version: "1"
title: {en: Wipe}
for: {device: [a1]}
steps:
  - id: look
    title: {en: Look at it}
"""
