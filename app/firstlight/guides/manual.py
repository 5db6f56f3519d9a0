# SPDX-License-Identifier: Apache-2.0
"""The authors' manual page on guides, written from the models themselves: what is not in a model is not in the format."""

from __future__ import annotations

import types
from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from firstlight.guides.actions.table import DEEDS as RUNS
from firstlight_contract.actions import CHECKS, DEEDS, verb_of
from firstlight_contract.guide_options import Choice, Condition, Option
from firstlight_contract.guide_steps import Danger, Proof, RescueKind, Step, StepTimer
from firstlight_contract.guide_words import Line, Mark, Picture, Shape, Thing, Tone
from firstlight_contract.guides import MAX_DOCUMENT, MAX_PICTURE, MAX_STEPS, Guide, Human, NamedFile, Source, Target, TellApart
from firstlight_contract.verbs.doc import ActionDoc, DeedDoc

_HEAD = f"""# Guides: how to write one

A guide is a folder with a `guide.yaml` and its pictures beside it. This page is made from the program's own models by
`firstlight guide manual`; `firstlight guide schema` prints the JSON Schema for your editor.

    firstlight guide check my-guide/guide.yaml --strict     names file, line, place and mend of every mistake
    firstlight guide rehearse my-guide/guide.yaml           plays it against practice devices, with every fault
    firstlight guide run my-guide/guide.yaml --device …     plays it, in a terminal or from a program

## A small one

```yaml
guide: 1
id: a1-build
version: "1"
title: {{en: Put the new build on your A1, zh_CN: 为 A1 刷入新版本}}
for: {{device: [a1]}}
ask:
  - {{id: keep, type: yes_no, label: Keep a copy of the settings, default: true}}
steps:
  - {{id: connect, title: Connect the phone, do: [device.find]}}
  - {{id: fetch, title: Fetch the build, do: [build.fetch]}}
  - id: settings
    if: {{is: {{keep: true}}}}
    do: [{{backup.keep: [settings]}}]
  - id: write
    title: Write it
    danger: brick
    gate: [{{fastboot.device: {{product: [a1_eng]}}}}, fastboot.unlocked, {{fastboot.battery: 40}}, build.genuine, fastboot.rollback]
    do: [{{fastboot.flash: [boot, vendor, system, product]}}]
  - id: start
    title: Start it
    do: [fastboot.reboot, device.back]
    after: [build.booted]
```

## What holds for every guide

- At most {MAX_DOCUMENT // 1024} KiB of UTF-8, {MAX_STEPS} steps, three pictures and eight lines a step, {MAX_PICTURE >> 20} MiB a picture.
- No anchors, aliases, tags or merge keys. Only `true` and `false` are yes and no: `no` stays a word. Quote versions.
- There is no shell of the PC, no path and no address. Verbs that run a command on the device work only in guides that the maker
  signed (and on practice devices), and the command is shown word for word before.
- Words are a sentence (English) or a map `{{en: …, zh_CN: …}}`.
- A step that writes waits for its order, for the answers to `ask`, for the typed word of its `danger`, for `tell_apart` where models
  look alike, and for the way back on this PC: the build before, else the guide under `way_back` with its files. One that only sends an
  image asks for the same. No guide can leave that out, nor the checks of the PC: room, power, sleep, what else holds the device.
- A file with a `url` comes by https (http from this PC itself alone), never from a private network, `size` bytes and no more, and only
  after the tester saw server and size and said yes.
- A step ends in one state that can be checked and undone alone. What writes says its `danger`, every danger has a `gate`, every flash a way
  back: `--strict` asks. Deeds under `rescue` write only where the step writes too.

## What happens in a step of the machine

1. The `gate` is asked, all of it, in the second before `do`; the quick checks again before each part that is written.
2. `do`, one action after the other. Each begin and end is on the disk before the next.
3. A fault: what `rescue` names for it, once, then the gate and the action again; else what `else` names, then the gate again; else the
   tester is asked: once more, done by hand, or the way back.
4. `after` must hold; then the step is done. A step with `gate` and `timeout` and without `do` waits until its checks hold.

After a crash an action is repeated as its class allows: `safe` at once, `from_start` as a whole, `probe` after the device was asked
whether it has happened, `never` only at the tester's word. `again:` of a step can make it stricter, never looser.
"""


