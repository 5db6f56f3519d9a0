# SPDX-License-Identifier: Apache-2.0
"""The page of devices: nothing, phones, routers, recoveries, cards and why one is hidden, practice devices, the router dialog."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from firstlight.base.work import Work
from firstlight.devices.device import Device, Kind, Mode
from firstlight.devices.errors import HostKeyChanged, RouterNotFound
from firstlight.devices.host.preflight import HostRow
from firstlight.devices.named import Met
from firstlight.devices.ui.devices_page import DevicesPage, Seen
from firstlight.devices.ui.router_dialog import BROKEN, Adapter, Naming, RouterDialog
from gallery.stage import Stage

GOOD = (
    HostRow("space", True, facts={"free": 44_400_000_000}),
    HostRow("power", True),
    HostRow("adb", True, facts={"version": "35"}),
    HostRow("fastboot", True, facts={"version": "35"}),
    HostRow("udev", True),
    HostRow("fwupd", True),
)
BAD = (
    HostRow("space", False, facts={"free": 812_000_000}),
    HostRow("power", False),
    HostRow("adb", False, "missing"),
    HostRow("fastboot", False, "missing"),
    HostRow("udev", False),
    HostRow("fwupd", False),
    HostRow("vpn", None, facts={"names": "wg0, tun3"}),
    HostRow("firewall", None),
)
PHONES = (
    Device("A1Q7X20004F7C", "usb:1-2", Mode.SYSTEM, product="a1_eng", build="26.46", battery=78, way="adb", model="Aurora A1"),
    Device(
        "A1Q7X2000B310",
        "A1Q7X2000B310",
        Mode.BOOTLOADER,
        product="a1_eng",
        build="26.45",
        battery=31,
        is_unlocked=False,
        slot="b",
        way="fastboot",
    ),
    Device("A1Q7X20009D41", "usb:1-4", Mode.UNAUTHORISED, way="adb"),
    Device("A1Q7X200070AA", "usb:2-1", Mode.OFFLINE, way="adb"),
    Device("A1Q7X20003C19", "usb:2-2", Mode.SIDELOAD, product="a1_eng", way="adb", model="Aurora A1"),
)
OTHERS = (
    Device(
        "R1E-00421F9A2E",
        "root@192.168.1.1:22",
        Mode.SYSTEM,
        product="aurora,r1",
        build="1.2-26.45",
        kind=Kind.ROUTER,
        way="ssh",
        model="Aurora R1",
    ),
    Device("02:0f:1a:00:9a:2e", "enp3s0,mac=02:0f:1a:00:9a:2e", Mode.RECOVERY, kind=Kind.RECOVERY, way="recovery"),
    Device("0x4c530001", "/dev/sdb", Mode.SYSTEM, kind=Kind.CARD, way="card", size=31_900_000_000, model="SanDisk Ultra USB 3.0"),
)
HIDDEN = tuple(
    Device(f"S{at}", f"/dev/sd{chr(99 + at)}", Mode.SYSTEM, kind=Kind.CARD, way="card", size=size, model=model, why_hidden=why)
    for at, (model, size, why) in enumerate(
        (
            ("Samsung SSD 990 PRO", 1_000_204_886_016, "system"),
            ("WDC WD40EFRX", 4_000_787_030_016, "too_big"),
            ("Generic MassStorageClass", 0, "no_medium"),
            ("Kingston DataTraveler", 15_500_000_000, "read_only"),
            ("Transcend", 64_000_000, "too_small"),
        )
    )
)


def page(
    stage: Stage,
    devices: tuple[Device, ...] = (),
    pc: tuple[HostRow, ...] = GOOD,
    named: tuple[Met, ...] = (),
    then: Callable[[Stage, DevicesPage], QWidget | None] | None = None,
) -> QWidget:
    """The window's own page, with what a look found put in its place."""
    desk = stage.desk()
    bench = desk.bench
    bench.look = lambda *, work: Seen(devices, pc, bench.rack.running(), named)
    shown = desk.window.visit("devices")
    assert isinstance(shown, DevicesPage)
    stage.until(lambda: shown.seen is not None and not desk.kit.jobs.is_busy("devices.look"), "a look")
    stage.settle()
    return (then(stage, shown) if then is not None else None) or stage.window


