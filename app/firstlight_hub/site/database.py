# SPDX-License-Identifier: Apache-2.0
"""Where the rows are: SQLite in the hub's folder, or PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_FORM = "it is written as postgres://user:password@host:port/name"


def database(url: str, file: Path) -> dict[str, Any]:
    """Django's description of the database. ValueError, with words for whoever set it, when `url` is neither empty nor of a PostgreSQL."""
    if not url:
        return _sqlite(file)
    if not url.startswith(("postgres://", "postgresql://")):
        raise ValueError("DATABASE_URL must start with postgres://")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"DATABASE_URL has a host or a port that is none; {_FORM}") from error
    options = dict(parse_qsl(parts.query))
    if not parts.path.strip("/") and "service" not in options:
        raise ValueError(f"DATABASE_URL names no database; {_FORM}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A folder as host means a socket there; it cannot stand in an address, so it comes as ?host=/path.
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE: a transaction that reads and then writes waits at its begin, and never fails half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a report that was acknowledged survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
