# SPDX-License-Identifier: Apache-2.0
"""`firstlight image disks|write|check`: cards and USB sticks without a window."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path

from firstlight.cli.bare import Bare
from firstlight.imaging import disks, rights
from firstlight.imaging.disk import Disk, Identity, Why
from firstlight.imaging.pace import Limit, Moved, Stage
from firstlight.imaging.process import Job, Watch, write_apart
from firstlight.imaging.target import is_disk, may_open, open_to_read

_REASONS = {
    Why.SYSTEM: "this PC runs from it",
    Why.MOUNTED_SYSTEM: "the system uses part of it",
    Why.HOLDS_IMAGE: "the image lies on it",
    Why.FIXED: "built into this PC",
    Why.VIRTUAL: "no real disk",
    Why.READ_ONLY: "read-only",
    Why.NO_MEDIUM: "no card in it",
    Why.TOO_SMALL: "too small",
    Why.TOO_BIG: "larger than 128 GB; --big allows it",
}
_STAGES = {
    Stage.WRITE: "writing",
    Stage.SYNC: "the card finishes",
    Stage.VERIFY: "reading back",
    Stage.FIRST: "making it bootable, do not unplug",
}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands and their options."""
    parser = subparsers.add_parser("image", help="write images to cards and USB sticks, and read them back")
    below = parser.add_subparsers(dest="image_command", metavar="COMMAND", required=True)
    listing = below.add_parser("disks", help="what may be written, and why other disks may not")
    listing.add_argument("--image", type=Path, default=None, help="the image that is to be written")
    listing.add_argument("--big", action="store_true", help="also disks above 128 GB")
    listing.set_defaults(run=run_disks)
    writing = below.add_parser("write", help="write an image and read it back")
    writing.add_argument("image", metavar="IMAGE", type=Path, help="raw or Android sparse; also packed as gz, xz, zst, bz2 or zip")
    writing.add_argument("target", metavar="TARGET", help="a disk (/dev/sdX), a file, or nbd:HOST:PORT")
    writing.add_argument(
        "--bmap", type=Path, default=None, metavar="FILE", help="block map: write only what matters, and compare with its hashes"
    )
    writing.add_argument("--sha256", default="", metavar="HEX", help="what the unpacked image must have")
    writing.add_argument("--serial", default="", help="refuse every card but the one with this serial number")
    writing.add_argument("--big", action="store_true", help="also a disk above 128 GB")
    writing.add_argument("--virtual", action="store_true", help="also a loop device, for trials")
    writing.add_argument("--yes", action="store_true", help="do not ask before a disk is overwritten")
    writing.add_argument("--progress", action="store_true", help="with --json: a line of progress several times a second")
    writing.set_defaults(run=run_write)
    check = below.add_parser("check", help="read an image to its end; with TARGET compare a card with it")
    check.add_argument("image", metavar="IMAGE", type=Path)
    check.add_argument("target", metavar="TARGET", nargs="?", default="")
    check.add_argument("--bmap", type=Path, default=None, metavar="FILE")
    check.set_defaults(run=run_check)
    hidden = below.add_parser("writer")
    hidden.set_defaults(run=run_writer)


def run_disks(args: argparse.Namespace, core: Bare) -> int:
    """One line a disk."""
    found = disks.listing(core.work, image=args.image, allow_big=args.big)
    for disk in found:
        name = " ".join(x for x in (disk.name, disk.serial) if x) or "no name"
        core.out.line(f"{disk.path:<16} {_size(disk.size):>9}  {name}{'' if disk.is_allowed else '  (' + _REASONS[disk.why] + ')'}")
    if not found:
        core.out.line("The system lists no disks here.")
    elif not any(d.is_allowed for d in found):
        core.out.line("None of them may be written. Plug the card in; a reader without a card says so above.")
    core.out.result({"ok": True, "disks": [dataclasses.asdict(d) for d in found]})
    return 0


