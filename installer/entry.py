# SPDX-License-Identifier: Apache-2.0
"""The frozen program's start: the desktop, or with `--hub` the embedded hub (the desktop starts itself so)."""

import multiprocessing
import sys


def main() -> int:
    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["--hub"]:
        del sys.argv[1]
        from firstlight_hub.__main__ import main as hub  # noqa: PLC0415  # heavy: Django

        return int(hub() or 0)
    from firstlight.__main__ import main as desktop  # noqa: PLC0415  # heavy: not for the hub

    return int(desktop() or 0)


if __name__ == "__main__":
    sys.exit(main())
