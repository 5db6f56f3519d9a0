# SPDX-License-Identifier: Apache-2.0
"""One address of the open web, as `downloads` fetches it: named by a guide, that is by a stranger, and allowed by the tester.

https alone, http only to this PC itself where the address says so. No token, no cookie, no netrc goes out. Redirects are followed by
hand, five at most, and each place is looked at as the first was: a name that leads into a private network is refused before a byte is
sent, also when it is another address by the time of the connection. Behind a proxy of the system the proxy looks the name up, so there
only addresses that are written out are refused.
"""

from __future__ import annotations

import ipaddress
import shutil
import socket
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from firstlight.base.work import Work
from firstlight.hublink import downloads
from firstlight.hublink.client import TIMEOUT_S
from firstlight.hublink.errors import FileDamaged, Reason, SiteUnreachable, Unreachable, WebRefused
from firstlight.hublink.faults import CAUGHT, reason_of
from firstlight.hublink.told import Session
from firstlight.store.disk import fault_of
from firstlight.store.errors import DiskFull
from firstlight_contract import __version__

MAX_REDIRECTS = 5
PATIENCE_S = TIMEOUT_S
"""To connect, and between two pieces."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_PIECE = 1 << 18


def fetch(
    url: str,
    *,
    target: Path,
    work: Work,
    sha256: str = "",
    size: int = 0,
    most: int,
    is_offline: Callable[[], bool] = bool,
    timeout_s: tuple[float, float] = PATIENCE_S,
) -> None:
    """Bring the file to `target`, resumed where it was cut; never more than `size`, or `most` bytes where nobody told the size.

    Without `sha256` it is taken as it comes: whoever uses it says so. SiteUnreachable, WebRefused, StoreError, Cancelled.
    """
    if is_offline():
        raise SiteUnreachable(reason=Reason.OFF, hub=host_of(url))
    source = Source(url, timeout_s=timeout_s)
    try:
        size = size or source.size()
        if size > most:
            raise WebRefused(host=source.base_url, reason="too_big", limit_gb=most >> 30)
        if size:
            downloads.fetch(source, sha256=sha256, size=size, target=target, work=work, path=url)
        else:
            source.pour(target, most, work)
    except Unreachable as error:
        raise SiteUnreachable(reason=error.reason, hub=source.base_url) from error
    except FileDamaged as error:
        raise WebRefused(host=source.base_url, reason="damaged") from error
    finally:
        source.close()


def host_of(url: str) -> str:
    """The server of an address, as testers know it; "" for none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


