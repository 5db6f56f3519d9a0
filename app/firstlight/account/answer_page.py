# SPDX-License-Identifier: Apache-2.0
"""The page that the browser shows after the round trip: one sentence, no script, nothing loaded from anywhere."""

from __future__ import annotations

import html
from enum import StrEnum


class Outcome(StrEnum):
    """What the page has to say."""

    DONE = "done"
    CANCELLED = "cancelled"
    STRAY = "stray"


# Data, not prose of the program: shown by a browser, outside Qt's translations.
_WORDS = {
    "en": {
        Outcome.DONE: ("You are back in Firstlight", "You can close this tab. Firstlight goes on by itself."),
        Outcome.CANCELLED: ("Nothing was signed in", "You can close this tab and try again in Firstlight."),
        Outcome.STRAY: (
            "This page belongs to another sign-in",
            "You can close this tab. Look for the newest one, or start again in Firstlight.",
        ),
    },
    "zh_CN": {
        Outcome.DONE: ("已回到 Firstlight", "可以关闭这个标签页了，Firstlight 会自动继续。"),
        Outcome.CANCELLED: ("没有登录", "可以关闭这个标签页，在 Firstlight 里重试。"),
        Outcome.STRAY: ("这个页面属于另一次登录", "可以关闭这个标签页。请使用最新打开的页面，或在 Firstlight 里重新开始。"),
    },
}
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Firstlight</title>
<style>
:root {{ color-scheme: light dark; --back: #faf8f5; --card: #ffffff; --ink: #1e1c19; --soft: #55504a; }}
@media (prefers-color-scheme: dark) {{ :root {{ --back: #191816; --card: #22211e; --ink: #f2efe9; --soft: #c0bab0; }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--ink);
 font: 16px/1.5 Inter, "Noto Sans CJK SC", system-ui, sans-serif; }}
main {{ max-width: 28rem; margin: 24px; padding: 32px; border-radius: 12px; background: var(--card); }}
h1 {{ margin: 0 0 8px; font-size: 24px; font-weight: 600; }} p {{ margin: 0; color: var(--soft); }}
</style></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>
"""


def page(outcome: Outcome, language: str) -> bytes:
    """The whole page in `language`, English where we do not speak it."""
    title, text = _WORDS.get(language, _WORDS["en"])[outcome]
    return _PAGE.format(lang=language.replace("_", "-"), title=html.escape(title), text=html.escape(text)).encode()
