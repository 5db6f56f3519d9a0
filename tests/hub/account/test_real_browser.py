# SPDX-License-Identifier: Apache-2.0
"""A real Chromium signs in: proves what no scripted browser can, that the pages' own policy lets the answer reach the desktop."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from hub.serving import Browser, Flow, running

WHO, PASSWORD = "dana@example.org", "copper-lamp-orbit"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Chromium:
    """A headless Chromium, driven over its own pipe."""

    def __init__(self, profile: Path) -> None:
        there, self._out = os.pipe()
        self._in, back = os.pipe()
        # The pipe's two ends must be descriptors 3 and 4 of the browser.
        command = f'exec 3<&{there} 4>&{back}; exec "$0" "$@"'
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            ["bash", "-c", command, CHROMIUM or "", *options], pass_fds=(there, back), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(there)
        os.close(back)
        self._number, self._rest = 0, b""
        target = next(t for t in self.ask("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self._session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]

    def ask(self, method: str, *, session: str = "", **params: Any) -> dict[str, Any]:
        """The browser's answer to one command."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._rest:
                piece = os.read(self._in, 1 << 16)
                assert piece, "the browser went away"
                self._rest += piece
            line, _, self._rest = self._rest.partition(b"\0")
            answer = json.loads(line)
            if answer.get("id") == self._number:
                assert "result" in answer, answer
                return dict(answer["result"])

    def go(self, url: str) -> None:
        """Open an address."""
        self.ask("Page.navigate", session=self._session, url=url)

    def run(self, script: str) -> Any:
        """The value of a script in the page, once a promise in it is kept."""
        answer = self.ask("Runtime.evaluate", session=self._session, expression=script, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    def close(self) -> None:
        """End the browser."""
        self._process.terminate()
        self._process.wait(20)
        os.close(self._in)
        os.close(self._out)


@contextmanager
def listener() -> Iterator[tuple[str, list[str], threading.Event]]:
    """The desktop's listener: its redirect address, and the path that a browser brought."""
    brought: list[str] = []
    came = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"you can close this tab")
            if self.path.startswith("/callback"):
                brought.append(self.path)
                came.set()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/callback", brought, came
        server.shutdown()


FILL_IN = """
new Promise((done, failed) => {
  let tries = 0;
  const timer = setInterval(() => {
    const field = document.querySelector('input[name="login"]');
    if ((!field || document.readyState !== 'complete') && ++tries < 200) return;
    clearInterval(timer);
    if (!field) return failed('no form at ' + location);
    field.value = %s;
    document.querySelector('input[name="password"]').value = %s;
    field.form.requestSubmit();
    done(getComputedStyle(document.querySelector('main button')).backgroundColor);
  }, 50);
})
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
@pytest.mark.slow
def test_a_real_browser_signs_in_and_comes_back_to_the_desktop(tmp_path: Path) -> None:
    with running(tmp_path / "hub") as url, listener() as (redirect, brought, came):
        Browser(url).sign_up(WHO, PASSWORD)
        flow = Flow(url, redirect=redirect)
        chromium = Chromium(tmp_path / "profile")
        try:
            chromium.go(f"{url}/o/authorize/?{urlencode(flow.query())}")
            colour = chromium.run(FILL_IN % (json.dumps(WHO), json.dumps(PASSWORD)))
            assert came.wait(30), "the browser never came back: does the policy of the pages forbid it?"
        finally:
            chromium.close()
        assert colour in ("rgb(187, 74, 8)", "rgb(245, 136, 63)"), "the style sheet was not applied"
        back = dict(parse_qsl(urlsplit(brought[0]).query))
        assert back["state"] == flow.state
        assert flow.exchange(back["code"]).status_code == 200
