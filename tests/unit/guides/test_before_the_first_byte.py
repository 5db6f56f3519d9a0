# SPDX-License-Identifier: Apache-2.0
"""What no guide can leave out: answers, agreement, look-alikes, prerequisites, signed shells; conditions, limits, evidence, rollback."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.bench_with_phone import Bench, make_bench
from firstlight.firmware.errors import Corrupt
from firstlight.guides.album import album_of
from firstlight.guides.editions import UPGRADES, read_kept
from firstlight.guides.errors import ActionFailed, AnswerRefused, FileUnavailable, GateClosed, GuideInvalid, ProofRefused, StepNotReady
from firstlight.guides.files import GuideFiles
from firstlight.guides.player import Player
from firstlight.guides.state import StepMark
from firstlight.practice.faults import Faults
from firstlight.store import journal
from firstlight_contract.guide_steps import ProofKind
from firstlight_contract.guides import EDITION, Guide

RECORDED = Path(__file__).resolve().parents[2] / "recordings" / "runs"
HEAD = "guide: 1\nid: try\ntitle: T\nfor: {device: [a1]%s}\n"
CONNECT = "  - {id: connect, do: [{device.find: 1}]}\n  - {id: fetch, do: [build.fetch]}\n"
WRITE = "  - {id: write, danger: brick, gate: [fastboot.unlocked], do: [{fastboot.flash: [boot]}]}\n"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = make_bench(tmp_path, with_program=False)
    yield made
    made.runs.close()
    made.phone.stop()


def start(bench: Bench, steps: str, *, more: str = "", target: str = "", is_signed: bool = False) -> Player:
    folder = bench.root / "guide"
    folder.mkdir()
    (folder / "guide.yaml").write_text(HEAD % target + more + "steps:\n" + steps, "utf-8")
    return bench.runs.start(folder, account_id=1, is_signed=is_signed)


def reason(player: Player, bench: Bench, step: str) -> str:
    with pytest.raises(StepNotReady) as error:
        player.run(step, bench.work)
    return str(error.value.facts["reason"])


ASK = "ask: [{id: wipe, type: yes_no, label: Erase}, {id: way, type: choice, label: Way, values: [a, b], default: a}]\n"


def test_a_guide_that_asks_is_answered_first_and_steps_apply_by_the_answers(bench: Bench) -> None:
    steps = "  - {id: one}\n  - {id: two, if: {is: {wipe: true}}}\n  - {id: three, if: {is: {way: b}}}\n  - {id: four}\n"
    player = start(bench, steps, more=ASK)
    with pytest.raises(StepNotReady) as error:
        player.done("one")
    assert error.value.facts["reason"] == "answers"
    for wrong in ({"wipe": "yes"}, {"wipe": 1}, {"way": "c"}, {"nobody": True}):
        with pytest.raises(AnswerRefused):
            player.answer(wrong)
    player.answer({"wipe": True})
    assert [s.applies for s in player.state.steps] == [True, True, False, True]
    player.done("one")
    with pytest.raises(StepNotReady):
        player.done("four")
    player.done("two")
    again = bench.restart(player.run_id)
    assert again.state.now.step.id == "four", "what does not apply is passed over"
    assert again.state.answers == {"wipe": True, "way": "a"}
    again.done("four")
    again.finish()


def test_look_alikes_get_no_byte_before_the_tester_has_looked(bench: Bench) -> None:
    player = start(bench, CONNECT + WRITE, target=", not: [a1_lite]")
    player.run("connect", bench.work)
    player.run("fetch", bench.work)
    player.agree("write", "4F7C")
    for said in (None, False):
        if said is not None:
            player.tell_apart(is_right=said)
        with pytest.raises(GateClosed) as closed:
            player.run("write", bench.work)
        assert closed.value.facts["failed"] == "alike"
        assert bench.phone.image_bytes == 0
    player.tell_apart(is_right=True)
    player.run("write", bench.work)
    assert bench.phone.image_bytes > 0


def test_a_word_for_one_device_is_no_word_for_another(bench: Bench) -> None:
    player = start(bench, CONNECT + WRITE)
    player.run("connect", bench.work)
    player.run("fetch", bench.work)
    assert reason(player, bench, "write") == "word"
    player.agree("write", "4f7c")
    device = player.state.device
    assert device is not None
    player._machine.bind(replace(device, serial="PRACTICE-0000"))
    assert reason(player, bench, "write") == "word"
    assert bench.phone.image_bytes == 0


def test_a_guide_that_another_comes_before(bench: Bench) -> None:
    player = start(bench, "  - {id: look, gate: [fastboot.unlocked]}\n", more="prerequisites: [r1-build]\n")
    assert reason(player, bench, "look") == "prerequisite"
    player.meet("r1-build")
    assert bench.restart(player.run_id).state.unmet == ()


def test_a_device_shell_runs_only_when_the_maker_signed_or_on_a_practice_device(bench: Bench) -> None:
    steps = "  - {id: ask, do: [{adb.shell: [getprop, ro.serialno]}]}\n"
    assert reason(start(bench, steps), bench, "ask") == "unsigned"


SHELL = "{adb.shell: [getprop, ro.serialno]}"


RESCUE = "rescue: {lost_device: [" + SHELL + "]}\n"


def test_a_device_shell_behind_a_fault_is_one_too(bench: Bench) -> None:
    steps = "  - {id: ask, do: [{wait.seconds: 1}], else: [" + SHELL + "]}\n"
    assert reason(start(bench, steps), bench, "ask") == "unsigned"


def test_a_device_shell_under_rescue_is_one_too(bench: Bench) -> None:
    player = start(bench, "  - {id: connect, do: [{device.find: 1}]}\n  - {id: ask, do: [{wait.seconds: 1}]}\n", more=RESCUE)
    bench.phone.pull_cable()
    with pytest.raises(ActionFailed):
        player.run("connect", bench.work)
    assert "adb.shell" not in [r.get("verb") for r in journal.read(player.journal_path)], "whose phone it is was not known"
    bench.phone.plug_in()
    player.run("connect", bench.work)
    device = player.state.device
    assert device is not None
    player._machine.bind(replace(device, serial="A1-0000"))
    assert reason(player, bench, "ask") == "unsigned"


def test_a_device_shell_that_takes_a_step_back_is_one_too(bench: Bench) -> None:
    player = start(bench, "  - {id: ask, do: [{wait.seconds: 1}], undo: [" + SHELL + "]}\n")
    with pytest.raises(StepNotReady) as error:
        player.take_back("ask", bench.work)
    assert error.value.facts["reason"] == "unsigned"
    assert [r["e"] for r in journal.read(player.journal_path)] == ["start"], "nothing was begun"


def test_a_rescue_writes_only_where_the_step_was_checked_for_writing(bench: Bench) -> None:
    more = "rescue: {lost_device: [{fastboot.flash: [boot]}]}\n"
    player = start(bench, CONNECT + "  - {id: away, do: [{adb.reboot: system}]}\n", more=more)
    player.run("connect", bench.work)
    player.run("fetch", bench.work)
    with pytest.raises(ActionFailed) as failed:
        player.run("away", bench.work)
    assert failed.value.facts["cause"] == "device.not_found"
    assert bench.phone.image_bytes == 0


def test_a_step_that_waits_for_its_checks_asks_until_they_hold_or_the_time_is_over(bench: Bench) -> None:
    player = start(bench, CONNECT + "  - {id: open, gate: [fastboot.unlocked], timeout: 1s}\n")
    player.run("connect", bench.work)
    player.run("fetch", bench.work)
    bench.phone.faults = Faults(locked=True)
    with pytest.raises(GateClosed):
        player.run("open", bench.work)
    asked = [r for r in journal.read(player.journal_path) if r["e"] == "gates"]
    assert len(asked) == 1, "the same answer is written down once"
    bench.phone.faults = Faults()
    player.run("open", bench.work)


def test_hands_that_did_what_was_asked_are_believed_and_what_writes_is_not(bench: Bench) -> None:
    steps = "  - {id: hold, do: [{human.do: charge}]}\n"
    steps += "  - {id: back, do: [{device.back: 1}], after: [{fastboot.expect: {name: mode, is: bootloader}}]}\n"
    player = start(bench, "  - {id: connect, do: [{device.find: 1}]}\n" + steps + WRITE)
    player.run("connect", bench.work)
    with pytest.raises(ActionFailed) as failed:
        player.run("hold", bench.work)
    assert failed.value.facts["cause"] == "guide.hands_needed"
    assert player.state.failure is not None and "Charge" in player.state.failure.ask[0]["en"]
    bench.restart(player.run_id)
    player = bench.runs.resume(player.run_id)
    player.run("hold", bench.work)
    with pytest.raises(ActionFailed):
        player.run("back", bench.work)
    player.by_hand("back", bench.work)
    assert player.state.step("back").is_by_hand
    with pytest.raises(StepNotReady) as error:
        player.by_hand("write", bench.work)
    assert error.value.facts["reason"] == "writing"


def test_counts_and_measures_are_judged_and_kept(bench: Bench) -> None:
    player = start(bench, "  - {id: look, prove: [{kind: count, expect: 4}, {kind: measure, unit: mm, min: 3.8, max: 4.2}]}\n")
    with pytest.raises(ProofRefused):
        player.add_proof("look", ProofKind.COUNT, "four")
    player.add_proof("look", ProofKind.COUNT, "4")
    player.add_proof("look", ProofKind.MEASURE, "5,1")
    player.set_note("look", "rough")
    player.done("look")
    player.finish()
    album = album_of(bench.restart(player.run_id).state)
    assert [(k.value, k.is_right) for k in album.steps[0].kept] == [("4", True), ("5,1", False)]
    assert album.steps[0].note == "rough"
    assert not album.is_certificate


def test_what_was_written_goes_back_by_a_run_of_its_own(bench: Bench) -> None:
    player = bench.start()
    bench.play(player)
    player.done("tell")
    player.finish()
    album = album_of(player.state)
    assert album.is_certificate and all(p.is_done for p in album.parts) and album.tail == "4F7C"
    assert {c.title["en"] for c in album.checks if c.is_held} >= {"The right device", "Bootloader is unlocked"}
    back = bench.runs.roll_back(player.run_id)
    assert back.run_id != player.run_id
    assert (back.state.release, back.state.previous) == (player.state.previous, player.state.release)
    bench.phone.into_bootloader()
    bench.phone.pull_cable()
    bench.phone.plug_in()
    with pytest.raises(StepNotReady):
        back.run("flash", bench.work)
    bench.phone._keep(replace(bench.phone.memory, rollback_index=0))
    bench.play(back)
    assert bench.holds(bench.before)


def test_undo_does_what_the_guide_names_for_it(bench: Bench) -> None:
    player = start(bench, "  - {id: say, gate: [], do: [{note.say: done}], undo: [{note.say: taken back}]}\n  - {id: end}\n")
    player.run("say", bench.work)
    player.take_back("say", bench.work)
    assert player.state.step("say").mark is not StepMark.DONE
    assert [r["phase"] for r in journal.read(player.journal_path) if r["e"] == "begin" and "phase" in r] == ["undo"]
    player.run("say", bench.work)
    assert player.state.step("say").mark is StepMark.DONE


def test_a_file_is_given_out_only_when_it_is_what_the_guide_says(bench: Bench, tmp_path: Path) -> None:
    sound = Guide.model_validate(
        {
            "guide": 1,
            "id": "g",
            "title": "T",
            "steps": [{"id": "a"}],
            "files": {"a.img": {"sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "size": 3}, "b": {}},
        }
    )
    given = tmp_path / "given"
    given.mkdir()
    files = GuideFiles(guide=sound, folder=tmp_path / "own", given=given)
    with pytest.raises(FileUnavailable):
        files.path("a.img", bench.work)
    for wrong in (b"abd", b"ab", b"abcd"):
        (given / "a.img").write_bytes(wrong)
        with pytest.raises(Corrupt):
            files.path("a.img", bench.work)
        assert (given / "a.img").read_bytes() == wrong, "the tester's own file is left alone"
    (given / "a.img").write_bytes(b"abc")
    assert files.path("a.img", bench.work) == given / "a.img"
    (given / "b").symlink_to(tmp_path / "secret")
    (tmp_path / "secret").write_bytes(b"secret")
    with pytest.raises(FileUnavailable):
        files.path("b", bench.work)


@pytest.mark.parametrize("folder", sorted(RECORDED.glob("*/*")), ids=lambda p: f"{p.parent.name}-{p.name[:4]}")
def test_runs_of_every_edition_can_be_read_and_carried_on(bench: Bench, folder: Path) -> None:
    """A change of the format that breaks this needs an entry in `editions.UPGRADES`, and EDITION one more."""
    shutil.copytree(folder, bench.root / "runs" / folder.name)
    (state,) = (*bench.runs.unfinished(1), *bench.runs.finished(1))
    assert state.run_id == folder.name
    assert state.done > 0
    player = bench.runs.resume(state.run_id)
    if state.finished_at is None:
        player.set_note(state.now.step.id, "carried on")
        assert bench.restart(state.run_id).state.now.note == "carried on"


def test_every_edition_has_a_way_to_the_next_and_a_newer_one_is_told_as_such(tmp_path: Path) -> None:
    assert set(UPGRADES) == set(range(1, EDITION))
    path = tmp_path / "guide.yaml"
    path.write_text("guide: 1\nid: g\ntitle: T\nsteps: [{id: a}]\n", "utf-8")
    assert read_kept(path, 1).id == "g"
    with pytest.raises(GuideInvalid, match="newer"):
        read_kept(path, EDITION + 1)


UNLOCK = "rescue: {bootloader_locked: [{fastboot.unlock: flashing}]}\n"


@pytest.mark.parametrize(("danger", "wipes"), [("brick", 0), ("data_loss", 1)])
def test_a_rescue_that_erases_wants_the_word_for_losing_data_and_not_for_another_danger(bench: Bench, danger: str, wipes: int) -> None:
    bench.phone._keep(replace(bench.phone.memory, serial="REAL-4F7C", is_unlocked=False))
    write = f"  - {{id: write, danger: {danger}, do: [{{fastboot.flash: [boot]}}]}}\n"
    player = start(bench, CONNECT + write, more=UNLOCK)
    player.run("connect", bench.work)
    player.run("fetch", bench.work)
    player.agree("write", "4F7C")
    if wipes:
        player.run("write", bench.work)
    else:
        with pytest.raises(ActionFailed) as failed:
            player.run("write", bench.work)
        assert failed.value.facts["cause"] == "device.locked"
    assert bench.phone.memory.wipes == wipes


def test_what_takes_a_step_back_passes_the_same_gates_when_it_writes(bench: Bench) -> None:
    steps = "  - {id: say, gate: [fastboot.unlocked], do: [{note.say: done}], undo: [{fastboot.flash: [boot]}]}\n  - {id: end}\n"
    player = start(bench, CONNECT + steps, target=", not: [a1_lite]")
    player.run("connect", bench.work)
    player.run("fetch", bench.work)
    player.tell_apart(is_right=True)
    player.run("say", bench.work)
    for fault in (lambda: player.tell_apart(is_right=False), lambda: setattr(bench.phone, "faults", Faults(locked=True))):
        fault()
        with pytest.raises(GateClosed):
            player.take_back("say", bench.work)
        player.tell_apart(is_right=True)
    assert bench.phone.image_bytes == 0
    bench.phone.faults = Faults()
    player.take_back("say", bench.work)
    assert bench.phone.image_bytes > 0
