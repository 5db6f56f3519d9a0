# SPDX-License-Identifier: Apache-2.0
"""The format itself: every spelling that is accepted, what follows from what is not said, and that schema, manual and models agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from firstlight.base.paths import resources
from firstlight.cli.guide import schema_text
from firstlight.guides.actions.table import CHECKS as ASKS
from firstlight.guides.actions.table import DEEDS as RUNS
from firstlight.guides.actions.verb import Again
from firstlight.guides.check import check
from firstlight.guides.document import parse
from firstlight.guides.errors import GuideInvalid
from firstlight.guides.lint import lint
from firstlight.guides.manual import manual
from firstlight.guides.uses import expand
from firstlight_contract.actions import CHECKS, DEEDS, verb_of
from firstlight_contract.guide_options import Condition
from firstlight_contract.guide_steps import Danger, ProofKind
from firstlight_contract.guide_words import Shape, Tone
from firstlight_contract.guides import Difficulty, Effect, Guide, GuideKind, Way

DRAFT = """
guide: 1
id: fl-one-weekly
title: Orange Friday build on Firstlight One
for: {device: [firstlight], not: [firstlight_x], to_build: "24.11.22"}
minutes: [5, 12]
difficulty: 4
ask:   [{id: wipe, type: yes_no, label: Erase my data, default: false}]
files: {boot.img: {target: fl/24.11.22/boot.img, size: 33554432, sha256: "%064d"}}
people:
  bootloader: {title: Hold power and volume down, show: [{img: keys.png}], until: fastboot}
rescue: {bootloader_locked: [{fastboot.unlock: {how: flashing}}], low_battery: [{human.do: charge}], unauthorized: [{human.do: allow}]}
tools: [PH1, {name: Spudger, qty: 2, link: "https://example.org/spudger"}]
steps:
  - {id: right-phone, gate: [{adb.expect: {name: ro.product.device, is: firstlight}}, {adb.battery: {min: 40}}]}
  - {id: way-back, do: [{files.fetch: [previous.zip]}], say: [{text: Kept so that you can go back}]}
  - {id: to-bootloader, do: [{adb.reboot: bootloader}], else: [{human.do: bootloader}], again: probe}
  - {id: flash, gate: [{fastboot.expect: {name: product, is: firstlight}}], do: [{fastboot.flash: [{partition: boot, file: boot.img}]}],
     again: from_start, danger: brick, timeout: 5m}
  - {id: erase, if: {is: {wipe: true}}, do: [{fastboot.erase: {partition: userdata}}], danger: data_loss}
  - {id: first-boot, do: [{fastboot.reboot: system}], timer: 3m, say: [{text: First start takes up to 3 minutes, mark: caution}]}
  - {id: really-new, gate: [{adb.expect: {name: ro.build.display.id, is: FL-24.11.22}}], timeout: 10m}
  - {id: fan, title: Fan onto the mainboard, show: [{img: fan.jpg, marks: [{shape: circle, at: [.2, .3, .1, .1], mark: red}]}],
     say: [{text: "Two 4 mm screws", mark: red, level: 1}], tools: [PH1], prove: [photo, count]}
