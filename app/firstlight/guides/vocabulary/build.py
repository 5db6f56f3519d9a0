# SPDX-License-Identifier: Apache-2.0
"""Sentences about builds: key -> English, Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
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
}
