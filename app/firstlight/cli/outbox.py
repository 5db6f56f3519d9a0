# SPDX-License-Identifier: Apache-2.0
"""`firstlight outbox list|save|import`: what waits, on a USB stick and from one."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from firstlight.cli.core import Core


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("outbox", help="what waits to be sent; save it to a USB stick, or bring somebody's")
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    listing = acts.add_parser("list", help="how much waits, and for what")
    listing.set_defaults(run=_list)
    save = acts.add_parser("save", help="write what waits as a signed bundle", description=_save.__doc__)
    save.add_argument("folder", type=Path, metavar="DIR", help="a folder of the stick")
    save.set_defaults(run=_save)
    bring = acts.add_parser("import", help="bring a bundle from a stick to the hub", description=_import.__doc__)
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.set_defaults(run=_import)


def run(args: argparse.Namespace, core: Core) -> int:
    """The act that was named."""
    status: int = args.run(args, core)
    return status


def _list(args: argparse.Namespace, core: Core) -> int:
    del args
    waiting = core.outbox.waiting(core.account().id)
    core.out.line(f"Waiting {waiting.acts} ({_size(waiting.size_bytes)} of files), needs you {waiting.parked}.")
    if waiting.kept_back:
        core.out.line(f"{waiting.kept_back} large files wait for a network that is not metered.")
    if waiting.is_paused:
        core.out.line("Sending is paused.")
    core.out.result({"ok": True} | dataclasses.asdict(waiting))
    return 0


def _save(args: argparse.Namespace, core: Core) -> int:
    """Write everything that waits to a folder, as signed files that anybody may carry to the hub. Whoever finds the stick can read them.
    Nothing changes here: what gets there first counts, and nothing arrives twice."""
    account = core.account()
    saved = core.bundles.save(account.id, args.folder, core.work)
    for path in saved.paths:
        core.out.line(str(path))
    core.out.line(f"{saved.acts} acts, {_size(saved.size)}. On the other PC: `firstlight outbox import FILE`, or give it to the team.")
    core.out.result({"ok": True, "acts": saved.acts, "size": saved.size, "files": [str(path) for path in saved.paths]})
    return 0


def _import(args: argparse.Namespace, core: Core) -> int:
    """Take in a bundle, your own or another tester's, and bring it to the hub with the outbox. As often as you like: it counts once."""
    carried = core.bundles.take_in(core.account().id, args.file, core.work)
    whose = "your own" if carried.is_own else "another tester's"
    core.out.line(f"{carried.acts} acts, {whose}. It goes out with `firstlight sync`, or by itself while the window is open.")
    core.out.result({"ok": True} | dataclasses.asdict(carried))
    return 0


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
