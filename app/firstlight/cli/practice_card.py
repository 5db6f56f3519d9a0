# SPDX-License-Identifier: Apache-2.0
"""`firstlight practice card`: a card that is served as a network block device and can fail; it runs until its standard input ends."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from firstlight.base.errors import BadInput
from firstlight.cli.core import Core
from firstlight.cli.option_values import amount
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import names_for, parse

_ORDERS = "pull, plug, swap, state, quit"
_MB = 1_000_000
_SECTOR = 4096


def add(below: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The device and its options."""
    card = below.add_parser("card", help=f"a card, written as nbd:HOST:PORT; orders on standard input: {_ORDERS}")
    names = ", ".join(names_for("card"))
    card.add_argument("--fault", action="append", type=_fault, default=[], metavar="NAME[:NUMBER]", help=f"what goes wrong: {names}")
    card.add_argument("--folder", type=Path, default=None, help="where it keeps its bytes")
    card.add_argument("--size", type=amount(0.004096, 1_000_000), default=64, metavar="MB", help="how much it says that it holds")
    card.add_argument(
        "--expects", type=int, default=0, metavar="BYTES", help="of how many bytes the percentages of faults are; its size when not given"
    )
    card.add_argument(
        "--speed", type=amount(0, 1_000_000), default=0, metavar="MB/S", help="how fast it takes bytes; 0 is as fast as can be"
    )
    card.set_defaults(run=run)


def _fault(word: str) -> str:
    try:
        parse([word], "card")
    except BadInput as error:
        raise argparse.ArgumentTypeError(f"{word}: {error.facts['why']}") from error
    return word


def run(args: argparse.Namespace, core: Core) -> int:
    """Say the address, then follow orders."""
    card = PracticeCard(
        args.folder or core.paths.data / "practice" / "card",
        size=max(int(args.size * _MB) // _SECTOR, 1) * _SECTOR,
        expects=args.expects,
        faults=parse(args.fault, "card"),
        bytes_per_s=int(args.speed * _MB),
    )
    with card:
        target = card.address.removeprefix("card:")
        core.out.line(f"A practice card of {card.size} bytes. Write it with: firstlight image write IMAGE {target}")
        core.out.line(f"Orders: {_ORDERS}.")
        _tell(core, card)
        for line in sys.stdin:
            order = line.strip()
            if order == "quit":
                break
            _obey(core, card, order)
    return 0


def _obey(core: Core, card: PracticeCard, order: str) -> None:
    acts: dict[str, Callable[[], None]] = {"pull": card.pull_cable, "plug": card.plug_in, "swap": card.swap}
    if order != "state" and order not in acts:
        core.out.hint(f"No such order. There are {_ORDERS}.")
        return
    if order in acts:
        acts[order]()
    _tell(core, card)


def _tell(core: Core, card: PracticeCard) -> None:
    facts = card.facts()
    core.out.line(f"{facts.serial} at {facts.address}, {'in' if facts.is_plugged else 'out'}, {facts.written} bytes were sent to it")
    if core.out.as_json:
        sys.stdout.write(json.dumps(vars(facts) | {"ok": True}) + "\n")
        sys.stdout.flush()
