# SPDX-License-Identifier: Apache-2.0
"""The bytes of a rescue: the usual TFTP clients get them whole, and lost, doubled or repeated answers harm nothing."""

from __future__ import annotations

import select
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from fakes.rescue_stand import LEASE, OURS, Running, ask, fixed
from fakes.routers import image_bytes
from firstlight.recovery import news
from firstlight.recovery import tftp_packet as tftp
from firstlight.recovery.errors import (
    RescueStalled,
)
from firstlight.recovery.plan import Plan
from firstlight.recovery.sending import Agreed, Sending


def curl_like(plan: Plan, folder: Path, program: str, *options: str) -> bytes:
    """Fetch by one of the usual clients, from the router's address."""
    target = folder / "fetched"
    host, port = OURS, str(plan.ports.tftp)
    if program == "tftp-hpa":
        subprocess.run(
            ["tftp", "-m", "binary", *options, host, port, "-c", "get", "rescue.bin", str(target)], check=True, timeout=30, cwd=folder
        )
    else:
        subprocess.run(
            ["atftp", "--get", "-r", "rescue.bin", "-l", str(target), *options, host, port], check=True, timeout=30, capture_output=True
        )
    return target.read_bytes()


@pytest.mark.parametrize("program", ["tftp-hpa", "atftp", "atftp big"])
def test_the_usual_clients_fetch_it_byte_for_byte(image: Path, tmp_path: Path, program: str) -> None:
    name = {"tftp-hpa": "tftp"}.get(program, "atftp")
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    # These clients speak from 127.0.0.1, whatever the router's address is.
    plan = fixed(image, router_ip=OURS)
    running = Running(plan)
    assert running.ready.wait(5)
    options = ("--option", "blksize 1468", "--option", "tsize 0") if program == "atftp big" else ()
    assert curl_like(plan, tmp_path, program, *options) == image.read_bytes()
    running.wait()
    assert running.of(news.FileAsked)[0].block == (1468 if options else 512)


def test_a_file_whose_size_is_a_multiple_of_the_block_ends_with_an_empty_one(image: Path, tmp_path: Path) -> None:
    image.write_bytes(bytes(4 * 512))
    plan = fixed(image)
    running = Running(plan)
    assert running.ready.wait(5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LEASE, 0))
        sock.settimeout(5)
        sock.sendto(tftp.request(tftp.READ, "rescue.bin"), (OURS, plan.ports.tftp))
        sizes = []
        for number in range(1, 6):
            data, server = sock.recvfrom(600)
            sizes.append(len(data) - 4)
            sock.sendto(tftp.ack(number), server)
    assert sizes == [512] * 4 + [0]
    assert running.wait().size == 2048


def test_block_numbers_go_on_after_65535(image: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as router, image.open("rb") as file:
        router.bind((LEASE, 0))
        router.settimeout(5)
        size = 8 * 65540
        sending = Sending(OURS, router.getsockname(), "rescue.bin", file, size, Agreed(8, 1.0, {}))
        sending._send_block(65534)
        numbers = []
        while not sending.is_whole:
            packet, server = router.recvfrom(600)
            numbers.append(int.from_bytes(packet[2:4], "big"))
            at = (65534 + len(numbers) - 2) * 8
            assert packet[4:] == image.read_bytes()[at : min(at + 8, size)]
            router.sendto(packet[:1] + b"\4" + packet[2:4], server)
            select.select([sending.sock], [], [], 5)
            sending.hear()
        sending.close()
    assert numbers == [65534, 65535, 0, 1, 2, 3, 4, 5]


@pytest.mark.long
def test_a_real_client_fetches_more_than_65535_blocks(image: Path, tmp_path: Path) -> None:
    image.write_bytes(image_bytes(size=34 << 20))
    plan = fixed(image, router_ip=OURS, stall_s=10)
    running = Running(plan)
    assert running.ready.wait(5)
    assert curl_like(plan, tmp_path, "atftp") == image.read_bytes()
    running.wait()


def test_a_lost_answer_is_made_good_and_a_doubled_one_makes_no_second_stream(image: Path) -> None:
    plan = fixed(image, stall_s=5)
    image.write_bytes(b"a" * 1300)
    running = Running(plan)
    assert running.ready.wait(5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LEASE, 0))
        sock.settimeout(3)
        sock.sendto(tftp.request(tftp.READ, "rescue.bin", {"timeout": 1}), (OURS, plan.ports.tftp))
        agreed, server = sock.recvfrom(600)
        assert agreed[:2] == b"\0\6"
        again, server = sock.recvfrom(600)  # our answer was lost: it comes again by itself
        assert again == agreed
        seen = []
        for number in (0, 1, 2):
            for _ in range(2):
                sock.sendto(tftp.ack(number), server)
            seen.append(sock.recvfrom(600)[0][2:4])
        sock.sendto(tftp.ack(3), server)
        assert seen == [b"\0\1", b"\0\2", b"\0\3"]
    running.wait()


def test_a_router_that_starts_over_from_the_same_port_gets_the_file_from_its_beginning(image: Path) -> None:
    plan = fixed(image, stall_s=2)
    image.write_bytes(b"a" * 512 + b"b" * 512 + b"c" * 276)
    running = Running(plan)
    assert running.ready.wait(5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LEASE, 0))
        sock.settimeout(3)
        got: list[bytes] = []
        for blocks in (2, 3):  # its power goes after two blocks; some bootloaders always ask from one and the same port
            sock.sendto(tftp.request(tftp.READ, "rescue.bin"), (OURS, plan.ports.tftp))
            if blocks == 2:
                sock.sendto(tftp.request(tftp.READ, "rescue.bin"), (OURS, plan.ports.tftp))  # in a hurry: this is no new start
            got.clear()
            while len(got) < blocks:
                packet, server = sock.recvfrom(600)
                if packet[2:4] == (len(got) + 1).to_bytes(2, "big"):
                    got.append(packet[4:])
                    sock.sendto(tftp.ack(len(got)), server)
    assert b"".join(got) == image.read_bytes()
    assert running.wait().size == 1300
    assert len(running.of(news.FileAsked)) == 2


def test_a_router_that_gives_the_same_answer_for_ever_is_told_as_stalled(image: Path) -> None:
    plan = fixed(image, stall_s=0.8)
    running = Running(plan)
    assert running.ready.wait(5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LEASE, 0))
        sock.settimeout(0.1)
        sock.sendto(tftp.request(tftp.READ, "rescue.bin"), (OURS, plan.ports.tftp))
        _, server = sock.recvfrom(600)
        while not running.of(news.Stopped):
            sock.sendto(tftp.ack(0), server)
            with suppress(TimeoutError):
                sock.recvfrom(600)
    with pytest.raises(RescueStalled):
        running.wait()


def test_a_router_that_starts_over_without_end_is_told_as_stalled(image: Path) -> None:
    plan = fixed(image, stall_s=5)
    running = Running(plan)
    assert running.ready.wait(5)
    asked = 0
    while not running.of(news.Stopped) and asked < 50:
        ask((OURS, plan.ports.tftp), tftp.request(tftp.READ, "rescue.bin"), ip=LEASE, seconds=0.3)
        asked += 1
    with pytest.raises(RescueStalled):
        running.wait()
    assert 10 < asked < 30
