# SPDX-License-Identifier: Apache-2.0
"""Verbs for systems that others publish by an index on their own servers: `provider.*`. What may be asked of whom is fixed here."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from firstlight_contract.verbs.doc import CheckDoc, DeedDoc, GuideFileName
from firstlight_contract.wire import Slug

Provider = Literal["systemimage", "postmarketos", "lineage_os", "asteroid_os"]
CodeName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]


class ProviderFetch(DeedDoc):
    """Ask a provider's index for the newest system of a device and bring its files to this PC, with the hashes that the index tells.
    `choose` names the guide's questions that say which: `{channel: channel}`. `names` are the files that later steps use.
    """

    verb: Literal["provider.fetch"]
    from_: Provider = Field(alias="from")
    device: CodeName
    choose: dict[Slug, Slug] = Field(default_factory=dict, max_length=4)
    names: tuple[GuideFileName, ...] = Field(default=(), max_length=8)


class ProviderInstall(DeedDoc):
    """Hand a fetched system image (Ubuntu Touch) to the phone's recovery, which installs it at its next start. `wipe` names the
    guide's question whether personal data goes.
    """

    writes: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    verb: Literal["provider.install"]
    from_: Literal["systemimage"] = Field(alias="from")
    wipe: Slug | None = None


CHECKS: tuple[type[CheckDoc], ...] = ()
DEEDS: tuple[type[DeedDoc], ...] = (ProviderFetch, ProviderInstall)
