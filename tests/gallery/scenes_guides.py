# SPDX-License-Identifier: Apache-2.0
"""The library in every state, the questions before a guide, each kind of step by hand, the end of a build and its album."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from firstlight.base.work import Work
from firstlight.devices.device import Kind
from firstlight.guides.album import album_of
from firstlight.guides.library import Library
from firstlight.guides.ui.album import Sheet
from firstlight.guides.ui.assembly_player import AssemblyPlayer
from firstlight.guides.ui.before_page import BeforePage
from firstlight.guides.ui.guides_page import GuidesPage
from firstlight.hublink.errors import Unreachable
from firstlight.shell.desk import Desk
from firstlight.sync.inbox import learn
from firstlight_contract.guide_steps import ProofKind
from gallery.practising import GUIDES, Practising
from gallery.stage import Stage

NODE = """guide: 1
id: node-card
version: "2.0"
title: {en: Write an SD card for Home Node, zh_CN: 为 Home Node 制作 SD 卡}
kind: image
for: {device: [node]}
minutes: 8
difficulty: easy
effect: erases_data
way: card
cover: cover.svg
steps:
  - {id: look, title: {en: Look at the card, zh_CN: 看看存储卡}}
"""


# -- the library -------------------------------------------------------------------------------------------------------------------


def library(
    stage: Stage, *, phone: bool = False, begun: bool = False, then: Callable[[GuidesPage], object] | None = None, **desk_facts: bool
) -> QWidget:
    """The page with the guides of the program and one that the hub lists and that is not here yet."""
    desk = stage.desk(**desk_facts)
    _publish(desk)
    if begun:
        player = desk.bench.runs.start(GUIDES / "r1-build", account_id=1)
        for _ in range(5):
            player.done(player.state.now.step.id)
    if phone:
        desk.bench.practise(Kind.PHONE, (), work=Work())
        stage.at_end(desk.bench.rack.close)
    page = desk.window.visit("guides")
    assert isinstance(page, GuidesPage)
    stage.settle()
    if phone:
        stage.until(lambda: page.banner.isVisible(), "the phone is found")
    if then is not None:
        then(page)
        stage.settle(lanes=("look", "disk", "net"))
    return stage.window


def _publish(desk: Desk) -> None:
    """A guide of the hub whose picture has to be fetched."""
    text = NODE.encode()
    view = {
        "slug": "node-card",
        "programme": "aurora",
        "version": "2.0",
        "title": {"en": "Write an SD card for Home Node"},
        "document": NODE,
        "sha256": hashlib.sha256(text).hexdigest(),
        "files": [{"name": "cover.svg", "sha256": "c" * 64, "size": 412_000}],
    }
    with desk.profile.db.write() as tx:
        learn(tx, 1, "guide", "node-card", view, seq=1)


def empty(stage: Stage) -> QWidget:
    """No guide at all, as for a tester whose maker has none yet."""
    desk = stage.desk()
    desk.bench.library = Library(built_in=stage.home / "none", fetched=desk.profile.paths.guides)
    desk.window.visit("guides")
    stage.settle()
    return stage.window


def no_hit(page: GuidesPage) -> None:
    """A word that no guide has."""
    page.search.setText("toaster")


def not_fetched(page: GuidesPage) -> None:
    """A guide that is not here is opened; its files do not come."""
    page.open(next(e for e in page._entries if not e.is_offline))


def unanswered(page: GuidesPage) -> None:
    """As it is when the hub says nothing."""

    def fail(*_: object) -> None:
        raise Unreachable(reason="refused", hub="https://hub.example.org")

    page._library._download = fail
    not_fetched(page)


def held(stage: Stage, name: str, then: Callable[[GuidesPage], object]) -> QWidget:
    """A question to the library that is not answered yet."""
    desk = stage.desk()
    _publish(desk)
    real, gate = getattr(desk.bench.library, name), threading.Event()
    stage.at_end(lambda: stage.settle(lanes=("look", "disk", "net")))
    stage.at_end(gate.set)
    setattr(desk.bench.library, name, lambda *args, **named: gate.wait(60) and real(*args, **named))
    page = desk.window.visit("guides")
    assert isinstance(page, GuidesPage)
    stage.rest(600)
    then(page)
    stage.rest(100)
    return stage.window


def searched(page: GuidesPage, word: str = "", kind: str = "all") -> None:
    """A word, or a kind of guides."""
    page.search.setText(word)
    page.filter.set_current(kind)
    page._on_kind(kind)


def broken(stage: Stage) -> QWidget:
    """A file with mistakes was opened."""
    folder = stage.home / "mine"
    folder.mkdir()
    (folder / "guide.yaml").write_text("guide: 1\nid: mine\ntitle: Mine\nsteps:\n  - id: one\n    do: [fastboot.flahs]\n", "utf-8")
    return library(stage, then=lambda page: page._start(folder))


# -- by hand -----------------------------------------------------------------------------------------------------------------------


def before(stage: Stage, slug: str, *, answered: bool = False) -> QWidget:
    """What is asked before the start."""
    made = Practising(stage, slug)
    page = made.show()
    assert isinstance(page, BeforePage)
    if answered:
        for field in page.fields:
            field._take(field.option.values[0].value if field.option.values else True)
    return stage.window


def build(stage: Stage, at: str, then: Callable[[Practising], object] | None = None) -> QWidget:
    """The router's build at a step."""
    made = Practising(stage, "r1-build")
    made.play(until=at)
    if then is not None:
        then(made)
    made.show()
    return stage.window


