# SPDX-License-Identifier: Apache-2.0
"""Spares every import that follows Qt's a reading of the imported module's source."""

from __future__ import annotations

import sys


def keep_plain() -> None:
    """Call it once Qt is imported, and before the rest is.

    WORKAROUND(PySide 6.5 to 6.11): its hook looks into the source of each module for `from __feature__ import`, and linecache keeps
    what was read: 18 MB for the whole house, and half a second. None of our modules asks for such a feature. Where the hook looks
    different one day, nothing is changed, and tests/unit/test_first_paint.py says so.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _uses_none  # type: ignore[attr-defined]  # noqa: SLF001  it has no public name


def _uses_none(_module: object) -> bool:
    return False
