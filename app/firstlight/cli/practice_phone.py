# SPDX-License-Identifier: Apache-2.0
"""`firstlight practice phone`: an emulated A1 for rehearsing and for authors of guides; it runs until its standard input ends."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

from firstlight.base.errors import BadInput
from firstlight.cli.core import Core
from firstlight.cli.option_values import amount
from firstlight.practice.faults import names_for, parse
from firstlight.practice.phone import PracticePhone

_ORDERS = "pull, plug, bootloader, recovery, allow, state, quit"
_PARTITION = re.compile(r"(?P<name>[a-z][a-z0-9_-]{0,35})(?::(?P<size>[0-9]{1,9}))?")
_SIZE = 1 << 20
_MAX_SIZE = 256 << 20


def add(below: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The device and its options."""
    phone = below.add_parser("phone", help=f"a phone that speaks fastboot and adb over TCP; orders on standard input: {_ORDERS}")
    names = ", ".join(names_for("phone"))
    phone.add_argument("--fault", action="append", type=_fault, default=[], metavar="NAME[:NUMBER]", help=f"what goes wrong: {names}")
    phone.add_argument("--folder", type=Path, default=None, help="where it keeps its memory")
    phone.add_argument("--build", default="26.46", help="the build that a new phone leaves the factory with")
    phone.add_argument(
        "--speed", type=amount(0, 1_000_000), default=0, metavar="MB/S", help="how fast its cable is; 0 is as fast as can be"
    )
    phone.add_argument("--serial", default="PRACTICE-4F7C", help="serial number of a new phone")
    phone.add_argument("--product", default="a1_eng", help="code name of a new phone")
    phone.add_argument(
        "--partition",
        action="append",
        type=_partition,
        default=[],
        metavar="NAME[:BYTES]",
        help="one more partition of a new phone; with any of these it starts whatever is written",
    )
    phone.set_defaults(run=run)


def _fault(word: str) -> str:
    try:
        parse([word], "phone")
    except BadInput as error:
        raise argparse.ArgumentTypeError(f"{word}: {error.facts['why']}") from error
    return word


def _partition(word: str) -> tuple[str, int]:
    match = _PARTITION.fullmatch(word)
    size = int(match["size"] or _SIZE) if match else 0
    if match is None or not 0 < size <= _MAX_SIZE:
        raise argparse.ArgumentTypeError(f"{word}: a name, then a colon and at most {_MAX_SIZE} bytes")
    return match["name"], size


def run(args: argparse.Namespace, core: Core) -> int:
    """Say the addresses, then follow orders."""
    extra = dict(args.partition)
    phone = PracticePhone(
        args.folder or core.paths.data / "practice" / "terminal",
        serial=args.serial,
        factory_build=args.build,
        faults=parse(args.fault, "phone"),
        bytes_per_s=int(args.speed * 1_000_000),
        made_as={"product": args.product, "extra": extra, "starts_anything": bool(extra)},
    )
    with phone:
        core.out.line(f"{phone.memory.serial} is in {phone.memory.mode}. Flash it with: fastboot -s {phone.address} …")
        core.out.line(f"Started or in its recovery, it speaks adb: adb connect {phone.adb_address}")
        core.out.line(f"Orders: {_ORDERS}.")
        _tell(core, phone)
        for line in sys.stdin:
            order = line.strip()
            if order == "quit":
                break
            _obey(core, phone, order)
    return 0


def _obey(core: Core, phone: PracticePhone, order: str) -> None:
    acts: dict[str, Callable[[], None]] = {
        "pull": phone.pull_cable,
        "plug": phone.plug_in,
        "bootloader": phone.into_bootloader,
        "recovery": phone.into_recovery,
        "allow": phone.allow,
    }
    if order != "state" and order not in acts:
        core.out.hint(f"No such order. There are {_ORDERS}.")
        return
    if order in acts:
        acts[order]()
    _tell(core, phone)


def _tell(core: Core, phone: PracticePhone) -> None:
    facts = phone.facts()
    cable = "in" if facts.is_plugged else "out"
    core.out.line(
        f"{facts.mode}, slot {facts.slot}, build {facts.build}, battery {facts.battery} %, cable {cable}, {facts.image_bytes} bytes came"
    )
    if core.out.as_json:
        where = {"address": f"fastboot:{facts.address}", "adb_address": f"adb:{facts.adb_address}"}
        sys.stdout.write(json.dumps(vars(facts) | where | {"ok": True}) + "\n")
        sys.stdout.flush()
