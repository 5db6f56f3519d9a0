# SPDX-License-Identifier: Apache-2.0
"""Calls to a hub: one endpoint, one typed reply, or a known error.

Whatever answers is mistrusted: without the hub's header it is a stranger, redirects are never followed, answers are
bounded in size and time, and no other host ever sees a token.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import IO, Protocol, TypeVar

import pydantic
import requests
from requests.auth import AuthBase

from firstlight.hublink import told
from firstlight.hublink.errors import Busy, ContractMismatch, NotAHub, Reason, Refused, SessionExpired, Unreachable
from firstlight.hublink.faults import CAUGHT, reason_of
from firstlight.hublink.reachability import Reachability
from firstlight_contract import __version__
from firstlight_contract.endpoint import CHECK_HEADER, HUB_HEADER, Endpoint, check_of
from firstlight_contract.problem import Code, Problem
from firstlight_contract.wire import Wire

R = TypeVar("R", bound=Wire)
Body = bytes | IO[bytes]

TIMEOUT_S = (10.0, 60.0)
"""To connect, and between two pieces of an answer."""
MOST_BYTES = 16 << 20
LONGEST_ANSWER_S = 180.0
_LONGEST_PAUSE_S = 86_400.0
RENEWALS = 3
"""Another process may rotate the sign-in between our renewal and our request; so often in a row it does not."""

_LATER = {408, 423, 425, 429}
_CODES = {
    401: Code.UNAUTHENTICATED,
    403: Code.FORBIDDEN,
    404: Code.NOT_FOUND,
    409: Code.CONFLICT,
    410: Code.GONE,
    413: Code.TOO_LARGE,
    424: Code.MISSING_BLOBS,
    429: Code.TOO_MANY,
    460: Code.CHECKSUM,
}


class TokenSource(Protocol):
    """Who can say an access token; `renew` asks for a new one because the hub refused the last."""

    def access_token(self, *, renew: bool) -> str:
        """A token that should work now; SessionExpired when there is none to be had."""


class _Bearer(AuthBase):
    # An auth object, even an empty one, keeps requests from reading ~/.netrc and sending what it finds there.
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class HubClient:
    """One hub, as one account or as nobody (`tokens` None). Usable from several threads."""

    def __init__(
        self,
        base_url: str,
        *,
        tokens: TokenSource | None = None,
        reach: Reachability,
        language: Callable[[], str],
        timeout_s: tuple[float, float] = TIMEOUT_S,
        is_hub: bool = True,
    ) -> None:
        """`is_hub` False: a server of a public protocol (uploads) that is none of ours and says no X-Hub."""
        self._is_hub = is_hub
        self.base_url = base_url.rstrip("/")
        self._tokens = tokens
        self._reach = reach
        self._language = language
        self._timeout_s = timeout_s
        self._local = threading.local()
        self._known: dict[str, tuple[str, bytes]] = {}
        self.skew_ms: int | None = None
        """How far the hub's clock is ahead of this PC's, from its last answer."""
        self.hub_time: float | None = None
        """The hub's own clock at its last answer."""

    def call(self, endpoint: Endpoint[R], body: Wire | None = None, *, query: Mapping[str, str | int] | None = None, **names: object) -> R:
        """Ask `endpoint` and read its reply; raises HubError."""
        path = endpoint.url(**names)
        headers = {"Accept": "application/json"}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = body.model_dump_json().encode()
            headers[CHECK_HEADER] = check_of(endpoint.method, path, data)
        place = f"{path}?{sorted(query.items())}" if query else path
        known = self._known.get(place) if endpoint.method == "GET" else None
        if known:
            headers["If-None-Match"] = known[0]
        response = self.raw(endpoint.method, path, headers=headers, data=data, query=query, is_public=endpoint.public)
        if response.status_code == HTTPStatus.NOT_MODIFIED and known:
            content = known[1]
        else:
            content = response.content
            if endpoint.method == "GET" and "ETag" in response.headers:
                self._known = {place: (response.headers["ETag"], content)}
        try:
            return endpoint.reply.model_validate_json(content)
        except pydantic.ValidationError as error:
            raise ContractMismatch(hub=self.base_url, where=endpoint.path) from error

    def raw(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: Body | Callable[[], Body] | None = None,
        query: Mapping[str, str | int] | None = None,
        stream: bool = False,
        is_public: bool = False,
    ) -> requests.Response:
        """One exchange at `path` of the hub (below /api/v1 or not), its status below 400; raises HubError.

        `data` as a function is called again when the request is repeated with a renewed token. With `stream` the
        caller reads and closes the answer.
        """
        tokens = None if is_public else self._tokens
        token = tokens.access_token(renew=False) if tokens else ""
        for renewals_left in reversed(range(RENEWALS + 1)):
            body = data() if callable(data) else data
            response = self.answer(method, path, headers=headers, data=body, query=query, stream=stream, token=token)
            if response.status_code < HTTPStatus.BAD_REQUEST:
                return response
            refusal = self._refusal(response, self._refusal_body(response) if stream else response.content)
            if response.status_code != HTTPStatus.UNAUTHORIZED or tokens is None:
                raise refusal
            if renewals_left:
                token = tokens.access_token(renew=True)
        raise SessionExpired(hub=self.base_url, reason="refused")

    def answer(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: Body | Mapping[str, str] | None = None,
        query: Mapping[str, str | int] | None = None,
        stream: bool = False,
        token: str = "",
    ) -> requests.Response:
        """What the hub answers, whatever its status; Unreachable or NotAHub when it was no hub that answered."""
        if self._reach.forced_offline:
            raise Unreachable(reason=Reason.OFF, hub=self.base_url)
        try:
            response = self._session().request(
                method,
                self.base_url + path,
                headers=self._headers(headers),
                data=data,
                params=query,
                timeout=self._timeout_s,
                auth=_Bearer(token),
                allow_redirects=False,
                stream=True,
            )
            self._check_sender(response)
            if not stream:
                response._content = self._read(response)  # noqa: SLF001  requests has no public way to set a body read with limits
        except CAUGHT as error:
            reason = reason_of(error)
            self._reach.failed(reason)
            raise Unreachable(reason=reason, hub=self.base_url) from error
        self._note_clock(response)
        self._reach.answered()
        return response

    def _check_sender(self, response: requests.Response) -> None:
        status = response.status_code
        is_redirect = 300 <= status < 400 and status != HTTPStatus.NOT_MODIFIED
        if (HUB_HEADER in response.headers or not self._is_hub) and not is_redirect:
            return
        response.close()
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and not is_redirect:
            # What stands before the hub says that it is down: that is "later", and no log-in page.
            self._reach.failed(Reason.REFUSED)
            problem = Problem(code=Code.UNAVAILABLE, status=status)
            raise Busy(problem, hub=self.base_url, retry_after_s=_retry_after(response))
        self._reach.failed(Reason.PORTAL)
        where = told.address(response.headers.get("Location", "")).hostname or ""
        raise NotAHub(hub=self.base_url, status=status, reason="redirect" if is_redirect else "portal", where=where)

    def _read(self, response: requests.Response) -> bytes:
        """The body, bounded in size and time, so that no answer can fill the memory or hang its reader."""
        pieces, size, deadline = [], 0, time.monotonic() + LONGEST_ANSWER_S
        with response:
            while piece := response.raw.read1(1 << 16):
                pieces.append(piece)
                size += len(piece)
                if size > MOST_BYTES:
                    raise ContractMismatch(hub=self.base_url, where="size")
                if time.monotonic() > deadline:
                    raise TimeoutError
        return b"".join(pieces)

    def _refusal_body(self, response: requests.Response) -> bytes:
        try:
            return self._read(response)
        except CAUGHT:
            return b""  # the status alone says enough

    def _refusal(self, response: requests.Response, body: bytes) -> Refused:
        status = response.status_code
        is_down = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        try:
            problem = Problem.model_validate_json(body)
        except pydantic.ValidationError:
            # An older or newer hub may use a code that we do not know; the status still says enough.
            problem = Problem(code=_CODES.get(status, Code.UNAVAILABLE if is_down else Code.INVALID))
        problem = problem.model_copy(update={"status": status})
        later = status in _LATER or is_down
        return (Busy if later else Refused)(problem, hub=self.base_url, retry_after_s=_retry_after(response))

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = told.Session()
            # A proxy of the system never stands before a hub on this PC.
            session.trust_env = told.address(self.base_url).hostname not in {"127.0.0.1", "::1", "localhost"}
            self._local.session = session
        return session

    def _headers(self, more: Mapping[str, str] | None) -> dict[str, str]:
        language = self._language().replace("_", "-")
        spoken = f"{language}, en;q=0.5" if language != "en" else "en"
        # No compression: what arrives is what is counted, and no small answer can swell to gigabytes.
        ours = {"User-Agent": f"Firstlight/{__version__}", "Accept-Language": spoken, "Accept-Encoding": "identity"}
        return ours | dict(more or {})

    def _note_clock(self, response: requests.Response) -> None:
        at = told.moment(response.headers.get("Date", ""))
        if at is None:
            return
        self.hub_time = at
        self.skew_ms = round((at - time.time()) * 1000)


def _retry_after(response: requests.Response) -> float | None:
    text = response.headers.get("Retry-After", "")
    seconds, at = told.count(text), told.moment(text)
    if seconds is None and at is None:
        return None
    return min(float(seconds) if seconds is not None else max(0.0, (at or 0.0) - time.time()), _LONGEST_PAUSE_S)
