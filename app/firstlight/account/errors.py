# SPDX-License-Identifier: Apache-2.0
"""What can go wrong between a tester, their key ring and a programme.

AccountError
|- SignInTimedOut       nobody came back from the browser in time
|- SignInCancelled      the tester said no in the browser
|- SignInRefused        what came back does not hold: `reason`
|- KeyringUnavailable   this PC has no safe place for the sign-in, or it does not answer: `reason`
|- KeyringLocked        there is one, but it is locked
|- NotSignedIn          nobody is signed in
`- CodeRefused          an F-code opens nothing: `reason` unknown, used, expired or full
"""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class AccountError(FirstlightError):
    """Base of this room's errors."""

    code = "account"


class SignInTimedOut(AccountError):
    """Nobody came back from the browser. Facts: `hub`, `minutes`."""

    code = "account.sign_in_timed_out"


class SignInCancelled(AccountError):
    """The tester said no in the browser. Fact: `hub`."""

    code = "account.sign_in_cancelled"


class SignInRefused(AccountError):
    """The round trip ended in something that we must not trust, or the hub wanted no sign-in. Facts: `hub`, `reason`; for "called" also
    `own`, the address that the hub gives itself.
    """

    code = "account.sign_in_refused"


class KeyringUnavailable(AccountError):
    """No safe place for the sign-in. Fact: `reason` "none", "unsafe", "slow" or "failed"."""

    code = "account.keyring_unavailable"


class KeyringLocked(AccountError):
    """The key ring is there, but locked."""

    code = "account.keyring_locked"
    retryable = True


class NotSignedIn(AccountError):
    """Nobody is signed in on this PC."""

    code = "account.not_signed_in"


class CodeRefused(AccountError):
    """The F-code opens nothing. Facts: `typed`, `reason`."""

    code = "account.code_refused"
