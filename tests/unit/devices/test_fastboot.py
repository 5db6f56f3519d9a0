# SPDX-License-Identifier: Apache-2.0
"""The same promises for the tester's fastboot and for our own client, against the practice phone; and strange phones."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.bench_with_phone import CLIENTS, image
from fakes.strange_phone import StrangePhone, packet
from firstlight.base.work import Work
from firstlight.devices import fastboot_program, fastboot_sparse, fastboot_tcp, fastboot_wire, tool
from firstlight.devices.device import Mode
from firstlight.devices.errors import (
    DeviceBatteryLow,
    DeviceDamaged,
    DeviceLocked,
    DeviceLost,
    DeviceNoRoom,
    DeviceRefused,
    DeviceStalled,
    DeviceWrong,
    UnlockForbidden,
    refusal,
)
from firstlight.devices.fastboot import Fastboot, FlashOptions, Watch, erase, go_on
from firstlight.devices.fastboot_program import FastbootProgram
from firstlight.devices.fastboot_tcp import FastbootTcp, Presence, presence, split_address
from firstlight.devices.inventory import Inventory
from firstlight.practice import bootloader
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


HOSTILE = {
    "a value with terminal codes": (b"\x1b]0;owned\x07\x1b[31ma1\r\n", "a1"),
    "a value of four kilobytes": (b"y" * 4000, "y" * 4000),
}


def test_words_of_a_bootloader_without_end_are_cut_off() -> None:
    with StrangePhone(packet(b"INFO" + b"x" * 60) * 5000) as phone, pytest.raises(DeviceLost) as lost:
        FastbootTcp(phone.address).getvar("product")
    assert "does not stop" in str(lost.value.facts["why"])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_of_a_bootloader_are_bounded_and_clean(name: str) -> None:
    sent, value = HOSTILE[name]
    with StrangePhone(packet(b"OKAY" + sent)) as phone:
        said = FastbootTcp(phone.address).getvar("product")
    assert said.rstrip().endswith(value), "what it means is kept"
    assert len(said) <= 4096
    assert [c for c in said if not c.isprintable() and c != "\n"] == []


def test_what_a_hostile_bootloader_says_stays_short_in_every_error() -> None:
    with StrangePhone(packet(b"FAIL" + b"\x1b[2J" + b"locked " * 500)) as phone, pytest.raises(DeviceRefused) as refused:
        FastbootTcp(phone.address).give(erase("userdata"))
    said = str(refused.value.facts["said"])
    assert len(said) <= 300
    assert "\x1b" not in said


def test_a_partition_that_says_it_is_endless_is_not_read(tmp_path: Path) -> None:
    with StrangePhone(packet(b"OKAY0xffffffffffff"), packet(b"OKAY0x1000")) as phone, pytest.raises(DeviceRefused):
        FastbootTcp(phone.address).fetch("settings", tmp_path / "kept")
    assert not (tmp_path / "kept").exists() or (tmp_path / "kept").stat().st_size == 0


def test_a_negative_most_at_once_makes_no_empty_backup(tmp_path: Path) -> None:
    piece = packet(b"DATA00000010") + packet(b"x" * 16) + packet(b"OKAY")
    with StrangePhone(packet(b"OKAY0x10"), packet(b"OKAY-1"), piece) as phone:
        assert FastbootTcp(phone.address).fetch("settings", tmp_path / "kept") == 16
    assert (tmp_path / "kept").read_bytes() == b"x" * 16


def test_a_phone_that_talks_on_and_on_is_left_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastboot_tcp, "ASK_S", 0.3)
    with Chatterbox() as phone, pytest.raises(DeviceStalled):
        FastbootTcp(phone.address).getvar("product")
    assert phone.said < 100


class Chatterbox(StrangePhone):
    """Says a word every few milliseconds and never comes to an end."""

    said = 0

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"FB01")
            while not self._over.wait(0.02):
                connection.sendall(packet(b"INFOstill at it"))
                self.said += 1


def test_an_image_that_was_packed_as_sparse_is_written_unpacked(client: Fastboot, phone: PracticePhone, tmp_path: Path) -> None:
    plain, packed = write(tmp_path, "vendor"), tmp_path / "packed.img"
    layout = fastboot_sparse.layout(plain)
    with plain.open("rb") as source, packed.open("wb") as file:
        file.writelines(fastboot_sparse.encode(layout, layout.chunks, source))
    client.flash("vendor", packed, Watch())
    assert phone.storage.path("vendor", "a").read_bytes() == plain.read_bytes()


def test_one_slot_the_other_or_both(client: Fastboot, phone: PracticePhone, tmp_path: Path) -> None:
    path = write(tmp_path, "boot")
    client.flash("boot", path, Watch(), FlashOptions(slot="other"))
    assert phone.storage.path("boot", "b").read_bytes() == path.read_bytes()
    assert phone.storage.path("boot", "a").read_bytes() != path.read_bytes()
    client.flash("boot", path, Watch(), FlashOptions(slot="all"))
    assert phone.storage.path("boot", "a").read_bytes() == path.read_bytes()


def test_every_reboot_has_its_place(client: Fastboot, phone: PracticePhone) -> None:
    inventory = Inventory(network=lambda: (phone.address,))
    client.reboot("fastboot")
    assert inventory.wait(phone.memory.serial, Mode.FASTBOOTD, 10, Work()).mode is Mode.FASTBOOTD
    client.reboot("bootloader")
    assert inventory.wait(phone.memory.serial, Mode.BOOTLOADER, 10, Work()).mode is Mode.BOOTLOADER
    client.give(go_on())
    assert inventory.wait(phone.memory.serial, Mode.SYSTEM, 10, Work()).build == "26.46"


@pytest.mark.skipif(not CLIENTS[0], reason="the fastboot program is not installed; our own client reads no update zip")
def test_an_update_zip_goes_by_the_program_which_compares_it_with_the_phone(phone: PracticePhone, tmp_path: Path) -> None:
    found = tool.find("fastboot")
    assert found is not None
    client = FastbootProgram(found, phone.address)
    package = tmp_path / "update.zip"
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("android-info.txt", "require product=a1_lite\n")
        file.writestr("boot.img", image("boot", "26.47", 1))
    with pytest.raises(DeviceWrong) as refused:
        client.update(package, Watch(), wipe=False)
    assert "a1_lite" in str(refused.value.facts["said"])
    assert phone.image_bytes == 0
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("android-info.txt", "require product=a1_eng\n")
        for partition in ("boot", "vendor", "system", "product"):
            file.writestr(f"{partition}.img", image(partition, "26.47", 1))
    client.update(package, Watch(), wipe=False)
    assert Inventory(network=lambda: (phone.address,)).wait(phone.memory.serial, Mode.SYSTEM, 10, Work()).build == "26.47"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Flashing is not allowed in Lock State", DeviceLocked),
        ("Partition flashing is not allowed", DeviceLocked),
        ("low power, need battery charging", DeviceBatteryLow),
        ("Unlock operation is not allowed", UnlockForbidden),
        ("Not enough space to resize partition", DeviceNoRoom),
        ("write error: block 517: Input/output error", DeviceDamaged),
        ("unknown command", DeviceRefused),
    ],
)
def test_makers_words_of_refusal_have_their_kinds(said: str, kind: type[DeviceRefused]) -> None:
    assert type(refusal(said, "flash")) is kind


@pytest.mark.skipif(not CLIENTS[0], reason="the fastboot program is not installed")
def test_the_programs_progress_moves_in_small_steps_where_pieces_are_sent_anyhow(
    phone: PracticePhone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By itself it tells of every piece that the phone takes at once: 256 MB and more."""
    monkeypatch.setattr(bootloader, "MAX_DOWNLOAD", 3 << 20)
    monkeypatch.setattr(fastboot_program, "_LEAST_PIECE", 256 << 10)
    found = tool.find("fastboot")
    assert found is not None
    moved: list[int] = []
    path = write(tmp_path, "vendor")
    FastbootProgram(found, phone.address).flash("vendor", path, Watch(moved=lambda done, total: moved.append(done)))
    assert len(set(moved)) > 10
    assert phone.storage.path("vendor", "a").read_bytes() == path.read_bytes()
