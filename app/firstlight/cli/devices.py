# SPDX-License-Identifier: Apache-2.0
"""`firstlight devices`: who is plugged in, of every kind, and how each is written behind `--device`."""

from __future__ import annotations

import argparse
from typing import Any

from firstlight.cli.core import Core
from firstlight.cli.guide_bench import GuideBench
from firstlight.cli.option_values import device as address_of
from firstlight.devices.address import Address
from firstlight.devices.device import Device, Kind
from firstlight.devices.errors import DeviceError
from firstlight.guides.reach import reach


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("devices", help="who is plugged in: phones, cards, and what stands at an address")
    parser.add_argument(
        "--device",
        action="append",
        type=address_of,
        default=[],
        metavar="KIND:ADDRESS",
        help="look there too, as fastboot:tcp:127.0.0.1:5554, adb:127.0.0.1:5555, ssh:192.168.1.1",
    )
    parser.add_argument("--hidden", action="store_true", help="also disks of this PC that are never offered, with the reason")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, core: Core) -> int:
    """Ask everybody once. An address where nobody answers is said, and makes the status 1."""
    given: tuple[Address, ...] = tuple(args.device)
    bench = GuideBench(core, given=given)
    try:
        found, missing = _ask(bench, given, core)
    finally:
        bench.close()
    shown = [d for d in found if args.hidden or not d.why_hidden]
    for device in shown:
        core.out.line(_line(device))
    if not shown:
        core.out.line("Nothing is plugged in that could be written.")
    for address, error in missing:
        core.out.hint(f"{address}: nobody answers there ({error.code}).")
    core.out.result({"ok": not missing, "devices": [as_json(d) for d in shown], "missing": [str(a) for a, _ in missing]})
    return 1 if missing else 0


def _ask(bench: GuideBench, given: tuple[Address, ...], core: Core) -> tuple[list[Device], list[tuple[Address, DeviceError]]]:
    backends = reach(bench.devices, library=bench.library, routers=bench.routers, account=lambda: bench.account_id, given=lambda: given)
    found = list(bench.devices.devices(core.work))
    found += backends.cards.listing(core.work)
    missing = []
    for address in given:
        if any(address.where in (d.address, d.serial) for d in found):
            continue
        try:
            found.append(backends.at(address, core.work))
        except DeviceError as error:
            missing.append((address, error))
    return found, missing


def as_json(device: Device) -> dict[str, Any]:
    """What programs get of a device: everything that it told, and its address as `--device` takes it."""
    told = {
        "serial": device.serial,
        "kind": device.kind.value,
        "address": device.where,
        "mode": device.mode.value,
        "model": device.model,
        "product": device.product,
        "board": device.board,
        "build": device.build,
        "battery": device.battery,
        "unlocked": device.is_unlocked,
        "slot": device.slot,
        "rollback_index": device.rollback_index,
        "size": device.size,
        "why_hidden": device.why_hidden,
        "practice": device.is_practice,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}


def _line(device: Device) -> str:
    name = device.model or device.product or device.kind.value
    facts = [device.mode.value] if device.kind is Kind.PHONE else []
    facts += [f"build {device.build}"] if device.build else []
    facts += [f"{device.battery} %"] if device.battery is not None else []
    facts += [f"{device.size / 1e9:.1f} GB"] if device.size else []
    facts += [f"not offered: {device.why_hidden}"] if device.why_hidden else []
    return f"{name}  {', '.join(facts)}  --device {device.where}"
