# SPDX-License-Identifier: Apache-2.0
"""Photos from a phone over the local network: real connections; once, bounded, clean, and nothing for anybody else."""

from __future__ import annotations

import errno
import io
import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.work import Work
from firstlight.capture import adapters, drop
from firstlight.capture.drop import PhotoDrop
from firstlight.capture.errors import NoPhotoCame, NotAPhoto
from firstlight.store.errors import DiskFull

BOUNDARY = "----phone7MA4YWxkTrZu0gW"


class Session:
    """A page that is open, and what came of it."""

    def __init__(self, **options) -> None:
        self.drop = PhotoDrop("127.0.0.1", language="en", **options)
        self.work = Work()
        self.photos: tuple[bytes, ...] = ()
        self.error: FirstlightError | None = None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            with self.drop:
                self.photos = self.drop.receive(self.work)
        except FirstlightError as error:
            self.error = error

    def ended(self) -> bool:
        self.thread.join(20)
        return not self.thread.is_alive()

    def get(self, path: str = "", **headers) -> str:
        with urllib.request.urlopen(urllib.request.Request(self.drop.url + path, headers=headers), timeout=10) as answer:
            return answer.read().decode()

    def post(self, *files: tuple[str, bytes], **headers) -> tuple[int, str]:
        return self.send(form(*files), **headers)

    def send(self, body: bytes, **headers) -> tuple[int, str]:
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **headers}
        request = urllib.request.Request(self.drop.url, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


@contextmanager
def session(**options) -> Iterator[Session]:
    made = Session(**options)
    try:
        yield made
    finally:
        made.work.cancel()
        assert made.ended()


def form(*files: tuple[str, bytes]) -> bytes:
    parts = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="{name}"\r\nContent-Type: image/jpeg\r\n\r\n'.encode()
        + data
        + b"\r\n"
        for name, data in files
    )
    return parts + f"--{BOUNDARY}--\r\n".encode()


def photo(colour: str = "green", size: tuple[int, int] = (64, 48)) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Wrens-Camera-7731"
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif, comment=b"Wrens-Camera-7731")
    return out.getvalue()


