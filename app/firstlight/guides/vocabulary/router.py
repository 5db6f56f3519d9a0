# SPDX-License-Identifier: Apache-2.0
"""Sentences about routers: key -> English, Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "router.board": ("The right router", "路由器型号正确"),
    "router.board.is": ("{model}, board {board}, runs {build}", "{model}，板型 {board}，当前版本 {build}"),
    "router.board.other": ("This is board {board}; the guide is for {wanted}", "当前板型为 {board}；本指南适用于 {wanted}"),
    "router.board.mend": (
        "Take the guide for exactly this model: look-alikes need other files. Nothing was sent.",
        "请使用与这个型号完全匹配的指南：外观相似的型号需要不同的文件。尚未发送任何内容。",
    ),
    "router.compat": ("The build fits this router", "版本适合这台路由器"),
    "router.compat.is": ("Made for {board}, layout {layout}", "适用于 {board}，布局 {layout}"),
    "router.compat.board": ("The build is for {wanted}, not for {board}", "该版本适用于 {wanted}，不适用于 {board}"),
    "router.compat.compat_major": (
        "The build needs flash layout {wanted}, this router has {board}",
        "该版本需要闪存布局 {wanted}，这台路由器为 {board}",
    ),
    "router.compat.compat_minor": (
        "The build cannot take over the settings ({board} to {wanted})",
        "该版本无法沿用现有设置（{board} 到 {wanted}）",
    ),
    "router.compat.no_metadata": ("The file does not say which router it is for", "文件没有说明适用的路由器"),
    "router.compat.damaged": ("The file's own checksum does not fit", "文件自带的校验值不符"),
    "router.compat.missing": ("The file is not on this PC, or not whole", "文件不在这台电脑上，或不完整"),
    "router.compat.mend": (
        "Choose the build for exactly this model. Nothing was sent.",
        "请选择与这个型号完全匹配的版本。尚未发送任何内容。",
    ),
    "router.compat.mend.fresh": (
        "Answer 'no' to keeping the settings; the copy on this PC stays. Nothing was sent.",
        "对“保留设置”选择“否”；这台电脑上的副本会保留。尚未发送任何内容。",
    ),
    "router.space": ("Room for the build", "有足够内存存放版本"),
    "router.space.is": ("{free} MB of memory free, {needed} MB needed", "可用内存 {free} MB，需要 {needed} MB"),
    "router.space.mend": (
        "Start the router again, which frees memory. Nothing was sent.",
        "重启路由器可以释放内存。尚未发送任何内容。",
    ),
    "router.kept": ("Copy of the settings", "设置已有副本"),
    "router.kept.is": ("{size} kB with {files} files, kept {at}, read back", "{size} kB，{files} 个文件，{at} 保存，已读回"),
    "router.kept.none": ("No copy of this router's settings on this PC", "这台电脑上没有这台路由器的设置副本"),
    "router.kept.mend": ("Run the step that copies the settings. Nothing was sent.", "先完成备份设置的步骤。尚未发送任何内容。"),
    "router.alone": ("Alone on the cable", "网线上只有这台路由器"),
    "router.alone.is": ("{adapter} with {ip}; nobody else hands out addresses", "{adapter}，地址 {ip}；没有其他设备分配地址"),
    "router.alone.other": ("{server} hands out addresses on this cable", "{server} 正在这根网线上分配地址"),
    "router.alone.no": ("The adapter cannot be used: {why}", "网卡无法使用：{why}"),
    "router.alone.rights": ("Port {port} needs an administrator on this PC", "在这台电脑上使用端口 {port} 需要管理员权限"),
    "router.alone.taken": ("Another program of this PC uses port {port}", "这台电脑上的其他程序正在使用端口 {port}"),
    "router.alone.mend": (
        "Connect this PC to the router alone, by cable, with the address that the guide names. Nothing was sent.",
        "请用网线把这台电脑与路由器单独连接，并设置指南给出的地址。尚未发送任何内容。",
    ),
    "fact.answers.recovery": ("Its bootloader cannot be asked; its lamp tells", "引导程序无法查询；请看指示灯"),
    "way.again.firmware": ("Send the image again", "重新发送镜像"),
    "way.again.text.firmware": (
        "From its beginning. The router's flash was not touched by what came so far.",
        "从头发送。目前收到的内容没有改动路由器的闪存。",
    ),
    "way.again.button.firmware": ("Send it again", "重新发送"),
    "way.write.text.as_before": ("It begins anew, behind the same checks.", "重新开始，并重新检查。"),
    "way.later.as_before": ("Leave it as it is", "保持现状"),
    "way.later.text.as_before": (
        "The router works as before. A report tells the team why the build did not stay.",
        "路由器和之前一样工作。发送反馈可以让团队知道这个版本为什么没有保留。",
    ),
    "way.later.button.as_before": ("Leave it", "保持现状"),
    "way.again.rescue": ("Give it the image again", "重新提供镜像"),
    "way.again.text.rescue": (
        "The router is switched off and on with its button held, and asks anew.",
        "按住按钮给路由器断电再通电，它会重新请求。",
    ),
    "way.again.button.rescue": ("Give it again", "重新提供"),
    "part.firmware": ("Firmware", "固件"),
    "part.rescue": ("Rescue image", "救援镜像"),
    "fact.part.half.firmware": (
        "Not whole, in the router's memory only; its flash is untouched",
        "不完整，只在路由器内存中；闪存没有改动",
    ),
    "fact.part.back.rolled_back": ("Not kept: the router went back to {build}", "未保留：路由器已退回 {build}"),
    "fact.part.back.unchanged": ("Not written: it still runs {build}", "未写入：仍在运行 {build}"),
    "fact.part.back.other": ("It runs {build} instead", "当前运行的却是 {build}"),
    "fact.part.back.brick": ("Handed over; not known whether it starts", "已交给路由器，能否启动未知"),
    "fact.part.back.still_booting": ("Handed over; it is still starting", "已交给路由器，仍在启动"),
    "fact.part.done.firmware": ("In the router's memory, read back and equal", "已在路由器内存中，读回一致"),
    "fact.part.half.rescue": ("Half sent; a bootloader writes only what it has whole", "只发送了一部分；引导程序只写入完整的文件"),
    "fact.part.done.rescue": ("The router has all of it", "路由器已完整接收"),
}
