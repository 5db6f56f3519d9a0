# SPDX-License-Identifier: Apache-2.0
"""A tester at the browser: opens the address that Firstlight printed, fills in the hub's form, and is sent back to the PC."""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urlencode, urljoin, urlsplit

import requests

from hub.serving import Browser

TIMEOUT_S = 20


class Visitor:
    """`open` is what Firstlight calls as the browser; it answers at once and goes on in a thread, as a browser does."""

    def __init__(self, email: str, password: str, *, twist: Callable[[str], str] = str) -> None:
        self._email = email
        self._password = password
        self._twist = twist
        self.answers: list[requests.Response] = []
        self.urls: list[str] = []
        self._thread: threading.Thread | None = None

    def open(self, url: str) -> bool:
        """Begin, and say that a browser was there."""
        self.urls.append(url)
        self._thread = threading.Thread(target=self.walk, args=(url,), daemon=True)
        self._thread.start()
        return True

    def walk(self, url: str) -> requests.Response:
        """The whole way, in this thread; the page that the listener showed."""
        parts = urlsplit(url)
        hub = f"{parts.scheme}://{parts.netloc}"
        browser = Browser(hub)
        answer = browser.get(url)
        while 300 <= answer.status_code < 400:
            there = urljoin(answer.url, answer.headers["Location"])
            if not there.startswith(hub + "/"):
                back = requests.get(self._twist(there), timeout=TIMEOUT_S)
                self.answers.append(back)
                return back
            answer = browser.get(there)
            if urlsplit(there).path == "/account/login/":
                answer = browser.submit(answer, "/account/login/", login=self._email, password=self._password)
        self.answers.append(answer)
        return answer

    def wait(self) -> None:
        """Until the browser has shown its last page."""
        assert self._thread is not None
        self._thread.join(TIMEOUT_S)
        assert not self._thread.is_alive()


def deny(url: str) -> str:
    """What comes back when the tester says no at the hub: for `twist`, where the hub has no such button."""
    parts = urlsplit(url)
    query = dict(part.split("=", 1) for part in parts.query.split("&"))
    kept = {name: query[name] for name in ("state",)}
    answer = urlencode({"error": "access_denied"}) + "&" + "&".join(f"{k}={v}" for k, v in (kept | {"iss": query["iss"]}).items())
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{answer}"
