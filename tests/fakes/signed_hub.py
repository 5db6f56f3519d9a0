# SPDX-License-Identifier: Apache-2.0
"""A maker with all keys in hand, and a server for what they signed: honest, or lying as a test tells it to.

The metadata is made by the program's own `firstlight_hub.firmware.signing`, so that what is attacked is what is used.
"""

from __future__ import annotations

import hashlib
import http.server
import re
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Snapshot, Targets, Timestamp

from firstlight.base.events import Events
from firstlight.hublink.client import HubClient
from firstlight.hublink.reachability import Reachability
from firstlight_contract.signing import METADATA_PATH, TARGETS_PATH, Facts, file_name
from firstlight_hub.firmware import keys, signing

Behaviour = Callable[["Handler"], None]
"""Answers one request by hand."""
NOW = datetime.now(UTC)


class Maker:
    """Keys of all roles and the newest metadata of each; `publish` and `sign_online` are what a maker's PC and hub do."""

    def __init__(self, lines: tuple[str, ...] = ("a1", "r1")) -> None:
        self.roots = [keys.new() for _ in range(3)]
        self.targets, self.online = keys.new(), keys.new()
        self.lines = {name: keys.new() for name in lines}
        self.roles = signing.first(
            online=self.online.public_key, roots=self.roots[:3], threshold=2, targets=self.targets, lines=self.lines, now=NOW
        )
        self.history: dict[str, bytes] = {}
        self.files: dict[str, bytes] = {}
        self.sign_online()

    def publish(self, path: str, content: bytes, *, line: str = "", key: CryptoSigner | None = None, **facts: Any) -> None:
        """Sign a file into a line and bring it out."""
        line = line or path.partition("/")[0]
        known = Facts(**({"version": "26.47", "device": line} | facts))
        target = signing.target(path, sha256=hashlib.sha256(content).hexdigest(), size=len(content), facts=known)
        self.roles[line] = signing.with_files(self.roles[line], key or self.lines[line], [target], NOW)
        self.files[TARGETS_PATH + file_name(path, hashlib.sha256(content).hexdigest())] = content
        self.sign_online()

    def sign_online(
        self, *, key: CryptoSigner | None = None, snapshot: int = 0, timestamp: int = 0, lives: timedelta = timedelta(days=5)
    ) -> None:
        """Snapshot and timestamp of what stands, by the online key; versions and lives as an attacker with that key would choose them."""
        key = key or self.online
        listed = {f"{role}.json": _listed(data) for role, data in self.roles.items() if role not in ("root", "snapshot", "timestamp")}
        version = snapshot or self.version("snapshot") + 1
        self.roles["snapshot"] = signing.signed(Snapshot(version=version, expires=_end(lives), meta=listed), [key])
        self.sign_timestamp(key=key, version=timestamp, lives=lives)

    def sign_timestamp(self, *, key: CryptoSigner | None = None, version: int = 0, lives: timedelta = timedelta(days=5)) -> None:
        """A timestamp of the snapshot that stands."""
        data = self.roles["snapshot"]
        meta = MetaFile.from_data(Metadata.from_bytes(data).signed.version, data, ["sha256"])
        stamp = Timestamp(version=version or self.version("timestamp") + 1, expires=_end(lives), snapshot_meta=meta)
        self.roles["timestamp"] = signing.signed(stamp, [key or self.online])
        self._remember()

    def resign_line(self, name: str, *, key: CryptoSigner | None = None, expires: datetime | None = None) -> None:
        """A line once more, next version."""
        line = signing.targets_of(self.roles[name])
        line.version += 1
        line.expires = expires or line.expires
        self.roles[name] = signing.signed(line, [key or self.lines[name]])
        self.sign_online()

    def change_top(self, change: Callable[[Targets], None], *, key: CryptoSigner | None = None) -> None:
        """Targets with a change, next version."""
        top = signing.targets_of(self.roles["targets"])
        change(top)
        top.version += 1
        self.roles["targets"] = signing.signed(top, [key or self.targets])
        self.sign_online()

    def version(self, role: str) -> int:
        """The newest version of a role; 0 before the first."""
        return Metadata.from_bytes(self.roles[role]).signed.version if role in self.roles else 0

    def served(self) -> dict[str, bytes]:
        """Everything that a hub would serve, by path."""
        self._remember()
        return self.history | self.files | {f"{METADATA_PATH}timestamp.json": self.roles["timestamp"]}

    def _remember(self) -> None:
        for role, data in self.roles.items():
            if role != "timestamp":
                self.history[f"{METADATA_PATH}{self.version(role)}.{role}.json"] = data


