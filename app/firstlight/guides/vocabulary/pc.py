# SPDX-License-Identifier: Apache-2.0
"""Sentences about this PC before it fetches or writes: key -> English, Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "pc.fit": ("This PC is ready", "这台电脑已就绪"),
    "pc.fit.is": ("Power from the mains, nothing holds the device", "已接电源，没有程序占用设备"),
    "pc.fit.awake": ("Power from the mains, sleep is held off, nothing holds the device", "已接电源，已阻止睡眠，没有程序占用设备"),
    "pc.space": ("Room on this PC", "这台电脑的磁盘空间"),
    "pc.space.is": ("{free} MB are free, {need} MB are needed", "可用 {free} MB，需要 {need} MB"),
    "pc.space.mend": ("Free some room on this disk, then check again. Nothing was fetched.", "请清理磁盘空间后再检查。尚未下载任何内容。"),
    "pc.power": ("Power of this PC", "这台电脑的电源"),
    "pc.power.battery": ("It runs on its battery, at {level} % or a little more", "正在使用电池，电量 {level}% 或略高"),
    "pc.power.mend": (
        "Plug it in: a PC that goes out in the middle leaves a half written device. Nothing was written.",
        "请接上电源：电脑如果中途断电，设备就只写了一半。尚未写入任何内容。",
    ),
    "pc.awake": ("This PC stays awake", "这台电脑保持唤醒"),
    "pc.awake.not": ("Nothing here lets Firstlight hold sleep off", "无法阻止这台电脑睡眠"),
    "pc.awake.mend": ("Move the mouse now and then, or switch sleeping off while it writes.", "写入时请不时移动鼠标，或暂时关闭睡眠。"),
    "pc.fwupd": ("Nothing else holds the phone", "没有其他程序占用手机"),
    "pc.fwupd.runs": ("fwupd runs, and opens every phone in its bootloader", "fwupd 正在运行，会占用处于引导程序的手机"),
    "pc.fwupd.mend": (
        "Stop it while you flash: sudo systemctl stop fwupd. It starts again by itself. Nothing was written.",
        "刷机期间请停止它：sudo systemctl stop fwupd，之后它会自动启动。尚未写入任何内容。",
    ),
    "pc.udev": ("This user may open phones on USB", "当前用户可以访问 USB 手机"),
    "pc.udev.none": ("There are no rules for phones on this PC", "这台电脑没有手机的 udev 规则"),
    "pc.udev.mend": (
        "If the phone is not found: sudo apt-get install android-sdk-platform-tools-common, then plug it in again.",
        "如果找不到手机：sudo apt-get install android-sdk-platform-tools-common，然后重新插入。",
    ),
    "pc.vpn": ("The way to the router", "到路由器的通路"),
    "pc.vpn.up": ("A VPN is on, and may take what is meant for the router", "VPN 已开启，可能会截走发往路由器的数据"),
    "pc.vpn.mend": ("If the router does not answer, switch the VPN off.", "如果路由器没有响应，请关闭 VPN。"),
    "pc.firewall": ("The router may ask this PC", "路由器可以访问这台电脑"),
    "pc.firewall.up": ("A firewall is on, and may keep the router's question out", "防火墙已开启，可能会挡住路由器的请求"),
    "pc.firewall.mend": (
        "If nobody asks, allow UDP 67 and 69 on this adapter, or switch the firewall off for the rescue.",
        "如果没有请求到达，请在该网卡上放行 UDP 67 和 69，或在救援时关闭防火墙。",
    ),
}
