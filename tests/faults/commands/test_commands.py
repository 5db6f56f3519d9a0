# SPDX-License-Identifier: Apache-2.0
"""A tester's day at the command line: sign in, join, report, sync; and what each trouble says."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from fakes.typing_desk import Desk
from firstlight.hublink.local import DemoAccount, LocalHubInfo

SECRETS = ("02:1b:44:11:3a:b7", "mossbyte.private@example.org")


def test_a_day_from_sign_in_to_arrived(desk: Desk, hub: LocalHubInfo, newcomer: DemoAccount, tmp_path: Path) -> None:
    said = desk.sign_in(hub.url, newcomer)
    assert said.status == 0
    assert any(line.startswith(f"{hub.url}/o/authorize/?") for line in said.out.splitlines())
    assert "as newcomer" in said.out

    joined = desk.type("join", hub.code.lower().replace("-", " - "), "--name", "nova", "--json").json
    assert joined["programme"] == "aurora"
    assert joined["number"] > 1

    log, picture = tmp_path / "wifi.log", tmp_path / "shot.jpg"
    log.write_text(f"associated with {SECRETS[0]}\nsigned in as {SECRETS[1]}\n" * 4000)
    exif = Image.Exif()
    exif[0x010F] = "A camera that tells too much"
    Image.new("RGB", (64, 48), "orange").save(picture, exif=exif)
    attached = ("--attach", str(log), "--attach", str(picture))
    written = desk.type("report", "new", "--title", "Wi-Fi drops", "--text", "It drops", *attached, "--json").json
    assert written["state"] == "queued"
    assert [file["name"] for file in written["files"]] == ["wifi.log.zst", "shot.jpg"]
    assert written["files"][0]["hidden"] >= 8000

    (row,) = desk.type("report", "list", "--json").json["reports"]
    assert (row["id"], row["section"]) == (written["id"], "outbox")

    assert not desk.type("trust", "--json").json["signs"], "nothing was asked yet"
    assert desk.type("sync", "--json").json["sent"] == 1
    trusted = desk.type("trust", "--json").json
    assert (trusted["signs"], trusted["demo"], trusted["how"], trusted["hub"]) == (True, True, "contact", hub.url)
    assert desk.type("trust", "--root", str(log)).status == 1, "a log is no root"
    (row,) = desk.type("report", "list", "--json").json["reports"]
    assert row["section"] == "team"
    assert row["number"].startswith("FL-")
    assert desk.type("sync", "--json").json["sent"] == 0

    sent = [desk.home / "data" / "blobs" / file["sha256"][:2] / file["sha256"] for file in written["files"]]
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in sent)
    assert b"too much" not in sent[1].read_bytes()
    assert not any(secret.encode() in path.read_bytes() for secret in SECRETS for path in sent)

    said = desk.type("sign-out")
    assert said.status == 0
    assert desk.type("sync").status == 1
    assert desk.type("report", "list", "--json").json["reports"] == [], "what is an account's is shown to nobody else"


def test_no_token_is_in_the_profile_or_the_log(desk: Desk, hub: LocalHubInfo, newcomer: DemoAccount) -> None:
    import secretstorage

    assert desk.sign_in(hub.url, newcomer, "--json").json["name"] == "newcomer"
    assert desk.type("sync").status == 0
    os.environ["DBUS_SESSION_BUS_ADDRESS"], before = desk.env["DBUS_SESSION_BUS_ADDRESS"], os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    try:
        connection = secretstorage.dbus_init()
        items = secretstorage.get_default_collection(connection).search_items({"service": "Firstlight"})
        tokens = [item.get_secret() for item in items]
        connection.close()
    finally:
        if before is None:
            del os.environ["DBUS_SESSION_BUS_ADDRESS"]
        else:
            os.environ["DBUS_SESSION_BUS_ADDRESS"] = before
    assert tokens
    files = [path for path in desk.home.rglob("*") if path.is_file()]
    assert not any(token in path.read_bytes() for token in tokens for path in files)


def test_without_a_key_ring_sign_in_says_what_is_missing_and_keeps_no_key(bare_desk: Desk, hub: LocalHubInfo) -> None:
    said = bare_desk.type("sign-in", "--hub", hub.url, "--no-browser")
    assert said.status == 1
    assert said.out == ""
    assert "has no key ring" in said.err


def test_a_report_is_kept_before_anybody_signed_in_and_goes_later(desk: Desk, hub: LocalHubInfo, newcomer: DemoAccount) -> None:
    said = desk.type("report", "new", "--title", "Written early", "--text", "No account yet")
    assert said.status == 1
    assert "nobody is signed in" in said.err
    (row,) = desk.type("report", "list", "--json").json["reports"]
    assert row["section"] == "draft"
    desk.sign_in(hub.url, newcomer)
    desk.type("join", hub.code)
    assert desk.type("report", "send", row["id"]).status == 0
    assert desk.type("sync", "--json").json["sent"] == 1


def test_a_hub_that_is_down_keeps_the_report_and_says_so(desk: Desk, hub: LocalHubInfo, newcomer: DemoAccount) -> None:
    desk.sign_in(hub.url, newcomer)
    desk.type("join", hub.code)
    settings = desk.home / "config" / "settings.json"
    settings.write_text(settings.read_text().replace('"work_offline": false', '"work_offline": true'))
    assert desk.type("report", "new", "--title", "Offline", "--text", "In the basement").status == 0
    said = desk.type("sync", "--json")
    assert said.status == 1
    assert said.json["error"] == "hub.unreachable"
    assert "work offline" in said.err
    settings.write_text(settings.read_text().replace('"work_offline": true', '"work_offline": false'))
    assert desk.type("sync", "--json").json["sent"] == 1


def test_a_page_of_html_in_place_of_the_hub_is_no_hub(desk: Desk) -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        visitor, _ = server.accept()
        with visitor:
            visitor.recv(4096)
            visitor.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>")

    thread = threading.Thread(target=serve)
    thread.start()
    said = desk.type("sign-in", "--hub", f"http://127.0.0.1:{server.getsockname()[1]}", "--no-browser")
    thread.join(10)
    server.close()
    assert said.status == 1
    assert "log-in page" in said.err


def test_programs_that_renew_at_the_same_time_all_get_through(desk: Desk, hub: LocalHubInfo, newcomer: DemoAccount) -> None:
    """Each program starts without an access token and renews; each renewal ends the tokens of the others."""
    desk.sign_in(hub.url, newcomer)
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda _: desk.type("sync", "--json"), range(4)))
    assert [one.status for one in said] == [0, 0, 0, 0], said
