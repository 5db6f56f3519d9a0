# SPDX-License-Identifier: Apache-2.0
"""Device files of another publisher: imported with nothing left out, then every guide of them rehearsed through every fault, all by the
command line. Run with -s for the table.

Theirs are not ours to keep: FIRSTLIGHT_DEVICE_FILES names a folder with them; without it one of our own, in their shape, stands for them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from faults.rehearsals.rehearse import all_of, command, table, told

OWN = Path(__file__).resolve().parents[2] / "recordings" / "ubports-whole"
FOLDER = Path(os.environ.get("FIRSTLIGHT_DEVICE_FILES") or OWN)


@pytest.mark.long
def test_device_files_are_imported_whole_and_rehearsed_through_every_fault(tmp_path: Path) -> None:
    sources = sorted(str(path) for path in FOLDER.glob("*.yml"))
    assert sources, f"no device files in {FOLDER}"
    out = tmp_path / "guides"
    done = command(tmp_path / "import", "guide", "import", "ubports", *sources, "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout.splitlines()[-1])
    print("\n" + ", ".join(f"{key} {value}" for key, value in result.items() if isinstance(value, int)))
    assert result["unmapped"] == 0
    found = all_of(sorted(out.glob("*/guide.yaml")), tmp_path / "rehearsals")
    print("\n".join(table(name, rows) for name, rows in found.items()))
    assert found
    for name, rows in found.items():
        assert told(rows["none"]) == "finished", name
        assert not [(name, row) for row in rows.values() if not row["good"]]
        assert not [(name, row) for row in rows.values() if row["first"] == "refused" and row["sent"]]
