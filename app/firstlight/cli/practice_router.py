# SPDX-License-Identifier: Apache-2.0
"""`firstlight practice router` and `firstlight practice recovery`: an R1 that runs, and one that no longer starts and wants a rescue."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from firstlight.base.errors import BadInput
from firstlight.cli.core import Core
from firstlight.cli.option_values import amount
from firstlight.practice.faults import names_for, parse
from firstlight.practice.recovery import PracticeRecovery
from firstlight.practice.router import PracticeRouter

_ORDERS = "pull, plug, state, quit"
_MB = 1_000_000


def add(below: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The two devices and their options."""
    router = below.add_parser("router", help=f"a router that speaks SSH; orders on standard input: {_ORDERS}")
    _options(router, "router")
    router.add_argument("--build", default="26.46", help="the build that a new router leaves the factory with")
    router.add_argument(
        "--speed", type=amount(0, 1_000_000), default=0, metavar="MB/S", help="how fast its cable is; 0 is as fast as can be"
    )
    router.add_argument("--boot", type=amount(0, 3600), default=3.0, metavar="SECONDS", help="how long it takes to start")
    router.set_defaults(run=_run_router)
    recovery = below.add_parser("recovery", help=f"a router without a system that asks for a rescue image; orders: {_ORDERS}")
    _options(recovery, "recovery")
    recovery.add_argument("--push", action="store_true", help="it asks for nothing and takes what is pushed")
    recovery.add_argument("--boot", type=amount(0, 3600), default=3.0, metavar="SECONDS", help="how long it takes to start")
    recovery.set_defaults(run=_run_recovery)


def _options(parser: argparse.ArgumentParser, kind: str) -> None:
    names = ", ".join(names_for(kind))
    parser.add_argument(
        "--fault", action="append", type=_fault(kind), default=[], metavar="NAME[:NUMBER]", help=f"what goes wrong: {names}"
    )
    parser.add_argument("--folder", type=Path, default=None, help="where it keeps its memory")


def _fault(kind: str) -> Callable[[str], str]:
    def read(word: str) -> str:
        try:
            parse([word], kind)
        except BadInput as error:
            raise argparse.ArgumentTypeError(f"{word}: {error.facts['why']}") from error
        return word

    return read


def _run_router(args: argparse.Namespace, core: Core) -> int:
    router = PracticeRouter(
        args.folder or core.paths.data / "practice" / "router",
        factory_build=args.build,
        faults=parse(args.fault, "router"),
        bytes_per_s=int(args.speed * _MB),
        boot_s=args.boot,
    )
    with router:
        core.out.line(f"{router.memory.hostname} is on. Name it to a guide with: --device {router.address}")
        _follow(core, router)
    return 0


def _run_recovery(args: argparse.Namespace, core: Core) -> int:
    recovery = PracticeRecovery(
        args.folder or core.paths.data / "practice" / "recovery",
        faults=parse(args.fault, "recovery"),
        is_pushed=args.push,
        boot_s=args.boot,
    )
    with recovery:
        core.out.line("A router without a system waits. Name it to a guide with:")
        core.out.line(f"--device {recovery.address} --device {recovery.ssh}")
        _follow(core, recovery)
    return 0


def _follow(core: Core, device: PracticeRouter | PracticeRecovery) -> None:
    core.out.line(f"Orders: {_ORDERS}.")
    _tell(core, device)
    for line in sys.stdin:
        order = line.strip()
        if order == "quit":
            return
        if order == "pull":
            device.pull_cable()
        elif order == "plug":
            device.plug_in()
        elif order != "state":
            core.out.hint(f"No such order. There are {_ORDERS}.")
            continue
        _tell(core, device)


def _tell(core: Core, device: PracticeRouter | PracticeRecovery) -> None:
    facts = device.facts()
    cable = "in" if facts.is_plugged else "out"
    core.out.line(f"{facts.mode}, build {facts.build or 'none'}, cable {cable}, {facts.image_bytes} bytes of images")
    if core.out.as_json:
        sys.stdout.write(json.dumps(vars(facts) | {"ok": True}) + "\n")
        sys.stdout.flush()
