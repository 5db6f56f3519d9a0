# SPDX-License-Identifier: Apache-2.0
"""From a folder to a hub that can answer: environment, Django, tables. Nothing that needs Django's settings may run before `load`."""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.db import OperationalError

from firstlight_hub.site.database import database


class Refused(Exception):
    """What the command asked for would be unsafe or cannot be; the words are for whoever typed it."""


def environment(data: Path, address: str) -> None:
    """Say by environment, so that worker processes inherit it, where the hub's folder is and how it is reached."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["FIRSTLIGHT_HUB_DATA"] = str(data.absolute())
    os.environ["FIRSTLIGHT_HUB_ADDRESS"] = address
    os.environ["DJANGO_SETTINGS_MODULE"] = "firstlight_hub.site.settings"


def load() -> None:
    """Load Django and bring the tables to this version; Refused when there is no such database."""
    try:
        database(os.environ.get("DATABASE_URL", ""), Path("unused"))
    except ValueError as error:
        raise Refused(str(error)) from error
    django.setup()
    try:
        _tables()
    except OperationalError as error:
        raise Refused(f"The database does not answer: {error}") from error


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
    if is_loopback(host) or urlsplit(address).scheme == "https":
        return
    raise Refused(
        f"{host} is reachable from other machines. Put a proxy with TLS before the hub and name its address: --address https://hub.example.org"
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
