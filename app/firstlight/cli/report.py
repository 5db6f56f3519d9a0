# SPDX-License-Identifier: Apache-2.0
"""`firstlight report new|send|list`: write a report, put it in the outbox, see what became of it."""

from __future__ import annotations

import argparse
import dataclasses
import mimetypes
from pathlib import Path

from firstlight.cli.core import Core
from firstlight.cli.words import as_text
from firstlight.reports.report import Draft, Outgoing, ReportRow, Section
from firstlight.store.errors import SourceUnreadable
from firstlight_contract.reports import Kind, Often, Severity

_PICTURES = {"image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif", "image/tiff"}
_SECTIONS = {
    Section.DRAFT: "draft",
    Section.OUTBOX: "in the outbox",
    Section.NEEDS_YOU: "needs you",
    Section.TEAM: "with the team",
    Section.FIXED: "fixed",
}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("report", help="write reports and see what became of them")
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    new = acts.add_parser("new", help="write a report and put it in the outbox", description=_write.__doc__)
    new.add_argument("--title", default="", help="one sentence that says what it is about; with --run the step's name is taken")
    new.add_argument("--text", default="", help="what happened, and what you expected")
    new.add_argument("--run", dest="run_id", default="", metavar="RUN", help="from where a guide's run stands, its journal attached")
    new.add_argument("--too", action="store_true", help="with --run: others met this at the same step, and you have it too")
    new.add_argument("--kind", choices=[str(kind) for kind in Kind], default=str(Kind.BUG))
    new.add_argument("--steps", default="", help="how to see it again")
    new.add_argument("--often", choices=[str(often) for often in Often], default=str(Often.UNKNOWN))
    new.add_argument("--severity", choices=[str(severity) for severity in Severity], default=str(Severity.ANNOYING))
    new.add_argument("--attach", action="append", type=Path, default=[], metavar="FILE", help="a picture, a log, any file; may be repeated")
    new.add_argument("--draft", action="store_true", help="only keep it, to look at it in the window before it goes")
    new.set_defaults(run=_write, wrong=new.error)
    send = acts.add_parser("send", help="put a draft in the outbox")
    send.add_argument("id", metavar="ID")
    send.set_defaults(run=_send)
    listing = acts.add_parser("list", help="all reports, with what became of them")
    listing.set_defaults(run=_list)


def run(args: argparse.Namespace, core: Core) -> int:
    """The act that was named."""
    status: int = args.run(args, core)
    return status


def _write(args: argparse.Namespace, core: Core) -> int:
    """Write a report. Pictures leave without place and camera, texts without the private details that the rules find;
    with --draft nothing leaves before you have looked at it in the window."""
    for path in args.attach:
        _look(path)
    account = core.sessions.current()
    words, files = _begun(args, core)
    draft = core.reports.new(account.id if account else None, **words)  # type: ignore[arg-type]
    try:
        for path in (*args.attach, *files):
            _attach(core, draft, path)
        if args.draft:
            core.out.line(f"Kept as a draft: {draft.id}")
            core.out.result({"ok": True, "id": draft.id, "state": "draft"})
            return 0
        return _queue(core, draft.id)
    except BaseException:
        core.out.hint(f"The draft is kept: {draft.id}")
        raise


def _look(path: Path) -> None:
    """SourceUnreadable for what cannot be attached, before anything is kept: a slip of the pen must not leave a draft at each try."""
    try:
        if path.is_file():
            path.open("rb").close()
            return
        is_there = "it is a folder" if path.is_dir() else "it is no file that can be sent"
        why = is_there if path.exists() else "there is no such file"
    except OSError as error:
        why = error.strerror or str(error)
    raise SourceUnreadable(path=str(path), why=why)


def _begun(args: argparse.Namespace, core: Core) -> tuple[dict[str, str], tuple[Path, ...]]:
    """The words of a new report, and the files of the run that it begins at."""
    words = {name: as_text(getattr(args, name)) for name in ("title", "text", "kind", "steps", "often", "severity")}
    files: tuple[Path, ...] = ()
    given = {"title": args.title.strip() or args.run_id, "text": args.text.strip() or (args.too and args.run_id)}
    for name in (name for name, is_given in given.items() if not is_given):
        args.wrong(f"--{name} is wanted")
    if args.run_id:
        from firstlight.cli.guide_bench import GuideBench  # noqa: PLC0415  # heavy: guides and devices, for a report from a run alone
        from firstlight.guides.standing import files_of, standing  # noqa: PLC0415  # as above

        bench = GuideBench(core)
        try:
            player = bench.runs.resume(args.run_id)
            where = standing(player.state, core.settings.language or "en")
            files = tuple(path for path, _ in files_of(player))
        finally:
            bench.close()
        words |= {"guide_step": f"{where.guide_title}: {where.step_title}"[:200], "device_model": where.device_model, "build": where.build}
        words["title"] = words["title"] or where.step_title
        words["text"] = words["text"] or ("I have this too." if args.too else "")
    return words, files


def _attach(core: Core, draft: Draft, path: Path) -> None:
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media in _PICTURES:
        role = "picture"
    elif media.startswith("text/") or path.suffix in {".log", ".txt"}:
        role, media = "log", "text/plain"
    else:
        role = {".zip": "bugreport", ".gz": "log", ".zst": "log"}.get(path.suffix.lower(), "file")  # packed logs are looked into
    core.reports.attach(draft.id, path, name=path.name, role=role, media=media, work=core.work)


def _send(args: argparse.Namespace, core: Core) -> int:
    draft = core.reports.get(as_text(args.id))
    account = core.sessions.current()
    if draft.account_id is None and account:
        core.reports.adopt(account.id)
    return _queue(core, draft.id)


def _queue(core: Core, id: str) -> int:
    for attachment in core.reports.get(id).attachments:
        # Naming a file on the command line says that it shall go; what the rules find in it is hidden, and counted below.
        core.reports.set_reviewed(id, attachment.pos)
    files = [out for out in core.reports.outgoing(id, core.work) if out.purpose != "words"]
    # Nobody can take a typed command back, so it may leave at once.
    core.reports.queue(id, core.work, undo_ms=0)
    core.out.line(f"In the outbox: {id}")
    for out in files:
        hidden = f", {out.hidden} private details hidden" if out.hidden else ""
        core.out.line(f"  {out.name}, {out.size:,} bytes{hidden}")
    core.out.line("It is kept on this PC and goes out with `firstlight sync`, or by itself while the window is open.")
    core.out.result({"ok": True, "id": id, "state": "queued", "files": [_file(out) for out in files]})
    return 0


def _file(out: Outgoing) -> dict[str, object]:
    return {"name": out.name, "size": out.size, "media": out.media, "sha256": out.sha256, "hidden": out.hidden}


def _list(args: argparse.Namespace, core: Core) -> int:
    del args
    account = core.sessions.current()
    rows = core.reports.listing(account.id if account else None)
    for row in rows:
        core.out.line(f"{row.number or '-':<9} {_status(row):<28} {row.title}")
        core.out.line(f"          {row.id}")
    if not rows:
        core.out.line("No reports yet. Write one with `firstlight report new`.")
    core.out.result({"ok": True, "reports": [dataclasses.asdict(row) for row in rows]})
    return 0


def _status(row: ReportRow) -> str:
    if row.section is Section.FIXED and row.fixed_in:
        return f"fixed in {row.fixed_in}"
    if row.section is Section.TEAM and row.planned_for:
        return f"planned for {row.planned_for}"
    return f"with the team, {row.state}" if row.section is Section.TEAM and row.state else _SECTIONS[row.section]
