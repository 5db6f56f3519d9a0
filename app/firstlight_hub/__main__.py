# SPDX-License-Identifier: Apache-2.0
"""`firstlight-hub serve | demo | staff | password | tick | restored | keys | release`: a hub in a folder, and signed builds for one."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from firstlight_contract import __version__
from firstlight_hub import embedded
from firstlight_hub.site import key_commands, release_commands, server, start


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 done, 1 refused with a sentence on standard error, 2 wrong usage."""
    options = _parser().parse_args(argv)
    try:
        return int(options.run(options))
    except start.Refused as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"The system refused {error.filename or 'what the hub needs'}: {error.strerror or error}. Nothing was changed.\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="firstlight-hub", description="The hub that testers of a programme meet at.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="run the hub of a folder")
    serve.set_defaults(run=_serve, demo=False, embedded=False, seed_only=False)
    serve.add_argument("--workers", type=_workers, default=1, help="processes; more than 1 wants DATABASE_URL")
    demo = commands.add_parser("demo", help="fill a folder with the Aurora programme once, and run its hub on this PC")
    demo.set_defaults(run=_serve, demo=True, workers=1, address="", host="127.0.0.1")
    demo.add_argument("--embedded", action="store_true", help="say the address as JSON, stop when standard input ends")
    demo.add_argument("--seed-only", action="store_true", help="fill the folder and leave")
    staff = commands.add_parser("staff", help="make somebody a member of the team")
    staff.set_defaults(run=_staff)
    staff.add_argument("email")
    password = commands.add_parser("password", help="a new password for somebody who forgot theirs")
    password.set_defaults(run=_password)
    password.add_argument("email")
    ticking = commands.add_parser("tick", help="tidy and renew once a minute, beside workers that were started another way")
    ticking.set_defaults(run=_tick)
    ticking.add_argument("--once", action="store_true", help="one tick, then leave")
    restored = commands.add_parser(
        "restored", help="after putting a backup back: ask testers' PCs for what it lacks", description=_restored.__doc__
    )
    restored.set_defaults(run=_restored)
    for command in (serve, demo, staff, password, ticking, restored):
        command.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the hub")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--address", default="", metavar="URL", help="how testers reach the hub, when a proxy stands before it")
    serve.add_argument("--port", type=_port, default=8421, help="0 takes the port of the last time, or any")
    demo.add_argument("--port", type=_port, default=0, help="0 takes the port of the last time, or any")
    key_commands.add(commands)
    release_commands.add(commands)
    return parser


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port: 0 to 65535")
    return int(text)


