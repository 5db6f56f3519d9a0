# SPDX-License-Identifier: Apache-2.0
"""What a hub told a tester by 22 November 2026, put into the real inbox as the feed does: a build, reports, words, badges, sums."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from firstlight.store.db import Database
from firstlight.sync.inbox import learn

NOW = datetime(2026, 11, 22, 8, 41, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)

CAMERA, CAR_KIT, WEATHER, LED = (str(uuid.UUID(int=n)) for n in (2291, 2304, 2310, 2297))

CHANGES: tuple[tuple[str, str, str, str, str], ...] = (
    ("new", "One-handed keyboard", "单手键盘", "You voted for this. Winner of week 45.", "你投过它一票。第 45 周的胜出者。"),
    (
        "fixed",
        "Camera froze after a video call",
        "视频通话后相机卡住",
        "From your report FL-2291 and 17 others.",
        "来自你的反馈 FL-2291 和另外 17 份。",
    ),
    (
        "better",
        "Settings scroll without stutter at 90 Hz",
        "设置在 90 Hz 下滚动不再卡顿",
        "Median frame time down from 14.1 to 9.8 ms.",
        "帧时间中位数从 14.1 降到 9.8 毫秒。",
    ),
    ("fixed", "Alarm stayed silent on a Do Not Disturb schedule", "免打扰时段内闹钟不响", "", ""),
    ("new", "Torch brightness slider", "手电筒亮度滑块", "Asked for by 96 testers.", "96 位测试者提出过。"),
    (
        "known",
        "Some car kits drop once after the engine starts",
        "部分车载蓝牙在发动机启动后断开一次",
        "They reconnect by themselves. Fix planned for 26.48.",
        "会自动重连，计划在 26.48 修复。",
    ),
    ("better", "Weather tile refreshes when the phone wakes", "唤醒手机时天气磁贴会刷新", "", ""),
)


def release(version: str = "26.47", at: datetime = FRIDAY) -> dict[str, Any]:
    """A build with the change list of the week."""
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, version)),
        "programme": "aurora",
        "device": "a1",
        "device_name": "Aurora A1",
        "version": version,
        "from_version": "26.46",
        "week": "2026-W47",
        "published_at": at.isoformat(),
        "keeps_data": True,
        "minutes": 9,
        "guide": "a1-weekly",
        "files": [{"name": "system.img", "partition": "system", "sha256": "a" * 64, "size": 1_420_000_000}],
        "changes": [
            {
                "id": str(uuid.UUID(int=9000 + n)),
                "kind": kind,
                "title": {"en": en, "zh_CN": zh},
                "body": {"en": body_en, "zh_CN": body_zh},
                "fixes": ["FL-2291"] if "Camera" in en else [],
                "yours": "Camera" in en,
            }
            for n, (kind, en, zh, body_en, body_zh) in enumerate(CHANGES)
        ],
    }


def report(id: str, number: str, title: str, state: str, days_ago: float, **more: Any) -> dict[str, Any]:
    """A report as the hub keeps it."""
    changed = NOW - timedelta(days=days_ago)
    return {
        "id": id,
        "number": number,
        "rev": 1,
        "programme": "aurora",
        "title": title,
        "state": state,
        "received_at": (changed - timedelta(days=6)).isoformat(),
        "changed_at": changed.isoformat(),
        "device_model": "A1",
        "build": "26.46",
        **more,
    }


def question(report_id: str = CAR_KIT) -> dict[str, Any]:
    """The team asks."""
    return {
        "id": str(uuid.UUID(int=77)),
        "report": report_id,
        "author": "ines",
        "staff": True,
        "asks": True,
        "text": "Which car kit is it?",
        "at": (NOW - timedelta(days=1)).isoformat(),
    }


BADGES = (
    ("first-light", "First light", "第一缕光", "badge-first-light", 1, 1, 1),
    ("first-flash", "First flash", "首次刷机", "badge-first-flash", 0, 1, 0),
    ("bug-spotter", "Bug spotter", "捉虫能手", "badge-bug-spotter", 9, 10, 0),
    ("fixed-in-build", "Fixed in a build", "修复入版", "badge-fixed-in-build", 2, 3, 0),
    ("hand-built", "Hand-built", "亲手组装", "badge-hand-built", 0, 1, 0),
    ("twelve-fridays", "Twelve Fridays", "十二个星期五", "badge-twelve-fridays", 9, 12, 0),
    ("clear-signal", "Clear signal", "清晰信号", "badge-clear-signal", 5, 5, 1),
)


def badge(slug: str, en: str, zh: str, picture: str, progress: int, goal: int, earned: int, order: int = 0) -> dict[str, Any]:
    """A badge and how far this tester is."""
    return {
        "slug": slug,
        "name": {"en": en, "zh_CN": zh},
        "what_for": {"en": "For things that helped someone.", "zh_CN": "为帮到别人的事而颁发。"},
        "picture": picture,
        "progress": progress,
        "goal": goal,
        "earned_at": (NOW - timedelta(days=200)).isoformat() if earned else None,
        "order": order,
    }


def honour() -> dict[str, Any]:
    """Sums, and days of a year with two weeks of rest."""
    today = date(2026, 11, 22)
    days = []
    for back in range(53 * 7):
        day = today - timedelta(days=back)
        week = back // 7
        n = (back * 7919 + week * 31) % 11
        if week not in (11, 24) and n > 6:
            days.append({"day": day.isoformat(), "n": n - 6})
    return {
        "builds": 38,
        "reports": 47,
        "fixes": 23,
        "routers": 1,
        "guides": 40,
        "weeks_in_row": 9,
        "longest_row": 11,
        "rest_weeks_used": 2,
        "days": days,
        "number": 42,
        "since": "2026-01-09T10:00:00+00:00",
        "display_name": "mossbyte",
    }


ME = """{"subject": "s", "name": "Anna", "email": "anna@example.org", "staff": false, "enrolments": [{
"id": "00000000-0000-0000-0000-000000000001", "number": 42, "display_name": "mossbyte", "role": "tester",
"joined_at": "2026-01-09T10:00:00+00:00",
"programme": {"slug": "aurora", "name": "Aurora Testers", "ring": "Engineering ring", "maker": "Aurora",
"seats": 100, "seats_left": 36}}]}"""


def tell_week(db: Database, account_id: int = 1) -> None:
    """Everything a tester in the middle of the programme knows."""
    with db.write() as tx:
        tx.execute("UPDATE account SET me_json = ?, name = 'mossbyte' WHERE id = ?", (ME, account_id))
        seq = iter(range(1, 10_000))
        newest = release()
        learn(tx, account_id, "release", newest["id"], newest, seq=next(seq))
        came = (NOW - timedelta(days=16)).isoformat()
        camera = report(CAMERA, "FL-2291", "Camera froze after a video call", "seen", 12, joined=0, received_at=came)
        learn(tx, account_id, "report", CAMERA, camera, seq=next(seq))
        for one in (
            report(
                CAMERA,
                "FL-2291",
                "Camera froze after a video call",
                "fixed",
                2,
                fixed_in="26.47",
                joined=17,
                build="26.44",
                received_at=came,
            ),
            report(CAR_KIT, "FL-2304", "Car kit drops after engine start", "question", 1),
            report(WEATHER, "FL-2310", "Weather tile shows yesterday", "confirmed", 3),
            report(
                LED,
                "FL-2297",
                "LED stays amber after a clean start",
                "planned",
                4,
                planned_for="26.48",
                device_model="R1",
                build="1.2-26.45",
            ),
        ):
            learn(tx, account_id, "report", one["id"], one, seq=next(seq))
        learn(tx, account_id, "comment", question()["id"], question(), seq=next(seq))
        for order, (slug, *rest) in enumerate(BADGES):
            learn(tx, account_id, "badge", slug, badge(slug, *rest, order=order), seq=next(seq))
        learn(tx, account_id, "honour", "me", honour(), seq=next(seq))
