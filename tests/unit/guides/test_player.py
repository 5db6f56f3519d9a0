# SPDX-License-Identifier: Apache-2.0
"""What hands do in a guide: ticks, undo, photos, notes and timers, kept before they are shown, and there again after a restart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fakes.bench_with_phone import Bench, make_bench
from firstlight.guides.errors import RunBusy, RunDamaged, StepNotReady
from firstlight.guides.player import Player
from firstlight.guides.state import RunChanged, StepMark
from firstlight.store import journal
from firstlight.store.errors import StoreError
from firstlight_contract.guides import Guide
from firstlight_contract.honour import ActivityKind


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One phone for all tests of this file: hands do not touch it."""
    made = make_bench(tmp_path_factory.mktemp("bench"), with_program=False)
    yield made
    made.runs.close()
    made.phone.stop()


@pytest.fixture
def bench(shared: Bench, tmp_path: Path) -> Bench:
    shared.runs.close()
    shared.root = tmp_path
    shared.told.clear()
    shared.runs = shared.open_runs()
    return shared


def tick(player: Player, *step_ids: str) -> None:
    for step_id in step_ids:
        player.done(step_id)


def marks(player: Player) -> str:
    letters = {StepMark.TODO: ".", StepMark.NOW: "n", StepMark.DONE: "d", StepMark.SKIPPED: "s", StepMark.FAILED: "f"}
    return "".join(letters[s.mark] for s in player.state.steps)


def test_ticks_walk_through_the_guide_and_a_restart_stands_at_the_same_step(bench: Bench) -> None:
    player = bench.start("r1-build")
    tick(player, "contents", "ground", "mat", "film", "fan-on")
    assert marks(player) == "dddddn........"
    again = bench.restart(player.run_id)
    assert again.state == player.state
    assert again.state.now.step.id == "fan-screws"


def test_every_act_is_on_the_medium_before_the_window_hears_of_it(bench: Bench) -> None:
    player = bench.start("r1-build")
    seen: list[bool] = []

    def look(changed: RunChanged) -> None:
        on_disk = journal.read(player.journal_path)
        seen.append(on_disk[-1]["t"] == player.state.kept_at.isoformat())

    stop = bench.events.subscribe(RunChanged, look)
    player.done("contents")
    player.set_note("ground", "cold")
    player.add_photo("ground", b"picture", bench.work)
    player.start_timer("fan-screws")
    player.undo("contents")
    stop()
    assert seen
    assert all(seen)


def test_undo_takes_what_stands_on_the_step_and_keeps_photos_and_notes(bench: Bench) -> None:
    player = bench.start("r1-build")
    ids = [s.id for s in player.state.guide.steps]
    tick(player, *ids[:10])
    player.add_photo("fan-screws", b"one", bench.work)
    player.set_note("fan-screws", "Screw 3 felt rough.")
    fallen = player.undo("fan-screws")
    assert fallen == ("fan-cable", "board-in", "board-screws", "disk")
    assert marks(player) == "dddddn........"
    state = player.state.step("fan-screws")
    assert state.note == "Screw 3 felt rough."
    assert len(state.photos) == 1
    assert bench.restart(player.run_id).state == player.state


def test_a_step_that_says_what_it_needs_stays_when_something_else_is_undone(bench: Bench) -> None:
    player = bench.start("r1-build")
    tick(player, "contents", "ground", "mat")
    assert player.undo("contents") == ("ground", "mat")
    tick(player, "contents", "ground", "mat", "film")
    assert "ground" not in player.undo("mat")
    assert player.state.step("ground").mark is StepMark.DONE


def test_a_step_whose_ground_is_not_done_cannot_be_ticked(bench: Bench) -> None:
    player = bench.start("r1-build")
    with pytest.raises(StepNotReady) as error:
        player.done("film")
    assert (error.value.facts["step"], error.value.facts["reason"]) == ("mat", "order")


def test_a_timer_goes_on_while_firstlight_is_closed_and_stands_while_paused(bench: Bench) -> None:
    player = bench.start("r1-build")
    player.start_timer("fan-screws")
    bench.now.pass_(36)
    again = bench.restart(player.run_id)
    timer = again.state.step("fan-screws").timer
    assert timer is not None
    assert timer.is_running
    assert round(timer.left_s(bench.now.at)) == 84
    again.pause_timer("fan-screws")
    bench.now.pass_(600)
    timer = bench.restart(player.run_id).state.step("fan-screws").timer
    assert timer is not None
    assert round(timer.left_s(bench.now.at)) == 84
    again = bench.runs.resume(player.run_id)
    again.start_timer("fan-screws")
    bench.now.pass_(500)
    timer = again.state.step("fan-screws").timer
    assert timer is not None
    assert timer.left_s(bench.now.at) == 0


def test_a_clock_that_is_set_back_gives_no_more_time_than_the_timer_has(bench: Bench) -> None:
    player = bench.start("r1-build")
    player.start_timer("fan-screws")
    timer = player.state.step("fan-screws").timer
    assert timer is not None
    assert timer.left_s(bench.now.at - timedelta(days=1)) == 120


def test_photos_are_counted_dropped_and_kept_once(bench: Bench) -> None:
    player = bench.start("r1-build")
    one = player.add_photo("contents", b"one", bench.work)
    player.add_photo("contents", b"one", bench.work)
    two = player.add_photo("contents", b"two", bench.work)
    assert player.state.step("contents").photos == (one, two)
    player.drop_photo("contents", one)
    assert player.state.photos == 1
    assert bench.restart(player.run_id).state.step("contents").photos == (two,)


