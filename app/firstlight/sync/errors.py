# SPDX-License-Identifier: Apache-2.0
"""What keeps an op from being sent at all."""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class SyncError(FirstlightError):
    """Root of this room's errors."""


class Unreadable(SyncError):
    """An op's content does not fit the contract of this version. Facts: `kind`, `subject`."""

    code = "sync.unreadable"


class HubForgetful(SyncError):
    """The hub asks for content that this PC does not keep any more. Facts: `name`."""

    code = "sync.content_gone"


class KeptBack(SyncError):
    """The tester's own rules keep it here for now: it goes by itself later. Fact: `reason` "paused" or "metered"."""

    code = "sync.kept_back"
    retryable = True

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class BundleInvalid(SyncError):
    """A file is no bundle of acts, or was changed since it was signed. Facts: `path`, `why`."""

    code = "sync.bundle_invalid"


class NothingWaits(SyncError):
    """There is nothing that a bundle could carry."""

    code = "sync.nothing_waits"
