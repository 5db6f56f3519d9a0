# SPDX-License-Identifier: Apache-2.0
"""Where an image goes: a disk, a file that stands for one, or a network block device. Bytes pass the system's cache by.

With O_DIRECT (Linux), "written" means handed to the device and "read back" means read from it. Where a file system cannot do that,
the cache of the piece is written out and dropped before it is read; where neither is possible, `reads_medium` is False and nobody
may say "verified".
"""

from __future__ import annotations

import errno
import mmap
import os
import stat
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from firstlight.imaging.errors import BadBlock, ImagingError, TargetBusy, TargetDenied, TargetFull, TargetGone, TargetRefused
from firstlight.imaging.pieces import RUN

if sys.platform != "win32":
    import fcntl

ALIGN = 512
"""Least that a device reads and writes."""
_PAGE = 4096
_BLKGETSIZE64 = 0x80081272
_SPARE = 64 << 20
"""Bytes of a file system that a growing file leaves free."""


class Medium(Protocol):
    """What is written. Errors are ImagingError; `at` in them is a byte of the medium."""

    path: str
    serial: str
    capacity: int
    """Bytes that it holds; for a file that grows, what its file system has."""
    is_blank: bool
    """Reads as zeros everywhere: zeros need not be written."""
    reads_medium: bool
    """Reading asks the medium and no cache."""

    def write(self, at: int, data: bytes | memoryview) -> None:
        """Write; `at` is a multiple of 512."""

    def reader(self) -> MediumReader:
        """Something to read back with; one per thread."""

    def sync(self) -> None:
        """Everything written is on the medium when this returns."""

    def finish(self, size: int) -> None:
        """The image has `size` bytes: cut a file to it."""

    def close(self) -> None:
        """Let go; never raises."""


class MediumReader(Protocol):
    """Reads back."""

    def read(self, at: int, length: int) -> memoryview:
        """Bytes that are valid until the next read; RUN at most. Fewer only at the end of the medium."""


class DiskMedium:
    """A block device or a regular file by its descriptor, which this object owns from now on."""

    def __init__(self, fd: int, path: str, *, serial: str = "", is_blank: bool = False, is_for_reading: bool = False) -> None:
        self.path, self.serial, self.is_blank = path, serial, is_blank
        self._fd = fd
        mode = os.fstat(fd).st_mode
        self._is_file = stat.S_ISREG(mode)
        self._direct = _direct(fd, os.O_RDONLY if is_for_reading else os.O_RDWR)
        self.reads_medium = self._direct is not None or hasattr(os, "posix_fadvise")
        self._buffer = mmap.mmap(-1, RUN)
        have = os.fstat(fd).st_size if self._is_file else device_size(fd)
        self._grows = self._is_file and have == 0
        self.capacity = _room(path) if self._grows else have

    def write(self, at: int, data: bytes | memoryview) -> None:
        """See Medium. What is not a multiple of a block is filled with zeros: behind an image's end nothing is promised."""
        whole = len(data) + (-len(data)) % _PAGE
        if not self._grows and at + whole > self.capacity:
            whole = len(data) + (-len(data)) % ALIGN
        if self._direct is None or at % ALIGN or (not self._grows and at + whole > self.capacity):
            self._plain(at, data)
            return
        if whole == len(data) and isinstance(data, memoryview) and self._from_memory(at, data):
            return
        self._buffer[: len(data)] = data
        if whole > len(data):
            self._buffer[len(data) : whole] = bytes(whole - len(data))
        with _Faults(self, at):
            _write_whole(self._direct, memoryview(self._buffer)[:whole], at)

    def _from_memory(self, at: int, data: memoryview) -> bool:
        """Write it from where it lies; False when it lies at no border that the device takes."""
        assert self._direct is not None
        with _Faults(self, at):
            try:
                _write_whole(self._direct, data, at)
            except OSError as error:
                if error.errno != errno.EINVAL:
                    raise
                return False
        return True

    def _plain(self, at: int, data: bytes | memoryview) -> None:
        view = memoryview(data)
        with _Faults(self, at):
            _write_whole(self._fd, view, at)
            if hasattr(os, "posix_fadvise"):
                # Starts the writing now, so that there is no long silence at the end.
                os.posix_fadvise(self._fd, at, len(view), os.POSIX_FADV_DONTNEED)

    def reader(self) -> MediumReader:
        """See Medium."""
        return _DiskReader(self, self._fd, self._direct)

    def sync(self) -> None:
        """See Medium."""
        with _Faults(self, 0):
            os.fsync(self._fd)

    def finish(self, size: int) -> None:
        """See Medium."""
        if self._grows:
            with _Faults(self, size):
                os.ftruncate(self._fd, size)

    def is_there(self) -> bool:
        """Whether the medium can still be asked: told apart from a place that is worn."""
        try:
            return Path(self.path).exists() if self._is_file else device_size(self._fd) > 0
        except OSError:
            return False

    def close(self) -> None:
        """See Medium."""
        self._buffer.close()
        for fd in (self._direct, self._fd):
            if fd is not None:
                with suppress(OSError):
                    os.close(fd)


