# SPDX-License-Identifier: Apache-2.0
"""The root of every error that a tester can meet. Anything else that is raised is a bug and shows the crash box.

FirstlightError(code, **facts)
|- Cancelled            never shown
|- BadInput             a settings or guide file: path, line
|- store.errors         StoreError: DiskFull, NewerSchema, Damaged, ReadOnly, BlobMissing
|- hublink.errors       HubError: Unreachable (retryable), Refused(problem), SessionExpired, NotAHub, ContractMismatch
|- account.errors       AccountError: SignInTimedOut, SignInRefused, SignInCancelled, KeyringUnavailable, KeyringLocked, CodeRefused
|- devices.errors       DeviceError: ToolMissing, DeviceNotFound, Unauthorised, DeviceLost (retryable), ToolFailed
|- firmware.errors      FirmwareError: Corrupt, PreflightFailed, Interrupted, NotConfirmed
|- guides.errors        GuideError: GuideInvalid(problems), GateClosed, ActionFailed
|- capture.errors       CaptureError: NothingCaptured, TooLarge
|- redact.errors        RedactError: WorkerDied, NotText
`- reports.errors       ReportError: Unreviewed, Incomplete, NotEditable

Core code raises facts, never prose: `kit/error_text.py` has for each code what happened, what is safe and what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class FirstlightError(Exception):
    """A fault that we know: `code` is stable ("hub.unreachable"), `facts` fill the sentence's `{names}`."""

    code: ClassVar[str] = ""
    retryable: ClassVar[bool] = False

    def __init__(self, **facts: object) -> None:
        self.facts: dict[str, object] = facts
        super().__init__(f"{self.code} {facts}" if facts else self.code)


class Cancelled(FirstlightError):
    """The tester, or a page that closed, asked to stop."""

    code = "cancelled"


class BadInput(FirstlightError):
    """A file or a word that the tester named is not what it should be. Facts: `path`, `line`, `why`; `reason` whole: no line is meant."""

    code = "input.bad"

    def __init__(self, **facts: object) -> None:
        super().__init__(**facts, **({} if facts.get("line") else {"reason": "whole"}))
