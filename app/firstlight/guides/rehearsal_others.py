# SPDX-License-Identifier: Apache-2.0
"""Practice routers, routers that wait for a rescue, and cards, for rehearsals; and which guide stands on what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from firstlight.devices.address import Address, parse
from firstlight.guides.errors import RehearsalUnfit
from firstlight.guides.rehearsal_phone import PhoneStand
from firstlight.guides.rehearsal_stand import NEW_BUILD, OLD_BUILD, NoStand, Stand, noise
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import Faults
from firstlight.practice.recovery import PracticeRecovery
from firstlight.practice.router import PracticeRouter
from firstlight.practice.router_memory import RouterMemory, make_router_image
from firstlight_contract.firmware import Release
from firstlight_contract.guides import Guide, Way
from firstlight_contract.verbs.card import ImageWrite
from firstlight_contract.verbs.router import RouterBack, SshExpect, SshWait, TftpPush

_CARD_IMAGE = 8 << 20
_ROUTER_IMAGE = 2 << 20


def stand_for(guide: Guide, folder: Path, faults: Faults) -> Stand:
    """The practice device that a guide needs; RehearsalUnfit when there is none of its kind."""
    stands: Mapping[Way, type[Stand]] = {
        Way.USB: PhoneStand,
        Way.NETWORK: RouterStand,
        Way.TFTP: RecoveryStand,
        Way.CARD: CardStand,
        Way.HANDS: NoStand,
    }
    stand = stands.get(guide.way)
    if stand is None:
        raise RehearsalUnfit(guide=guide.id, way=guide.way.value)
    return stand(guide, folder, faults)


def _build_of(guide: Guide) -> str:
    """The build that the guide wants to see in the end."""
    for step in guide.steps:
        for action in (*step.do, *step.gate, *step.after):
            if isinstance(action, SshWait | RouterBack) and action.build:
                return action.build
            if isinstance(action, SshExpect) and action.name == "build":
                return action.is_
    return guide.for_.to_build or NEW_BUILD


def _ails(guide: Guide, memory: RouterMemory, build: str) -> str:
    if memory.state != "running":
        return "dead"
    return "other_build" if memory.build != build and any(deed.writes for _, deed in guide.deeds()) else ""


class RouterStand(Stand):
    """A router that answers by SSH."""

    kind = "router"

    def __init__(self, guide: Guide, folder: Path, faults: Faults) -> None:
        super().__init__(guide, folder, faults)
        self.build = _build_of(guide)
        self.router = PracticeRouter(folder / "router", faults=faults, factory_build=OLD_BUILD, boot_s=0.5, image_bytes=_ROUTER_IMAGE)

    def __enter__(self) -> RouterStand:
        self.router.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.router.stop()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Of its SSH."""
        return (parse(self.router.address),)

    @property
    def bytes_taken(self) -> int:
        """Into its memory."""
        return self.router.image_bytes

    def ails(self) -> str:
        """Whether it runs, and what."""
        return _ails(self.guide, self.router.memory, self.build)

    def mend(self, stood: str = "") -> None:
        """Cable in; one that is dead was brought back by the rescue."""
        del stood
        self.router.faults = Faults()
        if self.router.memory.state == "dead":
            self.router.wake()
        self.router.plug_in()

    def pull(self) -> None:
        """Of the router."""
        self.router.pull_cable()

    def content(self, name: str) -> bytes:
        """An image for it."""
        del name
        return b"".join(make_router_image(build=self.build, size=_ROUTER_IMAGE))

    def releases(self) -> tuple[Release, ...]:
        """The build that runs and the one to write."""
        old, new = (b"".join(make_router_image(build=build, size=_ROUTER_IMAGE)) for build in (OLD_BUILD, self.build))
        return (self.release(OLD_BUILD, "", 0, {"firmware": old}), self.release(self.build, OLD_BUILD, 1, {"firmware": new}))


class RecoveryStand(Stand):
    """A router without a system, that asks by DHCP and TFTP, or takes a push."""

    kind = "recovery"

    def __init__(self, guide: Guide, folder: Path, faults: Faults) -> None:
        super().__init__(guide, folder, faults)
        self.build = _build_of(guide)
        is_pushed = any(isinstance(deed, TftpPush) for _, deed in guide.deeds())
        self.recovery = PracticeRecovery(folder / "recovery", faults=faults, is_pushed=is_pushed, boot_s=0.5, image_bytes=_ROUTER_IMAGE)

    def __enter__(self) -> RecoveryStand:
        self.recovery.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.recovery.stop()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Of its bootloader, and of its SSH once it runs."""
        return (parse(self.recovery.address), parse(self.recovery.ssh))

    @property
    def bytes_taken(self) -> int:
        """By its bootloader."""
        return self.recovery.image_bytes

    def ails(self) -> str:
        """Whether it runs, and what."""
        return _ails(self.guide, self.recovery.router.memory, self.build)

    def mend(self, stood: str = "") -> None:
        """Cable in, the right router, switched off and on."""
        del stood
        self.recovery.faults = Faults()
        self.recovery.plug_in()

    def pull(self) -> None:
        """Of the router."""
        self.recovery.pull_cable()

    def content(self, name: str) -> bytes:
        """A rescue image."""
        del name
        return b"".join(make_router_image(build=self.build, size=_ROUTER_IMAGE))


class CardStand(Stand):
    """A card large enough."""

    kind = "card"

    def __init__(self, guide: Guide, folder: Path, faults: Faults) -> None:
        super().__init__(guide, folder, faults)
        self.card = PracticeCard(folder / "card", faults=faults, size=_CARD_IMAGE, expects=_CARD_IMAGE)

    def __enter__(self) -> CardStand:
        self.card.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.card.stop()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Of the reader."""
        return (parse(self.card.address),)

    @property
    def bytes_taken(self) -> int:
        """That it was asked to write."""
        return self.card.written

    def ails(self) -> str:
        """Whether it holds the image that was written last."""
        written = [deed.file for _, deed in self.guide.deeds() if isinstance(deed, ImageWrite)]
        image = (self.files / written[-1]).read_bytes() if written else b""
        return "" if self.card.path.read_bytes()[: len(image)] == image else "other_bytes"

    def mend(self, stood: str = "") -> None:
        """Another, sound card of the same name: what is broken in a card stays broken."""
        del stood
        self.card.faults = Faults()
        self.card.size = _CARD_IMAGE
        self.card.pull_cable()
        self.card.plug_in()

    def pull(self) -> None:
        """Out of the reader."""
        self.card.pull_cable()

    def content(self, name: str) -> bytes:
        """Any image; a map is one of that image."""
        return noise(name, _CARD_IMAGE)
