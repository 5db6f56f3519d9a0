# SPDX-License-Identifier: Apache-2.0
"""The same promises of the SSH way against the practice router and against the real dropbear."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.fault_proxy import Fault, FaultProxy
from fakes.routers import KINDS, Stand, image, stand, with_password
from fakes.strange_phone import StrangePhone
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.devices.address import parse
from firstlight.devices.errors import (
    BackupDamaged,
    HostKeyChanged,
    ImageUnfit,
    LoginRefused,
    NotARouter,
    RouterLost,
    RouterNoRoom,
    RouterNotBack,
    RouterNotFound,
    RouterStalled,
    UploadDamaged,
)
from firstlight.devices.router_back import Came, wait_back
from firstlight.devices.ssh import FIRMWARE, Router
from firstlight.practice.faults import Faults


@pytest.fixture(params=KINDS)
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stand]:
    with stand(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Stand]:
    with stand("practice", tmp_path) as made:
        yield made


def flash(at: Stand, path: Path, *, keep: bool = True, seconds: float = 10) -> object:
    before = at.router.facts(at.work)
    at.router.bound = before.serial
    sha256 = at.router.upload(path, FIRMWARE, at.work)
    at.router.test_image(FIRMWARE, at.work, keep=keep)
    at.router.sysupgrade(FIRMWARE, keep=keep, sha256=sha256)
    return wait_back(at.router, before=before, wanted="26.47", seconds=seconds, work=at.work, unchanged_s=1, look_every_s=0.05)


def test_facts_backup_upload_flash_and_the_new_build_comes_back(at: Stand, tmp_path: Path) -> None:
    path = image(tmp_path)
    facts = at.router.facts(at.work)
    assert (facts.board, facts.build, facts.compat_version) == ("aurora,r1", "26.46", "1.0")
    assert facts.mac.startswith("02:0f:1a")
    assert facts.tmp_free == 64 << 20
    kept = at.router.backup(tmp_path / "kept", at.work)
    assert kept.files >= 1
    assert kept.path.stat().st_mode & 0o077 == 0
    moved: list[tuple[int, int]] = []
    sha256 = at.router.upload(path, FIRMWARE, at.work, progress=lambda done, total: moved.append((done, total)))
    assert sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert moved == sorted(moved)
    assert moved[-1] == (path.stat().st_size, path.stat().st_size)
    back = flash(at, path)
    assert back.came is Came.NEW
    assert at.flashed == path.read_bytes()
    assert at.build == "26.47"


def test_without_settings_the_router_gets_a_new_key_and_is_known_again_by_its_own_number(at: Stand, tmp_path: Path) -> None:
    at.router.facts(at.work)
    old = at.keys.kept(at.router.address)
    assert flash(at, image(tmp_path), keep=False).came is Came.NEW
    assert at.keys.kept(at.router.address) not in (None, old)
    stranger = at.client()
    stranger.bound = "ANOTHER"
    with pytest.raises(NotARouter):
        stranger.facts(at.work)
    stranger.close()


def test_a_build_that_does_not_start_is_told_as_rolled_back(at: Stand, tmp_path: Path) -> None:
    at.set_outcome("rolled_back")
    back = flash(at, image(tmp_path))
    assert back.came is Came.ROLLED_BACK
    with pytest.raises(RouterNotBack) as caught:
        back.require("26.47")
    assert caught.value.facts["reason"] == "rolled_back"


def test_a_router_that_never_answers_again_is_told_as_a_brick(at: Stand, tmp_path: Path) -> None:
    at.set_outcome("brick")
    assert flash(at, image(tmp_path), seconds=0.8).came is Came.BRICK


def test_a_password_is_asked_for_only_when_needed_and_a_wrong_one_is_refused(at: Stand) -> None:
    asked: list[str] = []
    login = with_password("dawn chorus")
    with at.client(replace(login, password=lambda a: asked.append(a.where) or "never needed")) as open_door:
        open_door.facts(at.work)
    assert not asked
    at.set_password("dawn chorus")
    with at.client(login) as router:
        assert router.facts(at.work).build == "26.46"
    for wrong in ("night", None):
        with at.client(with_password(wrong)) as router, pytest.raises(LoginRefused):
            router.facts(at.work)
    assert "dawn chorus" not in "".join(p.read_text("utf-8", "replace") for p in at.folder.glob("*.json"))


def test_a_look_alike_gets_no_byte(at: Stand, tmp_path: Path) -> None:
    at.set_look_alike()
    with pytest.raises(ImageUnfit) as caught:
        at.router.check_image(image(tmp_path), at.work, keep=True)
    assert caught.value.facts["reason"] == "board"
    assert at.image_bytes == 0
    at.router.upload(image(tmp_path), FIRMWARE, at.work)
    with pytest.raises(ImageUnfit) as caught:
        at.router.test_image(FIRMWARE, at.work, keep=True)
    assert caught.value.facts["reason"] == "router_said"


def test_another_layout_is_refused_and_a_newer_one_asks_for_fresh_settings(at: Stand, tmp_path: Path) -> None:
    with pytest.raises(ImageUnfit) as caught:
        at.router.check_image(image(tmp_path, build="26.47", board="aurora,r1", compat="2.0"), at.work, keep=False)
    assert caught.value.facts["reason"] == "compat_major"
    minor = image(tmp_path, build="26.47", board="aurora,r1", compat="1.1")
    with pytest.raises(ImageUnfit) as caught:
        at.router.check_image(minor, at.work, keep=True)
    assert caught.value.facts["reason"] == "compat_minor"
    assert at.router.check_image(minor, at.work, keep=False).devices == ("aurora,r1",)
    at.set_compat("1.1")
    assert at.router.check_image(minor, at.work, keep=True)
    assert at.image_bytes == 0


def test_too_little_memory_is_seen_before_a_byte_is_sent(at: Stand, tmp_path: Path) -> None:
    at.set_full()
    with pytest.raises(RouterNoRoom):
        at.router.check_room(image(tmp_path).stat().st_size, at.work)
    assert at.image_bytes == 0


def test_the_last_look_at_the_gates_comes_before_the_first_byte(at: Stand, tmp_path: Path) -> None:
    def closed() -> None:
        raise ImageUnfit(reason="board", board="x", wanted="y", said="")

    with pytest.raises(ImageUnfit):
        at.router.upload(image(tmp_path), FIRMWARE, at.work, before=closed)
    assert at.image_bytes == 0
    assert not any(c.startswith("cat >") for c in at.commands)


def test_another_key_at_the_same_address_is_an_error_that_ends_when_the_old_one_is_forgotten(at: Stand, tmp_path: Path) -> None:
    at.router.facts(at.work)
    at.keys.keep(at.router.address, replace(at.keys.kept(at.router.address), data="AAAA"))
    with at.client() as router:
        with pytest.raises(HostKeyChanged):
            router.facts(at.work)
        at.keys.forget(router.address)
        assert router.facts(at.work).build == "26.46"


def test_a_cable_that_goes_in_the_middle_is_told_and_the_next_try_ends_right(at: Stand, tmp_path: Path) -> None:
    path = image(tmp_path)
    port = parse(at.device.address).port
    with FaultProxy(f"tcp://127.0.0.1:{port}", Fault(cut_up=400_000, reset=True)) as proxy:
        behind = parse("ssh:root@" + proxy.address.removeprefix("http://"))
        router = Router(behind, keys=at.keys, login=at.router.login)
        with pytest.raises(RouterLost):
            router.upload(path, FIRMWARE, at.work)
        proxy.always = Fault()
        assert router.upload(path, FIRMWARE, at.work) == hashlib.sha256(path.read_bytes()).hexdigest()
        router.close()


def test_bytes_that_change_on_the_way_into_memory_are_seen_by_the_hash(practice: Stand, tmp_path: Path) -> None:
    practice.device.faults = Faults(bad_block=40)
    with pytest.raises(UploadDamaged):
        practice.router.upload(image(tmp_path), FIRMWARE, practice.work)
    assert not list(practice.device.storage.tmp.iterdir()), "what was damaged lies there still"


def test_memory_that_runs_full_on_the_way_is_told_as_that(practice: Stand, tmp_path: Path) -> None:
    practice.router.facts(practice.work)
    practice.set_full()
    with pytest.raises(RouterNoRoom):
        practice.router.upload(image(tmp_path, build="26.47", board="aurora,r1", compat="1.0", size=4 << 20), FIRMWARE, practice.work)


def test_a_router_that_stalls_is_given_up_after_a_while(practice: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.device.faults = Faults(stall=30)
    line, _ = practice.router._open(practice.work)
    with pytest.raises(RouterStalled):
        line.run("cat > /tmp/x", work=practice.work, deadline_s=30, silence_s=0.5, feed=iter([bytes(32768)] * 200))
    assert not line.is_open


def test_a_stop_ends_an_upload_at_once_and_leaves_nothing(practice: Stand, tmp_path: Path) -> None:
    practice.device.bytes_per_s = 100_000
    work = Work()

    def stop_soon(done: int, total: int) -> None:
        if done > 200_000:
            work.cancel()

    with pytest.raises(Cancelled):
        practice.router.upload(image(tmp_path), FIRMWARE, work, progress=stop_soon)
    assert practice.build == "26.46"


def test_a_router_that_did_not_obey_is_told_as_unchanged(practice: Stand) -> None:
    before = practice.router.facts(practice.work)
    back = wait_back(practice.router, before=before, wanted="26.47", seconds=5, work=practice.work, unchanged_s=0.2, look_every_s=0.05)
    assert back.came is Came.UNCHANGED


def test_a_reboot_loop_is_no_slow_start(practice: Stand, tmp_path: Path) -> None:
    practice.device.faults = Faults(reboot_loop=True)
    back = flash(practice, image(tmp_path), seconds=1.8)
    assert back.came is Came.BRICK
    assert back.starts >= 2


def test_a_start_that_takes_its_time_is_told_as_such(practice: Stand) -> None:
    before = practice.router.facts(practice.work)
    practice.router.close()
    practice.device.is_half_up = True
    back = wait_back(practice.router, before=before, wanted="26.47", seconds=0.5, work=practice.work, look_every_s=0.05)
    assert back.came is Came.STILL_BOOTING


def test_nobody_there_is_told_in_a_moment(practice: Stand) -> None:
    practice.device.stop()
    with pytest.raises(RouterNotFound):
        practice.router.facts(practice.work)


def test_whoever_speaks_no_ssh_is_no_router(practice: Stand) -> None:
    with StrangePhone(hello=b"HTTP/1.0 400 Bad Request\r\n\r\n" * 200) as web:
        stranger = Router(parse("ssh:" + web.address.removeprefix("tcp:")), keys=practice.keys, login=practice.router.login)
        with pytest.raises(NotARouter):
            stranger.facts(practice.work)


HOSTILE = {
    "no json": b"hello there",
    "deep json": b"[" * 16000,
    "no board": b'{"board_name": ""}',
    "terminal codes": b'{"board_name": "\\u001b[2Jaurora,r1;rm -rf"}',
    "a list": b"[]",
    "endless": b'{"board_name": "' + b"a" * (10 << 20) + b'"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_strange_answers_make_no_router(practice: Stand, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from firstlight.practice.router_shell import Said

    monkeypatch.setattr(practice.device.shell, "answer", lambda line: Said(out=HOSTILE[name]))
    with pytest.raises(NotARouter):
        practice.router.facts(practice.work)


def test_a_flood_of_words_is_cut(practice: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    from firstlight.practice.router_shell import Said

    monkeypatch.setattr(practice.device.shell, "answer", lambda line: Said(out=b"x\x1b[31m" * (4 << 20)))
    answer = practice.router.run(["logread"], practice.work, limit=200_000)
    assert answer.is_cut
    assert set(answer.text) == {"x"}


@pytest.mark.parametrize("archive", [b"", b"no archive", b"\x1f\x8b\x08\x00" + bytes(64)])
def test_settings_that_came_damaged_are_no_backup_and_the_older_one_stays(
    practice: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: bytes
) -> None:
    from firstlight.practice.router_shell import Said

    kept = practice.router.backup(tmp_path / "kept", practice.work)
    monkeypatch.setattr(practice.device.shell, "answer", lambda line: Said(out=archive))
    with pytest.raises(BackupDamaged):
        practice.router.backup(tmp_path / "kept", practice.work)
    assert [p.name for p in (tmp_path / "kept").iterdir()] == [kept.path.name]


def test_two_stops_end_every_wait(practice: Stand) -> None:
    practice.device.faults = Faults(stall=1)
    practice.device.write_down("earlier", 1)
    work = Work()
    stopper = threading.Timer(0.3, work.cancel)
    stopper.start()
    with pytest.raises(Cancelled):
        practice.router.facts(work)
    stopper.join()
