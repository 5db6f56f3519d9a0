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
