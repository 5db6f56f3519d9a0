# SPDX-License-Identifier: Apache-2.0
"""What commands work with that need nobody's profile: folders, a terminal to speak through, a companion. Starts in a tenth of a second."""

from __future__ import annotations

from functools import cached_property

from firstlight.base.paths import Paths
from firstlight.base.work import Work
from firstlight.cli.terminal import Terminal, TerminalWork


class Bare:
    """One command, without a log: what it has to tell it tells at once. Raises OSError."""

    def __init__(self, *, paths: Paths, out: Terminal) -> None:
        paths.make()
        self.paths = paths
        self.out = out

    @cached_property
    def work(self) -> Work:
        """The companion of whatever the command does."""
        return TerminalWork()

    def close(self) -> None:
        """Nothing to let go."""
