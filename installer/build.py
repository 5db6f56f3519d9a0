# SPDX-License-Identifier: Apache-2.0
"""Make the one-dir bundle: desktop and embedded hub in `dist/firstlight`, startable with no Python on the machine.

usage: python installer/build.py [--out dist]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    args = parser.parse_args()
    # --clean: without it an old module of an earlier build can be taken again.
    # ERROR: each module that leave_out.py names would be a warning.
    command = [sys.executable, "-m", "PyInstaller", "--clean", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(args.out), "--workpath", str(args.out / "work"), str(ROOT / "installer" / "firstlight.spec")]
    subprocess.run(command, check=True, cwd=ROOT)
    folder = args.out / "firstlight"
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    print(f"{folder}: {size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
