# SPDX-License-Identifier: Apache-2.0
"""Guides come from strangers: what is wrong is refused with its line, before anything grows, escapes or runs."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstlight.guides.check import check
from firstlight.guides.document import parse, picture
from firstlight.guides.errors import GuideInvalid
from firstlight_contract.guides import MAX_DOCUMENT

GOOD = """guide: 1
id: g
version: "1"
title: {en: T, zh_CN: 标}
summary: S
kind: assemble
for: {device: [r1]}
minutes: 5
difficulty: easy
effect: erases_nothing
way: hands
steps:
  - id: one
    title: One
    say:
      - text: {en: "no", zh_CN: 不}
"""


def mistake(text: str | bytes) -> tuple[int, str, str]:
    with pytest.raises(GuideInvalid) as error:
        parse(text.encode() if isinstance(text, str) else text, "g.yaml")
    first = error.value.mistakes[0]
    assert first.mend
    return first.line, first.where, first.why


def test_a_sound_guide_is_read() -> None:
    guide = parse(GOOD.encode())
    assert guide.title == {"en": "T", "zh_CN": "标"}
    assert guide.steps[0].title == {"en": "One"}
    assert guide.steps[0].say[0].text["en"] == "no"


HOSTILE = {
    "a billion laughs": (GOOD + "x: &a [z, z]\ny: [*a, *a, *a]\n", 17, "anchors"),
    "an alias of itself": (GOOD + "x: &a [*a]\n", 17, "anchors"),
    "a python tag": (GOOD + "x: !!python/object/apply:os.system [id]\n", 17, "tags"),
    "a merge key": (GOOD.replace("    title: One", "    <<: {title: One}"), 14, "merge"),
    "a key twice": (GOOD + "id: other\n", 17, "twice"),
    "an unknown key": (GOOD + "shell: rm -rf\n", 17, "Extra"),
    "an unknown key in a step": (GOOD + "    run: rm -rf\n", 17, "Extra"),
    "an unknown verb": (GOOD + "    do: [{pc.shell: {cmd: id}}]\n", 17, "no verb"),
    "two verbs in one action": (GOOD + "    do: [{device.find: {}, fastboot.reboot: {}}]\n", 17, "exactly one"),
    "a parameter that is none": (GOOD + "    do:\n      - fastboot.flash: {parts: [boot], file: /etc/passwd}\n", 18, "Extra"),
    "a partition that is a path": (GOOD + "    do:\n      - fastboot.flash: {parts: [../boot]}\n", 18, "pattern"),
    "an option for a partition": (GOOD + "    do:\n      - fastboot.flash: {parts: ['--force']}\n", 18, "pattern"),
    "a picture elsewhere": (GOOD + "    show: [{img: ../../secret.png, alt: x}]\n", 17, "pattern"),
    "an absolute picture": (GOOD + "    show: [{img: /etc/passwd.png, alt: x}]\n", 17, "pattern"),
    "a picture that is a program": (GOOD + "    show: [{img: run.sh, alt: x}]\n", 17, "pattern"),
    "a line of ten megabytes": (GOOD + "    note: " + "x" * 10_000_000 + "\n", 1, "larger"),
    "a sentence that is a book": (GOOD.replace("title: One", "title: " + "x" * 700), 14, "600"),
    "terminal codes": (GOOD.replace("title: One", 'title: "\\x1b[2J"'), 14, "do not show"),
    "deep nesting": (GOOD + "x: " + "[" * 200 + "]" * 200 + "\n", 17, "deeper"),
    "many values": (GOOD + "x: [" + "1," * 30_000 + "]\n", 17, "more than"),
    "many steps": (GOOD + "".join(f"  - {{id: s{n}, title: T}}\n" for n in range(200)), 12, "at most 120"),
    "steps with one name": (GOOD + "  - {id: one, title: T}\n", 1, "called one"),
    "a step that needs a later one": (
        GOOD.replace("    title: One", "    title: One\n    needs: [two]") + "  - {id: two, title: T}\n",
        1,
        "earlier",
    ),
    "nothing": ("", 1, "empty"),
    "a list": ("- guide: 1\n", 1, "dictionary"),
    "two documents": (GOOD + "---\n" + GOOD, 17, "more than one"),
    "no YAML": ("guide: [1\n", 2, "not YAML"),
    "another format": (GOOD.replace("guide: 1", "guide: 2"), 1, "1"),
    "no end of bytes": (b"\xff\xfe" + GOOD.encode("utf-16"), 1, ""),
    "a mark that points at nothing": (
        GOOD + "        mark: B\n    show: [{img: a.png, alt: x, marks: [{letter: A, at: [0, 0]}]}]\n",
        13,
        "points at nothing",
    ),
    "a key that is a list": (GOOD + "? [a, b]\n: 1\n", 17, "plain word"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_is_refused_with_its_line(name: str) -> None:
    text, line, why = HOSTILE[name]
    found = mistake(text)
    assert found[0] == line, found
    assert why in found[2], found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_guide_costs_little(name: str) -> None:
    text = HOSTILE[name][0]
    data = text.encode() if isinstance(text, str) else text
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(GuideInvalid):
        parse(data)
    used = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < 5
    assert peak < 64 << 20


def test_several_mistakes_are_named_each_with_its_line() -> None:
    text = GOOD.replace("minutes: 5", "minutes: many").replace("difficulty: easy", "difficulty: wild")
    text = text.replace("title: {en: T, zh_CN: 标}\n", "")
    with pytest.raises(GuideInvalid) as error:
        parse(text.encode())
    assert [(m.line, m.where) for m in error.value.mistakes] == [(1, "title"), (7, "minutes"), (8, "difficulty")]
    assert error.value.facts["count"] == 3


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatsoever_do_anything_but_be_refused(data: bytes) -> None:
    with pytest.raises(GuideInvalid):
        parse(data)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_guide_with_a_piece_replaced_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD) - 1))
    end = data.draw(st.integers(start, min(len(GOOD), start + 30)))
    piece = data.draw(st.text(alphabet="abc:{}[]&*!|>-#'\"\n ,.0159", max_size=12))
    try:
        parse((GOOD[:start] + piece + GOOD[end:]).encode())
    except GuideInvalid as error:
        assert error.mistakes
        assert all(m.line >= 0 and m.why for m in error.mistakes)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    assert check(tmp_path / "none.yaml")[0].why.startswith("cannot be read")
    big = tmp_path / "guide.yaml"
    with big.open("wb") as file:
        file.truncate(MAX_DOCUMENT * 100)
    assert "larger" in check(big)[0].why


def test_a_picture_that_is_missing_or_a_link_to_elsewhere_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "guide.yaml").write_text(GOOD + "    show: [{img: link.png, alt: x}, {img: none.png, alt: x}]\n", "utf-8")
    found = [m for m in check(folder / "guide.yaml") if not m.is_warning]
    assert [(m.line, "there is no picture" in m.why) for m in found] == [(17, True), (17, True)]
    assert picture(folder, "link.png") is None


def test_the_guides_that_come_with_the_program_are_sound_in_both_languages() -> None:
    guides = Path(__file__).resolve().parents[3] / "resources" / "guides"
    files = sorted(guides.glob("*/guide.yaml"))
    assert [f.parent.name for f in files] == ["a1-sideload", "a1-weekly", "r1-build", "r1-card", "r1-recovery", "r1-update"]
    for file in files:
        assert check(file) == ()
        untranslated = [w for w in _words(parse(file.read_bytes()).model_dump()) if set(w) != {"en", "zh_CN"}]
        assert not untranslated


def _words(value: object) -> list[dict[str, str]]:
    if isinstance(value, dict):
        if "en" in value:
            return [value]
        return [w for v in value.values() for w in _words(v)]
    if isinstance(value, (list, tuple)):
        return [w for v in value for w in _words(v)]
    return []
