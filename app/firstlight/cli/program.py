# SPDX-License-Identifier: Apache-2.0
"""Arguments in, exit status out: 0 done, 1 refused or failed with a sentence on stderr, 2 wrong usage."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from firstlight.base import paths
from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.cli.bare import Bare
from firstlight.cli.terminal import Terminal
from firstlight_contract import __version__

DONE, FAILED = 0, 1
_ABOUT = "The companion of people who test devices before anyone else does. Without a command the window opens."
_WINDOW = "`firstlight demo` opens the window on a practice hub of this PC; `firstlight tour --out DIR` draws a picture of every page."


class Command(Protocol):
    """A module that is a command."""

    def add(self, subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
        """Make its parser, with `run` as a default of it."""


COMMANDS = (
    "sign-in",
    "sign-out",
    "join",
    "report",
    "sync",
    "outbox",
    "guide",
    "devices",
    "image",
    "practice",
    "router",
    "redact",
    "trust",
    "doctor",
)
"""Each lies in a module of its name."""
_BARE = ("image",)
"""Those that need nobody's profile, and so start sooner and stay smaller."""


def _load(names: Sequence[str]) -> tuple[Command, ...]:
    """A command brings its room with it, so only the one that was asked for is loaded."""
    return tuple(cast("Command", importlib.import_module(f"firstlight.cli.{name.replace('-', '_')}")) for name in names)


def parser(more: Sequence[Command] = (), *, asked: str = "") -> argparse.ArgumentParser:
    """The command line: the command `asked`, or all of them; `more` are commands of the window's (`demo`, `tour`)."""
    top = argparse.ArgumentParser(prog="firstlight", description=_ABOUT, epilog=_WINDOW)
    top.add_argument("--version", action="version", version=f"Firstlight {__version__}")
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in (*_load((asked,) if asked in COMMANDS else COMMANDS), *more):
        command.add(subparsers)
    _add_json(top)
    return top


def _add_json(top: argparse.ArgumentParser) -> None:
    """--json on every command, also on those below another (`report list`)."""
    for action in top._actions:  # noqa: SLF001  argparse has no public way to its own sub-parsers
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for child in action.choices.values():
                _add_json(child)
                if "--json" not in child._option_string_actions:  # noqa: SLF001
                    child.add_argument("--json", action="store_true", help="one JSON object for programs instead of words")


def _core(command: str, found: paths.Paths, out: Terminal) -> Bare:
    if command in _BARE:
        return Bare(paths=found, out=out)
    from firstlight.cli.core import Core  # noqa: PLC0415  # heavy: every room

    return Core(paths=found, out=out)


def main(argv: Sequence[str], more: Sequence[Command] = ()) -> int:
    """Run one command of the core. What is no FirstlightError is a bug and shows as one."""
    args = parser(more, asked=argv[0] if argv else "").parse_args(argv)
    out = Terminal(as_json=args.json)
    core: Bare | None = None
    try:
        core = _core(args.command, paths.find(), out)
        status: int = args.run(args, core)
    except (Cancelled, KeyboardInterrupt):
        out.refused(Cancelled.code, "Stopped. Everything is kept.", {})
        return FAILED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): nothing more to say, and nothing to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except FirstlightError as error:
        out.fault(error)
        return FAILED
    except OSError as error:
        where = str(error.filename or (core.paths.data if core else "the profile's folder"))
        why = error.strerror or str(error)
        told = f"The system refused {where}: {why}. What was kept stays kept. Check the disk and its rights."
        out.refused("system", told, {"path": where, "why": why})
        return FAILED
    finally:
        if core is not None:
            core.close()
    return status
