# SPDX-License-Identifier: Apache-2.0
"""The demo's weekly builds: the newest came on the last Friday at 18:00, whenever the demo is started."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from firstlight_contract.practice import make_image
from firstlight_hub.base.shelf import files
from firstlight_hub.devices.models import DeviceModel
from firstlight_hub.devices.services import define_model
from firstlight_hub.firmware import services as firmware
from firstlight_hub.firmware.models import Change, Release, ReleaseFile, ReleaseState
from firstlight_hub.programme.models import Programme
from firstlight_hub.seed import signed
from firstlight_hub.seed.words import EARLIER, NEWEST, Line

MIB = 1 << 20
PARTS = {"boot": 2 * MIB, "vendor": 4 * MIB, "system": 16 * MIB, "product": 2 * MIB}
"""The parts of a practice phone, in the order of writing."""
PHONE, ROUTER, GUIDE = "a1", "r1", "a1-weekly"


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
    before = _weeks_before(friday, 1)
    _publish(programme, before, EARLIER)
    _publish(programme, friday, NEWEST if is_first else tuple(line._replace(fixes=()) for line in NEWEST))


def _publish(programme: Programme, friday: datetime, lines: tuple[Line, ...]) -> None:
    device = DeviceModel.objects.get(programme=programme, slug=PHONE)
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
        guide=GUIDE,
        minutes=9,
    )
    for part, size in PARTS.items():
        sha256, size = files().put(make_image(device=PHONE, partition=part, build=version, rollback_index=0, size=size))
        ReleaseFile.objects.create(release=release, name=f"{part}.img", partition=part, sha256=sha256, size=size)
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
    firmware.publish(release, at=friday)


def _weeks_before(friday: datetime, weeks: int) -> datetime:
    # On the wall clock: the Friday before a change of the clocks is 18:00 too.
    return (friday.replace(tzinfo=None) - timedelta(weeks=weeks)).replace(tzinfo=friday.tzinfo)
