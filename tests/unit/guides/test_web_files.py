# SPDX-License-Identifier: Apache-2.0
"""Files of a guide by a plain address of the web: from a real server on loopback that cuts, lies, leads astray and never ends."""

from __future__ import annotations

import hashlib
import http.server
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from fakes.android_bench import AndroidBench
from firstlight.base.errors import Cancelled
from firstlight.base.work import Progress, Work
from firstlight.cli.program import main
from firstlight.guides.backends import BackEnds
from firstlight.guides.errors import ActionFailed, StepNotReady
from firstlight.guides.player import Player
from firstlight.guides.web_files import FromWeb, WebFiles
from firstlight.hublink import downloads, web
from firstlight.hublink.errors import SiteUnreachable, WebRefused
from firstlight.practice.phone import PracticePhone
from firstlight.store import journal

DATA = bytes(range(256)) * 4096
SHA = hashlib.sha256(DATA).hexdigest()
MOST = 8 << 20
Answer = Callable[["Handler"], None]


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves DATA at /file with ranges, and at other paths whatever the test plants."""

    def do_GET(self) -> None:
        """One request."""
        server: Any = self.server
        server.asked.append((self.path, dict(self.headers)))
        planted = server.plants.get(self.path)
        if planted is not None:
            planted(self)
            return
        match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        at = int(match[1]) if match else 0
        headers = {"Content-Length": str(len(DATA) - at), "Content-Range": f"bytes {at}-{len(DATA) - 1}/{len(DATA)}"}
        self.head(206 if match else 200, headers)
        self.wfile.write(DATA[at : at + server.cut_after])
        self.close_connection = True

    def head(self, status: int, headers: dict[str, str]) -> None:
        """Status and headers."""
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


class Site:
    """A web server on loopback."""

    def __init__(self) -> None:
        self.server: Any = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.asked, self.server.plants, self.server.cut_after = [], {}, len(DATA)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/file"

    def plant(self, path: str, status: int, headers: dict[str, str], body: bytes = b"") -> str:
        """Have a path answer so; its address."""

        def answer(handler: Handler) -> None:
            handler.head(status, headers)
            handler.wfile.write(body)
            handler.close_connection = True

        self.server.plants[path] = answer
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def asked(self) -> list[tuple[str, dict[str, str]]]:
        return list(self.server.asked)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Impatient(Work):
    """A tester who stops once something has come."""

    def _said(self, progress: Progress) -> None:
        if progress.done >= 262_144:
            self.cancel()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def bring(url: str, target: Path, work: Work | None = None, **more: Any) -> None:
    web.fetch(url, target=target, work=work or Work(), most=MOST, timeout_s=(1.0, 1.0), **more)


def test_a_file_comes_in_ranges_past_every_cut_and_nothing_of_ours_goes_out(site: Site, tmp_path: Path) -> None:
    site.server.cut_after = 300_000
    bring(site.url, tmp_path / "a", sha256=SHA, size=len(DATA))
    assert (tmp_path / "a").read_bytes() == DATA
    assert [headers.get("Range", "") for _, headers in site.asked] == ["", "bytes=300000-", "bytes=600000-", "bytes=900000-"]
    assert not any(set(headers) & {"Authorization", "Cookie"} for _, headers in site.asked)
    assert sorted(path.name for path in tmp_path.iterdir()) == [downloads.LOCK, "a"]


def test_two_who_want_one_file_at_once_do_not_spoil_it_for_each_other(site: Site, tmp_path: Path) -> None:
    site.server.cut_after = 150_000
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(bring, site.url, tmp_path / "a", sha256=SHA, size=len(DATA)) for _ in range(2)]:
            done.result()
    assert (tmp_path / "a").read_bytes() == DATA
    assert len(site.asked) == 7, "the second found what was there"


def test_what_came_before_a_stop_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        bring(site.url, tmp_path / "a", Impatient(), sha256=SHA, size=len(DATA))
    came = (tmp_path / "a.part").stat().st_size
    assert 0 < came < len(DATA)
    bring(site.url, tmp_path / "a", sha256=SHA, size=len(DATA))
    assert site.asked[-1][1]["Range"] == f"bytes={came}-"
    assert (tmp_path / "a").read_bytes() == DATA


def test_a_size_that_the_guide_does_not_tell_is_asked_for_and_one_that_nobody_tells_is_bounded(site: Site, tmp_path: Path) -> None:
    bring(site.url, tmp_path / "a", sha256=SHA)
    assert (tmp_path / "a").read_bytes() == DATA
    bring(site.plant("/open", 200, {}, DATA), tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == DATA
    for address in (site.plant("/endless", 200, {}, DATA * 9), site.plant("/told", 200, {"Content-Length": str(MOST + 1)})):
        with pytest.raises(WebRefused) as refused:
            bring(address, tmp_path / "c")
        assert refused.value.facts["reason"] == "too_big"
        assert not (tmp_path / "c").exists() or (tmp_path / "c").stat().st_size <= MOST


def test_a_file_with_another_hash_is_thrown_away(site: Site, tmp_path: Path) -> None:
    with pytest.raises(WebRefused) as refused:
        bring(site.url, tmp_path / "a", sha256="0" * 64, size=len(DATA))
    assert refused.value.facts["reason"] == "damaged"
    assert [path.name for path in tmp_path.iterdir()] == [downloads.LOCK]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://example.org/a", "address"),
        ("https://user:secret@example.org/a", "address"),
        ("https://[::1/a", "address"),
        ("https:///a", "address"),
        ("https://10.0.0.1/a", "private"),
        ("https://192.168.1.1/cgi-bin/luci", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
        ("https://[fe80::1]/a", "private"),
        ("https://[::ffff:10.0.0.1]/a", "private"),
        ("https://[64:ff9b::a00:1]/a", "private"),
        ("https://100.64.0.1/a", "private"),
        ("https://0.0.0.0/a", "private"),
        ("https://224.0.0.1/a", "private"),
    ],
)
def test_an_address_that_a_guide_has_no_business_with_is_never_asked(url: str, reason: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("a connection was made"))
    with pytest.raises(WebRefused) as refused:
        bring(url, tmp_path / "a", sha256=SHA, size=3)
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize("looks", [1, 2], ids=["private at once", "private by the time of the connection"])
def test_a_name_that_leads_into_a_private_network_gets_no_byte(site: Site, tmp_path: Path, monkeypatch: Any, looks: int) -> None:
    """The resolver alone is a stand-in: it answers for a name of a stranger's, the second time another address."""
    answers = iter([["93.184.216.34"]] * (looks - 1) + [["127.0.0.1"]] * 9)
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        return real(next(answers)[0] if host == "files.example" else host, port, *rest, **named)

    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(WebRefused) as refused:
        bring(f"https://files.example:{site.port}/file", tmp_path / "a", sha256=SHA, size=len(DATA))
    assert refused.value.facts["reason"] == "private"
    assert site.asked == []


