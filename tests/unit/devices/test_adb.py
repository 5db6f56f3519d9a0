# SPDX-License-Identifier: Apache-2.0
"""The real adb, its server asked directly for what moves bytes, against the practice phone; and phones that are no phones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.bench_with_phone import image
from fakes.strange_adb import StrangeAdb
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.devices import adb_server
from firstlight.devices.adb import Adb
from firstlight.devices.device import Mode
from firstlight.devices.errors import (
    DeviceLost,
    DeviceNoRoom,
    DeviceRefused,
    DeviceStalled,
    DeviceUnauthorised,
    PackageRefused,
    ToolFailed,
)
from firstlight.devices.fastboot import Watch
from firstlight.devices.inventory import Inventory
from firstlight.practice.faults import Faults
from firstlight.practice.memory import SIZES
from firstlight.practice.phone import PracticePhone
from firstlight.practice.phone_update import make_package


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[PracticePhone]:
    made = PracticePhone(tmp_path / "phone", boot_s=0.05, made_as={"mode": "system"})
    with made:
        yield made


@pytest.fixture
def adb(adb_of_tests: Adb, phone: PracticePhone) -> Adb:
    adb_of_tests.connect(phone.adb_address)
    return adb_of_tests


@pytest.fixture
def inventory(adb: Adb, phone: PracticePhone) -> Inventory:
    return Inventory(adb=lambda: adb.tool, adb_port=adb.port, network=lambda: (phone.address, f"adb:{phone.adb_address}"))


def package(folder: Path, *, device: str = "a1_eng", index: int = 1) -> Path:
    path = folder / "update.zip"
    path.write_bytes(make_package(device, {p: image(p, "26.47", index) for p in ("boot", "vendor", "system", "product")}))
    return path


def into(phone: PracticePhone, inventory: Inventory, mode: Mode) -> None:
    inventory.adb().reboot(phone.adb_address, mode.value)
    inventory.wait(phone.memory.serial, mode, 10, Work())


def test_a_started_phone_tells_what_it_is(inventory: Inventory, phone: PracticePhone) -> None:
    device = inventory.find(phone.memory.serial, Work())
    assert (device.way, device.mode, device.product, device.board) == ("adb", Mode.SYSTEM, "a1_eng", "C")
    assert (device.build, device.battery, device.is_unlocked, device.slot, device.rollback_index) == ("26.46", 78, True, "a", 0)
    assert device.where == f"adb:{phone.adb_address}"


def test_a_command_of_the_phone_says_its_words_or_its_status(adb: Adb, phone: PracticePhone) -> None:
    where = phone.adb_address
    assert adb.shell(where, ("echo", "a; rm -rf $HOME", "'b'"), deadline_s=10) == "a; rm -rf $HOME 'b'\n"
    with pytest.raises(DeviceRefused) as refused:
        adb.shell(where, ("no-such-thing",), deadline_s=10)
    assert "not found" in str(refused.value.facts["said"])
    with pytest.raises(ToolFailed):
        adb.reboot(where, "nonsense")


def test_every_reboot_ends_where_it_says(inventory: Inventory, phone: PracticePhone) -> None:
    for mode in (Mode.RECOVERY, Mode.SIDELOAD, Mode.BOOTLOADER):
        phone._hold("system")
        into(phone, inventory, mode)
        assert inventory.find(phone.memory.serial, Work()).mode is mode


def test_a_file_is_pushed_with_true_progress(adb: Adb, phone: PracticePhone, tmp_path: Path) -> None:
    source = tmp_path / "file"
    source.write_bytes(image("boot", "26.47", 1))
    moved: list[int] = []
    adb.push(phone.adb_address, source, "/data/local/tmp/boot.img", Watch(moved=lambda done, total: moved.append(done)))
    assert (phone.files / "data/local/tmp/boot.img").read_bytes() == source.read_bytes()
    assert moved == sorted(moved)
    assert moved[-1] == source.stat().st_size
    assert phone.image_bytes == source.stat().st_size


def test_a_full_cache_is_told_as_such(adb: Adb, phone: PracticePhone, tmp_path: Path) -> None:
    phone.faults = Faults(full_cache=True)
    source = tmp_path / "file"
    source.write_bytes(bytes(200_000))
    with pytest.raises(DeviceNoRoom):
        adb.push(phone.adb_address, source, "/cache/recovery/update.zip", Watch())
    assert not (phone.files / "cache/recovery/update.zip").exists()


def test_a_path_of_a_guide_never_leaves_the_phone(adb: Adb, phone: PracticePhone, tmp_path: Path) -> None:
    source = tmp_path / "file"
    source.write_bytes(b"x")
    adb.push(phone.adb_address, source, "/../../../escaped", Watch())
    assert (phone.files / "escaped").exists()
    assert not (tmp_path / "escaped").exists()


def test_a_sideload_writes_the_other_slot_and_its_progress_is_true(inventory: Inventory, phone: PracticePhone, tmp_path: Path) -> None:
    into(phone, inventory, Mode.SIDELOAD)
    path = package(tmp_path)
    moved: list[tuple[int, int]] = []
    said: list[str] = []
    watch = Watch(moved=lambda done, total: moved.append((done, total)), said=lambda text, tone: said.append(text))
    inventory.adb().sideload(phone.adb_address, path, watch)
    size = path.stat().st_size
    assert moved == sorted(moved)
    assert moved[-1] == (size, size)
    half = next(i for i, (done, _) in enumerate(moved) if done == size)
    assert 0.4 < half / len(moved) < 0.6, "the first reading is the progress, the second is said in words"
    assert any("installs" in line for line in said)
    assert phone.memory.slot == "b"
    assert all(phone.storage.path(p, "b").read_bytes() == image(p, "26.47", 1) for p in SIZES)
    inventory.adb().reboot(phone.adb_address, "system")
    assert inventory.wait(phone.memory.serial, Mode.SYSTEM, 10, Work()).build == "26.47"


@pytest.mark.parametrize(
    ("device", "faults"),
    [
        pytest.param("a1_lite", Faults(), id="another model"),
        pytest.param("a1_eng", Faults(full_cache=True), id="full cache", marks=pytest.mark.long),
        pytest.param("a1_eng", Faults(bad_block=90), id="bad block", marks=pytest.mark.long),
    ],
)
def test_a_package_that_is_not_installed_is_told_and_changes_nothing(
    inventory: Inventory, phone: PracticePhone, tmp_path: Path, device: str, faults: Faults
) -> None:
    into(phone, inventory, Mode.SIDELOAD)
    phone.faults = faults
    with pytest.raises(PackageRefused):
        inventory.adb().sideload(phone.adb_address, package(tmp_path, device=device), Watch())
    assert phone.memory.slot == "a"
    assert not phone.storage.path("boot", "b").exists()


def test_a_cable_that_goes_in_a_sideload_is_noticed_and_the_phone_still_starts(
    inventory: Inventory, phone: PracticePhone, tmp_path: Path
) -> None:
    into(phone, inventory, Mode.SIDELOAD)
    phone.faults = Faults(cable_out=40)
    with pytest.raises(DeviceLost):
        inventory.adb().sideload(phone.adb_address, package(tmp_path), Watch())
    assert phone.memory.slot == "a"
    phone.plug_in()
    phone._hold("system")
    assert inventory.wait(phone.memory.serial, Mode.SYSTEM, 10, Work()).build == "26.46"


def test_a_phone_that_says_nothing_more_ends_the_call(
    inventory: Inventory, phone: PracticePhone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adb_server, "_GIVE_UP_S", 0.6)
    monkeypatch.setattr(adb_server, "STALL_S", 0.3)
    into(phone, inventory, Mode.SIDELOAD)
    phone.faults = Faults(stall=20)
    silent: list[int] = []
    with pytest.raises(DeviceStalled):
        inventory.adb().sideload(phone.adb_address, package(tmp_path), Watch(silent=silent.append))
    assert silent
    phone.pull_cable()


def test_a_pc_that_is_not_allowed_is_told_so_until_its_tester_allows_it(adb_of_tests: Adb, tmp_path: Path) -> None:
    with PracticePhone(tmp_path / "shy", serial="PRACTICE-0009", boot_s=0.05, made_as={"mode": "system"}) as shy:
        shy.faults = Faults(unauthorised=True)
        inventory = Inventory(
            adb=lambda: adb_of_tests.tool, adb_port=adb_of_tests.port, network=lambda: (shy.address, f"adb:{shy.adb_address}")
        )
        with pytest.raises((DeviceUnauthorised, DeviceLost)):
            adb_of_tests.connect(shy.adb_address)
            adb_of_tests.shell(shy.adb_address, ("true",), deadline_s=10)
        assert [d.mode for d in inventory.devices(Work()) if d.way != "adb" or d.address == shy.adb_address] == [Mode.UNAUTHORISED]
        assert not any("shell" in r.command for r in shy.record)
        shy.allow()
        assert inventory.wait("PRACTICE-0009", Mode.SYSTEM, 10, Work()).product == "a1_eng"


def test_an_address_where_nobody_is_is_no_device(adb_of_tests: Adb) -> None:
    """adb ends with 0 there; its words are what counts."""
    with pytest.raises(DeviceLost):
        adb_of_tests.connect("127.0.0.1:1")


def test_a_dead_line_is_made_anew(adb: Adb, phone: PracticePhone) -> None:
    """adb calls it "already connected" for ever."""
    phone.pull_cable()
    phone.plug_in()
    inventory = Inventory(adb=lambda: adb.tool, adb_port=adb.port, network=lambda: (f"adb:{phone.adb_address}",))
    assert inventory.wait(phone.memory.serial, Mode.SYSTEM, 10, Work()).build == "26.46"


def test_comings_and_goings_are_told_without_asking_again_and_again(adb_of_tests: Adb, phone: PracticePhone) -> None:
    work, news = Work(), threading.Semaphore(0)
    thread = threading.Thread(target=follow, args=(adb_of_tests.server_port, work, news.release), daemon=True)
    thread.start()
    try:
        assert news.acquire(timeout=10), "the list as it is"
        adb_of_tests.connect(phone.adb_address)
        assert news.acquire(timeout=10), "it came"
        adb_of_tests._run("disconnect", phone.adb_address, deadline_s=10)
        assert news.acquire(timeout=10), "it went"
    finally:
        work.cancel()
        thread.join(5)
    assert not thread.is_alive()


def follow(port: int, work: Work, changed: object) -> None:
    try:
        adb_server.track(port, work, changed)  # type: ignore[arg-type]
    except Cancelled:
        return


STRANGE = {
    "a block that the package has not": b"OKAYOKAY99999999",
    "no block at all": b"OKAYOKAYgive me!",
    "the same block for ever": b"OKAYOKAY" + b"00000000" * 3000,
    "not the language of adb": b"HTTP/1.1 400 Bad Request\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_recovery_ends_the_call(name: str, tmp_path: Path) -> None:
    path = tmp_path / "package"
    path.write_bytes(bytes(100_000))
    with StrangeAdb(STRANGE[name]) as server, pytest.raises(DeviceLost):
        adb_server.sideload(server.port, "X", path, deadline_s=5, watch=Watch())


def test_words_of_a_strange_server_are_bounded_and_clean() -> None:
    with StrangeAdb(b"FAIL" + b"ffff" + b"\x1b[2Jno \x07" + b"x" * 65535) as server, pytest.raises(DeviceRefused) as refused:
        adb_server.push(server.port, "X", Path(__file__), "/x", deadline_s=5, watch=Watch())
    said = str(refused.value.facts["said"])
    assert said.startswith("no xxx")
    assert len(said) <= 300


def test_a_phone_that_talks_for_ever_is_cut_off(adb: Adb, phone: PracticePhone, monkeypatch: pytest.MonkeyPatch) -> None:
    from firstlight.devices import tool

    monkeypatch.setattr(tool, "_MAX_OUTPUT", 10_000)
    (phone.files / "endless").parent.mkdir(parents=True, exist_ok=True)
    (phone.files / "endless").write_bytes(b"\x1b[31mbla\x00 " * 200_000)
    said = adb.shell(phone.adb_address, ("cat", "/endless"), deadline_s=30)
    assert len(said) <= 10_000
    assert "\x1b" not in said
    phone._keep(replace(phone.memory, build="x\x1b[2J" + "y" * 5000))
    inventory = Inventory(adb=lambda: adb.tool, adb_port=adb.port, network=lambda: (f"adb:{phone.adb_address}",))
    assert len(inventory.find(phone.memory.serial, Work()).build) <= 120
