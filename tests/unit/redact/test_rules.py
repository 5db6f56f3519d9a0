# SPDX-License-Identifier: Apache-2.0
"""The rule table against its own examples, in every engine that is installed here."""

from __future__ import annotations

import re

import pytest

from firstlight.redact import engines
from firstlight.redact.kinds import KINDS
from firstlight.redact.patterns import RULES

_ENGINES = {name: engines.choose(name) for name in engines.installed()}
_NAMED = [pytest.param(number, rule, id=f"{number}-{rule.kind}") for number, rule in enumerate(RULES)]


def values(engine, number, text):
    rule = RULES[number]
    runs = [run for found, runs in engine.candidates(text) if found == number for run in runs]
    return [text[a:b] for start, end in runs for a, b, _ in rule.values(text, start, end)]


@pytest.mark.parametrize("engine", _ENGINES.values(), ids=_ENGINES)
@pytest.mark.parametrize(("number", "rule"), _NAMED)
def test_a_rule_finds_its_examples_and_leaves_its_decoys(engine, number, rule):
    assert rule.must
    assert rule.must_not
    for text in rule.must:
        assert values(engine, number, text), text
        assert values(engine, number, b"12:00 x: \n" + text + b"\nend"), text
    for text in rule.must_not:
        assert not values(engine, number, text), text


def test_every_kind_has_a_rule():
    shown = {kind for rule in RULES for text in rule.must for _, _, kind in rule.values(text, 0, len(text))}
    assert shown == set(KINDS) - {"extra"}


@pytest.mark.parametrize(("number", "rule"), _NAMED)
def test_a_rule_that_skips_ahead_finds_what_its_plain_form_finds(number, rule):
    plain = re.compile(rule.loose)
    for text in rule.must:
        skipped, whole = [m.span() for m in rule.pattern.finditer(text)], [m.span() for m in plain.finditer(text)]
        assert whole, text
        missed = [(start, end) for start, end in whole if not any(a < end and start < b for a, b in skipped)]
        assert not missed, (text, skipped, whole)


@pytest.mark.parametrize(("number", "rule"), _NAMED)
def test_no_rule_crosses_a_line_end(number, rule):
    for text in rule.must:
        for at in range(1, len(text), max(1, len(text) // 7)):
            broken = text[:at] + b"\n" + text[at:]
            for start, end, _ in rule.values(broken, 0, len(broken)):
                assert b"\n" not in broken[start:end]
