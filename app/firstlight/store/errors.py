# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with the place where everything is kept."""

from __future__ import annotations

from firstlight.base.errors import FirstlightError

_MIB = 1 << 20


class StoreError(FirstlightError):
    """Root of this room's errors."""


class DiskFull(StoreError):
    """No room. Facts: `need` and `free` in bytes, and the same as `need_mb`, `free_mb` in whole MiB."""

    code = "store.disk_full"
    retryable = True

    def __init__(self, *, need: int, free: int) -> None:
        super().__init__(need=need, free=free, need_mb=-(-need // _MIB), free_mb=free // _MIB)


class NewerSchema(StoreError):
    """A newer Firstlight wrote this store. Facts: `path`, `have`, `known` (schema numbers)."""

    code = "store.newer_schema"


class Damaged(StoreError):
    """What was read back is not what was written. Facts: `path`, `why`."""

    code = "store.damaged"


class ReadOnly(StoreError):
    """The folder cannot be written or made. Facts: `path`, `why`."""

    code = "store.read_only"


class Busy(StoreError):
    """Another program holds the store for longer than we wait. Facts: `path`."""

    code = "store.busy"
    retryable = True


class BlobMissing(StoreError):
    """The file of a piece of content is gone or was changed by hand. Facts: `sha256`, `path`."""

    code = "store.blob_missing"


class SourceUnreadable(StoreError):
    """A file that the tester named cannot be read. Facts: `path`, `why`."""

    code = "store.source_unreadable"
