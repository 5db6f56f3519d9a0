# SPDX-License-Identifier: Apache-2.0
"""The flash player, the page after a failure, the way back and the end of a flash, on practice devices with their faults."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from firstlight.guides.state import Stalled
from firstlight.guides.ui.danger_dialog import DangerDialog
from firstlight.guides.ui.failure_page import FailurePage
from firstlight.guides.ui.finish_page import FinishPage
from firstlight.guides.ui.flash_player import FlashPlayer
from firstlight.recovery import dhcp_packet
from gallery.practising import Practising
from gallery.stage import Stage


def step(stage: Stage, slug: str, at: str, *faults: str) -> QWidget:
    """A guide played up to a step."""
    made = Practising(stage, slug, faults)
    made.play(until=at)
    made.show()
    return stage.window


def stopped(stage: Stage, slug: str, *faults: str, until: str = "") -> QWidget:
    """A guide played until its fault stops it."""
    made = Practising(stage, slug, faults)
    made.play(until=until)
    made.show()
    return stage.window


def writing(stage: Stage) -> QWidget:
    """In the middle, after enough seconds to know the speed."""
    made = Practising(stage, "a1-weekly")
    made.play(until="flash")
    made.show()
    made.begin("flash", at=0.55)
    stage.rest(100)
    return stage.window


def stalled(stage: Stage) -> QWidget:
    """The phone has gone silent, with its cable in."""
    made = Practising(stage, "a1-weekly", ("stall:40",))
    made.play(until="flash")
    made.show()
    made.begin("flash", at=0.38, slow=8_000_000)
    made.desk.profile.events.publish(Stalled(made.run_id, 24))
    stage.rest(100)
    return stage.window


def stopping(stage: Stage) -> QWidget:
    """Stop was pressed inside a part: after it."""
    made = Practising(stage, "a1-weekly")
    made.play(until="flash")
    made.show()
    made.begin("flash", at=0.5)
    made.desk.host.stop(made.run_id)
    stage.rest(100)
    return stage.window


def confirm(stage: Stage) -> QWidget:
    """The question with the last four of the serial number, typed."""
    made = Practising(stage, "a1-weekly")
    made.play(until="flash")
    page = made.show()
    assert isinstance(page, FlashPlayer)
    state = page.state
    from firstlight.guides.ui import deed_words, kind_words  # words as the page makes them

    device = state.device
    assert device is not None
    name = f"{deed_words.device_name(state)} {device.tail}"
    dialog = DangerDialog(
        stage.kit,
        title=page.tr("Write to {device}?").format(device=name),
        text=kind_words.danger(state, erases=False),
        word=device.tail,
        action=page.tr("Write to {device}").format(device=name),
        parent=page,
    )
    stage.own(dialog)
    dialog.show()
    stage.rest(2100)
    dialog.field.setText(device.tail)
    return dialog


def override(stage: Stage) -> QWidget:
    """A low battery was overridden."""
    made = Practising(stage, "a1-weekly", ("low-battery:31",))
    made.play(until="checks")
    made.desk.host.check_gates(made.run_id)
    stage.until(lambda: not made.desk.host.is_asking(made.run_id), "the phone was asked")
    assert made.player.state.device is not None
    battery = next(g for g in made.player.state.now.gates if g.ok is False)
    made.desk.host.override(made.run_id, battery.id, made.player.state.device.tail)
    made.show()
    return stage.window


def asked_gates(stage: Stage, slug: str, at: str, *faults: str) -> QWidget:
    """The checks of a step, asked and refused."""
    made = Practising(stage, slug, faults)
    made.play(until=at)
    made.show()
    made.agree(at)
    made.desk.host.run_step(made.run_id, at)
    stage.until(lambda: not made.desk.host.is_busy(made.run_id), "the checks were asked", 120)
    made.show()
    return stage.window


def signed(stage: Stage, *, days: int = 0, taken_back: bool = False) -> QWidget:
    """The checks over a signed build: good, with a list of signatures that has ended, or no longer signed."""
    made = Practising(stage, "a1-weekly", is_signed=True)
    made.play(until="checks")
    if days:
        made.now = lambda: datetime.now(UTC) + timedelta(days=days)
    if taken_back:
        made.take_back()
    made.desk.host.run_step(made.run_id, "checks")
    stage.until(lambda: not made.desk.host.is_busy(made.run_id), "the checks were asked", 120)
    made.player.go_to(3)
    made.show()
    return stage.window


def not_signed(stage: Stage) -> QWidget:
    """The hub lists a build that the maker did not sign: it is not even fetched."""
    made = Practising(stage, "a1-weekly", is_signed=True)
    made._listed = tuple(r.model_copy(update={"files": tuple(f.model_copy(update={"target": ""}) for f in r.files)}) for r in made._listed)
    made.play(until="backup")
    made.show()
    return stage.window


def finished(stage: Stage, slug: str) -> QWidget:
    """To the end."""
    made = Practising(stage, slug)
    made.play()
    for at, done in enumerate(made.player.state.steps):
        if any(p.kind == "photo" for p in done.step.prove):
            made.photo(done.step.id, at)
    made.desk.host.finish(made.run_id)
    made.show()
    return stage.window


def rolled_back(stage: Stage) -> QWidget:
    """From the end, by its button: the build before goes back, behind the same checks."""
    made = Practising(stage, "a1-weekly")
    made.play()
    made.desk.host.finish(made.run_id)
    page = made.show()
    assert isinstance(page, FinishPage)
    page.back_button.click()
    stage.settle()
    shown = stage.window.page(stage.window.current)
    assert isinstance(shown, FlashPlayer) and shown.state.rolls_back == made.run_id, stage.window.current
    return stage.window


def rescued(stage: Stage) -> QWidget:
    """From the page of a router that did not come back, by its button: the guide that leads back."""
    stopped(stage, "r1-update", "never-back")
    page = stage.window.page(stage.window.current)
    assert isinstance(page, FailurePage)
    next(b for b in page.way_buttons if b.text() in ("Open the guide", "打开指南")).click()
    stage.settle()
    shown = stage.window.page(stage.window.current)
    assert isinstance(shown, FlashPlayer) and shown.state.guide.id == "r1-recovery", stage.window.current
    return stage.window


def resumed(stage: Stage) -> QWidget:
    """The program ended in the middle of a write; the run is opened again."""
    made = Practising(stage, "a1-weekly", ("cable-out:70",))
    made.play()
    made.runs.close()
    made.desk.host._running.clear()
    made.show()
    return stage.window


def which(stage: Stage) -> QWidget:
    """Several routers are known: which one is meant."""
    made = Practising(stage, "r1-update")
    from firstlight.devices.address import parse

    addresses = (*made.stand.addresses, parse("ssh:root@192.168.1.1:22"))
    made.runs._backends.__dict__["given"] = lambda: addresses
    made.play(until="choose")
    made.show()
    return stage.window


def neighbour(stage: Stage) -> QWidget:
    """A home router hands out addresses on the cable of the rescue: refused."""
    made = Practising(stage, "r1-recovery")
    made.play(until="rescue")
    port = made.stand.recovery.ports["dhcp"]  # type: ignore[attr-defined]
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))

    def offer() -> None:
        with suppress(OSError):
            while True:
                asked, sender = sock.recvfrom(2048)
                told = dhcp_packet.read(asked)
                if told is not None:
                    said = dhcp_packet.answer(
                        told, kind=dhcp_packet.Kind.OFFER, your_ip="192.168.1.77", netmask="255.255.255.0", server="192.168.1.1", file=""
                    )
                    sock.sendto(said, sender)

    threading.Thread(target=offer, daemon=True).start()
    stage.at_end(sock.close)
    made.show()
    made.agree("rescue")
    made.desk.host.run_step(made.run_id, "rescue")
    stage.until(lambda: not made.desk.host.is_busy(made.run_id), "the checks were asked", 60)
    made.show()
    return stage.window


SCENES = {
    "connect": lambda s: step(s, "a1-weekly", "connect"),
    "checks-waiting": lambda s: step(s, "a1-weekly", "checks"),
    "checks-passed": lambda s: step(s, "a1-weekly", "flash"),
    "checks-locked": lambda s: asked_gates(s, "a1-weekly", "checks", "locked"),
    "checks-wrong-product": lambda s: asked_gates(s, "a1-weekly", "checks", "wrong-product"),
    "checks-battery": lambda s: asked_gates(s, "a1-weekly", "checks", "low-battery:31"),
    "checks-overridden": override,
    "checks-rollback": lambda s: asked_gates(s, "a1-weekly", "checks", "newer-rollback"),
    "checks-signed": signed,
    "checks-expired": lambda s: signed(s, days=250),
    "checks-taken-back": lambda s: signed(s, taken_back=True),
    "not-signed": not_signed,
    "confirm": confirm,
    "writing": writing,
    "stalled": stalled,
    "stopping": stopping,
    "failed-cable": lambda s: stopped(s, "a1-weekly", "cable-out:62"),
    "failed-bad-block": lambda s: stopped(s, "a1-weekly", "bad-block:40"),
    "failed-no-start": lambda s: stopped(s, "a1-weekly", "boot-fails"),
    "failed-resumed": resumed,
    "finished": lambda s: finished(s, "a1-weekly"),
    "roll-back": rolled_back,
    "failed-loop": lambda s: stopped(s, "a1-weekly", "reboot-loop"),
    "sideload": lambda s: step(s, "a1-sideload", "install"),
    "sideload-full": lambda s: stopped(s, "a1-sideload", "full-cache"),
    "router-alike": lambda s: step(s, "r1-update", "backup"),
    "router-flash": lambda s: step(s, "r1-update", "flash"),
    "router-which": which,
    "router-cable": lambda s: stopped(s, "r1-update", "cable-out:50"),
    "router-never-back": lambda s: stopped(s, "r1-update", "never-back"),
    "router-boot-fails": lambda s: stopped(s, "r1-update", "boot-fails"),
    "router-rescued": rescued,
    "router-finished": lambda s: finished(s, "r1-update"),
    "rescue": lambda s: step(s, "r1-recovery", "rescue"),
    "rescue-neighbour": neighbour,
    "rescue-wrong-mac": lambda s: stopped(s, "r1-recovery", "wrong-mac"),
    "rescue-stall": lambda s: stopped(s, "r1-recovery", "stall:50"),
    "card": lambda s: step(s, "r1-card", "write"),
    "card-small": lambda s: asked_gates(s, "r1-card", "write", "too-small"),
    "card-swapped": lambda s: stopped(s, "r1-card", "swapped"),
    "card-fake": lambda s: stopped(s, "r1-card", "fake-size:50"),
    "card-read-only": lambda s: stopped(s, "r1-card", "read-only"),
    "card-finished": lambda s: finished(s, "r1-card"),
}
