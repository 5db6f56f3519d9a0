# SPDX-License-Identifier: Apache-2.0
"""The practice phone keeps what a phone keeps, refuses what a phone refuses, and starts only what is whole."""

from __future__ import annotations

import contextlib
import io
import struct
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fakes.bench_with_phone import image
from firstlight.base.errors import BadInput
from firstlight.base.work import Work
from firstlight.devices.device import Mode
from firstlight.devices.fastboot import Watch
from firstlight.devices.fastboot_tcp import FastbootTcp
from firstlight.devices.inventory import Inventory
from firstlight.practice import sparse
from firstlight.practice.faults import Faults, parse
from firstlight.practice.memory import SIZES
from firstlight.practice.phone import PracticePhone
from firstlight_contract.practice import make_image, read_label


def flash_all(phone: PracticePhone, folder: Path, build: str, rollback_index: int = 0) -> None:
    for partition in SIZES:
        path = folder / "image"
        path.write_bytes(image(partition, build, rollback_index))
        FastbootTcp(phone.address).flash(partition, path, Watch())


def restart(phone: PracticePhone, mode: Mode) -> None:
    FastbootTcp(phone.address).reboot("system")
    Inventory(network=lambda: (phone.address,)).wait(phone.memory.serial, mode, 10, Work())


def test_a_phone_leaves_the_factory_with_a_build_and_keeps_it(tmp_path: Path) -> None:
    with PracticePhone(tmp_path, factory_build="26.46") as phone:
        assert FastbootTcp(phone.address).getvar("build") == "26.46"
    with PracticePhone(tmp_path, factory_build="99.99") as phone:
        assert FastbootTcp(phone.address).getvar("build") == "26.46"


def test_a_whole_build_starts_and_survives_switching_off(tmp_path: Path) -> None:
    with PracticePhone(tmp_path / "p", boot_s=0.05) as phone:
        flash_all(phone, tmp_path, "26.47", 1)
        restart(phone, Mode.SYSTEM)
    with PracticePhone(tmp_path / "p", boot_s=0.05) as phone:
        assert (phone.memory.mode, phone.memory.build, phone.memory.rollback_index) == ("system", "26.47", 1)


def test_a_build_below_the_anti_rollback_counter_does_not_start(tmp_path: Path) -> None:
    with PracticePhone(tmp_path / "p", boot_s=0.05) as phone:
        flash_all(phone, tmp_path, "26.47", 1)
        restart(phone, Mode.SYSTEM)
        phone.into_bootloader()
        flash_all(phone, tmp_path, "26.46", 0)
        restart(phone, Mode.BOOTLOADER)
        assert phone.memory.boot_fault == "boot"


def test_parts_of_two_builds_do_not_start_together(tmp_path: Path) -> None:
    with PracticePhone(tmp_path / "p", boot_s=0.05) as phone:
        path = tmp_path / "image"
        path.write_bytes(image("boot", "26.47", 0))
        FastbootTcp(phone.address).flash("boot", path, Watch())
        restart(phone, Mode.BOOTLOADER)
        assert phone.memory.boot_fault == "mixed"


def test_every_byte_is_written_down(tmp_path: Path) -> None:
    with PracticePhone(tmp_path / "p") as phone:
        path = tmp_path / "image"
        path.write_bytes(image("boot", "26.47", 0))
        FastbootTcp(phone.address).flash("boot", path, Watch())
        assert phone.image_bytes >= SIZES["boot"]
        assert phone.facts().image_bytes == phone.image_bytes
        assert sum(r.data_bytes for r in phone.record) == phone.image_bytes
        assert "flash:boot_a" in (tmp_path / "p" / "received.jsonl").read_text()


def test_a_pulled_cable_can_be_plugged_in_again_at_the_same_address(tmp_path: Path) -> None:
    with PracticePhone(tmp_path) as phone:
        address = phone.address
        for _ in range(3):
            phone.pull_cable()
            phone.pull_cable()
            assert not phone.is_plugged
            phone.plug_in()
            phone.plug_in()
            assert phone.address == address
            assert FastbootTcp(address).getvar("product") == "a1_eng"


