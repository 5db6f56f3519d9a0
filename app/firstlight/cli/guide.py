# SPDX-License-Identifier: Apache-2.0
"""`firstlight guide list|check|run`: what guides there are, whether a file is a sound one, and playing one without a window."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from firstlight.cli import guide_exchange
from firstlight.cli.core import Core
from firstlight.cli.guide_answers import read_answers
from firstlight.cli.guide_bench import GuideBench
from firstlight.cli.guide_run import play
from firstlight.cli.option_values import device_or_phone
from firstlight.guides.check import check
from firstlight_contract.wire import words_in

_DEVICE = (
    "fastboot:tcp:HOST:PORT, fastboot:SERIAL, adb:HOST:PORT, adb:SERIAL, ssh:[USER@]HOST[:PORT], recovery:ADAPTER,mac=MAC, card:/dev/sdX; "
    "may be repeated"
)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands and their options."""
    parser = subparsers.add_parser("guide", help="guides: list, check, run")
    below = parser.add_subparsers(dest="guide_command", metavar="COMMAND", required=True)
    listing = below.add_parser("list", help="all guides of this PC")
    listing.set_defaults(run=run_list)
    checking = below.add_parser("check", help="name line, place and mend of every mistake in guide files")
    checking.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a guide.yaml, its pictures beside it")
    checking.add_argument("--strict", action="store_true", help="warnings count as mistakes")
    checking.set_defaults(run=run_check)
    schema = below.add_parser("schema", help="print the JSON Schema of guides, for an editor")
    schema.set_defaults(run=run_schema)
    manual = below.add_parser("manual", help="print the authors' manual page on guides")
    manual.set_defaults(run=run_manual)
    rehearsing = below.add_parser("rehearse", help="play a guide against practice devices, through every fault; for authors and their CI")
    rehearsing.add_argument("file", metavar="FILE", type=Path, help="a guide.yaml")
    rehearsing.add_argument("--fault", action="append", default=[], metavar="NAME[:NUMBER]", help="this fault alone; may be repeated")
    rehearsing.set_defaults(run=run_rehearse)
    guide_exchange.add(below)
    running = below.add_parser("run", help="play a guide in this terminal")
    running.add_argument("guide", metavar="GUIDE", help="a name from `guide list`, or a guide.yaml")
    running.add_argument("--device", action="append", default=[], type=device_or_phone, metavar="KIND:ADDRESS", help=_DEVICE)
    running.add_argument("--answers", type=Path, metavar="FILE", help="a YAML file with what the tester says and types")
    running.add_argument("--files", type=Path, metavar="DIR", help="where the files lie that the guide names")
    running.add_argument("--yes", action="store_true", help="tick what hands do, take defaults, agree to dangers of practice devices")
    running.add_argument("--resume", action="store_true", help="carry on the newest unfinished run of this guide")
    running.add_argument("--back", action="store_true", help="with --resume: put the previous build back")
    running.add_argument("--again", action="store_true", help="with --resume: do the step that wrote before the fault once more")
    running.add_argument("--undo", metavar="STEP", help="with --resume: take back a step that is done, and what stands on it; then go on")
    running.set_defaults(run=run_play, usage=running)


def run_list(args: argparse.Namespace, core: Core) -> int:
    """One line a guide."""
    del args
    language = core.settings.language or "en"
    rows = []
    bench = GuideBench(core)
    unfinished = {s.guide.id: s for s in bench.runs.unfinished(bench.account_id)}
    for entry in bench.library.entries(bench.account_id):
        guide = entry.guide
        title = words_in(guide.title, language)
        state = unfinished.get(entry.slug)
        where = f", step {state.current + 1} of {len(guide.steps)}" if state else ""
        core.out.line(f"{entry.slug:<16} {title}, about {guide.minutes} min{where}")
        rows.append(
            {
                "slug": entry.slug,
                "title": title,
                "version": guide.version,
                "kind": guide.kind.value,
                "minutes": guide.minutes,
                "steps": len(guide.steps),
                "origin": entry.origin.value,
                "offline": entry.is_offline,
                "unfinished": state.run_id if state else None,
            }
        )
    core.out.result({"ok": True, "guides": rows})
    bench.close()
    return 0


def run_check(args: argparse.Namespace, core: Core) -> int:
    """Status 1 when there is a mistake in any of the files; with --strict also for a warning."""
    rows, is_bad = [], False
    for file in args.files:
        path = file / "guide.yaml" if file.is_dir() else file
        found = check(path)
        for m in found:
            kind = "warning: " if m.is_warning else ""
            core.out.line(f"{m.path}:{m.line}: {kind}{m.where + ': ' if m.where else ''}{m.why}. Mend: {m.mend}.")
            row = {"path": m.path, "line": m.line, "where": m.where, "why": m.why, "mend": m.mend, "warning": m.is_warning}
            rows.append(row)
            is_bad = is_bad or args.strict or not m.is_warning
        if not found:
            core.out.line(f"{path}: sound")
    core.out.result({"ok": not is_bad, "mistakes": rows})
    return 1 if is_bad else 0


def run_schema(_: argparse.Namespace, core: Core) -> int:
    """As `resources/schema/guide-1.schema.json` has it."""
    del core
    sys.stdout.write(schema_text())
    return 0


def run_manual(_: argparse.Namespace, core: Core) -> int:
    """As `resources/manual/guides.md` has it."""
    from firstlight.guides.manual import manual  # noqa: PLC0415  # heavy: every model of the format, for this command alone

    if core.out.as_json:
        core.out.result({"ok": True, "manual": manual()})
    else:
        sys.stdout.write(manual())
    return 0


def schema_text() -> str:
    """The schema as the file has it."""
    from firstlight_contract.guide_schema import guide_schema  # noqa: PLC0415  # heavy: as above

    return json.dumps(guide_schema(), indent=1, ensure_ascii=False) + "\n"


def run_rehearse(args: argparse.Namespace, core: Core) -> int:
    """A table, a line a fault; status 1 when one does not end as it should."""
    from firstlight.cli.guide_rehearse import rehearse  # noqa: PLC0415  # heavy: all practice devices, for this command alone

    return rehearse(args.file / "guide.yaml" if args.file.is_dir() else args.file, tuple(args.fault), core)


def run_play(args: argparse.Namespace, core: Core) -> int:
    """Play to the end, or to the fault that stops it."""
    if not args.resume and (args.back or args.again or args.undo):
        args.usage.error("--back, --again and --undo are about a run that has begun: add --resume")
    answers = read_answers(args.answers)
    path = Path(args.guide)
    beside = path.parent if path.name == "guide.yaml" else None
    bench = GuideBench(core, given=tuple(args.device), files=args.files, beside=beside)
    try:
        return play(args, core, bench, answers)
    finally:
        bench.close()
