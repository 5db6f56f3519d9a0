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
_REFUSED = {
    "write": "it wants to write, nothing is taken here",
    "not_offered": "that is not offered",
    "outside": "that leads outside of what is offered",
    "stranger": "it is not the router that we wait for",
    "mode": "it wants text instead of octets",
}


def line(event: Event) -> tuple[str, str]:
    """An event for the run's console, as tools speak: English, with its tone. What a device said in it was cleaned before."""
    match event:
        case Listening():
            return f"waiting for {event.mac} on {event.adapter} ({event.ip})", "plain"
        case Asked(is_ours=True):
            return f"the router {event.mac} asks for an address", "ok"
        case Asked():
            return f"{event.mac} asks for an address; it is not the router that we wait for and gets none", "warn"
        case Leased():
            return f"the router {event.mac} got {event.ip} and the name {event.file}", "plain"
        case FileAsked():
            return f"the router asks for {event.name}: {event.size} bytes in blocks of {event.block}", "ok"
        case Refused():
            return f"{event.who} asks for {event.name}: refused, {_REFUSED.get(event.why, event.why)}", "warn"
        case Sent():
            return f"sent {100 * event.done // max(1, event.total)} % of {event.name}", "plain"
        case Silent():
            return f"the router has said nothing for {event.seconds} s", "warn"
        case Whole():
            return f"the router has all of {event.name}: {event.size} bytes in {event.seconds} s", "ok"
        case Knocked():
            return f"knocking at {event.ip}, {event.times} so far", "plain"
    return "stopped answering", "plain"
