# SPDX-License-Identifier: Apache-2.0
"""What an image says of itself, and what a router tells: whatever bytes come, the answer is facts or a refusal."""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from firstlight.base.errors import BadInput
from firstlight.base.work import Work
from firstlight.devices import router_facts, router_image
from firstlight.devices.address import parse
from firstlight.devices.errors import HostKeyChanged, ImageUnfit, NotARouter
from firstlight.devices.router_facts import RouterFacts
from firstlight.devices.router_keys import HostKey, HostKeys
from firstlight.practice.router_memory import make_router_image

R1 = RouterFacts(board="aurora,r1")


def made(**what: object) -> bytes:
    return b"".join(make_router_image(size=8192, **({"build": "26.47"} | what)))  # type: ignore[arg-type]


def read(data: bytes) -> router_image.ImageFacts:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "image"
        path.write_bytes(data)
        return router_image.read(path, Work())


def reason(data: bytes) -> str:
    with pytest.raises(ImageUnfit) as caught:
        read(data)
    return str(caught.value.facts["reason"])


def test_the_metadata_is_read_with_and_without_a_signature_behind_it() -> None:
    plain, signed = read(made()), read(made(is_signed=True))
    assert (plain.devices, plain.version, plain.revision, plain.is_signed) == (("aurora,r1",), "26.47", "r26.47", False)
    assert signed.is_signed
    assert signed.devices == plain.devices


def test_each_changed_byte_is_seen() -> None:
    data = made()
    for at in (0, 4096, 8191, 8200, len(data) - 20):
        broken = bytearray(data)
        broken[at] ^= 1
        assert reason(bytes(broken)) == "damaged", at


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_no_bytes_upset_the_reader(tail: bytes) -> None:
    for data in (tail, made()[:-30] + tail):
        assert reason(data) in ("no_metadata", "damaged")


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["aurora,r1", "xaurora,r1", "aurora", "1.0"])
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4), max_leaves=8)
NAMES = st.sampled_from(["compat_version", "supported_devices", "new_supported_devices", "version", "compat_message"])


@settings(max_examples=150)
@given(st.dictionaries(NAMES, JSON, max_size=5))
def test_no_metadata_upsets_the_reader_or_lets_a_stranger_through(metadata: dict[str, object]) -> None:
    try:
        facts = read(made(metadata=metadata or {"a": 1}))
        facts.check(R1, keep=True)
    except ImageUnfit:
        return
    told = metadata.get("supported_devices" if facts.compat_version == "1.0" else "new_supported_devices")
    assert isinstance(told, list)
    assert "aurora,r1" in told


@pytest.mark.parametrize(
    ("ours", "theirs", "keep", "refused"),
    [
        ("1.0", "1.0", True, ""),
        ("1.0", "1.1", True, "compat_minor"),
        ("1.0", "1.1", False, ""),
        ("1.1", "1.0", True, "compat_minor"),
        ("1.0", "2.0", False, "compat_major"),
        ("2.3", "1.3", False, "compat_major"),
    ],
)
def test_layouts(ours: str, theirs: str, keep: bool, refused: str) -> None:
    facts = read(made(compat_version=theirs))
    router = RouterFacts(board="aurora,r1", compat_version=ours)
    if not refused:
        facts.check(router, keep=keep)
        return
    with pytest.raises(ImageUnfit) as caught:
        facts.check(router, keep=keep)
    assert caught.value.facts["reason"] == refused


WORDS = st.text(max_size=400) | st.sampled_from(["\x1b[31mred", "a\nb", "x" * 5000])
BOARDS = st.fixed_dictionaries(
    {"board_name": st.just("aurora,r1")},
    optional={
        "model": WORDS | JSON,
        "hostname": WORDS | JSON,
        "release": st.fixed_dictionaries({}, optional={"version": WORDS | JSON, "revision": WORDS | JSON}) | JSON,
    },
)


@given(st.text(max_size=400) | JSON.map(json.dumps), st.text(max_size=200))
def test_a_stranger_is_no_router_or_an_old_one_that_is_named_by_its_file(ubus: str, rest: str) -> None:
    with contextlib.suppress(NotARouter):
        facts = router_facts.read(lambda argv: ubus if argv[0] == "ubus" else rest, "x")
        assert facts.board == rest.strip()


