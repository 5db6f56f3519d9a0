# SPDX-License-Identifier: Apache-2.0
"""Sub-guides: a step that `uses` another guide is replaced by that guide's steps, before a run starts. The run keeps the whole.

Names of the used guide (steps, pictures) get the step's id in front, so that nothing meets its namesake; questions, files and people
of the same name must be the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from firstlight.guides.errors import GuideInvalid, Mistake
from firstlight_contract.guide_options import Condition
from firstlight_contract.guide_steps import Step
from firstlight_contract.guides import MAX_STEPS, Guide

MAX_DEPTH = 3
Find = Callable[[str], tuple[Guide, Path] | None]
"""The guide of a name and its folder; None when there is none."""


@dataclass
class Whole:
    """A guide without `uses`: the pictures to copy (new name -> file), and the guides that came into it (id -> version)."""

    guide: Guide
    pictures: dict[str, Path] = field(default_factory=dict)
    guides: dict[str, str] = field(default_factory=dict)


def expand(guide: Guide, folder: Path, find: Find) -> Whole:
    """The guide with all its sub-guides in it; GuideInvalid names the one that is missing, contradicts, or goes in a circle."""
    whole = Whole(guide, {name: folder / name for name in guide.pictures()})
    if not any(step.uses for step in guide.steps):
        return whole
    data = guide.as_document()
    data["steps"] = _steps(guide, data, whole, find, (guide.id,))
    if len(data["steps"]) > MAX_STEPS:
        raise _wrong(guide.id, f"more than {MAX_STEPS} steps with those of its sub-guides")
    try:
        whole.guide = Guide.model_validate(data)
    except ValidationError as error:
        raise _wrong(guide.id, str(error.errors(include_url=False)[0]["msg"])) from error
    return whole


def _steps(guide: Guide, target: dict[str, Any], whole: Whole, find: Find, path: tuple[str, ...]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    last_of: dict[str, str] = {}
    for step in guide.steps:
        if not step.uses:
            plain = step.model_dump(mode="json", by_alias=True, exclude_unset=True)
            if step.needs is not None:
                plain["needs"] = [last_of.get(need, need) for need in step.needs]
            steps.append(plain)
            continue
        if step.uses in path or len(path) > MAX_DEPTH:
            raise _wrong(guide.id, f"step {step.id} uses {step.uses}, which goes in a circle or too deep")
        found = find(step.uses)
        if found is None:
            raise _wrong(guide.id, f"step {step.id} uses {step.uses}, and there is no such guide")
        used, folder = found
        whole.guides[used.id] = used.version
        inner = _steps(used, target, whole, find, (*path, used.id))
        _merge(guide, used, target)
        renamed = [_renamed(raw, step, used, folder, whole) for raw in inner]
        if step.needs is not None and renamed:
            renamed[0]["needs"] = [last_of.get(need, need) for need in step.needs]
        if step.stage and renamed:
            renamed[0]["stage"] = dict(step.stage)
        last_of[step.id] = renamed[-1]["id"]
        steps += renamed
    return steps


def _renamed(raw: dict[str, Any], step: Step, used: Guide, folder: Path, whole: Whole) -> dict[str, Any]:
    """A step of the used guide under its new name, with the condition of both."""
    new = dict(raw)
    new["id"] = f"{step.id}.{raw['id']}"[:64]
    if raw.get("needs"):
        new["needs"] = [f"{step.id}.{need}"[:64] for need in raw["needs"]]
    if step.if_ is not None:
        own = step.if_.model_dump(mode="json", by_alias=True, exclude_unset=True)
        new["if"] = {"all": [own, raw["if"]]} if raw.get("if") else own
        Condition.model_validate(new["if"])
    shown = []
    for picture in raw.get("show", ()):
        name = picture["img"] if picture["img"] in whole.pictures else f"{used.id.replace('.', '-')[:30]}-{picture['img']}"[-84:]
        whole.pictures.setdefault(name, folder / picture["img"])
        shown.append(dict(picture) | {"img": name})
    if shown:
        new["show"] = shown
    return new


def _merge(guide: Guide, used: Guide, target: dict[str, Any]) -> None:
    """What the used guide asks, needs and knows, beside the guide's own."""
    data = used.as_document()
    options = {option["id"]: option for option in target.get("ask", ())}
    for option in data.get("ask", ()):
        if options.setdefault(option["id"], option) != option:
            raise _wrong(guide.id, f"{option['id']} is asked in two ways, here and in {used.id}")
    if options:
        target["ask"] = list(options.values())
    for key in ("files", "people", "rescue"):
        both = dict(target.get(key, {}))
        for name, value in data.get(key, {}).items():
            if both.setdefault(name, value) != value and key != "rescue":
                raise _wrong(guide.id, f"{key}: {name} is one thing here and another in {used.id}")
        if both:
            target[key] = both


def _wrong(name: str, why: str) -> GuideInvalid:
    return GuideInvalid((Mistake(name, 0, "steps", why, "look at the guide that the step uses"),))
