# SPDX-License-Identifier: Apache-2.0
"""`firstlight-hub release publish | guide | resign`: bring out signed builds and guides from the release manager's PC."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from firstlight_contract.signing import GUIDE_DOCUMENT, BuildNote, Facts, Kind, SignedFile, Submission
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.firmware import signing
from firstlight_hub.guides.document import read
from firstlight_hub.site.desks import Desk
from firstlight_hub.site.key_commands import desk, load, now, where
from firstlight_hub.site.start import Refused


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = commands.add_parser("release", help="bring out signed builds and guides")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    publish = acts.add_parser("publish", help="sign the files of a build and give it to the testers")
    publish.set_defaults(run=_publish)
    publish.add_argument("files", nargs="+", metavar="[PARTITION=]FILE")
    publish.add_argument("--version", required=True, metavar="V")
    publish.add_argument("--device", required=True, help='the device model; "" for files that are no build of one')
    publish.add_argument("--programme", default="", help="default: the line's")
    publish.add_argument("--notes", type=Path, metavar="F", help="change list, a line each, as `fixed: it froze` or `new: …`")
    publish.add_argument("--min-from", default="", metavar="V", help="oldest build that it may be written over")
    publish.add_argument("--from-version", default="", metavar="V", help="the build before it; default: the newest published")
    publish.add_argument("--downgrade-ok", action="store_true", help="may be written over a newer build")
    publish.add_argument("--rollback-index", type=int, default=0)
    publish.add_argument("--guide", default="", help="the guide that writes it; default: DEVICE-weekly")
    publish.add_argument("--minutes", type=int, default=9, help="how long that takes")
    publish.add_argument("--wipes-data", action="store_true", help="the tester's data does not survive it")
    publish.add_argument("--draft", action="store_true", help="sign, and let staff publish it later")
    guide = acts.add_parser("guide", help="sign a guide's folder and give it to the testers")
    guide.set_defaults(run=_guide)
    guide.add_argument("folder", type=Path)
    resign = acts.add_parser("resign", help="sign a role once more, before it is over")
    resign.set_defaults(run=_resign)
    resign.add_argument("role", help="root, targets or a line")
    for command in (publish, guide):
        command.add_argument("--line", required=True)
    for command in (publish, guide, resign):
        command.add_argument("--key", type=Path, action="append", required=True, metavar="FILE", help="the key that signs; again for root")
        where(command)


def _publish(options: argparse.Namespace) -> int:
    (key,) = _only_one(options.key)
    signer, hub = load(key), desk(options)
    notes = _notes(options.notes)
    found = []
    for text in options.files:
        partition, path = _named(text)
        sha256, size = _upload(hub, path)
        facts = _facts(
            version=options.version,
            device=options.device,
            partition=partition,
            min_from=options.min_from,
            notes="\n".join(notes),
            downgrade_ok=options.downgrade_ok,
            rollback_index=options.rollback_index,
        )
        found.append(signing.target(f"{options.line}/{options.version}-{path.name}", sha256=sha256, size=size, facts=facts))
    build = _build(options, notes, hub) if options.device else None
    line = signing.with_files(hub.metadata(options.line), signer, found, now())
    _submit(hub, options.line, line, build)
    for target in found:
        sys.stdout.write(f"{target.path}  {target.length} bytes  {target.hashes['sha256']}\n")
    return 0


def _guide(options: argparse.Namespace) -> int:
    (key,) = _only_one(options.key)
    signer, hub = load(key), desk(options)
    text = options.folder / GUIDE_DOCUMENT
    try:
        document = read(text.read_bytes())
    except OSError as error:
        raise Refused(f"{text} cannot be read: {error.strerror}.") from error
    except ProblemError as error:
        raise Refused(f"{text}: {error.problem.title} {', '.join(error.problem.fields)}".rstrip() + ".") from error
    shown = []
    for name in document.pictures():
        sha256, size = _upload(hub, options.folder / name)
        shown.append(SignedFile(name=name, sha256=sha256, size=size))
    sha256, size = _upload(hub, text)
    facts = _facts(kind=Kind.GUIDE, version=document.version, files=tuple(shown))
    target = signing.target(f"{options.line}/{document.id}-{document.version}.yaml", sha256=sha256, size=size, facts=facts)
    _submit(hub, options.line, signing.with_files(hub.metadata(options.line), signer, [target], now()), None)
    sys.stdout.write(f"{target.path}  {size} bytes  {sha256}\n")
    return 0


def _resign(options: argparse.Namespace) -> int:
    hub = desk(options)
    fresh = signing.renewed(options.role, hub.metadata(options.role), [load(path) for path in options.key], now())
    _submit(hub, options.role, fresh, None)
    return 0


def _submit(hub: Desk, role: str, metadata: bytes, build: BuildNote | None) -> None:
    state = hub.submit(Submission(metadata={role: metadata.decode()}, build=build))
    there = next(known for known in state.roles if known.role == role)
    sys.stdout.write(f"{role} version {there.version}, good until {there.expires:%Y-%m-%d}\n")


def _build(options: argparse.Namespace, notes: tuple[str, ...], hub: Desk) -> BuildNote:
    owner = next((line.programme for line in hub.state().lines if line.name == options.line), "")
    programme = options.programme or owner
    if not programme:
        raise Refused("The line belongs to no programme: say whose build it is with --programme.")
    year, week, _ = now().isocalendar()
    try:
        return BuildNote(
            programme=programme,
            device=options.device,
            version=options.version,
            from_version=options.from_version,
            week=f"{year}-W{week:02d}",
            guide=options.guide or f"{options.device}-weekly",
            minutes=options.minutes,
            keeps_data=not options.wipes_data,
            changes=notes,
            is_draft=options.draft,
        )
    except ValueError as error:
        raise Refused(f"Something of the build does not fit: {error}") from error


def _facts(**said: object) -> Facts:
    try:
        return Facts.model_validate(said)
    except ValueError as error:
        raise Refused(f"Something of the build does not fit: {error}") from error


def _notes(path: Path | None) -> tuple[str, ...]:
    if path is None:
        return ()
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be read.") from error
    return tuple(line.lstrip("-* \t").strip()[:200] for line in lines if line.lstrip("-* \t#").strip() and not line.startswith("#"))[:200]


def _named(text: str) -> tuple[str, Path]:
    partition, equals, path = text.partition("=")
    return (partition, Path(path)) if equals and partition.replace("_", "").isalnum() else ("", Path(text))


def _upload(hub: Desk, path: Path) -> tuple[str, int]:
    if not path.is_file():
        raise Refused(f"{path} is no file.")
    if not path.stat().st_size:
        raise Refused(f"{path} is empty.")
    return hub.upload(path)


def _only_one(files: list[Path]) -> list[Path]:
    if len(files) != 1:
        raise Refused("One key signs a line.")
    return files
