# SPDX-License-Identifier: Apache-2.0
"""What is known after a flash stopped, and what can be done: the device asked now, the parts from the journal. Nothing guessed."""

from __future__ import annotations

from firstlight.base.work import Work
from firstlight.devices.device import Device, Kind, Mode
from firstlight.devices.errors import DeviceError, RouterNotBack
from firstlight.devices.router_back import Came
from firstlight.guides.backends import BackEnds
from firstlight.guides.state import THROUGH, Fact, Failure, PartState, RunState, WayOn
from firstlight.guides.words import has_words, words, words_of
from firstlight.imaging.errors import NotVerified
from firstlight_contract.guide_steps import Step
from firstlight_contract.guides import Effect
from firstlight_contract.wire import Words, words_in

_PART_WORDS = {
    PartState.DONE: (True, "fact.part.done"),
    PartState.HALF: (False, "fact.part.half"),
    PartState.WRITING: (False, "fact.part.half"),
    PartState.WAITING: (None, "fact.part.waiting"),
}

_OK: dict[Came, bool | None] = {
    Came.ROLLED_BACK: False,
    Came.UNCHANGED: False,
    Came.OTHER: False,
    Came.BRICK: None,
    Came.STILL_BOOTING: None,
}
_AS_BEFORE = (Came.ROLLED_BACK, Came.UNCHANGED)
"""It runs what it ran: to wait once more brings nothing, and there is nothing to put back."""


def facts(state: RunState, backends: BackEnds, work: Work) -> tuple[Fact, ...]:
    """Rows for the page; what could not be read says so."""
    device: Device | None = None
    if state.device is not None:
        try:
            device = backends.find(state.device, work)
        except DeviceError:
            device = None
    in_bootloader = device is not None and device.mode is Mode.BOOTLOADER
    is_rescued = device is not None and device.mode is Mode.RECOVERY and device.kind is Kind.RECOVERY
    mode = "recovery" if is_rescued else "no" if device is None else "bootloader" if in_bootloader else "system"
    kind = _kind(state)
    if kind is Kind.CARD and device is not None:
        mode = "card.yes"
    # A router in its bootloader cannot be asked anything; that is no sign of harm.
    rows = [Fact("answers", words("fact.answers"), None if is_rescued else device is not None, words(f"fact.answers.{mode}"))]
    if kind is Kind.PHONE:
        keeps = state.guide.effect not in (Effect.ERASES_DATA, Effect.ERASES_SETTINGS)
        works = words("fact.bootloader.works" if in_bootloader else "unknown")
        rows += [
            Fact("bootloader", words("fact.bootloader"), True if in_bootloader else None, works),
            Fact("data", words("fact.data"), *((True, words("fact.data.untouched")) if keeps else (None, words("unknown")))),
        ]
    for part in state.parts:
        if part.state is not PartState.UNTOUCHED:
            ok, key = _PART_WORDS[part.state]
            # What lay in a router's memory is gone once the step that writes is through.
            is_written = part.state is PartState.DONE and writer_before(state) is not None
            came = _came_back(state) if is_written else None
            told = words(key if is_written else _own(key, _called(part.name)))
            if came is not None:
                ok, told = _OK[came], words(f"fact.part.back.{came}", build=state.failure.facts.get("build", "?") if state.failure else "?")
            is_partition = kind is Kind.PHONE and _called(part.name) == part.name
            title = words_of("fact.part", part=part.title) if is_partition else part.title
            rows.append(Fact(f"part:{part.name}", title, ok, told))
    if kind is Kind.PHONE:
        level = device.battery if device else None
        value = words("unknown") if level is None else words("fact.battery.is", level=level)
        rows.append(Fact("battery", words("fact.battery"), None if level is None else level >= 40, value))
    return tuple(rows)


def _kind(state: RunState) -> Kind:
    """Rows about bootloader, data and battery say something of phones alone."""
    return Kind(state.device.kind) if state.device is not None else Kind.PHONE


