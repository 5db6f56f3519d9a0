# SPDX-License-Identifier: Apache-2.0
"""The open disk that comes from somebody with more rights: handed over by a program in pkexec's place, refused, or taken by hand."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from firstlight.base.work import Work
from firstlight.imaging import opener, rights
from firstlight.imaging.errors import TargetBusy, TargetDenied, TargetRefused

GIVES = """#!{python}
import array, os, socket, sys
assert sys.argv[2] == "-I" and sys.argv[3].endswith("opener.py") and sys.argv[4] == "/dev/sdx"
fd = os.open({file!r}, os.O_RDWR)
with socket.socket(fileno=os.dup(0)) as line:
    line.sendmsg([b"d"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))])
"""


def pkexec(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of this name, first on PATH; no system bus."""
    path = folder / "pkexec"
    path.write_text(text)
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder) + os.pathsep + os.environ["PATH"])
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder / 'no-bus'}")


def test_a_descriptor_comes_over_the_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "disk").write_bytes(b"disk")
    pkexec(tmp_path, GIVES.format(python=sys.executable, file=str(tmp_path / "disk")), monkeypatch)
    fd = rights.open_disk("/dev/sdx", Work())
    assert os.pread(fd, 4, 0) == b"disk"
    os.close(fd)


@pytest.mark.parametrize(("status", "error"), [(126, TargetDenied), (127, TargetDenied), (3, TargetBusy), (4, TargetRefused)])
def test_a_refusal_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, error: type[Exception]) -> None:
    pkexec(tmp_path, f"#!/bin/sh\nexit {status}\n", monkeypatch)
    with pytest.raises(error):
        rights.open_disk("/dev/sdx", Work())


@pytest.mark.parametrize("path", ["", "/etc/passwd", "/dev/../etc/passwd", "/dev/null", "/dev/loop0", "/dev/no-such", "/dev/sda1; true"])
def test_the_opener_opens_nothing_but_whole_disks_that_can_be_taken_out(path: str) -> None:
    assert opener.main(path) == 4
