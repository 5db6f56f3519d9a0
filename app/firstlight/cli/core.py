# SPDX-License-Identifier: Apache-2.0
"""What commands work with: the profile's objects, each built when first asked for, and a terminal to speak through."""

from __future__ import annotations

from functools import cached_property

from firstlight.base import log
from firstlight.base.paths import Paths
from firstlight.base.settings import load
from firstlight.cli import pictures
from firstlight.cli.bare import Bare
from firstlight.cli.terminal import Terminal
from firstlight.profile import Profile
from firstlight.store.db import Database


class Core(Profile, Bare):
    """One profile, as one command sees it. Close it at the end. Raises BadInput when its settings are damaged, OSError."""

    def __init__(self, *, paths: Paths, out: Terminal) -> None:
        Bare.__init__(self, paths=paths, out=out)
        log.start(paths.logs)
        Profile.__init__(self, paths, load(paths.settings), flatten=pictures.flatten)

    @cached_property
    def db(self) -> Database:
        """The local store. What opening it had to mend is told here, for nobody will learn it later. Raises StoreError."""
        db = super().db
        if db.recovery is not None:
            found, more = db.recovery.reports, db.recovery.reports_from_backup
            self.out.hint(
                f"The store of this profile was damaged and was rebuilt: {found} reports read from it, {more} from the last backup. "
                f"The damaged file is kept as {db.recovery.kept_aside}."
            )
        return db
