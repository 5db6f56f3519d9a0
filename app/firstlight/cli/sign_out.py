# SPDX-License-Identifier: Apache-2.0
"""`firstlight sign-out`: drop the key; everything else stays."""

from __future__ import annotations

import argparse
import dataclasses

from firstlight.cli.core import Core


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("sign-out", help="end the sign-in; reports and drafts stay on this PC")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, core: Core) -> int:
    """Sign out whoever is signed in."""
    del args
    account = core.account()
    core.sessions.sign_out(account.id)
    core.keep_settings(dataclasses.replace(core.settings, account=0))
    core.out.line(f"{account.name} is signed out. Reports and drafts stay on this PC.")
    core.out.result({"ok": True, "account": account.id})
    return 0
