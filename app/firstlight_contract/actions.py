# SPDX-License-Identifier: Apache-2.0
"""What a step of a guide may ask a machine for: one frozen model per verb, written in YAML as a map with one key.

    gate: [{fastboot.battery: {min: 40}}]
    do:   [{fastboot.flash: {parts: [boot, system]}}]

A verb that is not here does not exist: there is no shell of the PC, no path, no address that a guide could name. Checks only read.
The models stand in `verbs/`, one module per back-end; a new one joins its module's CHECKS or DEEDS.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import BaseModel, BeforeValidator, Field

from firstlight_contract.verbs import android, build, card, files, people, provider, router
from firstlight_contract.verbs.doc import ActionDoc, CheckDoc, DeedDoc

_MODULES = (android, router, card, build, files, provider, people)
CHECKS: tuple[type[CheckDoc], ...] = tuple(model for module in _MODULES for model in module.CHECKS)
"""Every check there is."""
DEEDS: tuple[type[DeedDoc], ...] = tuple(model for module in _MODULES for model in module.DEEDS)
"""Every deed there is."""


def verb_of(model: type[ActionDoc]) -> str:
    """The verb of a model: what stands in the guide."""
    return str(model.model_fields["verb"].annotation.__args__[0])  # type: ignore[union-attr]  # a Literal of one word


_MODELS: dict[str, type[ActionDoc]] = {verb_of(model): model for model in (*CHECKS, *DEEDS)}


def _unwrap(raw: object) -> object:
    """`{verb: parameters}` of the YAML as the flat map that the models read; a bare value fills the verb's `short` field."""
    if isinstance(raw, BaseModel):
        return raw
    if isinstance(raw, str):
        return {"verb": raw}
    if not isinstance(raw, Mapping):
        raise ValueError("an action is a map with one key, the verb")
    if "verb" in raw:
        return raw
    if len(raw) != 1:
        raise ValueError("an action is a map with exactly one key, the verb")
    ((verb, parameters),) = raw.items()
    if parameters is None:
        parameters = {}
    model = _MODELS.get(str(verb))
    if not isinstance(parameters, Mapping):
        if model is None or not model.short:
            raise ValueError("the parameters of a verb are a map of names and values")
        parameters = {model.short: parameters}
    flat: dict[str, Any] = {str(k): v for k, v in parameters.items()}
    return flat | {"verb": verb}


if TYPE_CHECKING:
    AnyCheck = CheckDoc
    AnyDeed = DeedDoc
else:
    AnyCheck = Union[CHECKS]  # noqa: UP007  made from the back-ends' own lists
    AnyDeed = Union[DEEDS]  # noqa: UP007

Check = Annotated[Annotated[AnyCheck, Field(discriminator="verb")], BeforeValidator(_unwrap)]
"""Reads, never changes anything."""
Deed = Annotated[Annotated[AnyDeed, Field(discriminator="verb")], BeforeValidator(_unwrap)]
"""Does something; how it may be repeated after a crash is fixed per verb in code."""
