# SPDX-License-Identifier: Apache-2.0
"""Logs while the tester is testing: a phone that goes on talking, a serial line, routers, a bug report; and 'it happened just now'."""

from __future__ import annotations

import os
import sys
import threading
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from fakes.own_adb import HAS_ADB, own_adb
from fakes.routers import KINDS, stand
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.capture import log_sources, logs
from firstlight.capture.errors import LogNotRead
from firstlight.capture.log_buffer import LONGEST_LINE, LogBuffer
from firstlight.devices.errors import HostKeyChanged, ToolMissing
from firstlight.devices.tool import Tool
from firstlight.practice.phone import PracticePhone


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Waiting(Work):
    """Says when enough has come."""

    def __init__(self, buffer: LogBuffer, lines: int) -> None:
        super().__init__()
        self.began, self.came = threading.Event(), threading.Event()
        self._buffer, self._lines = buffer, lines

    def _said(self, _progress: object) -> None:
        self.began.set()
        if self._buffer.heard.lines >= self._lines:
            self.came.set()


@contextmanager
def following(call, buffer: LogBuffer, lines: int):
    work, ended = Waiting(buffer, lines), []

    def run() -> None:
        try:
            call(work)
        except (Cancelled, LogNotRead) as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield work, ended
    finally:
        work.cancel()
        thread.join(10)
        assert not thread.is_alive()


def program(folder: Path, body: str) -> Tool:
    path = folder / "adb"
    path.write_text(f"#!{sys.executable}\nimport os, sys, time, zipfile\nout = sys.stdout.buffer\n{body}\n")
    path.chmod(0o755)
    return Tool(path)


# -- the buffer ------------------------------------------------------------------------------------------------------------


def test_a_moment_trims_the_log_to_what_led_to_it_and_what_came_of_it() -> None:
    clock = Clock()
    buffer = LogBuffer(clock)
    for second in range(0, 600, 10):
        clock.seconds = 1000 + second
        buffer.add(f"line {second}\n".encode())
        if second == 400:
            buffer.mark()
    assert buffer.heard.marks == (1400.0,)
    kept = buffer.around(1400.0).decode().splitlines()
    assert (kept[0], kept[-1]) == ("line 280", "line 410")
    assert buffer.all().count(b"\n") == 60


def test_the_oldest_lines_go_first_and_no_line_is_endless() -> None:
    buffer = LogBuffer(Clock(), most_bytes=200_000)
    buffer.add(b"first\n")
    for number in range(20_000):
        buffer.add(b"line %d\nhal" % number)
        buffer.add(b"f a line\n")
    assert buffer.heard.size <= 200_000
    assert b"first" not in buffer.all()
    assert buffer.all().endswith(b"line 19999\nhalf a line\n")
    buffer.add(b"x" * (LONGEST_LINE * 3))
    assert buffer.heard.size <= 200_000
    assert max(map(len, buffer.all().split(b"\n"))) <= LONGEST_LINE


# -- the phone -------------------------------------------------------------------------------------------------------------


def test_a_phone_that_went_away_is_followed_from_its_last_line_on_and_nothing_comes_twice(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(log_sources, "AGAIN_S", 0.01)
    log, turns = tmp_path / "argv.txt", tmp_path / "turns"
    turns.mkdir()
    tool = program(
        tmp_path,
        f"""
open({str(log)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')
turn = len(os.listdir({str(turns)!r}))
open(os.path.join({str(turns)!r}, str(turn)), 'w')
line = '2026-11-22 10:11:%02d.500 +0000  1  2 I Fan: turn %d\\n'
if turn == 0:
    out.write((line % (1, 1) + line % (2, 2)).encode()); out.flush(); sys.exit(1)
out.write((line % (2, 2) + line % (3, 3)).encode()); out.flush()
time.sleep(30)
""",
    )
    buffer = LogBuffer(Clock())
    with following(lambda work: log_sources.follow_logcat(tool, buffer, work, serial="A1"), buffer, 3) as (work, _):
        assert work.came.wait(10)
    assert [line.rsplit(b" ", 1)[1] for line in buffer.all().splitlines()] == [b"1", b"2", b"3"]
    first, second = log.read_text().splitlines()[:2]
    assert first == "-s A1 exec-out logcat -v threadtime,year,zone -b all -T 1"
    assert second.endswith("-T 1795342262.500")


def test_no_adb_is_said_as_that(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing):
        log_sources.follow_logcat(Tool(tmp_path / "none"), LogBuffer(Clock()), Work())


def test_a_bug_report_tells_how_far_it_is(tmp_path: Path) -> None:
    tool = program(
        tmp_path,
        """
assert sys.argv[1:4] == ['-s', 'A1', 'bugreport'], sys.argv
for percent in (3, 40, 88):
    sys.stdout.write('\\r[%3d%%] generating bugreport-a1.zip' % percent); sys.stdout.flush()
with zipfile.ZipFile(sys.argv[4], 'w') as z: z.writestr('main.txt', 'fan 0 rpm')
print('\\n/bugreports/bugreport-a1.zip: 1 file pulled')
""",
    )
    told = []

    class Told(Work):
        def _said(self, progress) -> None:
            told.append(progress.done)

    path = log_sources.bugreport(tool, tmp_path / "new", Told(), serial="A1")
    assert zipfile.ZipFile(path).namelist() == ["main.txt"]
    assert told == sorted(told)
    assert told[-1] == 88


def test_a_bug_report_that_never_came_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LogNotRead) as found:
        log_sources.bugreport(program(tmp_path, "print('Bugreport failed'); sys.exit(0)"), tmp_path, Work())
    assert found.value.facts["reason"] == "empty"


