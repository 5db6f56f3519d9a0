# SPDX-License-Identifier: Apache-2.0
"""Builds what a run can reach, the same for window and commands: phones, routers, recovery, cards, this PC, files, other guides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from firstlight.devices.address import Address
from firstlight.devices.host.awake import awake
from firstlight.devices.host.preflight import Places
from firstlight.devices.inventory import Inventory
from firstlight.devices.routers import Routers
from firstlight.guides.backends import BackEnds
from firstlight.guides.cards import Cards
from firstlight.guides.document import read
from firstlight.guides.errors import GuideInvalid
from firstlight.guides.library import Library
from firstlight.guides.recoveries import Recoveries
from firstlight.guides.web_files import WebFiles
from firstlight_contract.guides import Guide


def reach(  # noqa: PLR0913  the one place where all of it comes together, named argument by named argument
    inventory: Inventory,
    *,
    library: Library,
    routers: Routers,
    account: Callable[[], int],
    given: Callable[[], tuple[Address, ...]] = tuple,
    given_files: Path | None = None,
    kept_files: Path | None = None,
    is_offline: Callable[[], bool] = bool,
    beside: Path | None = None,
) -> BackEnds:
    """All of it. `is_offline`: nothing is asked of the web. `beside`: the folder of a guide that is played from a file; guides in folders
    next to it may be used by it.
    """

    def find_guide(slug: str) -> tuple[Guide, Path] | None:
        if beside is not None:
            path = beside.parent / slug / "guide.yaml"
            if path.is_file():
                try:
                    return read(path), path.parent
                except GuideInvalid:
                    return None
        entry = library.entry(account(), slug)
        return (entry.guide, entry.folder) if entry else None

    return BackEnds(
        inventory,
        routers=routers,
        recoveries=Recoveries(),
        cards=Cards(),
        given=given,
        places=Places(),
        awake=awake,
        given_files=given_files,
        kept_files=kept_files,
        bring=WebFiles(is_offline),
        asks_web=True,
        find_guide=find_guide,
    )
