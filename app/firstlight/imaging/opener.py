# SPDX-License-Identifier: Apache-2.0
"""The only lines of ours that run as root: open one disk and hand the descriptor to whoever stands at standard input.

A program of its own that imports nothing of ours, run by `pkexec python -I opener.py /dev/sdX`. Refuses what is no whole disk
that can be taken out or that lies on USB. Exit: 0 handed over, 3 in use, 4 no such disk, 1 refused.
"""

import array
import errno
import os
import re
import socket
import stat
import sys


def _may(name: str) -> bool:
    """A whole disk by the kernel's own words: removable, or below a USB controller, or an SD card."""
    base = f"/sys/block/{name}"

    def says(what: str) -> str:
        try:
            with open(f"{base}/{what}", encoding="ascii", errors="replace") as file:  # noqa: PTH123  a kernel file
                return file.read(32).strip()
        except OSError:
            return ""

    return says("removable") == "1" or "/usb" in os.path.realpath(base) or says("device/type") == "SD"


def main(path: str) -> int:
    """Open and hand over."""
    match = re.fullmatch(r"/dev/([a-z0-9]{2,32})", path)
    if not match or not _may(match[1]):
        return 4
    try:
        fd = os.open(path, os.O_RDWR | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        return 3 if error.errno == errno.EBUSY else 4
    if not stat.S_ISBLK(os.fstat(fd).st_mode):
        return 4
    with socket.socket(fileno=os.dup(0)) as line:
        line.sendmsg([b"d"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
