# SPDX-License-Identifier: Apache-2.0
"""From a folder to a hub that can answer: environment, Django, tables. Nothing that needs Django's settings may run before `load`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.core.files import locks
from django.db import DatabaseError, OperationalError

from firstlight_hub.site.database import database

_PATIENCE_S = 100.0
"""Less than a desktop waits for its hub."""
_NUMBERS = {"FIRSTLIGHT_HUB_REPORTS_PER_HOUR": 1, "FIRSTLIGHT_HUB_PROXIES": 0}
"""Settings that are whole numbers, with the least that each may be."""


class Refused(Exception):
    """What the command asked for would be unsafe or cannot be; the words are for whoever typed it."""


def folder(data: Path) -> None:
    """Make the hub's folder; Refused when a file stands there, OSError when it cannot be made."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise Refused(f"{data} is no folder, and a hub needs one. Nothing was changed.") from error


def existing(data: Path) -> None:
    """Refused where no hub was ever started: a name typed wrong would make one beside the one that is meant."""
    if not (data / "keys" / "secret").is_file():
        raise Refused(f"There is no hub in {data}. Check the name; `firstlight-hub serve --data {data}` begins one. Nothing was changed.")


def environment(data: Path, address: str) -> None:
    """Say by environment, so that worker processes inherit it, where the hub's folder is and how it is reached."""
    folder(data)
    os.environ["FIRSTLIGHT_HUB_DATA"] = str(data.absolute())
    os.environ["FIRSTLIGHT_HUB_ADDRESS"] = address
    os.environ["DJANGO_SETTINGS_MODULE"] = "firstlight_hub.site.settings"


def load() -> None:
    """Load Django and bring the tables to this version; Refused when there is no such database, or one that cannot be read."""
    try:
        database(os.environ.get("DATABASE_URL", ""), Path("unused"))
    except ValueError as error:
        raise Refused(str(error)) from error
    for name, least in _NUMBERS.items():
        _check_number(name, least)
    django.setup()
    try:
        with alone():
            _tables()
    except DatabaseError as error:
        said = _said_of(error)
        if not said:
            raise
        raise Refused(said) from error


@contextmanager
def alone() -> Iterator[None]:
    """Starts in one folder make tables and seeds one after another; Refused when another does not get done.

    A desktop that was killed while its hub began leaves that hub at work for some seconds, and starts one of its own at once.
    """
    data = Path(os.environ["FIRSTLIGHT_HUB_DATA"])
    with (data / "starting.lock").open("ab") as file:
        until = time.monotonic() + _PATIENCE_S
        while not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            if time.monotonic() > until:
                raise Refused(f"Another hub is still starting in {data}. Nothing was changed. End that one, then try again.")
            time.sleep(0.1)
        try:
            yield
        finally:
            locks.unlock(file)


def _check_number(name: str, least: int) -> None:
    text = os.environ.get(name, str(least))
    if not (text.isascii() and text.isdigit() and least <= int(text) < 1 << 31):
        raise Refused(f"{name} is {text!r}: it takes a whole number, {least} or more.")


def _said_of(error: DatabaseError) -> str:
    """What is wrong with the database; "" when it is none of its faults but a bug of ours."""
    from django.db import connection  # noqa: PLC0415  # heavy: needs Django's settings

    if isinstance(error, OperationalError):
        return f"The database does not answer: {error}"
    if type(error) is DatabaseError:  # SQLite's own word for a file that is damaged or no database; its bugs have names of their own
        name = connection.settings_dict["NAME"]
        return f"{name} cannot be read: {error}. It was left as it is. Put a backup back, then run `firstlight-hub restored --data DIR`."
    return "" if connection.connection is not None else f"DATABASE_URL cannot be used: {error}"


def _tables() -> None:
    from django.core.management import call_command  # noqa: PLC0415  # heavy: needs Django's settings
    from django.db import connection  # noqa: PLC0415  # heavy: needs Django's settings
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415  # heavy: needs Django's settings

    from firstlight_hub.account.limits import forget_old  # noqa: PLC0415  # heavy: needs Django's settings

    executor = MigrationExecutor(connection)
    # The command costs a second also when there is nothing to do, so the plan is asked first.
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    call_command("clearsessions", verbosity=0)
    call_command("cleartokens", verbosity=0)
    forget_old()
    _notice_restore()


def _notice_restore() -> None:
    """A database that was put back to an earlier day is noticed at the start, before anybody asks."""
    from django.conf import settings  # noqa: PLC0415  # heavy: needs Django's settings
    from django.utils import timezone  # noqa: PLC0415  # heavy: needs Django's settings

    from firstlight_hub.base.feed import MARK, watch  # noqa: PLC0415  # heavy: needs Django's settings

    watch(settings.HUB_DATA / MARK, timezone.now())


def check_address(host: str, address: str) -> None:
    """Refused when the hub would be reachable from other machines without TLS: passwords would travel in the clear."""
    named = _host_of(address) if address else host
    if urlsplit(address).scheme == "https":
        return
    for open_to in (host, named):
        if not is_loopback(open_to):
            raise Refused(
                f"{open_to} is reachable from other machines. Put a proxy with TLS before the hub and name its address: "
                "--address https://hub.example.org"
            )


def _host_of(address: str) -> str:
    try:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts.hostname
    except ValueError:
        pass  # said below
    raise Refused(f"{address} is no address of a hub; one is written as --address https://hub.example.org")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
