# SPDX-License-Identifier: Apache-2.0
"""Others who speak tus 1.0.0: their server takes our client's uploads, and our hub takes their clients', through a network that cuts.

The server and one client are npm's @tus/server and tus-js-client, fetched by npm into a folder of the test; the other client is tuspy.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tusclient.client import TusClient

from fakes.fault_proxy import Fault, FaultProxy
from faults.hub_process import HubProcess
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.hublink import uploads
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import Unreachable
from firstlight.hublink.reachability import Reachability

pytestmark = [pytest.mark.long, pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm for the independent server and client")]
MIB = 1 << 20
PACKAGES = ("@tus/server@1.10.2", "@tus/file-store@1.5.1", "tus-js-client@4.3.1")
SERVER = """
const {Server} = require("@tus/server"), {FileStore} = require("@tus/file-store");
const server = new Server({path: "/files", datastore: new FileStore({directory: process.argv[2]})});
const http = server.listen({host: "127.0.0.1", port: 0}, () => console.log(http.address().port));
"""
CLIENT = """
const tus = require("tus-js-client"), fs = require("fs");
const [,, endpoint, token, path] = process.argv;
const upload = new tus.Upload(fs.createReadStream(path), {
  endpoint, chunkSize: 2 << 20, uploadSize: fs.statSync(path).size, retryDelays: Array(40).fill(50),
  headers: {Authorization: `Bearer ${token}`}, metadata: {filename: "evidence.bin", filetype: "application/octet-stream"},
  onError: error => { console.error(String(error)); process.exit(1); },
  onSuccess: () => console.log(upload.url),
});
upload.start();
"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages in it."""
    folder = tmp_path_factory.mktemp("npm")
    done = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *PACKAGES], capture_output=True, timeout=300, check=False
    )
    if done.returncode:
        pytest.skip("npm's registry is not reachable")
    (folder / "server.js").write_text(SERVER)
    (folder / "client.js").write_text(CLIENT)
    return folder


@pytest.fixture
def foreign(modules: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Their server; its address and folder."""
    kept = tmp_path / "kept"
    kept.mkdir()
    child = subprocess.Popen(["node", str(modules / "server.js"), str(kept)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(child.stdout.readline())}", kept
    finally:
        child.kill()
        child.wait(10)
        child.stdout.close()


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    with HubProcess(tmp_path_factory.mktemp("tus") / "hub") as running:
        yield running


def make(folder: Path, size: int) -> tuple[Path, str]:
    path = folder / "evidence.bin"
    path.write_bytes(os.urandom(size))
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("size", [0, 1, 24 * MIB], ids=["empty", "one byte", "24 MiB in pieces"])
def test_our_client_brings_a_file_to_their_server_past_every_cut(foreign: tuple[str, Path], tmp_path: Path, size: int) -> None:
    path, sha256 = make(tmp_path, size)
    with FaultProxy(foreign[0]) as proxy:
        reach = Reachability(Events(), time.time)
        client = HubClient(proxy.address, reach=reach, language=lambda: "en", timeout_s=(5, 20), is_hub=False)
        proxy.always = Fault(cut_up=3 * MIB)
        way = uploads.Way("/files", is_ours=False)
        uploads.upload(client, path=path, sha256=sha256, size=size, name=path.name, media="application/octet-stream", work=Work(), way=way)
        assert proxy.connections >= size // (3 * MIB)
        assert proxy.bytes_up < size * 1.7 + 5000
        client._session().close()
    [kept] = [p for p in foreign[1].iterdir() if p.suffix != ".json"]
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == sha256


def test_a_server_that_is_no_hub_is_never_taken_for_one(foreign: tuple[str, Path], tmp_path: Path) -> None:
    from firstlight.hublink.errors import NotAHub

    path, sha256 = make(tmp_path, 100)
    client = HubClient(foreign[0], reach=Reachability(Events(), time.time), language=lambda: "en")
    with pytest.raises((NotAHub, Unreachable)):
        uploads.upload(client, path=path, sha256=sha256, size=100, name="a", media="b/c", work=Work())
    client._session().close()


def test_their_client_in_javascript_brings_a_file_to_our_hub_past_every_cut(modules: Path, hub: HubProcess, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, 24 * MIB)
    with FaultProxy(hub.url) as proxy:
        proxy.always = Fault(cut_up=3 * MIB)
        command = ["node", str(modules / "client.js"), f"{proxy.address}/api/v1/uploads", hub.tokens["bob"], str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=modules)
        assert done.returncode == 0, done.stderr
        assert proxy.connections >= 8
    assert hashlib.sha256(hub.file(sha256).read_bytes()).hexdigest() == sha256


def test_their_client_in_python_brings_a_file_to_our_hub_past_every_cut(hub: HubProcess, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, 24 * MIB)
    with FaultProxy(hub.url) as proxy:
        proxy.always = Fault(cut_up=3 * MIB)
        client = TusClient(f"{proxy.address}/api/v1/uploads", headers={"Authorization": f"Bearer {hub.tokens['bob']}"})
        with path.open("rb") as file:
            client.uploader(file_stream=file, chunk_size=MIB, retries=40, retry_delay=0).upload()
        assert proxy.connections >= 8
    assert hashlib.sha256(hub.file(sha256).read_bytes()).hexdigest() == sha256
