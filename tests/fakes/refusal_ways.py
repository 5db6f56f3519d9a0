# SPDX-License-Identifier: Apache-2.0
"""Every way to a device behind one face, to show that a refusal sends nothing: a guide that finds, asks and writes one signed file.

`sent()` is the device's own record. `make(fact)` makes something true of the device, of the file or of what the tester said.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fakes.bench_with_phone import image as phone_image
from fakes.routers import image_bytes as router_image
from fakes.routers import stand
from fakes.signed_hub import HostileHub, Maker
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.devices import tool
from firstlight.devices.adb import Adb
from firstlight.devices.address import parse
from firstlight.devices.inventory import Inventory
from firstlight.devices.router_keys import Login
from firstlight.devices.routers import Routers
from firstlight.firmware.images import Images
from firstlight.firmware.trust import Trust
from firstlight.guides.backends import BackEnds
from firstlight.guides.cards import Cards
from firstlight.guides.player import Player
from firstlight.guides.recoveries import Recoveries
from firstlight.guides.runs import Runs
from firstlight.guides.state import RunChanged
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import Faults
from firstlight.practice.phone import PracticePhone
from firstlight.practice.phone_update import make_package
from firstlight.practice.recovery import PracticeRecovery
from firstlight_hub.firmware import signing

MIB = 1 << 20


class Way:
    """One device, one file, one guide. Subclasses say how."""

    line = "r1"
    file = "image.img"
    find: Any
    gate: tuple[Any, ...]
    do: tuple[Any, ...]

    def __init__(self, root: Path) -> None:
        self.root, self.work, self.events = root, Work(), Events()
        self.closers: list[Callable[[], object]] = []
        self.maker = Maker()
        self.data = self.content()
        self.target = f"{self.line}/26.47-{self.file}"
        (root / "files").mkdir(parents=True)
        self.put(self.data)
        self.switch_on()
        self.hub = HostileHub({}).__enter__()
        self.closers.append(lambda: self.hub.__exit__(None, None, None))
        self.trust = Trust(root / "trust", self.hub.client)

    # -- what a way says ---------------------------------------------------------------------------------------------

    def content(self) -> bytes:
        """The file's."""
        raise NotImplementedError

    def switch_on(self) -> None:
        """The device."""
        raise NotImplementedError

    def backends(self) -> BackEnds:
        """With the device within reach."""
        raise NotImplementedError

    def sent(self) -> int:
        """Bytes of images that the device ever got, by its own record."""
        raise NotImplementedError

    def facts(self) -> dict[str, Callable[[], object]]:
        """What can be made true of the device."""
        raise NotImplementedError

    # -- what all have -----------------------------------------------------------------------------------------------

    def put(self, data: bytes) -> None:
        """Where the tester keeps the file."""
        (self.root / "files" / self.file).write_bytes(data)

    def publish(self, version: str = "26.47", **more: Any) -> None:
        """The maker signs the file, and the PC hears of it."""
        self.maker.publish(self.target, self.data, device=self.line, **({"version": version} | more))
        self.ask_hub()

    def withdraw(self) -> None:
        """The maker takes the signature back, and the PC hears of it."""
        line = signing.targets_of(self.maker.roles[self.line])
        line.targets.pop(self.target, None)
        line.version += 1
        self.maker.roles[self.line] = signing.signed(line, [self.maker.lines[self.line]])
        self.maker.sign_online()
        self.ask_hub()

    def ask_hub(self) -> None:
        """News of what is signed."""
        self.hub.content = self.maker.served()
        self.trust.refresh(self.work)

    def start(self, *, has_twin: bool = False) -> Player:
        """A run of the guide, its device found, the word of its danger typed."""
        folder = self.root / "guide"
        folder.mkdir(exist_ok=True)
        said = {"target": self.target, "size": len(self.data), "sha256": hashlib.sha256(self.data).hexdigest()}
        target: dict[str, Any] = {"device": [self.line]} | ({"not": [f"{self.line}-lite"]} if has_twin else {})
        steps = [{"id": "find", "do": [self.find]}, {"id": "write", "danger": "brick", "gate": list(self.gate), "do": list(self.do)}]
        guide = {"guide": 1, "id": "try", "title": "Try", "for": target, "files": {self.file: said}, "steps": steps}
        (folder / "guide.yaml").write_text(json.dumps(guide), "utf-8")
        self.runs = Runs(
            root=self.root / "runs",
            devices=self.backends(),
            images=Images(self.root / "builds", lambda *_: None, lambda _account: self.trust),
            releases=lambda account_id: (),
            keep_photo=lambda source, work: "",
            tell=lambda news: None,
            events=self.events,
            now=lambda: datetime.now(UTC),
        )
        self.closers.append(self.runs.close)
        return self.runs.start(folder, account_id=1)

    def ready(self, *, has_twin: bool = False) -> Player:
        """As `start`, up to the step that writes."""
        player = self.start(has_twin=has_twin)
        player.run("find", self.work)
        player.agree("write", player.word_for("write"))
        return player

    def when_the_gates_have_passed(self, player: Player, act: Callable[[], object]) -> None:
        """Once, in the moment between the last check of the step and its first action."""
        done: list[bool] = []

        def look(_: object) -> None:
            gates = player.state.step("write").gates
            if gates and all(g.is_passed for g in gates) and not done:
                done.append(True)
                act()

        self.events.subscribe(RunChanged, look)

    def close(self) -> None:
        """Let go of all."""
        for closer in reversed(self.closers):
            closer()


