# SPDX-License-Identifier: Apache-2.0
"""One holder at a time, and none after its death."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from firstlight.store.lock import FileLock

_HOLDER = """
import sys
from pathlib import Path
from firstlight.store.lock import FileLock
lock = FileLock.take(Path(sys.argv[1]))
print("held" if lock else "refused", flush=True)
sys.stdin.read()
"""


def test_the_second_taker_gets_none_until_the_first_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "profile/instance.lock"
    first = FileLock.take(path)
    assert first is not None
    assert FileLock.take(path) is None
    first.release()
    with FileLock.take(path) as again:  # type: ignore[union-attr]
        assert again is not None


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "instance.lock"
    with subprocess.Popen([sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        assert FileLock.take(path) is None
        child.send_signal(signal.SIGKILL)
        child.wait()
    lock = FileLock.take(path)
    assert lock is not None
    lock.release()