def _write_whole(fd: int, view: memoryview, at: int) -> None:
    done = 0
    while done < len(view):
        done += os.pwrite(fd, view[done:], at + done)


class _DiskReader:
    def __init__(self, medium: DiskMedium, fd: int, direct: int | None) -> None:
        self._medium, self._fd, self._direct = medium, fd, direct
        self._buffer = mmap.mmap(-1, RUN)

    def read(self, at: int, length: int) -> memoryview:
        """See MediumReader."""
        if self._direct is None or at % ALIGN:
            return self._dropped(at, length)
        whole = length + (-length) % _PAGE
        view = memoryview(self._buffer)[:whole]
        done = 0
        with _Faults(self._medium, at):
            while done < length:
                got = os.preadv(self._direct, [view[done:]], at + done)
                if got == 0:
                    break
                done += got
                if done % ALIGN:
                    break  # the end of a file
        return view[: min(done, length)]

    def _dropped(self, at: int, length: int) -> memoryview:
        with _Faults(self._medium, at):
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(self._fd, at - at % _PAGE, length + 2 * _PAGE, os.POSIX_FADV_DONTNEED)
            return memoryview(os.pread(self._fd, length, at))


class _Faults:
    """The system's errors as ours, with the place."""

    def __init__(self, medium: DiskMedium, at: int) -> None:
        self._medium, self._at = medium, at

    def __enter__(self) -> None:
        """Nothing to begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise fault(error, self._medium.path, self._at, is_there=self._medium.is_there()) from error


_GONE = {errno.ENODEV, errno.ENXIO, getattr(errno, "ENOMEDIUM", 123), getattr(errno, "ESHUTDOWN", 108), getattr(errno, "EREMOTEIO", 121)}


def fault(error: OSError, path: str, at: int, *, is_there: bool) -> ImagingError:
    """What an error of the system means for a card."""
    code = error.errno or 0
    if code in _GONE or (code == errno.EIO and not is_there):
        return TargetGone(path=path, at=at)
    if code in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", 122)):
        return TargetFull(path=path, at=at)
    if code == errno.EROFS:
        return TargetRefused(path=path, reason="read_only")
    if code in (errno.EACCES, errno.EPERM):
        return TargetDenied(path=path)
    if code == errno.EBUSY:
        return TargetBusy(path=path)
    return BadBlock(path=path, at=at, why=error.strerror or str(code))


def device_size(fd: int) -> int:
    """Bytes of a block device, asked of the kernel; elsewhere by seeking to the end."""
    if sys.platform.startswith("linux"):
        return int(struct.unpack("Q", fcntl.ioctl(fd, _BLKGETSIZE64, bytes(8)))[0])
    return os.lseek(fd, 0, os.SEEK_END)


def _direct(fd: int, mode: int) -> int | None:
    """A second descriptor that passes the cache by; None where there is no such thing. By /proc, so that it is the same device."""
    flag = getattr(os, "O_DIRECT", 0)
    if not flag:
        return None
    try:
        direct = os.open(f"/proc/self/fd/{fd}", mode | flag | os.O_CLOEXEC)
    except OSError:
        # A descriptor that was handed over by someone with more rights cannot be opened again by us: then change it itself.
        try:
            fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | flag)
            direct = os.dup(fd)
        except OSError:
            return None
    return direct if _takes_direct(direct) else None


def _takes_direct(fd: int) -> bool:
    """Whether one aligned read works: some file systems take the flag and refuse the call."""
    buffer = mmap.mmap(-1, _PAGE)
    try:
        os.preadv(fd, [buffer], 0)
        return True
    except OSError as error:
        if error.errno == errno.EINVAL:
            os.close(fd)
            return False
        return True
    finally:
        buffer.close()


def _room(path: str) -> int:
    where = os.statvfs(Path(path).parent)
    return max(where.f_bavail * where.f_frsize - _SPARE, 0)
