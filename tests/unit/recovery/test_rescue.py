# SPDX-License-Identifier: Apache-2.0
"""The rescue against the practice router, the usual TFTP clients and strangers: each fault ends in its error, and strangers get nothing."""

from __future__ import annotations

import select
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.rescue_stand import OURS, Running, ask, free_ports, plan_for
from fakes.routers import image_bytes
from firstlight.base.errors import Cancelled
from firstlight.practice.faults import Faults
from firstlight.practice.recovery import PracticeRecovery
from firstlight.recovery import dhcp_packet, news
from firstlight.recovery import tftp_packet as tftp
from firstlight.recovery.adapters import adapters
from firstlight.recovery.errors import (
    AdapterGone,
    ImageChanged,
    NobodyAsked,
    OtherDhcpServer,
    PortTaken,
    RescueLoop,
    RescueRefused,
    RescueStalled,
)
from firstlight.recovery.plan import Plan, Ports
from firstlight.recovery.sending import Agreed, Sending

LEASE = "127.0.0.2"
MAC = "02:0f:1a:00:9a:2e"


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "rescue.bin"
    path.write_bytes(image_bytes(size=1 << 20))
    return path


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[PracticeRecovery]:
    made = PracticeRecovery(tmp_path / "practice", boot_s=0.1, image_bytes=1 << 20)
    yield made
    made.stop()


def fixed(image: Path, **more: object) -> Plan:
    """A router with an address of its own: TFTP alone, as for the usual clients."""
    ports = free_ports()
    what = {"names": ("rescue.bin",), "router_ip": LEASE, "seconds": 10, "linger_s": 0.1, "stall_s": 1.0} | more
    return Plan(ip=OURS, mac=MAC, file=image, ports=Ports(*ports), **what)  # type: ignore[arg-type]


def test_a_router_is_rescued_and_the_log_tells_it(practice: PracticeRecovery, image: Path) -> None:
    running = Running(plan_for(practice, image))
    practice.start()
    served = running.wait()
    assert (served.size, served.times) == (image.stat().st_size, 1)
    kinds = [type(e).__name__ for e in running.events if not isinstance(e, news.Sent)]
    assert kinds == ["Listening", "Asked", "Leased", "FileAsked", "Whole", "Stopped"]
    percents = [e.done for e in running.of(news.Sent)]
    assert percents == sorted(percents)
    practice._thread.join(5)
    practice.router._boot.join(5)
    assert practice.holds == image.read_bytes()
    assert practice.router.memory.build == "26.47"


def test_another_router_than_the_expected_gets_no_byte(practice: PracticeRecovery, image: Path) -> None:
    practice.faults = Faults(wrong_mac=True)
    practice.start()
    running = Running(plan_for(practice, image, seconds=1.5))
    with pytest.raises(NobodyAsked) as caught:
        running.wait()
    assert caught.value.facts["reason"] == "others"
    assert "02:0f:1a:00:66:66" in str(caught.value.facts["others"])
    assert practice.image_bytes == 0
    assert not running.of(news.Sent)


def test_who_asks_outside_is_refused_and_told_and_then_gets_what_is_offered(practice: PracticeRecovery, image: Path) -> None:
    practice.faults = Faults(asks_outside=True)
    running = Running(plan_for(practice, image))
    practice.start()
    running.wait()
    assert [(e.name, e.why) for e in running.of(news.Refused)] == [("../../etc/passwd", "outside")]
    assert "outside" in practice.said


@pytest.mark.parametrize("fault", [Faults(cable_out=30), Faults(stall=60)])
def test_a_cable_that_goes_is_told_and_another_try_ends_right(practice: PracticeRecovery, image: Path, fault: Faults) -> None:
    practice.faults = fault
    running = Running(plan_for(practice, image, stall_s=0.8))
    practice.start()
    with pytest.raises(RescueStalled) as caught:
        running.wait()
    assert 25 <= int(str(caught.value.facts["percent"])) <= 65
    practice.plug_in()
    assert Running(plan_for(practice, image)).wait().size == image.stat().st_size


