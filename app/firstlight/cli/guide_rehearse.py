# SPDX-License-Identifier: Apache-2.0
"""The table of `firstlight guide rehearse`: one line a fault, told as it comes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from firstlight.cli.core import Core
from firstlight.devices import tool
from firstlight.guides.document import read
from firstlight.guides.errors import GuideInvalid
from firstlight.guides.rehearsal import Rehearsal, Row, faults_of
from firstlight_contract.guides import Guide

_WIDTHS = (18, 10, 38, 16, 12, 8)


def rehearse(path: Path, faults: tuple[str, ...], core: Core) -> int:
    """Without `faults` all that a device of the guide's kind can have."""
    guide = read(path)
    chosen = faults or faults_of(guide, core.paths.cache)
    rehearsal = Rehearsal(
        guide,
        path.parent,
        adb=lambda: tool.find("adb", core.settings.adb),
        fastboot=lambda: tool.find("fastboot", core.settings.fastboot),
        find_guide=lambda slug: _beside(path, slug),
    )
    core.out.line(_line(("fault", "first", "gate or fault", "at step", "bytes sent", "then")))
    rows: list[Row] = []
    for row in rehearsal.rows(chosen, core.work):
        rows.append(row)
        then = "ended" if row.ended else "stuck"
        sent = "" if row.first == "finished" else f"{row.sent}"
        core.out.line(_line((row.fault, row.first, row.code, row.step, sent, then)) + ("" if row.is_good else f"  WRONG {row.why}"))
    is_good = all(row.is_good for row in rows)
    core.out.result({"ok": is_good, "guide": guide.id, "rows": [asdict(row) | {"good": row.is_good} for row in rows]})
    return 0 if is_good else 1


def _line(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _beside(path: Path, slug: str) -> tuple[Guide, Path] | None:
    other = path.absolute().parent.parent / slug / "guide.yaml"
    try:
        return (read(other), other.parent) if other.is_file() else None
    except GuideInvalid:
        return None
