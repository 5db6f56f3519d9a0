# SPDX-License-Identifier: Apache-2.0
"""Reading a log: when, how bad and by whom each line is; finding lines; cutting a log to a span.

Known are Android's logcat, OpenWrt's logread, syslog, the kernel's ring, and lines with an ISO date. A line of no known form
belongs to the one above it. Only the first 400 bytes of a line are looked at for its form, and no search runs an expression.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from firstlight.base.work import Work

LEVELS = ("verbose", "debug", "info", "warn", "error", "fatal")
MOST_SHOWN = 5_000
MOST_TAGS = 200
LONGEST = 1 << 20
_LOOKED_AT = 400
_BEGIN_OF_TIME = 2000
"""A year for lines that name none: only differences within a log are used."""
_MONTHS = {name: at for at, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_LEVEL_OF = {
    **dict(zip(b"V D I W E F".split(), LEVELS, strict=True)),
    b"S": "fatal",
    b"A": "fatal",
    **dict(zip(b"verbose debug info warn err crit".split(), LEVELS, strict=True)),
    b"trace": "verbose",
    b"notice": "info",
    b"warning": "warn",
    b"error": "error",
    b"alert": "fatal",
    b"emerg": "fatal",
    b"fatal": "fatal",
    b"critical": "fatal",
    b"panic": "fatal",
}
_LOGCAT = re.compile(
    rb"(?:(?P<year>\d{4})-)?(?P<month>\d\d)-(?P<day>\d\d) (?P<clock>\d\d:\d\d:\d\d)\.(?P<part>\d{3,9})(?: [+-]\d{4})?"
    rb" +(?:\S{1,20} +)?\d{1,8} +\d{1,8} (?P<level>[VDIWEFSA]) (?P<tag>[^:\n]{0,80}?) *: "
)
_BRIEF = re.compile(rb"(?P<level>[VDIWEFA])/(?P<tag>[^(\n]{1,80}?) *\( *\d{1,8}\): ")
_LOGREAD = re.compile(
    rb"[A-Z][a-z]{2} (?P<name>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d) (?P<year>\d{4}) "
    rb"[a-z0-9]{1,12}\.(?P<level>[a-z]{1,8}) (?P<tag>[^\s:\[]{1,80})"
)
_SYSLOG = re.compile(rb"(?P<name>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d) \S{1,64} (?P<tag>[^\s:\[]{1,80})")
_KERNEL = re.compile(rb"(?:<\d{1,3}>)?\[ *(?P<seconds>\d{1,9}\.\d{1,9})\] ?(?:(?P<tag>[A-Za-z][^\s:]{0,40})(?: [\w.:-]{1,20})?:)?")
_ISO = re.compile(
    rb"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[T ](?P<clock>\d\d:\d\d:\d\d)(?:[.,](?P<part>\d{1,9}))?(?:Z| ?[+-]\d\d:?\d\d)?"
    rb"(?: +\[?(?P<level>(?i:trace|verbose|debug|info|notice|warn|warning|error|err|fatal|critical))\]?(?= |:))?"
    rb"(?: +(?P<tag>[A-Za-z_][\w.-]{0,79})(?=[:\[ ]))?"
)
_FORMS = (_LOGCAT, _LOGREAD, _ISO, _KERNEL, _SYSLOG, _BRIEF)


@dataclass(frozen=True, slots=True)
class Head:
    """What the beginning of a line tells; `at` is seconds of the log's own clock, comparable within the log only."""

    level: str = ""
    tag: str = ""
    at: float | None = None