def with_photos(made: Practising) -> None:
    """A running timer, a photo and a note."""
    step = made.player.state.now.step.id
    made.player.start_timer(step)
    made.photo(step, 5)
    note(made, step)


def note(made: Practising, step: str) -> None:
    """In the tester's own words."""
    is_chinese = made.stage.view.language == "zh_CN"
    made.player.set_note(step, "第 3 颗螺丝有点涩，先用手拧了一遍。" if is_chinese else "Screw 3 felt rough. Started it again by hand.")


def undone(made: Practising) -> None:
    """A step in the middle was taken back."""
    made.player.undo("mat")
    made.player.go_to(made.player.state.guide.index("mat"))


def kind(stage: Stage, at: str, *values: tuple[ProofKind, str]) -> QWidget:
    """A step of the guide with every kind of step."""
    made = Practising(stage, "every-step")
    player = made.player
    player.meet("r1-build")
    player.answer({"antennas": False, "variant": "c", "name": "R1"})
    for step in player.state.guide.steps:
        if step.id == at:
            break
        if step.id == "measure":
            player.add_proof(step.id, ProofKind.MEASURE, "12.1")
        if step.id in ("wait", "photo"):
            player._record.write("done", step=step.id) if step.id == "wait" else player.skip(step.id)
        elif player.state.step(step.id).applies:
            player.done(step.id)
    for proof, value in values:
        player.add_proof(at, proof, value)
    made.show()
    return stage.window


def holding(stage: Stage) -> QWidget:
    """A time that must be waited for runs."""
    shown = kind(stage, "wait")
    page = stage.window.page(stage.window.current)
    assert isinstance(page, AssemblyPlayer)
    page.player.start_timer("wait")
    stage.rest(80)
    return shown


def joined(stage: Stage) -> QWidget:
    """A guide that uses another one: its steps stand among its own."""
    made = Practising(stage, "build-and-check")
    made.play(until="build.mat")
    made.show()
    return stage.window


# -- the end -----------------------------------------------------------------------------------------------------------------------


def built(stage: Stage, photos: tuple[str, ...] = ("contents", "fan-screws", "top", "show")) -> QWidget:
    """The end of the build."""
    _built(stage, photos).show()
    return stage.window


def _built(stage: Stage, photos: tuple[str, ...]) -> Practising:
    made = Practising(stage, "r1-build")
    made.play()
    for at, step in enumerate(photos):
        made.photo(step, 3 * at)
    note(made, "fan-screws")
    made.desk.host.finish(made.run_id)
    return made


def album(stage: Stage) -> QWidget:
    """The album as it is saved, all pages below each other."""
    made = _built(stage, ("contents", "fan-screws", "top", "show"))
    return sheet(stage, made)


def certificate(stage: Stage) -> QWidget:
    """The certificate of a flash."""
    made = Practising(stage, "a1-weekly")
    made.play()
    made.desk.host.finish(made.run_id)
    return sheet(stage, made)


def sheet(stage: Stage, made: Practising) -> QWidget:
    """Drawn as `Save` does, shown smaller."""
    path = stage.home / "sheet.png"
    told = album_of(made.player.state, journal=hashlib.sha256(made.player.journal_path.read_bytes()).hexdigest())
    Sheet(told, stage.view.language, made.desk.bench.photo_path).save(path, Work())
    shown = QLabel()
    pixmap = QPixmap(str(path)).scaledToWidth(700, Qt.TransformationMode.SmoothTransformation)
    shown.setPixmap(pixmap)
    shown.setFixedSize(pixmap.size())
    stage.own(shown)
    shown.show()
    return shown


SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "library": partial(library, phone=True, begun=True),
    "library-plain": library,
    "library-offline": partial(library, is_online=False),
    "library-empty": empty,
    "library-no-hit": partial(library, then=no_hit),
    "library-reading": lambda s: held(s, "entries", lambda _page: None),
    "library-search": partial(library, then=lambda page: searched(page, "R1")),
    "library-rescue": partial(library, then=lambda page: searched(page, kind="rescue")),
    "library-fetching": lambda s: held(s, "fetch", not_fetched),
    "library-fetch-failed": partial(library, then=unanswered),
    "library-broken-file": broken,
    "library-fitting": partial(library, phone=True, then=lambda page: page.banner.only_button.setChecked(True)),
    "before-router": partial(before, slug="r1-update"),
    "before-every": partial(before, slug="every-step"),
    "build-first": partial(build, at="contents"),
    "build-timer": partial(build, at="fan-screws", then=with_photos),
    "build-danger": partial(build, at="disk"),
    "build-undone": partial(build, at="fan-screws", then=undone),
    "build-last": partial(build, at="show"),
    "step-plain": partial(kind, at="look"),
    "step-count": partial(kind, at="count"),
    "step-count-wrong": lambda s: kind(s, "count", (ProofKind.COUNT, "7")),
    "step-measure": partial(kind, at="measure"),
    "step-measure-right": lambda s: kind(s, "measure", (ProofKind.MEASURE, "12.1"), (ProofKind.TEXT, "R1E-004217")),
    "step-hold": holding,
    "step-optional": partial(kind, at="photo"),
    "step-of-another": joined,
    "step-text": partial(kind, at="end"),
    "built": built,
    "built-plain": partial(built, photos=()),
    "album": album,
    "certificate": certificate,
}
