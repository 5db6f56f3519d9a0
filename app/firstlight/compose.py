# SPDX-License-Identifier: Apache-2.0
"""Start and end of the window, as a story: what is looked at, opened and shown in which order, and closed in the reverse one.

`firstlight`            the window
`firstlight demo`       the window on a hub of this PC, in a profile of its own
`firstlight tour`       the whole journey through the real window, one picture a page
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from firstlight.base import paths, settings
from firstlight.base.errors import BadInput
from firstlight.base.paths import Paths
from firstlight.shell.application import Application, Mode
from firstlight.shell.look import new_application
from firstlight.shell.screen import Screen
from firstlight.store.errors import StoreError
from firstlight.store.lock import FileLock
from firstlight_contract import __version__


def run_window(argv: Sequence[str], seen: Screen) -> int:
    """Run what the arguments say on the screen that was seen; the answer is the exit status."""
    args = _arguments(argv)
    if args.command == "tour":
        return _tour(args, seen)
    if not seen.has_screen:
        if args.command != "demo":
            _say(
                f"There is no screen to open a window on ({seen.why}). Nothing was changed. `firstlight --help` lists what works without one."
            )
            return 1
        _say(f"There is no screen to open a window on ({seen.why}). The whole journey is driven offscreen instead.")
        return _tour(args, seen)
    return _window(args, seen)


class _Arguments(NamedTuple):
    command: str = ""
    out: Path | None = None
    lang: str = "en"
    theme: str = "light"
    size: str = "1180x760"
    home: Path | None = None
    json: bool = False


def _arguments(argv: Sequence[str]) -> _Arguments:
    if not argv:
        return _Arguments()  # the window: argparse is not needed before the first paint
    argparse = importlib.import_module("argparse")
    parser = argparse.ArgumentParser(prog="firstlight", description="The companion of people who test devices before anyone else does.")
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="try everything on this computer")
    demo.add_argument("--json", action="store_true", help="with no screen: print the tour's result as JSON")
    tour = commands.add_parser("tour", help="the whole journey, one picture a page")
    tour.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the pictures and tour.json")
    tour.add_argument("--lang", choices=settings.LANGUAGES, default="en")
    tour.add_argument("--theme", choices=("light", "dark"), default="light")
    tour.add_argument("--size", default="1180x760", metavar="WxH", type=_size)
    tour.add_argument("--home", type=Path, metavar="DIR", help="profile to use and keep; without it a new one that is removed at the end")
    tour.add_argument("--json", action="store_true", help="print tour.json")
    return _Arguments(**vars(parser.parse_args(list(argv))))


def _size(text: str) -> str:
    width, x, height = text.partition("x")
    if x and all(part.isdecimal() and part.isascii() and 300 <= int(part) <= 8000 for part in (width, height)):
        return text
    raise importlib.import_module("argparse").ArgumentTypeError(f"{text} is no size of a window, such as 1180x760")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _tour(args: _Arguments, seen: Screen) -> int:
    gc.enable()
    if not seen.has_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    tour = importlib.import_module("firstlight.shell.tour")
    try:
        out = args.out or paths.find().data / "tour"
        status: int = tour.run(out=out, language=args.lang, theme=args.theme, size=args.size, home=args.home, as_json=args.json)
        return status
    except BadInput as error:
        _no_settings(error)
    except OSError as error:
        _no_folder(error.filename, error.strerror, "Choose another one.")
    except StoreError as error:
        _no_folder(error.facts.get("path"), error.facts.get("why", error.code), "Choose another one.")
    if args.json:
        sys.stdout.write(tour.NOTHING)
    return 1


def _window(args: _Arguments, seen: Screen) -> int:
    # WORKAROUND(Qt 6): the choice of platform must stand in the environment before QApplication is built.
    if seen.platform:
        os.environ.setdefault("QT_QPA_PLATFORM", seen.platform)
    is_demo = args.command == "demo"
    try:
        profile_paths = demo_paths(paths.find()) if is_demo else paths.find()
        profile_paths.make()
        chosen = settings.load(profile_paths.settings)
        lock = FileLock.take(profile_paths.data / "window.lock")
    except BadInput as error:
        return _no_settings(error)
    except OSError as error:
        return _no_folder(error.filename, error.strerror)
    except StoreError as error:
        return _no_folder(error.facts.get("path"), error.facts.get("why", error.code))
    app = new_application()
    app.setApplicationName("Firstlight")
    app.setDesktopFileName("firstlight")
    if lock is None:
        importlib.import_module("firstlight.shell.single_instance").knock(profile_paths.data)
        _say("Firstlight is open already; its window comes to the front.")
        return 0
    application = Application(app, profile_paths, chosen, version=__version__, mode=Mode(is_demo=is_demo))
    application.show()
    gc.enable()
    status: int = app.exec()
    application.close()
    lock.release()
    return status


def _no_settings(error: BadInput) -> int:
    _say(
        f"The settings in {error.facts['path']} cannot be read (line {error.facts['line']}: {error.facts['why']}). They were left as they are. Mend or remove the file."
    )
    return 1


def _no_folder(folder: object, why: object, instead: str = "FIRSTLIGHT_HOME names another one.") -> int:
    _say(f"The folder {folder} cannot be used: {why}. Nothing was changed. {instead}")
    return 1


def demo_paths(own: Paths) -> Paths:
    """The demo's profile lies beside the tester's own, so that trying never touches the real one."""
    root = own.data / "demo"
    return own._replace(data=root / "data", cache=root / "cache", logs=root / "logs", config=root / "config")
