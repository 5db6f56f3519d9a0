# SPDX-License-Identifier: Apache-2.0
"""Who may sign what: the admissions of lines, targets and root, each with the attack that it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from tuf.api.metadata import DelegatedRole, Delegations, TargetFile, Targets

from firstlight_contract.signing import Submission
from firstlight_hub.firmware import keys, repository, signing
from hub.conftest import Cast
from hub.firmware.admitting import payload, refused
from hub.firmware.conftest import Manager


def test_snapshot_and_timestamp_are_the_hubs_alone(manager: Manager) -> None:
    for role in ("snapshot", "timestamp"):
        refused(lambda role=role: manager.submit({role: repository.content(role) or b""}), 422)


def test_a_line_that_nobody_delegated_is_none(manager: Manager) -> None:
    for name in ("r1", "root.json", "../x", "A", ""):
        made = signing.signed(Targets(expires=signing.until("line", timezone.now())), [manager.lines["a1"]])
        refused(lambda name=name, made=made: manager.submit({name: made}), 422)


def test_metadata_of_another_kind_is_none(manager: Manager) -> None:
    refused(lambda: manager.submit({"a1": repository.content("root") or b""}), 422)
    refused(lambda: manager.submit({"root": repository.content("targets") or b""}), 422)
    for junk in (b"", b"{}", b"[]", b"[" * 50_000, b'{"signed": 1, "signatures": []}'):
        refused(lambda junk=junk: manager.submit({"a1": junk}), 422)


def test_a_line_delegates_to_nobody(manager: Manager) -> None:
    thief, line = keys.new(), payload("a1")
    role = DelegatedRole("x", [thief.public_key.keyid], 1, terminating=True, paths=["a1/*"])
    line.version, line.delegations = 2, Delegations({thief.public_key.keyid: thief.public_key}, {"x": role})
    refused(lambda: manager.submit({"a1": signing.signed(line, [manager.lines["a1"]])}), 422)


def _changed_top(manager: Manager, change: Callable[[Any], None]) -> dict[str, bytes]:
    top = payload("targets")
    change(top)
    top.version += 1
    return {"targets": signing.signed(top, [manager.top])}


TOPS: dict[str, Callable[[Any], object]] = {
    "a file of its own": lambda top: top.targets.update({"a1/x": TargetFile(1, {"sha256": "0" * 64}, "a1/x")}),
    "a forgotten line": lambda top: top.delegations.roles.pop("guides"),
    "paths of another line": lambda top: setattr(top.delegations.roles["a1"], "paths", ["guides/*"]),
    "all paths": lambda top: setattr(top.delegations.roles["a1"], "paths", ["*/*"]),
    "not terminating": lambda top: setattr(top.delegations.roles["a1"], "terminating", False),
    "no delegations": lambda top: setattr(top, "delegations", None),
}


@pytest.mark.parametrize("what", TOPS)
def test_targets_delegate_each_line_its_own_paths_and_nothing_else(manager: Manager, what: str) -> None:
    refused(lambda: manager.submit(_changed_top(manager, lambda top: TOPS[what](top) and None)), 422)


def test_a_line_is_never_delegated_to_the_online_key(manager: Manager) -> None:
    online = manager.online()
    made = signing.with_line(repository.content("targets") or b"", repository.content("a1"), "a1", online, manager.top, timezone.now())
    refused(lambda: manager.submit(made), 422)


def test_a_new_line_key_needs_the_line_signed_by_it(manager: Manager) -> None:
    made = signing.with_line(repository.content("targets") or b"", repository.content("a1"), "a1", keys.new(), manager.top, timezone.now())
    refused(lambda: manager.submit({"targets": made["targets"]}), 403)


# -- root -------------------------------------------------------------------------------------------------------------------


def test_one_root_key_of_two_changes_nothing(manager: Manager) -> None:
    fresh = repository.fresh_online()
    made = signing.with_online(repository.content("root") or b"", fresh, manager.roots[:1], timezone.now())
    refused(lambda: manager.submit({"root": made}), 403)
    strangers = signing.with_online(repository.content("root") or b"", fresh, [keys.new(), keys.new()], timezone.now())
    refused(lambda: manager.submit({"root": strangers}), 403)


def test_root_names_an_online_key_that_lies_here_and_signs_nothing_else(manager: Manager) -> None:
    for key in (keys.new(), manager.top, manager.roots[0]):
        made = signing.with_online(repository.content("root") or b"", key.public_key, manager.roots[:2], timezone.now())
        refused(lambda made=made: manager.submit({"root": made}), 422)


def test_a_repository_is_begun_on_the_hubs_own_machine(unstarted: Manager, cast: Cast) -> None:
    refused(lambda: unstarted.begin(is_local=False), 403)
    form = Submission(metadata={role: data.decode() for role, data in unstarted.first().items()})
    answer = cast.alice.call("PUT", "/staff/signing", form.model_dump(mode="json"))
    assert answer.status_code == 403
