# SPDX-License-Identifier: Apache-2.0
"""A file of one JSON object a line, each on the medium before `append` returns: the memory of risky work.

A crash can tear the last line only; opening cuts the torn piece off, so that what follows never sticks to it.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Any

from firstlight.store.disk import Disk, fault_of
from firstlight.store.errors import Damaged
from firstlight.store.points import reached


class Journal:
    """Open for appending; thread-safe. Close it, or use it in a `with`."""

    def __init__(self, path: Path, file: FileIO, records: list[dict[str, Any]], disk: Disk) -> None:
        self.path = path
        self._file = file
        self._torn_at: int | None = None
        self._records = records
        self._disk = disk
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, disk: Disk | None = None) -> Journal:
        """The journal at `path`, made with its folder when there is none. Damaged when a line before the last is no JSON."""
        disk = disk or Disk()
        try:
            is_new = not path.exists()
            disk.make_folder(path.parent)
            data = b"" if is_new else path.read_bytes()
            records, good = _parse(data, path)
            # Without a buffer: what a full disk did not take must not come after all with a later write, or when the file is closed.
            file = FileIO(path, "ab+")
            if len(data) != good:
                file.truncate(good)
                disk.sync(file)
            if is_new:
                disk.sync_folder(path.parent)
        except OSError as error:
            raise fault_of(error, path) from error
        return cls(path, file, records, disk)

    def append(self, record: dict[str, Any]) -> None:
        """Write `record` down for good: when this returns, a power cut cannot take it back. After an error it was not written."""
        # A file's name need be no text: what UTF-8 cannot write stands in JSON's own escapes.
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(errors="backslashreplace") + b"\n"
        with self._lock:
            try:
                if self._torn_at is not None:
                    self._cut(self._torn_at)
                before = self._file.seek(0, 2)
            except OSError as error:
                raise fault_of(error, self.path, need=len(line)) from error
            try:
                self._write(line)
                reached("journal.written")
                self._disk.sync(self._file)
            except OSError as error:
                self._torn_at = before
                with suppress(OSError):
                    self._cut(before)
                raise fault_of(error, self.path, need=len(line)) from error
            self._records.append(json.loads(line))
        reached("journal.synced")

    def records(self) -> tuple[dict[str, Any], ...]:
        """Everything written so far, oldest first."""
        with self._lock:
            return tuple(self._records)

    def close(self) -> None:
        """Let go of the file; nothing is pending."""
        self._file.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _write(self, line: bytes) -> None:
        left = memoryview(line)
        while left:
            left = left[self._file.write(left) :]

    def _cut(self, at: int) -> None:
        """Take a half-written line back; if even that fails, the next append does it, so that nothing ever sticks to it."""
        self._file.truncate(at)
        self._torn_at = None


def read(path: Path) -> tuple[dict[str, Any], ...]:
    """The records of a journal that somebody else may be writing; nothing is changed. Empty when there is no file."""
    try:
        return tuple(_parse(path.read_bytes(), path)[0])
    except FileNotFoundError:
        return ()


def _parse(data: bytes, path: Path) -> tuple[list[dict[str, Any]], int]:
    """Records, and the length up to which the file is sound."""
    records: list[dict[str, Any]] = []
    good = 0
    torn = False
    for line in data.splitlines(keepends=True):
        record = _record(line)
        if record is None:
            torn = True
        elif torn:
            raise Damaged(path=str(path), why=f"line {len(records) + 1} cannot be read")
        else:
            records.append(record)
            good += len(line)
    return records, good


def _record(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