def _workers(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no number of processes: 1 or more")
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    start.check_address(options.host, options.address)
    signal.signal(signal.SIGTERM, _leave)
    if options.workers > 1:
        server.check_free(options.host, options.port)
        start.environment(options.data, options.address or _address(options.host, options.port))
        start.load()
        with _ticking(options.data):
            server.run_workers(options.host, options.port, options.workers)
        return 0
    if options.seed_only:
        start.environment(options.data, _address(options.host, options.port))
        start.load()
        _seed(options.data)
        return 0
    start.folder(options.data)
    listening = server.listen(options.host, options.port, remembered=options.data / "port")
    # Stopped from a thread: an exception out of the signal could fall into a lock of the server and leave it held for ever.
    signal.signal(signal.SIGTERM, lambda *_signal: threading.Thread(target=listening.stop, daemon=True).start())
    # A listening server has threads that keep the process alive: whatever happens from here on, it is stopped.
    try:
        return _answer(options, listening)
    finally:
        listening.stop()


def _answer(options: argparse.Namespace, listening: server.Server) -> int:
    url = _address(options.host, listening.bind_addr[1])
    start.environment(options.data, options.address or url)
    start.load()
    description = _seed(options.data) if options.demo else {}
    _say(options, {"url": url} | description, listening)
    from firstlight_hub.site.tick import Clockwork  # noqa: PLC0415  # heavy: needs Django's settings
    from firstlight_hub.site.wsgi import application  # noqa: PLC0415  # heavy: needs Django's settings

    clockwork = Clockwork()
    clockwork.start()
    try:
        server.run(listening, application)
    finally:
        clockwork.stop()
    return 0


@contextlib.contextmanager
def _ticking(data: Path) -> Iterator[None]:
    """The clockwork beside granian's workers, in a process of its own: whoever forks workers must have no threads."""
    child = subprocess.Popen([sys.executable, "-P", "-m", "firstlight_hub", "tick", "--data", str(data)], stdin=subprocess.PIPE)
    try:
        yield
    finally:
        if child.stdin:
            child.stdin.close()
        child.wait(20)


def _tick(options: argparse.Namespace) -> int:
    """Keep the hub's clockwork going until standard input ends; with --once, one tick."""
    start.existing(options.data)
    start.environment(options.data, os.environ.get("FIRSTLIGHT_HUB_ADDRESS", ""))
    start.load()
    from firstlight_hub.site.tick import Clockwork, tick  # noqa: PLC0415  # heavy: needs Django's settings

    if options.once:
        tick()
        return 0
    clockwork = Clockwork()
    clockwork.start()
    sys.stdin.buffer.read()
    clockwork.stop()
    return 0


def _restored(options: argparse.Namespace) -> int:
    """Say that the hub was put back to an earlier day: every desktop then says again what it delivered in the last 30 days."""
    start.existing(options.data)
    start.environment(options.data, "")
    start.load()
    from django.utils import timezone  # noqa: PLC0415  # heavy: needs Django's settings

    from firstlight_hub.base.feed import begin_epoch  # noqa: PLC0415  # heavy: needs Django's settings

    begin_epoch(timezone.now())
    sys.stdout.write("Every desktop that asks for news is now told to say again what it delivered in the last 30 days.\n")
    return 0


def _seed(data: Path) -> dict[str, Any]:
    from firstlight_hub.seed.plant import plant  # noqa: PLC0415  # heavy: needs Django's settings

    with start.alone():
        return plant(data)


def _say(options: argparse.Namespace, description: dict[str, Any], listening: server.Server) -> None:
    if options.embedded:
        embedded.announce(description)
        embedded.when_parent_leaves(listening.stop)
        return
    sys.stdout.write(f"The hub answers at {description['url']}\n")
    for account in description.get("accounts", ()):
        sys.stdout.write(f"  {account['email']}  {account['password']}{'  (team)' if account['staff'] else ''}\n")
    if "code" in description:
        sys.stdout.write(f"  F-code {description['code']}\n")
        sys.stdout.write("  Builds and guides are signed with keys that this demo made itself.\n")
    sys.stdout.flush()


def _staff(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError  # noqa: PLC0415  # heavy, and not for other commands
    from django.core.validators import validate_email  # noqa: PLC0415  # as above

    try:
        validate_email(options.email)
    except ValidationError as error:
        raise start.Refused(f"{options.email!r} is no address that anybody signs in with. Nobody was added.") from error
    start.existing(options.data)
    start.environment(options.data, "")
    start.load()
    from firstlight_hub.account.services import make_staff  # noqa: PLC0415  # heavy: needs Django's settings

    password = make_staff(options.email)
    sys.stdout.write(f"{options.email} is a member of the team.\n")
    if password:
        sys.stdout.write(f"Password, shown this once: {password}\n")
    return 0


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _leave(*_signal: object) -> None:
    raise SystemExit(0)


def _password(options: argparse.Namespace) -> int:
    start.existing(options.data)
    start.environment(options.data, "")
    start.load()
    from firstlight_hub.account.services import fresh_password  # noqa: PLC0415  # heavy: needs Django's settings

    password = fresh_password(options.email)
    if not password:
        raise start.Refused(f"Nobody signs in with {options.email} here. Nothing was changed.")
    sys.stdout.write(f"Password of {options.email}, shown this once: {password}\n")
    sys.stdout.write("They are signed out of the hub's pages; programs that are signed in stay so.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
