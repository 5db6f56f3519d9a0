# SPDX-License-Identifier: Apache-2.0
"""What every verb of a guide is made of: frozen models with bounded fields, and the words that may stand in them.

A check reads and changes nothing; a deed does something. A model is named by its `verb`, its docstring is its entry in the
authors' manual, and its ClassVars say what player, linter and manual need to know of it.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, StringConstraints

from firstlight_contract.doc import Doc as Doc

Partition = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,35}$")]
Variable = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9._:-]{0,63}$")]


def _as_text(raw: object) -> object:
    """A number or true and false as a device writes them."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(raw) if isinstance(raw, int | float) else raw


Value = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[\x20-\x7e]+$"), BeforeValidator(_as_text)]
"""What a device may say; a number is read as its text."""
Seconds = Annotated[int, Field(ge=1, le=3600)]
GuideFileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9 ._+()@~,=-]{0,118}[A-Za-z0-9_)+~=-]$|^[A-Za-z0-9_]$")]
"""A name under `files:` of the guide; never a path."""


class ActionDoc(Doc):
    """Base of all verbs. `short` names the field that a bare value fills: `adb.battery: 40`."""

    short: ClassVar[str] = ""
    verb: str


class CheckDoc(ActionDoc):
    """Base of checks: they read."""


class DeedDoc(ActionDoc):
    """Base of deeds.

    `writes`: it changes what the device keeps, so the linter asks for a gate and a way back. `sends`: it changes nothing that stays, and
    still brings an image there, which only the right device may get. `erases`: the tester's data may go
    with it. `device_shell`: runs a command on the device, which only a signed guide may, shown word for word before.
    """

    writes: ClassVar[bool] = False
    sends: ClassVar[bool] = False
    erases: ClassVar[bool] = False
    device_shell: ClassVar[bool] = False

    def part_names(self) -> tuple[str, ...]:
        """Parts of the device that it writes one by one, for the list of parts and their bars; () for a deed without."""
        return ()

    def file_names(self) -> tuple[str, ...]:
        """Names under `files:` of the guide that it needs."""
        return ()

    def shown(self) -> str:
        """Of a deed with `device_shell`: the command, word for word, as the device will run it."""
        return ""
