# SPDX-License-Identifier: Apache-2.0
"""`firstlight join CODE`: join a programme by F-code."""

from __future__ import annotations

import argparse

from firstlight.account import programme
from firstlight.account.errors import CodeRefused
from firstlight.cli.core import Core
from firstlight.cli.words import as_text
from firstlight_contract.account import CodeState


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("join", help="join a programme by F-code")
    parser.add_argument("code", metavar="CODE", help="the F-code of your invitation, for example F-7KQ2-MXA9-R1")
    parser.add_argument("--name", default="", help="the name that other testers see; without it, the one of your account")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, core: Core) -> int:
    """Join, and say which number one is."""
    account = core.account()
    client = core.sessions.client(account.id)
    typed = as_text(args.code)
    info = programme.look_up(client, typed)
    is_member = account.me is not None and any(e.programme.slug == info.programme.slug for e in account.me.enrolments)
    if info.state is not CodeState.VALID and not is_member:
        raise CodeRefused(typed=typed, reason=str(info.state))
    enrolment = programme.join(client, typed, as_text(args.name))
    core.sessions.refresh_me(account.id)
    core.out.line(f"Welcome to {enrolment.programme.name} ({enrolment.programme.ring}). You are tester number {enrolment.number}.")
    core.out.result(
        {
            "ok": True,
            "programme": enrolment.programme.slug,
            "name": enrolment.display_name,
            "number": enrolment.number,
            "role": enrolment.role,
        }
    )
    return 0
