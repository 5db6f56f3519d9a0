# SPDX-License-Identifier: Apache-2.0
"""What the tester's phone shows while it hands over photos: one form, no script, nothing loaded from anywhere."""

from __future__ import annotations

import html
from enum import StrEnum


class Shown(StrEnum):
    """Which page."""

    ASK = "ask"
    DONE = "done"
    NOT_A_PHOTO = "not_a_photo"
    TOO_LARGE = "too_large"
    OVER = "over"


# Data, not prose of the program: shown by a browser, outside Qt's translations. Title, text, and for the form its button.
_WORDS: dict[str, dict[Shown, tuple[str, str]]] = {
    "en": {
        Shown.ASK: (
            "Photos for your report",
            "Take or choose up to {most} photos. They go straight to your PC over this network. Place and camera details are removed"
            " there.",
        ),
        Shown.DONE: ("They are on your PC", "You can close this page and go on there."),
        Shown.NOT_A_PHOTO: (
            "That was no photo",
            "Only JPEG and PNG pictures can be taken. Nothing was kept. Scan the code on your PC again.",
        ),
        Shown.TOO_LARGE: ("That was too much at once", "Nothing was kept. Scan the code on your PC again and send fewer photos."),
        Shown.OVER: ("This page is over", "It could be used once, for three minutes. Scan the code on your PC again."),
    },
    "zh_CN": {
        Shown.ASK: (
            "反馈用的照片",
            "拍摄或选择最多 {most} 张照片。照片经本地网络直接传到你的电脑，位置和相机信息会在电脑上去掉。",
        ),
        Shown.DONE: ("照片已到你的电脑", "可以关闭这个页面，在电脑上继续。"),
        Shown.NOT_A_PHOTO: ("这不是照片", "只能接收 JPEG 和 PNG 图片。没有保留任何内容。请重新扫描电脑上的二维码。"),
        Shown.TOO_LARGE: ("一次传得太多", "没有保留任何内容。请重新扫描电脑上的二维码，少传几张。"),
        Shown.OVER: ("这个页面已失效", "每个页面三分钟内只能用一次。请重新扫描电脑上的二维码。"),
    },
}
_SEND = {"en": ("Choose photos", "Send to my PC"), "zh_CN": ("选择照片", "发送到我的电脑")}
_FORM = """<form method="post" enctype="multipart/form-data">
<label for="photos">{choose}</label>
<input id="photos" name="photos" type="file" accept="image/jpeg,image/png" multiple required>
<button>{send}</button></form>"""
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Firstlight</title>
<style>
:root {{ color-scheme: light dark; --back: #faf8f5; --card: #ffffff; --ink: #1e1c19; --soft: #55504a; --go: #bb4a08; --on: #ffffff; }}
@media (prefers-color-scheme: dark) {{ :root {{ --back: #191816; --card: #22211e; --ink: #f2efe9; --soft: #c0bab0;
 --go: #f5883f; --on: #1e1005; }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--ink);
 font: 17px/1.5 Inter, "Noto Sans CJK SC", system-ui, sans-serif; }}
main {{ max-width: 26rem; margin: 20px; padding: 28px; border-radius: 12px; background: var(--card); }}
h1 {{ margin: 0 0 8px; font-size: 24px; font-weight: 600; }} p {{ margin: 0 0 20px; color: var(--soft); }}
label {{ display: block; font-weight: 600; margin-bottom: 8px; }} input {{ width: 100%; min-height: 48px; font: inherit; }}
button {{ width: 100%; min-height: 52px; margin-top: 20px; border: 0; border-radius: 10px; background: var(--go); color: var(--on);
 font: inherit; font-weight: 600; }}
</style></head><body><main><h1>{title}</h1><p>{text}</p>{form}</main></body></html>
"""


def language_of(accepted: str, otherwise: str) -> str:
    """Of an Accept-Language header: the first language that we speak, else the PC's."""
    for part in accepted.split(",")[:20]:
        code = part.split(";")[0].strip().lower()
        if code.startswith("zh"):
            return "zh_CN"
        if code.startswith("en"):
            return "en"
    return otherwise if otherwise in _WORDS else "en"


def page(shown: Shown, language: str, *, most: int = 0) -> bytes:
    """The whole page."""
    title, text = _WORDS[language][shown]
    choose, send = _SEND[language]
    form = _FORM.format(choose=html.escape(choose), send=html.escape(send)) if shown is Shown.ASK else ""
    return _PAGE.format(
        lang=language.replace("_", "-"), title=html.escape(title), text=html.escape(text.format(most=most)), form=form
    ).encode()
