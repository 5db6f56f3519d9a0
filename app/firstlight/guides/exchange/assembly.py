# SPDX-License-Identifier: Apache-2.0
"""What oManual and iFixit have in common: bullets, times, difficulties, wiki marks, pictures."""

from __future__ import annotations

import re
from typing import Any

from firstlight.guides.exchange.draft import clean, sentences, title

MAX_PICTURE = 8 * 1024 * 1024
COLOURS = ("black", "red", "orange", "yellow", "green", "light_blue", "blue", "violet")
TONES = {"icon_note": "note", "icon_reminder": "reminder", "icon_caution": "caution"}
DIFFICULTIES = {"very easy": 1, "easy": 2, "moderate": 3, "medium": 3, "difficult": 4, "hard": 4, "very difficult": 5}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS: dict[str, float] = {word: i for i, word in enumerate(_WORDS)} | {"a": 1, "an": 1, "half": 0.5}
_TIME = re.compile(
    r"(\d+(?:\.\d+)?|[a-z]+)\s*(?:(?:-|to|–)\s*(\d+(?:\.\d+)?|[a-z]+)\s*)?(minute|min|hour|hr|day|second|sec)", re.IGNORECASE
)
_UNITS = {"min": 1.0, "minute": 1.0, "hour": 60.0, "hr": 60.0, "day": 1440.0, "sec": 1 / 60, "second": 1 / 60}
_LINK = re.compile(r"\[(link|guide|video|image|product|document)\|([^|\]]{1,400})(?:\|([^\]]{0,400}))?\]")
_MARKS = re.compile(r"'{2,5}|\[/?(?:sup|sub|code|quote|b|i|u)\]|={2,4}")
_MAGIC = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))


def minutes(text: str) -> list[int]:
    """[least, most] minutes of words such as "One Hour", "30 - 45 minutes"; [] when they are none."""
    match = _TIME.search(text)
    if not match:
        return []
    found = []
    for word in (match[1], match[2]):
        if word:
            number = _NUMBERS.get(word.lower()) if word.isalpha() else float(word)
            if number is None:
                return []
            found.append(min(max(round(number * _UNITS[match[3].lower()]), 1), 24 * 60))
    return sorted(set(found))


def unwiki(text: str) -> tuple[str, list[str]]:
    """Words without wiki marks, and what stood in marks that are no words (videos, images)."""
    lost: list[str] = []

    def said(match: re.Match[str]) -> str:
        kind, target, words = match[1], match[2], match[3] or ""
        if kind in ("video", "image"):
            lost.append(f"{kind} {target}")
            return words
        return f"{words or target} ({target})" if kind == "link" and words else words or target

    return _MARKS.sub("", _LINK.sub(said, text)), lost


def lines(text: str, bullet: str, level: int) -> list[dict[str, Any]]:
    """A bullet as lines of a guide; a long one goes on in lines below it."""
    found = []
    for n, piece in enumerate(sentences(text)):
        line: dict[str, Any] = {"text": piece}
        if bullet in TONES:
            line["tone"] = TONES[bullet]
        elif bullet in COLOURS and bullet != "black":
            line["colour"] = bullet
        depth = min(max(level + (n > 0), 0), 2)
        if depth:
            line["level"] = depth
        found.append(line)
    return found


def things(rows: list[dict[str, str]], icon: str) -> list[dict[str, Any]]:
    """Tools or parts: name, quantity, note, link."""
    found = []
    for row in rows:
        thing: dict[str, Any] = {"name": title(row.get("name"), "?")}
        if icon:
            thing["icon"] = icon
        quantity = clean(row.get("quantity"))
        if quantity.isascii() and quantity.isdecimal() and 1 < int(quantity[:6]) <= 10_000:
            thing["qty"] = int(quantity)
        note = clean(" ".join(x for x in (row.get("notes", ""), row.get("type", "")) if x)).replace("\n", " ")
        if note:
            thing["note"] = note[:580]
        if is_link(row.get("url", "")):
            thing["link"] = row["url"]
        found.append(thing)
    return found


def is_link(text: object) -> bool:
    """Whether a guide takes it as a link."""
    return isinstance(text, str) and re.fullmatch(r"https?://[\x21-\x7e]{1,1000}", text) is not None


def picture_kind(data: bytes) -> str:
    """png, jpg, webp or svg by content; "" for anything else and for what is too large."""
    if len(data) > MAX_PICTURE:
        return ""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    head = data[:1024].lstrip()
    return "svg" if head.startswith((b"<svg", b"<?xml")) and b"<svg" in data[:4096] else ""


def picture_name(base: str, kind: str) -> str:
    """A name that a guide takes."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", base).strip("-_")[:70] or "picture"
    return f"{stem}.{kind}"
