#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gallery: every scene of every room in every look as a picture, with contact sheets, and a report of words that do not fit.

usage: python tests/gallery/run.py --out DIR [--room R]… [--only SCENE]… [--lang en|zh_CN]… [--theme light|dark]… [--size WxH]…
       [--percent N]…

DIR/<room>/<scene>.<lang>.<theme>.<size>.png, DIR/sheets/<room>-<lang>-<theme>-<size>-N.png, DIR/report.txt. Exit 1 when a scene fails,
when visible words are cut, lie on each other or are English of ours in the Chinese window, or when Tab does not reach something or
nobody sees where it is. A room is tests/gallery/scenes_<room>.py.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "app")]

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from gallery.stage import Stage, View


def main() -> int:
    """A process per look: languages and themes belong to a whole application."""
    asked = _arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.one:
        return _one_look(asked)
    lines: list[str] = []
    for language, theme, size, percent in itertools.product(asked.lang, asked.theme, asked.size, asked.percent):
        look = ["--lang", language, "--theme", theme, "--size", size, "--percent", str(percent)]
        rest = [part for flag, many in (("--room", asked.room), ("--only", asked.only)) for value in many for part in (flag, value)]
        done = subprocess.run(
            [sys.executable, __file__, "--one", "--out", str(asked.out), *look, *rest], stdout=subprocess.PIPE, text=True, check=False
        )
        sys.stdout.write(done.stdout)
        lines += done.stdout.splitlines()
        if done.returncode not in (0, 1):
            lines.append(f"{' '.join(look)}: the look ended with {done.returncode}")
    (asked.out / "report.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    sys.stdout.write(f"{len(lines)} flaws; see {asked.out / 'report.txt'}\n")
    return 1 if lines else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    many = {"room": [], "only": [], "lang": ["en", "zh_CN"], "theme": ["light", "dark"], "size": ["1180x760", "900x600"]}
    for name in many:
        parser.add_argument(f"--{name}", action="append", default=None)
    parser.add_argument("--percent", action="append", type=int, default=None)
    asked = parser.parse_args()
    for name, usual in (*many.items(), ("percent", [100])):
        setattr(asked, name, getattr(asked, name) or usual)
    return asked


def _one_look(asked: argparse.Namespace) -> int:
    from firstlight.shell.look import new_application
    from gallery import sheets
    from gallery.stage import View

    app = new_application()
    app.setQuitOnLastWindowClosed(False)
    view = View(asked.lang[0], asked.theme[0], asked.size[0], asked.percent[0])
    failed = False
    for room, scenes in _rooms(asked.room):
        folder = asked.out / room
        folder.mkdir(parents=True, exist_ok=True)
        for name, scene in scenes.items():
            if asked.only and name not in asked.only:
                continue
            for line in shoot(app, view, scene, folder / f"{name}.{view.name}.png"):
                failed = True
                sys.stdout.write(f"{room}/{name}.{view.name}: {line}\n")
                sys.stdout.flush()
        sheets.make(folder, view.name, asked.out / "sheets")
    return 1 if failed else 0


def _rooms(wanted: list[str]) -> Iterator[tuple[str, dict[str, Callable[[Stage], QWidget]]]]:
    for file in sorted(HERE.glob("scenes_*.py")):
        room = file.stem.removeprefix("scenes_")
        if not wanted or room in wanted:
            yield room, importlib.import_module(f"gallery.{file.stem}").SCENES


def shoot(app: QApplication, view: View, scene: Callable[[Stage], QWidget], path: Path) -> list[str]:
    """Play a scene and keep its picture; the answer is what is wrong with it, a line each."""
    from gallery.keyboard import unreached
    from gallery.looking import flaws
    from gallery.stage import Stage

    stage = Stage(app, view)
    try:
        shown = scene(stage)
        stage.rest()
        shown.grab().save(str(path))
        found = flaws(shown, view.language)
        if shown.isWindow():
            found += unreached(shown)
        return [f"{flaw.kind}: {flaw.words!r} {flaw.why}".rstrip() for flaw in found]
    except Exception as error:  # noqa: BLE001  one scene that fails must not cost the others
        sys.stderr.write(traceback.format_exc())
        return [f"failed: {type(error).__name__}: {error}"]
    finally:
        stage.close()


if __name__ == "__main__":
    sys.exit(main())