def _listed(data: bytes) -> MetaFile:
    return MetaFile.from_data(Metadata.from_bytes(data).signed.version, data, ["sha256"])


def _end(lives: timedelta) -> datetime:
    return (NOW + lives).replace(microsecond=0)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by `server.hub.lies`, else what the maker serves, with ranges."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """One request."""
        hub: HostileHub = self.server.hub  # type: ignore[attr-defined]
        hub.asked.append((self.path, self.headers.get("Range", "")))
        lie = next((lie for pattern, lie in hub.lies.items() if re.fullmatch(pattern, self.path)), None)
        if callable(lie):
            lie(self)
            return
        data = lie if lie is not None else hub.content.get(self.path)
        if data is None:
            self.answer(404, b"{}")
            return
        match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if match and hub.serves_ranges:
            at = int(match[1])
            self.answer(206, data[at:], {"Content-Range": f"bytes {at}-{len(data) - 1}/{len(data)}"})
            return
        self.answer(200, data)

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        """A whole answer of a hub."""
        self.head(status, {"Content-Length": str(len(body))} | (headers or {}))
        self.wfile.write(body)

    def head(self, status: int, headers: dict[str, str]) -> None:
        """Status and headers; `X-Hub` unless told otherwise."""
        self.send_response_only(status)
        for name, value in ({"X-Hub": "1", "Date": self.date_time_string()} | headers).items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


class HostileHub:
    """Use as a context manager. `lies` maps a pattern of a path to other bytes, or to something that answers by hand."""

    def __init__(self, content: dict[str, bytes]) -> None:
        self.content = content
        self.lies: dict[str, bytes | Behaviour] = {}
        self.asked: list[tuple[str, str]] = []
        self.serves_ranges = True
        self.stop = threading.Event()

    def __enter__(self) -> HostileHub:
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.hub = self  # type: ignore[attr-defined]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def client(self) -> HubClient:
        """The app's own client for it, as nobody, with short time-outs."""
        return HubClient(self.url, reach=Reachability(Events(), time.time), language=lambda: "en", timeout_s=(2.0, 2.0))


def endless(block: bytes = b"0" * 65536, most: int = 64 << 20) -> Behaviour:
    """Bytes without an announced end; stops by itself at 64 MiB, so that a client without a limit fails instead of hanging."""

    def behave(handler: Handler) -> None:
        handler.head(200, {"Connection": "close"})
        handler.close_connection = True
        for _ in range(most // len(block)):
            try:
                handler.wfile.write(block)
            except OSError:
                return

    return behave


def trickle(data: bytes, every_s: float, headers: dict[str, str] | None = None) -> Behaviour:
    """One byte at a time."""

    def behave(handler: Handler) -> None:
        handler.head(200, {"Content-Length": str(len(data))} | (headers or {}))
        for at in range(len(data)):
            hub: HostileHub = handler.server.hub  # type: ignore[attr-defined]
            if hub.stop.wait(every_s):
                return
            try:
                handler.wfile.write(data[at : at + 1])
                handler.wfile.flush()
            except OSError:
                return

    return behave


def cut(data: bytes, after: int) -> Behaviour:
    """The announced range, cut `after` bytes of it came."""

    def behave(handler: Handler) -> None:
        match = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        at = int(match[1]) if match else 0
        part = data[at:]
        headers = {"Content-Length": str(len(part)), "Connection": "close"}
        if at:
            headers["Content-Range"] = f"bytes {at}-{len(data) - 1}/{len(data)}"
        handler.head(206 if at else 200, headers)
        handler.wfile.write(part[:after])
        handler.close_connection = True

    return behave