""".replace("%064d", "0" * 64)


def guide(steps: str, **more: str) -> Guide:
    return parse(f"guide: 1\nid: g\ntitle: T\n{''.join(f'{k}: {v}' + chr(10) for k, v in more.items())}steps:\n{steps}".encode())


def test_a_guide_in_the_spelling_of_the_draft_is_sound(tmp_path: Path) -> None:
    for name in ("keys.png", "fan.jpg"):
        (tmp_path / name).write_bytes(b"picture")
    (tmp_path / "guide.yaml").write_text(DRAFT, "utf-8")
    assert [m for m in check(tmp_path / "guide.yaml") if not m.is_warning] == []
    read = parse(DRAFT.encode())
    assert (read.kind, read.way, read.effect) == (GuideKind.FLASH, Way.USB, Effect.ERASES_DATA)
    assert (read.minutes, read.difficulty) == (12, Difficulty.CAREFUL)
    assert set(read.rescue) == {"bootloader_locked", "low_battery", "unauthorised"}
    fan = read.steps[-1]
    assert (fan.say[0].mark, fan.show[0].marks[0].letter, fan.show[0].marks[0].shape) == ("A", "A", Shape.CIRCLE)
    assert [p.kind for p in fan.prove] == [ProofKind.PHOTO, ProofKind.COUNT]
    assert read.steps[5].timer is not None
    assert (read.steps[5].timer.seconds, read.steps[5].say[0].tone) == (180, Tone.CAUTION)
    assert (read.steps[3].timeout, read.steps[3].danger) == (300, Danger.BRICK)
    assert read.steps[0].title == {"en": "Right phone"}


@pytest.mark.parametrize("text", [DRAFT.encode(), *(p.read_bytes() for p in sorted((resources() / "guides").glob("*/guide.yaml")))])
def test_a_guide_as_plain_data_reads_back_the_same(text: bytes) -> None:
    read = parse(text)
    assert Guide.model_validate(read.as_document()) == read
    assert parse(json.dumps(read.as_document()).encode()) == read, "as a run keeps a guide that uses others"


def test_schema_and_manual_are_those_of_the_models() -> None:
    said = "`firstlight guide {}` writes it anew"
    assert (resources() / "schema" / "guide-1.schema.json").read_text("utf-8") == schema_text(), said.format("schema")
    assert (resources() / "manual" / "guides.md").read_text("utf-8") == manual(), said.format("manual")


def test_every_verb_runs_and_says_how_it_may_be_repeated() -> None:
    assert set(RUNS) == set(DEEDS)
    assert set(ASKS) == set(CHECKS)
    verbs = [verb_of(model) for model in (*CHECKS, *DEEDS)]
    assert len(verbs) == len(set(verbs))
    assert not [verb_of(m) for m in DEEDS if RUNS[m].again is Again.PROBE and RUNS[m].has_happened is None], "nobody could be asked"
    assert not [verb_of(m) for m in DEEDS if m.writes and RUNS[m].again is Again.SAFE], "a write is never safe to repeat blindly"
    for model in (*CHECKS, *DEEDS):
        assert model.__doc__
        names = {name for name, field in model.model_fields.items()} | {field.alias for field in model.model_fields.values()}
        assert not model.short or model.short in names


def test_conditions_know_yes_from_one() -> None:
    answers = {"wipe": True, "channel": "stable", "count": 1}
    for raw, holds in (
        ({"is": {"wipe": True}}, True),
        ({"is": {"count": True}}, False),
        ({"is": {"count": "1"}}, True),
        ({"is": {"nobody": False}}, False),
        ({"not": {"is": {"channel": "beta"}}}, True),
        ({"all": [{"is": {"wipe": True}}, {"is": {"channel": "beta"}}]}, False),
        ({"any": [{"is": {"wipe": False}}, {"not": {"is": {"wipe": False}}}]}, True),
    ):
        assert Condition.model_validate(raw).holds(answers) is holds, raw


@pytest.mark.parametrize(
    ("steps", "more", "why"),
    [
        ("  - {id: a, if: {is: {x: true}}}", {}, "which nothing under `ask` asks"),
        ("  - {id: a, if: {all: [], any: []}}", {}, "at least 1"),
        ("  - {id: a}", {"ask": "[{id: x, type: choice, label: X}]"}, "has no values"),
        ("  - {id: a}", {"ask": "[{id: x, type: yes_no, label: X, default: 3}]"}, "not an answer"),
        ("  - {id: a, prove: [{kind: photo, min: 3}]}", {}, "only a measure"),
        ("  - {id: a, uses: b, gate: [fastboot.unlocked]}", {}, "nothing of its own"),
        ("  - {id: a, timer: 3 days}", {}, "integer"),
        ("  - {id: a, show: [{img: a.png, marks: [{shape: box, at: [0, 0]}]}]}", {}, "a point has two numbers"),
        ("  - {id: a, do: [{files.fetch: [../secret]}]}", {}, "pattern"),
        ("  - {id: a}", {"files": "{../x: {}}"}, "pattern"),
        ("  - {id: a}", {"files": "{x: {target: ../../x}}"}, "pattern"),
        ("  - {id: a}", {"files": "{x: {url: 'file:///etc/passwd'}}"}, "pattern"),
    ],
)
def test_what_contradicts_itself_is_refused(steps: str, more: dict[str, str], why: str) -> None:
    with pytest.raises(GuideInvalid) as error:
        guide(steps, **more)
    assert any(why in m.why for m in error.value.mistakes), error.value.mistakes


WRITE = "do: [{fastboot.flash: [boot]}]"


@pytest.mark.parametrize(
    ("steps", "more", "why"),
    [
        (f"  - {{id: a, {WRITE}}}", {}, "has no gate"),
        (f"  - {{id: a, gate: [fastboot.unlocked], {WRITE}}}", {}, "no way back"),
        (f"  - {{id: a, {WRITE}}}", {}, "nothing looks whether"),
        ("  - {id: a, do: [{fastboot.flash: [boot]}, {fastboot.erase: {partition: cache}}]}", {}, "in 2 ways"),
        ("  - {id: a, do: [{human.do: sing}]}", {}, "nothing under `people`"),
        ("  - {id: a, again: safe, do: [{fastboot.flash: [boot]}]}", {}, "only be stricter"),
        ("  - {id: a, do: [{fastboot.flash: [{partition: boot, file: x.img}]}]}", {}, "nothing under `files`"),
        ("  - {id: a, do: [{files.fetch: [x]}]}", {"files": "{x: {url: 'https://e.org/x'}}"}, "no sha256"),
        ("  - {id: a}", {"for": "{device: [a], not: [b]}"}, "look alike"),
        ("  - {id: a}", {"ask": "[{id: x, type: yes_no, label: X}]"}, "no step depends on"),
    ],
)
def test_the_linter_sees_what_will_hurt(steps: str, more: dict[str, str], why: str) -> None:
    assert any(why in remark.why and remark.mend for remark in lint(guide(steps, **more)))


def test_a_guide_that_uses_another_becomes_one(tmp_path: Path) -> None:
    used = guide(
        "  - {id: one, show: [{img: p.png}]}\n  - {id: two, needs: [one], if: {is: {x: true}}}", ask="[{id: x, type: yes_no, label: X}]"
    )
    outer = guide(
        "  - {id: a}\n  - {id: sub, uses: u, if: {is: {y: true}}}\n  - {id: z, needs: [sub]}", ask="[{id: y, type: yes_no, label: Y}]"
    )
    whole = expand(outer, tmp_path, lambda slug: (used, tmp_path / slug) if slug == "u" else None)
    assert [s.id for s in whole.guide.steps] == ["a", "sub.one", "sub.two", "z"]
    assert whole.guide.steps[2].needs == ("sub.one",)
    assert whole.guide.steps[3].needs == ("sub.two",)
    assert {o.id for o in whole.guide.ask} == {"x", "y"}
    condition = whole.guide.steps[2].if_
    assert condition is not None
    assert [condition.holds({"x": x, "y": y}) for x in (True, False) for y in (True, False)] == [True, False, False, False]
    (name,) = (whole.guide.steps[1].show[0].img,)
    assert whole.pictures[name] == tmp_path / "u" / "p.png"
    with pytest.raises(GuideInvalid, match="no such guide"):
        expand(outer, tmp_path, lambda _: None)
    circle = guide("  - {id: sub, uses: g}")
    with pytest.raises(GuideInvalid, match="circle"):
        expand(circle, tmp_path, lambda _: (circle, tmp_path))


_KEYS = st.sampled_from(["id", "if", "do", "is", "mark", "marks", "img", "at", "show", "say", "text", "x"])
_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(["red", "A", "a.png", "note", ""]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*sorted(Guide.model_fields), "for", "minutes"]), _plain)
def test_whatever_stands_under_a_key_is_read_or_refused_and_nothing_else(key: str, value: object) -> None:
    raw = {"guide": 1, "id": "g", "title": "T", "steps": [{"id": "a"}], key: value}
    try:
        Guide.model_validate(raw)
    except ValidationError as error:
        assert error.error_count() > 0


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["say", "show", "tools", "if", "gate", "do", "else", "timer", "timeout", "prove", "danger", "again", "uses"]), _plain
)
def test_whatever_stands_in_a_step_is_read_or_refused_and_nothing_else(key: str, value: object) -> None:
    try:
        Guide.model_validate({"guide": 1, "id": "g", "title": "T", "steps": [{"id": "a", key: value}]})
    except ValidationError as error:
        assert error.error_count() > 0
