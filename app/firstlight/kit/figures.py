# SPDX-License-Identifier: Apache-2.0
"""Sizes, times and days as a tester reads them: decimal units, 24 hours, days in words ("6 November", never 6/11).

Times are shown in this PC's time zone. The orders of day and month are data, not sentences, so they stand here and not in the
translations.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from firstlight.kit.sizes import size as size

_BETWEEN = {"en": ", ", "zh_CN": "，"}
_TO = {"en": " to ", "zh_CN": "至 "}
_FORMATS = {
    "en": {
        "day": "d MMM",
        "long": "d MMMM",
        "year": "d MMMM yyyy",
        "weekday": "dddd d MMMM",
        "in_month": "dddd d",
        "name": "dddd",
        "month": "MMM",
    },
    "zh_CN": {
        "day": "M 月 d 日",
        "long": "M 月 d 日",
        "year": "yyyy 年 M 月 d 日",
        "weekday": "M 月 d 日dddd",
        "name": "dddd",
        "month": "M 月",
    },
}


def share(done: float, total: float) -> tuple[str, str]:
    """Done and total for "18.9 of 45 MB": the unit of the first falls away where it is that of the second."""
    first, whole = size(done), size(total)
    value, _, unit = first.rpartition(" ")
    return (value if unit == whole.rpartition(" ")[2] else first), whole


def percent(number: int, language: str) -> str:
    """ "61 %"; Chinese puts no space before the sign."""
    return f"{number}%" if language == "zh_CN" else f"{number} %"


def month(when: date, language: str) -> str:
    """ "Nov", on the axis of a year."""
    return _shown(when, "month", language)


def days(first: date, last: date, language: str) -> str:
    """ "Friday 20 to Thursday 26 November"; the month of the first day is named when it is another one."""
    same = language == "en" and first.month == last.month
    begin = _shown(first, "in_month" if same else "weekday", language)
    return f"{begin}{_TO.get(language, ' to ')}{weekday_and_day(last, language)}"


def clock(when: datetime) -> str:
    """ "10:31"."""
    return when.astimezone().strftime("%H:%M")


def day(when: date, language: str) -> str:
    """ "6 Nov"."""
    return _shown(when, "day", language)


def long_day(when: date, language: str) -> str:
    """ "6 November"."""
    return _shown(when, "long", language)


def day_of_year(when: date, language: str) -> str:
    """ "6 November 2026"."""
    return _shown(when, "year", language)


def weekday_and_day(when: date, language: str) -> str:
    """ "Friday 20 November"."""
    return _shown(when, "weekday", language)


def weekday(when: date, language: str) -> str:
    """ "Friday"."""
    return _shown(when, "name", language)


def moment(when: datetime, today: date, language: str) -> str:
    """The time alone for today ("10:31"), else with its day ("6 Nov 10:31")."""
    if when.astimezone().date() == today:
        return clock(when)
    return f"{day(when, language)} {clock(when)}"


def listed(parts: Iterable[str], language: str) -> str:
    """Facts one after the other, those that are empty left out: "A1, build 26.46, 2 files"."""
    return _BETWEEN.get(language, ", ").join(part for part in parts if part)


def sentences(parts: Iterable[str], language: str) -> str:
    """Whole sentences one after the other; Chinese puts no space between them."""
    return ("" if language == "zh_CN" else " ").join(part for part in parts if part)


def _shown(when: date, which: str, language: str) -> str:
    local = when.astimezone().date() if isinstance(when, datetime) else when
    formats = _FORMATS.get(language, _FORMATS["en"])
    return QLocale(language).toString(QDate(local.year, local.month, local.day), formats[which])
