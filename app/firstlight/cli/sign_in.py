# SPDX-License-Identifier: Apache-2.0
"""`firstlight sign-in`: through the browser, as in the window."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import webbrowser

from firstlight.cli.core import Core
from firstlight.cli.words import as_text


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = subparsers.add_parser("sign-in", help="sign in to a hub through the browser")
    parser.add_argument("--hub", default="", metavar="URL", help="address of the hub; without it, the one of the last time")
    parser.add_argument("--no-browser", action="store_true", help="print the address and leave it to you to open it")
    parser.add_argument("--json", action="store_true", help="JSON, an object a line: the address to open, then who is signed in")
    parser.set_defaults(run=run, wrong=parser.error)


def run(args: argparse.Namespace, core: Core) -> int:
    """Sign in, and remember who and where."""
    hub = as_text(args.hub) or core.settings.hub
    if not hub:
        args.wrong("--hub is wanted: nobody was signed in here yet")

    def open_browser(url: str) -> bool:
        if not args.no_browser and _can_open() and webbrowser.open(url):
            core.out.line("The sign-in page is open in your browser.")
            return True
        _print_address(core, url)
        return True

    account = core.sessions.sign_in(hub, open_browser=open_browser, work=core.work)
    core.keep_settings(dataclasses.replace(core.settings, hub=account.hub, account=account.id))
    programmes = [enrolment.programme.name for enrolment in account.me.enrolments] if account.me else []
    core.out.line(f"Signed in at {account.hub} as {account.name} ({account.email}).")
    core.out.line(f"Programmes: {', '.join(programmes)}." if programmes else "No programme yet: join one with `firstlight join CODE`.")
    core.out.result(
        {"ok": True, "hub": account.hub, "account": account.id, "name": account.name, "email": account.email, "programmes": programmes}
    )
    return 0


def _print_address(core: Core, url: str) -> None:
    """The address on a line of its own, at once: somebody, or some program, has to open it now."""
    core.out.line("Open this address in a browser on this PC:")
    core.out.result({"open": url})
    if core.out.as_json:
        core.out.hint(url)
    core.out.line(url)
    core.out.line("Firstlight waits for 3 min.")


def _can_open() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER"))