def this_pc(stage: Stage) -> QWidget:
    """This very PC, whatever it has."""
    desk = stage.desk()
    shown = desk.window.visit("devices")
    assert isinstance(shown, DevicesPage)
    stage.until(lambda: shown.seen is not None, "a look")
    stage.settle()
    return stage.window


def looking(stage: Stage) -> QWidget:
    """Nobody has answered yet."""
    desk = stage.desk()
    desk.bench.look = lambda *, work: work.wait(30) or Seen((), (), ())
    desk.window.visit("devices")
    stage.rest(100)
    return stage.window


def practising(stage: Stage) -> QWidget:
    """All four are on, each with a fault, found by the real look."""
    desk = stage.desk()
    for kind, faults in ((Kind.PHONE, ("low-battery",)), (Kind.ROUTER, ("cable-out",)), (Kind.RECOVERY, ()), (Kind.CARD, ("fake-size",))):
        desk.bench.practise(kind, faults, work=Work())
    stage.at_end(desk.bench.rack.close)
    shown = desk.window.visit("devices")
    assert isinstance(shown, DevicesPage)
    stage.until(lambda: shown.seen is not None and len([d for d in shown.seen.devices if d.is_practice]) >= 3, "they are found", 120)
    stage.settle()
    return stage.window


def hidden(_stage: Stage, shown: DevicesPage) -> None:
    """The reasons are opened."""
    shown._on_hidden_toggled()
    _stage.rest(100)


def menu(stage: Stage, shown: DevicesPage) -> QWidget:
    """What can go wrong with a phone."""
    opened = shown.practice.row(Kind.PHONE).fault_button.menu()
    opened.popup(stage.window.mapToGlobal(stage.window.rect().center()))
    stage.at_end(opened.close)
    stage.rest(60)
    return opened


def dialog(stage: Stage, *, which: str = "", adapters: tuple[Adapter, ...] = (), known: str = "", act: str = "") -> QWidget:
    """Name a router."""

    def fail(_address: object, _password: str, *, work: Work) -> object:
        work.check()
        if act == "key":
            raise HostKeyChanged(address="192.168.1.1", kept="SHA256:k3rT…9Qe", got="SHA256:0bXa…7Lm")
        raise RouterNotFound(address="192.168.1.1", why="nobody answers")

    def nothing(*_: object, work: Work) -> None:
        work.check()

    desk = stage.desk()
    desk.bench.look = lambda *, work: Seen((), GOOD, ())
    desk.window.visit("devices")
    stage.settle()
    made = RouterDialog(desk.kit, Naming(fail, nothing, nothing, lambda: adapters, lambda: None), known=known, parent=desk.window)
    stage.at_end(made.close)
    if which:
        made.which.set_current(which)
        made._show_which(which)
    made.open()
    if act == "mac":
        made.mac.setText("02:0f:1a")
        made._on_add()
    elif act:
        made.address.setText("192.168.1.1")
        made._on_add()
        stage.until(lambda: not desk.kit.jobs.is_busy("devices.add"), "the router was asked")
    stage.rest(150)
    return made


ADAPTERS = (Adapter("enp3s0", "192.168.1.20"), Adapter("wlp2s0", "10.0.0.7", is_wireless=True), Adapter("enx00e04c680001", ""))
SILENT = (
    Met("ssh:root@192.168.1.1:22", OTHERS[0]),
    Met("ssh:root@192.168.8.1:22", None, RouterNotFound(address="192.168.8.1", why="nobody answers")),
    Met("recovery:enp3s0,mac=02:0f:1a:00:9a:2e", OTHERS[1]),
)

SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "this-pc": this_pc,
    "looking": looking,
    "empty": page,
    "empty-bad-pc": partial(page, pc=BAD),
    "phones": partial(page, devices=PHONES),
    "others": partial(page, devices=OTHERS, named=SILENT),
    "hidden": partial(page, devices=(OTHERS[2], *HIDDEN), then=hidden),
    "practising": practising,
    "faults": partial(page, then=menu),
    "router": dialog,
    "router-silent": partial(dialog, act="silent"),
    "router-key": partial(dialog, act="key"),
    "router-known": partial(dialog, known="ssh:root@192.168.1.1:22"),
    "rescue": partial(dialog, which=BROKEN, adapters=ADAPTERS),
    "rescue-refused": partial(dialog, which=BROKEN, adapters=ADAPTERS, act="mac"),
    "rescue-no-adapter": partial(dialog, which=BROKEN),
}
