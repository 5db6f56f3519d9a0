# SPDX-License-Identifier: Apache-2.0
"""Attacks on the metadata that a desktop asks a hub for, each over HTTP against a hub that lies: refused, and nothing of it is kept.

"Refused" means three things each time: the right error, what this PC knew before still holds, and the honest hub is followed again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fakes.signed_hub import NOW, Maker, endless, trickle
from faults.signing.attacked import PATH, STAMP, Bench, attacked
from firstlight.base.work import Work
from firstlight.firmware.errors import Expired, NotSigned, Untrusted
from firstlight.hublink.errors import Reason, Unreachable
from firstlight_contract.signing import METADATA_PATH
from firstlight_hub.firmware import keys, signing


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with attacked(tmp_path) as made:
        yield made


# -- old things -----------------------------------------------------------------------------------------------------------


def test_rollback_of_the_whole_repository(bench: Bench) -> None:
    old = bench.maker.served()
    bench.maker.publish("a1/26.48-boot.img", b"newer", version="26.48")
    bench.update()
    bench.trust.target("a1/26.48-boot.img", Work())
    bench.hub.content = old
    bench.refuses(Untrusted, "rollback")
    bench.recovers()


def test_rollback_of_the_timestamp_alone(bench: Bench) -> None:
    old = bench.hub.content[STAMP]
    bench.maker.sign_online()
    bench.update()
    bench.trust.refresh(Work())
    bench.hub.lies[STAMP] = old
    bench.refuses(Untrusted, "rollback")
    bench.recovers()


def test_rollback_of_the_snapshot_by_the_stolen_online_key(bench: Bench) -> None:
    bench.maker.sign_online(snapshot=1)
    bench.update()
    bench.refuses(Untrusted, "rollback")


def test_rollback_of_a_line_by_the_stolen_online_key(bench: Bench) -> None:
    newest, old = bench.maker.roles["a1"], bench.maker.history[METADATA_PATH + "1.a1.json"]
    bench.maker.roles["a1"] = old
    bench.maker.sign_online()
    bench.update()
    bench.refuses(Untrusted, "rollback")
    bench.maker.roles["a1"] = newest
    bench.recovers()


@pytest.mark.parametrize("which", ["timestamp", "snapshot"])
def test_freeze_at_an_expired_role_of_the_hub(bench: Bench, which: str) -> None:
    bench.maker.sign_online(lives=timedelta(days=-1))
    if which == "snapshot":
        bench.maker.sign_timestamp()
    bench.update()
    bench.refuses(Expired)
    bench.recovers()


def test_freeze_at_an_expired_line(bench: Bench) -> None:
    bench.maker.resign_line("a1", expires=NOW - timedelta(days=1))
    bench.update()
    bench.refuses(Expired)


def test_freeze_at_expired_targets(bench: Bench) -> None:
    bench.maker.change_top(lambda top: setattr(top, "expires", NOW - timedelta(days=1)))
    bench.update()
    bench.refuses(Expired)


def test_freeze_at_an_expired_root(bench: Bench) -> None:
    root = signing.root_of(bench.maker.roles["root"])
    root.version, root.expires = 2, NOW - timedelta(days=1)
    bench.maker.roles["root"] = signing.signed(root, bench.maker.roots[:2])
    bench.update()
    bench.refuses(Expired)


def test_a_wrong_clock_is_named(bench: Bench) -> None:
    bench.maker.sign_online(lives=timedelta(days=-1))
    bench.update()
    late = {"Date": "Mon, 01 Jan 2024 10:00:00 GMT"}
    bench.hub.lies[STAMP] = lambda handler: handler.answer(200, bench.hub.content[STAMP], late)
    bench.refuses(Expired, "clock")


# -- parts that were not signed for each other ----------------------------------------------------------------------------


def test_mix_of_an_old_snapshot_under_a_new_timestamp(bench: Bench) -> None:
    old = bench.maker.roles["snapshot"]
    bench.maker.publish("a1/26.48-boot.img", b"newer", version="26.48")
    bench.update()
    bench.hub.lies[f"{METADATA_PATH}{bench.maker.version('snapshot')}.snapshot.json"] = old
    bench.refuses(Untrusted, "mixed")
    bench.recovers()


@pytest.mark.parametrize("role", ["a1", "targets"])
def test_mix_of_an_old_role_under_a_new_snapshot(bench: Bench, role: str) -> None:
    old = bench.maker.roles[role]
    if role == "a1":
        bench.maker.publish("a1/26.48-boot.img", b"newer", version="26.48")
    else:
        bench.maker.change_top(lambda _top: None)
    bench.update()
    bench.hub.lies[f"{METADATA_PATH}{bench.maker.version(role)}.{role}.json"] = old
    bench.refuses(Untrusted, "mixed")
    bench.recovers()


def test_one_role_in_the_place_of_another(bench: Bench) -> None:
    bench.hub.lies[STAMP] = bench.maker.roles["snapshot"]
    bench.refuses(Untrusted, "damaged")
    bench.recovers()


# -- more than was asked for, and slower ----------------------------------------------------------------------------------


def test_endless_timestamp(bench: Bench) -> None:
    bench.hub.lies[STAMP] = endless()
    bench.refuses(Untrusted, "endless")
    bench.recovers()


@pytest.mark.parametrize("role", ["snapshot", "a1", "root"])
def test_endless_metadata(bench: Bench, role: str) -> None:
    bench.maker.publish("a1/26.48-boot.img", b"newer", version="26.48")
    bench.update()
    version = 2 if role == "root" else bench.maker.version(role)
    bench.hub.lies[f"{METADATA_PATH}{version}.{role}.json"] = endless()
    bench.refuses(Untrusted, "endless", path="a1/26.48-boot.img")
    bench.recovers()


def test_a_trickle_meets_the_deadline(bench: Bench) -> None:
    bench.hub.lies[STAMP] = trickle(bench.hub.content[STAMP], 0.05)
    began = time.monotonic()
    bench.refuses(Unreachable, Reason.TIMEOUT, trust=bench.new_trust(deadline_s=0.3))
    assert time.monotonic() - began < 5
    bench.recovers()


# -- stolen keys ----------------------------------------------------------------------------------------------------------


def test_a_forged_release_by_the_stolen_online_key(bench: Bench) -> None:
    bench.maker.publish("a1/26.48-evil.img", b"evil", key=bench.maker.online, version="26.48")
    bench.update()
    bench.refuses(Untrusted, "signature", path="a1/26.48-evil.img")


def test_targets_forged_by_the_stolen_online_key(bench: Bench) -> None:
    thief = keys.new()
    bench.maker.roles |= signing.with_line(bench.maker.roles["targets"], bench.maker.roles["a1"], "a1", thief, bench.maker.online, NOW)
    bench.maker.sign_online()
    bench.update()
    bench.refuses(Untrusted, "signature")


def test_a_lines_key_is_worth_nothing_outside_its_line(bench: Bench) -> None:
    bench.maker.publish("r1/26.47-evil.bin", b"evil", line="a1", device="r1")
    bench.update()
    bench.refuses(NotSigned, path="r1/26.47-evil.bin")
    bench.recovers()


def test_a_lines_key_signs_no_other_line(bench: Bench) -> None:
    bench.maker.publish("r1/26.47-evil.bin", b"evil", key=bench.maker.lines["a1"])
    bench.update()
    bench.refuses(Untrusted, "signature", path="r1/26.47-evil.bin")
    bench.recovers()


def _root(bench: Bench, signers: list, version: int = 2) -> bytes:
    """A root that hands everything to the thief, by whatever keys they have."""
    thief = keys.new()
    root = signing.root_of(bench.maker.roles["root"])
    for role in ("targets", "snapshot", "timestamp"):
        for keyid in list(root.roles[role].keyids):
            root.revoke_key(keyid, role)
        root.add_key(thief.public_key, role)
    root.version = version
    return signing.signed(root, signers)


def test_one_of_two_root_keys_changes_nothing(bench: Bench) -> None:
    bench.hub.lies[METADATA_PATH + "2.root.json"] = _root(bench, bench.maker.roots[:1])
    bench.refuses(Untrusted, "signature")
    bench.recovers()


def test_a_root_signed_by_its_own_new_keys_alone_is_none(bench: Bench) -> None:
    other = Maker()
    root = signing.root_of(other.roles["root"])
    root.version = 2
    bench.hub.lies[METADATA_PATH + "2.root.json"] = signing.signed(root, other.roots)
    bench.refuses(Untrusted, "signature")
    bench.recovers()


@pytest.mark.parametrize("version", [1, 3])
def test_a_root_that_skips_or_repeats_a_version(bench: Bench, version: int) -> None:
    bench.hub.lies[METADATA_PATH + "2.root.json"] = _root(bench, bench.maker.roots[:2], version)
    bench.refuses(Untrusted, "rollback")
    bench.recovers()


def test_a_fake_hub_at_the_same_address(bench: Bench) -> None:
    fake = Maker()
    fake.publish(PATH, b"evil", partition="boot")
    for _ in range(5):
        fake.sign_online()
    bench.hub.content = fake.served()
    bench.refuses(Untrusted, "signature")
    bench.recovers()


def test_signatures_taken_away(bench: Bench) -> None:
    for name in (STAMP,):
        bare = json.loads(bench.hub.content[name])
        bare["signatures"] = []
        bench.hub.lies[name] = json.dumps(bare).encode()
    bench.refuses(Untrusted, "signature")
    bench.recovers()


def test_the_same_signature_twice_is_no_threshold(bench: Bench) -> None:
    root = json.loads(_root(bench, bench.maker.roots[:1]))
    root["signatures"] = root["signatures"] * 2
    bench.hub.lies[METADATA_PATH + "2.root.json"] = json.dumps(root).encode()
    bench.refuses(Untrusted)
    bench.recovers()


def test_recovery_from_a_stolen_online_key_that_ran_ahead(bench: Bench) -> None:
    bench.maker.sign_online(snapshot=900_000, timestamp=900_000)
    bench.update()
    bench.trust.refresh(Work())
    thiefs = bench.maker.roles["timestamp"]
    bench.maker.online = keys.new()
    bench.maker.roles["root"] = signing.with_online(bench.maker.roles["root"], bench.maker.online.public_key, bench.maker.roots[:2], NOW)
    bench.maker.sign_online(snapshot=7, timestamp=7)
    bench.update()
    assert bench.trust.target(PATH, Work()).version == "26.47"
    bench.hub.lies[STAMP] = thiefs
    bench.refuses(Untrusted, "signature")


def test_a_rotated_line_key_is_followed_and_the_old_one_worth_nothing(bench: Bench) -> None:
    stolen, fresh = bench.maker.lines["a1"], keys.new()
    bench.maker.roles |= signing.with_line(bench.maker.roles["targets"], bench.maker.roles["a1"], "a1", fresh, bench.maker.targets, NOW)
    bench.maker.lines["a1"] = fresh
    bench.maker.publish("a1/26.48-boot.img", b"newer", version="26.48")
    bench.update()
    assert bench.trust.target("a1/26.48-boot.img", Work()).key == fresh.public_key.keyid
    bench.maker.publish("a1/26.49-evil.img", b"evil", key=stolen, version="26.49")
    bench.update()
    bench.refuses(Untrusted, "signature", path="a1/26.49-evil.img")


def test_rotated_root_and_targets_keys_are_followed(bench: Bench) -> None:
    maker, fresh, top = bench.maker, keys.new(), keys.new()
    lost = maker.roots[2].public_key.keyid
    maker.roles["root"] = signing.with_root_key(maker.roles["root"], lost, fresh, maker.roots[:2], NOW)
    bench.maker.served()
    maker.roles |= signing.with_targets_key(maker.roles["root"], maker.roles["targets"], top, [maker.roots[0], fresh], NOW)
    maker.sign_online()
    bench.update()
    assert bench.trust.target(PATH, Work()).version == "26.47"
    assert bench.trust.pin is not None