def _came_back(state: RunState) -> Came | None:
    """What is known of a flash after which the router was not back with its build; None for any other fault."""
    failure = state.failure
    reason = failure.facts.get("reason", "") if failure is not None and failure.code == RouterNotBack.code else ""
    return next((came for came in _OK if came == reason), None)


def _is_fake(failure: Failure | None) -> bool:
    """A card that holds less than it says."""
    return failure is not None and failure.code == NotVerified.code and failure.facts.get("reason") in ("wraps", "empty")


def _called(part: str) -> str:
    """The name under which sentences about a part stand: a package is called by its file."""
    return "package" if part.endswith(".zip") else part


def _own(key: str, part: str) -> str:
    """The sentence about this part, where it has one of its own."""
    return f"{key}.{part}" if has_words(f"{key}.{part}") else key


def writer_before(state: RunState) -> Step | None:
    """The last step that wrote before the one that failed, when that one only looks: trying it again writes nothing."""
    if state.failure is None:
        return None
    at = state.guide.index(state.failure.step_id)
    if state.guide.steps[at].writes:
        return None
    return next((s.step for s in reversed(state.steps[:at]) if s.step.writes and s.mark in THROUGH), None)


def ways_on(state: RunState) -> tuple[WayOn, ...]:
    """Safest first: the same again, what wrote before it, the build before, later. A router that runs as before needs none of them."""
    failure = state.failure
    if failure is None and state.uncertain is None:
        return ()
    half = next((p for p in state.parts if p.state in (PartState.HALF, PartState.WRITING)), None)
    writer = writer_before(state)
    came = _came_back(state)
    ways = []
    if came == Came.ROLLED_BACK:
        ways.append(_later(".as_before"))
    elif came == Came.UNCHANGED and writer is not None:
        pass  # the step that writes comes first
    elif half is not None and writer is None:
        name = "fake_card" if _is_fake(failure) else _called(half.name)
        title = words(f"way.again.{name}") if has_words(f"way.again.{name}") else words_of("way.again", part=half.title)
        text, button = (words(_own(f"way.again.{what}", name)) for what in ("text", "button"))
        ways.append(WayOn("again", title, _and(text, _minutes_left(state)), button))
    else:
        ways.append(WayOn("again", words("way.retry"), words("way.retry.text"), words("way.retry.button")))
    if writer is not None:
        title = words_of("way.write", step={language: words_in(writer.title, language) for language in ("en", "zh_CN")})
        text = words("way.write.text.as_before" if came in _AS_BEFORE else "way.write.text")
        ways.append(WayOn("write", title, text, words("way.write.button")))
    is_touched = any(p.state in (PartState.HALF, PartState.DONE, PartState.WRITING) for p in state.parts)
    if is_touched and state.previous is not None and not state.is_going_back and came not in _AS_BEFORE:
        build = state.previous.version
        text = _and(words("way.back.text"), state.previous.minutes)
        ways.append(WayOn("back", words("way.back", build=build), text, words("way.back.button", build=build)))
    if came != Came.ROLLED_BACK:
        ways.append(_later())
    return tuple(ways)


def _minutes_left(state: RunState) -> int:
    """For what is not written yet, by what the hub says of the whole build; 0: nobody says."""
    parts = [p for p in state.parts if p.state is not PartState.UNTOUCHED]
    total, left = sum(p.total for p in parts), sum(p.total for p in parts if p.state is not PartState.DONE)
    whole = state.to_write.minutes if state.to_write is not None else 0
    return -(-whole * left // total) if total else 0


def _and(text: Words, minutes: int) -> Words:
    """With how long it takes, where that is known."""
    if not minutes:
        return text
    more = words("way.minutes", minutes=minutes)
    return {"en": f"{text['en']} {more['en']}", "zh_CN": f"{text['zh_CN']}{more['zh_CN']}"}


def _later(why: str = "") -> WayOn:
    return WayOn("later", words(f"way.later{why}"), words(f"way.later.text{why}"), words(f"way.later.button{why}"))
