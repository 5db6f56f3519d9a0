# SPDX-License-Identifier: Apache-2.0
"""What commands work with: the profile's objects, each built when first asked for, and a terminal to speak through."""

from __future__ import annotations

from functools import cached_property

from firstlight.base import log
from firstlight.base.paths import Paths
from firstlight.base.settings import load
from firstlight.base.work import Work
from firstlight.cli import pictures
from firstlight.cli.terminal import Terminal, TerminalWork
from firstlight.profile import Profile


class Core(Profile):
    """One profile, as one command sees it. Close it at the end. Raises BadInput when its settings are damaged, OSError."""

    def __init__(self, *, paths: Paths, out: Terminal) -> None:
        paths.make()
        log.start(paths.logs)
        super().__init__(paths, load(paths.settings), flatten=pictures.flatten)
        self.out = out

    @cached_property
    def work(self) -> Work:
        """The companion of whatever the command does."""
        return TerminalWork()
