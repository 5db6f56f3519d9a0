# SPDX-License-Identifier: Apache-2.0
"""The page of reports: the list in every state of a report, the line in every mood, the chosen report beside it, the stick."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from fakes import told
from fakes.hub import Net
from firstlight.reports.report import Draft
from firstlight_contract.reports import State
from gallery.reporting import Reporting
from gallery.stage import Stage

MB = 1_000_000


def empty(stage: Stage) -> QWidget:
    """Nothing written yet."""
    Reporting(stage).list()
    return stage.window


def full(stage: Stage, chosen: str = "", *, reach: str = "", **facts: object) -> QWidget:
    """Every section of the list; `reach` says why no hub answers."""
    made = Reporting(stage, told_week=True, **facts)
    made.write("alarm", device_model="A1", build="26.47")
    made.queue("fan", size=3 * MB)
    made.queue("torch", picture=True)
    if reach:
        made.profile.reach.failed(reach)
    made.list(chosen)
    return stage.window


def filtered(stage: Stage, key: str) -> QWidget:
    """A filter that leaves nothing, or little."""
    made = Reporting(stage, told_week=key != "waiting")
    page = made.list()
    page.filter.set_current(key)
    page.filter.chosen.emit(key)
    stage.settle()
    return stage.window


def metered(stage: Stage) -> QWidget:
    """A large file waits for a network that costs nothing."""
    made = Reporting(stage, metered="yes", big_file_mb=1)
    made.queue("torch")
    made.list(made.queue("fan", size=3 * MB).id)
    return stage.window


def one(stage: Stage, write: Callable[[Reporting], Draft], *, name: str = "") -> QWidget:
    """One report in one state, chosen."""
    made = Reporting(stage)
    draft = write(made)
    made.list(draft.id)
    return stage.window


def draft(made: Reporting) -> Draft:
    """Kept, not sent."""
    return made.write("long", picture=True)


def waiting(made: Reporting) -> Draft:
    """Second in line."""
    made.queue("torch")
    return made.queue("fan", log=True)


def undoable(made: Reporting) -> Draft:
    """The seconds in which it can be taken back."""
    return made.queue("fan", at_once=False)


def sending(made: Reporting) -> Draft:
    """A video is on its way."""
    made.desk.window.visit("reports")
    made.stage.settle()
    kept = made.queue("fan", size=6 * MB)
    made.stage.settle()
    made.drain_until(0.42)
    return kept


def cut(made: Reporting) -> Draft:
    """The network broke in the middle of a file."""
    kept = made.queue("fan", size=6 * MB)
    made.stops_at(0.42, Net.DNS)
    made.drain()
    made.profile.reach.failed("dns")
    return kept


def failed(made: Reporting, net: Net) -> Draft:
    """The hub had trouble; it is tried again."""
    kept = made.queue("torch")
    made.net = net
    made.drain()
    return kept


def arrived(made: Reporting) -> Draft:
    """The hub has it."""
    kept = made.queue("fan", picture=True)
    made.drain()
    return kept


def asked(made: Reporting) -> Draft:
    """The team asks."""
    kept = arrived(made)
    made.pull()
    made.hub.ask(kept.id, "Which firmware does the fan controller show in the first lines of its log?")
    made.pull()
    return kept


def answered(made: Reporting) -> Draft:
    """The answer waits for the hub."""
    kept = asked(made)
    made.profile.reports.answer(1, kept.id, "fanctl 1.8, as on the sticker.")
    return kept


def told_again(made: Reporting) -> Draft:
    """The answer is with the team."""
    kept = answered(made)
    made.profile.outbox.hurry(1)
    return kept


def refused(made: Reporting, *, members: bool = True, largest: int = 1 << 31, state: State | None = None) -> Draft:
    """The hub does not take it: the tester must look."""
    if state is not None:
        kept = arrived(made)
        made.hub.triage(kept.id, state)
        made.profile.reports.edit(kept.id)
        made.profile.reports.queue(kept.id, made.work, undo_ms=0)
        made.drain()
        return kept
    kept = made.queue("fan", size=3 * MB)
    made.hub.largest = largest
    if not members:
        made.hub.members.clear()
    made.drain()
    return kept


def closed(made: Reporting, state: State) -> Draft:
    """What the team made of it."""
    kept = arrived(made)
    made.pull()
    made.hub.triage(kept.id, State.SEEN)
    made.pull()
    made.hub.triage(kept.id, state)
    made.pull()
    return kept


def answering(stage: Stage) -> QWidget:
    """The answer is being written."""
    made = Reporting(stage, told_week=True)
    page = made.list(told.CAR_KIT)
    page.start_answer(told.CAR_KIT)
    page.detail.answer.field.setPlainText(
        "一辆 2019 年的高尔夫。" if stage.view.language == "zh_CN" else "The one in a 2019 Golf, unit MIB 2.5."
    )
    stage.settle()
    return stage.window


def judged(stage: Stage) -> QWidget:
    """'Still there' was said, and can be undone."""
    made = Reporting(stage, told_week=True)
    page = made.list(told.CAMERA)
    page.detail.judged.emit(told.CAMERA, "still")
    stage.settle()
    return stage.window


def stick(stage: Stage, *, broken: bool = False, back: bool = False) -> QWidget:
    """What was saved to a stick, or came from one."""
    made = Reporting(stage)
    made.queue("fan", size=2 * MB)
    made.queue("torch")
    made.profile.reach.failed("dns")
    made.list()
    folder = stage.home / "stick"
    folder.mkdir()
    if broken:
        with zipfile.ZipFile(folder / "x.firstlight", "w") as made_up:
            made_up.writestr("manifest.json", "{}")
        made.desk.pages.stick.bring_from(folder / "x.firstlight")
    else:
        made.desk.pages.stick.save_to(folder)
    stage.settle()
    if back:
        made.desk.pages.stick.bring_from(next(folder.glob("*.firstlight")))
        stage.settle()
    return stage.window


SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "empty": empty,
    "full": full,
    "full-offline": partial(full, reach="dns"),
    "full-work-offline": partial(full, is_online=False),
    "full-paused": partial(full, pause_sending=True),
    "filter-empty": partial(filtered, key="waiting"),
    "filter-fixed": partial(filtered, key="fixed"),
    "metered": metered,
    "draft": partial(one, write=draft),
    "waiting": partial(one, write=waiting),
    "undoable": partial(one, write=undoable),
    "sending": partial(one, write=sending),
    "cut": partial(one, write=cut),
    "hub-down": lambda s: one(s, lambda m: failed(m, Net.DOWN)),
    "hub-broken": lambda s: one(s, lambda m: failed(m, Net.BROKEN)),
    "arrived": partial(one, write=arrived),
    "asked": partial(one, write=asked),
    "answered": partial(one, write=answered),
    "not-a-member": lambda s: one(s, lambda m: refused(m, members=False)),
    "too-large": lambda s: one(s, lambda m: refused(m, largest=2 * MB)),
    "conflict": lambda s: one(s, lambda m: refused(m, state=State.CLOSED)),
    "planned": lambda s: one(s, lambda m: closed(m, State.PLANNED)),
    "closed": lambda s: one(s, lambda m: closed(m, State.CLOSED)),
    "fixed": lambda s: full(s, told.CAMERA),
    "question": lambda s: full(s, told.CAR_KIT),
    "answering": answering,
    "judged": judged,
    "stick-saved": stick,
    "stick-brought": partial(stick, back=True),
    "stick-broken": partial(stick, broken=True),
}
