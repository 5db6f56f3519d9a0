# SPDX-License-Identifier: Apache-2.0
"""`firstlight`: the window without arguments, else a command. Imports Qt only where a window is wanted."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

WINDOWS = ("", "demo", "tour")


def main(argv: Sequence[str] | None = None) -> int:
    """Run; the answer is the exit status: 0 done, 1 refused or failed with a sentence on stderr, 2 wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    first = arguments[0] if arguments else ""
    if first in WINDOWS:
        gc.disable()  # up to the first paint (compose): nothing built by then is rubbish, and to look for it takes a tenth of the time
        return _window(arguments)
    from firstlight.cli.program import main as run_command  # noqa: PLC0415  # heavy: the core

    return run_command(arguments)


def _window(arguments: list[str]) -> int:
    """Whether Qt can be imported at all is asked first: what comes after imports it in every other line."""
    from firstlight.shell import qt_imports, screen  # noqa: PLC0415  # not for a command

    seen = screen.look()
    if seen.missing == screen.PACKAGE:
        sys.stderr.write("Qt is not installed, so no window can open; commands work. This brings it: pip install PySide6-Essentials\n")
        return 1
    if seen.missing:
        sys.stderr.write(
            f"Qt cannot start: the library {seen.missing} is not on this computer. Nothing was changed. "
            f"On Debian and Ubuntu this brings it:\n{screen.APT}\n"
        )
        return 1
    qt_imports.keep_plain()
    from firstlight.compose import run_window  # noqa: PLC0415  # heavy: Qt

    return run_window(arguments, seen)


if __name__ == "__main__":
    sys.exit(main())
