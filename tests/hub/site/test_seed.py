# SPDX-License-Identifier: Apache-2.0
"""The demo's content: right on every day of the week, and alive when the demo is opened again weeks later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from firstlight_hub.account.models import User
from firstlight_hub.base.models import FeedItem
from firstlight_hub.firmware.models import Release
from firstlight_hub.honour.models import ActivityDay, RollEntry
from firstlight_hub.programme.models import Enrolment, Programme
from firstlight_hub.reports.models import Report
from firstlight_hub.seed.builds import last_friday, version_of
from firstlight_hub.seed.plant import plant

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "friday", "version"),
    [
        (SUNDAY, "2026-11-20T18:00:00+01:00", "26.47"),
        (datetime(2026, 11, 20, 16, 59, tzinfo=UTC), "2026-11-13T18:00:00+01:00", "26.46"),
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), "2026-11-20T18:00:00+01:00", "26.47"),
        (datetime(2026, 10, 26, 9, tzinfo=UTC), "2026-10-23T18:00:00+02:00", "26.43"),
        (datetime(2027, 1, 2, 9, tzinfo=UTC), "2027-01-01T18:00:00+01:00", "26.53"),
    ],
)
def test_the_newest_build_is_that_of_the_last_friday_evening(now: datetime, friday: str, version: str) -> None:
    found = last_friday(now, "Europe/Berlin")
    assert (found.isoformat(), version_of(found.date())) == (friday, version)


def test_a_demo_that_is_opened_again_weeks_later_has_a_new_build_and_keeps_the_rest(rows: None, tmp_path: Path) -> None:
    first = plant(tmp_path, SUNDAY)
    reports, people = Report.objects.count(), User.objects.count()
    assert plant(tmp_path, SUNDAY + timedelta(hours=5)) == first
    plant(tmp_path, SUNDAY + timedelta(weeks=3))
    for device in ("a1", "r1"):
        builds = Release.objects.filter(device__slug=device)
        assert sorted(builds.values_list("version", flat=True)) == ["26.46", "26.47", "26.49", "26.50"]
    assert Release.objects.latest("published_at").device.slug == "a1", "what the programme is about comes last"
    assert (Report.objects.count(), User.objects.count()) == (reports, people)
    assert Report.objects.get(number="FL-2291").fixed_in.version == "26.47"


def test_the_crowd_stands_in_one_row_without_gaps(rows: None, tmp_path: Path) -> None:
    plant(tmp_path, SUNDAY)
    programme = Programme.objects.get()
    assert (programme.taken, programme.joined, programme.seats_left) == (64, 64, 36)
    assert list(Enrolment.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 65))
    assert Enrolment.objects.get(user__name="mossbyte").number == 42
    assert RollEntry.objects.count() == 64
    joined = list(Enrolment.objects.order_by("number").values_list("joined_at", flat=True))
    assert joined[1:41] == sorted(joined[1:41])
    assert joined[42:] == sorted(joined[42:])
    assert max(joined) < SUNDAY


def test_nothing_in_the_demo_has_happened_in_the_future(rows: None, tmp_path: Path) -> None:
    for hours in range(0, 7 * 24, 31):
        now = SUNDAY + timedelta(hours=hours)
        friday = last_friday(now, "Europe/Berlin")
        assert friday <= now
    plant(tmp_path, SUNDAY)
    assert not ActivityDay.objects.filter(day__gt=SUNDAY.date()).exists()
    assert not Report.objects.filter(received_at__gt=SUNDAY).exists()


def test_an_account_whose_passwords_were_thrown_away_gets_new_ones(rows: None, tmp_path: Path) -> None:
    first = plant(tmp_path, SUNDAY)
    (tmp_path / "demo-accounts.json").unlink()
    second = plant(tmp_path, SUNDAY)
    old, new = first["accounts"][0], second["accounts"][0]
    assert old["email"] == new["email"]
    assert User.objects.get(email=new["email"]).check_password(new["password"])
    assert not User.objects.get(email=new["email"]).check_password(old["password"])


def test_every_guide_of_the_program_is_published(rows: None, tmp_path: Path) -> None:
    plant(tmp_path, SUNDAY)
    guides = Path(__file__).parents[3] / "resources/guides"
    slugs = {f"aurora/{folder.parent.name}" for folder in guides.glob("*/guide.yaml")}
    assert set(FeedItem.objects.filter(audience="p:aurora", kind="guide").values_list("key", flat=True)) == slugs
