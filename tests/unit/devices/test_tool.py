# SPDX-License-Identifier: Apache-2.0
"""Programs of the tester's PC: deadlines, honest cancels, silence told, output bounded and cleaned."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.devices import tool
from firstlight.devices.errors import ToolMissing
from firstlight.devices.tool import Tool, clean, find

PYTHON = Tool(Path(sys.executable))


def run(code: str, **more: object) -> tool.Outcome:
    return PYTHON.run("-c", code, **({"deadline_s": 20.0} | more))  # type: ignore[arg-type]


def test_exit_and_output_of_both_streams_come_back() -> None:
    outcome = run("import sys; print('out', flush=True); print('err', file=sys.stderr); sys.exit(3)")
    assert outcome.exit == 3
    assert outcome.output == "out\nerr\n"


def test_a_program_past_its_deadline_is_ended() -> None:
    outcome = run("import threading; print('begun', flush=True); threading.Event().wait(600)", deadline_s=0.8)
    assert outcome.exit is None
    assert not outcome.is_lost
    assert outcome.seconds < 10


def test_a_cancel_ends_the_program() -> None:
    work = Work()
    threading.Timer(0.3, work.cancel).start()
    with pytest.raises(Cancelled):
        run("import threading; threading.Event().wait(600)", work=work)


def test_silence_is_told_and_its_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "STALL_S", 0.2)
    told: list[int] = []
    outcome = run(
        "import threading; wait = threading.Event().wait; wait(0.7); print('there', flush=True); wait(0.1)", on_silence=told.append
    )
    assert outcome.is_ok
    assert told[-1] == 0
    assert len(told) > 1


def test_a_program_whose_partner_is_gone_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "_ALIVE_S", 0.2)
    outcome = run("import threading; threading.Event().wait(600)", is_alive=lambda: False)
    assert outcome.is_lost
    assert outcome.seconds < 10


def test_endless_output_is_bounded() -> None:
    outcome = run("import sys\nfor _ in range(400): sys.stdout.write('x' * 10_000)")
    assert outcome.is_ok
    assert len(outcome.output) <= 1 << 20


def test_terminal_codes_are_taken_out() -> None:
    assert clean("a\x1b[31mb\x1b]0;t\x07c\x9b2Jd\r\n\te") == "ab]0;tc2Jd\n\te"


def test_a_program_that_cannot_be_started_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "fastboot"
    path.write_text("no program")
    path.chmod(0o755)
    with pytest.raises(ToolMissing):
        Tool(path).run("devices", deadline_s=5)


def test_a_program_is_found_on_the_path_in_the_sdk_or_where_the_tester_says(tmp_path: Path) -> None:
    sdk = tmp_path / "platform-tools"
    sdk.mkdir()
    program = sdk / "fastboot-of-test"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert find("fastboot-of-test", env={"PATH": "", "ANDROID_HOME": str(tmp_path)}) == Tool(program)
    assert find("fastboot-of-test", env={"PATH": str(sdk)}) == Tool(program)
    assert find("fastboot-of-test", env={"PATH": os.defpath}) is None
    assert find("fastboot", str(program)) == Tool(program)
    assert find("fastboot", str(tmp_path / "none")) is None


WAITER = """
import sys
from pathlib import Path
from firstlight.devices.tool import Tool
Tool(Path(sys.executable)).run("-c", "import os, threading; print(os.getpid(), flush=True); threading.Event().wait(600)", deadline_s=600,
    on_text=lambda text: print(text, end="", flush=True), ends_with_us=True)
"""


@pytest.mark.skipif(not tool._ending_with_us(), reason="only Linux ends a program with the one that waits for it, by util-linux's setpriv")
def test_a_program_that_waits_for_its_device_does_not_outlive_us() -> None:
    with subprocess.Popen([sys.executable, "-c", WAITER], stdout=subprocess.PIPE, text=True) as us:
        assert us.stdout is not None
        waiting = psutil.Process(int(us.stdout.readline()))
        us.kill()
    _, left = psutil.wait_procs([waiting], timeout=5)
    assert all(one.status() == psutil.STATUS_ZOMBIE for one in left), "it ended, if nobody has taken note of that"