def test_redirects_are_followed_five_times_and_never_where_the_first_address_might_not_go(site: Site, tmp_path: Path) -> None:
    site.plant("/4", 302, {"Location": "/file"})
    for i in range(4):
        site.plant(f"/{i}", 302, {"Location": f"/{i + 1}"})
    bring(site.url.replace("/file", "/0"), tmp_path / "a", sha256=SHA, size=len(DATA))
    assert (tmp_path / "a").read_bytes() == DATA
    astray = {
        "/loop": "redirects",
        "http://10.0.0.1/a": "address",
        "https://10.0.0.1/a": "private",
        "file:///etc/passwd": "address",
        "http://[::1/": "address",
    }
    for place, reason in astray.items():
        with pytest.raises(WebRefused) as refused:
            bring(site.plant("/loop", 301, {"Location": place}), tmp_path / "b", sha256=SHA, size=len(DATA))
        assert refused.value.facts["reason"] == reason


def test_a_server_without_the_file_or_without_a_sound_certificate_says_so(site: Site, tmp_path: Path) -> None:
    for status, reason in ((404, "status"), (503, "down")):
        with pytest.raises(WebRefused) as refused:
            bring(site.plant("/x", status, {}), tmp_path / "a", sha256=SHA, size=3)
        assert (refused.value.facts["reason"], refused.value.facts["status"]) == (reason, status)
    with pytest.raises(SiteUnreachable) as unreachable:
        bring(f"https://localhost:{site.port}/file", tmp_path / "a", sha256=SHA, size=3)
    assert unreachable.value.reason == "tls"
    with pytest.raises(SiteUnreachable):
        bring(f"https://{'a' * 70}.example/a", tmp_path / "a", sha256=SHA, size=3)
    with pytest.raises(SiteUnreachable) as unreachable:
        bring("http://127.0.0.1:1/a", tmp_path / "a", sha256=SHA, size=3)
    assert unreachable.value.reason == "refused"


