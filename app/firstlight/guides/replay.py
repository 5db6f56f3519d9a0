# SPDX-License-Identifier: Apache-2.0
"""Journal records -> RunState: the only place where the state of a run comes from. Pure.

Record kinds (`e`): start answers met alike agree allow fetch bind at choose go done skip undo photo unphoto note timer gates begin part
end way told finish give_up. A kind that this version does not know is passed over: a newer version wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from firstlight.guides.gate_records import gate_from
from firstlight.guides.state import (
    Evidence,
    Failure,
    Part,
    PartState,
    RunDevice,
    RunState,
    StepMark,
    StepState,
    Timer,
    Uncertain,
)
from firstlight.guides.words import part_title
from firstlight_contract.firmware import Release
from firstlight_contract.guide_options import Answer
from firstlight_contract.guide_steps import ProofKind, Step
from firstlight_contract.guides import Effect, Guide

Record = Mapping[str, Any]


@dataclass
class _Fold:
    """What has been read so far; turned into a frozen state at the end."""

    guide: Guide
    folder: Path
    run_id: str = ""
    guide_hash: str = ""
    account_id: int = 0
    started_at: datetime | None = None
    kept_at: datetime | None = None
    finished_at: datetime | None = None
    is_given_up: bool = False
    current: int = 0
    device: RunDevice | None = None
    release: Release | None = None
    previous: Release | None = None
    is_going_back: bool = False
    failed_once: bool = False
    failure: Failure | None = None
    open: Uncertain | None = None
    steps: list[StepState] = field(default_factory=list)
    parts: dict[str, tuple[PartState, int]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    is_answered: bool = False
    alike: tuple[str, bool] | None = None
    agreed: dict[str, str] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    is_signed: bool = False
    rolls_back: str = ""
    guides: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)

    def step(self, record: Record) -> int:
        return self.guide.index(str(record["step"]))

    def change(self, index: int, **values: Any) -> None:
        self.steps[index] = replace(self.steps[index], **values)


def _at(record: Record) -> datetime:
    return datetime.fromisoformat(str(record["t"]))


def _start(fold: _Fold, record: Record) -> None:
    fold.run_id, fold.guide_hash = str(record["run"]), str(record["hash"])
    fold.account_id, fold.started_at = int(record["account"]), _at(record)
    fold.is_signed, fold.rolls_back = bool(record.get("signed")), str(record.get("rolls_back", ""))
    fold.guides = {str(k): str(v) for k, v in record.get("guides", {}).items()}


def _answers(fold: _Fold, record: Record) -> None:
    fold.answers |= {option.id: record["values"][option.id] for option in fold.guide.ask if option.id in record["values"]}
    fold.is_answered = True


def _met(fold: _Fold, record: Record) -> None:
    fold.met.add(str(record["guide"]))


def _alike(fold: _Fold, record: Record) -> None:
    fold.alike = (str(record["serial"]), bool(record["right"]))


def _agree(fold: _Fold, record: Record) -> None:
    fold.agreed[str(record["step"])] = str(record["serial"])


def _allow(fold: _Fold, record: Record) -> None:
    fold.change(fold.step(record), may_repeat=True)


def _fetch(fold: _Fold, record: Record) -> None:
    fold.change(fold.step(record), may_fetch=True)


def _bind(fold: _Fold, record: Record) -> None:
    before, fold.device = fold.device, RunDevice.read(record["device"])
    if before is not None and before.address != fold.device.address:
        fold.agreed.clear()  # cheap card readers all tell one serial number: the word is typed for what is in this one


def _chosen(fold: _Fold, record: Record) -> None:
    fold.chosen[str(record["kind"])] = str(record["address"])


def _choose(fold: _Fold, record: Record) -> None:
    fold.release = Release.model_validate(record["release"])
    fold.previous = Release.model_validate(record["previous"]) if record.get("previous") else None
    fold.parts.clear()


def _go(fold: _Fold, record: Record) -> None:
    fold.current = int(record["index"])


def _done(fold: _Fold, record: Record) -> None:
    index = fold.step(record)
    fold.change(index, mark=StepMark.DONE, stopped_at=None, done_at=_at(record), is_by_hand=bool(record.get("by_hand")), may_repeat=False)
    if fold.failure and fold.failure.step_id == record["step"]:
        fold.failure = None
    if index == fold.current:
        fold.current = min(index + 1, len(fold.steps) - 1)


def _skip(fold: _Fold, record: Record) -> None:
    index = fold.step(record)
    fold.change(index, mark=StepMark.SKIPPED, stopped_at=None)
    fold.current = min(index + 1, len(fold.steps) - 1)


def _undo(fold: _Fold, record: Record) -> None:
    """Marks and timers fall; evidence and notes stay, and so does what was written to the phone."""
    for step_id in (record["step"], *record["also"]):
        index = fold.guide.index(str(step_id))
        fold.change(index, mark=StepMark.TODO, timer=None, stopped_at=None, done_at=None, gates=(), is_by_hand=False, may_repeat=False)
        fold.agreed.pop(str(step_id), None)
        if any(deed.part_names() for deed in fold.guide.steps[index].do):
            fold.parts.clear()  # doing it anew means writing all of it
    if fold.failure and fold.guide.index(fold.failure.step_id) >= fold.step(record):
        fold.failure = None  # what stopped behind it will be seen anew
    fold.current = fold.step(record)


def _photo(fold: _Fold, record: Record) -> None:
    index = fold.step(record)
    kept = Evidence(ProofKind(record["kind"]), str(record["value"]), _at(record))
    others = tuple(e for e in fold.steps[index].evidence if (e.kind, e.value) != (kept.kind, kept.value))
    if kept.kind is not ProofKind.PHOTO:
        others = tuple(e for e in others if e.kind is not kept.kind)
    fold.change(index, evidence=(*others, kept))


def _unphoto(fold: _Fold, record: Record) -> None:
    index = fold.step(record)
    fold.change(index, evidence=tuple(e for e in fold.steps[index].evidence if e.value != record["value"]))


def _note(fold: _Fold, record: Record) -> None:
    fold.change(fold.step(record), note=str(record["text"]))


def _timer(fold: _Fold, record: Record) -> None:
    index = fold.step(record)
    asked = fold.guide.steps[index].timer
    if asked is None:
        return
    running = _at(record) if record["is_running"] else None
    fold.change(index, timer=Timer(total_s=asked.seconds, started_at=running, left_when_paused_s=float(record["left_s"])))


def _gates(fold: _Fold, record: Record) -> None:
    fold.change(fold.step(record), gates=tuple(gate_from(g) for g in record["gates"]))


def _begin(fold: _Fold, record: Record) -> None:
    phase = str(record.get("phase", "do"))
    fold.open = Uncertain(step_id=str(record["step"]), verb=str(record["verb"]), index=int(record["i"]), at=_at(record), phase=phase)
    fold.failure = None
    fold.change(fold.step(record), stopped_at=_at(record))


def _part(fold: _Fold, record: Record) -> None:
    name, state, done = str(record["name"]), PartState(record["state"]), int(record.get("done", 0))
    fold.parts[name] = (state, done)
    if record.get("total"):
        fold.totals[name] = int(record["total"])
    if fold.open:
        fold.open = replace(fold.open, part="" if state is PartState.DONE else name)


def _end(fold: _Fold, record: Record) -> None:
    phase, fold.open = fold.open.phase if fold.open else "do", None
    if record["ok"]:
        return
    failure = record["failure"]
    fold.change(fold.step(record), stopped_at=_at(record))
    if failure["code"] == "cancelled":
        # The tester stopped: between two parts nothing is wrong, and a card may be left half written.
        fold.parts |= {name: (PartState.HALF, done) for name, (state, done) in fold.parts.items() if state is PartState.WRITING}
        return
    part = str(failure.get("part", ""))
    if part:
        fold.failed_once = True
        if fold.parts.get(part, (PartState.WAITING, 0))[0] is PartState.WRITING:
            fold.parts[part] = (PartState.HALF, int(failure.get("part_done", 0)))
    done = sum(d if s in (PartState.HALF, PartState.WRITING) else _total(fold, n) for n, (s, d) in fold.parts.items())
    fold.failure = Failure(
        step_id=str(record["step"]),
        code=str(failure["code"]),
        facts={str(k): str(v) for k, v in failure.get("facts", {}).items()},
        at=_at(record),
        part=part,
        done=done if part else 0,
        total=sum(_total(fold, n) for n in _part_names(fold)) if part else 0,
        ask=tuple(failure.get("ask", ())),
        phase=phase,
    )


def _way(fold: _Fold, record: Record) -> None:
    """From here on the other build is written: what was done of the first one has to be written over."""
    fold.is_going_back = bool(record["back"])
    for step_id in (record["step"], *record["also"]):
        fold.change(fold.guide.index(str(step_id)), mark=StepMark.TODO, stopped_at=None, done_at=None, gates=())
    fold.current = fold.step(record)
    fold.parts = dict.fromkeys(fold.parts, (PartState.HALF, 0))
    fold.failure = None


def _finish(fold: _Fold, record: Record) -> None:
    fold.finished_at = _at(record)


def _give_up(fold: _Fold, record: Record) -> None:
    fold.is_given_up = True
    fold.finished_at = _at(record)


_FOLDS: dict[str, Callable[[_Fold, Record], None]] = {
    "start": _start,
    "answers": _answers,
    "met": _met,
    "alike": _alike,
    "agree": _agree,
    "allow": _allow,
    "fetch": _fetch,
    "bind": _bind,
    "at": _chosen,
    "choose": _choose,
    "go": _go,
    "done": _done,
    "skip": _skip,
    "undo": _undo,
    "photo": _photo,
    "unphoto": _unphoto,
    "note": _note,
    "timer": _timer,
    "gates": _gates,
    "begin": _begin,
    "part": _part,
    "end": _end,
    "way": _way,
    "finish": _finish,
    "give_up": _give_up,
}


class Replay:
    """Takes records one by one; the state is always that of all records taken. KeyError, ValueError, TypeError: not of this guide."""

    def __init__(self, guide: Guide, folder: Path, records: Iterable[Record] = ()) -> None:
        self._fold = _Fold(guide=guide, folder=folder)
        self._fold.steps = [StepState(step=s, mark=StepMark.TODO) for s in guide.steps]
        for record in records:
            self.take(record)

    def take(self, record: Record) -> None:
        """The next record."""
        apply = _FOLDS.get(str(record.get("e")))
        if apply is not None:
            apply(self._fold, record)
            self._fold.kept_at = _at(record)

    def state(self) -> RunState:
        """As it is now; ValueError before a beginning was taken."""
        fold = self._fold
        if fold.started_at is None or fold.kept_at is None:
            raise ValueError("no start")
        return RunState(
            run_id=fold.run_id,
            guide=fold.guide,
            guide_hash=fold.guide_hash,
            folder=fold.folder,
            account_id=fold.account_id,
            steps=tuple(_marked(fold)),
            current=_current(fold),
            device=fold.device,
            started_at=fold.started_at,
            kept_at=fold.kept_at,
            finished_at=fold.finished_at,
            is_given_up=fold.is_given_up,
            uncertain=fold.open,
            failure=fold.failure,
            release=fold.release,
            previous=fold.previous,
            is_going_back=fold.is_going_back,
            parts=tuple(_parts(fold)),
            failed_once=fold.failed_once,
            answers=_answered(fold),
            is_answered=fold.is_answered or not fold.guide.ask,
            told_apart=fold.alike[1] if fold.alike and fold.device and fold.alike[0] == fold.device.serial else None,
            met=frozenset(fold.met),
            is_signed=fold.is_signed,
            rolls_back=fold.rolls_back,
            guides=fold.guides,
            chosen=dict(fold.chosen),
        )


def _answered(fold: _Fold) -> dict[str, Answer]:
    """The answers, with defaults where none was given."""
    return {option.id: option.default for option in fold.guide.ask if option.default is not None} | fold.answers


def _applies(fold: _Fold, step: Step) -> bool:
    return step.if_ is None or step.if_.holds(_answered(fold))


def _current(fold: _Fold) -> int:
    """The step to show: never one that does not apply while another does."""
    shown = [i for i, step in enumerate(fold.steps) if _applies(fold, step.step)]
    return next((i for i in shown if i >= fold.current), shown[-1] if shown else fold.current)


def _marked(fold: _Fold) -> Iterable[StepState]:
    current = _current(fold)
    serial = fold.device.serial if fold.device else ""
    for i, step in enumerate(fold.steps):
        agreed = fold.agreed.get(step.step.id)
        if agreed is not None and agreed == serial:
            step = replace(step, is_agreed=True)
        if not _applies(fold, step.step):
            yield replace(step, mark=StepMark.SKIPPED, applies=False)
        elif fold.failure and fold.failure.step_id == step.step.id and step.mark is StepMark.TODO:
            yield replace(step, mark=StepMark.FAILED)
        elif i == current and step.mark is StepMark.TODO:
            yield replace(step, mark=StepMark.NOW)
        else:
            yield step


def _to_write(fold: _Fold) -> Release | None:
    return fold.previous if fold.is_going_back else fold.release


def _total(fold: _Fold, name: str) -> int:
    release = _to_write(fold)
    listed = next((f.size for f in release.files if f.partition == name), 0) if release else 0
    return listed or fold.totals.get(name, 0)


def _part_names(fold: _Fold) -> tuple[str, ...]:
    steps = (step for step in fold.guide.steps if _applies(fold, step))
    return tuple(dict.fromkeys(name for step in steps for deed in step.do for name in deed.part_names()))


def _parts(fold: _Fold) -> Iterable[Part]:
    names = _part_names(fold)
    if _to_write(fold) is None and not fold.totals:
        return
    for name in names:
        state, done = fold.parts.get(name, (PartState.WAITING, 0))
        total = _total(fold, name)
        yield Part(name, part_title(name), total if state is PartState.DONE else done, total, state)
    if names and fold.guide.effect not in (Effect.ERASES_DATA, Effect.ERASES_SETTINGS):
        yield Part("data", part_title("data"), 0, 0, PartState.UNTOUCHED)
