# SPDX-License-Identifier: Apache-2.0
"""What can go wrong between the desktop and a hub.

HubError
|- Unreachable      retryable; no answer came: `reason` is one of Reason
|- NotAHub          retryable; somebody else answered (the log-in page of a network)
|- Refused          the hub said no: `problem`, `status`, `retry_after_s`
|  `- Busy          retryable; not now: 408, 423, 425, 429, 5xx
|- SessionExpired   the tester has to sign in again; everything is kept
|- ContractMismatch the answer does not read as this version expects
|- FileChanged      a file to be sent is not what it was when it was kept
|- FileDamaged      a fetched file is not what the hub listed
|- SiteUnreachable  retryable; a server of the web did not answer: `reason` as above
|- WebRefused       an address of the web that is not asked, or whose server said no
`- LocalHubFailed   the hub on this PC did not start: `lines` are its last words

A sentence is looked up by `code.reason` first, then by `code`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from firstlight.base.errors import FirstlightError

if TYPE_CHECKING:
    from firstlight_contract.problem import Problem


class Reason(StrEnum):
    """Why no answer came."""

    OFF = "off"  # the tester chose to work offline; nothing was asked
    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    RESET = "reset"
    NETWORK = "network"  # no route
    TLS = "tls"
    PORTAL = "portal"  # only in ReachabilityChanged: something answered, but no hub


class HubError(FirstlightError):
    """Base of this room's errors. Fact `hub`: its address."""

    code = "hub"


class Unreachable(HubError):
    """No answer. Facts: `hub`, `reason`."""

    code = "hub.unreachable"
    retryable = True

    def __init__(self, *, reason: str, hub: str = "") -> None:
        super().__init__(reason=str(reason), hub=hub)
        self.reason = Reason(reason)


class NotAHub(HubError):
    """Something answered that is no Firstlight hub. Facts: `hub`, `status`, `reason` "portal" or "redirect"."""

    code = "hub.stranger"
    retryable = True

    def __init__(self, *, hub: str = "", status: int = 0, reason: str = "portal", where: str = "") -> None:
        super().__init__(hub=hub, status=status, reason=reason, where=where)


class Refused(HubError):
    """The hub said no. Facts: `reason` (the problem's code), `status`, `fields`, `limit_mb`."""

    code = "hub.refused"

    def __init__(self, problem: Problem, *, hub: str = "", retry_after_s: float | None = None) -> None:
        super().__init__(
            reason=str(problem.code),
            status=problem.status,
            fields=", ".join(problem.fields),
            limit_mb=(problem.limit or 0) >> 20,
            hub=hub,
        )
        self.problem = problem
        self.status = problem.status
        self.fields = problem.fields
        self.missing = problem.missing
        self.limit = problem.limit
        self.retry_after_s = retry_after_s


class Busy(Refused):
    """Not now; `retry_after_s` when the hub named a time."""

    code = "hub.busy"
    retryable = True


class SessionExpired(HubError):
    """The hub takes the kept sign-in no more. Facts: `hub`, `reason` "revoked", "missing" or "refused"."""

    code = "hub.session_expired"

    def __init__(self, *, hub: str = "", reason: str = "revoked") -> None:
        super().__init__(hub=hub, reason=reason)


class ContractMismatch(HubError):
    """Hub and desktop do not understand each other. Facts: `hub`, `where`."""

    code = "hub.mismatch"

    def __init__(self, *, hub: str = "", where: str = "") -> None:
        super().__init__(hub=hub, where=where)


class FileChanged(HubError):
    """A kept file no longer has the content that it was named by. Fact: `name`."""

    code = "hub.file_changed"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class FileDamaged(HubError):
    """What was fetched is not what the hub listed, several times. Fact: `name`."""

    code = "hub.file_damaged"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class SiteUnreachable(Unreachable):
    """A server of the web, which is no hub, did not answer. Facts: `hub` (its name), `reason`."""

    code = "web.unreachable"


class WebRefused(HubError):
    """Nothing came from an address of the web. Facts: `host`; `reason`: address (no https, or a name and password in it) | private (it
    leads into a private network) | redirects | status | down | too_big | damaged; `status`, `limit_gb`.
    """

    code = "web.refused"

    def __init__(self, *, host: str, reason: str, status: int = 0, limit_gb: int = 0) -> None:
        super().__init__(host=host, reason=reason, status=status, limit_gb=limit_gb)


class LocalHubFailed(HubError):
    """The hub on this PC did not start. Facts: `reason` "exited" or "timeout", `status`, `lines`."""

    code = "hub.local_failed"

    def __init__(self, *, reason: str, lines: str = "", status: int | None = None) -> None:
        super().__init__(reason=reason, lines=lines, status=status)
        self.lines = lines
