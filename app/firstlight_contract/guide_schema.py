# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of `guide: 1`, made from the models: for authors' editors and for other programs. What it cannot say (names that
must exist elsewhere in the guide, numbers that belong to a shape) `firstlight guide check` says.
"""

from __future__ import annotations

from typing import Any

from firstlight_contract.actions import CHECKS, DEEDS, verb_of
from firstlight_contract.guides import Guide
from firstlight_contract.verbs.doc import ActionDoc

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def guide_schema() -> dict[str, Any]:
    """The whole schema; the same bytes from the same models."""
    schema = Guide.model_json_schema(by_alias=True, mode="validation")
    definitions = schema["$defs"]
    for model in (*CHECKS, *DEEDS):
        definitions[model.__name__] = _action(model, definitions[model.__name__])
    for name in ("Thing", "StepTimer", "Proof", "Choice", "FlashPart"):
        definitions[name] = {"anyOf": [definitions[name], {"type": ["string", "integer"] if name in ("StepTimer", "Choice") else "string"}]}
    _marks(definitions)
    definitions["Step"]["required"] = ["id"]
    _tidy(schema)
    return {"$schema": _DRAFT, "title": "Firstlight guide/1"} | {k: v for k, v in schema.items() if k != "title"}


def _action(model: type[ActionDoc], inner: dict[str, Any]) -> dict[str, Any]:
    """`{verb: parameters}` instead of the flat map that the program works with; a bare value where the verb takes one."""
    verb = verb_of(model)
    properties = {name: part for name, part in inner["properties"].items() if name != "verb"}
    required = [name for name in inner.get("required", ()) if name != "verb"]
    parameters: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        parameters["required"] = required
    taken = [parameters]
    if model.short:
        field = model.model_fields.get(model.short)
        taken.append(properties[field.alias if field is not None and field.alias else model.short])
    if not required:
        taken.append({"type": "null"})
    whole: dict[str, Any] = {
        "type": "object",
        "properties": {verb: taken[0] if len(taken) == 1 else {"anyOf": taken}},
        "required": [verb],
        "additionalProperties": False,
    }
    about = {"description": " ".join((model.__doc__ or "").split())}
    return about | (whole if required else {"anyOf": [whole, {"const": verb}]})


def _marks(definitions: dict[str, Any]) -> None:
    """`mark:` takes letters, colours and, for lines, words of tone."""
    colours = definitions["Colour"]["enum"]
    letters = list("ABCDEFGH")
    definitions["Line"]["properties"]["mark"] = {"enum": [*letters, *colours, "note", "reminder", "caution"]}
    definitions["Mark"]["properties"]["mark"] = {"enum": [*letters, *colours]}


def _tidy(node: object) -> None:
    """Without the titles that pydantic makes of field names, and without its discriminators, which our unwrapped actions lack."""
    if isinstance(node, dict):
        node.pop("discriminator", None)
        if isinstance(node.get("title"), str):
            del node["title"]
        for value in node.values():
            _tidy(value)
    elif isinstance(node, list):
        for value in node:
            _tidy(value)