class PhoneWay(Way):
    """By fastboot: our own client, or the program."""

    line = "a1"
    file = "boot.img"
    find = {"device.find": 5}
    gate = (
        {"fastboot.device": {"product": ["a1_eng"], "board": ["C", "D"]}},
        "fastboot.unlocked",
        {"fastboot.battery": 40},
        {"fastboot.rollback": 1},
    )
    do = ({"fastboot.flash": [{"partition": "boot", "file": "boot.img"}]},)
    has_program = False
    adb: Adb | None = None

    def content(self) -> bytes:
        return phone_image("boot", "26.47", 1)

    def switch_on(self) -> None:
        self.phone = PracticePhone(self.root / "phone", boot_s=0.05, made_as={"mode": self.mode})
        self.phone.start()
        self.closers.append(self.phone.stop)
        self.others: list[PracticePhone] = []

    mode = "bootloader"

    def twin(self) -> None:
        """Another phone of the same model is plugged in."""
        other = PracticePhone(self.root / "other", boot_s=0.05, made_as={"mode": self.mode, "serial": "PRACTICE-0000"})
        other.start()
        self.closers.append(other.stop)
        self.others.append(other)

    def backends(self) -> BackEnds:
        def network() -> tuple[str, ...]:
            return tuple(a for p in (self.phone, *self.others) for a in self.addresses(p))

        inventory = Inventory(
            fastboot=(lambda: tool.find("fastboot")) if self.has_program else (lambda: None),
            adb=lambda: self.adb.tool if self.adb else None,
            adb_port=self.adb.port if self.adb else 0,
            network=network,
        )
        return BackEnds(inventory, given_files=self.root / "files")

    def addresses(self, phone: PracticePhone) -> tuple[str, ...]:
        """Where it is looked for."""
        return (phone.address,)

    def sent(self) -> int:
        return sum(p.image_bytes for p in (self.phone, *self.others))

    def set(self, **faults: Any) -> None:
        """A fact of the phone."""
        self.phone.faults = Faults(**faults)

    def facts(self) -> dict[str, Callable[[], object]]:
        return {
            "wrong product": lambda: self.set(wrong_product=True),
            "wrong board": lambda: self.set(wrong_board=True),
            "locked": lambda: self.set(locked=True),
            "low battery": lambda: self.set(low_battery=12),
            "older index": lambda: self.set(newer_rollback=True),
        }


class ProgramWay(PhoneWay):
    """By the real fastboot."""

    has_program = True


class SideloadWay(PhoneWay):
    """By the real adb, into the recovery."""

    file = "update.zip"
    mode = "system"
    find = {"adb.wait": "system"}
    gate = ({"adb.device": "a1_eng"}, {"adb.expect": {"name": "ro.boot.hardware.revision", "one_of": ["C", "D"]}}, {"adb.battery": 40})
    do = ({"adb.sideload": "update.zip"},)

    def content(self) -> bytes:
        return make_package("a1_eng", {"boot": phone_image("boot", "26.47", 1)})

    def addresses(self, phone: PracticePhone) -> tuple[str, ...]:
        return (f"adb:{phone.adb_address}",)

    def facts(self) -> dict[str, Callable[[], object]]:
        return {name: act for name, act in super().facts().items() if name not in ("locked", "older index")}


