# SPDX-License-Identifier: Apache-2.0
"""What can go wrong while private details are hidden. In each case nothing was sent and the original is untouched."""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class RedactError(FirstlightError):
    """The root of this room."""

    code = "redact"


class WorkerDied(RedactError):
    """The process that read the file ended without an answer. Facts: `name`, `status`."""

    code = "redact.worker_died"
    retryable = True


class NotText(RedactError):
    """The file cannot be read as text or as an archive of texts. Facts: `name`, `why`."""

    code = "redact.not_text"


class TooMuch(RedactError):
    """An archive unpacks to more than we read. Facts: `name`, `limit_bytes`."""

    code = "redact.too_much"


class EngineMissing(RedactError):
    """The asked-for engine is not installed. Facts: `engine`."""

    code = "redact.engine_missing"


class Unreadable(RedactError):
    """The disk refused. Facts: `name`, `why`."""

    code = "redact.unreadable"