@dataclass(frozen=True)
class Query:
    """Which lines: with this text (capitals do not matter), at least this bad, by this tag, at most so long before the log's end."""

    text: str = ""
    level: str = ""
    tag: str = ""
    last_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One line that was found; `number` counts from 1."""

    number: int
    text: str
    level: str
    tag: str


@dataclass(frozen=True)
class Reading:
    """What a query found: the last 5,000 lines of it, and what there is to choose from."""

    lines: tuple[Shown, ...] = ()
    matched: int = 0
    total: int = 0
    tags: tuple[str, ...] = ()
    levels: dict[str, int] = field(default_factory=dict)
    first_at: float | None = None
    last_at: float | None = None

    @property
    def seconds(self) -> float:
        """How long a time the log spans, by its own clock."""
        return self.last_at - self.first_at if self.first_at is not None and self.last_at is not None else 0.0


def head_of(line: bytes) -> Head | None:
    """None for a line of no known form."""
    start = line[:_LOOKED_AT]
    for form in _FORMS:
        if match := form.match(start):
            parts = match.groupdict()
            level = _LEVEL_OF.get(parts.get("level") or b"", "") or _LEVEL_OF.get((parts.get("level") or b"").lower(), "")
            return Head(level, (parts.get("tag") or b"").decode("utf-8", "replace").strip(), _moment(parts))
    return None


def _moment(parts: dict[str, bytes | None]) -> float | None:
    if seconds := parts.get("seconds"):
        return float(seconds)
    if not (clock := parts.get("clock")):
        return None
    month = int(parts.get("month") or _MONTHS.get(parts.get("name") or b"", 0))
    hour, minute, second = map(int, clock.split(b":"))
    try:
        day = datetime(int(parts.get("year") or _BEGIN_OF_TIME), month, int(parts["day"] or 0), hour, minute, tzinfo=UTC)
    except ValueError:
        return None
    return day.timestamp() + second + float(b"0." + (parts.get("part") or b"0"))


def lines_of(source: Path, work: Work) -> Iterator[bytes]:
    """Each line with its end; a longer one than 1 MiB in pieces."""
    size, done = source.stat().st_size, 0
    with source.open("rb") as file:
        for at, line in enumerate(iter(lambda: file.readline(LONGEST), b"")):
            done += len(line)
            if at % 4096 == 0:
                work.check()
                work.say("log", done, size)
            yield line


def read(source: Path, query: Query, work: Work) -> Reading:
    """Find lines. Raises OSError, Cancelled."""
    wanted = query.text.lower().encode()
    worst = LEVELS.index(query.level) if query.level in LEVELS else 0
    shown: deque[tuple[float | None, Shown]] = deque(maxlen=MOST_SHOWN)
    times: deque[float | None] = deque()
    tags: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    matched = total = 0
    first = last = None
    head = Head()
    for total, line in enumerate(lines_of(source, work), 1):
        if known := head_of(line):
            head = known
            levels[head.level] += bool(head.level)
            if head.tag and (head.tag in tags or len(tags) < MOST_TAGS * 10):
                tags[head.tag] += 1
        if head.at is not None:
            first = head.at if first is None else first
            last = head.at
        if (
            (wanted and wanted not in line.lower())
            or (query.tag and head.tag != query.tag)
            or (worst and (head.level not in LEVELS or LEVELS.index(head.level) < worst))
        ):
            continue
        matched += 1
        times.append(head.at)
        text = line[:4096].decode("utf-8", "replace").rstrip("\r\n")
        shown.append((head.at, Shown(total, text, head.level, head.tag)))
        while query.last_s and last is not None and times and times[0] is not None and times[0] < last - query.last_s:
            times.popleft()
            matched -= 1
    since = last - query.last_s if query.last_s and last is not None else None
    lines = tuple(one for at, one in shown if since is None or (at is not None and at >= since))
    common = tuple(tag for tag, _ in tags.most_common(MOST_TAGS))
    return Reading(lines, matched, total, common, {k: n for k, n in levels.items() if n}, first, last)


def trim(source: Path, target: Path, first: int, last: int, work: Work) -> int:
    """Write lines `first` to `last` (from 1, both included); answers how many. Raises OSError, Cancelled."""
    kept = 0
    with target.open("wb") as out:
        for number, line in enumerate(lines_of(source, work), 1):
            if number > last:
                break
            if number >= first:
                out.write(line)
                kept += 1
    return kept
