# SPDX-License-Identifier: Apache-2.0
"""The bench of a profile: its guides, its runs, the devices on it, and in the demo a practice phone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from firstlight.base.work import Work
from firstlight.capture import photos, screens
from firstlight.community.week import week_of
from firstlight.devices import tool
from firstlight.devices.address import Address, Way, parse
from firstlight.devices.device import Device, Kind
from firstlight.devices.errors import DeviceError, ToolMissing
from firstlight.devices.host.preflight import Pc
from firstlight.devices.inventory import Inventory
from firstlight.devices.named import NamedDevices
from firstlight.devices.routers import Routers
from firstlight.devices.tool import Tool
from firstlight.devices.ui.devices_page import Seen
from firstlight.devices.ui.router_dialog import Adapter
from firstlight.firmware.images import Images
from firstlight.guides.library import Library
from firstlight.guides.news import News, news_of
from firstlight.guides.reach import reach
from firstlight.guides.runs import Runs
from firstlight.guides.standing import tested
from firstlight.guides.state import RunState
from firstlight.guides.telling import tell
from firstlight.hublink import downloads
from firstlight.practice.phone import PracticePhone
from firstlight.profile import Profile
from firstlight.recovery import adapters
from firstlight.shell.practice_rack import PracticeRack
from firstlight_contract.feed import FeedKind, GuideFile, GuideView
from firstlight_contract.firmware import ImageFile, Release
from firstlight_contract.honour import ActivityKind


class Bench:
    """Built by the desk; `close` lets go of journals and switches the practice phone off."""

    def __init__(self, profile: Profile, *, is_demo: bool) -> None:
        self._profile = profile
        self.rack = PracticeRack(profile.paths.data / "practice", lambda: _build_of(datetime.now().astimezone().date() - timedelta(days=7)))
        if is_demo:
            self.rack.start(Kind.PHONE)
        self.devices = Inventory(fastboot=self._fastboot, adb=self._adb, network=self._addresses)
        self.images = Images(profile.paths.builds, self._download, profile.signed.trust)
        self.library = Library(
            built_in=profile.paths.resources / "guides",
            fetched=profile.paths.guides,
            published=self._published,
            download=self._download_file,
            is_signed=profile.signed.is_signed,
        )
        self.routers = Routers(profile.paths.data)
        self.reach = reach(
            self.devices,
            library=self.library,
            routers=self.routers,
            account=lambda: profile.settings.account,
            given=self.given,
            kept_files=profile.paths.data / "way-back",
            is_offline=lambda: profile.reach.forced_offline,
        )
        self.named = NamedDevices(profile.paths.data / "named-devices.json", self.reach.at)
        self.is_at_work: Callable[[], bool] = bool
        """Whether a guide has a device's ear; the desk puts in what it knows."""
        self._cards: tuple[Address, ...] = ()
        self.runs = Runs(
            root=profile.paths.runs,
            devices=self.reach,
            images=self.images,
            releases=self.releases,
            keep_photo=self.keep_photo,
            tell=self.tell,
            events=profile.events,
            now=lambda: datetime.now().astimezone(),
        )

    def close(self) -> None:
        """Before the window goes."""
        self.runs.close()
        self.routers.close()
        self.rack.close()

    def practice(self, serial: str) -> PracticePhone | None:
        """The practice phone, when that serial number is its."""
        phone = self.rack.phone
        return phone if phone is not None and phone.memory.serial == serial else None

    def given(self) -> tuple[Address, ...]:
        """Where routers, recoveries and cards are that a guide may bind itself to: practice ones, named ones, cards last seen."""
        return (*self.rack.addresses(), *self.named.addresses(), *self._cards)

    def name(self, address: Address, password: str, *, work: Work) -> Device:
        """The tester names a router: it is asked, and kept by its address once it answers; the password stays in memory. DeviceError."""
        if address.way is Way.SSH:
            self.routers.close()  # a line that stands would let anybody in
            self.routers.remember(address, password)
        return self.named.add(address, work)

    def forget(self, address: Address, *, work: Work) -> None:
        """It is no longer offered, and its password is gone; its key stays known."""
        work.check()
        self.named.forget(address)
        if address.way is Way.SSH:
            self.routers.close()
            self.routers.remember(address, "")

    def forget_key(self, address: Address, *, work: Work) -> None:
        """The tester says that the router was reset or replaced."""
        work.check()
        self.routers.forget(address)

    def adapters(self) -> tuple[Adapter, ...]:
        """What a router that wants a rescue may hang on; the loopback is for practice alone."""
        found = (a for a in adapters.adapters() if not a.is_loopback)
        return tuple(Adapter(a.name, a.ip, a.is_wireless) for a in found)

    def answering(self, *, work: Work) -> tuple[Device, ...]:
        """Everybody who answers: phones, cards of this PC with the reason why one is not offered, practice devices."""
        cards = self.reach.cards.listing(work)
        self._cards = tuple(parse(d.where) for d in cards if not d.why_hidden)
        found = [*self.devices.everything(work), *cards]
        for address in self.rack.addresses():
            with suppress(DeviceError):
                found.append(self.reach.at(address, work))
        found += [met.device for met in self.named.listing(work, may_ask=not self.is_at_work()) if met.device is not None]
        return tuple(found)

    def look(self, *, work: Work) -> Seen:
        """Who answers, what this PC lacks, and the practice devices that are on."""
        ways = frozenset({Way.ADB, Way.FASTBOOT})
        pc = Pc(self._adb, self._fastboot).rows(ways, self._profile.paths.cache, 0, work)
        return Seen(self.answering(work=work), pc, self.rack.running(), self.named.listing(work, may_ask=False))

    def practise(self, kind: Kind, faults: tuple[str, ...], *, work: Work) -> None:
        """Switch a practice device on."""
        work.check()
        self.rack.start(kind, faults)

    def end_practice(self, kind: Kind, *, work: Work) -> None:
        """Switch it off."""
        work.check()
        self.rack.stop(kind)

    def releases(self, account_id: int) -> tuple[Release, ...]:
        """The builds that the hub listed for this account."""
        return self._profile.inbox.of(account_id, FeedKind.RELEASE, Release)

    def installed(self) -> frozenset[str]:
        """Builds of the model whose build is this week's that a device was seen running after a run: another model's count not, as they
        go by the same names.
        """
        newest = max(self.releases(self._profile.settings.account), key=lambda r: r.published_at, default=None)
        told = (n for state in self._through() for n in news_of(state) if n.kind is ActivityKind.BUILD_INSTALLED)
        return frozenset(n.facts["build"] for n in told if newest is None or n.facts["device"] == newest.device)

    def finished(self) -> tuple[RunState, ...]:
        """Runs that are through, newest first."""
        return self.runs.finished(self._profile.settings.account)

    def unfinished(self) -> tuple[RunState, ...]:
        """Runs to carry on, newest first."""
        return self.runs.unfinished(self._profile.settings.account)

    def tested(self, work: Work) -> tuple[tuple[str, str], ...]:
        """What the tester worked on, newest first: device and build."""
        work.check()
        return tested(self._through())

    def _through(self) -> tuple[RunState, ...]:
        return (*self.finished(), *self.unfinished())

    def keep_photo(self, source: Path | bytes, work: Work) -> str:
        """Keep a photo without place and camera; the answer is its name among the blobs."""
        return self._profile.blobs.put(photos.clean(source), media="image/jpeg", work=work).sha256

    def photo_path(self, sha256: str) -> Path:
        """Where a kept photo lies."""
        return self._profile.blobs.path(sha256)

    def tell(self, news: News) -> None:
        """Put what a run achieved in the outbox."""
        tell(news, sessions=self._profile.sessions, db=self._profile.db, outbox=self._profile.outbox)

    def phone_screen(self, *, work: Work) -> bytes:
        """The screen of the phone that is plugged in, as PNG; DeviceNotFound, ToolMissing."""
        adb = self._adb()
        if adb is None:
            raise ToolMissing(tool="adb")
        return screens.phone_screen(adb, work)

    def found_tools(self) -> dict[str, str]:
        """Where adb and fastboot lie; "" for what is not here."""
        chosen = self._profile.settings
        found = {"adb": tool.find("adb", chosen.adb), "fastboot": tool.find("fastboot", chosen.fastboot)}
        return {name: str(one.path) if one else "" for name, one in found.items()}

    def _fastboot(self) -> Tool | None:
        return tool.find("fastboot", self._profile.settings.fastboot)

    def _adb(self) -> Tool | None:
        return tool.find("adb", self._profile.settings.adb)

    def _addresses(self) -> tuple[str, ...]:
        phone = self.rack.phone
        return (phone.address,) if phone is not None and phone.is_plugged else ()

    def _published(self, account_id: int) -> tuple[GuideView, ...]:
        return self._profile.signed.guides(account_id)

    def _download_file(self, account_id: int, file: GuideFile, target: Path, work: Work) -> None:
        downloads.fetch(self._profile.sessions.client(account_id), sha256=file.sha256, size=file.size, target=target, work=work)

    def _download(self, account_id: int, file: ImageFile, target: Path, work: Work) -> None:
        downloads.fetch(self._profile.sessions.client(account_id), sha256=file.sha256, size=file.size, target=target, work=work)


def _build_of(day: date) -> str:
    """The demo programme's build of the week of `day`: year and week of its Friday."""
    year, week, _ = week_of(day).isocalendar()
    return f"{year % 100}.{week:02d}"
