# SPDX-License-Identifier: Apache-2.0
"""Foreign network errors folded into the few reasons that a tester can act on."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator

import requests
from urllib3 import exceptions as wire

from firstlight.hublink.errors import Reason

_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
CAUGHT = (requests.RequestException, wire.HTTPError, OSError)
"""What an exchange with a server can raise; everything else is a bug of ours."""


def reason_of(error: BaseException) -> Reason:
    """Why there was no answer, as far as the chain of causes tells."""
    chain = tuple(_causes(error))

    def has(*kinds: type[BaseException]) -> bool:
        # urllib3 counts every failed connection among its time-outs, whatever the cause.
        return any(isinstance(cause, kinds) and not isinstance(cause, wire.NewConnectionError) for cause in chain)

    if has(requests.exceptions.SSLError, wire.SSLError):
        return Reason.TLS
    if has(socket.gaierror):
        return Reason.DNS
    if has(ConnectionRefusedError):
        return Reason.REFUSED
    if any(isinstance(cause, OSError) and cause.errno in _NO_ROUTE for cause in chain):
        return Reason.NETWORK
    if has(requests.Timeout, wire.TimeoutError, TimeoutError):
        return Reason.TIMEOUT
    return Reason.NETWORK if has(requests.exceptions.ProxyError) else Reason.RESET


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error` and everything behind it: causes, contexts, and exceptions that requests and urllib3 carry as arguments."""
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        behind = [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
        waiting.extend(b for b in behind if isinstance(b, BaseException))
