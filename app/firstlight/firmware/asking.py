# SPDX-License-Identifier: Apache-2.0
"""Asks a hub for signed metadata: python-tuf's client over our own connection, and its faults as ours.

Loaded late: python-tuf is not needed before the first question. What the transport must not do: wait for a full block (`raw.read1`
gives what is there, so that a trickling server meets the deadline), follow a redirect, or let an error of its own escape.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import requests
from tuf.api import exceptions as tuf
from tuf.api.metadata import Metadata, Targets
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.firmware.errors import Expired, FirmwareError, NotSigned, Untrusted
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import HubError, Reason, Refused, Unreachable
from firstlight.hublink.faults import CAUGHT, reason_of
from firstlight.store.disk import fault_of
from firstlight_contract.signing import METADATA_PATH, TARGETS_PATH

log = logging.getLogger(__name__)

_PIECE = 1 << 14
_CLOCK_OFF_MS = 10 * 60 * 1000
MOST_LINES = 32
"""Product lines that are fetched with a refresh, for the time without network."""
LIMITS = UpdaterConfig(
    max_root_rotations=64,
    max_delegations=MOST_LINES,
    root_max_length=512_000,
    timestamp_max_length=16_384,
    snapshot_max_length=2_000_000,
    targets_max_length=5_000_000,
)


class Fetcher(FetcherInterface):
    """python-tuf's transport over the app's own client: its header check, its time-outs, its proxies, no redirects."""

    def __init__(self, client: HubClient, work: Work, deadline_s: float) -> None:
        self._client = client
        self._work = work
        self._deadline_s = deadline_s
        self._answer: requests.Response | None = None

    def close(self) -> None:
        """Hang up on an answer that was not read to its end: python-tuf leaves it to the garbage collector."""
        if self._answer is not None:
            self._answer.close()
            self._answer = None

    def _fetch(self, url: str) -> Iterator[bytes]:
        self.close()
        self._work.check()
        deadline = time.monotonic() + self._deadline_s
        try:
            answer = self._client.raw("GET", url.removeprefix(self._client.base_url), stream=True, is_public=True)
        except Refused as error:
            if error.status == HTTPStatus.NOT_FOUND:
                raise tuf.DownloadHTTPError("not there", error.status) from error
            raise
        self._answer = answer
        return self._pieces(answer, deadline)

    def _pieces(self, answer: requests.Response, deadline: float) -> Iterator[bytes]:
        with answer:
            while True:
                self._work.check()
                try:
                    piece = answer.raw.read1(_PIECE)
                except CAUGHT as error:
                    raise Unreachable(reason=reason_of(error), hub=self._client.base_url) from error
                if not piece:
                    return
                if time.monotonic() > deadline:
                    raise tuf.SlowRetrievalError
                yield piece


class Asking:
    """One visit to a hub's repository; `refresh` first."""

    def __init__(self, client: HubClient, folder: Path, work: Work, *, deadline_s: float) -> None:
        self._client = client
        self._folder = folder
        self._fetcher = Fetcher(client, work, deadline_s)
        self._updater: Updater | None = None

    def first_root(self) -> bytes | None:
        """The hub's first root, not trusted yet; None when it does not sign."""
        try:
            with self._faults("root"):
                return self._fetcher.download_bytes(f"{self._base}1.root.json", LIMITS.root_max_length)
        except Untrusted as error:
            if error.reason == "gone":
                return None
            raise

    def refresh(self, root: bytes) -> None:
        """Bring root, timestamp, snapshot, targets and the product lines up to date, from a root that is trusted."""
        with self._faults("timestamp"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._updater = Updater(
                str(self._folder),
                self._base,
                target_base_url=self._client.base_url + TARGETS_PATH,
                fetcher=self._fetcher,
                config=LIMITS,
                bootstrap=root,
            )
            self._updater.refresh()
        for line in self._lines():
            try:
                self.look(f"{line}/-")
            except NotSigned:
                continue  # no file has that name: what was wanted is the line itself, which is here now
            except FirmwareError as error:
                # One broken line says nothing about the others; who wants a file of it meets the fault.
                log.warning("product line %s: %s", line, error)

    def look(self, path: str) -> None:
        """Bring the line of a path up to date; NotSigned when it lists no such file."""
        if self._updater is None:
            raise RuntimeError("refresh comes first")
        with self._faults(path):
            if self._updater.get_targetinfo(path) is None:
                raise NotSigned(name=path)

    @property
    def _base(self) -> str:
        return self._client.base_url + METADATA_PATH

    def _lines(self) -> tuple[str, ...]:
        targets = Metadata[Targets].from_file(str(self._folder / "targets.json")).signed
        return tuple(targets.delegations.roles or ())[:MOST_LINES] if targets.delegations else ()

    @contextmanager
    def _faults(self, what: str) -> Iterator[None]:
        """Foreign faults as ours. What our own transport raised comes out as it went in."""
        hub = self._client.base_url
        try:
            yield
        except tuf.DownloadHTTPError as error:
            raise Untrusted(reason="gone", what=what, hub=hub) from error
        except tuf.DownloadLengthMismatchError as error:
            raise Untrusted(reason="endless", what=what, hub=hub) from error
        except tuf.SlowRetrievalError as error:
            raise Unreachable(reason=Reason.TIMEOUT, hub=hub) from error
        except tuf.DownloadError as error:
            ours = error.__cause__
            if isinstance(ours, (HubError, Cancelled)):
                raise ours from error
            raise Unreachable(reason=Reason.RESET, hub=hub) from error
        except tuf.ExpiredMetadataError as error:
            skew = self._client.skew_ms or 0
            reason = "clock" if abs(skew) > _CLOCK_OFF_MS else ""
            raise Expired(what=what, since="", reason=reason, minutes=round(skew / 60_000), hub=hub) from error
        except tuf.BadVersionNumberError as error:
            raise Untrusted(reason="rollback", what=what, hub=hub) from error
        except tuf.LengthOrHashMismatchError as error:
            raise Untrusted(reason="mixed", what=what, hub=hub) from error
        except tuf.UnsignedMetadataError as error:
            raise Untrusted(reason="signature", what=what, hub=hub) from error
        except (tuf.RepositoryError, ValueError, RecursionError) as error:
            raise Untrusted(reason="damaged", what=what, hub=hub) from error
        except OSError as error:
            raise fault_of(error, self._folder) from error
        finally:
            self._fetcher.close()
