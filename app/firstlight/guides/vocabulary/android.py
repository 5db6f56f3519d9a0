# SPDX-License-Identifier: Apache-2.0
"""Sentences about phones: key -> English, Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
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
    "slot": ("The right slot starts", "启动槽位正确"),
    "slot.is": ("Slot {slot} starts, expected {wanted}", "启动槽位为 {slot}，应为 {wanted}"),
    "slot.mend": ("Make slot {wanted} active, or start over.", "请将槽位 {wanted} 设为活动槽位，或重新开始。"),
    "adb_device": ("The right phone has started", "已开机的手机型号正确"),
    "adb_device.is": ("It says that it is {product}", "手机代号为 {product}"),
    "adb_device.other": ("This is {product}; the guide is for {wanted}", "这台是 {product}；本指南适用于 {wanted}"),
    "adb_expect": ("The phone says {name}", "手机的 {name}"),
    "adb_installed": ("The phone runs what was installed", "手机运行的是刚安装的版本"),
    "adb_installed.is": ("It runs build {build}", "正在运行版本 {build}"),
    "adb_installed.other": ("It runs build {build}, the package holds {wanted}", "正在运行版本 {build}，更新包中的版本是 {wanted}"),
    "adb_installed.mute": ("The package does not say which build it holds", "更新包没有说明其中的版本"),
    "adb_installed.mend": (
        "The phone fell back to the build before. Install the package again, or stay with that build.",
        "手机已退回之前的版本。可以重新安装更新包，或继续使用之前的版本。",
    ),
    "backup": ("A copy of your settings exists", "设置已有备份"),
    "backup.is": ("Settings, {size}, read twice and equal, {at}", "设置分区，{size}，两次读取一致，{at}"),
    "backup.none": ("Nothing is kept yet", "还没有备份"),
    "backup.mend": ("Run the step that keeps your settings.", "先完成备份设置的步骤。"),
}