def test_a_finished_build_is_told_once_with_its_photos(bench: Bench) -> None:
    player = bench.start("r1-build")
    with pytest.raises(StepNotReady):
        player.finish()
    player.add_photo("fan-screws", b"one", bench.work)
    player.add_photo("show", b"two", bench.work)
    bench.now.pass_(3600)
    tick(player, *(s.id for s in player.state.guide.steps))
    player.finish()
    bench.restart(player.run_id).finish()
    (news,) = bench.told
    assert news.kind is ActivityKind.GUIDE_FINISHED
    assert news.facts["guide"] == "r1-build"
    assert news.facts["guide_kind"] == "assemble"
    assert news.facts["photos"] == "2"
    assert int(news.facts["seconds"]) >= 3600
    assert not bench.runs.unfinished(1)
    assert [s.run_id for s in bench.runs.finished(1)] == [player.run_id]


def test_what_a_crash_kept_from_being_told_is_told_at_the_next_start(bench: Bench) -> None:
    player = bench.start("r1-build")
    tick(player, *(s.id for s in player.state.guide.steps))
    player._record.write("finish")
    assert not bench.told
    bench.restart(player.run_id)
    bench.runs.tell_untold(1)
    bench.runs.tell_untold(1)
    assert [n.kind for n in bench.told] == [ActivityKind.GUIDE_FINISHED]


def test_runs_of_another_account_are_not_shown(bench: Bench) -> None:
    player = bench.start("r1-build")
    assert [s.run_id for s in bench.runs.unfinished(1)] == [player.run_id]
    assert bench.runs.unfinished(2) == ()
    player.give_up()
    assert bench.runs.unfinished(1) == ()
    assert bench.runs.finished(1) == ()


def test_a_run_whose_guide_was_changed_by_hand_is_refused_and_hides_no_other(bench: Bench) -> None:
    spoiled, sound = bench.start("r1-build"), bench.start("r1-build")
    path = spoiled.state.folder / "guide.yaml"
    path.write_text(path.read_text("utf-8").replace("label side up", "label side down"), "utf-8")
    with pytest.raises(RunDamaged):
        bench.restart(spoiled.run_id)
    assert [s.run_id for s in bench.runs.unfinished(1)] == [sound.run_id]


def test_two_programs_do_not_play_one_run(bench: Bench) -> None:
    player = bench.start("r1-build")
    other = bench.open_runs()
    with pytest.raises(RunBusy):
        other.resume(player.run_id)
    assert [s.run_id for s in other.unfinished(1)] == [player.run_id]
    bench.runs.close()
    assert other.resume(player.run_id).state == player.state
    other.close()


@pytest.mark.parametrize("name", ["../../etc", "nonsense", ""])
def test_a_run_is_named_by_a_uuid_and_nothing_else(bench: Bench, name: str) -> None:
    with pytest.raises(RunDamaged):
        bench.runs.resume(name)


def test_a_torn_last_line_of_the_journal_loses_that_line_only(bench: Bench) -> None:
    player = bench.start("r1-build")
    tick(player, "contents", "ground")
    bench.runs.close()
    with player.journal_path.open("ab") as file:
        file.write(b'{"e":"done","t":"2026')
    again = bench.restart(player.run_id)
    assert marks(again) == "ddn..........."
    again.done("mat")
    assert marks(bench.restart(player.run_id)) == "dddn.........."


def test_a_journal_damaged_in_the_middle_is_refused(bench: Bench) -> None:
    player = bench.start("r1-build")
    tick(player, "contents", "ground")
    bench.runs.close()
    lines = player.journal_path.read_bytes().splitlines(keepends=True)
    player.journal_path.write_bytes(lines[0] + b"garbage\n" + lines[2])
    with pytest.raises(StoreError):
        bench.restart(player.run_id)
    assert bench.runs.unfinished(1) == ()


def test_records_of_a_newer_version_are_passed_over(bench: Bench) -> None:
    player = bench.start("r1-build")
    tick(player, "contents")
    bench.runs.close()
    with player.journal_path.open("ab") as file:
        file.write(json.dumps({"e": "sung", "t": bench.now().isoformat(), "song": 1}).encode() + b"\n")
    assert marks(bench.restart(player.run_id)) == "dn............"


def test_a_hold_timer_and_a_required_photo_keep_a_step_open(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "strict"
    folder.mkdir()
    (folder / "guide.yaml").write_text(
        """guide: 1
id: strict
version: "1"
title: T
summary: S
kind: check
for: {device: [r1]}
minutes: 1
difficulty: easy
effect: erases_nothing
way: hands
steps:
  - id: glue
    title: Glue
    timer: {seconds: 60, label: Dry, hold: true}
  - id: prove
    title: Prove
    prove: [{kind: photo, title: Photo, required: true, why: The team compares it}]
  - id: maybe
    title: Maybe
    optional: true
""",
        "utf-8",
    )
    player = bench.runs.start(folder, account_id=1)
    reasons = []
    for _ in range(2):
        with pytest.raises(StepNotReady) as error:
            player.done("glue")
        reasons.append(error.value.facts["reason"])
        player.start_timer("glue")
    bench.now.pass_(61)
    player.done("glue")
    with pytest.raises(StepNotReady) as error:
        player.done("prove")
    assert [*reasons, error.value.facts["reason"]] == ["timer", "timer", "proof"]
    with pytest.raises(StepNotReady):
        player.skip("prove")
    player.add_photo("prove", b"p", bench.work)
    player.done("prove")
    player.skip("maybe")
    assert marks(player) == "dds"
    player.finish()


def test_stages_group_the_steps(bench: Bench) -> None:
    guide: Guide = bench.start("r1-build").state.guide
    assert [(title["en"], len(steps)) for title, steps in guide.stages()] == [
        ("Unpack", 2),
        ("Mainboard", 5),
        ("Case", 5),
        ("First start", 2),
    ]