class RouterWay(Way):
    """By SSH, to a practice router or to dropbear."""

    kind = "practice"
    file = "firmware.bin"
    find = {"ssh.find": 5}
    gate = ({"ssh.board": "aurora,r1"}, {"ssh.compat": {"file": "firmware.bin"}}, {"ssh.space": "firmware.bin"})
    do = ({"ssh.upload": "firmware.bin"}, "ssh.check_image", {"ssh.sysupgrade": {"file": "firmware.bin"}})

    def content(self) -> bytes:
        return router_image()

    def switch_on(self) -> None:
        holder = stand(self.kind, self.root / "stand")
        (self.root / "stand").mkdir()
        self.at = holder.__enter__()
        self.closers.append(lambda: holder.__exit__(None, None, None))
        self.given = [self.at.device.address]

    def twin(self) -> None:
        """A second router was named."""
        self.given.append("ssh:127.0.0.1:1")

    def backends(self) -> BackEnds:
        routers = Routers(self.root, Login(key_files=tuple, has_agent=False))
        self.closers.append(routers.close)
        given = self.given
        return BackEnds(Inventory(), routers=routers, given=lambda: tuple(parse(a) for a in given), given_files=self.root / "files")

    def sent(self) -> int:
        return self.at.image_bytes

    def facts(self) -> dict[str, Callable[[], object]]:
        return {"wrong product": self.at.set_look_alike}


class DropbearWay(RouterWay):
    """The same against the real dropbear."""

    kind = "dropbear"


class RescueWay(Way):
    """By our DHCP and TFTP, to a bootloader that asks."""

    file = "rescue.bin"
    find = "tftp.find"
    gate = ("tftp.alone",)
    do: tuple[Any, ...] = ({"tftp.serve": {"file": "rescue.bin", "seconds": 2}},)
    is_pushed = False

    def content(self) -> bytes:
        return router_image()

    def switch_on(self) -> None:
        self.stranded = PracticeRecovery(self.root / "practice", boot_s=0.1, image_bytes=MIB, is_pushed=self.is_pushed)
        self.stranded.start()
        self.closers.append(self.stranded.stop)
        self.given = [self.stranded.address]

    def twin(self) -> None:
        """A second one was named."""
        self.given.append(self.stranded.address.replace("9a:2e", "00:01"))

    def backends(self) -> BackEnds:
        given = self.given
        recoveries = Recoveries(probe_s=0.1, linger_s=0.2, stall_s=1.0)
        return BackEnds(Inventory(), recoveries=recoveries, given=lambda: tuple(parse(a) for a in given), given_files=self.root / "files")

    def sent(self) -> int:
        return self.stranded.image_bytes

    def facts(self) -> dict[str, Callable[[], object]]:
        return {"wrong product": self._another} if not self.is_pushed else {}

    def _another(self) -> None:
        self.stranded.stop()  # whoever asks already would go on asking
        self.stranded.faults = Faults(wrong_mac=True)
        self.stranded.start()


class PushWay(RescueWay):
    """By TFTP, pushed to a bootloader that takes it."""

    is_pushed = True
    do = ({"tftp.push": {"file": "rescue.bin", "seconds": 2}},)


class CardWay(Way):
    """By the writer's own process, to a card."""

    file = "card.img"
    find = {"card.find": 1}
    gate = ({"card.expect": {"size": "8MiB"}},)
    do = ({"image.write": "card.img"},)

    def content(self) -> bytes:
        return b"firstlight" * 200_000

    def switch_on(self) -> None:
        self.card = PracticeCard(self.root / "card", size=16 * MIB, expects=len(self.data))
        self.card.start()
        self.closers.append(self.card.stop)
        self.given = [self.card.address]

    def twin(self) -> None:
        """A second one is in."""
        self.given.append("card:nbd:127.0.0.1:1")

    def backends(self) -> BackEnds:
        given = self.given
        return BackEnds(Inventory(), cards=Cards(), given=lambda: tuple(parse(a) for a in given), given_files=self.root / "files")

    def sent(self) -> int:
        return self.card.written

    def facts(self) -> dict[str, Callable[[], object]]:
        return {"wrong product": self.card.swap, "too small": self._shrink}

    def _shrink(self) -> None:
        self.card.size = MIB


WAYS: dict[str, type[Way]] = {
    "fastboot": PhoneWay,
    "fastboot-program": ProgramWay,
    "sideload": SideloadWay,
    "ssh": RouterWay,
    "ssh-dropbear": DropbearWay,
    "rescue": RescueWay,
    "push": PushWay,
    "card": CardWay,
}