def test_a_phone_opens_the_page_and_sends_several_photos_which_arrive_clean_and_in_order():
    with session() as one:
        assert "Photos for your report" in one.get(**{"Accept-Language": "en-GB"})
        assert "反馈用的照片" in one.get(**{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"})
        status, text = one.post(("a.jpg", photo("red")), ("../../b.jpg", photo("blue")))
        assert status == 200
        assert "They are on your PC" in text
        assert one.ended()
        assert len(one.photos) == 2
        for data, channel in zip(one.photos, (0, 2), strict=True):
            assert b"Wrens-Camera" not in data
            with Image.open(io.BytesIO(data)) as made:
                assert made.size == (64, 48)
                assert max(range(3), key=lambda c: made.getpixel((9, 9))[c]) == channel


def test_the_page_is_gone_once_it_was_used():
    with session() as one:
        one.post(("a.jpg", photo()))
        assert one.ended()
        with pytest.raises(urllib.error.URLError):
            one.get()


@pytest.mark.parametrize("sent", [b"GIF89a nonsense", b"<svg/>", photo()[:200], b"%PDF-1.4"], ids=["gif", "svg", "cut", "pdf"])
def test_what_is_no_photo_ends_the_session_and_nothing_is_kept(sent):
    with session() as one:
        status, text = one.post(("a.jpg", sent))
        assert status == 422
        assert "no photo" in text
        assert one.ended()
        assert isinstance(one.error, NotAPhoto)
        assert one.photos == ()


@pytest.mark.parametrize(
    "body",
    [b"x", form(), form(("a.jpg", b"")), form(("a.jpg", photo()))[:-30], form(*[("a.jpg", photo())] * (drop.MOST_PHOTOS + 1))],
    ids=["rubbish", "no part", "empty file", "no end", "too many"],
)
def test_forms_that_are_broken_or_too_full_keep_nothing(body):
    with session() as one:
        assert one.send(body)[0] == 422
        assert one.ended()
        assert isinstance(one.error, NoPhotoCame)


def test_strangers_learn_nothing_and_do_not_end_the_session():
    with session() as one:
        port = one.drop.url.split(":")[2].split("/")[0]
        for path, host in (
            ("/", f"127.0.0.1:{port}"),
            ("/wrong", f"127.0.0.1:{port}"),
            ("/" + one.drop.url.rsplit("/", 1)[1], "evil.test"),
        ):
            with socket.create_connection(("127.0.0.1", int(port)), 5) as stranger:
                stranger.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                answer = stranger.makefile("rb").read()
            assert answer.startswith(b"HTTP/1.1 404")
            assert answer.endswith(b"\r\n\r\n")
        assert one.send(form(("a.jpg", photo())), Origin="http://evil.test")[0] == 400
        assert one.send(b"a=1", **{"Content-Type": "application/x-www-form-urlencoded"})[0] == 400
        assert one.post(("a.jpg", photo()))[0] == 200


def test_a_phone_of_another_address_cannot_use_a_page_that_was_opened():
    with session() as one:
        one.get()
        port = int(one.drop.url.split(":")[2].split("/")[0])
        with socket.create_connection(("127.0.0.1", port), 5, source_address=("127.0.0.77", 0)) as other:
            other.sendall(f"GET /{one.drop.url.rsplit('/', 1)[1]} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert other.makefile("rb").read().startswith(b"HTTP/1.1 404")
        assert one.post(("a.jpg", photo()))[0] == 200


def test_those_who_connect_and_dawdle_keep_nobody_waiting():
    with session() as one:
        port = int(one.drop.url.split(":")[2].split("/")[0])
        idle = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(60)]
        for visitor in idle[::2]:
            visitor.sendall(b"POST / HT")
        assert one.post(("a.jpg", photo()))[0] == 200
        for visitor in idle:
            visitor.close()


def test_more_than_fits_is_refused_before_it_is_sent(monkeypatch):
    monkeypatch.setattr(drop, "MOST_BYTES", 500)
    with session() as one:
        status, text = one.post(("a.jpg", photo(size=(640, 480))))
        assert status == 413
        assert "too much" in text


def test_a_browser_that_sends_too_much_reads_why(monkeypatch):
    monkeypatch.setattr(drop, "MOST_BYTES", 1000)
    with session() as one:
        status, page = one.send(form(("a.jpg", bytes(12 << 20))))
    assert status == 413
    assert "too much at once" in page


def test_a_phone_that_leaves_in_mid_sentence_ends_nothing():
    with session() as one:
        host, path = one.drop.url.removeprefix("http://").split("/")
        for _ in range(5):
            with socket.create_connection((host.split(":")[0], int(host.split(":")[1]))) as phone:
                phone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # hangs up at once
                phone.sendall(
                    f"POST /{path} HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\nContent-Length: 9\r\n"
                    f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n".encode()
                )
        assert "Photos for your report" in one.get()
        assert one.post(("a.jpg", photo()))[0] == 200


def test_a_disk_that_is_full_is_said_and_no_bug(monkeypatch):
    def full() -> io.BufferedIOBase:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(drop.tempfile, "TemporaryFile", full)
    with session() as one:
        with pytest.raises(OSError):
            one.post(("a.jpg", photo()))
        assert one.ended()
    assert isinstance(one.error, DiskFull)


def test_time_is_up_after_the_limit_and_a_cancel_ends_at_once():
    now = [0.0]
    with session(clock=lambda: now[0]) as one:
        assert one.drop.seconds_left == drop.LIMIT_S
        now[0] = drop.LIMIT_S + 1
        assert one.ended()
        assert isinstance(one.error, NoPhotoCame)
    with session() as one:
        one.work.cancel()
        assert one.ended()
        assert isinstance(one.error, Cancelled)


def test_no_two_pages_have_the_same_address():
    with PhotoDrop("127.0.0.1", language="en") as one, PhotoDrop("127.0.0.1", language="en") as two:
        assert one.url.rsplit("/", 1)[1] != two.url.rsplit("/", 1)[1]
        assert len(one.url.rsplit("/", 1)[1]) >= 22


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("192.168.1.7", True),
        ("10.0.0.9", True),
        ("169.254.3.3", True),
        ("127.0.0.1", False),
        ("8.8.8.8", False),
        ("0.0.0.0", False),
        ("", False),
    ],
)
def test_only_addresses_of_a_network_at_home_are_offered(address, is_ours):
    assert adapters.is_local(address) == is_ours


def test_the_adapters_of_this_pc_are_read():
    assert all(adapters.is_local(a.address) for a in adapters.local())
