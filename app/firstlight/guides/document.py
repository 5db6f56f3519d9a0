# SPDX-License-Identifier: Apache-2.0
"""YAML text -> Guide, or every mistake with its line and a mend. The text comes from strangers.

Bounded before anything is built: bytes here, the rest in the dialect that the hub reads too (`firstlight_contract.guide_yaml`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from firstlight.guides.errors import GuideInvalid, Mistake
from firstlight_contract.guide_yaml import Bad, Builder, Lines, plain_scalar, shown_key, where_of
from firstlight_contract.guides import MAX_DOCUMENT, MAX_PICTURE, Guide

_MAX_MISTAKES = 50
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _as_it_is(data: object) -> object:
    return data


def parse(text: bytes, path: str = "guide.yaml", prepare: Callable[[object], object] = _as_it_is) -> Guide:
    """The guide in `text`; GuideInvalid with all mistakes. `prepare` may change the plain data before it is read."""
    try:
        data, lines = load(text)
    except Bad as bad:
        raise GuideInvalid((Mistake(path, bad.line, bad.where, bad.why, bad.mend),)) from bad
    try:
        return Guide.model_validate(prepare(data))
    except ValidationError as error:
        details = _own(error.errors(include_url=False, include_input=False))
        mistakes = [_mistake(path, d, lines) for d in details[:_MAX_MISTAKES]]
        raise GuideInvalid(tuple(sorted(mistakes, key=lambda m: m.line))) from error


def read(path: Path) -> Guide:
    """The guide in a file; GuideInvalid also when the file cannot be read or is too large."""
    return parse(read_bytes(path), str(path))


def plain(path: Path) -> object:
    """The plain data of another YAML file, read with the same care; GuideInvalid. `0042` stays the four signs that somebody typed."""
    try:
        return load(read_bytes(path), _as_typed)[0]
    except Bad as bad:
        raise GuideInvalid((Mistake(str(path), bad.line, bad.where, bad.why, bad.mend),)) from bad


def picture(folder: Path, name: str) -> Path | None:
    """The file of a picture in a guide's folder; None when it is missing, a link to elsewhere, or too large."""
    path = folder / name
    try:
        if path.resolve().parent != folder.resolve() or not path.is_file() or path.stat().st_size > MAX_PICTURE:
            return None
    except OSError:
        return None
    return path


def read_bytes(path: Path) -> bytes:
    """A guide's text, never more than one byte above the limit; GuideInvalid when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_DOCUMENT + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise GuideInvalid((Mistake(str(path), 0, "", f"cannot be read: {why}", "name a guide file that this user may read"),)) from error


def load(text: bytes, scalar: Callable[[Any], object] | None = None) -> tuple[object, Lines]:
    """Plain data, and the line of every place in it; Bad."""
    if len(text) > MAX_DOCUMENT:
        raise Bad(1, f"larger than {MAX_DOCUMENT // 1024} KiB", "move pictures into files, split the guide")
    try:
        loader = _Loader(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Bad(text.count(b"\n", 0, error.start) + 1, "not UTF-8", "save the file as UTF-8") from error
    except yaml.YAMLError as error:
        raise _of_yaml(error) from error
    try:
        return Builder(loader, scalar).document()
    except yaml.YAMLError as error:
        raise _of_yaml(error) from error
    finally:
        loader.dispose()


def _of_yaml(error: yaml.YAMLError) -> Bad:
    mark = getattr(error, "problem_mark", None)
    why = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Bad(mark.line + 1 if mark else 1, f"not YAML: {why}", "look at indents, colons and quotes here")


def _as_typed(event: Any) -> object:
    """As `plain_scalar`; but a number with a zero before it is the end of a serial number, not a number."""
    text: str = event.value
    return text if len(text) > 1 and text[0] == "0" and text.isascii() and text.isdecimal() else plain_scalar(event)


def _own(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without "too short" of a list whose items are the fault: the model counts only the sound ones."""
    at = [d["loc"] for d in details]
    return [d for d in details if d["type"] != "too_short" or not any(a[: len(d["loc"])] == d["loc"] and a != d["loc"] for a in at)]


def _mistake(path: str, detail: ErrorDetails, lines: Lines) -> Mistake:
    """The model's complaint with the line of the nearest thing that stands in the file."""
    at: tuple[str | int, ...] = ()
    for item in detail["loc"]:
        if (*at, item) in lines:
            at = (*at, item)
        elif isinstance(item, str) and at and isinstance(at[-1], int) and "." in item:
            continue  # the verb of an action: the model names it between index and parameter
    missing = detail["type"] == "missing"
    last = detail["loc"][-1] if detail["loc"] else ""
    where = where_of((*at, last)) if missing else where_of(at)
    if detail["type"] == "union_tag_invalid":
        return Mistake(path, lines.get(at, 1), where, *_unknown_verb(detail))
    if detail["type"] == "string_pattern_mismatch" and not str(detail.get("ctx", {}).get("pattern", "")).isprintable():
        return Mistake(path, lines.get(at, 1), where, "empty, or with characters that do not show", "write plain words")
    return Mistake(path, lines.get(at, 1), where, detail["msg"].removeprefix("Value error, "), _mend(detail, shown_key(str(last))))


def _unknown_verb(detail: ErrorDetails) -> tuple[str, str]:
    """Why and mend: the verb that was meant, else all there are."""
    facts = detail.get("ctx", {})
    tag, known = str(facts.get("tag", ""))[:60], re.findall(r"'([^']+)'", str(facts.get("expected_tags", "")))
    near = difflib.get_close_matches(tag, known, 1)
    return f"there is no verb '{tag}' here", f"write `{near[0]}`" if near else "use one of: " + ", ".join(known)


_MENDS = {
    "missing": "add `{last}:`",
    "extra_forbidden": "remove `{last}`, or look for a typing error: a guide has no such key here",
    "string_pattern_mismatch": "use only what the pattern allows; a file is a bare name beside the guide, an id small letters and digits",
    "union_tag_not_found": "write the action as `verb: {{parameters}}`",
    "too_long": "keep to the limit; split the step",
    "too_short": "add at least one",
    "string_too_long": "shorten it",
    "literal_error": "use the value named",
    "enum": "use one of the values named",
    "dict_type": "write a map of `key: value`, as in `en: …`",
}


def _mend(detail: ErrorDetails, last: str) -> str:
    return _MENDS.get(detail["type"], "see the manual page on guides for what stands here").format(last=last[:60])
