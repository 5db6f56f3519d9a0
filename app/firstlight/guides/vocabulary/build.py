# SPDX-License-Identifier: Apache-2.0
"""Sentences about builds: key -> English, Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "genuine": ("The build is genuine", "版本真实可信"),
    "genuine.is": (
        "As the hub listed it, image by image ({count}); this hub signs nothing",
        "{count} 个镜像与服务器登记一致；该服务器不签名",
    ),
    "genuine.signed": (
        "Image by image ({count}) signed by the maker: line {line}, key {by}, good until {until}",
        "{count} 个镜像由制造商签名：产品线 {line}，密钥 {by}，有效期至 {until}",
    ),
    "genuine.expired": (
        "Image by image ({count}) signed by the maker: line {line}, key {by}. The list of signatures ended on {until}; go online soon",
        "{count} 个镜像由制造商签名：产品线 {line}，密钥 {by}。签名清单已于 {until} 到期，请尽快联网",
    ),
    "genuine.unsigned": ("The maker has not signed this build", "制造商没有为此版本签名"),
    "genuine.untrusted": ("What the hub says of this build is not what the maker signed", "服务器所说的版本与制造商签名的不符"),
    "genuine.unsigned.mend": (
        "Go online and fetch the build once more. If it stays, tell the team: do not write it. Nothing was written.",
        "请联网重新下载。如果仍然如此，请告诉团队，不要写入它。尚未写入任何内容。",
    ),
    "genuine.older": (
        "Build {version} is older than {running}, which runs now, and not signed for going back",
        "版本 {version} 比正在运行的 {running} 旧，且未签名允许降级",
    ),
    "genuine.older.mend": ("Choose a newer build. Nothing was written.", "请选择更新的版本。尚未写入任何内容。"),
    "genuine.step": (
        "Build {version} may be written over {min_from} or newer; {running} runs now",
        "版本 {version} 需要从 {min_from} 或更新版本升级；当前运行 {running}",
    ),
    "genuine.step.mend": ("Write build {min_from} first. Nothing was written.", "请先写入版本 {min_from}。尚未写入任何内容。"),
    "genuine.not": ("{name} is not what the hub listed", "{name} 与服务器登记不一致"),
    "genuine.missing": ("{name} is not on this PC", "{name} 不在这台电脑上"),
    "genuine.mend": (
        "Fetch it again; if it happens twice, tell the team. Nothing was written.",
        "请重新下载；再次出现时请告诉团队。尚未写入任何内容。",
    ),
    "booted": ("The new build runs", "新版本已运行"),
    "booted.is": ("It says {build}", "显示 {build}"),
    "booted.other": ("It says {build}, written was {wanted}", "显示 {build}，写入的是 {wanted}"),
    "booted.no": ("It has not started {wanted}", "没有启动 {wanted}"),
    "booted.mend": ("Write it again, or put the build before it back.", "重新写入，或恢复上一个版本。"),
    "booted.unauthorised": (
        "It has started, and has not allowed this PC yet: it does not tell its build",
        "已启动，但尚未允许这台电脑，无法读取版本",
    ),
    "booted.unauthorised.mend": ("Allow this PC on its screen, then check again.", "在它的屏幕上允许这台电脑，然后再检查。"),
}
