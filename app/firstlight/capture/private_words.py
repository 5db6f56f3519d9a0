# SPDX-License-Identifier: Apache-2.0
"""Which words of a picture look private: redaction's own rules on the lines of the picture, and fields whose label tells.

A page of settings has its labels beside or above the values, without the colon of a log: "Wi-Fi name" over "AuroraHome".
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from firstlight.annotate.found import Found
from firstlight.base.work import Work
from firstlight.capture import reading
from firstlight.capture.reading import Word
from firstlight.devices.tool import Tool
from firstlight.redact.engines import choose
from firstlight.redact.scan import Scanner

MOST_FOUND = 200
_LEFT_OUT = ("ip_private", "signal")
"""Every home has the same of these: they tell nothing of whoever took the picture."""
_GAP = 1.3
"""Words of one value stand closer than this many times their height."""
_FAR = 80.0
_BELOW = 2.6
_NEAR = 1.6
_LABELS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("wifi", r"(wi-?fi|wlan|wireless|network) ?(network )?name( ?\(?ssid\)?)?|ssid|(无线|wi-?fi ?)?(网络)?名称( ?\(?ssid\)?)?"),
        ("password", r"(wi-?fi |wlan |network |admin )?(password|passphrase|key)|(wi-?fi ?|无线)?密码"),
        ("serial", r"serial( ?(number|no\.?))?|s/n|序列号|设备序列号"),
        ("mac", r"(hardware|mac|wi-?fi|wlan|bluetooth) address|mac|(硬件|mac|蓝牙|wlan|wi-?fi) ?地址"),
        ("imei", r"imei( ?(\(sim ?)?[12]\)?)?"),
        ("mail", r"e-?mail( address)?|邮箱|电子邮件|账号"),
        ("phone", r"(my )?(phone|mobile) ?(number)?|手机号码?|电话(号码)?|本机号码"),
        ("host", r"(computer|device|host) ?name|设备名称|主机名"),
    )
)
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_LIKELY = {
    "wifi": re.compile(r"(?=(.*\w){3}).{3,40}"),
    "password": re.compile(r"(?=(.*[\w*•]){4})\S{4,70}"),
    "serial": re.compile(r"(?=(.*\d){3})[\w/-]{5,40}"),
    "mac": re.compile(r"(?=(.*[0-9A-Fa-f]){8})[0-9A-Za-z:.-]{11,23}"),
    "imei": re.compile(r"[\dOIl/-]{14,22}"),
    "mail": re.compile(r".*@.*"),
    "phone": re.compile(r"[+\d(][\d()/.-]{6,20}"),
    "host": re.compile(r"(?=(.*\w){3})[\w.-]{3,64}"),
}
"""What a value beside a label looks like without its spaces; the reader takes some letters for others, so this is broad."""


@dataclass(frozen=True)
class _Run:
    """Words that stand together on one line."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return (
            min(w.x for w in self.words),
            min(w.y for w in self.words),
            max(w.x + w.w for w in self.words),
            max(w.y + w.h for w in self.words),
        )


def found_in(picture: Path, tesseract: Tool, work: Work) -> tuple[Found, ...]:
    """What in the picture may be private. Raises NotRead, ToolMissing, Cancelled."""
    return look(reading.words(picture, tesseract, work))


def found_in_pixels(png: bytes, tesseract: Tool, work: Work) -> tuple[Found, ...]:
    """The same for a picture that has no file yet."""
    with tempfile.TemporaryDirectory(prefix="firstlight-") as folder:
        path = Path(folder) / "picture.png"
        path.write_bytes(png)
        return found_in(path, tesseract, work)


def look(words: Sequence[Word]) -> tuple[Found, ...]:
    """What of these words may be private, from the top down."""
    runs = [run for line in _lines(words) for run in _runs(line)]
    scanner = Scanner(choose("re"))
    found = {private: kind for run in runs for private, kind in _by_rules(run, scanner)}
    for private, kind in _by_labels(runs):
        if not any(set(private) & set(known) for known in found):
            found[private] = kind
    made = [_as_found(kind, private) for private, kind in found.items()]
    return tuple(sorted(made, key=lambda f: (f.y, f.x))[:MOST_FOUND])


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words whose middles stand at one height, from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.y + w.h / 2):
        middle = word.y + word.h / 2
        home = next((li for li in lines[-3:] if abs(li[-1].y + li[-1].h / 2 - middle) < 0.5 * min(li[-1].h, word.h)), None)
        if home is None:
            lines.append([word])
        else:
            home.append(word)
    return [sorted(line, key=lambda w: w.x) for line in lines]


def _runs(line: list[Word]) -> list[_Run]:
    runs: list[list[Word]] = []
    for word in line:
        if runs and word.x - (runs[-1][-1].x + runs[-1][-1].w) < _GAP * max(word.h, runs[-1][-1].h):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_Run(tuple(run)) for run in runs]


def _by_rules(run: _Run, scanner: Scanner) -> list[tuple[tuple[Word, ...], str]]:
    """By the rules that redact logs."""
    ends = []
    at = 0
    for word in run.words:
        at += len(word.text.encode())
        ends.append(at)
        at += 1
    found = []
    for start, end, kind, _source in scanner.findings(run.text.encode() + b"\n"):
        touched = tuple(w for w, last in zip(run.words, ends, strict=True) if last > start and last - len(w.text.encode()) < end)
        if touched and kind not in _LEFT_OUT:
            found.append((touched, kind))
    return found


def _by_labels(runs: list[_Run]) -> list[tuple[tuple[Word, ...], str]]:
    found = []
    for label in runs:
        text = _label(label)
        kind = next((kind for kind, pattern in _LABELS if pattern.fullmatch(text)), "")
        if kind and (value := _value_of(label, runs)) is not None and _LIKELY[kind].fullmatch(value.text.replace(" ", "")):
            found.append((value.words, kind))
    return found


def _label(run: _Run) -> str:
    """Without the colon; the reader puts spaces between Chinese letters."""
    return _BETWEEN_CHINESE.sub("", run.text).rstrip(" :：")


def _value_of(label: _Run, runs: list[_Run]) -> _Run | None:
    """The run to the right of a label, else the one below it; another label is no value."""
    left, top, right, bottom = label.box
    height = bottom - top
    best: tuple[float, _Run] | None = None
    for run in runs:
        x, y, end, low = run.box
        if run is label or any(pattern.fullmatch(_label(run)) for _, pattern in _LABELS):
            continue
        is_beside = abs((y + low) / 2 - (top + bottom) / 2) < 0.6 * height and 0 <= x - right < _FAR * height
        is_below = 0 <= y - bottom < _BELOW * height and x < right and end > left and abs(x - left) < 2 * height
        # Right below its label, as on cards; else beside it, as in lists; else a little farther below.
        is_near = is_below and y - bottom < _NEAR * height
        rank = 0.0 if is_near else 1 + (x - right) / height if is_beside else 1000.0 if is_below else -1.0
        if rank >= 0 and (best is None or rank < best[0]):
            best = (rank, run)
    return best[1] if best else None


def _as_found(kind: str, words: tuple[Word, ...]) -> Found:
    left, top, right, bottom = _Run(words).box
    return Found(kind, _BETWEEN_CHINESE.sub("", _Run(words).text), left, top, right - left, bottom - top)