def test_a_router_that_fetches_over_and_over_is_told_as_a_loop(practice: PracticeRecovery, image: Path) -> None:
    practice.faults = Faults(reboot_loop=True)
    running = Running(plan_for(practice, image, linger_s=3))
    practice.start()
    with pytest.raises(RescueLoop):
        running.wait()
    assert [e.times for e in running.of(news.Whole)] == [1, 2, 3]


def test_a_foreign_server_on_the_cable_stops_us_before_we_say_a_word(practice: PracticeRecovery, image: Path) -> None:
    plan = plan_for(practice, image)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as foreign:
        foreign.bind((OURS, plan.ports.dhcp))
        running = Running(plan, probe_s=5)
        data, sender = foreign.recvfrom(2048)
        asked = dhcp_packet.read(data)
        assert asked is not None
        answer = dhcp_packet.answer(
            asked, kind=dhcp_packet.Kind.OFFER, your_ip="127.0.0.9", netmask="255.0.0.0", server="127.0.0.77", file=""
        )
        foreign.sendto(answer, sender)
        with pytest.raises(OtherDhcpServer) as caught:
            running.wait()
    assert caught.value.facts["server"] == "127.0.0.77"
    assert not running.events


def test_a_router_that_chose_another_server_stops_us(practice: PracticeRecovery, image: Path) -> None:
    plan = plan_for(practice, image)
    running = Running(plan)
    assert running.ready.wait(5)
    ask((OURS, plan.ports.dhcp), dhcp_packet.question(xid=1, mac=MAC, kind=dhcp_packet.Kind.REQUEST, server="127.0.0.88"), seconds=0.1)
    with pytest.raises(OtherDhcpServer):
        running.wait()


def test_the_gates_are_asked_again_right_before_the_first_byte(practice: PracticeRecovery, image: Path) -> None:
    def closed() -> None:
        raise AdapterGone(adapter="test", why="the gate closed")

    running = Running(plan_for(practice, image), before=closed)
    practice.start()
    with pytest.raises(AdapterGone):
        running.wait()
    assert practice.image_bytes == 0


def test_who_has_no_lease_or_another_address_gets_nothing(practice: PracticeRecovery, image: Path) -> None:
    plan = plan_for(practice, image)
    running = Running(plan)
    assert running.ready.wait(5)
    for ip in (LEASE, "127.0.0.5"):
        assert ask((OURS, plan.ports.tftp), tftp.request(tftp.READ, "rescue.bin"), ip=ip)[:4] == b"\0\5\0\2"
    running.work.cancel()
    with pytest.raises(Cancelled):
        running.wait()
    assert [e.why for e in running.of(news.Refused)] == ["stranger", "stranger"]


ASKED_WRONGLY = {
    "write": (tftp.request(tftp.WRITE, "rescue.bin"), "write"),
    "another name": (tftp.request(tftp.READ, "passwd"), "not_offered"),
    "dots": (tftp.request(tftp.READ, "a/../../rescue.bin"), "outside"),
    "a drive": (tftp.request(tftp.READ, "C:\\rescue.bin"), "outside"),
    "text": (b"\0\1rescue.bin\0netascii\0", "mode"),
}


def test_wrong_requests_are_refused_each_with_its_reason(image: Path) -> None:
    plan = fixed(image, any_name=False)
    running = Running(plan)
    assert running.ready.wait(5)
    for packet, _ in ASKED_WRONGLY.values():
        assert ask((OURS, plan.ports.tftp), packet)[:2] == b"\0\5"
    for junk in (b"", b"\0", b"\xff" * 1500, b"\0\3\0\1data"):
        assert ask((OURS, plan.ports.tftp), junk, seconds=0.02) == b""
    running.work.cancel()
    with pytest.raises(Cancelled):
        running.wait()
    assert [e.why for e in running.of(news.Refused)] == [why for _, why in ASKED_WRONGLY.values()]