def manual() -> str:
    """The whole page, Markdown."""
    parts = [_HEAD, "## Keys of a guide\n", _table(Guide)]
    for model in (Target, TellApart, Source, Option, Choice, Condition, NamedFile, Human):
        parts += [f"### {model.__name__}\n", _about(model), "", _table(model)]
    parts += ["`rescue` knows " + ", ".join(f"`{kind}`" for kind in get_args(RescueKind)) + ".\n"]
    parts += ["## Keys of a step\n", _about(Step), "", _table(Step)]
    for part in (Line, Picture, Mark, Thing, StepTimer, Proof):
        parts += [f"### {part.__name__}\n", _about(part), "", _table(part)]
    for words in (Tone, Shape, Danger):
        parts += [f"### {words.__name__}\n", _about(words), "", ", ".join(f"`{w.value}`" for w in words) + "\n"]
    parts += ["## Checks (`gate`, `after`)\n", *_verbs(CHECKS), "## Deeds (`do`, `else`, `undo`, `rescue`)\n", *_verbs(DEEDS)]
    return "\n".join(parts).rstrip() + "\n"


def _about(model: type) -> str:
    return " ".join((model.__doc__ or "").split())


def _table(model: type[BaseModel]) -> str:
    rows = ["| key | what | default |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        key = field.alias or name
        about = field.description or ""
        what = f"{_kind(field.annotation, field)}{'. ' + about if about else ''}"
        rows.append(f"| `{key}` | {what} | {_default(field)} |")
    return "\n".join(rows) + "\n"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.default
    if value is PydanticUndefined or value in ((), None, {}, ""):
        return ""
    if isinstance(value, BaseModel):
        return ""
    return f"`{value.value if isinstance(value, Enum) else str(value).lower() if isinstance(value, bool) else value}`"


def _kind(annotation: Any, field: FieldInfo | None = None) -> str:
    """A field's type in an author's words."""
    limits = _limits(field)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(args[0])
    if origin is Literal:
        return " or ".join(f"`{a}`" for a in args)
    if origin in (Union, types.UnionType):
        inner = [_kind(a) for a in args if a is not type(None)]
        return " or ".join(dict.fromkeys(inner)) if len(inner) < 5 else "an action"
    if origin is tuple:
        return f"list of {_kind(args[0]).replace('an action', 'actions')}{limits}"
    if origin is dict:
        value = _kind(args[1])
        return "words" if value == "text" else f"map of names to {value}{limits}"
    if isinstance(annotation, type):
        if issubclass(annotation, Enum):
            return " or ".join(f"`{e.value}`" for e in annotation)
        if issubclass(annotation, BaseModel):
            return "an action" if issubclass(annotation, ActionDoc) else f"[{annotation.__name__}](#{annotation.__name__.lower()})"
        return {str: "text", int: "number", float: "number", bool: "true or false"}.get(annotation, annotation.__name__) + limits
    return "value"


def _limits(field: FieldInfo | None) -> str:
    if field is None:
        return ""
    found = {type(m).__name__: m for m in field.metadata}
    said = []
    if "MaxLen" in found:
        said.append(f"{found['MaxLen'].max_length} at most")
    if "Ge" in found and "Le" in found:
        said.append(f"{found['Ge'].ge} to {found['Le'].le}")
    return f", {', '.join(said)}" if said else ""


def _verbs(models: tuple[type[ActionDoc], ...]) -> Iterator[str]:
    for model in sorted(models, key=verb_of):
        yield f"### `{verb_of(model)}`\n"
        yield _about(model)
        if issubclass(model, DeedDoc):
            notes = [f"class `{RUNS[model].again.value}`"]
            kinds = (("writes", model.writes), ("sends", model.sends), ("erases", model.erases), ("device shell", model.device_shell))
            notes += [word for word, is_so in kinds if is_so]
            yield "\n*" + ", ".join(notes) + "*"
        fields = [(name, field) for name, field in model.model_fields.items() if name != "verb"]
        if fields:
            yield "\n| parameter | what | default |\n|---|---|---|"
            for name, field in fields:
                bare = " (also bare)" if model.short in (name, field.alias) else ""
                about = f". {field.description}" if field.description else ""
                yield f"| `{field.alias or name}`{bare} | {_kind(field.annotation, field)}{about} | {_default(field)} |"
        yield ""
