# SPDX-License-Identifier: Apache-2.0
"""What commands work with: the profile's objects, each built when first asked for, and a terminal to speak through."""

from __future__ import annotations

from firstlight.base import log
from firstlight.base.paths import Paths
from firstlight.base.settings import load
from firstlight.cli import pictures
from firstlight.cli.bare import Bare
from firstlight.cli.terminal import Terminal
from firstlight.profile import Profile


class Core(Profile, Bare):
    """One profile, as one command sees it. Close it at the end. Raises BadInput when its settings are damaged, OSError."""

    def __init__(self, *, paths: Paths, out: Terminal) -> None:
        Bare.__init__(self, paths=paths, out=out)
        log.start(paths.logs)
        Profile.__init__(self, paths, load(paths.settings), flatten=pictures.flatten)