def test_a_flood_of_requests_fills_no_log(image: Path) -> None:
    plan = fixed(image)
    running = Running(plan)
    assert running.ready.wait(5)
    with ExitStack() as open_:
        sock = open_.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sock.bind((LEASE, 0))
        sock.settimeout(5)
        for _ in range(300):
            sock.sendto(tftp.request(tftp.READ, "x" * 200), (OURS, plan.ports.tftp))
            sock.recv(600)
    running.work.cancel()
    with pytest.raises(Cancelled):
        running.wait()
    assert len(running.of(news.Refused)) == 200


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


def test_a_router_that_says_no_ends_the_rescue_with_its_words(image: Path) -> None:
    plan = fixed(image)
    running = Running(plan)
    assert running.ready.wait(5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LEASE, 0))
        sock.settimeout(3)
        sock.sendto(tftp.request(tftp.READ, "rescue.bin"), (OURS, plan.ports.tftp))
        _, server = sock.recvfrom(600)
        sock.sendto(tftp.error(3, "no\x1b[2J room"), server)
    with pytest.raises(RescueRefused) as caught:
        running.wait()
    assert caught.value.facts["said"] == "no?[2J room"


def test_a_file_that_changes_meanwhile_is_never_told_as_sent(image: Path) -> None:
    plan = fixed(image)
    running = Running(plan)
    assert running.ready.wait(5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LEASE, 0))
        sock.settimeout(3)
        sock.sendto(tftp.request(tftp.READ, "rescue.bin"), (OURS, plan.ports.tftp))
        _, server = sock.recvfrom(600)
        image.write_bytes(b"short")
        sock.sendto(tftp.ack(1), server)
        with pytest.raises(ImageChanged):
            running.wait()


def test_a_port_that_is_taken_is_told(image: Path) -> None:
    plan = fixed(image)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind((OURS, plan.ports.tftp))
        with pytest.raises(PortTaken):
            Running(plan).wait()


def test_an_adapter_that_is_not_there_is_told(image: Path) -> None:
    with pytest.raises(AdapterGone):
        Running(replace(fixed(image), ip="192.0.2.1")).wait()
    assert any(adapter.is_loopback and adapter.ip == OURS for adapter in adapters())


# -- push ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def pushed(tmp_path: Path) -> Iterator[PracticeRecovery]:
    made = PracticeRecovery(tmp_path / "practice", boot_s=0.1, image_bytes=1 << 20, is_pushed=True)
    yield made
    made.stop()


def test_a_file_is_pushed_once_the_router_wakes(pushed: PracticeRecovery, image: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firstlight.recovery.push.KNOCK_EVERY_S", 0.2)
    running = Running(plan_for(pushed, image), is_push=True)
    while len(running.of(news.Knocked)) < 2:  # nobody there yet: it asks again
        running.work.wait(0.02)
    pushed.start()
    assert running.wait().size == image.stat().st_size
    pushed._thread.join(5)
    pushed.router._boot.join(5)
    assert pushed.holds == image.read_bytes()


def test_a_push_to_a_router_that_falls_silent_is_told(pushed: PracticeRecovery, image: Path) -> None:
    pushed.faults = Faults(stall=40)
    pushed.start()
    with pytest.raises(RescueStalled):
        Running(plan_for(pushed, image, stall_s=0.8), is_push=True).wait()


def test_a_push_asks_the_gates_before_the_first_byte(pushed: PracticeRecovery, image: Path) -> None:
    def closed() -> None:
        raise AdapterGone(adapter="test", why="the gate closed")

    pushed.start()
    with pytest.raises(AdapterGone):
        Running(plan_for(pushed, image), before=closed, is_push=True).wait()
    assert pushed.image_bytes == 0


def test_nobody_who_takes_a_push_is_told_in_time(pushed: PracticeRecovery, image: Path) -> None:
    with pytest.raises(NobodyAsked):
        Running(plan_for(pushed, image, seconds=0.5), is_push=True).wait()
