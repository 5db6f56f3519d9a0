# SPDX-License-Identifier: Apache-2.0
"""Sentences about checks and devices that the core makes from facts, in both languages, as guides carry theirs.

They are part of a run's journal (a certificate shows them years later), hence data and not the window's translations.
"""

from __future__ import annotations

from firstlight_contract.wire import Words

_EN, _ZH = 0, 1
_TABLE: dict[str, tuple[str, str]] = {
    "device": ("The right device", "设备正确"),
    "device.is": ("{name}, code {product}, board {board}", "{name}，代号 {product}，主板 {board}"),
    "device.other": (
        "This is {product}, board {board}; the build is for {wanted}",
        "这台是 {product}，主板 {board}；该版本只适用于 {wanted}",
    ),
    "device.mend": ("Connect the phone that this build is for. Nothing was written.", "请连接该版本对应的手机。尚未写入任何内容。"),
    "unlocked": ("Bootloader is unlocked", "引导程序已解锁"),
    "unlocked.yes": ("It takes builds", "可以刷入版本"),
    "unlocked.no": ("It is locked and takes no build", "已上锁，无法刷入"),
    "unlocked.mend": ("Unlock it first; that erases the phone. Nothing was written.", "请先解锁；解锁会清除手机数据。尚未写入任何内容。"),
    "battery": ("Enough battery", "电量充足"),
    "battery.is": ("{level} %, needs at least {min} %", "{level}%，至少需要 {min}%"),
    "battery.mend": ("Charge it to {min} % and check again.", "充电到 {min}% 后再检查一次。"),
    "rollback": ("Not older than the phone allows", "版本不低于防回滚要求"),
    "rollback.is": ("The build has index {build}, the phone asks for {phone} or more", "版本索引 {build}，手机要求不低于 {phone}"),
    "rollback.mend": ("Choose a newer build: this one would not start.", "请选择更新的版本：这个版本无法启动。"),
    "expect": ("The bootloader says {name}", "引导程序的 {name}"),
    "expect.is": ("{value}, expected {wanted}", "{value}，应为 {wanted}"),
    "expect.mend": ("This guide does not fit the phone as it is now.", "这份指南不适用于手机当前的状态。"),
    "backup": ("A copy of your settings exists", "设置已有备份"),
    "backup.is": ("Settings, {size}, read twice and equal, {at}", "设置分区，{size}，两次读取一致，{at}"),
    "backup.none": ("Nothing is kept yet", "还没有备份"),
    "backup.mend": ("Run the step that keeps your settings.", "先完成备份设置的步骤。"),
    "genuine": ("The build is what the hub listed", "版本与服务器登记一致"),
    "genuine.is": ("{count} images, SHA-256 matches", "{count} 个镜像，SHA-256 一致"),
    "genuine.not": ("{name} is not what the hub listed", "{name} 与服务器登记不一致"),
    "genuine.missing": ("{name} is not on this PC", "{name} 不在这台电脑上"),
    "genuine.mend": (
        "Fetch it again; if it happens twice, tell the team. Nothing was written.",
        "请重新下载；再次出现时请告诉团队。尚未写入任何内容。",
    ),
    "booted": ("The new build runs", "新版本已运行"),
    "booted.is": ("The phone says {build}", "手机显示 {build}"),
    "booted.other": ("The phone says {build}, written was {wanted}", "手机显示 {build}，写入的是 {wanted}"),
    "booted.no": ("The phone has not started {wanted}", "手机没有启动 {wanted}"),
    "booted.mend": ("Write it again, or put the build before it back.", "重新写入，或恢复上一个版本。"),
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


def words(key: str, **facts: object) -> Words:
    """The sentence `key` with its facts, in every language."""
    pair = _TABLE[key]
    return {"en": pair[_EN].format(**facts), "zh_CN": pair[_ZH].format(**facts)}


def words_of(key: str, **inner: Words) -> Words:
    """As `words`, with facts that are themselves words."""
    return {lang: _TABLE[key][i].format(**{k: v[lang] for k, v in inner.items()}) for i, lang in enumerate(("en", "zh_CN"))}


def part_title(partition: str) -> Words:
    """What testers call a partition; its own name when we know no better."""
    return words(f"part.{partition}") if f"part.{partition}" in _TABLE else {"en": partition, "zh_CN": partition}
