# SPDX-License-Identifier: Apache-2.0
"""What the headers and documents of a server say, read without trust: where they say no such thing, they say nothing."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit

import requests

_MOST_DIGITS = 18


class Session(requests.Session):
    """Follows nothing, and does not read where an answer leads: the library reads it even when told not to follow, and some networks
    write there what is no address, or no text.
    """

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere; whoever wants to know asks `address`."""


def address(text: str) -> SplitResult:
    """The parts of an address; all of them empty when it is none."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # read here, as it is what may be no number
    except ValueError:
        return urlsplit("")
    return parts


def count(text: str) -> int | None:
    """A whole number of bytes or seconds."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def moment(text: str) -> float | None:
    """A date of HTTP, in seconds since the epoch."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
