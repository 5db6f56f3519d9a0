# SPDX-License-Identifier: Apache-2.0
"""Once a hub signs, a phone gets no byte of what its maker has not signed: told by the phone's own record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fakes.bench_with_phone import Bench, make_bench
from fakes.signed_hub import HostileHub, Maker
from firstlight.base.work import Work
from firstlight.firmware.errors import NotSigned, Untrusted
from firstlight.firmware.images import Images
from firstlight.firmware.trust import Trust
from firstlight.guides.errors import ActionFailed, GateClosed
from firstlight.practice.faults import Faults
from firstlight_contract.firmware import ImageFile, Release
from firstlight_hub.firmware import keys, signing


class Signed:
    """The bench with a maker who signs both builds; `trust` has asked the hub once."""

    def __init__(self, bench: Bench, maker: Maker, hub: HostileHub, folder: Path, **facts: Any) -> None:
        self.bench, self.maker, self.hub = bench, maker, hub
        bench.before, bench.newest = self.sign(bench.before), self.sign(bench.newest, **facts)
        client = hub.client()
        self.trust = Trust(folder, lambda: client)
        self.ask()
        bench.images = Images(bench.root / "builds", bench._download, lambda _account: self.trust)
        bench.runs = bench.open_runs()

    def sign(self, release: Release, **facts: Any) -> Release:
        """The build with its files signed and their names told."""
        for file in release.files:
            content = (self.bench.root / "hub" / file.sha256).read_bytes()
            known = {"partition": file.partition, "version": release.version, "rollback_index": release.rollback_index}
            self.maker.publish(path_of(release, file), content, device="a1", **(known | facts))
        named = tuple(file.model_copy(update={"target": path_of(release, file)}) for file in release.files)
        return release.model_copy(update={"files": named})

    def ask(self) -> None:
        self.hub.content = self.maker.served()
        self.trust.refresh(Work())


def path_of(release: Release, file: ImageFile) -> str:
    return f"a1/{release.version}-{file.name}"


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[tuple[Bench, Maker, HostileHub, Path]]:
    bench, maker = make_bench(tmp_path, with_program=False), Maker()
    with HostileHub(maker.served()) as hub:
        yield bench, maker, hub, tmp_path / "trust"
    bench.runs.close()
    bench.phone.stop()


def test_a_signed_build_is_written_and_the_gate_says_by_whom(parts: tuple[Bench, Maker, HostileHub, Path]) -> None:
    signed = Signed(*parts)
    bench = signed.bench
    player = bench.start()
    bench.play(player, until="flash")
    said = next(gate for gate in player.state.step("checks").gates if gate.id == "genuine").measured
    assert "signed by the maker: line a1" in said["en"]
    assert "制造商签名" in said["zh_CN"]
    signed.hub.content = {}
    bench.play(player)
    assert bench.holds(bench.newest)
    assert bench.fetched == [], "every image came by its signed name"


@pytest.mark.parametrize("lie", ["no name", "another build's name", "a higher rollback index", "another partition"])
def test_a_build_that_is_not_what_was_signed_is_not_even_fetched(parts: tuple[Bench, Maker, HostileHub, Path], lie: str) -> None:
    signed = Signed(*parts)
    bench = signed.bench
    first, second, *rest = bench.newest.files
    changed = {
        "no name": {"files": (first.model_copy(update={"target": ""}), second, *rest)},
        "another build's name": {"files": (first.model_copy(update={"target": bench.before.files[0].target}), second, *rest)},
        "a higher rollback index": {"rollback_index": 7},
        "another partition": {
            "files": (
                first.model_copy(update={"partition": second.partition}),
                second.model_copy(update={"partition": first.partition}),
                *rest,
            )
        },
    }[lie]
    bench.newest = bench.newest.model_copy(update=changed)
    player = bench.start()
    with pytest.raises(ActionFailed) as failed:
        bench.play(player)
    assert type(failed.value.__cause__) is (NotSigned if lie == "no name" else Untrusted)
    assert failed.value.facts.get("reason") == (None if lie == "no name" else "mixed")
    assert bench.phone.image_bytes == 0
    assert not any(bench.images.path(file).exists() for file in bench.newest.files)


def test_a_build_whose_signature_is_taken_back_between_checks_and_write_is_not_written(
    parts: tuple[Bench, Maker, HostileHub, Path],
) -> None:
    signed = Signed(*parts)
    bench, maker = signed.bench, signed.maker
    player = bench.start()
    bench.play(player, until="flash")
    line = signing.targets_of(maker.roles["a1"])
    for file in bench.newest.files:
        del line.targets[file.target]
    line.version += 1
    maker.roles["a1"] = signing.signed(line, [maker.lines["a1"]])
    maker.sign_online()
    signed.ask()
    with pytest.raises(GateClosed) as closed:
        bench.play(player)
    assert closed.value.facts["failed"] == "genuine"
    assert bench.phone.image_bytes == 0


def test_a_stolen_line_key_that_was_replaced_signs_nothing_that_is_written(parts: tuple[Bench, Maker, HostileHub, Path]) -> None:
    signed = Signed(*parts)
    bench, maker = signed.bench, signed.maker
    player = bench.start()
    bench.play(player, until="flash")
    thief, maker.lines["a1"] = maker.lines["a1"], keys.new()
    empty = signing.targets_of(maker.roles["a1"])
    empty.targets.clear()
    made = signing.with_line(maker.roles["targets"], signing.signed(empty, [thief]), "a1", maker.lines["a1"], maker.targets, empty.expires)
    maker.roles |= made
    maker.sign_online()
    signed.ask()
    with pytest.raises(GateClosed):
        bench.play(player)
    assert bench.phone.image_bytes == 0


def test_a_step_between_is_named_and_nothing_is_written(parts: tuple[Bench, Maker, HostileHub, Path]) -> None:
    signed = Signed(*parts, min_from="26.46.5")
    bench = signed.bench
    player = bench.start()
    with pytest.raises(GateClosed) as closed:
        bench.play(player)
    gate = next(gate for gate in closed.value.gates if gate.id == "genuine")
    assert "26.46.5" in gate.measured["en"]
    assert "26.46.5" in gate.mend["zh_CN"]
    assert bench.phone.image_bytes == 0


def test_a_way_back_that_is_not_signed_is_refused_as_early_as_the_build_itself(parts: tuple[Bench, Maker, HostileHub, Path]) -> None:
    signed = Signed(*parts)
    bench = signed.bench
    unsigned = tuple(file.model_copy(update={"target": ""}) for file in bench.before.files)
    bench.before = bench.before.model_copy(update={"files": unsigned})
    player = bench.start()
    with pytest.raises(ActionFailed):
        bench.play(player)
    assert bench.phone.image_bytes == 0


def test_the_way_back_within_a_run_leads_to_what_ran_before(parts: tuple[Bench, Maker, HostileHub, Path]) -> None:
    """No signature for going back, and yet the build that ran when the run began may be put back by it."""
    signed = Signed(*parts)
    bench = signed.bench
    player = bench.start()
    bench.play(player, until="flash")
    bench.phone.faults = Faults(cable_out=62)
    with pytest.raises(ActionFailed):
        player.run("flash", bench.work)
    bench.phone.plug_in()
    player.go_back(bench.work)
    assert bench.holds(bench.before)
