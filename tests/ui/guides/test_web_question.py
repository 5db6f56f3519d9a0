# SPDX-License-Identifier: Apache-2.0
"""Before a step fetches from the web, the window says what and from whom, and a no asks nothing there."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from fakes.window import words_of
from firstlight.guides.backends import BackEnds
from firstlight.guides.ui.fetch_dialog import FetchDialog
from firstlight.guides.web_files import WebFiles

BODY = b"an image"


class Handler(BaseHTTPRequestHandler):
    """Counts."""

    def do_GET(self):
        self.server.asked += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_):
        """Silent."""


def answer(act):
    timer = QTimer()

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, FetchDialog):
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start(10)
    return timer


def test_the_window_names_file_size_and_server_and_waits_for_a_yes(desk, qtbot):
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked = 0
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        place = f"127.0.0.1:{server.server_address[1]}"
        folder = desk.bench.root / "web"
        folder.mkdir()
        (folder / "guide.yaml").write_text(
            f"guide: 1\nid: web\ntitle: Web\nfiles: {{image.bin: {{url: 'http://{place}/image.bin', size: 8}}}}\n"
            "steps: [{id: get, do: [{files.fetch: [image.bin]}]}]\n"
        )
        desk.bench.runs._backends = BackEnds(desk.bench.inventory, bring=WebFiles(), asks_web=True)
        run_id = desk.host.start(folder, 1)
        page = desk.page(run_id)
        said = []
        for act in (lambda d: d.cancel_button.click(), lambda d: d.fetch_button.click()):
            timer = answer(lambda dialog, act=act: (said.append(words_of(dialog)), act(dialog)))
            page.act_button.click()
            timer.stop()
            if len(said) == 1:
                assert server.asked == 0
                assert not desk.host.is_busy(run_id)
        qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=10_000)
        assert server.asked == 1
        assert f"image.bin, 8 B, from {place}" in said[0]
        assert "may not be noticed" in said[0], "the guide tells no hash"
        assert desk.host.player(run_id).state.step("get").mark == "done"
    finally:
        server.shutdown()
        server.server_close()