# -- the serial line -------------------------------------------------------------------------------------------------------


def test_a_serial_line_gets_this_pcs_time_and_loses_its_terminal_codes() -> None:
    master, slave = os.openpty()
    port, clock = os.ttyname(slave), Clock()
    buffer = LogBuffer(clock)
    try:
        with following(lambda work: log_sources.follow_serial(port, 115200, buffer, work, now=clock), buffer, 3) as (work, _):
            assert work.began.wait(10)
            os.write(master, b"U-Boot 2026.01\r\n\x1b[31mDRAM:\x1b[0m  1 ")
            os.write(master, b"GiB\r\n\xff\xfe noise\r\n")
            assert work.came.wait(10)
    finally:
        os.close(master)
        os.close(slave)
    lines = buffer.all().decode().splitlines()
    assert [line[30:] for line in lines] == ["U-Boot 2026.01", "DRAM:  1 GiB", "\ufffd\ufffd noise"]
    assert all(line[:4].isdigit() and line[10] == " " for line in lines)


def test_a_serial_line_reads_the_same_in_whatever_pieces_it_comes() -> None:
    said = "boot\r\n\x1b[1;31mFärn 张家\x1b[0m up\r\n\r\nready\r\n".encode()
    whole = log_sources.Stamped(lambda: 0.0)(said)
    stamped = log_sources.Stamped(lambda: 0.0)
    assert b"".join(stamped(bytes((sign,))) for sign in said) == whole
    assert "Färn 张家 up\n" in whole.decode()
    assert whole.count(b"\n") == 4


def test_a_port_that_goes_away_is_said_and_what_was_heard_stays(tmp_path: Path) -> None:
    with pytest.raises(LogNotRead) as found:
        log_sources.follow_serial(str(tmp_path / "ttyUSB9"), 115200, LogBuffer(Clock()), Work(), now=Clock())
    assert found.value.facts["reason"] == "port_gone"
    master, slave = os.openpty()
    buffer = LogBuffer(Clock())
    port = os.ttyname(slave)
    with following(lambda work: log_sources.follow_serial(port, 9600, buffer, work, now=Clock()), buffer, 1) as (work, ended):
        assert work.began.wait(10)
        os.write(master, b"last words\n")
        assert work.came.wait(10)
        os.close(slave)
        os.close(master)
    assert [type(e) for e in ended] in ([LogNotRead], [Cancelled])
    assert buffer.all().endswith(b" last words\n")


# -- the router ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_routers_logs_come_over_its_known_key_alone(kind: str, tmp_path: Path) -> None:
    with stand(kind, tmp_path) as at:
        at.router.facts(at.work)
        assert log_sources.router_log(at.router, "logread", at.work).strip()
        at.router.close()
        (tmp_path / "keys.json").write_text((tmp_path / "keys.json").read_text().replace("AAAA", "AAAB", 1))
        with pytest.raises(HostKeyChanged):
            log_sources.router_log(at.client(), "dmesg", at.work)


# -- the real adb and the practice phone -----------------------------------------------------------------------------------


@pytest.mark.skipif(not HAS_ADB, reason="Debian's adb is not installed: apt install adb")
def test_the_real_adb_brings_the_practice_phones_log_and_bug_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = PracticePhone(tmp_path / "phone", boot_s=0.05, made_as={"mode": "system"})
    with phone, own_adb(tmp_path) as adb:
        adb.connect(phone.adb_address)
        monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(adb.port))
        serial = phone.adb_address
        held = logs.logcat(adb.tool, Work(), serial=serial)
        buffer = LogBuffer(Clock())
        with following(lambda work: log_sources.follow_logcat(adb.tool, buffer, work, serial=serial), buffer, 1) as (work, _):
            assert work.came.wait(20)
        assert held.splitlines()[0] in buffer.all().splitlines()
        assert zipfile.is_zipfile(log_sources.bugreport(adb.tool, tmp_path / "report", Work(), serial=serial))
