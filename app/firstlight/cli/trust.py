# SPDX-License-Identifier: Apache-2.0
"""`firstlight trust`: whose signatures this PC trusts, since when and how that began; `--root FILE` pins what the maker published."""

from __future__ import annotations

import argparse
from pathlib import Path

from firstlight.account.errors import NotSignedIn
from firstlight.base.errors import BadInput
from firstlight.cli.core import Core
from firstlight.firmware.errors import Untrusted

_HOW = {"contact": "taken over from the hub at the first contact", "file": "from a root file that you named"}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("trust", help="whose signed builds this PC takes, and since when")
    parser.add_argument("--root", type=Path, metavar="FILE", help="trust this root file of the maker instead of what the hub said first")
    parser.add_argument("--refresh", action="store_true", help="ask the hub for what is signed now")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, core: Core) -> int:
    """Show what is trusted at the hub in use, after pinning or asking when told to."""
    trust = core.signed.trust(core.account().id)
    if trust is None:
        raise NotSignedIn
    if args.root is not None:
        try:
            trust.pin_file(args.root.read_bytes())
        except Untrusted as error:
            raise BadInput(path=str(args.root), line=0, why="it is no root file that a maker signed") from error
        except OSError as error:
            raise BadInput(path=str(args.root), line=0, why=error.strerror or "unreadable") from error
    if args.refresh:
        trust.refresh(core.work)
    pin = trust.pin
    if pin is None:
        core.out.line("This hub was never seen to sign its builds. They are checked against what it lists, and nothing more.")
        core.out.result({"ok": True, "signs": False})
        return 0
    core.out.line(f"Builds and guides of {pin.hub} are taken when they are signed under the root {pin.fingerprint}.")
    core.out.line(f"Trusted since {pin.since}, {_HOW.get(pin.how, pin.how)}. Compare the root with what the maker publishes.")
    if pin.is_demo:
        core.out.line("This is a practice hub: it made all keys itself.")
    told = {"demo": pin.is_demo, "hub": pin.hub, "root": pin.fingerprint, "since": pin.since, "how": pin.how}
    core.out.result({"ok": True, "signs": True} | told)
    return 0
