# SPDX-License-Identifier: Apache-2.0
"""Where a release manager's commands bring what they signed: a hub by its address, or the folder of a hub on this machine.

Keys never pass through here: what comes is signed already, what goes back is what anybody may read.
"""

from __future__ import annotations

import base64
import hashlib
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

import requests
from pydantic import ValidationError

from firstlight_contract.endpoint import API, HUB_HEADER
from firstlight_contract.problem import Problem
from firstlight_contract.signing import METADATA_PATH, STAFF_PATH, State, Submission
from firstlight_contract.uploads import BLOB_HEADER, PATH, STORED, TUS_VERSION
from firstlight_hub.site import start
from firstlight_hub.site.start import Refused

TIMEOUTS_S = (10, 120)
CHUNK = 4 << 20
TRIES = 6
"""Requests in a row that gained nothing before an upload gives up."""


class Away(Refused):
    """No answer came; asking again may help."""


class Desk(Protocol):
    """Where signed things are brought."""

    def state(self) -> State:
        """What the hub holds."""

    def fresh_online(self) -> State:
        """As `state`, with the online key that waits to be named."""

    def metadata(self, role: str) -> bytes:
        """The newest metadata of a role; Refused when there is none."""

    def upload(self, path: Path) -> tuple[str, int]:
        """Bring a file; its SHA-256 and size."""

    def submit(self, form: Submission) -> State:
        """Bring signed metadata; Refused says why it was not admitted."""


class LocalDesk:
    """The hub in a folder of this machine, whether it runs or not."""

    def __init__(self, data: Path) -> None:
        start.environment(data, "")
        start.load()

    def state(self) -> State:
        """What the hub holds."""
        from firstlight_hub.firmware import repository  # noqa: PLC0415  # heavy: needs Django's settings

        return repository.state()

    def fresh_online(self) -> State:
        """With a fresh online key."""
        from firstlight_hub.firmware import repository  # noqa: PLC0415  # heavy: needs Django's settings

        fresh = repository.fresh_online()
        return self.state().model_copy(update={"online_id": fresh.keyid, "online": fresh.to_dict()})

    def metadata(self, role: str) -> bytes:
        """The newest metadata of a role."""
        from firstlight_hub.firmware import repository  # noqa: PLC0415  # heavy: needs Django's settings

        data = repository.content(role)
        if data is None:
            raise Refused(f"The hub has no metadata of {role}.")
        return data

    def upload(self, path: Path) -> tuple[str, int]:
        """Keep a file."""
        from firstlight_hub.base.shelf import keep  # noqa: PLC0415  # heavy: needs Django's settings

        content = keep(path)
        return content.sha256, content.size

    def submit(self, form: Submission) -> State:
        """Admit, as somebody at this machine."""
        from django.utils import timezone  # noqa: PLC0415  # heavy: needs Django's settings

        from firstlight_hub.base.problem import ProblemError  # noqa: PLC0415  # heavy: needs Django's settings
        from firstlight_hub.firmware import admission  # noqa: PLC0415  # heavy: needs Django's settings

        try:
            admission.admit(form, actor=None, now=timezone.now(), is_local=True)
        except ProblemError as error:
            raise _refused(error.problem) from error
        return self.state()


class RemoteDesk:
    """A hub by its address, with a staff member's token."""

    def __init__(self, hub: str, token: str) -> None:
        self._hub = hub.rstrip("/")
        host = urlsplit(self._hub)
        if host.scheme != "https" and not start.is_loopback(host.hostname or ""):
            raise Refused(f"{hub} is reached without TLS: your token would travel in the clear.")
        self._session = requests.Session()
        self._session.trust_env = not start.is_loopback(host.hostname or "")
        self._session.headers["Authorization"] = f"Bearer {token}"

    def state(self) -> State:
        """What the hub holds."""
        return self._state("GET", STAFF_PATH)

    def fresh_online(self) -> State:
        """With a fresh online key."""
        return self._state("POST", f"{STAFF_PATH}/online")

    def metadata(self, role: str) -> bytes:
        """The newest metadata of a role."""
        version = next((known.version for known in self.state().roles if known.role == role), 0)
        if not version:
            raise Refused(f"The hub has no metadata of {role}.")
        return self._ask("GET", f"{METADATA_PATH}{version}.{role}.json").content

    def upload(self, path: Path) -> tuple[str, int]:
        """Bring a file by tus, past cuts: the hub says how much it has, and only the rest is sent again."""
        size = path.stat().st_size
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        said = f"sha256 {_encoded(sha256)},filename {_encoded(path.name)}"
        made = self._tus("POST", f"{API}{PATH}", {"Upload-Length": str(size), "Upload-Metadata": said})
        place = urljoin(f"{self._hub}{API}{PATH}", made.headers["Location"])
        if urlsplit(place)[:2] != urlsplit(self._hub)[:2]:
            raise Refused("The hub sends the upload to another address.")
        self._send(place.removeprefix(self._hub), path, made)
        return sha256, size

    def submit(self, form: Submission) -> State:
        """Bring signed metadata."""
        return self._state("PUT", STAFF_PATH, data=form.model_dump_json().encode(), headers={"Content-Type": "application/json"})

    def _send(self, place: str, path: Path, answer: requests.Response | None) -> None:
        failures = 0
        with path.open("rb") as file:
            while True:
                try:
                    answer = answer or self._tus("HEAD", place, {})
                    if answer.headers.get(BLOB_HEADER) == STORED:
                        return
                    at = int(answer.headers.get("Upload-Offset", "0"))
                    file.seek(at)
                    where = {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
                    answer = self._tus("PATCH", place, where, file.read(CHUNK))
                    failures = 0
                except Away:
                    answer, failures = None, failures + 1
                    if failures >= TRIES:
                        raise
                    time.sleep(min(8.0, 0.25 * 2**failures))

    def _tus(self, method: str, path: str, headers: dict[str, str], data: bytes | None = None) -> requests.Response:
        return self._ask(method, path, data=data, headers={"Tus-Resumable": TUS_VERSION} | headers)

    def _state(self, method: str, path: str, **more: Any) -> State:
        try:
            return State.model_validate_json(self._ask(method, API + path, **more).content)
        except ValidationError as error:
            raise Refused("The hub's answer does not read as this version expects.") from error

    def _ask(self, method: str, path: str, **more: Any) -> requests.Response:
        try:
            answer = self._session.request(method, self._hub + path, timeout=TIMEOUTS_S, allow_redirects=False, **more)
        except requests.RequestException as error:
            raise Away(f"{self._hub} does not answer: {type(error).__name__}.") from error
        if HUB_HEADER not in answer.headers or 300 <= answer.status_code < 400:
            raise Refused(f"What answers at {self._hub} is no Firstlight hub.")
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            try:
                raise _refused(Problem.model_validate_json(answer.content))
            except ValidationError:
                raise Refused(f"The hub refused: {answer.status_code}.") from None
        return answer


_WHY = {401: "the token is not known or over", 404: "you are not of the team that publishes"}


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _refused(problem: Problem) -> Refused:
    why = _WHY.get(problem.status, problem.title or problem.code)
    more = f" ({', '.join(problem.fields)})" if problem.fields else ""
    return Refused(f"The hub refused: {why}{more}.")
