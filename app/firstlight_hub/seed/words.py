# SPDX-License-Identifier: Apache-2.0
"""What people in the demo programme wrote: change lists and reports. Times count from the Friday of the newest build."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from firstlight_contract.firmware import ChangeKind
from firstlight_contract.reports import Kind, Often, Severity, State


class Line(NamedTuple):
    """A line of a change list; `fixes` names reports, `comments` how many talked about it."""

    kind: ChangeKind
    title: dict[str, str]
    body: dict[str, str]
    fixes: tuple[str, ...] = ()
    comments: int = 0


FIXED_NOW = "FL-2291"

NEWEST: tuple[Line, ...] = (
    Line(
        ChangeKind.NEW,
        {"en": "One-handed keyboard", "zh_CN": "单手键盘"},
        {"en": "Hold the space bar and slide to the side that your thumb is on.", "zh_CN": "按住空格键，向拇指所在的一侧滑动。"},
        comments=86,
    ),
    Line(
        ChangeKind.FIXED,
        {"en": "Camera froze after a video call", "zh_CN": "视频通话后相机卡死"},
        {"en": "The camera waited for a microphone that the call had not given back.", "zh_CN": "相机一直在等待通话没有归还的麦克风。"},
        fixes=(FIXED_NOW,),
        comments=18,
    ),
    Line(
        ChangeKind.BETTER,
        {"en": "Settings scroll without stutter at 90 Hz", "zh_CN": "设置页面以 90 Hz 滚动时不再卡顿"},
        {"en": "Median frame time down from 14.1 to 9.8 ms.", "zh_CN": "帧时间中位数从 14.1 ms 降到 9.8 ms。"},
        comments=31,
    ),
    Line(
        ChangeKind.FIXED,
        {"en": "Alarm stayed silent on a Do Not Disturb schedule", "zh_CN": "定时勿扰期间闹钟不响"},
        {"en": "Alarms ring again whatever the schedule says.", "zh_CN": "无论勿扰如何设置，闹钟都会响。"},
        comments=12,
    ),
    Line(
        ChangeKind.NEW,
        {"en": "Torch brightness slider", "zh_CN": "手电筒亮度滑块"},
        {"en": "Press and hold the torch tile.", "zh_CN": "长按手电筒开关即可调节。"},
        comments=27,
    ),
    Line(
        ChangeKind.KNOWN,
        {"en": "Some car kits drop once after the engine starts", "zh_CN": "部分车载蓝牙在发动机启动后会断开一次"},
        {"en": "They reconnect by themselves. The fix comes with the next build.", "zh_CN": "会自动重连，下一个版本修复。"},
        comments=44,
    ),
)

OF_ROUTER: tuple[Line, ...] = (
    Line(
        ChangeKind.BETTER,
        {"en": "Wi-Fi reaches one room further", "zh_CN": "Wi-Fi 覆盖更远"},
        {"en": "The transmitter chooses its power by what the other side says.", "zh_CN": "发射功率会根据对方的反馈调整。"},
        comments=14,
    ),
    Line(
        ChangeKind.KNOWN,
        {"en": "The light blinks after a start without a cable", "zh_CN": "没有插网线启动时指示灯会闪"},
        {"en": "It stops as soon as a cable is in. Nothing else is wrong.", "zh_CN": "插入网线后即停止，不影响其他功能。"},
        comments=5,
    ),
)

EARLIER: tuple[Line, ...] = (
    Line(
        ChangeKind.BETTER,
        {"en": "Fingerprint answers faster with cold hands", "zh_CN": "手冷时指纹识别更快"},
        {"en": "Nine of ten tries below 0.4 s at 5 °C.", "zh_CN": "5°C 时十次有九次在 0.4 秒内完成。"},
        comments=22,
    ),
    Line(
        ChangeKind.FIXED,
        {"en": "Photos lost their order after an import", "zh_CN": "导入后照片顺序错乱"},
        {"en": "The order is that of the camera again.", "zh_CN": "恢复为相机拍摄的顺序。"},
        comments=9,
    ),
    Line(
        ChangeKind.KNOWN,
        {"en": "Video calls may leave the camera frozen", "zh_CN": "视频通话后相机可能卡死"},
        {"en": "Restart the phone. We look for the cause.", "zh_CN": "重启手机可恢复，原因正在查找。"},
        comments=51,
    ),
)


class Told(NamedTuple):
    """A report of mossbyte, `ago` before the newest build; the team's `words` come `later`, after the report."""

    number: str
    title: str
    text: str
    ago: timedelta
    state: State
    build_ago: int
    kind: Kind = Kind.BUG
    often: Often = Often.SOMETIMES
    severity: Severity = Severity.ANNOYING
    words: str = ""
    later: timedelta = timedelta(hours=15)
    asks: bool = False
    model: str = "Aurora A1"
    log: str = ""


def _ago(weeks: int, days: int = 0, hours: int = 0) -> timedelta:
    return timedelta(weeks=weeks, days=days, hours=hours)


