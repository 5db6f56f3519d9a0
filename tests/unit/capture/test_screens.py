# SPDX-License-Identifier: Apache-2.0
"""The phone's screen and log by adb: a program of ours plays adb, byte for byte."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from PIL import Image

from fakes.own_adb import HAS_ADB, own_adb
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.capture import logs, screens
from firstlight.capture.errors import NothingCaptured, TooLarge
from firstlight.devices.errors import DeviceNotFound, ToolMissing
from firstlight.devices.tool import Tool
from firstlight.practice.phone import PracticePhone


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def adb(tmp_path):
    def make(body: str) -> Tool:
        path = tmp_path / "adb"
        path.write_text(f"#!{sys.executable}\nimport sys, time\nout = sys.stdout.buffer\n{body}\n")
        path.chmod(0o755)
        return Tool(path)

    return make


def test_the_screen_comes_byte_for_byte(adb):
    data = png()
    tool = adb(f"assert sys.argv[1:] == ['-s', 'A1', 'exec-out', 'screencap', '-p'], sys.argv\nout.write({data!r})")
    assert screens.phone_screen(tool, Work(), serial="A1") == data


def test_words_before_the_picture_are_passed_over(adb):
    data = png()
    assert screens.phone_screen(adb(f"out.write(b'[Warning] Multiple displays' + bytes([10]) + {data!r})"), Work()) == data


def test_half_a_picture_is_none(adb):
    with pytest.raises(NothingCaptured):
        screens.phone_screen(adb(f"out.write({png()[:-20]!r})"), Work())


def test_no_phone_is_said_as_that(adb):
    with pytest.raises(DeviceNotFound):
        screens.phone_screen(adb("print('adb: no devices/emulators found', file=sys.stderr); sys.exit(1)"), Work())


def test_no_adb_is_said_as_that():
    with pytest.raises(ToolMissing):
        screens.phone_screen(Tool(Path("/nonexistent/adb")), Work())


def test_a_flood_is_cut_off(adb, monkeypatch):
    monkeypatch.setattr(screens, "LIMIT_BYTES", 100_000)
    with pytest.raises(TooLarge):
        screens.phone_screen(adb("while True: out.write(bytes(65536)); out.flush()"), Work())


def test_silence_ends_at_the_deadline_and_a_stop_ends_it_at_once(adb, monkeypatch):
    tool = adb("time.sleep(60)")  # house: what the fake adb does, not the test
    monkeypatch.setattr(screens, "LIMIT_S", 0.2)
    with pytest.raises(NothingCaptured) as caught:
        screens.phone_screen(tool, Work())
    assert caught.value.facts["reason"] == "timeout"
    work = Work()
    work.cancel()
    with pytest.raises(Cancelled):
        screens.phone_screen(tool, work)


def test_logcat_is_asked_for_all_buffers_with_zone(adb):
    tool = adb("out.write(' '.join(sys.argv[1:]).encode())")
    assert logs.logcat(tool, Work()) == b"exec-out logcat -d -v threadtime,year,zone -b all"
    assert logs.logcat(tool, Work(), minutes=5, now_s=1000.0).endswith(b"-T 700.000")


def test_the_programs_own_log_ends_with_the_newest_line(tmp_path, monkeypatch):
    assert logs.own_log(tmp_path) == b""
    (tmp_path / "firstlight.log").write_bytes(b"".join(b"line %d\n" % i for i in range(1000)))
    assert logs.own_log(tmp_path).endswith(b"line 999\n")
    monkeypatch.setattr(logs, "OWN_LIMIT_BYTES", 100)
    cut = logs.own_log(tmp_path)
    assert len(cut) <= 100
    assert cut.startswith(b"line ")


@pytest.mark.skipif(not HAS_ADB, reason="needs adb (Debian: adb)")
def test_the_real_adb_brings_the_screen_of_a_phone_whole(tmp_path, monkeypatch):
    """Debian's adb and the practice phone: every byte of the PNG, and the two phones of a crowded desk are not mixed up."""
    server = tmp_path / "server"
    server.mkdir()
    with own_adb(server) as real, PracticePhone(tmp_path / "phone", boot_s=0.05, made_as={"mode": "system"}) as phone:
        real.connect(phone.adb_address)
        monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(real.port))
        data = screens.phone_screen(real.tool, Work(), serial=phone.adb_address)
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            assert picture.size == (36, 64)
            assert len(picture.getcolors(9999) or ()) > 10
        with pytest.raises(DeviceNotFound):
            screens.phone_screen(real.tool, Work(), serial="127.0.0.1:1")


def test_several_phones_are_told_as_such(adb):
    with pytest.raises(NothingCaptured) as told:
        screens.phone_screen(adb("print('adb: more than one device/emulator', file=sys.stderr); sys.exit(1)"), Work())
    assert told.value.facts["reason"] == "several"
