# SPDX-License-Identifier: Apache-2.0
"""The same promises for the tester's fastboot and for our own client, against the practice phone; and strange phones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.bench_with_phone import CLIENTS, image
from fakes.strange_phone import StrangePhone, packet
from firstlight.devices import fastboot_tcp, fastboot_wire, tool
from firstlight.devices.errors import DeviceBatteryLow, DeviceLocked, DeviceLost, DeviceRefused, DeviceStalled
from firstlight.devices.fastboot import Fastboot, Watch
from firstlight.devices.fastboot_program import FastbootProgram
from firstlight.devices.fastboot_tcp import FastbootTcp, Presence, presence, split_address
from firstlight.practice.faults import Faults
from firstlight.practice.phone import PracticePhone


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[PracticePhone]:
    with PracticePhone(tmp_path / "phone", boot_s=0.05) as made:
        yield made


@pytest.fixture(params=CLIENTS, ids=lambda p: "fastboot" if p else "own client")
def client(request: pytest.FixtureRequest, phone: PracticePhone) -> Fastboot:
    found = tool.find("fastboot") if request.param else None
    return FastbootProgram(found, phone.address) if found else FastbootTcp(phone.address)


def write(folder: Path, partition: str) -> Path:
    path = folder / f"{partition}.img"
    path.write_bytes(image(partition, "26.47", 1))
    return path


def test_variables_are_read_and_unknown_ones_are_empty(client: Fastboot) -> None:
    assert client.getvar("product") == "a1_eng"
    assert client.getvar("no-such-thing") == ""


@pytest.mark.parametrize("partition", ["boot", "vendor"])
def test_an_image_arrives_byte_by_byte_and_progress_grows_to_its_size(
    client: Fastboot, phone: PracticePhone, tmp_path: Path, partition: str
) -> None:
    path = write(tmp_path, partition)
    moved: list[tuple[int, int]] = []
    said: list[str] = []
    client.flash(partition, path, Watch(moved=lambda d, t: moved.append((d, t)), said=lambda text, tone: said.append(text)))
    assert phone.storage.path(partition, "a").read_bytes() == path.read_bytes()
    assert moved == sorted(moved)
    assert moved[-1] == (path.stat().st_size, path.stat().st_size)
    assert any("OKAY" in line for line in said)


def test_an_image_of_odd_size_arrives_whole(phone: PracticePhone, tmp_path: Path) -> None:
    path = tmp_path / "odd.img"
    path.write_bytes(image("vendor", "26.47", 1)[:3_000_001])
    FastbootTcp(phone.address).flash("vendor", path, Watch())
    assert phone.storage.path("vendor", "a").read_bytes()[:3_000_001] == path.read_bytes()


def test_a_partition_is_read_back(client: Fastboot, phone: PracticePhone, tmp_path: Path) -> None:
    assert client.fetch("settings", tmp_path / "kept") == 65536
    assert (tmp_path / "kept").read_bytes() == phone.storage.path("settings", "").read_bytes()
    client.fetch("vendor", tmp_path / "vendor")
    assert (tmp_path / "vendor").read_bytes() == phone.storage.path("vendor", "a").read_bytes()


@pytest.mark.parametrize(("faults", "error"), [(Faults(locked=True), DeviceLocked), (Faults(low_battery=5), DeviceBatteryLow)])
def test_a_refusal_is_told_apart(
    client: Fastboot, phone: PracticePhone, tmp_path: Path, faults: Faults, error: type[DeviceRefused]
) -> None:
    phone.faults = faults
    with pytest.raises(error):
        client.flash("boot", write(tmp_path, "boot"), Watch())


def test_a_partition_that_is_not_there_is_refused(client: Fastboot, tmp_path: Path) -> None:
    with pytest.raises(DeviceRefused):
        client.flash("radio", write(tmp_path, "boot"), Watch())


def test_a_cable_that_goes_is_noticed_in_seconds(client: Fastboot, phone: PracticePhone, tmp_path: Path) -> None:
    phone.faults = Faults(cable_out=10)
    with pytest.raises(DeviceLost):
        client.flash("vendor", write(tmp_path, "vendor"), Watch())
    with pytest.raises(DeviceLost):
        client.getvar("product")


def test_a_started_phone_takes_no_image(client: Fastboot, phone: PracticePhone, tmp_path: Path) -> None:
    phone._keep(__import__("dataclasses").replace(phone.memory, mode="system"))
    with pytest.raises(DeviceRefused):
        client.flash("boot", write(tmp_path, "boot"), Watch())
    assert phone.image_bytes == 0


STRANGE = {
    "a packet of eight exabytes": packet(b"OKAY", 1 << 62),
    "a packet longer than an answer": packet(b"OKAY" + b"x" * 5000),
    "a word that is none": packet(b"WHAT?"),
    "an empty packet": packet(b""),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_answer_ends_the_call(name: str) -> None:
    with StrangePhone(STRANGE[name]) as phone, pytest.raises(DeviceLost):
        FastbootTcp(phone.address).getvar("product")


def test_terminal_codes_of_a_phone_do_not_get_through() -> None:
    with StrangePhone(packet(b"OKAYa1\x1b[2J\x07\x9b31m_eng\x00")) as phone:
        assert FastbootTcp(phone.address).getvar("product") == "a1\ufffd31m_eng"


def test_somebody_else_at_the_address_is_no_phone() -> None:
    with StrangePhone(hello=b"SSH-") as phone:
        assert presence(phone.address, 0.2) is Presence.GONE
        with pytest.raises(DeviceLost):
            FastbootTcp(phone.address).getvar("product")


def test_silence_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastboot_tcp, "ASK_S", 0.4)
    with StrangePhone() as phone, pytest.raises(DeviceStalled):
        FastbootTcp(phone.address).getvar("product")


def test_silence_is_told_after_a_while(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fastboot_wire, "STALL_S", 0.3)
    monkeypatch.setattr(fastboot_tcp, "flash_deadline_s", lambda size: 1.2)
    silent: list[int] = []
    with StrangePhone() as phone, pytest.raises(DeviceStalled):
        FastbootTcp(phone.address).flash("boot", write(tmp_path, "boot"), Watch(silent=silent.append))
    assert silent


@pytest.mark.parametrize("address", ["", "tcp:", "tcp:host", "tcp:host:0", "tcp:host:99999", "tcp:ho st:1", "tcp:-oProxy:1\n", "udp:a:1"])
def test_what_is_no_address_is_none(address: str) -> None:
    assert split_address(address) is None
    with pytest.raises(ValueError):
        FastbootTcp(address)