def run_write(args: argparse.Namespace, core: Bare) -> int:
    """Write and read back; 1 with a sentence when the card is not what it should be."""
    allow = frozenset(w for w, on in ((Why.TOO_BIG, args.big), (Why.VIRTUAL, args.virtual), (Why.FIXED, args.virtual)) if on)
    disk = _disk(args, core, allow) if is_disk(args.target) else None
    if disk and not args.yes and not core.out.as_json and not _is_agreed(core, disk):
        core.out.hint("Stopped. Nothing was written.")
        return 1
    expect = dataclasses.replace(disk.identity if disk else Identity(), **({"serial": args.serial} if args.serial else {}))
    job = Job(args.image, args.target, args.bmap, args.sha256, expect, allow)
    done = write_apart(job, core.work, Watch(moved=_moved(core, args.progress), silent=lambda s: _silent(core, s)))
    checked = "read back and equal" if done.verified else "NOT read back: this system cannot read past its cache here"
    what = f", only what the map names ({_size(done.sent)})" if done.sent < done.size else ""
    core.out.line(f"{_size(done.size)} written{what}, {checked}, in {done.seconds} s.")
    core.out.line(f"SHA-256 of the image: {done.sha256}")
    if done.limit is not Limit.UNKNOWN:
        core.out.line(
            "The card was slower than the image." if done.limit is Limit.CARD else "Unpacking the image was slower than the card."
        )
    core.out.result({"ok": True, "image": str(args.image), "target": args.target, **dataclasses.asdict(done)})
    return 0


def _disk(args: argparse.Namespace, core: Bare, allow: frozenset[Why]) -> Disk:
    """A sentence about the image comes before a question about the card."""
    from firstlight.imaging.packed import packing  # noqa: PLC0415  # heavy: the unpackers, which only the writer uses

    packing(args.image)
    return disks.find(args.target, core.work, image=args.image, allow=allow)


def run_check(args: argparse.Namespace, core: Bare) -> int:
    """0 when everything is as it should be."""
    from firstlight.imaging import check as checking  # noqa: PLC0415  # heavy: as above

    tell = _moved(core, False)
    if not args.target:
        found = checking.check_image(args.image, core.work, bmap=args.bmap, on_progress=tell)
        core.out.line(f"{args.image.name}: {found.kind}, {_size(found.size)} on the card, SHA-256 {found.sha256}")
    else:
        fd = None if not is_disk(args.target) or may_open(args.target) else rights.open_disk(args.target, core.work)
        medium = open_to_read(args.target, fd)
        try:
            found = checking.check_card(args.image, medium, core.work, bmap=args.bmap, on_progress=tell)
        finally:
            medium.close()
        core.out.line(f"{args.target} holds {args.image.name}: {_size(found.compared)} compared, all equal.")
    if args.bmap:
        core.out.line(f"The block map belongs to it: {_size(found.mapped)} matter.")
    core.out.result({"ok": True, "image": str(args.image), "target": args.target, **dataclasses.asdict(found)})
    return 0


def run_writer(args: argparse.Namespace, core: Bare) -> int:
    """The writing process of a bundle; talks JSON only (`imaging/writer.py`)."""
    from firstlight.imaging import writer  # noqa: PLC0415  # heavy: as above

    del args, core
    writer.run()


def _is_agreed(core: Bare, disk: Disk) -> bool:
    if not sys.stdin.isatty():
        return True
    core.out.line(f"{disk.path}, {_size(disk.size)}, {disk.name}: everything on it will be lost.")
    return input(f"Type {disk.tail} to go on: ").strip() == disk.tail


def _moved(core: Bare, as_lines: bool) -> Callable[[Moved], None]:
    def tell(moved: Moved) -> None:
        if as_lines and core.out.as_json:
            print(json.dumps({"event": "moved", **dataclasses.asdict(moved)}), flush=True)
        left = f"{moved.left_s} s left" if moved.left_s is not None else ""
        core.work.say(_STAGES[moved.stage], moved.done, moved.total, left)

    return tell


def _silent(core: Bare, seconds: int) -> None:
    core.out.hint(f"The card has said nothing for {seconds} s, still waiting." if seconds else "The card answers again.")


def _size(size: int) -> str:
    for unit, of in (("GB", 1000**3), ("MB", 1000**2), ("kB", 1000)):
        if size >= of:
            return f"{size / of:.1f} {unit}"
    return f"{size} B"
