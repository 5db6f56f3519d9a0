# SPDX-License-Identifier: Apache-2.0
"""What guides ask of hands."""

from __future__ import annotations

from typing import Any

from firstlight.devices.device import Mode
from firstlight.devices.errors import DeviceError
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.words import has_words, words
from firstlight_contract.guides import Guide, Human
from firstlight_contract.verbs.people import HumanDo, NoteSay, WaitSeconds
from firstlight_contract.wire import Words

_MODES = {
    "adb": (Mode.SYSTEM, Mode.RECOVERY),
    "fastboot": (Mode.BOOTLOADER, Mode.FASTBOOTD),
    "download": (Mode.BOOTLOADER,),
    "ssh": (Mode.SYSTEM,),
}


def is_known(guide: Guide, name: str) -> bool:
    """Whether `human.do: name` means something: the guide says what, or Firstlight does."""
    return name in guide.people or has_words(f"people.{name}")


def said(guide: Guide, what: dict[str, str] | str) -> tuple[Words, ...]:
    """What the tester is asked for, sentence by sentence."""
    if not isinstance(what, str):
        return (dict(what),)
    human = guide.people.get(what)
    if human is None:
        return (words(f"people.{what}"),) if has_words(f"people.{what}") else ({"en": what},)
    return tuple(dict(w) for w in (human.title, *(line.text for line in human.say)) if w) or ({"en": what},)


def human(deed: HumanDo, bench: Bench) -> None:
    """Ask for hands, unless the machine sees that it is done already."""
    person = _person(deed, bench)
    if person is not None and person.until != "tick" and _stands(person, bench):
        bench.said(f"{deed.what} is done already", "ok")
        return
    for sentence in said(bench.state().guide, deed.what):
        bench.ask(sentence)


def is_done(deed: HumanDo, bench: Bench) -> bool:
    """After hands were asked: whether the machine sees it; what only eyes can see is believed."""
    person = _person(deed, bench)
    return person is None or person.until == "tick" or _stands(person, bench)


def _person(deed: HumanDo, bench: Bench) -> Human | None:
    return bench.state().guide.people.get(deed.what) if isinstance(deed.what, str) else None


def _stands(person: Human, bench: Bench) -> bool:
    try:
        return bench.target().mode in _MODES[person.until]
    except DeviceError:
        return False


def note(deed: NoteSay, bench: Bench) -> None:
    """A line for the console and the journal's reader."""
    bench.said(deed.text.get("en") or next(iter(deed.text.values())), "plain")


def wait(deed: WaitSeconds, bench: Bench) -> None:
    """Let time pass; a stop is honoured at once."""
    for passed in range(deed.seconds):
        bench.work.say("pause", passed, deed.seconds)
        bench.work.wait(1.0)


DEEDS: dict[type[Any], Verb] = {
    HumanDo: Verb(human, Again.SAFE, is_done),
    NoteSay: Verb(note, Again.SAFE),
    WaitSeconds: Verb(wait, Again.SAFE),
}
CHECKS: dict[type[Any], CheckVerb] = {}