class Source:
    """What `downloads` asks for ranges. `base_url` is the server, for sentences."""

    def __init__(self, url: str, *, timeout_s: tuple[float, float] = PATIENCE_S) -> None:
        self.base_url = host_of(url)
        self._url = url
        self._timeout_s = timeout_s
        self._is_loopback = _is_loopback(_host(url))
        self._session = Session()
        self._session.trust_env = not self._is_loopback
        adapter = _Adapter(may_loop=self._is_loopback)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def raw(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, stream: bool = True) -> requests.Response:
        """One exchange, redirects followed; Unreachable, WebRefused. The caller reads and closes the answer."""
        del path, stream
        url = self._url
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(method, self._checked(url), headers)
            if not 300 <= answer.status_code < 400:
                break
            answer.close()
            try:
                url = urljoin(url, answer.headers.get("Location", ""))
            except ValueError:
                raise WebRefused(host=self.base_url, reason="address") from None
        else:
            raise WebRefused(host=self.base_url, reason="redirects")
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            answer.close()
            is_down = answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
            raise WebRefused(host=self.base_url, reason="down" if is_down else "status", status=answer.status_code)
        return answer

    def size(self) -> int:
        """What the server says of the file's size; 0 when it says nothing."""
        with self.raw("GET", "") as answer:
            told = answer.headers.get("Content-Length", "")
            return int(told) if told.isascii() and told.isdecimal() and len(told) <= 18 else 0

    def pour(self, target: Path, most: int, work: Work) -> None:
        """A file of which not even the server knows the size: from its start to its end, not resumed."""
        done = 0
        try:
            with self.raw("GET", "") as answer, target.open("wb") as file:
                while piece := self._piece(answer):
                    work.check()
                    done += len(piece)
                    if done > most:
                        raise WebRefused(host=self.base_url, reason="too_big", limit_gb=most >> 30)
                    if shutil.disk_usage(target.parent).free < len(piece):
                        raise DiskFull(need=len(piece), free=0)
                    file.write(piece)
                    work.say("fetch", done, 0)
        except OSError as error:
            raise fault_of(error, target, need=done) from error

    def _piece(self, answer: requests.Response) -> bytes:
        try:
            return answer.raw.read1(_PIECE)
        except CAUGHT as error:
            raise Unreachable(reason=reason_of(error), hub=self.base_url) from error

    def _ask(self, method: str, url: str, headers: Mapping[str, str] | None) -> requests.Response:
        ours = {"User-Agent": f"Firstlight/{__version__}", "Accept-Encoding": "identity"}
        try:
            return self._session.request(
                method, url, headers=ours | dict(headers or {}), timeout=self._timeout_s, allow_redirects=False, stream=True, auth=_Nobody()
            )
        except CAUGHT as error:
            raise Unreachable(reason=reason_of(error), hub=self.base_url) from error

    def _checked(self, url: str) -> str:
        """The address, when it may be asked at all; WebRefused."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise WebRefused(host=self.base_url, reason="address") from None
        loops = self._is_loopback and _is_loopback(host)
        if not host or parts.username is not None or port == 0 or not _is_spoken(parts, loops=loops):
            raise WebRefused(host=host or self.base_url, reason="address")
        literal = _literal(host)
        if literal is not None and not may_reach(host, may_loop=loops):
            raise WebRefused(host=host, reason="private")
        return url


class _Nobody(AuthBase):
    # An auth object, even an empty one, keeps requests from reading ~/.netrc and sending what it finds there.
    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers.pop("Cookie", None)
        return request


def _is_spoken(parts: SplitResult, *, loops: bool) -> bool:
    return parts.scheme == "https" or (parts.scheme == "http" and loops)


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    literal = _literal(host)
    return host == "localhost" or (literal is not None and literal.is_loopback)


def may_reach(address: str, *, may_loop: bool) -> bool:
    """Whether an address is one of the open web; `may_loop`: this PC itself is what was asked for."""
    found = _literal(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None)
        found = inner or found
    if found is None:
        return False
    if found.is_loopback:
        return may_loop
    return found.is_global and not found.is_multicast


def _connected(connection: HTTPConnection, connect: Callable[[], socket.socket], *, may_loop: bool) -> socket.socket:
    """A connection to a place that may be asked. Names are looked up twice, so whom we really reached is looked at as well."""
    host = str(connection.host)
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        found = []  # the connection itself says what is wrong with the name
    if not all(may_reach(address, may_loop=may_loop) for address in found):
        raise WebRefused(host=host, reason="private")
    reached = connect()
    if not may_reach(str(reached.getpeername()[0]), may_loop=may_loop):
        reached.close()
        raise WebRefused(host=host, reason="private")
    return reached


def _classes(*, may_loop: bool) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, super()._new_conn, may_loop=may_loop)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, super()._new_conn, may_loop=may_loop)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = cast("Any", Plain)

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = cast("Any", Secure)

    return {"http": PlainPool, "https": SecurePool}


class _Adapter(HTTPAdapter):
    def __init__(self, *, may_loop: bool) -> None:
        self._may_loop = may_loop
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        """Connections of ours, which look at whom they reach."""
        super().init_poolmanager(*args, **named)
        self.poolmanager.pool_classes_by_scheme = _classes(may_loop=self._may_loop)
