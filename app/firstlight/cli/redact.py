# SPDX-License-Identifier: Apache-2.0
"""`firstlight redact IN -o OUT`: a log without its private details, line for line."""

from __future__ import annotations

import argparse
from pathlib import Path

from firstlight.base.errors import BadInput
from firstlight.cli.core import Core
from firstlight.redact.engines import NAMES
from firstlight.redact.errors import Unreadable
from firstlight.redact.kinds import KINDS
from firstlight.redact.mask import redact
from firstlight.redact.patterns import VERSION


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("redact", help="write a log without its private details")
    parser.add_argument("source", type=Path, metavar="IN", help="a text, also UTF-16; packed as gz, xz, bz2 or zst; a zip or tar of texts")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="the file to write")
    parser.add_argument(
        "--findings",
        type=Path,
        metavar="FILE.jsonl",
        help="list each hidden detail: line, bytes of it (terminal codes do not count), kind, token",
    )
    parser.add_argument("--engine", choices=NAMES, default="", help="how to look; each hides the same")
    parser.add_argument("--keep", action="append", default=None, choices=sorted(KINDS), metavar="KIND", help="leave this kind readable")
    parser.add_argument("--hide", action="append", default=[], metavar="TEXT", help="hide this text too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, core: Core) -> int:
    """Never over the input: what was hidden would be gone; and one file for each purpose."""
    if args.source.exists() and not args.source.is_file():  # a pipe cannot be read twice
        raise Unreadable(name=str(args.source), why="it is no file")
    if _is_same(args.out, args.source):
        raise Unreadable(name=str(args.out), why="it is the input itself")
    if args.findings and (_is_same(args.findings, args.source) or _is_same(args.findings, args.out)):
        raise Unreadable(name=str(args.findings), why="the list of what was hidden needs a file of its own")
    for target in filter(None, (args.out, args.findings)):
        if target.is_dir() or not target.parent.is_dir():
            raise BadInput(path=str(target), line=0, why="a file cannot stand there")
    choices = {"restored": [], "extra": args.hide} | ({} if args.keep is None else {"off_kinds": args.keep})
    result = redact(args.source, args.out, choices, core.work, engine=args.engine, findings=args.findings)
    core.out.line(f"{result.hidden} of {result.found} details hidden in {result.lines} lines ({result.engine}).")
    core.out.result(
        {
            "ok": True,
            "hidden": result.hidden,
            "found": result.found,
            "kinds": result.kinds,
            "lines": result.lines,
            "engine": result.engine,
            "rules": VERSION,
        }
    )
    return 0


def _is_same(first: Path, second: Path) -> bool:
    return first.resolve() == second.resolve() or (first.exists() and second.exists() and first.samefile(second))
