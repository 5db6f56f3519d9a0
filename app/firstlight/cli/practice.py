# SPDX-License-Identifier: Apache-2.0
"""`firstlight practice phone`: an emulated A1 for rehearsing and for authors of guides; it runs until its standard input ends."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from firstlight.base.errors import BadInput
from firstlight.cli import practice_card
from firstlight.cli.core import Core
from firstlight.practice.faults import NAMES, parse
from firstlight.practice.phone import PracticePhone

_ORDERS = "pull, plug, bootloader, state, quit"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("practice", help="practice devices")
    below = parser.add_subparsers(dest="practice_command", metavar="DEVICE", required=True)
    phone = below.add_parser("phone", help=f"a phone that speaks fastboot over TCP; orders on standard input: {_ORDERS}")
    phone.add_argument(
        "--fault", action="append", type=_fault, default=[], metavar="NAME[:NUMBER]", help="what goes wrong: " + ", ".join(NAMES)
    )
    phone.add_argument("--folder", type=Path, default=None, help="where it keeps its memory")
    phone.add_argument("--build", default="26.46", help="the build that a new phone leaves the factory with")
    phone.add_argument("--speed", type=float, default=0, metavar="MB/S", help="how fast its cable is; 0 is as fast as can be")
    phone.set_defaults(run=run)
    practice_card.add(below)


def _fault(word: str) -> str:
    try:
        parse([word])
    except BadInput as error:
        raise argparse.ArgumentTypeError(f"{word}: {error.facts['why']}") from error
    return word


def run(args: argparse.Namespace, core: Core) -> int:
    """Say the address, then follow orders."""
    phone = PracticePhone(
        args.folder or core.paths.data / "practice" / "terminal",
        factory_build=args.build,
        faults=parse(args.fault),
        bytes_per_s=int(args.speed * 1_000_000),
    )
    with phone:
        core.out.line(f"{phone.memory.serial} is in {phone.memory.mode}. Flash it with: fastboot -s {phone.address} …")
        core.out.line(f"Orders: {_ORDERS}.")
        _tell(core, phone)
        for line in sys.stdin:
            order = line.strip()
            if order == "quit":
                break
            _obey(core, phone, order)
    return 0


def _obey(core: Core, phone: PracticePhone, order: str) -> None:
    if order == "pull":
        phone.pull_cable()
    elif order == "plug":
        phone.plug_in()
    elif order == "bootloader":
        phone.into_bootloader()
    elif order != "state":
        core.out.hint(f"No such order. There are {_ORDERS}.")
        return
    _tell(core, phone)


def _tell(core: Core, phone: PracticePhone) -> None:
    facts = phone.facts()
    cable = "in" if facts.is_plugged else "out"
    core.out.line(f"{facts.mode}, build {facts.build}, battery {facts.battery} %, cable {cable}, {facts.image_bytes} bytes of images")
    if core.out.as_json:
        sys.stdout.write(json.dumps(vars(facts) | {"ok": True}) + "\n")
        sys.stdout.flush()