# -- in a run ------------------------------------------------------------------------------------------------------------


class WebBench(AndroidBench):
    """A bench whose files come from the web; no phone is switched on."""

    is_offline = False

    def open_runs(self) -> Any:
        backends = BackEnds(self.inventory, given_files=self.files, bring=WebFiles(lambda: self.is_offline, (1.0, 1.0)), asks_web=True)
        runs = super().open_runs()
        runs._backends = backends
        return runs


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> PracticePhone:
    """Lies in a drawer, switched off."""
    return PracticePhone(tmp_path_factory.mktemp("drawer"))


@pytest.fixture
def bench(tmp_path: Path, phone: PracticePhone) -> Iterator[WebBench]:
    made = WebBench(tmp_path, phone, None, with_program=False)
    yield made
    made.runs.close()


def start(bench: WebBench, site: Site, **said: Any) -> Player:
    files = {"image.bin": {"url": site.url, "sha256": SHA, "size": len(DATA)} | said}
    return bench.runs.start(bench.write_guide([{"id": "get", "do": [{"files.fetch": ["image.bin"]}]}], files), account_id=1)


def test_nothing_is_asked_of_the_web_before_the_tester_saw_server_and_size(bench: WebBench, site: Site) -> None:
    player = start(bench, site)
    assert player.to_fetch("get") == (FromWeb("image.bin", f"127.0.0.1:{site.port}", len(DATA), is_known=True),)
    with pytest.raises(StepNotReady) as refused:
        player.run("get", bench.work)
    assert refused.value.facts["reason"] == "fetch"
    assert site.asked == []
    player.allow_fetch("get")
    (told,) = [r for r in journal.read(player.journal_path) if r["e"] == "fetch"]
    assert told["files"][0]["host"] == f"127.0.0.1:{site.port}"
    player = bench.restart(player)
    player.run("get", bench.work)
    assert (player.journal_path.parent / "files" / "image.bin").read_bytes() == DATA
    assert player.to_fetch("get") == ()


def test_offline_the_step_says_so_and_goes_on_later(bench: WebBench, site: Site) -> None:
    player = start(bench, site)
    player.allow_fetch("get")
    bench.is_offline = True
    with pytest.raises(ActionFailed) as failed:
        player.run("get", bench.work)
    assert (failed.value.facts["cause"], failed.value.facts["reason"]) == ("web.unreachable", "off")
    assert site.asked == []
    bench.is_offline = False
    player.run("get", bench.work)
    assert player.state.step("get").mark == "done"


def test_a_file_that_the_tester_brought_is_not_fetched_and_nobody_is_asked(bench: WebBench, site: Site) -> None:
    (bench.files / "image.bin").write_bytes(DATA)
    player = start(bench, site)
    assert player.to_fetch("get") == ()
    player.run("get", bench.work)
    assert site.asked == []


def test_what_was_fetched_for_an_older_guide_is_fetched_anew_and_what_the_tester_brought_is_left_alone(bench: WebBench, site: Site) -> None:
    player = start(bench, site)
    lying = player.journal_path.parent / "files" / "image.bin"
    lying.parent.mkdir()
    lying.write_bytes(b"older")
    player.allow_fetch("get")
    player.run("get", bench.work)
    assert lying.read_bytes() == DATA
    (bench.files / "image.bin").write_bytes(b"mine")
    again = start(bench, site)
    with pytest.raises(ActionFailed) as failed:
        again.run("get", bench.work)
    assert failed.value.facts["cause"] == "firmware.corrupt"
    assert (bench.files / "image.bin").read_bytes() == b"mine"


def test_without_a_window_server_and_size_are_an_event_before_anything_is_asked(
    bench: WebBench, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(bench.root / "home"))
    start(bench, site)
    guide = str(bench.root / "guide" / "guide.yaml")
    assert main(["guide", "run", guide, "--json"]) == 1
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "event" in line]
    (told,) = [e for e in events if e["event"] == "fetch"]
    assert told["files"] == [{"name": "image.bin", "host": f"127.0.0.1:{site.port}", "size": len(DATA), "is_known": True}]
    assert site.asked == []
    (bench.root / "answers.yaml").write_text("fetch: [get]\n")
    assert main(["guide", "run", guide, "--resume", "--answers", str(bench.root / "answers.yaml"), "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "event" in line]
    assert events[-1]["event"] == "finished"
    assert len(site.asked) == 1