_CAMERA_LOG = """\
21:12:47.301  1893  1911 I CallAudio: call ended, releasing [phone 1]
21:12:47.318  1893  1911 W CallAudio: microphone still held by session 4
21:12:48.020  2240  2240 I Camera: open, waiting for microphone
21:12:58.021  2240  2240 E Camera: microphone not given back after 10 s, still waiting
21:13:08.022  2240  2240 E Camera: microphone not given back after 20 s, still waiting
"""
_LED_LOG = """\
[    0.812] init: starting led-status after net-ready
[    9.440] init: net-ready was renamed, led-status waits
[   31.006] router: up, clients may connect, wan [ip 1]
"""

REPORTS: tuple[Told, ...] = (
    Told(
        "FL-2214",
        "Lock screen clock jumps one pixel at midnight",
        "Only when the date gets longer, Wednesday to Thursday.",
        _ago(24, 1, 3),
        State.CLOSED,
        24,
        severity=Severity.COSMETIC,
        words="We keep the wider field: the jump would come back with every other language. Thank you for the exact time.",
    ),
    Told(
        "FL-2239",
        "Wi-Fi asks for the password twice",
        "First try after a restart always fails, the second works with the same password.",
        _ago(20, 2, 1),
        State.DUPLICATE,
        20,
        often=Often.ALWAYS,
    ),
    Told(
        "FL-2262",
        "Show the seconds in the timer's notice",
        "For tea I need the seconds, and the notice only says minutes.",
        _ago(13, 0, 5),
        State.SEEN,
        13,
        kind=Kind.IDEA,
        severity=Severity.COSMETIC,
        words="On the list for the clock's next round. No promise yet.",
    ),
    Told(
        "FL-2278",
        "Compass points south after a phone call",
        "Turns round by itself after about a minute.",
        _ago(8, 3, 2),
        State.CLOSED,
        8,
        often=Often.ONCE,
        words="We could not see it on six phones. Write again when it comes back, with the log of that minute.",
    ),
    Told(
        FIXED_NOW,
        "Camera froze after a video call",
        "After hanging up, the camera shows the last picture of the call and does not answer.",
        timedelta(days=13, hours=20, minutes=46),
        State.CONFIRMED,
        3,
        often=Often.ALWAYS,
        severity=Severity.HARD,
        words="Your log shows it at once, thank you.",
        log=_CAMERA_LOG,
    ),
    Told(
        "FL-2297",
        "LED stays amber after a clean start",
        "The router works, and the light never turns blue.",
        _ago(1, 4, 2),
        State.PLANNED,
        2,
        often=Often.ALWAYS,
        severity=Severity.COSMETIC,
        words="Found: the light waits for a service that the new start order leaves out.",
        model="Aurora R1",
        log=_LED_LOG,
    ),
    Told(
        "FL-2304",
        "Car kit drops after engine start",
        "The call goes to the phone's loudspeaker for some seconds, then back to the car.",
        _ago(0, 5, 8),
        State.QUESTION,
        1,
        words="Which car kit is it? The name in the Bluetooth settings is enough.",
        later=timedelta(days=2, hours=3),
        asks=True,
    ),
    Told(
        "FL-2310",
        "Weather tile shows yesterday",
        "Until I open it once.",
        _ago(0, 3, 4),
        State.SEEN,
        1,
        severity=Severity.COSMETIC,
    ),
)

SAME = "FL-2236"
SAME_TITLE = "Wrong password at the first try after a restart"
FROZEN = (
    "Camera hangs when a call ends",
    "No camera after a video call",
    "Camera app black after hanging up",
    "Frozen picture in the camera",
    "Camera does not open after a call",
)
"""How other testers put what FL-2291 says; seventeen wrote one of these."""
JOINED = 17
LAST_NUMBER = 2312

CROWD = (
    "pinecone", "ferrite", "lowtide", "brackish", "quartzling", "sundial", "marigold", "kestrel", "driftwood", "copperleaf",
    "hazelnut", "tinwhistle", "moonrake", "saltmarsh", "lanternfly", "willowbark", "oxbow", "foxglove", "gritstone", "nightjar",
    "peatmoss", "rainshadow", "slowworm", "thistledown", "umbel", "verdigris", "waxwing", "yarrow", "zephyrine", "alderfly",
    "birchbark", "cinderpath", "dunlin", "eddy", "flintlock", "gorse", "heron", "inkcap", "juniper", "knapweed",
    "larkspur", "mistletoe", "nettle", "osprey", "plover", "quillwort", "redstart", "sandpiper", "teasel", "uplander",
    "vetch", "whinchat", "xylem", "yellowhammer", "bramble", "catkin", "dogrose", "elderflower", "fernseed", "goldcrest",
    "hawthorn", "ivybell",
)  # fmt: skip
"""Testers of the demo beside mossbyte and Ines: names of the sort that people choose, none of a person."""
