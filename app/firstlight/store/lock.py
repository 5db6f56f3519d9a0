# SPDX-License-Identifier: Apache-2.0
"""A lock between processes that the system lets go of by itself when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import TracebackType

from firstlight.store.disk import fault_of

if sys.platform == "win32":
    import msvcrt

    def _try(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    def _share(fd: int) -> None:
        """Nothing to say: Windows lets nobody rename what somebody has open."""

    def _try_alone(fd: int) -> None:
        """As above."""

else:
    import fcntl

    def _try(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _share(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_SH)

    _try_alone = _try


class FileLock:
    """Held from `take` until `release` or the end of the process."""

    def __init__(self, file: FileIO) -> None:
        self._file = file

    @classmethod
    def take(cls, path: Path) -> FileLock | None:
        """The lock at `path`, or None while another process (or another taker in this one) holds it."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = FileIO(path, "ab+")
        except OSError as error:
            raise fault_of(error, path) from error
        try:
            file.seek(1 << 30)  # Windows locks bytes: one far behind the pid, so that the pid stays readable
            _try(file.fileno())
        except OSError:
            file.close()
            return None
        # Without a buffer, so that what a full disk did not take is not tried once more at the end. It is held without a pid too.
        with suppress(OSError):
            file.truncate(0)
            file.write(str(os.getpid()).encode())
        return cls(file)

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would race with a taker."""
        self._file.close()

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()


class Users:
    """Who has something open, of all programs: any number at once, and one that has to be alone with it only when nobody else is there."""

    def __init__(self, path: Path) -> None:
        """Join them; OSError. Waits for somebody who is alone with it just now."""
        self._file = FileIO(path, "ab+")
        _share(self._file.fileno())

    def try_alone(self) -> bool:
        """Keep everybody else out until `share`; False while somebody is there."""
        try:
            _try_alone(self._file.fileno())
        except OSError:
            _share(self._file.fileno())  # who asks for more than they have may lose what they had
            return False
        return True

    def share(self) -> None:
        """Let the others in again."""
        _share(self._file.fileno())

    def leave(self) -> None:
        """No user any more."""
        self._file.close()
