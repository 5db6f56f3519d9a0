# SPDX-License-Identifier: Apache-2.0
"""`firstlight router facts|forget|adapters`: what a router tells of itself, its kept key, and where a rescue could be served."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import asdict

from firstlight.base.errors import BadInput
from firstlight.cli.core import Core
from firstlight.devices.address import Address, Way, parse
from firstlight.devices.router_keys import Login
from firstlight.devices.routers import Routers
from firstlight.recovery.adapters import adapters


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and what stands below it."""
    below = subparsers.add_parser("router", help="a router on the network").add_subparsers(
        dest="router_command", metavar="DO", required=True
    )
    for name, run, about in (
        ("facts", _facts, "what it tells of itself"),
        ("forget", _forget, "forget its key: another router stands there now, or it was reset"),
    ):
        parser = below.add_parser(name, help=about)
        parser.add_argument("address", help="[ssh:][user@]host[:port]")
        parser.set_defaults(run=run)
    below.add_parser("adapters", help="network adapters of this PC that a rescue could use").set_defaults(run=_adapters)


def ask_password(address: Address) -> str | None:
    """The router's password, typed; None when nobody can type."""
    if not sys.stdin.isatty():
        return None
    return getpass.getpass(f"Password of {address.where} (not kept): ") or None


def routers(core: Core) -> Routers:
    """Routers as commands reach them."""
    return Routers(core.paths.data, Login(password=ask_password))


def _address(text: str) -> Address:
    address = parse(text if text.startswith("ssh:") else f"ssh:{text}")
    if address.way is not Way.SSH:
        raise BadInput(path=text, line=0, why="not [user@]host[:port]")
    return address


def _facts(args: argparse.Namespace, core: Core) -> int:
    with routers(core).open(_address(args.address)) as router:
        facts = router.facts(core.work)
    core.out.line(f"{facts.model or facts.board} ({facts.board}), build {facts.build} {facts.revision}, layout {facts.compat_version}")
    core.out.line(f"MAC {facts.mac or 'not told'}, {round((facts.tmp_free or 0) / 1e6)} MB of memory free")
    core.out.result({"ok": True} | asdict(facts))
    return 0


def _forget(args: argparse.Namespace, core: Core) -> int:
    routers(core).forget(_address(args.address))
    core.out.line("Forgotten. The next connection keeps the key that it meets.")
    core.out.result({"ok": True})
    return 0


def _adapters(_: argparse.Namespace, core: Core) -> int:
    found = adapters()
    for adapter in found:
        state = ("up" if adapter.is_up else "down") + (", wireless" if adapter.is_wireless else "")
        core.out.line(f"{adapter.name}  {adapter.ip or 'no address'}  {adapter.mac}  {state}")
    core.out.result({"ok": True, "adapters": [asdict(a) | {"is_wireless": a.is_wireless} for a in found]})
    return 0