@given(BOARDS, st.text(max_size=200))
@example({"board_name": "aurora,r1", "model": "R1\tof\x1b[31m Aurora"}, "")
def test_whatever_a_router_says_the_facts_are_bounded_and_plain(ubus: dict[str, object], rest: str) -> None:
    facts = router_facts.read(lambda argv: json.dumps(ubus) if argv[0] == "ubus" else rest, "x")
    assert facts.board == "aurora,r1"
    told = "".join((facts.board, facts.model, facts.hostname, facts.build, facts.revision, facts.mac, facts.boot_id))
    assert len(told) < 800
    assert [c for c in told if ord(c) < 32] == []


COLUMNS = st.one_of(st.integers(-5, 10**14).map(str), st.sampled_from(["tmpfs", "9%", "/tmp", "-", "²"]), st.text(max_size=6))


@given(st.one_of(st.text(max_size=60), st.lists(COLUMNS, min_size=4, max_size=7).map(" ".join)))
@example("tmpfs 100 40 60 40% /tmp")
def test_free_room_is_a_number_or_not_known(line: str) -> None:
    first, second = router_facts._free("head\n" + line)
    words = line.split()
    assert first is None or (first == int(words[3]) * 1024 and 0 <= first < 10**12 * 1024)
    assert second is None or len(line.splitlines()) > 1


def test_free_room_of_both_places_is_read() -> None:
    head, tmp, overlay = "Filesystem 1024-blocks Used Available Capacity Mounted on", "tmpfs 100 40 60 40% /tmp", "ubi 9 8 1 89% /overlay"
    assert router_facts._free("\n".join((head, tmp, overlay))) == (60 * 1024, 1024)
    assert router_facts._free(f"{head}\n{tmp}") == (60 * 1024, None)
    assert router_facts._free(f"{head}\ndf: no such place\n{overlay}") == (None, 1024)


def test_an_old_openwrt_without_ubus_is_known_by_its_files() -> None:
    files = {
        "/tmp/sysinfo/board_name": "tplink,archer-c7-v2\n",
        "/etc/openwrt_release": "DISTRIB_ID='OpenWrt'\nDISTRIB_RELEASE='19.07.10'\n",
        "/sys/class/net/eth0/address": "02:0F:1A:00:9A:2E\n",
    }
    facts = router_facts.read(lambda argv: files.get(argv[-1], "") if argv[0] == "cat" else "", "x")
    assert (facts.board, facts.build, facts.mac, facts.compat_version) == ("tplink,archer-c7-v2", "19.07.10", "02:0f:1a:00:9a:2e", "1.0")
    assert facts.serial == "020F1A009A2E"
    assert facts.tmp_free is None


# -- keys ----------------------------------------------------------------------------------------------------------------

AT = parse("ssh:192.168.1.1")
KEY, OTHER = HostKey("ssh-ed25519", "AAAA"), HostKey("ssh-ed25519", "BBBB")


def test_the_first_key_is_kept_and_another_one_refused_until_one_is_expected(tmp_path: Path) -> None:
    keys = HostKeys(tmp_path / "keys.json")
    assert keys.check(AT, KEY)
    keys.keep(AT, KEY)
    keys = HostKeys(tmp_path / "keys.json")
    assert not keys.check(AT, KEY)
    with pytest.raises(HostKeyChanged):
        keys.check(AT, OTHER)
    keys.expect_new(AT)
    assert keys.check(AT, OTHER), "it must still be kept by whoever has seen that it is the same router"
    keys.keep(AT, OTHER)
    with pytest.raises(HostKeyChanged):
        keys.check(AT, KEY)
    assert keys.check(parse("ssh:192.168.1.1:2222"), KEY), "another port is another router"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"keys": 3}', '{"keys": {"a": 1}}', '{"keys": {"a": ["b"]}}', "\0"])
def test_a_damaged_list_of_keys_is_told_and_never_taken_for_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.json").write_text(text)
    with pytest.raises(BadInput):
        HostKeys(tmp_path / "keys.json").check(AT, KEY)
