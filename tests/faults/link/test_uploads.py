# SPDX-License-Identifier: Apache-2.0
"""Uploads through a network that fails: what was sent is never sent twice, what arrives is whole, and memory stays small."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from fakes import memory
from fakes.fault_proxy import DOWN_503, PORTAL, PORTAL_REDIRECT, Fault, FaultProxy
from firstlight.base.errors import Cancelled
from firstlight.base.work import Progress, Work
from firstlight.hublink import uploads
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import Busy, FileChanged, NotAHub, Refused, Unreachable
from firstlight.hublink.reachability import Reachability
from firstlight_contract.endpoint import API
from firstlight_contract.uploads import BLOB_HEADER

MIB = 1 << 20


def make(folder: Path, size: int) -> tuple[Path, str]:
    path = folder / "evidence.bin"
    path.write_bytes(os.urandom(size))
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def send(client: HubClient, path: Path, sha256: str, work: Work | None = None) -> None:
    media = "application/octet-stream"
    uploads.upload(client, path=path, sha256=sha256, size=path.stat().st_size, name="evidence.bin", media=media, work=work or Work())


def is_stored(client: HubClient, sha256: str) -> bool:
    return client.raw("HEAD", f"{API}/uploads/{sha256}", headers={"Tus-Resumable": "1.0.0"}).headers.get(BLOB_HEADER) == "stored"


def test_a_file_arrives_and_a_second_time_costs_no_byte(client: HubClient, proxy: FaultProxy, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, 3 * MIB + 17)
    send(client, path, sha256)
    assert is_stored(client, sha256)
    before = proxy.bytes_up
    send(client, path, sha256)
    assert proxy.bytes_up - before < 2000


def test_an_empty_file_arrives(client: HubClient, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, 0)
    send(client, path, sha256)
    assert is_stored(client, sha256)


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_a_connection_that_breaks_every_megabyte_only_costs_the_broken_piece(
    client: HubClient, proxy: FaultProxy, tmp_path: Path, reset: bool
) -> None:
    path, sha256 = make(tmp_path, 6 * MIB)
    proxy.always = Fault(cut_up=MIB, reset=reset)
    for _visit in range(8):
        try:
            send(client, path, sha256)
            break
        except (Unreachable, Refused) as error:
            assert isinstance(error, Unreachable) or error.facts["reason"] == "offset"
            # A cut also throws away what the hub had not read yet: a busy hub may get nothing of several pieces in a row. The
            # outbox comes again later, as here.
            continue
    assert is_stored(client, sha256)
    assert proxy.connections > 6
    assert proxy.bytes_up < 24 * MIB


def test_a_lost_answer_is_asked_for_and_nothing_is_sent_again(client: HubClient, proxy: FaultProxy, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, MIB)
    send_only_head = proxy.connections
    # The answers to HEAD and POST come through; the one to PATCH is cut off before its first byte.
    original = client.raw

    def raw(method: str, *args: object, **kwargs: object) -> object:
        if method == "PATCH":
            client._local.session.close()
            proxy.next(Fault(cut_down=0))
        return original(method, *args, **kwargs)

    client.raw = raw
    send(client, path, sha256)
    client.raw = original
    assert is_stored(client, sha256)
    assert proxy.bytes_up < 1.5 * MIB
    assert proxy.connections > send_only_head


def harm_pieces(client: HubClient, proxy: FaultProxy, count: int) -> None:
    """The next pieces go over a connection each that damages a byte in their middle; what is asked between them does not."""
    original = client.raw
    left = [count]

    def raw(method: str, *args: object, **kwargs: object) -> object:
        if method == "PATCH" and left[0]:
            left[0] -= 1
            client._local.session.close()
            proxy.next(Fault(flip_up=MIB // 2))
        return original(method, *args, **kwargs)

    client.raw = raw


def test_a_damaged_byte_is_noticed_and_the_file_sent_again(client: HubClient, proxy: FaultProxy, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, MIB)
    harm_pieces(client, proxy, 1)
    send(client, path, sha256)
    assert is_stored(client, sha256)
    assert proxy.bytes_up > 2 * MIB


def test_a_network_that_always_damages_is_not_tried_for_ever(client: HubClient, proxy: FaultProxy, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, MIB)
    harm_pieces(client, proxy, 1000)
    with pytest.raises(Refused) as caught:
        send(client, path, sha256)
    assert caught.value.facts["reason"] == "checksum"


def test_a_file_that_was_changed_by_hand_is_not_sent_on(client: HubClient, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, MIB)
    path.write_bytes(os.urandom(MIB))
    with pytest.raises(FileChanged):
        send(client, path, sha256)
    path.write_bytes(b"short")
    with pytest.raises(FileChanged):
        uploads.upload(client, path=path, sha256=sha256, size=MIB, name="evidence.bin", media="text/plain", work=Work())


def test_a_stop_keeps_what_arrived_and_the_next_try_goes_on_there(client: HubClient, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, 5 * MIB)

    class StopsHalfway(Work):
        def _said(self, progress: Progress) -> None:
            if progress.done > 3 * MIB:
                self.cancel()

    with pytest.raises(Cancelled):
        send(client, path, sha256, StopsHalfway())
    assert not is_stored(client, sha256)

    began: list[int] = []

    class Listening(Work):
        def _said(self, progress: Progress) -> None:
            began.append(progress.done)

    send(client, path, sha256, Listening())
    assert is_stored(client, sha256)
    assert began[0] >= 2 * MIB


def test_a_slow_line_is_used_in_smaller_pieces_and_finishes(client: HubClient, proxy: FaultProxy, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, MIB)
    proxy.always = Fault(delay_s=0.05)
    send(client, path, sha256)
    proxy.always = Fault()
    assert is_stored(client, sha256)


@pytest.mark.parametrize(
    ("fault", "error", "reason"),
    [
        (Fault(reset=True), Unreachable, "reset"),
        (Fault(mute=True), Unreachable, "timeout"),
        (Fault(reply=PORTAL), NotAHub, "portal"),
        (Fault(reply=PORTAL_REDIRECT), NotAHub, "redirect"),
        (Fault(reply=DOWN_503), Busy, "unavailable"),
    ],
    ids=["reset", "mute", "portal", "redirect", "503"],
)
def test_a_network_without_the_hub_is_told_by_its_kind(
    client: HubClient, proxy: FaultProxy, tmp_path: Path, fault: Fault, error: type[Exception], reason: str
) -> None:
    path, sha256 = make(tmp_path, 1000)
    proxy.always = fault
    if fault.mute:
        client._timeout_s = (5, 1)
    with pytest.raises(error) as caught:
        send(client, path, sha256)
    assert caught.value.facts["reason"] == reason
    assert caught.value.retryable
    client._timeout_s = (10, 20)
    proxy.always = Fault()
    send(client, path, sha256)
    assert is_stored(client, sha256)


def test_a_hub_that_asks_to_wait_says_how_long(client: HubClient, proxy: FaultProxy, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, 10)
    proxy.always = Fault(reply=DOWN_503)
    with pytest.raises(Busy) as caught:
        send(client, path, sha256)
    assert caught.value.retry_after_s == 7


def test_nobody_listening_is_refused_and_back_later(client: HubClient, proxy: FaultProxy, reach: Reachability, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, 10)
    with proxy.refusing(), pytest.raises(Unreachable) as caught:
        send(client, path, sha256)
    assert caught.value.reason == "refused"
    assert reach.is_online is False
    send(client, path, sha256)
    assert reach.is_online is True


def test_working_offline_asks_nothing_of_the_network(client: HubClient, proxy: FaultProxy, reach: Reachability, tmp_path: Path) -> None:
    path, sha256 = make(tmp_path, 10)
    reach.forced_offline = True
    with pytest.raises(Unreachable) as caught:
        send(client, path, sha256)
    assert caught.value.reason == "off"
    assert proxy.connections == 0


@pytest.mark.slow
def test_a_large_file_does_not_fill_the_memory(client: HubClient, tmp_path: Path) -> None:
    path = tmp_path / "large.log"
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for n in range(192):
            block = (f"{n:08}" * 131072).encode()
            file.write(block)
            digest.update(block)
    with memory.growth() as grown:
        send(client, path, digest.hexdigest())
    assert grown.mb < 40
    assert is_stored(client, digest.hexdigest())
