# SPDX-License-Identifier: Apache-2.0
"""The demo's weekly builds: the newest came on the last Friday at 18:00, whenever the demo is started; the router's an hour earlier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from firstlight_contract.practice import make_image
from firstlight_contract.practice_router import make_router_image
from firstlight_hub.base.shelf import files
from firstlight_hub.devices.models import DeviceModel
from firstlight_hub.devices.services import define_model
from firstlight_hub.firmware import services as firmware
from firstlight_hub.firmware.models import Change, Release, ReleaseFile, ReleaseState
from firstlight_hub.programme.models import Programme
from firstlight_hub.seed import signed
from firstlight_hub.seed.words import EARLIER, NEWEST, OF_ROUTER, Line

MIB = 1 << 20
PARTS = {"boot": 2 * MIB, "vendor": 4 * MIB, "system": 16 * MIB, "product": 2 * MIB}
"""The parts of a practice phone, in the order of writing."""
PHONE, ROUTER = "a1", "r1"
ROUTER_FILES = ("r1/r1-rescue.bin", "r1/r1-card.img")
"""What the guides that rescue a router and write its card name; signed with the first build, and the same from then on."""


@dataclass(frozen=True)
class Weekly:
    """What comes out of one model every week. `images` makes its parts, name and pieces, for a build."""

    device: str
    guide: str
    minutes: int
    hours_before: int
    images: Callable[[str], Iterator[tuple[str, str, Iterator[bytes]]]]
    lines: tuple[Line, ...] | None = None
    """The same change list every week; None: the phone's own, which tells a story."""


def _of_phone(version: str) -> Iterator[tuple[str, str, Iterator[bytes]]]:
    for part, size in PARTS.items():
        yield f"{part}.img", part, make_image(device=PHONE, partition=part, build=version, rollback_index=0, size=size)


def _of_router(version: str) -> Iterator[tuple[str, str, Iterator[bytes]]]:
    yield "firmware.bin", "firmware", make_router_image(build=version)


WEEKLY = (
    Weekly(ROUTER, "r1-update", 6, 1, _of_router, OF_ROUTER),
    Weekly(PHONE, "a1-weekly", 9, 0, _of_phone),
)


def last_friday(now: datetime, tz: str) -> datetime:
    """The last Friday, 18:00 in the programme's time zone, that is not in the future."""
    here = now.astimezone(ZoneInfo(tz))
    friday = here.date() - timedelta(days=(here.weekday() - 4) % 7)
    evening = datetime(friday.year, friday.month, friday.day, 18, tzinfo=here.tzinfo)
    return evening if evening <= here else _weeks_before(evening, 1)


def version_of(friday: date) -> str:
    """The name of the build of that week: 26.47."""
    year, week, _ = friday.isocalendar()
    return f"{year % 100:02d}.{week:02d}"


def models(programme: Programme) -> None:
    """What Aurora lets test."""
    define_model(programme, PHONE, "Aurora A1", "phone")
    define_model(programme, ROUTER, "Aurora R1", "router")


def publish(programme: Programme, friday: datetime, *, is_first: bool) -> None:
    """The builds of `friday` and of the week before, unless they are out already.

    The change list with mossbyte's fix comes with the first seeding alone: a demo that is opened weeks later gets a plain one.
    """
    signed.begin(programme, (PHONE, ROUTER))
    for earlier in Release.objects.filter(programme=programme, state=ReleaseState.PUBLISHED):
        signed.release(earlier)
    newest = NEWEST if is_first else tuple(line._replace(fixes=()) for line in NEWEST)
    for weekly in WEEKLY:
        _publish(programme, weekly, _weeks_before(friday, 1), weekly.lines or EARLIER)
        _publish(programme, weekly, friday, weekly.lines or newest)
    for path in ROUTER_FILES:
        signed.file(path, make_router_image(build=version_of(friday.date())), version=version_of(friday.date()))


def _publish(programme: Programme, weekly: Weekly, friday: datetime, lines: tuple[Line, ...]) -> None:
    device = DeviceModel.objects.get(programme=programme, slug=weekly.device)
    version = version_of(friday.date())
    if Release.objects.filter(device=device, version=version).exists():
        return
    year, week, _ = friday.isocalendar()
    release = Release.objects.create(
        programme=programme,
        device=device,
        version=version,
        from_version=version_of(_weeks_before(friday, 1).date()),
        week=f"{year}-W{week:02d}",
        guide=weekly.guide,
        minutes=weekly.minutes,
    )
    for name, part, pieces in weekly.images(version):
        sha256, size = files().put(pieces)
        ReleaseFile.objects.create(release=release, name=name, partition=part, sha256=sha256, size=size)
    Change.objects.bulk_create(
        Change(
            release=release,
            order=order,
            kind=line.kind.value,
            title=line.title,
            body=line.body,
            fixes=list(line.fixes),
            comments=line.comments,
        )
        for order, line in enumerate(lines, start=1)
    )
    signed.release(release)
    # The phone's build comes last and is what the programme is about; in between is time to look at the router's.
    firmware.publish(release, at=friday - timedelta(hours=weekly.hours_before))


def _weeks_before(friday: datetime, weeks: int) -> datetime:
    # On the wall clock: the Friday before a change of the clocks is 18:00 too.
    return (friday.replace(tzinfo=None) - timedelta(weeks=weeks)).replace(tzinfo=friday.tzinfo)
