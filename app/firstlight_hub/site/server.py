# SPDX-License-Identifier: Apache-2.0
"""The servers: cheroot inside this process, or granian's workers. Both stream what is uploaded, so that a cut loses nothing."""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cheroot import wsgi

from firstlight_hub.site.start import Refused

log = logging.getLogger(__name__)

STALLED_S = 30
THREADS = 16


class Server(wsgi.Server):
    """cheroot's server, whose own words go to our log."""

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """What cheroot says of broken connections and of its threads."""
        log.log(level, "%s", msg, exc_info=traceback)


def listen(host: str, port: int, *, remembered: Path | None = None) -> Server:
    """A server that listens, but has no application yet: who connects meanwhile waits.

    Port 0 takes the port of the last time when `remembered` knows it and it is free, for a desktop knows its hub by the address.
    """
    known = _port_of(remembered) if remembered and not port else 0
    for wanted in [known, 0] if known else [port]:
        server = Server((host, wanted), None, numthreads=THREADS, server_name="firstlight-hub", timeout=STALLED_S, shutdown_timeout=5)
        server.max_request_header_size = 64 * 1024
        try:
            server.prepare()
        except OSError as error:
            if wanted and wanted == known:
                continue
            raise _not_free(host, wanted, error) from error
        if sys.platform != "win32":
            # cheroot leaves it out for port 0; what a client keeps open would then hold the port that we want back at the next start.
            server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if remembered:
            remembered.write_text(str(server.bind_addr[1]), "ascii")
        return server
    raise AssertionError("port 0 is always tried last")


def run(server: Server, application: Callable[..., Any]) -> None:
    """Answer until `server.stop` or Ctrl+C."""
    server.wsgi_app = application
    try:
        server.serve()
    except (KeyboardInterrupt, SystemExit):
        log.info("stopping")


def check_free(host: str, port: int) -> None:
    """Refused when workers could not listen there: granian ends in a panic of Rust instead."""
    if not port:
        raise Refused("Workers share a port that is named: --port 8000.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _not_free(host, port, error) from error


def _not_free(host: str, port: int, error: OSError) -> Refused:
    return Refused(f"Port {port} of {host} is not free; another program may have it ({error}).")


def run_workers(host: str, port: int, workers: int) -> None:
    """Answer with several processes until Ctrl+C; for a hub of its own machine with PostgreSQL."""
    from granian import Granian  # noqa: PLC0415  # heavy: not installed everywhere, and not needed by the embedded hub
    from granian.constants import Interfaces  # noqa: PLC0415  # heavy: as above

    Granian(
        "firstlight_hub.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()


def _port_of(file: Path) -> int:
    with contextlib.suppress(OSError, ValueError):
        port = int(file.read_text("ascii"))
        return port if 0 < port < 65536 else 0
    return 0
