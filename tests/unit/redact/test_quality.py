# SPDX-License-Identifier: Apache-2.0
"""How well the rules do on logs whose truth is known, drawn from messages that they were not tuned with; and engines that agree."""

from __future__ import annotations

from hashlib import sha512
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes import device_log, judge
from firstlight.redact import engines
from firstlight.redact.mask import redact
from firstlight.redact.names import MOST_LEARNED, Names
from firstlight.redact.patterns import RULES
from firstlight.redact.scan import Scanner

_ENGINES = {name: engines.choose(name) for name in engines.installed()}
_EXAMPLES = tuple(text for rule in RULES for text in (*rule.must, *rule.must_not))
_NOISE = st.binary(max_size=12)
_PIECES = st.lists(
    st.one_of(st.sampled_from(_EXAMPLES), st.sampled_from((b"\n", b" ", b"\t", b"=", b": ", b"'", b'"', b"\r\n")), _NOISE), max_size=14
)


def judged(folder: Path, seed: int, lines: int, *, unseen: bool) -> judge.Verdict:
    data, truth = device_log.text_of(seed, lines, unseen=unseen)
    (folder / "in.log").write_bytes(data)
    redact(folder / "in.log", folder / "out.log", {"off_kinds": []}, findings=folder / "found.jsonl")
    return judge.judge(truth, judge.read(folder / "found.jsonl"))


@pytest.mark.parametrize(("seed", "unseen"), [(1, False), (301, True)])
def test_what_is_private_is_hidden_and_decoys_are_kept(tmp_path: Path, seed: int, unseen: bool) -> None:
    verdict = judged(tmp_path, seed, 8_000, unseen=unseen)
    assert set(verdict.planted) == set(device_log.KINDS)
    assert min(verdict.planted.values()) > 50
    assert verdict.recall() >= 0.995
    assert {kind: verdict.recall(kind) for kind in verdict.planted if verdict.recall(kind) < 0.97} == {}
    assert verdict.precision() >= 0.999
    assert verdict.decoys_kept == 1.0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_PIECES)
def test_every_engine_finds_the_same(pieces: list[bytes]) -> None:
    text = b"".join(pieces)
    found = {name: Scanner(engine).findings(text) for name, engine in _ENGINES.items()}
    usual = found.pop("re")
    assert all(one == usual for one in found.values()), found


_SHAPES = st.lists(
    st.sampled_from(
        (
            *b"8c:5a:f1:09:2e:71 2003:e2: fe80:: FD00:1:2:3:4:5:6 84.132.7.21 352099001761481 a.b@c.example".split(),
            *b":11 -22 _3 7 :: : - . x @ 01 86 release".split(),
            *(b" ", b"\n", b"\tdevice"),
        )
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_SHAPES)
def test_every_engine_finds_the_same_where_shapes_touch(pieces: list[bytes]) -> None:
    """Engines look for looser shapes than the rules: what joins an address on either side must not hide it from one of them."""
    text = b"".join(pieces)
    found = {name: Scanner(engine).findings(text) for name, engine in _ENGINES.items()}
    usual = found.pop("re")
    assert all(one == usual for one in found.values()), found


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from((b"Moss", b"Moss-Attic", b"Attic-5G", b"5G", b"wren", b"wrench", b"-", b" ", b"\n", b"x", b"\xff")), max_size=30
    )
)
def test_every_engine_finds_learned_values_alike(pieces: list[bytes]) -> None:
    text, values = b"".join(pieces), (b"Moss-Attic", b"Moss", b"Attic-5G", b"wren", b"5G-Moss")
    found = {name: list(engine.words(values).spans(text)) for name, engine in _ENGINES.items()}
    usual = found.pop("re")
    assert found
    assert all(one == usual for one in found.values()), found
    for start, end in usual:
        assert text[start:end] in values


@pytest.mark.parametrize(("count", "length"), [(MOST_LEARNED, 8), (MOST_LEARNED // 2, 128)])
def test_learned_values_are_found_however_many_and_long(count: int, length: int) -> None:
    """RE2 finds nothing at all in a set for which it has no room."""
    values = tuple(sha512(b"%d" % n).hexdigest()[:length].encode() for n in range(count))
    text = b"\n".join(values) + b"\n"
    for name in set(_ENGINES) - {"hyperscan"}:
        assert [text[start:end] for start, end in _ENGINES[name].words(values).spans(text)] == list(values), name


def test_all_engines_write_the_same_bytes_of_a_whole_log(tmp_path: Path) -> None:
    source = tmp_path / "in.log"
    source.write_bytes(device_log.text_of(41, 6_000, share=0.4)[0] + b"\xff\xfe broken \x00 line\n" * 50)
    written = set()
    for name in _ENGINES:
        redact(source, tmp_path / name, engine=name)
        written.add((tmp_path / name).read_bytes())
    assert len(written) == 1
    assert source.read_bytes().count(b"\n") == written.pop().count(b"\n")


def test_numbers_run_out_before_memory_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firstlight.redact.names.MOST_NUMBERS", 3)
    names = Names(_ENGINES["re"])
    tokens = [names.token("mail", b"a%d@b.example" % n) for n in range(5)]
    assert tokens == [b"[mail 1]", b"[mail 2]", b"[mail 3]", b"[mail]", b"[mail]"]
    assert names.token("mail", b"A0@B.example") == b"[mail 1]"
