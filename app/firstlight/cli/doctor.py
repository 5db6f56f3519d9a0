# SPDX-License-Identifier: Apache-2.0
"""`firstlight doctor`: what this PC has and lacks, what that means, and what to do."""

from __future__ import annotations

import argparse
import dataclasses

from firstlight.cli import checks
from firstlight.cli.core import Core

_MARKS = {True: "ok     ", None: "missing", False: "fault  "}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("doctor", help="what this PC has and lacks, and what to do about it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, core: Core) -> int:
    """Look at everything; finding faults is what it is for, so it is done either way."""
    del args
    found = []
    for look in checks.ALL:
        core.work.check()
        check = look(core)
        found.append(check)
        core.out.line(f"{_MARKS[check.ok]}  {check.name}: {check.found}")
        core.out.line(f"           {check.means}")
        if check.do:
            core.out.line(f"           {check.do}")
    healthy = all(check.ok is not False for check in found)
    core.out.line("")
    core.out.line("Everything that is needed is there." if healthy else "Some things need a hand; everything that is kept here stays kept.")
    core.out.result({"ok": healthy, "checks": [dataclasses.asdict(check) for check in found]})
    return 0
