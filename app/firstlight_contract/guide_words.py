# SPDX-License-Identifier: Apache-2.0
"""Words and pictures of guides. Everything is bounded, no text can steer a terminal, no name is a path."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from firstlight_contract.doc import Doc
from firstlight_contract.wire import Slug

# No control characters of either set, nor those that turn the reading direction of what follows.
_PLAIN = "[^\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=600, pattern=f"^{_PLAIN}+$")]
Link = Annotated[str, StringConstraints(pattern=r"^https?://[\x21-\x7e]{1,1000}$")]
"""A page on the web, opened only when the tester asks for it."""


def as_words(raw: object) -> object:
    """A plain string is English."""
    return {"en": raw} if isinstance(raw, str) else raw


GuideWords = Annotated[
    dict[Language, Sentence], Field(max_length=12), BeforeValidator(as_words, json_schema_input_type=Sentence | dict[Language, Sentence])
]
"""`{en: …, zh_CN: …}`; a plain string is English."""
PictureName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,80}\.(svg|png|jpg|jpeg|webp)$")]
"""A file beside the guide; never a path."""
LETTERS = "ABCDEFGH"
MarkLetter = Literal["A", "B", "C", "D", "E", "F", "G", "H"]
_Part = Annotated[float, Field(ge=0, le=1)]


class Tone(StrEnum):
    """How a line is meant."""

    PLAIN = "plain"
    NOTE = "note"
    REMINDER = "reminder"
    CAUTION = "caution"


class Colour(StrEnum):
    """Colours that tie a line to a mark, where the guide uses colours; a letter is always shown with it."""

    BLACK = "black"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    LIGHT_BLUE = "light_blue"
    BLUE = "blue"
    VIOLET = "violet"


class Shape(StrEnum):
    """What a mark is drawn as. POINT: the letter alone."""

    POINT = "point"
    CIRCLE = "circle"
    BOX = "box"
    ARROW = "arrow"


_COLOURS = frozenset(colour.value for colour in Colour)


def _is_colour(raw: object) -> bool:
    return isinstance(raw, str) and raw in _COLOURS


def _split_mark(raw: object) -> object:
    """`mark:` may hold a letter, a colour, or a word for the line's tone."""
    if not isinstance(raw, Mapping):
        return raw
    fields: dict[str, Any] = dict(raw)
    mark = fields.get("mark")
    if _is_colour(mark):
        fields["colour"] = mark
        del fields["mark"]
    elif mark in (Tone.NOTE.value, Tone.REMINDER.value, Tone.CAUTION.value):
        fields["tone"] = mark
        del fields["mark"]
    return fields


class Line(Doc):
    """One line of a step. `mark` ties it to a place in the picture: a letter A…H or a colour; the words `note`, `reminder` and
    `caution` there say how it is meant, as `tone` does. `strong` is its bold beginning; a caution is a banner; `level` indents.
    """

    text: GuideWords
    strong: GuideWords = Field(default_factory=dict)
    mark: MarkLetter | None = None
    colour: Colour | None = None
    tone: Tone = Tone.PLAIN
    level: int = Field(default=0, ge=0, le=2)

    _marks = model_validator(mode="before")(_split_mark)


class Mark(Doc):
    """A place in a picture, in parts of its width and height, 0…1. `at` of a point: x, y. Of a circle or box: left, top, width,
    height. Of an arrow: tail x, y, then tip x, y. `mark` is the letter or colour of the line that it belongs to.
    """

    letter: MarkLetter | None = None
    colour: Colour | None = None
    shape: Shape = Shape.POINT
    at: tuple[_Part, _Part] | tuple[_Part, _Part, _Part, _Part]

    @model_validator(mode="before")
    @classmethod
    def _one_spelling(cls, raw: object) -> object:
        if not isinstance(raw, Mapping):
            return raw
        fields: dict[str, Any] = dict(raw)
        mark = fields.pop("mark", None)
        if mark is not None:
            fields["colour" if _is_colour(mark) else "letter"] = mark
        return fields

    @model_validator(mode="after")
    def _numbers_fit_the_shape(self) -> Self:
        if (len(self.at) == 2) != (self.shape is Shape.POINT):
            raise ValueError("a point has two numbers, every other shape four")
        return self

    @property
    def place(self) -> tuple[float, float]:
        """Where the letter stands: the point, the corner of a box, the edge of a circle, the tip of an arrow."""
        if len(self.at) == 2:
            return self.at
        x, y, third, fourth = self.at
        if self.shape is Shape.ARROW:
            return third, fourth
        return x + (third / 2 if self.shape is Shape.CIRCLE else 0), y


class Picture(Doc):
    """A picture of a step; `has_letters` says that the file itself shows the letters already, so nobody paints them twice."""

    img: PictureName
    alt: GuideWords = Field(default_factory=dict)
    marks: tuple[Mark, ...] = Field(default=(), max_length=8)
    has_letters: bool = False


def _as_thing(raw: object) -> object:
    return {"name": raw} if isinstance(raw, str) else raw


class Thing(Doc):
    """A tool or a part: `icon` is a name of the app's icons ("screwdriver", "nut", "hand"). A plain string is its name."""

    name: GuideWords
    icon: Slug = "wrench"
    qty: int = Field(default=1, ge=1, le=10_000)
    note: GuideWords = Field(default_factory=dict)
    link: Link | None = None
    img: PictureName | None = None

    _names = model_validator(mode="before")(_as_thing)


def _colour(fields: Mapping[str, Any]) -> str | None:
    colour = fields.get("mark") if _is_colour(fields.get("mark")) else fields.get("colour")
    return colour if isinstance(colour, str) else None


def _maps(raw: object) -> list[Mapping[str, Any]]:
    return [item for item in raw if isinstance(item, Mapping)] if isinstance(raw, list | tuple) else []


def lettered(raw: object) -> object:
    """A raw step whose lines and marks are tied by colours, with a letter for each colour: colour alone is never enough.

    Lines whose colour no picture marks stay without a letter.
    """
    if not isinstance(raw, Mapping):
        return raw
    letters: dict[str, str] = {}
    pictures = []
    for picture in _maps(raw.get("show")):
        marks: list[object] = []
        raw_marks = picture.get("marks")
        for mark in raw_marks if isinstance(raw_marks, list | tuple) else ():
            colour = _colour(mark) if isinstance(mark, Mapping) and not mark.get("letter") else None
            if colour and (colour in letters or len(letters) < len(LETTERS)):
                letter = letters.setdefault(colour, LETTERS[len(letters)])
                mark = {k: v for k, v in mark.items() if k != "mark"} | {"colour": colour, "letter": letter}
            marks.append(mark)
        pictures.append(dict(picture) | ({"marks": marks} if marks else {}))
    if not letters:
        return raw
    lines = []
    for line in _maps(raw.get("say")):
        found = letters.get(_colour(line) or "")
        lines.append({k: v for k, v in line.items() if k != "mark"} | {"colour": _colour(line), "mark": found} if found else line)
    whole = (raw.get(key, ()) for key in ("show", "say"))
    is_whole = all(isinstance(part, list | tuple) and len(_maps(part)) == len(part) for part in whole)
    return dict(raw) | {"show": pictures, "say": lines} if is_whole else raw
