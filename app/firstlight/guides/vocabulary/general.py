# SPDX-License-Identifier: Apache-2.0
"""Sentences about devices, parts and what can be done after a failure: key -> English, Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "no_answer": ("It does not answer", "没有响应"),
    "no_answer.mend": ("Check the cable and that the phone is in fastboot mode.", "检查数据线，并确认手机处于 fastboot 模式。"),
    "unknown": ("not known", "未知"),
    "fact.answers": ("Answers", "响应"),
    "fact.answers.bootloader": ("Yes, in fastboot mode", "有，处于 fastboot 模式"),
    "fact.answers.system": ("Yes, it has started", "有，系统已启动"),
    "fact.answers.no": ("No", "没有"),
    "fact.bootloader": ("Bootloader", "引导程序"),
    "fact.bootloader.works": ("Works", "正常"),
    "fact.data": ("Your data", "你的数据"),
    "fact.data.untouched": ("Not touched", "没有改动"),
    "fact.battery": ("Battery", "电量"),
    "fact.battery.is": ("{level} %", "{level}%"),
    "fact.part": ("{part} part", "{part}分区"),
    "fact.part.done": ("Written", "已写入"),
    "fact.part.half": ("Half written, cannot start yet", "只写了一部分，暂时无法启动"),
    "fact.part.waiting": ("Not touched yet", "还没有改动"),
    "way.again": ("Write the {part} part again", "重新写入{part}分区"),
    "way.again.text": (
        "Keeps your data. Parts that are done stay as they are. Try another cable or port first.",
        "保留你的数据，已完成的分区不会重写。建议先换一根数据线或接口。",
    ),
    "way.again.button": ("Write it again", "重新写入"),
    "way.retry": ("Try this step again", "重试这一步"),
    "way.retry.text": ("Nothing is repeated that is already done.", "已完成的操作不会重复。"),
    "way.retry.button": ("Try again", "重试"),
    "way.back": ("Put build {build} back", "恢复版本 {build}"),
    "way.back.text": ("Keeps your data. The files are on this PC.", "保留你的数据。文件已在这台电脑上。"),
    "way.back.button": ("Put {build} back", "恢复 {build}"),
    "way.later": ("Go on later", "稍后继续"),
    "way.later.text": (
        "Leave the phone plugged in if you can. Firstlight comes back to this page.",
        "尽量让手机保持连接。Firstlight 会回到这个页面。",
    ),
    "way.later.button": ("Later", "稍后"),
    "part.boot": ("Boot", "引导"),
    "part.vendor": ("Vendor", "厂商"),
    "part.system": ("System", "系统"),
    "part.product": ("Product", "产品"),
    "part.data": ("Your data", "你的数据"),
}
