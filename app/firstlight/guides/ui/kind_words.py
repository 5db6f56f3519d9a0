# SPDX-License-Identifier: Apache-2.0
"""What is said differently of phones, routers, routers that want a rescue, and cards."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from firstlight.devices.device import Kind
from firstlight.guides.cards import PRACTICE
from firstlight.guides.state import RunState
from firstlight_contract.guides import Effect, Way

_BY_WAY = {Way.USB: Kind.PHONE, Way.NETWORK: Kind.ROUTER, Way.TFTP: Kind.RECOVERY, Way.CARD: Kind.CARD}


def kind_of(state: RunState) -> Kind | None:
    """The kind of the run's device, by the guide while none is bound; None for a guide for hands."""
    return Kind(state.device.kind) if state.device is not None else _BY_WAY.get(state.guide.way)


def name(state: RunState) -> str:
    """What a device is called that tells no name for people; "" when it tells one."""
    device = state.device
    if device is None:
        return ""
    if device.kind == Kind.RECOVERY:
        return QCoreApplication.translate("KindWords", "Router")
    if device.model == PRACTICE:
        return QCoreApplication.translate("KindWords", "Practice card")
    return ""


def icon(state: RunState) -> str:
    """The picture of the run's device, by its kind."""
    return {Kind.ROUTER: "router", Kind.RECOVERY: "router", Kind.CARD: "sd-card"}.get(kind_of(state) or Kind.PHONE, "usb")


def _one_of(state: RunState, *, phone: str, router: str, card: str) -> str:
    kind = kind_of(state)
    return card if kind is Kind.CARD else router if kind in (Kind.ROUTER, Kind.RECOVERY) else phone


def ask(state: RunState) -> str:
    """The button of a step that only asks."""
    said: dict[Kind | None, str] = {
        Kind.PHONE: QCoreApplication.translate("KindWords", "Ask the phone"),
        Kind.ROUTER: QCoreApplication.translate("KindWords", "Ask the router"),
        Kind.RECOVERY: QCoreApplication.translate("KindWords", "Ask the router"),
        Kind.CARD: QCoreApplication.translate("KindWords", "Look at the card"),
    }
    return said.get(kind_of(state), QCoreApplication.translate("KindWords", "Do this step"))


def hands_off(state: RunState) -> str:
    """What must not be done during a write."""
    return _one_of(
        state,
        phone=QCoreApplication.translate("KindWords", "Do not unplug the cable or close the lid."),
        router=QCoreApplication.translate("KindWords", "Do not switch the router off or unplug the cable."),
        card=QCoreApplication.translate("KindWords", "Do not take the card out or close the lid."),
    )


def silent(state: RunState) -> str:
    """What to look at when nothing is heard."""
    return _one_of(
        state,
        phone=QCoreApplication.translate(
            "KindWords", "Nothing is lost so far. Leave the cable in; look whether the phone still shows its bootloader."
        ),
        router=QCoreApplication.translate("KindWords", "Nothing is lost so far. Leave power and cable in; look whether its lamp blinks."),
        card=QCoreApplication.translate("KindWords", "Nothing is lost so far. Leave the card in; a worn card needs long pauses."),
    )


def leave_it(state: RunState, *, answers: bool | None = None) -> str:
    """What to do with it after a failure, until it is decided how to go on; `answers` False: it was asked, and said nothing."""
    plugged = QCoreApplication.translate("KindWords", "Leave it plugged in. Do not hold the power button.")
    gone = QCoreApplication.translate("KindWords", "Check that its cable is in. Do not hold the power button.")
    return _one_of(
        state,
        phone=gone if answers is False else plugged,
        router=QCoreApplication.translate("KindWords", "Leave power and cable in. Do not press its buttons."),
        card=QCoreApplication.translate("KindWords", "Do not use the card as it is: what is on it is not whole."),
    )


def stopped(state: RunState, percent: int, part: str = "") -> str:
    """The headline of a write that stopped."""
    if part.endswith(".zip") and percent == 100:
        return QCoreApplication.translate("KindWords", "The update was not installed")
    if kind_of(state) is not Kind.CARD:
        return QCoreApplication.translate("KindWords", "The flash stopped at {percent} %").format(percent=percent)
    if percent == 0:
        return QCoreApplication.translate("KindWords", "Writing stopped right at its beginning")
    return QCoreApplication.translate("KindWords", "Writing stopped at {percent} %").format(percent=percent)


def gave_up(state: RunState) -> str:
    """The headline when the tester stopped it."""
    if kind_of(state) is Kind.CARD:
        return QCoreApplication.translate("KindWords", "You stopped the writing")
    return QCoreApplication.translate("KindWords", "You stopped the flash")


def danger(state: RunState, *, erases: bool) -> str:
    """What a tester agrees to before a write, whole sentences."""
    kind = kind_of(state)
    if kind is Kind.CARD:
        return QCoreApplication.translate(
            "KindWords", "Everything on this card is lost, also what other programs do not show. It cannot be taken back."
        )
    if kind is Kind.RECOVERY:
        return QCoreApplication.translate(
            "KindWords", "The router writes what it is given over its system. Power and cable must stay in until it is back."
        )
    if kind is Kind.ROUTER:
        return QCoreApplication.translate(
            "KindWords", "The router writes the new build over its system and starts again. Power and cable must stay in until it is back."
        )
    return _danger_of_phone(state, erases=erases)


def _danger_of_phone(state: RunState, *, erases: bool) -> str:
    build = state.to_write.version if state.to_write else ""
    if erases:
        said = QCoreApplication.translate(
            "KindWords", "This erases everything on the phone: apps, photos, settings. It cannot be taken back."
        )
        after = QCoreApplication.translate("KindWords", "Build {build} is written afterwards.").format(build=build)
        return f"{said} {after}" if build else said
    if build:
        return QCoreApplication.translate(
            "KindWords",
            "Build {build} is written over the system. Your data stays. Until the end the phone cannot start, so the cable must stay in.",
        ).format(build=build)
    said = QCoreApplication.translate("KindWords", "The phone's system is changed. Until the end the cable must stay in.")
    keeps = QCoreApplication.translate("KindWords", "Your data stays.")
    return f"{said} {keeps}" if state.guide.effect is Effect.KEEPS_DATA else said


def achieved(state: RunState) -> str:
    """The headline of the end, where no build tells it; "" when the guide's title does."""
    return {
        Kind.CARD: QCoreApplication.translate("KindWords", "The card is written and read back"),
        Kind.RECOVERY: QCoreApplication.translate("KindWords", "The router is back"),
    }.get(kind_of(state) or Kind.PHONE, "")
