# SPDX-License-Identifier: Apache-2.0
"""The badges that a programme starts with: data, to be changed by staff afterwards. Art: resources/images/badges."""

from __future__ import annotations

from typing import Any, NamedTuple

FIRST_HUNDRED = "first-hundred"


class Definition(NamedTuple):
    """A badge as data."""

    slug: str
    name: dict[str, str]
    what_for: dict[str, str]
    rule: dict[str, Any]


BADGES: tuple[Definition, ...] = (
    Definition(
        FIRST_HUNDRED,
        {"en": "First hundred", "zh_CN": "首批一百人"},
        {"en": "You were one of the first hundred testers.", "zh_CN": "你是最早加入的一百位测试者之一。"},
        {"roll": FIRST_HUNDRED},
    ),
    Definition(
        "first-light",
        {"en": "First light", "zh_CN": "初光"},
        {"en": "You joined the programme.", "zh_CN": "你加入了测试计划。"},
        {"kind": "tester.joined", "count": 1},
    ),
    Definition(
        "first-flash",
        {"en": "First flash", "zh_CN": "首次刷机"},
        {"en": "You flashed your first build.", "zh_CN": "你刷入了第一个版本。"},
        {"kind": "build.installed", "count": 1},
    ),
    Definition(
        "bug-spotter",
        {"en": "Bug spotter", "zh_CN": "慧眼识虫"},
        {"en": "The team confirmed three of your reports.", "zh_CN": "团队确认了你的三条反馈。"},
        {"kind": "report.confirmed", "count": 3},
    ),
    Definition(
        "clear-signal",
        {"en": "Clear signal", "zh_CN": "信号清晰"},
        {"en": "The team confirmed five of your reports that came with a log.", "zh_CN": "团队确认了你五条附带日志的反馈。"},
        {"kind": "report.confirmed", "detail": "log", "count": 5},
    ),
    Definition(
        "fixed-in-build",
        {"en": "Fixed in a build", "zh_CN": "版本修复"},
        {"en": "Three of your reports led to a fix in a build.", "zh_CN": "你的三条反馈促成了版本中的修复。"},
        {"kind": "report.fixed", "count": 3},
    ),
    Definition(
        "hand-built",
        {"en": "Hand-built", "zh_CN": "亲手组装"},
        {"en": "You built a device with your own hands.", "zh_CN": "你亲手组装了一台设备。"},
        {"kind": "guide.finished", "detail": "assemble", "count": 1},
    ),
    Definition(
        "twelve-fridays",
        {"en": "Twelve Fridays", "zh_CN": "十二个星期五"},
        {
            "en": "You flashed a build in twelve weeks in a row. Rest weeks keep the row.",
            "zh_CN": "你连续十二周刷入版本。休息周不会中断连续记录。",
        },
        {"kind": "build.installed", "weeks": 12},
    ),
    Definition(
        "four-corners",
        {"en": "Four corners", "zh_CN": "四方视角"},
        {
            "en": "You told the team what is best, worst, missing and wished for. The team grants it.",
            "zh_CN": "你讲述了最好、最差、缺少和期待的四个方面。由团队授予。",
        },
        {"manual": True},
    ),
    Definition(
        "open-bench",
        {"en": "Open bench", "zh_CN": "开放工作台"},
        {
            "en": "You let others look over your shoulder while you built. The team grants it.",
            "zh_CN": "你让大家看到了你的组装过程。由团队授予。",
        },
        {"manual": True},
    ),
    Definition(
        "popcorn",
        {"en": "Popcorn", "zh_CN": "爆米花"},
        {"en": "An idea of yours made the programme's week. The team grants it.", "zh_CN": "你的想法成为本周亮点。由团队授予。"},
        {"manual": True},
    ),
    Definition(
        "safe-recovery",
        {"en": "Safe recovery", "zh_CN": "安全恢复"},
        {"en": "A flash stopped half-way, and you brought the device back.", "zh_CN": "刷机中途停止后，你让设备恢复了正常。"},
        {"kind": "device.recovered", "count": 1},
    ),
)
