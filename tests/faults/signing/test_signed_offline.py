# SPDX-License-Identifier: Apache-2.0
"""Signed files without a network: checked on this disk, whatever stands in the kept metadata."""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tuf.api.metadata import Metadata

from fakes.signed_hub import Maker
from faults.signing.signed_bench import IMAGE, PATH, Bench
from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.firmware import trust
from firstlight.firmware.errors import Corrupt, ImageMissing, NotKnown, NotSigned, TrustBusy, Untrusted
from firstlight.firmware.trust import Trust
from firstlight.store.lock import FileLock


def test_a_tampered_file_is_refused(bench: Bench) -> None:
    place = bench.fetch()
    for spoiled in (IMAGE[:-1] + b"!", IMAGE[:-1], IMAGE + b"!", b""):
        place.write_bytes(spoiled)
        with pytest.raises(Corrupt):
            bench.trust.check_offline(place, PATH, Work())
    place.unlink()
    with pytest.raises(ImageMissing):
        bench.trust.check_offline(place, PATH, Work())


@pytest.mark.parametrize("name", ["a1.json", "targets.json", "root_history/1.root.json", "../root.json"])
def test_tampered_metadata_is_refused(bench: Bench, name: str) -> None:
    place = bench.fetch()
    file = bench.folder / "trust" / "metadata" / name
    content = file.read_bytes()
    for spoiled in (content.replace(b'"expires":"20', b'"expires":"21', 1), content[: len(content) // 2], b"{}", b"\x00" * 6_000_000):
        file.write_bytes(spoiled)
        if name == "root_history/1.root.json":
            # The pinned root is kept elsewhere; this copy is python-tuf's and decides nothing.
            assert bench.trust.check_offline(place, PATH, Work())
            continue
        with pytest.raises(Untrusted):
            bench.trust.check_offline(place, PATH, Work())
    file.write_bytes(content)
    assert bench.trust.check_offline(place, PATH, Work())


def test_metadata_that_is_gone_is_asked_for_again(bench: Bench) -> None:
    place = bench.fetch()
    (bench.folder / "trust" / "metadata" / "a1.json").unlink()
    with pytest.raises(NotKnown):
        bench.trust.check_offline(place, PATH, Work())
    assert bench.fetch() == place
    assert bench.trust.check_offline(place, PATH, Work())


def test_without_network_an_expiry_is_shown_and_forbids_nothing(bench: Bench) -> None:
    place = bench.fetch()
    bench.now += timedelta(days=400)
    signed = bench.trust.check_offline(place, PATH, Work())
    assert signed.is_expired
    assert signed.expires < bench.now


def test_nothing_is_known_before_the_first_contact(bench: Bench) -> None:
    with pytest.raises(NotKnown):
        bench.trust.signed(PATH)


def test_a_root_that_the_maker_published_elsewhere_replaces_the_first_contact(bench: Bench) -> None:
    stranger = Maker()
    bench.trust.refresh(Work())
    first = bench.trust.pin
    assert first is not None
    with pytest.raises(Untrusted):
        bench.trust.pin_file(b"{}")
    pinned = bench.trust.pin_file(stranger.roles["root"])
    assert (pinned.how, pinned.fingerprint == first.fingerprint) == ("file", False)
    with pytest.raises(Untrusted):
        bench.trust.refresh(Work())
    bench.trust.pin_file(bench.maker.roles["root"])
    assert bench.trust.refresh(Work())


@pytest.mark.parametrize("words", [b"", b"{", b"[]", b'{"since": 5}', b'{"hub": "x", "fingerprint": "y", "since": "soon", "how": "z"}'])
def test_words_about_the_pin_may_be_lost_and_the_root_decides(bench: Bench, words: bytes) -> None:
    bench.trust.refresh(Work())
    before = bench.trust.pin
    (bench.folder / "trust" / "pin.json").write_bytes(words)
    after = bench.trust.pin
    assert before is not None
    assert after is not None
    assert (after.fingerprint, after.day) == (before.fingerprint, before.day)
    assert bench.trust.refresh(Work())


def test_one_asks_at_a_time_and_the_next_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.trust.refresh(Work())
    monkeypatch.setattr(trust, "WAIT_S", 0.2)
    held = FileLock.take(bench.folder / "trust" / "lock")
    assert held is not None
    with pytest.raises(TrustBusy):
        bench.trust.refresh(Work())
    assert bench.trust.signed(PATH).version == "26.47", "reading waits for nobody"
    held.release()
    faults: list[BaseException] = []

    def ask() -> None:
        try:
            bench.trust.refresh(Work())
        except FirstlightError as error:
            faults.append(error)

    monkeypatch.setattr(trust, "WAIT_S", 20.0)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


# -- anything at all ------------------------------------------------------------------------------------------------------

_MAKER = Maker()
_MAKER.publish(PATH, IMAGE, partition="boot")
ROLES = ("root", "targets", "a1")


def spoil(data: bytes, at: float, width: int, junk: bytes) -> bytes:
    """`data` with a piece replaced."""
    start = int(at * len(data))
    return data[:start] + junk + data[start + width :]


def offline_after(folder: Path, role: str, data: bytes) -> None:
    """Read a cache in which one role is `data`: either it is refused as untrusted, or it says exactly what was signed."""
    metadata = folder / "metadata"
    metadata.mkdir(parents=True, exist_ok=True)
    for name in ("targets", "a1"):
        (metadata / f"{name}.json").write_bytes(data if role == name else _MAKER.roles[name])
    (folder / "root.json").write_bytes(data if role == "root" else _MAKER.roles["root"])
    trust = Trust(folder, lambda: None)  # type: ignore[arg-type,return-value]
    try:
        signed = trust.signed(PATH)
    except (Untrusted, NotSigned, NotKnown):
        return
    assert (signed.sha256, signed.length, signed.version) == (hashlib.sha256(IMAGE).hexdigest(), len(IMAGE), "26.47")


@given(role=st.sampled_from(ROLES), at=st.floats(0, 0.999), width=st.integers(0, 200), junk=st.binary(max_size=200))
@settings(max_examples=60)
def test_spoiled_metadata_is_refused_or_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, role: str, at: float, width: int, junk: bytes
) -> None:
    offline_after(tmp_path_factory.getbasetemp() / "spoiled", role, spoil(_MAKER.roles[role], at, width, junk))


@pytest.mark.long
@given(role=st.sampled_from(ROLES), at=st.floats(0, 0.999), width=st.integers(0, 2000), junk=st.binary(max_size=2000))
@settings(max_examples=40_000)
def test_spoiled_metadata_is_refused_or_says_the_same_long(
    tmp_path_factory: pytest.TempPathFactory, role: str, at: float, width: int, junk: bytes
) -> None:
    offline_after(tmp_path_factory.getbasetemp() / "spoiled-long", role, spoil(_MAKER.roles[role], at, width, junk))


def _json_values() -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4))


@given(role=st.sampled_from(ROLES), value=_json_values(), data=st.data())
@settings(max_examples=40)
def test_any_json_in_any_place_is_refused_or_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, role: str, value: Any, data: st.DataObject
) -> None:
    document = Metadata.from_bytes(_MAKER.roles[role]).to_dict()
    place, depth = document, data.draw(st.integers(1, 5))
    for _ in range(depth):
        key = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[key], dict) or not place[key]:
            break
        if data.draw(st.booleans()):
            place = place[key]
    place[data.draw(st.sampled_from(sorted(place)))] = value
    offline_after(tmp_path_factory.getbasetemp() / "json", role, json.dumps(document).encode("utf-8", "surrogatepass"))
