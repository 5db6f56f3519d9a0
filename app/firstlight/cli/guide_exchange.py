# SPDX-License-Identifier: Apache-2.0
"""`firstlight guide import|export`: guides of other programs, and ours for them. What has no place on the other side is named."""

from __future__ import annotations

import argparse
import dataclasses
from collections import Counter
from pathlib import Path

from firstlight.base.errors import BadInput
from firstlight.cli.core import Core
from firstlight.guides.check import check
from firstlight.guides.document import read
from firstlight.guides.exchange import omanual_write
from firstlight.guides.exchange.draft import Fate, Imported, Remark, keep
from firstlight.guides.exchange.table import READERS

_SHOWN = 40
_WORDS = {
    Fate.UNMAPPED: "cannot be said in a guide",
    Fate.CHANGED: "said in another way",
    Fate.MISSING: "was not there",
    Fate.ADDED: "added",
}


def add(below: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands and their options."""
    importing = below.add_parser("import", help="make guides of files of other programs")
    importing.add_argument("kind", choices=sorted(READERS), help="whose files they are")
    importing.add_argument("sources", metavar="SRC", nargs="+", type=Path, help="files, or folders of them")
    importing.add_argument("--out", metavar="DIR", type=Path, required=True, help="where each guide gets a folder of its own")
    importing.add_argument("--all", action="store_true", help="list every remark, not only the first")
    importing.set_defaults(run=run_import)
    exporting = below.add_parser("export", help="write a guide as a package of another format")
    exporting.add_argument("kind", choices=["omanual"])
    exporting.add_argument("guide", metavar="FILE", type=Path, help="a guide.yaml, its pictures beside it")
    exporting.add_argument("--out", metavar="FILE", type=Path, required=True, help="the package, usually NAME.omanual")
    exporting.add_argument("--lang", default="en", help="language of the words")
    exporting.set_defaults(run=run_export)


def run_import(args: argparse.Namespace, core: Core) -> int:
    """1 when nothing came out, or something that came out is no sound guide."""
    found = Imported()
    for source in args.sources:
        if not source.exists():
            raise BadInput(path=str(source), line=0, why="there is no such file or folder")
    for source in args.sources:
        files = _files(source, args.kind)
        if not files:
            found.remark(
                str(source), "", "a file of such a guide", Fate.MISSING, f"no file in it ends in {', '.join(_SUFFIXES[args.kind])}"
            )
        for file in files:
            core.work.check()
            before = len(found.remarks)
            READERS[args.kind](file, found)
            if source.is_dir():  # a folder may hold many files of one name
                named = str(file.relative_to(source))
                found.remarks[before:] = [dataclasses.replace(r, source=named) for r in found.remarks[before:]]
    kept = keep(found, args.out)
    unsound = [m for path in kept for m in check(path) if not getattr(m, "is_warning", False)]
    for path in kept[:_SHOWN]:
        core.out.line(f"{path}")
    if len(kept) > _SHOWN:
        core.out.line(f"… and {len(kept) - _SHOWN} more")
    _tell(core, found.remarks, everything=args.all)
    core.out.line(
        f"{len(kept)} guides from {found.items} items and {found.actions} actions; {found.count(Fate.UNMAPPED)} items not mapped."
    )
    for m in unsound[:_SHOWN]:
        core.out.hint(f"{m.path}:{m.line}: {m.where}: {m.why}")
    core.out.result(
        {
            "ok": bool(kept) and not unsound,
            "guides": [str(p) for p in kept],
            "items": found.items,
            "actions": found.actions,
            "unmapped": found.count(Fate.UNMAPPED),
            "remarks": [dataclasses.asdict(r) for r in found.remarks],
        }
    )
    return 0 if kept and not unsound else 1


def _files(source: Path, kind: str) -> list[Path]:
    if not source.is_dir():
        return [source]
    return sorted(p for p in source.rglob("*") if p.suffix.lower() in _SUFFIXES[kind] and p.is_file())


_SUFFIXES = {
    "ubports": (".yml", ".yaml"),
    "ifixit": (".json", ".jsonl"),
    "omanual": (".omanual", ".zip", ".xml"),
    "openwrt": (".json",),
}


def run_export(args: argparse.Namespace, core: Core) -> int:
    """Write the package."""
    path = args.guide / "guide.yaml" if args.guide.is_dir() else args.guide
    guide = read(path)
    if args.lang not in guide.title:
        raise BadInput(path=str(path), line=0, why=f"it has no words in {args.lang}, only in {', '.join(sorted(guide.title))}")
    told = omanual_write.write(guide, path.absolute().parent, args.out, args.lang)
    _tell(core, told.remarks, everything=True)
    core.out.line(f"{args.out}: {args.out.stat().st_size} bytes")
    core.out.result({"ok": True, "out": str(args.out), "remarks": [dataclasses.asdict(r) for r in told.remarks]})
    return 0


def _tell(core: Core, remarks: list[Remark], *, everything: bool) -> None:
    shown = remarks if everything else remarks[:_SHOWN]
    for r in shown:
        place = f"{r.source}: {r.where}" if r.where else r.source
        core.out.line(f"{place}: {r.what}: {_WORDS[r.fate]} ({r.why})")
    if len(shown) < len(remarks):
        counts = Counter(_WORDS[r.fate] for r in remarks)
        core.out.line(f"… {len(remarks)} remarks in all ({', '.join(f'{n} {k}' for k, n in counts.items())}); --all lists them.")
