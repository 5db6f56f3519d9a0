# SPDX-License-Identifier: Apache-2.0
"""What an importer makes: guides as plain data, files beside them, and a remark for each thing that is not as it was.

Texts come from strangers and have limits here (`firstlight_contract.guide_words`): they are cleaned, and what is too long is
split, not cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from firstlight_contract.guides import MAX_DOCUMENT, MAX_STEPS

MAX_TEXT = 580
MAX_LINES, MAX_PICTURES = 8, 3
_UNPLAIN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_SPACES = re.compile(r"[ \t\u00a0]+")
_NOT_SLUG = re.compile(r"[^a-z0-9_.-]+")


class Fate(StrEnum):
    """What became of an item. UNMAPPED: a guide cannot say it. CHANGED: said in another way. MISSING: it was not there. ADDED: ours."""

    UNMAPPED = "unmapped"
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True)
class Remark:
    """One item that is not as it was: `source` is the file, `where` the place in it, `what` the thing, `why` in English."""

    source: str
    where: str
    what: str
    fate: Fate
    why: str


@dataclass
class Draft:
    """A guide to be written. `data` is what its YAML will say; `files` are pictures by name."""

    id: str
    data: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Imported:
    """All that came out of the sources of one import. `items` counts what was looked at, `actions` those of machines."""

    drafts: list[Draft] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    items: int = 0
    actions: int = 0

    def remark(self, source: str, where: str, what: str, fate: Fate, why: str) -> None:
        """Write down what became of an item."""
        self.remarks.append(Remark(source, _line(where)[:200], _line(what)[:200], fate, _line(why)[:300]))

    def misshapen(self, source: str, where: str, raw: Mapping[str, Any], lists: tuple[str, ...] = (), maps: tuple[str, ...] = ()) -> None:
        """Write down what has another shape than their format gives it, and is passed over therefore."""
        for names, kind in ((lists, list), (maps, Mapping)):
            for name in names:
                if raw.get(name) is not None and not isinstance(raw[name], kind):
                    self.remark(source, where, f"{name} {str(raw[name])[:80]}", Fate.UNMAPPED, "not of the shape that it has in such files")

    def count(self, fate: Fate) -> int:
        """How many items fared so."""
        return sum(r.fate is fate for r in self.remarks)

    def add(self, draft: Draft, source: str) -> None:
        """One more guide; another one of its name gets a number."""
        taken = {d.id for d in self.drafts}
        name, n = draft.id, 2
        while draft.id in taken:
            draft.id = draft.data["id"] = f"{name[:58]}-{n}"
            n += 1
        steps = draft.data["steps"]
        if len(steps) > MAX_STEPS:
            self.remark(source, "steps", f"{len(steps) - MAX_STEPS} steps", Fate.UNMAPPED, f"a guide has at most {MAX_STEPS} steps")
            draft.data["steps"] = steps[:MAX_STEPS]
        self.drafts.append(draft)


def clean(text: object) -> str:
    """Words without control characters, runs of spaces and ends."""
    return _SPACES.sub(" ", _UNPLAIN.sub(" ", text.replace("\r", "\n") if isinstance(text, str) else "")).strip()


def _line(text: str) -> str:
    return clean(text).replace("\n", " ")


def many(raw: object) -> list[Any]:
    """A list of somebody's file; [] for anything else that stands in its place."""
    return raw if isinstance(raw, list) else []


def fields(raw: object) -> Mapping[str, Any]:
    """A map of somebody's file; an empty one for anything else that stands in its place."""
    return raw if isinstance(raw, Mapping) else {}


def slug(*words: object) -> str:
    """A name of small letters and digits from any words; never empty."""
    joined = "-".join(clean(w).lower() for w in words if w)
    return _NOT_SLUG.sub("-", joined).strip("-._")[:60].strip("-._") or "guide"


def sentences(text: str) -> list[str]:
    """`text` in pieces that a guide takes: a paragraph each, long ones split behind a full stop or a space."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        rest = clean(paragraph)
        while len(rest) > MAX_TEXT:
            at = max(rest.rfind(mark, 0, MAX_TEXT) for mark in (". ", "! ", "? ", "。"))
            at = at + 1 if at > MAX_TEXT // 3 else rest.rfind(" ", 0, MAX_TEXT)
            at = at if at > 0 else MAX_TEXT
            found.append(rest[:at].strip())
            rest = rest[at:].strip()
        if rest:
            found.append(rest)
    return found


def title(text: object, otherwise: str) -> str:
    """A heading: one line, not long."""
    return (clean(text).replace("\n", " ")[:160].strip()) or otherwise


def split_step(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A step with more lines or pictures than fit, as several: what machines do comes with the last."""
    lines: Sequence[Any] = step.get("say", ())
    pictures: Sequence[Any] = step.get("show", ())
    parts = max(-(-len(lines) // MAX_LINES), -(-len(pictures) // MAX_PICTURES), 1)
    machine = {k: v for k, v in step.items() if k not in ("id", "title", "say", "show", "tools", "parts", "if")}
    for n in range(parts):
        is_last = n == parts - 1
        part: dict[str, Any] = {"id": step["id"] if n == 0 else f"{step['id'][:58]}.{n + 1}", "title": step["title"]}
        if n:
            part["title"] = f"{step['title'][:150]} ({n + 1})"
        part |= {k: step[k] for k in ("if",) if k in step}
        part |= {k: step[k] for k in ("tools", "parts") if k in step and n == 0}
        for key, all_of, most in (("say", lines, MAX_LINES), ("show", pictures, MAX_PICTURES)):
            some = list(all_of[n * most : (n + 1) * most])
            if some:
                part[key] = some
        if not part.get("show"):
            # A letter that no picture of this part shows would point at nothing.
            part["say"] = [{k: v for k, v in line.items() if k != "mark"} for line in part.get("say", [])] or None
            if part["say"] is None:
                del part["say"]
        yield part | (machine if is_last else {})


def numbered(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps with ids of their own."""
    seen: dict[str, int] = {}
    for step in steps:
        name = step["id"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            step["id"] = f"{name[:58]}-{seen[name]}"
    return steps


class _Plain(yaml.SafeDumper):
    """Writes the same thing twice rather than as an alias, which a guide must not have."""

    def ignore_aliases(self, data: object) -> bool:
        """Always."""
        return True


def text_of(draft: Draft) -> bytes:
    """The YAML of a guide; ValueError when it is larger than a guide may be."""
    data = yaml.dump(draft.data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None).encode()
    if len(data) > MAX_DOCUMENT:
        raise ValueError(f"{len(data)} bytes")
    return data


def keep(found: Imported, out: Path) -> list[Path]:
    """Write each guide into a folder of its own below `out`; an earlier import of the same guide is replaced."""
    kept = []
    for draft in found.drafts:
        folder = out / draft.id
        try:
            text = text_of(draft)
        except ValueError as error:
            found.remark(draft.id, "", "the whole guide", Fate.UNMAPPED, f"larger than a guide may be: {error}")
            continue
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in draft.files.items():
            (folder / name).write_bytes(data)
        (folder / "guide.yaml").write_bytes(text)
        kept.append(folder / "guide.yaml")
    return kept
