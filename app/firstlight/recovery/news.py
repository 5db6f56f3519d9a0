# SPDX-License-Identifier: Apache-2.0
"""What happens during a rescue, as records: the live log is made of these, `ui/log_words.py` says them in the tester's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Event:
    """Something happened at a moment."""

    at: datetime


@dataclass(frozen=True)
class Listening(Event):
    """We wait for the router on this adapter."""

    adapter: str
    ip: str
    mac: str


@dataclass(frozen=True)
class Asked(Event):
    """A device asked for an address; `is_ours` whether it is the one we wait for."""

    mac: str
    is_ours: bool
    vendor: str = ""


@dataclass(frozen=True)
class Leased(Event):
    """The router was given an address and the name of its file."""

    mac: str
    ip: str
    file: str


@dataclass(frozen=True)
class FileAsked(Event):
    """The router asks for a file that it gets."""

    name: str
    size: int
    block: int


@dataclass(frozen=True)
class Refused(Event):
    """Somebody asked for what they do not get; `why` write, not_offered, outside, stranger, mode."""

    who: str
    name: str
    why: str


@dataclass(frozen=True)
class Sent(Event):
    """So much of the file has arrived."""

    name: str
    done: int
    total: int


@dataclass(frozen=True)
class Silent(Event):
    """The router has said nothing for so long, in the middle of a file."""

    seconds: int


@dataclass(frozen=True)
class Whole(Event):
    """The router has the whole file; `times` it has had it so far."""

    name: str
    size: int
    seconds: float
    times: int


@dataclass(frozen=True)
class Knocked(Event):
    """Push: we asked the router to take the file, and it did not answer yet; `times` so far."""

    ip: str
    times: int


@dataclass(frozen=True)
class Stopped(Event):
    """We answer nobody any more."""


Tell = Callable[[Event], None]