def test_faults_are_named_on_the_command_line() -> None:
    assert parse(["cable-out:62", "locked"]) == Faults(cable_out=62, locked=True)
    assert parse(["low-battery"]).low_battery == 12
    for bad in ("cable-out:0", "cable-out:x", "nonsense", "locked:1", "low-battery:90"):
        with pytest.raises(BadInput):
            parse([bad])


def test_an_image_is_the_same_everywhere_and_says_what_it_is() -> None:
    data = b"".join(make_image(device="a1", partition="boot", build="26.47", rollback_index=3, size=65536))
    label = read_label(data)
    assert label is not None
    assert (label.device, label.partition, label.build, label.rollback_index, label.size) == ("a1", "boot", "26.47", 3, 65536)
    assert data == b"".join(make_image(device="a1", partition="boot", build="26.47", rollback_index=3, size=65536))
    assert data[:4] == b"FLIM"
    for bad in (0, 4096, 5000):
        with pytest.raises(ValueError):
            next(make_image(device="a1", partition="boot", build="1", rollback_index=0, size=bad))


def sparse_file(*chunks: tuple[int, int, bytes], blocks: int) -> bytes:
    body = b"".join(struct.pack("<HHII", kind, 0, count, 12 + len(data)) + data for kind, count, data in chunks)
    return struct.pack("<IHHHHIIII", sparse.MAGIC, 1, 0, 28, 12, 4096, blocks, len(chunks), 0) + body


def test_sparse_chunks_go_to_their_places_and_leave_the_rest() -> None:
    target = io.BytesIO(b"\xee" * 4096 * 4)
    data = sparse_file((0xCAC3, 1, b""), (0xCAC1, 1, b"r" * 4096), (0xCAC2, 1, b"fill"), blocks=4)
    assert sparse.is_sparse(data)
    sparse.write(data, target, 4096 * 4)
    assert target.getvalue() == b"\xee" * 4096 + b"r" * 4096 + b"fill" * 1024 + b"\xee" * 4096


@pytest.mark.parametrize(
    "data",
    [
        sparse_file((0xCAC1, 1, b"short"), blocks=1),
        sparse_file((0xCAC1, 9, b"r" * 4096), blocks=1),
        sparse_file((0xCAC2, 1, b"toolong"), blocks=1),
        sparse_file((0xBEEF, 1, b""), blocks=1),
        sparse_file((0xCAC3, 1, b""), blocks=1 << 30),
        sparse_file((0xCAC1, 1, b"r" * 4096), blocks=1)[:-100],
    ],
)
def test_a_sparse_image_that_contradicts_itself_is_refused(data: bytes) -> None:
    with pytest.raises(sparse.SparseError):
        sparse.write(data, io.BytesIO(bytes(65536)), 65536)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0xCAC1, 0xCAC2, 0xCAC3, 0xCAC4, 0xBEEF]),
            st.integers(0, 5) | st.just(0xFFFFFFFF),
            st.binary(max_size=8) | st.integers(1, 4).map(lambda n: b"r" * 4096 * n),
        ),
        max_size=5,
    ),
    st.integers(0, 4),
    st.binary(max_size=40),
)
@example([(0xCAC3, 1, b""), (0xCAC2, 1, b"fill")], 2, b"")
@example([(0xCAC3, 2, b""), (0xCAC1, 1, b"r" * 4096)], 2, b"")
def test_no_sparse_bytes_write_past_the_partition(chunks: list[tuple[int, int, bytes]], blocks: int, behind: bytes) -> None:
    whole = sparse_file(*chunks, blocks=blocks) + behind
    target = io.BytesIO(bytes(8192))
    assert sparse.is_sparse(whole)
    with contextlib.suppress(sparse.SparseError):
        sparse.write(whole, target, 8192)
    assert len(target.getvalue()) == 8192


@given(st.binary(max_size=300))
def test_no_bytes_behind_the_magic_upset_a_phone(data: bytes) -> None:
    whole, target = struct.pack("<I", sparse.MAGIC) + data, io.BytesIO(bytes(8192))
    assert sparse.is_sparse(whole) == (len(whole) >= 28)
    if sparse.is_sparse(whole):
        with contextlib.suppress(sparse.SparseError):
            sparse.write(whole, target, 8192)
    assert len(target.getvalue()) == 8192
